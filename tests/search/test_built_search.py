"""What a built portal lets people search in: all sites together, each agency alone, and how people speak."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from plugins.builder.folders import shown_sites
from plugins.builder.store import CODE, ENGINE
from plugins.portal.earlier_pages import FILE as EARLIER_PAGES
from plugins.procedures.linked_generators import ROWS
from plugins.search.kinds import KINDS, OTHERS, SOUGHT_FIRST, IndexKind
from plugins.search.linking import linked_index, speech
from plugins.search.reference import Searcher
from tests.provinces import SmallProvince, site

AGENCY = """\
name: UBND huyện Vị Thủy
short_name: VT
kind: district
summary: Chính quyền huyện.
contact:
  address: Số 1, đường Mẫu
  phone: '0293 000 1170'
counters:
  - name: Bộ phận một cửa
    phone: '0293 000 1171'
    hours:
      - {days: Thứ Hai - Thứ Sáu, times: ['07:00-11:00']}
communes:
  - name: Xã Vị Bình
    code: '31450'
    counters:
      - {name: Bộ phận một cửa xã, phone: '0293 000 3350'}
  - {name: Xã Vị Đông, code: '31456'}
"""
SYNONYMS = """\
synonyms:
  - say: [giấy khai sanh, khai sanh]
    mean: [đăng ký khai sinh]
  - say: [bằng tàu vũ trụ]
    mean: [đăng ký du hành]
