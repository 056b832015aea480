"""What in a procedure should be looked at again, but keeps nothing from being shown.

An error stops a new version; advice does not: a law that ends must not take the pages that cite it off the portal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from plugins.portal.advice import Advice
from plugins.portal.fields import as_far_as_right
from plugins.portal.problems import Problem, Text, text
from plugins.portal.procedure import Procedure
from plugins.portal.province import LegalStatus
from plugins.portal.values import day, number
from plugins.procedures.cards import ProcedureCard

LEAST_LIKELY_FEE = 1_000
"""In đồng: no charge of an agency is smaller; whoever writes 50 means 50.000."""


def advice_on(record: Procedure, legal_status: Mapping[str, LegalStatus]) -> Iterator[Advice]:
    """What is odd in a procedure, or in what is right of one; the day does not matter."""
    for look in (_order_of_days, _ends, _succeeds_or_relates, _small_fees, _papers_without_copies):
        yield from as_far_as_right(look, record)
    yield from as_far_as_right(_dead_law, record, legal_status)


def _order_of_days(record: Procedure) -> Iterator[Advice]:
    if record.reviewed and record.review_by and record.review_by < record.reviewed:
        yield ("review_by",), text("review_by lies before reviewed"), text("set a later day")


def _ends(record: Procedure) -> Iterator[Advice]:
    if record.status == "abolished" and record.effective_to is None:
        hint = text("add effective_to: the last day on which it was in force")
        yield ("status",), text("abolished without a day"), hint


def _succeeds_or_relates(record: Procedure) -> Iterator[Advice]:
    if record.successor == record.code:
        yield ("successor",), text("the procedure is its own successor"), text("name the code that took its place")
    elif record.successor is not None and record.status != "abolished":
        message = text("has a successor, but is not abolished")
        yield ("successor",), message, text("set status: abolished, or remove successor")
    for index, code in enumerate(record.related):
        if code == record.code:
            yield ("related", index), text("the procedure is related to itself"), text("remove this code")


def _small_fees(record: Procedure) -> Iterator[Advice]:
    for c, channel in enumerate(record.channels):
        for f, fee in enumerate(channel.fees):
            if fee.amount is not None and 0 < fee.amount < LEAST_LIKELY_FEE:
                yield (
                    ("channels", c, "fees", f, "amount"),
                    text("{amount} đồng is very little", amount=number(fee.amount)),
                    text("write {meant} if thousands are meant", meant=fee.amount * 1_000),
                )


def _papers_without_copies(record: Procedure) -> Iterator[Advice]:
    for c, case in enumerate(record.papers):
        for p, paper in enumerate(case.papers):
            if not (paper.originals or paper.copies or paper.show_only):
                yield (
                    ("papers", c, "papers", p),
                    text("a paper without a number of originals or copies"),
                    text("add originals, copies or show_only: true; or make it the note of another paper"),
                )


def _dead_law(record: Procedure, legal_status: Mapping[str, LegalStatus]) -> Iterator[Advice]:
    if record.status == "abolished":  # it rests on what was law in its day
        return
    for index, document in enumerate(record.legal_basis):
        status = legal_status.get((document.number or "").casefold())
        if status is not None and status.status == "expired":
            hint = (
                text("its place was taken by {number}: check the procedure against it", number=status.replaced_by)
                if status.replaced_by
                else text("check the procedure against the law")
            )
            yield ("legal_basis", index), text("{number} is no longer in force", number=status.number), hint


def overdue(card: ProcedureCard, today: date) -> Iterator[Problem]:
    """What the passing of time has made odd."""
    if card.status == "abolished":
        return
    if card.review_by is not None and card.review_by < today:
        message = text("was to be checked again by {day}", day=day(card.review_by))
        hint = text("check it against the law, then set reviewed and a new review_by")
        yield _of_card(card, "review_by", message, hint)
    if card.effective_to is not None and card.effective_to < today:
        message = text("was in force until {day}, but is not marked as abolished", day=day(card.effective_to))
        hint = text("set status: abolished, or mend effective_to")
        yield _of_card(card, "effective_to", message, hint)


def _of_card(card: ProcedureCard, name: str, message: Text, hint: Text) -> Problem:
    position = card.places.get(name)
    return Problem(path=card.path, line=position.line if position else None, field=name, message=message, hint=hint)
