"""The documents of the demonstration: those kept are those that the tool writes, and say that they are made up."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import yaml
from pyhanko.pdf_utils.reader import PdfFileReader

from plugins.documents.checking import check_bytes
from plugins.documents.trust import TrustFolder
from tools.sample_documents.__main__ import CONTENT, kept_documents, main
from tools.sample_documents.paper import CREATED
from tools.sample_documents.signed_files import AUTHORITY
from tools.sample_documents.signed_files import main as sign

STATES = {
    "good": ["valid"], "twice": ["valid", "valid"], "altered": ["altered"], "changed": ["changed"],
    "untrusted": ["untrusted"], "revoked": ["revoked"], "scanned": [], "unsigned": [],
}  # fmt: skip
"""By what a file is to be, the judgements of its signatures."""
MOST_BYTES = 40_000


def signed_files(content: Path) -> dict[str, tuple[str, bytes]]:
    """By path, what each file is to be, and its content."""
    return {
        f"{document.folder}/{file}": (state, (content / document.folder / file).read_bytes())
        for document in kept_documents(CONTENT)
        for file, state in document.files.items()
    }


def documents(content: Path) -> dict[str, str]:
    files = (path for path in content.glob("**/documents/*/*") if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_text("utf-8") for path in files}


def test_kept_documents_are_those_that_are_written(tmp_path: Path) -> None:
    number = main(target=tmp_path)

    assert number >= 120
    assert documents(tmp_path) == documents(CONTENT)


def test_every_agency_has_some_and_each_says_that_it_is_a_sample() -> None:
    kept = documents(CONTENT)
    records = [next(iter(yaml.safe_load_all(written))) for written in kept.values()]
    agencies = {path.split("/")[1] for path in kept if path.startswith("agencies/")}

    assert agencies == {path.name for path in (CONTENT / "agencies").iterdir()}
    assert [record["title"] for record in records if not record["title"].endswith("(mẫu)")] == []
    assert [record["number"] for record in records if not record.get("number", "9").startswith("9")] == []


def assert_as_listed(content: Path) -> None:
    files = signed_files(content)
    trust = TrustFolder.of(content / "province/trust")

    assert len(files) >= 10
    assert {state for state, _ in files.values()} >= {"good", "twice", "altered", "changed", "untrusted", "scanned"}
    for path, (state, written) in files.items():
        evidence = check_bytes(written, trust)
        assert [signature.judgement for signature in evidence.signatures] == STATES[state], path
        assert evidence.fault == (None if evidence.signatures else "no_signature")
        assert len(written) < MOST_BYTES


def test_signed_files_that_are_kept_are_what_their_list_says() -> None:
    assert_as_listed(CONTENT)


def test_signed_files_can_be_made_anew(tmp_path: Path) -> None:
    sign(target=tmp_path)

    assert_as_listed(tmp_path)


def test_authority_says_that_it_is_a_sample_and_no_key_is_kept() -> None:
    [certificate] = TrustFolder.of(CONTENT / "province/trust").certificates
    signed = [check_bytes(written, TrustFolder()) for _, written in signed_files(CONTENT).values()]

    assert certificate.subject.native["common_name"] == AUTHORITY
    assert all(s.organisation.endswith("(mẫu)") for evidence in signed for s in evidence.signatures)
    assert [p for p in CONTENT.rglob("*") if p.is_file() and b"PRIVATE KEY" in p.read_bytes()] == []


def test_sheet_says_in_the_file_that_it_is_made_up() -> None:
    written = [PdfFileReader(BytesIO(content)) for _, content in signed_files(CONTENT).values()]

    assert {reader.trailer["/Info"]["/Subject"] for reader in written} == {CREATED}
