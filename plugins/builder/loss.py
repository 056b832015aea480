"""A guard against losing much at once: a checkout that stopped half way must not take a province off the web."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from plugins.portal.problems import LossError, Text, text

SHARE = 0.25
"""Of what is shown: so much may disappear in one build without a question."""
FEW_SITES = 2
"""So many agencies may always go."""
FEW_PAGES = 100
"""So many pages may always go."""
SHARE_OF_PROTOCOL = 0.5
"""Of the agencies that the province names: so many of them may have no folder, where nothing was shown before."""

_REMEDY = text("if it is meant, say --allow-loss; else look whether the content folder is whole")


def check_sites(shown: Collection[str], present: Collection[str], protocol: Sequence[str]) -> None:
    """Raise `LossError` where too many agencies have no folder any more.

    `shown` are the agencies that the portal shows; where there are none, `protocol` says which there should be.
    """
    lost = sorted(set(shown) - set(present))
    if shown:
        if (len(lost) > FEW_SITES and len(lost) > SHARE * len(shown)) or not present:
            raise LossError(_loss(text("{number} of {all} agencies", number=len(lost), all=len(shown)), lost))
        return
    missing = sorted(set(protocol) - set(present))
    if len(missing) > FEW_SITES and len(missing) > SHARE_OF_PROTOCOL * len(set(protocol)):
        raise LossError(_loss(text("{number} of {all} agencies", number=len(missing), all=len(set(protocol))), missing))


def check_pages(before: int, after: int) -> None:
    """Raise `LossError` where too many of the pages that are shown would not be there any more."""
    lost = before - after
    if lost > FEW_PAGES and lost > SHARE * before:
        raise LossError(_loss(text("{number} of {all} pages", number=lost, all=before), ()))


def _loss(what: Text, names: Sequence[str]) -> Text:
    named = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    if not named:
        return text("nothing is changed, for {what} would disappear: {remedy}", what=what, remedy=_REMEDY)
    return text(
        "nothing is changed, for {what} are missing ({names}): {remedy}", what=what, names=named, remedy=_REMEDY
    )
