"""The panel of signatures on the page of a document: each state of it, from files that the tests sign themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
from asn1crypto import crl
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import html

from tests.documents.hostile import HOSTILE
from tests.documents.signed import Holder, added_to, blank, encrypted, holder, revocations, signed
from tests.provinces import SmallProvince, site

CA = holder("CA Thử", days=4000)
PERSON, LATER, REVOKED = (holder(name, CA) for name in ("Nguyễn Văn Mẫu", "Trần Thị Thử", "Lê Bị Thu"))
GOOD = signed(blank(), PERSON)
FILES: Mapping[str, bytes] = {
    "good": GOOD,
    "altered": GOOD.replace(b"(x) Tj", b"(y) Tj"),
    "changed": added_to(GOOD),
    "expired": signed(blank(), holder("Hết Hạn", CA, begins=-20, days=10)),
    "revoked": signed(blank(), REVOKED),
    "stranger": signed(blank(), holder("Người Lạ", holder("CA khác"))),
    "twice": signed(GOOD, LATER, "Signature2"),
    "none": blank(),
    "encrypted": encrypted(),
    "broken": GOOD[:-400],
    "unknown": HOSTILE["signature of nothing"](),
    "nobody": signed(blank(), holder("A\u202eB <b>", CA)),
}
VERDICTS = {
    "good": ["Chữ ký hợp lệ, theo chứng thư gốc mà tỉnh tin cậy."],
    "altered": ["Không hợp lệ: nội dung đã ký bị thay đổi."],
    "changed": ["Không hợp lệ: tệp bị sửa sau khi ký."],
    "expired": ["Không hợp lệ: chứng thư không có hiệu lực khi ký."],
    "revoked": [
        "Không xác nhận được: chứng thư đã bị thu hồi, và không có dấu thời gian nào cho biết chữ ký có trước đó."
    ],
    "stranger": ["Không xác nhận được: chứng thư không do tổ chức mà tỉnh tin cậy cấp."],
    "twice": ["Chữ ký hợp lệ, theo chứng thư gốc mà tỉnh tin cậy."] * 2,
    "none": ["Tệp này không có chữ ký số."],
    "encrypted": ["Chưa kiểm tra được: tệp bị mã hóa."],
    "broken": ["Chưa kiểm tra được: tệp bị hỏng."],
    "unknown": ["Chưa kiểm tra được: tệp có chữ ký thuộc loại mà cổng chưa hỗ trợ."],
    "nobody": ["Chữ ký hợp lệ, theo chứng thư gốc mà tỉnh tin cậy."],
}
ADVICE = {
    "altered": "what Nguyễn Văn Mẫu signed has been altered since",
    "changed": "the file was changed after Nguyễn Văn Mẫu signed it",
    "none": "its name says that it is signed, and it has no signature",
    "encrypted": "its name says that it is signed, and it is encrypted: nobody can check that",
    "broken": "its name says that it is signed, and it is damaged: nobody can check that",
    "unknown": "its name says that it is signed, and it has a signature of a kind that nobody here can check",
}
HOME = "agencies/so-y-te"
UNTRUSTED = "Chưa kiểm tra được, vì cổng chưa được cấp chứng thư gốc tin cậy."


def province_with(folder: Path, files: Mapping[str, bytes]) -> SmallProvince:
    """A document for each of the files, `so-y-te/van-ban/2019/<n>-tb-syt/`."""
    province = SmallProvince.of(folder)
    for number, (name, content) in enumerate(files.items(), 1):
        write(province, f"{HOME}/media/{name}.signed.pdf", content)
        record = f"number: {number}/TB-SYT\ntype: announcement\ntitle: Thông báo {name}\nissued: 2019-04-15\n"
        province.write(f"{HOME}/documents/2019/{name}.yaml", f"{record}files:\n  - file: media/{name}.signed.pdf\n")
    return province


def write(province: SmallProvince, path: str, content: bytes) -> None:
    file = province.content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def trust(province: SmallProvince, by: Holder = CA, revoked: crl.CertificateList | None = None) -> None:
    write(province, "province/trust/ca.pem", by.certificate.public_bytes(Encoding.PEM))
    if revoked is not None:
        write(province, "province/trust/ca.crl", revoked.dump())


def address(name: str, files: Mapping[str, bytes] = FILES) -> str:
    return f"so-y-te/van-ban/2019/{list(files).index(name) + 1}-tb-syt/"


def panel(province: SmallProvince, name: str, files: Mapping[str, bytes] = FILES) -> html.HtmlElement:
    [section] = html.document_fromstring(province.page(address(name, files))).xpath("//*[@aria-labelledby='chu-ky']")
    return section


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def verdicts(province: SmallProvince, name: str, files: Mapping[str, bytes] = FILES) -> list[str]:
    return [
        words(part).lstrip("✓✗? ") for part in panel(province, name, files).xpath(".//*[contains(@class,'verdict')]")
    ]


def facts(province: SmallProvince, name: str) -> dict[str, str]:
    """Of the first signature, as the page has them."""
    rows = panel(province, name).xpath("(.//*[contains(@class,'signature')])[1]//dl/div")
    return {words(row.find("dt")): words(row.find("dd")) for row in rows}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallProvince, list[str]]:
    """The province, and what its editors are advised."""
    province = province_with(tmp_path_factory.mktemp("signed"), FILES)
    trust(province, revoked=revocations(CA, REVOKED))
    report = province.build(PORTAL_CHECK_RELEASES=True)
    assert province.problems(report) == []
    return province, province.advice(report)


@pytest.fixture
def province(built: tuple[SmallProvince, list[str]]) -> SmallProvince:
    return built[0]


@pytest.mark.parametrize("name", FILES)
def test_each_state_has_its_words(name: str, province: SmallProvince) -> None:
    assert verdicts(province, name) == VERDICTS[name]


def test_good_signature_has_the_seven_facts_and_what_was_not_asked(province: SmallProvince) -> None:
    told = facts(province, "good")

    assert list(told) == [
        "Tổ chức cấp chứng thư", "Người ký", "Cơ quan quản lý người ký", "Thời gian ký", "Tính toàn vẹn",
        "Hiệu lực tại thời điểm ký", "Hiệu lực của chứng thư", "Thu hồi chứng thư",
    ]  # fmt: skip
    assert (told["Tổ chức cấp chứng thư"], told["Người ký"]) == ("CA Thử", "Nguyễn Văn Mẫu")
    assert told["Cơ quan quản lý người ký"] == "Sở Thử"
    assert told["Thời gian ký"].endswith(", theo đồng hồ của người ký")
    assert told["Tính toàn vẹn"] == "nguyên vẹn; chữ ký bao trùm toàn bộ tệp"
    assert told["Hiệu lực tại thời điểm ký"] == "có hiệu lực"
    assert told["Thu hồi chứng thư"].startswith("không có trong danh sách thu hồi ngày ")


def test_way_to_repeat_the_check_names_file_digest_and_mechanism(province: SmallProvince) -> None:
    [way] = panel(province, "good").xpath("./details")
    data = json.loads(province.files()[f"{address('good')}chu-ky.json"])

    assert data["files"][0]["sha256"] in words(way)
    assert "ECDSA 256, SHA256, sha256_ecdsa" in words(way)
    assert "portal documents verify good.signed.pdf --trust" in words(way)
    assert way.xpath(".//a/@href") == [f"/{address('good')}chu-ky.json"]


@pytest.mark.parametrize("name", FILES)
def test_evidence_for_programs_says_the_same(name: str, province: SmallProvince) -> None:
    data = json.loads(province.files()[f"{address(name)}chu-ky.json"])
    [file] = data["files"]
    tones = panel(province, name).xpath(".//div[contains(@class,'signature')]/@class")

    assert file["url"] == f"https://thunghiem.example/so-y-te/media/{name}.signed.pdf"
    assert [signature["judgement"] == "valid" for signature in file["signatures"]] == [
        tone == "signature good" for tone in tones
    ]
    assert (file["fault"] is None) == bool(tones)


def test_document_of_the_api_leads_to_the_evidence(province: SmallProvince) -> None:
    document = json.loads(province.files()[f"{address('good')}index.json"])
    [file] = document["files"]

    assert file["signatures"] == f"https://thunghiem.example/{address('good')}chu-ky.json"
    schema = json.loads(province.files()[document["$schema"].removeprefix("https://thunghiem.example/")])
    jsonschema.validate(document, schema)


def test_names_in_a_certificate_are_words_and_nothing_else(province: SmallProvince) -> None:
    assert facts(province, "nobody")["Người ký"] == "A B <b>"


def test_owner_is_told_of_files_that_are_not_what_their_names_say(built: tuple[SmallProvince, list[str]]) -> None:
    told = [line for line in built[1] if "files[0].file" in line]

    assert told == [
        f"content/{HOME}/documents/2019/{name}.yaml:6: files[0].file: {ADVICE[name]} "
        "(put the file here as it came from the signer: to save or print it takes the signature away)"
        for name in sorted(ADVICE)
    ]


FEW = {"good": GOOD, "none": blank()}


def test_nothing_is_valid_until_the_province_says_whom_it_trusts(tmp_path: Path) -> None:
    province = province_with(tmp_path, FEW)
    province.build()
    without = verdicts(province, "good", FEW)
    trust(province)

    report = province.build()

    assert without == [UNTRUSTED]
    assert verdicts(province, "good", FEW) == [
        "Chữ ký hợp lệ, theo chứng thư gốc mà tỉnh tin cậy; chưa kiểm tra chứng thư có bị thu hồi hay không."
    ]
    assert site(report, "so-y-te").outcome == "built"
    assert site(report, "so-tu-phap").outcome == "unchanged"  # it has no such files


def test_what_was_kept_gives_the_same_pages_as_what_is_seen_anew(tmp_path: Path) -> None:
    kept, anew = (province_with(tmp_path / name, FEW) for name in ("kept", "anew"))
    kept.build(PORTAL_PREVIEW=False)
    for province in (kept, anew):
        trust(province)
        province.edit(f"{HOME}/agency.yaml", "name: Sở Y tế", "name: Sở Y tế Thử")
    kept.build(PORTAL_PREVIEW=False)
    kept.edit(f"{HOME}/agency.yaml", "Sở Y tế Thử", "Sở Y tế Mới")
    anew.edit(f"{HOME}/agency.yaml", "Sở Y tế Thử", "Sở Y tế Mới")

    kept.build(PORTAL_PREVIEW=False)
    anew.build(PORTAL_PREVIEW=False)

    assert address("good", FEW) + "chu-ky.json" in kept.files()
    assert kept.files() == anew.files()


def test_broken_certificate_is_a_problem_of_the_province_alone(tmp_path: Path) -> None:
    province = province_with(tmp_path, FEW)
    trust(province)
    province.build()
    before = province.page(address("good", FEW))
    write(province, "province/trust/ca.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    write(province, "province/trust/key.txt", b"no")
    province.edit(f"{HOME}/documents/2019/none.yaml", "Thông báo none", "Thông báo mới")

    report = province.build()

    assert province.problems(report) == [
        "content/province/trust/ca.pem: is no certificate and no list of revoked ones (put it here as the authority "
        "gave it (PEM or DER), or remove it; until then the last good holds)",
        "content/province/trust/key.txt: is no certificate and no list of revoked ones (files of trust/ end in .pem, "
        ".crt, .cer, .der, .crl, and lie in no folder below it; remove it, above all if it is a key)",
    ]
    assert site(report, "province").outcome == "kept"
    assert site(report, "so-y-te").outcome == "built"
    assert "Thông báo mới" in province.page(address("none", FEW))
    assert verdicts(province, "good", FEW)[0].startswith("Chữ ký hợp lệ")
    assert province.page(address("good", FEW)) == before


def test_agency_has_nobody_to_trust(tmp_path: Path) -> None:
    province = province_with(tmp_path, FEW)
    write(province, f"{HOME}/trust/ca.pem", CA.certificate.public_bytes(Encoding.PEM))

    report = province.build()

    assert [problem.partition(" (")[0] for problem in province.problems(report)] == [
        f"content/{HOME}/trust: not a folder that the portal knows"
    ]