stop_phrases: [tôi muốn]
"""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> SmallProvince:
    built = SmallProvince.of(tmp_path_factory.mktemp("search"))
    built.write("province/synonyms.yaml", SYNONYMS)
    built.write("agencies/ubnd-huyen-vi-thuy/agency.yaml", AGENCY)
    assert built.problems(built.build()) == []
    return built


def searcher(province: SmallProvince, kind: IndexKind = SOUGHT_FIRST) -> Searcher:
    shown = shown_sites(province.settings())
    index = linked_index(kind, {slug: entry.version for slug, entry in shown.items()})
    return Searcher(index, speech(shown[""].manifest.synonyms))


def found(province: SmallProvince, query: str, kind: IndexKind = SOUGHT_FIRST) -> list[str]:
    return [hit.card.url for hit in searcher(province, kind).find(query)]


def manifest(province: SmallProvince, address: str) -> Any:
    return json.loads((province.output / f"{address}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "query",
    ["đăng ký khai sinh", "dang ky khai sinh", "1.001193", "001193", "tôi muốn khai sanh", "ddawng kys khai sinh"],
)
def test_procedure_is_found_as_people_ask_for_it(province: SmallProvince, query: str) -> None:
    assert found(province, query)[0] == "thu-tuc/1.001193/"


def test_procedures_of_agencies_and_their_news_are_found(province: SmallProvince) -> None:
    assert found(province, "2.000488")[0] == "so-tu-phap/thu-tuc/2.000488/"
    assert found(province, "ho tich", OTHERS)[0].startswith("so-tu-phap/tin-tuc/2019/ho-tich/")


@pytest.mark.parametrize(
    "query",
    [
        "ubnd huyện vị thủy", "ủy ban nhân dân huyện vị thuỷ", "so dien thoai huyen vi thuy", "địa chỉ huyện vị thủy",
        "ubndhvt", "vị thủy giờ làm việc",
    ],
)  # fmt: skip
def test_agency_is_found_with_its_telephone_address_and_hours(province: SmallProvince, query: str) -> None:
    [card, *_] = [hit.card for hit in searcher(province).find(query)]

    assert (card.title, card.url) == ("UBND huyện Vị Thủy", "ubnd-huyen-vi-thuy/")
    assert card.meta == "0293 000 1170 · Số 1, đường Mẫu · Thứ Hai - Thứ Sáu 07:00-11:00"
    assert card.opening == "12345 420-660"


def test_counters_of_communes_are_found_and_communes_without_are_not(province: SmallProvince) -> None:
    [card, *_] = [hit.card for hit in searcher(province).find("số điện thoại xã vị bình")]

    assert (card.title, card.url) == ("UBND xã Vị Bình", "ubnd-huyen-vi-thuy/lien-he/")
    assert card.meta.startswith("0293 000 3350")
    assert not any("Vị Đông" in hit.card.title for hit in searcher(province).find("xã vị đông"))


def test_browsers_have_the_hours_of_agencies_alone(province: SmallProvince) -> None:
    own = manifest(province, "ubnd-huyen-vi-thuy/tim-kiem/thu-tuc")
    [[_, size, cards]] = own["blocks"]
    rows = manifest(province, f"ubnd-huyen-vi-thuy/tim-kiem/thu-tuc/{cards}-0")

    assert size == 2
    assert {row[0]: row[4:] for row in rows} == {"UBND huyện Vị Thủy": ["12345 420-660"], "UBND xã Vị Bình": []}


def test_all_sites_are_in_the_indexes_over_all(province: SmallProvince) -> None:
    for kind in KINDS:
        linked = manifest(province, f"tim-kiem/{kind.name}")
        index = searcher(province, kind).index
        assert linked["documents"] == index.size > 0
        assert [block[0] for block in linked["blocks"]] == [block.first for block in index.blocks]


def test_agency_has_an_index_of_its_own_alone(province: SmallProvince) -> None:
    own = manifest(province, "so-tu-phap/tim-kiem/thu-tuc")

    assert [block[:2] for block in own["blocks"]] == [[0, 2]]  # a procedure, and the agency itself
    assert province.shows("so-tu-phap/tim-kiem")


def test_browsers_are_told_how_people_speak_beside_the_terms_of_all_sites(province: SmallProvince) -> None:
    linked = manifest(province, "tim-kiem/thu-tuc")
    shards = [json.loads(path.read_text("utf-8")) for path in (province.output / "tim-kiem/thu-tuc").iterdir()]

    said = [phrase for shard in shards if isinstance(shard, dict) for phrase in shard.get("s", [])]
    assert sorted(said) == [
        [["bằng tàu vũ trụ"], ["đăng ký du hành"]],
        [["giấy khai sanh"], ["đăng ký khai sinh"]],  # `giay` is rarer here than `sanh`
        [["khai sanh"], ["đăng ký khai sinh"]],
    ]
    around = linked["around"]
    assert around.pop("stop_phrases") == ["tôi muốn"]
    assert around == {key: [] for key in ("stop_words", "circumstance_words", "need_words", "words_between")}
    assert manifest(province, "so-tu-phap/tim-kiem/thu-tuc")["around"] == {}


def test_meaning_that_finds_nothing_is_advice_with_file_and_line(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write("province/synonyms.yaml", SYNONYMS)
    report = province.build()

    [said] = [advice.render() for advice in report.advice if "synonyms" in advice.path]
    assert said.endswith(
        'province/synonyms.yaml:5: synonyms[1].mean[0]: "đăng ký du hành" finds nothing: no procedure has "du" '
        "(write the words that the official texts have, or remove it)"
    )


def test_edited_article_changes_only_what_it_is_in(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    before = province.files()
    article = next((province.content / "agencies" / "so-tu-phap" / "news").rglob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nThêm chữ bưởi Năm Roi.\n", encoding="utf-8")
    report = province.build()
    after = province.files()

    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert site(report, "so-y-te").outcome == "unchanged"
    assert found(province, "bưởi năm roi", OTHERS)[0].startswith("so-tu-phap/tin-tuc/")
    assert not {path for path in changed if path.startswith(("tim-kiem/thu-tuc", "so-y-te/"))}
    assert {"tim-kiem/tin.json", "so-tu-phap/tim-kiem/tin.json"} <= changed


def test_edited_synonyms_compile_no_agency(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.build()
    province.write("province/synonyms.yaml", SYNONYMS)
    report = province.build()

    assert {site(report, slug).outcome for slug in ("so-y-te", "so-tu-phap")} == {"unchanged"}
    assert manifest(province, "tim-kiem/thu-tuc")["around"]["stop_phrases"] == ["tôi muốn"]


def test_draft_is_not_found_not_even_on_a_desk(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-y-te/news/2019/nhap.md",
        "---\ntitle: Bản nháp về sầu riêng\ndate: 2019-05-05\nsummary: Nháp.\nstatus: draft\n---\n\nSầu riêng.\n",
    )
    province.build()

    assert province.shows("so-y-te/tin-tuc/2019/nhap")
    assert found(province, "sầu riêng", OTHERS) == []


def test_markup_of_a_text_is_not_found_and_its_words_are(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    province.write(
        "agencies/so-y-te/news/2019/bang.md",
        "---\ntitle: Bảng\ndate: 2019-05-05\nsummary: Có bảng.\n---\n\n| khoai | mì |\n| --- | --- |\n"
        "| xoài&nbsp;cát | [mận](https://example.org/strongstyle) |\n",
    )
    province.build()

    for query in ("khoai", "xoài cát", "mận"):
        assert found(province, query, OTHERS)[0] == "so-y-te/tin-tuc/2019/bang/"
    assert found(province, "strongstyle ", OTHERS) == []


def search_files(province: SmallProvince) -> dict[str, bytes]:
    return {path: content for path, content in province.files().items() if "tim-kiem/" in path}


def test_files_after_edits_are_those_of_a_clean_build_with_their_compressed_copies(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path / "province")
    article = next((province.content / "agencies" / "so-tu-phap" / "news").rglob("*.md"))
    long = " ".join(f"vườn{number} bưởi{number}" for number in range(400))
    article.write_text(f"{article.read_text('utf-8')}\n{long}\n", "utf-8")
    province.build(PORTAL_COMPRESS=True)
    article.write_text(article.read_text("utf-8").replace("bưởi7 ", "xoài "), "utf-8")
    article.rename(article.with_name("ten-khac.md"))
    province.build(PORTAL_COMPRESS=True)
    clean = SmallProvince(tmp_path / "clean")
    shutil.copytree(province.content, clean.content)
    clean.build(PORTAL_COMPRESS=True)

    assert search_files(province) == search_files(clean)
    assert any(path.startswith("tim-kiem/tin/") and path.endswith(".gz") for path in search_files(clean))


def test_damaged_or_foreign_memos_change_nothing(tmp_path: Path) -> None:
    province = SmallProvince.of(tmp_path)
    for attempt, raw in enumerate([b"", b'{"shards": {}, "bodies": {"": [1]}}', b"\xff", b"engine"]):
        province.build()
        memos = [path for path in (province.build_folder / "sites").glob("*/*/memos/*") if path.is_file()]
        assert {path.name for path in memos} == {CODE, ENGINE, EARLIER_PAGES, ROWS, SOUGHT_FIRST.memo, OTHERS.memo}
        for path in memos:
            if path.name not in (CODE, ENGINE) or raw == b"engine":
                path.write_bytes(raw)
        for path in (province.build_folder / "sites" / "so-tu-phap").glob("*/aside/search/*.segment"):
            path.write_bytes(raw)
        article = next((province.content / "agencies" / "so-tu-phap" / "news").rglob("*.md"))
        article.write_text(f"{article.read_text('utf-8')}\nThêm chữ bưởi Năm Roi{attempt}.\n", "utf-8")
        report = province.build()

        assert province.problems(report) == []
        assert found(province, f"roi{attempt}", OTHERS)[0].startswith("so-tu-phap/tin-tuc/")


@pytest.mark.parametrize(("setting", "weight"), [("", 0.7), ("ministry_last: false\n", 1.0)])
def test_what_a_ministry_alone_handles_goes_last_unless_editors_say_otherwise(
    tmp_path: Path, setting: str, weight: float
) -> None:
    province = SmallProvince.of(tmp_path)
    [record] = [path for path in province.folder.rglob("1.001193.yaml") if "procedures" in path.parts][:1]
    levels = re.compile(r"^performed_by:.*(?:\n[ -].*)*$", re.M)
    text = record.read_text("utf-8").replace("1.001193", "1.009999")
    assert levels.search(text)
    copy = record.relative_to(province.content).with_name("1.009999.yaml")
    province.write(str(copy), levels.sub("performed_by: [ministry]", text))
    written = (province.content / "province/province.yaml").read_text("utf-8")
    province.write("province/province.yaml", f"{written.rstrip()}\n{setting}")
    province.build()

    cards = {card.url: card.weight for card in searcher(province).index.cards.values()}
    assert cards["thu-tuc/1.009999/"] == weight
