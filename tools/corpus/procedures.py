"""The procedures of the corpus: real records as far as they go, made-up ones for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from plugins.importing.national.terms import field_slug
from plugins.portal.procedure import (
    Channel,
    Fee,
    Form,
    LegalBasis,
    Paper,
    PaperCase,
    Procedure,
    Result,
    StepCase,
    TimeLimit,
)
from plugins.portal.province import AdministrativeField, FieldList
from plugins.portal.vocabulary import PerformingLevel
from plugins.portal.yaml_text import record_text
from tools.corpus.plan import LEVEL_SHARES, CorpusPlan, RecordCount, shares
from tools.corpus.procedure_vocabulary import (
    ACTS,
    COMMON_PAPERS,
    CONDITIONS,
    DESCRIPTIONS,
    FIELDS,
    PAPER_CASES,
    PERFORMERS,
    SHOWN_PAPERS,
    STEPS,
    Act,
    FieldVocabulary,
    Matter,
)
from tools.corpus.records import RealProcedure, read_records
from tools.corpus.sentences import begun, continued, some, stream
from tools.corpus.sites import Site
from tools.corpus.vocabulary import SubjectKey

AGENCY_SHARE = 0.6
"""Of the made-up procedures: what agencies own; the rest is performed by districts and communes."""
NO_OWNERS = frozenset({"office", "district", "commune"})
"""Kinds of agency that own no records while there are others."""
FIELD_UNEVENNESS = 0.4
USUAL_CODES = 20_000
"""Numbers under each of the first digits 1, 2 and 3, while they suffice."""
ALL_CODES = 1_000_000
WORKING_DAYS = (1, 2, 3, 3, 5, 5, 5, 7, 7, 10, 10, 12, 15, 15, 20, 25, 30, 45)
FEES = (
    10_000,
    20_000,
    30_000,
    50_000,
    80_000,
    100_000,
    135_000,
    150_000,
    200_000,
    300_000,
    500_000,
    1_200_000,
    2_500_000,
)


@dataclass(frozen=True)
class Owned:
    """A procedure and the site whose folder it lies in."""

    site: Site
    procedure: Procedure
    field_name: str


@dataclass(frozen=True)
class Naming:
    """A name with what it is made of."""

    name: str
    act: Act
    matter: Matter


def procedures_of(plan: CorpusPlan, sites: Sequence[Site]) -> tuple[tuple[Owned, ...], RecordCount]:
    """As many procedures as planned, in the order of their codes, and what became of the real records."""
    rng = stream(plan.seed, "procedures")
    real, records = _chosen(plan, rng)
    levels = _levels(plan.procedures, [item.online for item in real], rng)
    owned = [_owned_real(item, level, sites, rng) for item, level in zip(real, levels, strict=False)]
    taken = {item.procedure.code for item in real}
    names = {item.procedure.name.casefold() for item in real}
    codes = _codes(plan.procedures - len(real), taken, rng)
    owned += _made_up(list(zip(codes, levels[len(real) :], strict=True)), sites, names, rng)
    return tuple(sorted(owned, key=lambda each: each.procedure.code)), records


def procedure_files(procedures: Sequence[Owned]) -> Iterator[tuple[str, str]]:
    """The records with their paths."""
    for owned in procedures:
        schema = f"../{owned.site.schemas}/procedure.schema.json"
        yield f"{owned.site.folder}/procedures/{owned.procedure.code}.yaml", record_text(owned.procedure, schema)


def field_list(procedures: Sequence[Owned]) -> FieldList:
    """The fields that the procedures name; all of our own where there are no procedures."""
    names = {owned.procedure.field: owned.field_name for owned in reversed(procedures)}
    names = names or {field_slug(field.name): field.name for field in FIELDS}
    return FieldList(fields=tuple(AdministrativeField(slug=slug, name=names[slug]) for slug in sorted(names)))


def _chosen(plan: CorpusPlan, rng: Random) -> tuple[list[RealProcedure], RecordCount]:
    if plan.procedures_from is None:
        return [], RecordCount()
    real, records = read_records(plan.procedures_from)
    used = min(len(real), plan.procedures)
    # A sample over the whole file: its first records are all of one ministry.
    places = sorted(rng.sample(range(len(real)), used))
    return [real[position] for position in places], RecordCount(
        records.read, records.converted, used, records.duplicates, records.skipped
    )


def _levels(total: int, online: Sequence[bool], rng: Random) -> list[int]:
    """The exact level of each procedure: `online` says of the first ones whether they can be filed online at all."""
    order = list(range(total))
    rng.shuffle(order)
    # A record without an online channel comes last, and so at level 2 while there are enough others.
    order.sort(key=lambda position: position < len(online) and not online[position])
    levels = [0] * total
    highest_first = sorted(LEVEL_SHARES, reverse=True)
    parts = dict(zip(LEVEL_SHARES, shares(total, list(LEVEL_SHARES.values())), strict=True))
    dealt = (level for level in highest_first for _ in range(parts[level]))
    for position, level in zip(order, dealt, strict=True):
        levels[position] = level
    return levels


def _codes(wanted: int, taken: set[str], rng: Random) -> list[str]:
    span = USUAL_CODES if 2 * (wanted + len(taken)) < 3 * USUAL_CODES else ALL_CODES
    numbers = rng.sample(range(3 * span), min(3 * span, wanted + len(taken)))
    codes = (f"{1 + number // span}.{number % span:06d}" for number in numbers)
    return [code for code in codes if code not in taken][:wanted]


def _owned_real(real: RealProcedure, level: int, sites: Sequence[Site], rng: Random) -> Owned:
    local = not {"district", "commune"}.isdisjoint(real.procedure.performed_by)
    update = {
        "online_level": level,
        "online_payment": level == 4,
        "postal_reception": any(channel.kind == "post" for channel in real.procedure.channels),
    }
    return Owned(_owner(real.subject, local, sites, rng), real.procedure.model_copy(update=update), real.field_name)


def _owner(subject: SubjectKey, local: bool, sites: Sequence[Site], rng: Random) -> Site:
    """The site whose folder the record lies in: the province's where districts and communes perform it."""
    if local or len(sites) == 1:
        return sites[0]
    bodies = [site for site in sites[1:] if site.agency and site.agency.kind not in NO_OWNERS]
    able = [site for site in bodies if subject in site.subjects] or bodies or sites[1:]
    # The first of them is the department itself; its branches keep less.
    return rng.choices(able, [1 / (1 + 3 * rank) for rank in range(len(able))])[0]


