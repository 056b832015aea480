"""A kind that cannot be meant is told at start in one sentence, with the names of its module and of the kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel

from plugins.builder.kinds import load_kinds
from plugins.command_line import main
from plugins.portal.kinds import NAMES_TAKEN, ContentKind, Derived, KindError, Kinds, Target
from plugins.portal.schemas import MODELS
from plugins.portal.site_reading import load_site
from plugins.portal.vocabulary import Term
from tests.kinds import KINDS
from tests.portal.contents import AGENCY, ContentFolder, said
from tests.provinces import CAPABILITIES, ROOT, SmallProvince

KIND = KINDS[0]
MODULE = """\
from dataclasses import fields, replace
from plugins.portal.kinds import ContentKind
from plugins.portal.vocabulary import Term
from tests.kinds import KINDS as NOTICES
KIND = replace(NOTICES[0], name="tender", folder="tenders", home="moi-thau/", api="tenders", many=Term("A", "B"))
"""
NOW = datetime(2026, 10, 1, 8, 0)
NOTICE = "---\ntitle: Nghỉ lễ\nsummary: Có người trực.\nuntil: 2019-09-05\n---\nXem.\n"

BROKEN: dict[str, tuple[str, str]] = {
    "no model": (
        'KINDS = (ContentKind(name="t", many=Term("A", "B"), folder="t", card_type=None, card=None),)',
        'PORTAL_KINDS: in {module}: the kind "t" has no model: add it',
    ),
    "little": ('KINDS = (ContentKind("t"),)', 'PORTAL_KINDS: in {module}: the kind "t" has no many, folder, model'),
    "nothing": ("KINDS = None", 'KINDS of the module {module} must be a tuple, such as (NOTICE,), and is "None"'),
    "no tuple": ("KINDS = KIND", 'KINDS of the module {module} must be a tuple, such as (NOTICE,), and is "tender"'),
    "a word": ('KINDS = "tender"', 'KINDS of the module {module} must be a tuple, such as (NOTICE,), and is "tender"'),
    "words": ('KINDS = (KIND, "x")', 'PORTAL_KINDS: KINDS of the module {module} has "x": that is no ContentKind'),
    "no name": ("KINDS = (replace(KIND, name=None),)", 'PORTAL_KINDS: in {module}: the kind "None": its name must be'),
    "no folder": (
        "KINDS = (replace(KIND, folder=None),)",
        'PORTAL_KINDS: in {module}: the kind "tender": a site has a folder "None"',
    ),
    "a field that no kind has": (
        "KINDS = (replace(KIND, colour=1),)",
        "the module {module} cannot be imported: TypeErr",
    ),
    "an import that is missing": (
        "import plugins.portal.nowhere",
        "the module {module} cannot be imported: ModuleNotFoundError: No module named 'plugins.portal.nowhere'",
    ),
    "no Python": ("KINDS = (", "the module {module} cannot be imported: SyntaxError"),
    "declared twice": (
        "from tests.kinds import KINDS",
        'PORTAL_KINDS: in tests.kinds, {module}: the kinds "notice" and "notice" have the same name',
    ),
}


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> Iterator[str]:
    """A module of somebody's own, by its name."""
    name = "kinds_of_somebody"
    (tmp_path / f"{name}.py").write_text(MODULE + BROKEN[broken][0], "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


@pytest.mark.parametrize("broken", BROKEN)
def test_module_that_gives_no_kinds_is_told_with_its_name_and_the_kinds(broken: str, module: str) -> None:
    with pytest.raises(KindError) as told:
        load_kinds([*CAPABILITIES, "tests.kinds", module])

    message = str(told.value)
    assert BROKEN[broken][1].format(module=module) in message
    assert "\n" not in message


@pytest.mark.parametrize("broken", ["no model", "nothing"])
def test_command_ends_with_one_sentence(
    broken: str, module: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.py"
    written = (ROOT / "pelicanconf.py").read_text("utf-8")
    settings.write_text(
        f'{written}\nPORTAL_ROOT = {str(ROOT)!r}\nPORTAL_KINDS = [*PORTAL_KINDS, "{module}"]\n', "utf-8"
    )

    assert main(["schema", str(tmp_path / "schemas"), "--settings", str(settings)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert module in lines[0]


def test_kinds_are_a_list_of_modules() -> None:
    with pytest.raises(KindError, match="PORTAL_KINDS must be a list of modules"):
        load_kinds("tests.kinds")


OTHER: dict[str, Any] = {
    "name": "other", "folder": "others", "home": "khac/", "api": "others", "many": Term("Khác", "Others"),
}  # fmt: skip
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "an answer outside": ({"api": "../../../../evil"}, 'the kind "other": api "../../../../evil" must be'),
    "an answer in a folder": ({"api": "a/b"}, 'the kind "other": api "a/b" must be'),
    "an answer that is none": ({"api": None}, 'the kind "other": api "None" must be'),
    "an answer of procedures": (
        {"api": "procedures"},
        'the kinds "procedure" and "other" have the same api, "procedures"',
    ),
    "another suffix": ({"suffix": ".txt"}, 'the kind "other": its suffix must be .md or .yaml, not ".txt"'),
    "words of another": (
        {"many": Term("Khác", "Others", slug="trang")},
        'the kinds "page" and "other" have the same many.slug, "trang"',
    ),
    "words for an address": ({"many": Term("Khác", "Others", slug="../x")}, 'the kind "other": many.slug "../x" must'),
    "no words": ({"many": "Khác"}, 'the kind "other": many must be a Term'),
    "a home outside": ({"home": "../evil/"}, 'the kind "other": its address "../evil/" must be'),
    "a home that is none": ({"home": 5}, 'the kind "other": its address "5" must be'),
    "no function": ({"order": None}, 'the kind "other": order must be a function'),
    "no function at all": ({"page": "x/"}, 'the kind "other": page must be a function'),
    "no function of search": ({"indexed": True}, 'the kind "other": indexed must be a function'),
    "one word for its folder": ({"called": "khac"}, 'the kind "other": called must be a tuple'),
    "no meanings": ({"meanings": None}, 'the kind "other": meanings must say'),
    **{
        f"the name {name}": ({"name": name}, f'the kind "{name}": the portal has something else of this name')
        for name in sorted(NAMES_TAKEN)
    },
}


@pytest.mark.parametrize("refused", REFUSED)
def test_kind_that_would_write_where_it_may_not_is_told_at_start(refused: str) -> None:
    otherwise, message = REFUSED[refused]
    with pytest.raises(KindError) as told:
        Kinds([*load_kinds(CAPABILITIES), KIND, replace(KIND, **(OTHER | otherwise))])

    assert message in str(told.value)


def test_names_of_other_schemas_and_of_what_references_lead_to_are_taken() -> None:
    assert {*MODELS, *Kinds().targets, "words"} == NAMES_TAKEN


def test_address_that_only_looks_taken_is_a_kinds() -> None:
    """What the portal writes nowhere is free: documents stand where they are expected."""
    assert [kind.list_address for kind in Kinds([replace(KIND, home="van-ban/")])] == ["van-ban/"]


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    return ContentFolder.of(tmp_path / "content")


def problems(content: ContentFolder, **otherwise: Any) -> list[str]:
    kinds = Kinds([replace(KIND, **otherwise)])
    content.write("notices/nghi.md", NOTICE)
    site = load_site(content.folder, "content", AGENCY, content.shared(), drafts=False, now=NOW, kinds=kinds)
    return said(site.problems)


@pytest.mark.parametrize(
    "page", ["", "../..", "../../", "/etc/", "a/../../b/", "./", "a//", "a", "a\n/", "feed.atom/", "a/index.html", None]
)
def test_page_outside_its_list_is_told_with_the_file_and_the_kind(content: ContentFolder, page: Any) -> None:
    [told] = problems(content, page=lambda notice, slug: page)

    assert told.startswith(f'notices/nghi.md: the kind "notice" gives it the address "{page}", which is none below')


@pytest.mark.parametrize("page", ["a/", "2019/a/", "1.001193/", "1.001193.000.00.00.H30/"])
def test_page_below_its_list_may_be_deep(content: ContentFolder, page: str) -> None:
    assert problems(content, page=lambda notice, slug: page) == []


def test_page_without_a_list_takes_no_address_of_the_site_whatever_it_is_made_of(content: ContentFolder) -> None:
    [told] = problems(content, home=None, page=lambda notice, slug: f"lien-he/{slug}/")

    assert told == "notices/nghi.md: the address /lien-he/ is taken (rename the file)"


def test_target_of_a_kind_that_is_none_is_told(content: ContentFolder) -> None:
    [told] = problems(content, targets=lambda notice: [Target("tender", "01", ("title",))])

    assert told.startswith('notices/nghi.md:2: the kind "notice" names "01", a target of the kind "tender", which')
    assert problems(content, targets=lambda notice: [Target("agency", "01", ("title",))]) == []


def test_province_with_a_kind_without_a_list_has_its_pages_and_no_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "kinds_without_a_list.py"
    module.write_text(
        "from dataclasses import replace\nfrom tests.kinds import KINDS as NOTICES\n"
        "KINDS = (replace(NOTICES[0], home=None),)\n", "utf-8"
    )  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    made = SmallProvince.of(tmp_path / "province")
    made.write("agencies/so-y-te/notices/nghi-le.md", NOTICE)
    made.write("province/notices/chung.md", NOTICE)
    report = made.build(PORTAL_KINDS=[*CAPABILITIES, module.stem], PORTAL_PREVIEW=False)
    files = made.files()

    assert made.problems(report) == []
    assert "Nghỉ lễ" in made.page("so-y-te/nghi-le/")
    assert "Nghỉ lễ" in made.page("chung/")
    assert b'"url":"https://thunghiem.example/so-y-te/nghi-le/"' in files["api/v1/notices.json"]
    assert b"https://thunghiem.example/so-y-te/nghi-le/" in files["sitemaps/so-y-te.xml"]
    assert not {"feed.atom", "so-y-te/feed.atom"} & set(files)
    assert "Thông báo</a>" not in made.page("so-do-cong/") + made.page("chung/") + made.page("so-y-te/")


class Titled(BaseModel):
    title: str


class Counted(BaseModel):
    number: int


@pytest.mark.parametrize(
    "derived",
    [
        lambda cards: {},
        Derived(Counted, cast("Any", "x")),
        Derived(cast("Any", dict), lambda cards: {}),
        Derived(Titled, lambda cards: {}),
    ],
    ids=["a function alone", "no function", "no model", "a field of cards"],
)
def test_what_is_derived_needs_a_model_that_has_nothing_of_cards(derived: Any) -> None:
    assert Kinds((replace(KIND, derived=Derived(Counted, lambda cards: {})),))
    with pytest.raises(KindError, match="derived must be a Derived whose fields no card has"):
        Kinds((replace(KIND, derived=derived),))


@pytest.mark.parametrize(
    ("told", "message"),
    [({}, 'derived says nothing of the card "so-y-te/nghi-le/"'), ([], "must be given by the addresses of cards")],
)
def test_what_is_derived_has_to_say_something_of_each_card(told: Any, message: str) -> None:
    card = cast("Any", KIND.card_type).model_construct(url="so-y-te/nghi-le/")
    derived: Derived[Any] = Derived(Counted, lambda cards: told)

    with pytest.raises(KindError, match=f'the kind "notice": .*{message}'):
        derived.told_of("notice", [card])
    whole = {card.url: Counted(number=1)}
    fitting: Derived[Any] = Derived(Counted, lambda cards: whole)
    assert fitting.told_of("notice", [card]) == whole


def test_kind_whose_derived_says_nothing_of_a_card_is_told_as_one_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kinds_without_states.py").write_text(
        "from dataclasses import replace\nfrom plugins.portal.kinds import Derived\nfrom pydantic import BaseModel\n"
        "from tests.kinds import KINDS as NOTICES\n\n\nclass Counted(BaseModel):\n    number: int\n\n\n"
        "KINDS = (replace(NOTICES[0], derived=Derived(Counted, lambda cards: {})),)\n", "utf-8"
    )  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    made = SmallProvince.of(tmp_path / "province")
    made.write("agencies/so-y-te/notices/nghi-le.md", NOTICE)

    [problem] = made.build(PORTAL_KINDS=[*CAPABILITIES, "kinds_without_states"]).problems
    assert 'KindError: the kind "notice": derived says nothing of the card "so-y-te/thong-bao/nghi-le/"' in (
        problem.message.render()
    )


@pytest.mark.parametrize("name", [f.name for f in fields(ContentKind) if "Callable[" in str(f.type)])
def test_every_field_that_is_a_function_has_to_be_one(name: str) -> None:
    fields_given: dict[str, Any] = {name: "x"}
    with pytest.raises(KindError, match=f"{name} must be a function"):
        Kinds((replace(KIND, **fields_given),))
