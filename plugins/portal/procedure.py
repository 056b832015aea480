"""Administrative procedures (thủ tục hành chính), with every field of the national record.

Source of the fields: the national database on administrative procedures (docs/content.md has its Vietnamese term for
each); the legal duty to publish them: NĐ 63/2010/NĐ-CP.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from plugins.portal.fields import (
    AnyProcedureCode,
    Conflict,
    ContentModel,
    Day,
    Dong,
    Many,
    MediaPath,
    ProcedureCode,
    Prose,
    Sentence,
    Slug,
    WebAddress,
    Word,
)  # fmt: skip
from plugins.portal.vocabulary import (
    Audience,
    ChannelKind,
    FeeKind,
    OnlineMode,
    PerformingLevel,
    ProcedureKind,
    ProcedureStatus,
    TimeUnit,
)  # fmt: skip


class Decision(ContentModel):
    """The decision that announced the procedure (quyết định công bố)."""

    number: Word
    date: Day | None = None
    issuer: Word | None = None
    url: WebAddress | None = None


def _says_how_long(limit: TimeLimit) -> Iterator[Conflict]:
    if limit.amount is None and limit.note is None:
        yield Conflict("time_limit_empty")


def _has_a_unit(limit: TimeLimit) -> Iterator[Conflict]:
    if limit.amount is not None and limit.unit is None:
        yield Conflict("time_limit_without_unit")


class TimeLimit(ContentModel):
    """How long the agency may take. A text alone where the law gives no single number."""

    checks = (_says_how_long, _has_a_unit)

    amount: Annotated[float, Field(gt=0, le=10_000)] | None = None
    unit: TimeUnit | None = None
    note: Sentence | None = None


def _says_how_much(fee: Fee) -> Iterator[Conflict]:
    if fee.amount is None and fee.note is None:
        yield Conflict("fee_empty")


class Fee(ContentModel):
    """What is to be paid: an amount in đồng, or a text alone where the amount is fixed elsewhere; 0 is free."""

    checks = (_says_how_much,)

    kind: FeeKind | None = None
    """None where nobody says whether it is a charge or a fee: it is then called neither."""
    amount: Dong | None = None
    per: Word | None = None
    """What the amount is paid for, such as `bản sao`."""
    note: Sentence | None = None
    url: WebAddress | None = None


class Channel(ContentModel):
    """A way to file, with its own time limits and fees."""

    kind: ChannelKind
    time_limits: Many[TimeLimit] = ()
    fees: Many[Fee] = ()
    url: WebAddress | None = None
    """Where to file online; for an online channel only."""
    note: Sentence | None = None


class Form(ContentModel):
    """A form to fill in: a file of this site, or an address elsewhere, or the name alone."""

    name: Word
    file: MediaPath | None = None
    url: WebAddress | None = None


class Paper(ContentModel):
    """One paper of the dossier. With neither originals nor copies it is to be shown, or explains the others."""

    name: Sentence
    originals: Annotated[int, Field(ge=0, le=99)] = 0
    copies: Annotated[int, Field(ge=0, le=99)] = 0
    show_only: bool = False
    """Presented at the counter and taken home again (xuất trình)."""
    forms: Many[Form] = ()
    note: Sentence | None = None


class PaperCase(ContentModel):
    """The papers of one case (trường hợp); without a name, of every case."""

    case: Sentence | None = None
    papers: Annotated[Many[Paper], Field(min_length=1)]


class StepCase(ContentModel):
    """The steps of one case, in order."""

    case: Sentence | None = None
    steps: Annotated[Many[Prose], Field(min_length=1)]


class Result(ContentModel):
    """What the citizen gets."""

    name: Sentence
    code: Word | None = None
    """The national catalogue's code, such as `KQ.G15.000031`."""
    url: WebAddress | None = None


class LegalBasis(ContentModel):
    """A document on which the procedure rests."""

    number: Word | None = None
    """Such as `123/2015/NĐ-CP`."""
    title: Sentence
    issued: Day | None = None
    issuer: Word | None = None
    url: WebAddress | None = None


def _dates_in_order(procedure: Procedure) -> Iterator[Conflict]:
    if procedure.effective_from and procedure.effective_to and procedure.effective_to < procedure.effective_from:
        yield Conflict("dates_reversed", ("effective_to",))


class Procedure(ContentModel):
    """One administrative procedure: the file `procedures/<code>.yaml` of the folder that owns it."""

    checks = (_dates_in_order,)

    code: ProcedureCode
    local_codes: Many[AnyProcedureCode] = ()
    """Codes of local copies, such as `1.001193.000.00.00.H30`."""
    superseded_codes: Many[AnyProcedureCode] = ()
    """Codes that this procedure had before."""
    name: Annotated[str, Field(min_length=1, max_length=1_200)]
    decision: Decision | None = None
    field: Slug
    """The field of administration (lĩnh vực), by its slug in fields.yaml."""
    kind: ProcedureKind | None = None
    performed_by: Annotated[Many[PerformingLevel], Field(min_length=1)]
    performing_bodies: Many[Sentence] = ()
    performing_agencies: Many[Slug] = ()
    """The agencies that perform it, by slug, where they are not all agencies of a level."""
    competent_body: Sentence | None = None
    authorised_body: Sentence | None = None
    coordinating_bodies: Many[Sentence] = ()
    reception_address: Sentence | None = None
    audiences: Many[Audience] = ()
    description: Prose | None = None
    keywords: Many[Word] = ()
    """Words that people use for it and that the record does not contain."""
    steps: Many[StepCase] = ()
    channels: Many[Channel] = ()
    papers: Many[PaperCase] = ()
    dossier_sets: Annotated[int, Field(ge=1, le=99)] | None = None
    """How many sets of papers to hand in (số bộ hồ sơ)."""
    results: Many[Result] = ()
    legal_basis: Many[LegalBasis] = ()
    conditions: Many[Prose] = ()
    related: Many[ProcedureCode] = ()
    online_level: Annotated[int, Field(ge=1, le=4)] | None = None
    """The exact level of TT 32/2017; None where it is not known."""
    online_mode: OnlineMode | None = None
    """The mode of NĐ 42/2022; None where it is not known."""
    postal_reception: bool | None = None
    postal_return: bool | None = None
    online_payment: bool | None = None
    status: ProcedureStatus = "in_force"
    effective_from: Day | None = None
    effective_to: Day | None = None
    successor: ProcedureCode | None = None
    """The procedure that took its place, when it is abolished."""
    reviewed: Day | None = None
    """When somebody last checked the page against the law."""
    review_by: Day | None = None