def _made_up(wanted: Sequence[tuple[str, int]], sites: Sequence[Site], names: set[str], rng: Random) -> Iterator[Owned]:
    agencies = round(AGENCY_SHARE * len(wanted)) if len(sites) > 1 else 0
    deals = iter(wanted)
    for local, total in ((False, agencies), (True, len(wanted) - agencies)):
        fields = [field for field in FIELDS if field.local == local]
        parts = shares(total, [1 / (rank + 1) ** FIELD_UNEVENNESS for rank in range(len(fields))])
        for field, part in zip(fields, parts, strict=True):
            namings = _namings(field, names, rng)
            for _ in range(part):
                code, level = next(deals)
                owner = _owner(field.subject, local, sites, rng)
                yield Owned(owner, _procedure(code, level, field, next(namings), rng), field.name)


def _namings(field: FieldVocabulary, taken: set[str], rng: Random) -> Iterator[Naming]:
    """Names of the field without end: act, object, circumstance; numbered when all have been given."""
    every = [
        Naming(f"{act.verb} {matter.name} {circumstance}".rstrip(), act, matter)
        for kind, matters in field.matters.items()
        for matter in matters
        for act in ACTS[kind]
        for circumstance in ("", *act.circumstances)
    ]
    rng.shuffle(every)
    for turn in count(1):
        for naming in every:
            name = naming.name if turn == 1 else f"{naming.name} (trường hợp {turn})"
            if name.casefold() not in taken:
                taken.add(name.casefold())
                yield Naming(name, naming.act, naming.matter)


