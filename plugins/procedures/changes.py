"""What two versions of a procedure say otherwise, field by field, in the words of its page.

Entries of lists are matched before they are compared: a paper by its name, a channel by its kind, a step by its place
and likeness. So an edited entry is one change, and not one that went and another that came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeVar

from plugins.portal.fields import ContentModel
from plugins.portal.procedure import (
    Channel,
    Decision,
    Fee,
    Form,
    LegalBasis,
    Paper,
    PaperCase,
    Procedure,
    Result,
    StepCase,
    TimeLimit,
)  # fmt: skip
from plugins.portal.values import clipped, day, dong, number
from plugins.portal.vocabulary import (
    AUDIENCES,
    CHANNELS,
    ONLINE_LEVELS,
    ONLINE_MODES,
    PERFORMING_LEVELS,
    PROCEDURE_KINDS,
    PROCEDURE_STATUSES,
    TIME_UNITS,
    Term,
)  # fmt: skip
from plugins.procedures.labels import LABELS
from plugins.procedures.matching import Entry, paired
from plugins.procedures.wording import FREE, ON_DAY, fee_kind, unit_words

EXCERPT = 240
"""How many characters of a long text are shown, around what changed."""
CONTEXT = 60
"""How many of them stand before and after it."""
SHOWN_NAME = 80
"""How many characters of an entry's name stand in a label."""
_CONDITION = Term("Điều kiện", "Condition")
_COUNT = Term("Số lượng", "How many")
_ORDER = Term("Thứ tự", "Order")
_YES, _NO = Term("Có", "Yes"), Term("Không", "No")

Record = TypeVar("Record", bound=ContentModel)


@dataclass(frozen=True)
class Change:
    """One thing that is said otherwise; long texts are cut around what changed."""

    label: Term
    """What it is about, such as `Lệ phí (Trực tiếp)`."""
    old: str | None
    """None where nothing was said before."""
    new: str | None
    """None where it is said no more."""


