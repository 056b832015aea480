"""Cards of procedures as the tests need them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from plugins.portal import addresses
from plugins.portal.vocabulary import AUDIENCES, ONLINE_MODES, PERFORMING_LEVELS, PROCEDURE_STATUSES
from plugins.procedures.cards import ProcedureCard

FIELDS = {"ho-tich": "Hộ tịch", "dat-dai": "Đất đai", "y-te": "Y tế"}
AGENCIES = {"": "", "so-y-te": "Sở Y tế", "so-tu-phap": "Sở Tư pháp"}


def card(code: str = "1.000001", **given: Any) -> ProcedureCard:
    """A procedure of the province, in force, of which nothing else is known."""
    agency = given.get("agency_slug", "")
    known: dict[str, Any] = {
        "code": code, "title": "Thủ tục", "url": addresses.procedure(agency, code), "agency_slug": agency,
        "agency_name": AGENCIES[agency], "field": "ho-tich", "field_name": FIELDS[given.get("field", "ho-tich")],
        "online_level": None, "online_mode": None, "performed_by": ("province",), "audiences": (), "status": "in_force",
    }  # fmt: skip
    return ProcedureCard.model_validate(known | given)


def _several(terms: dict[str, Any], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(terms)), unique=True, min_size=least, max_size=3).map(tuple)


@st.composite
def catalogues(draw: st.DrawFn, most: int = 120) -> list[ProcedureCard]:
    """Whole catalogues, also such as take more than a page."""
    codes = draw(st.lists(st.integers(0, 999_999), unique=True, max_size=most))
    given = st.fixed_dictionaries(
        {
            "title": st.sampled_from(["Đăng ký", "Thủ tục đăng ký", "Cấp giấy", "Ôn", "123", "…"]),
            "field": st.sampled_from(list(FIELDS)),
            "agency_slug": st.sampled_from(list(AGENCIES)),
            "online_level": st.sampled_from([None, 1, 2, 3, 4]),
            "online_mode": st.sampled_from([None, *ONLINE_MODES]),
            "performed_by": _several(PERFORMING_LEVELS, 1),
            "audiences": _several(AUDIENCES, 0),
            "status": st.sampled_from(list(PROCEDURE_STATUSES)),
        }
    )
    return [card(f"1.{code:06d}", **draw(given)) for code in codes]
