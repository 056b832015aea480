"""What pages leave open for linking, and how it is filled."""

from __future__ import annotations

from markupsafe import escape

from plugins.portal.placeholders import filled, is_open, placeholder


def test_placeholders_are_filled_each_by_the_filler_of_its_kind() -> None:
    page = (
        f"<p>{placeholder('procedure', '1.000002')}, {placeholder('procedure', '1.000009')}</p>"
        f"{placeholder('places')}<b>{placeholder('agency', 'so-y-te')}</b>"
    )
    names = {"1.000002": "Cấp <giấy> & phép"}
    fillers = {
        "procedure": lambda code: str(escape(names.get(code, code))),
        "places": lambda argument: f"<ul>{argument}</ul>",
        "agency": lambda slug: slug.upper(),
    }

    assert is_open(page)
    assert filled(page, fillers) == "<p>Cấp &lt;giấy&gt; &amp; phép, 1.000009</p><ul></ul><b>SO-Y-TE</b>"
    assert not is_open(filled(page, fillers))


def test_what_only_looks_like_a_placeholder_stays() -> None:
    page = "<!-- portal:places --><!--portal:other x--><!--portal:agency Sở-->"

    assert filled(page, {"places": lambda _: "!", "agency": lambda _: "!"}) == page