Changes = Iterator[Change]
Comparison = Callable[[str, Term, Any, Any], Changes]
"""Of two values that differ, in a language; tells at least one change. The label is the field's."""
Write = Callable[[Any, str], str]
"""Says a value in a language."""
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def changes(
    before: Procedure,
    after: Procedure,
    field_names: Mapping[str, str] = _NO_NAMES,
    agency_name: Callable[[str], str] = str,
    language: str = "vi",
) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`, in the order of a procedure's fields.

    `field_names` are those of the fields of administration, by slug; `agency_name` says what an agency is called;
    words of closed lists are said in `language`. Two records that are not equal differ in at least one change.
    """
    comparisons = _COMPARISONS | {
        "field": _value(lambda slug, _: field_names.get(slug, slug)),
        "performing_agencies": _names(lambda slug, _: agency_name(slug)),
    }
    return tuple(
        change
        for name in Procedure.model_fields
        if getattr(before, name) != getattr(after, name)
        for change in comparisons.get(name, _value(_written))(
            language, LABELS[Procedure][name], getattr(before, name), getattr(after, name)
        )
    )


def _value(write: Write) -> Comparison:
    """Compares single values, of which None says nothing."""

    def compare(language: str, label: Term, old: Any, new: Any) -> Changes:
        old, new = (None if value is None else write(value, language) for value in (old, new))
        yield _change(label, old, new)

    return compare


def _words(_: str, label: Term, olds: tuple[str, ...], newer: tuple[str, ...]) -> Changes:
    """Compare lists of words that are read as one."""
    yield _change(label, ", ".join(olds) or None, ", ".join(newer) or None)


def _names(write: Write) -> Comparison:
    """Compares lists of short values; one for which another stands is one change."""

    def compare(language: str, label: Term, olds: tuple[Any, ...], newer: tuple[Any, ...]) -> Changes:
        def replaced(old: Any, new: Any) -> Changes:
            yield _change(label, write(old, language), write(new, language))

        def written(entry: Any) -> str:
            return write(entry, language)

        yield from _listed(label, paired(olds, newer, lone=True), written, replaced, (olds, newer))

    return compare


def _texts(part: Term) -> Comparison:
    """Compares lists of long texts, each in its place; `part` is what one of them is called."""

    def compare(_: str, label: Term, olds: tuple[str, ...], newer: tuple[str, ...]) -> Changes:
        several = max(len(olds), len(newer)) > 1
        for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, olds, newer).get_opcodes():
            if tag == "equal":
                continue
            # With its place, an entry is found again among others that say the same.
            block = list(enumerate(olds[old_start:old_end], old_start + 1))
            other = list(enumerate(newer[new_start:new_end], new_start + 1))
            for old, new in paired(block, other, keys=(_text_of,), alike=_text_of, lone=True):
                if old == new:
                    continue
                number, _ = new or old or (0, "")
                if old and new and old[1] == new[1]:
                    before, after = (f"{at}. {clipped(entry, EXCERPT)}" for at, entry in (old, new))
                    yield Change(_of(label, _ORDER), before, after)
                    continue
                numbered = Term(f"{part.vi} {number}", f"{part.en} {number}")
                yield _change(_of(label, numbered) if several else label, old and old[1], new and new[1])

    return compare


def _text_of(numbered: tuple[int, str]) -> str:
    return numbered[1]


def _steps(language: str, label: Term, olds: tuple[StepCase, ...], newer: tuple[StepCase, ...]) -> Changes:
    pairs = paired(olds, newer, keys=(lambda case: case.case, lambda case: case.steps), lone=True)
    part = LABELS[StepCase]["steps"]
    yield from _cases(language, label, pairs, lambda case: case.steps, _texts(part), (olds, newer))


def _papers(language: str, label: Term, olds: tuple[PaperCase, ...], newer: tuple[PaperCase, ...]) -> Changes:
    pairs = paired(olds, newer, keys=(lambda case: case.case, lambda case: case.papers), lone=True)
    yield from _cases(language, label, pairs, lambda case: case.papers, _papers_of_case, (olds, newer))


def _cases(
    language: str,
    label: Term,
    pairs: Sequence[tuple[Any, Any]],
    entries: Callable[[Any], tuple[Any, ...]],
    compare: Comparison,
    lists: tuple[tuple[Any, ...], tuple[Any, ...]],
) -> Changes:
    """Compare what is listed by case; a case that came or went is told entry by entry."""
    told = False
    for old, new in pairs:
        told = told or old != new
        if old and new and old.case != new.case:
            yield _change(_of(label, LABELS[type(new)]["case"]), old.case, new.case)
        olds, newer = entries(old) if old else (), entries(new) if new else ()
        if olds != newer:
            case = (new or old).case
            yield from compare(language, _for(label, case) if case else label, olds, newer)
    if not told:
        yield _order(label, *lists, write=lambda case: case.case or "…")


def _papers_of_case(language: str, label: Term, olds: tuple[Paper, ...], newer: tuple[Paper, ...]) -> Changes:
    def compare(old: Paper, new: Paper) -> Changes:
        about = _of(label, new.name)
        if old.name != new.name:
            yield _change(_of(label, LABELS[Paper]["name"]), old.name, new.name)
        if (old.originals, old.copies, old.show_only) != (new.originals, new.copies, new.show_only):
            yield Change(_of(about, _COUNT), _count(old, language), _count(new, language))
        if old.forms != new.forms:
            yield from _forms(language, _of(about, LABELS[Paper]["forms"]), old.forms, new.forms)
        if old.note != new.note:
            yield _change(_of(about, LABELS[Paper]["note"]), old.note, new.note)

    pairs = paired(olds, newer, keys=(lambda paper: paper.name,), alike=lambda paper: paper.name)
    yield from _listed(label, pairs, lambda paper: _paper(paper, language), compare, (olds, newer))


def _count(paper: Paper, language: str) -> str | None:
    """`1 bản chính, 2 bản sao`; None for an entry that only explains the others."""
    labels = LABELS[Paper]
    parts = [
        f"{count} {_small(labels[name].say(language))}"
        for name, count in (("originals", paper.originals), ("copies", paper.copies))
        if count
    ]
    return ", ".join([*parts, _small(labels["show_only"].say(language))] if paper.show_only else parts) or None


def _paper(paper: Paper, language: str) -> str:
    return ": ".join(filter(None, (paper.name, _count(paper, language))))


def _forms(language: str, label: Term, olds: tuple[Form, ...], newer: tuple[Form, ...]) -> Changes:
    pairs = paired(olds, newer, keys=(lambda form: form.name,), lone=True)

    def compare(old: Form, new: Form) -> Changes:
        return _fields(language, label, old, new)

    yield from _listed(label, pairs, lambda form: form.name, compare, (olds, newer))


def _channels(language: str, label: Term, olds: tuple[Channel, ...], newer: tuple[Channel, ...]) -> Changes:
    told = False
    for old, new in paired(olds, newer, keys=(lambda channel: channel.kind,)):
        told = told or old != new
        if old != new:
            yield from _channel(language, label, old, new)
    if not told:
        yield _order(label, olds, newer, write=lambda channel: CHANNELS[channel.kind].say(language))


def _channel(language: str, label: Term, old: Channel | None, new: Channel | None) -> Changes:
    """One way to file; one that came or went is told with all that holds for it."""
    kind = CHANNELS[new.kind if new else old.kind if old else "in_person"]
    if old is None or new is None:
        yield Change(label, kind.say(language) if old else None, kind.say(language) if new else None)
    labels = {name: _for(term, kind) for name, term in LABELS[Channel].items()}
    limits = old.time_limits if old else (), new.time_limits if new else ()
    if limits[0] != limits[1]:
        yield from _time_limits(language, labels["time_limits"], *limits)
    fees = old.fees if old else (), new.fees if new else ()
    if fees[0] != fees[1]:
        yield from _fees(language, labels["fees"], kind, *fees)
    for name in ("url", "note"):
        values = getattr(old, name, None), getattr(new, name, None)
        if values[0] != values[1]:
            yield _change(labels[name], *values)


def _time_limits(language: str, label: Term, olds: tuple[TimeLimit, ...], newer: tuple[TimeLimit, ...]) -> Changes:
    def compare(old: TimeLimit, new: TimeLimit) -> Changes:
        wordings = _time_limit(old, language), _time_limit(new, language)
        if wordings[0] == wordings[1]:
            yield from _fields(language, label, old, new)
        else:
            yield _change(label, *wordings)

    pairs = paired(olds, newer, keys=(lambda limit: limit.note, lambda limit: None))
    yield from _listed(label, pairs, lambda limit: _time_limit(limit, language), compare, (olds, newer))


def _time_limit(limit: TimeLimit, language: str) -> str:
    """`5 ngày làm việc (hồ sơ phải xác minh)`, or the note alone."""
    if limit.amount is None or limit.unit is None:
        return limit.note or ""
    limit_text = f"{_exact(limit.amount, language)} {unit_words(limit.amount, limit.unit, language)}"
    return f"{limit_text} ({limit.note})" if limit.note else limit_text


def _fees(language: str, label: Term, channel: Term, olds: tuple[Fee, ...], newer: tuple[Fee, ...]) -> Changes:
    told = False
    pairs = paired(olds, newer, keys=(lambda fee: (fee.kind, fee.per, fee.note), lambda fee: fee.kind))
    for old, new in pairs:
        told = told or old != new
        if old != new:
            kinds = [fee_kind(fee) for fee in (new, old) if fee is not None]
            yield from _fee_change(language, _for(kinds[0], channel), old, new)
    if not told:
        yield _order(label, olds, newer, write=lambda fee: f"{fee_kind(fee).say(language)}: {_fee(fee, language)}")


def _fee_change(language: str, label: Term, old: Fee | None, new: Fee | None) -> Changes:
    wordings = _fee(old, language) if old else None, _fee(new, language) if new else None
    if wordings[0] != wordings[1]:
        yield _change(label, *wordings)
    elif old and new and (old.amount, old.per, old.note) != (new.amount, new.per, new.note):
        yield from _fields(language, label, old, new, besides=("url",))
    if old and new and old.url != new.url:
        yield _change(_of(label, LABELS[Fee]["url"]), old.url, new.url)


def _fee(fee: Fee, language: str) -> str:
    """`50.000 đồng / bản sao (bản đầu tiên)`, or the note alone."""
    if fee.amount is None:
        return fee.note or ""
    fee_text = dong(fee.amount, language) if fee.amount else FREE.say(language)
    fee_text = f"{fee_text} / {fee.per}" if fee.per else fee_text
    return f"{fee_text} ({fee.note})" if fee.note else fee_text


def _results(language: str, label: Term, olds: tuple[Result, ...], newer: tuple[Result, ...]) -> Changes:
    def compare(old: Result, new: Result) -> Changes:
        return _fields(language, label if old.name != new.name else _of(label, new.name), old, new)

    pairs = paired(olds, newer, keys=(lambda result: result.name,), alike=lambda result: result.name)
    yield from _listed(label, pairs, lambda result: result.name, compare, (olds, newer))


def _legal_basis(language: str, label: Term, olds: tuple[LegalBasis, ...], newer: tuple[LegalBasis, ...]) -> Changes:
    def compare(old: LegalBasis, new: LegalBasis) -> Changes:
        name = old.number or old.title
        return _fields(language, _of(label, name) if name == (new.number or new.title) else label, old, new)

    # A number is what a document is known by: two numbers are two documents, however alike they are called.
    pairs = paired(
        olds, newer, keys=(lambda document: document.number or document.title, lambda document: document.title)
    )
    yield from _listed(label, pairs, lambda document: _document(document, language), compare, (olds, newer))


def _document(document: LegalBasis, language: str) -> str:
    parts = [document.issuer, _on_day(document.issued, language)]
    origin = ", ".join(filter(None, parts))
    named = ": ".join(filter(None, (document.number, document.title)))
    return f"{named} ({origin})" if origin else named


def _decision(language: str, label: Term, old: Decision | None, new: Decision | None) -> Changes:
    if old and new:
        yield from _fields(language, label, old, new)
    else:
        wordings = (_decision_words(decision, language) if decision else None for decision in (old, new))
        yield _change(label, *wordings)


def _decision_words(decision: Decision, language: str) -> str:
    parts = (decision.number, _on_day(decision.date, language), decision.issuer)
    return ", ".join(filter(None, parts))


def _on_day(issued: date | None, language: str) -> str | None:
    return ON_DAY.say(language).format(day=day(issued, language)) if issued else None


def _as_it_is(value: Any, _: str) -> str:
    return str(value)


def _term_of(terms: Mapping[Any, Term]) -> Write:
    """Says a value of a closed list."""
    return lambda value, language: terms[value].say(language)


_COMPARISONS: dict[str, Comparison] = {
    "local_codes": _names(_as_it_is),
    "superseded_codes": _names(_as_it_is),
    "decision": _decision,
    "kind": _value(_term_of(PROCEDURE_KINDS)),
    "performed_by": _names(_term_of(PERFORMING_LEVELS)),
    "performing_bodies": _names(_as_it_is),
    "coordinating_bodies": _names(_as_it_is),
    "audiences": _names(_term_of(AUDIENCES)),
    "keywords": _words,
    "steps": _steps,
    "channels": _channels,
    "papers": _papers,
    "results": _results,
    "legal_basis": _legal_basis,
    "conditions": _texts(_CONDITION),
    "related": _names(_as_it_is),
    "online_level": _value(_term_of(ONLINE_LEVELS)),
    "online_mode": _value(_term_of(ONLINE_MODES)),
    "status": _value(_term_of(PROCEDURE_STATUSES)),
}
"""How a procedure's fields are compared, where it is not as single values."""

_CLOSED: dict[tuple[type[ContentModel], str], Mapping[str, Term]] = {(TimeLimit, "unit"): TIME_UNITS}
"""Closed lists in records that are compared field by field."""


def _fields(language: str, label: Term, old: Record, new: Record, besides: tuple[str, ...] = ()) -> Changes:
    """Compare two records of one kind field by field."""
    for name, part in LABELS[type(new)].items():
        values = getattr(old, name), getattr(new, name)
        if name not in besides and values[0] != values[1]:
            terms = _CLOSED.get((type(new), name))
            write = _term_of(terms) if terms else _written
            written = [None if value is None else write(value, language) for value in values]
            yield _change(_of(label, part), *written)


def _listed(
    label: Term,
    pairs: Sequence[tuple[Entry | None, Entry | None]],
    write: Callable[[Any], str],
    compare: Callable[[Any, Any], Changes],
    lists: tuple[tuple[Entry, ...], tuple[Entry, ...]],
) -> Changes:
    """Tell of the entries that came, went or are said otherwise; if there is none, of their order."""
    told = False
    for old, new in pairs:
        told = told or old != new
        if old is None or new is None:
            yield _change(label, None if old is None else write(old), None if new is None else write(new))
        elif old != new:
            yield from compare(old, new)
    if not told:
        yield _order(label, *lists, write=write)


def _order(label: Term, olds: Sequence[Any], newer: Sequence[Any], write: Callable[[Any], str]) -> Change:
    old, new = (
        "; ".join(f"{number}. {write(entry)}" for number, entry in enumerate(entries, 1)) for entries in (olds, newer)
    )
    return _change(_of(label, _ORDER), old, new)


def _written(value: Any, language: str) -> str:
    """A value as people read it; what a closed list says otherwise is written by its comparison."""
    if isinstance(value, bool):
        return (_YES if value else _NO).say(language)
    if isinstance(value, date):
        return day(value, language)
    return _exact(value, language) if isinstance(value, int | float) else str(value)


def _exact(value: float, language: str) -> str:
    """As `number` writes it, with all decimals where it would leave some out."""
    if float(number(value, "en").replace(",", "")) == value:
        return number(value, language)
    return repr(value) if language == "en" else repr(value).replace(".", ",")


def _of(label: Term, part: Term | str) -> Term:
    """`Quyết định công bố: số ký hiệu`; a name stands as it is."""
    if isinstance(part, str):
        return Term(f"{label.vi}: {clipped(part, SHOWN_NAME)}", f"{label.en}: {clipped(part, SHOWN_NAME)}")
    return Term(f"{label.vi}: {_small(part.vi)}", f"{label.en}: {_small(part.en)}")


def _for(label: Term, holds: Term | str) -> Term:
    """`Lệ phí (Trực tiếp)`."""
    if isinstance(holds, str):
        return Term(f"{label.vi} ({clipped(holds, SHOWN_NAME)})", f"{label.en} ({clipped(holds, SHOWN_NAME)})")
    return Term(f"{label.vi} ({holds.vi})", f"{label.en} ({holds.en})")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _change(label: Term, old: str | None, new: str | None) -> Change:
    """A change, its texts cut around what they do not have in common."""
    if old is None or new is None:
        return Change(
            label, None if old is None else clipped(old, EXCERPT), None if new is None else clipped(new, EXCERPT)
        )
    if len(old) <= EXCERPT and len(new) <= EXCERPT:
        return Change(label, old, new)
    same = _alike(old, new)
    rest = min(len(old), len(new)) - same
    end = min(rest, _alike(reversed(old), reversed(new)))
    start = max(0, same - CONTEXT)
    if start:
        start = old.find(" ", start, same) + 1 or start  # from the beginning of a word
    return Change(label, _excerpt(old, start, end), _excerpt(new, start, end))


def _alike(some: Iterable[str], others: Iterable[str]) -> int:
    """How many characters are the same from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


def _excerpt(whole: str, start: int, same_at_end: int) -> str:
    """From `start`, and not much of what is the same at the end."""
    stop = len(whole) - max(0, same_at_end - CONTEXT)
    if stop < len(whole):
        stop = whole.find(" ", stop) if " " in whole[stop : stop + CONTEXT] else stop
    excerpt = clipped(whole[start:stop], EXCERPT)
    after = "…" if stop < len(whole) and not excerpt.endswith("…") else ""
    return f"{'…' if start else ''}{excerpt}{after}"