def _procedure(code: str, level: int, field: FieldVocabulary, naming: Naming, rng: Random) -> Procedure:
    performed_by = _performers(field, rng)
    bodies = tuple(PERFORMERS[performer] for performer in performed_by if performer in PERFORMERS)
    audiences = tuple(sorted(rng.sample(field.audiences, rng.randrange(1, len(field.audiences) + 1))))
    words = {
        "who": "Người đề nghị" if "citizen" in audiences else "Đơn vị đề nghị",
        "where": bodies[0] if bodies else "Bộ phận một cửa",
        "act": naming.act.verb.lower(),
        "matter": naming.matter.name,
    }
    result = naming.act.result.format(object=naming.matter.name)
    return Procedure(
        code=code,
        name=naming.name,
        field=field_slug(field.name),
        kind=rng.choice(("detailed_by_law", "detailed_by_law", "not_delegated")),
        performed_by=performed_by,
        performing_bodies=bodies,
        audiences=audiences,
        description=rng.choice(DESCRIPTIONS).format(**{**words, "who": continued(words["who"])}),
        keywords=naming.matter.everyday,
        steps=_steps(words, rng),
        channels=_channels(level, rng),
        papers=_papers(field, naming, rng),
        dossier_sets=rng.choice((1, 1, 1, 2)),
        results=(Result(name=begun(result)),),
        legal_basis=tuple(
            LegalBasis(title=law.title, number=law.number) for law in some(rng, field.laws, rng.randrange(1, 4))
        ),
        conditions=tuple(rng.sample(CONDITIONS, rng.choice((0, 0, 0, 1, 2)))),
        online_level=level,
        postal_reception=level >= 3 or rng.random() < 0.4,
        postal_return=level >= 3 or rng.random() < 0.6,
        online_payment=level == 4,
    )


def _performers(field: FieldVocabulary, rng: Random) -> tuple[PerformingLevel, ...]:
    if not field.local:
        return ("province",)
    choices: tuple[tuple[PerformingLevel, ...], ...] = (("commune",), ("district",), ("district", "commune"))
    return rng.choice(choices)


def _steps(words: dict[str, str], rng: Random) -> tuple[StepCase, ...]:
    optional = set(rng.sample(range(2, 5), rng.randrange(1, 3)))
    steps = [step.format(**words) for position, step in enumerate(STEPS) if position not in optional]
    if rng.random() < 0.9:
        return (StepCase(steps=tuple(steps)),)
    return (
        StepCase(case="Trường hợp nộp trực tiếp", steps=tuple(steps)),
        StepCase(case="Trường hợp nộp qua mạng hoặc bưu điện", steps=(*steps[:2], *steps[-2:])),
    )


def _channels(level: int, rng: Random) -> tuple[Channel, ...]:
    days = rng.choice(WORKING_DAYS)
    limit = TimeLimit(amount=float(days), unit="working_day", note="Kể từ ngày nhận đủ hồ sơ hợp lệ")
    paid = rng.random() < 0.35
    fee = Fee(kind=rng.choice(("charge", "fee")), amount=rng.choice(FEES), per="hồ sơ") if paid else Fee(amount=0)
    kinds = ["in_person", *(["online"] if level >= 3 else []), *(["post"] if level >= 3 or rng.random() < 0.6 else [])]
    channels = [Channel.model_validate({"kind": kind, "time_limits": (limit,), "fees": (fee,)}) for kind in kinds]
    if rng.random() < 0.15:
        longer = TimeLimit(amount=float(days + 5), unit="working_day", note="Trường hợp phải xác minh tại chỗ")
        channels = [channel.model_copy(update={"time_limits": (limit, longer)}) for channel in channels]
    return tuple(channels)


def _papers(field: FieldVocabulary, naming: Naming, rng: Random) -> tuple[PaperCase, ...]:
    form = f"Đơn đề nghị {continued(naming.act.verb)} {naming.matter.name}"
    application = Paper(name=form, originals=1, forms=(Form(name=f"Mẫu đơn: {form}"),))
    others = [_paper(name, rng) for name in some(rng, field.papers, rng.randrange(2, 5))]
    others += [_paper(name, rng) for name in rng.sample(COMMON_PAPERS, rng.randrange(0, 3))]
    shown_paper = Paper(name=rng.choice(SHOWN_PAPERS), show_only=True)
    if rng.random() < 0.8:
        return (PaperCase(papers=(application, *others, shown_paper)),)
    first, second = rng.sample(PAPER_CASES, 2)
    return (
        PaperCase(case=first, papers=(application, *others, shown_paper)),
        PaperCase(case=second, papers=(application, *others[:2], Paper(name="Giấy giới thiệu", originals=1))),
    )


def _paper(name: str, rng: Random) -> Paper:
    copy = "bản sao" in name.lower() or rng.random() < 0.3
    note = "Có chứng thực hoặc mang bản chính để đối chiếu" if copy and rng.random() < 0.4 else None
    return Paper(name=name, originals=0 if copy else 1, copies=1 if copy else rng.choice((0, 0, 0, 1)), note=note)
