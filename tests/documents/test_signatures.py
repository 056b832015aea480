"""Signatures in PDF files: what is told of each, and that none is called valid without a chain."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from plugins.command_line import main
from plugins.documents.evidence import Evidence, Signature
from plugins.documents.signatures import check_file
from plugins.documents.trust import TrustFolder
from tests.documents.signed import NOW, Holder, added_to, blank, encrypted, holder, revocations, signed, time_stamps

CA = holder("CA Thử", days=4000)
PERSON = holder("Nguyễn Văn Mẫu", CA)
BLANK = blank()
GOOD = signed(BLANK, PERSON)


def only(content: bytes, trust: TrustFolder = CA.trust) -> Signature:
    [signature] = check_file(content, trust).signatures
    return signature


def test_good_signature_has_the_seven_facts() -> None:
    signature = only(GOOD)

    assert signature.is_valid
    assert (signature.certifier, signature.signer, signature.organisation) == ("CA Thử", "Nguyễn Văn Mẫu", "Sở Thử")
    assert (signature.is_intact, signature.was_in_force, signature.judgement) == (True, True, "valid")
    assert signature.signed_at is not None
    assert (signature.is_stamped, signature.coverage, signature.changed_after) == (False, "whole", "none")
    assert (signature.revocation, signature.mechanism) == ("unchecked", "ECDSA 256, SHA256, sha256_ecdsa")


def test_time_stamp_says_when_and_whose_it_is_and_one_of_anybody_says_nothing() -> None:
    moment = NOW - timedelta(days=3)
    own, other = (holder("Dấu thời gian Thử", by, makes_stamps=True) for by in (CA, holder("CA khác")))
    stamped = only(signed(BLANK, PERSON, stamper=time_stamps(own, moment)))
    by_anybody = only(signed(BLANK, PERSON, stamper=time_stamps(other, moment)))

    assert stamped.is_valid
    assert (stamped.signed_at, stamped.is_stamped, stamped.stamped_by) == (moment, True, "Dấu thời gian Thử")
    assert (by_anybody.is_stamped, by_anybody.stamped_by) == (False, "Dấu thời gian Thử")
    assert by_anybody.signed_at is not None
    assert by_anybody.signed_at > moment


def test_time_stamp_from_before_the_revocation_keeps_a_signature_valid() -> None:
    stamper = time_stamps(holder("Dấu thời gian Thử", CA, makes_stamps=True), NOW - timedelta(days=3))
    trust = TrustFolder(CA.trust.certificates, (revocations(CA, PERSON),), "1")
    stamped = only(signed(BLANK, PERSON, stamper=stamper), trust)

    assert (stamped.revocation, stamped.judgement) == ("revoked", "valid")
    assert only(GOOD, trust).judgement == "revoked"


def test_nothing_is_valid_without_a_chain() -> None:
    assert (only(GOOD, TrustFolder()).trust, only(GOOD, TrustFolder()).is_valid) == ("unchecked", False)
    other = holder("CA khác")
    assert (only(GOOD, other.trust).trust, only(GOOD, other.trust).is_valid) == ("untrusted", False)


def test_what_was_altered_after_signing_is_not_intact() -> None:
    signature = only(GOOD.replace(b"(x) Tj", b"(y) Tj"))

    assert (signature.is_intact, signature.is_valid) == (False, False)


OBJECT = b"\n4 0 obj\n<</Length 5>>\nstream\nhello\nendstream\nendobj\n"
AFTER = {
    "a letter": b"x",
    "a remark": b"% ghi chu\n",
    "another format": b"PK\3\4" + bytes(99),
    "objects that nothing leads to": OBJECT * 60 + GOOD[GOOD.rindex(b"startxref") :],
    "the end once more": GOOD[GOOD.rindex(b"startxref") :],
    "objects without an end": OBJECT * 60 + b"%%EOF\n",
}


@pytest.mark.parametrize("signatures", [1, 2])
@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER.keys())
def test_what_was_added_and_belongs_to_no_update_is_never_valid(after: bytes, signatures: int) -> None:
    """Readers that mend a file show what nothing leads to; what leads back hides what came later."""
    content = GOOD if signatures == 1 else signed(GOOD, PERSON, "Signature2")

    assert not any(s.is_valid for s in check_file(content + after, CA.trust).signatures)


@pytest.mark.parametrize("after", [b"\n", b"\r\n\0\0"], ids=["line", "filled up"])
def test_blanks_behind_the_end_say_nothing(after: bytes) -> None:
    twice = check_file(signed(GOOD, PERSON, "Signature2") + after, CA.trust).signatures

    assert (only(GOOD + after).changed_after, only(GOOD + after).is_valid) == ("none", True)
    assert [(s.changed_after, s.is_valid) for s in twice] == [("allowed", True), ("none", True)]


def test_second_signature_is_allowed_and_another_addition_is_not() -> None:
    twice = check_file(signed(GOOD, PERSON, "Signature2"), CA.trust).signatures

    assert [(s.coverage, s.changed_after, s.is_valid) for s in twice] == [
        ("earlier", "allowed", True), ("whole", "none", True),
    ]  # fmt: skip
    assert (only(added_to(GOOD)).changed_after, only(added_to(GOOD)).is_valid) == ("suspicious", False)


def test_certificate_that_was_over_when_it_was_used_signs_nothing() -> None:
    signature = only(signed(blank(), holder("Hết hạn", CA, begins=-20, days=10)))

    assert (signature.trust, signature.was_in_force, signature.judgement) == ("trusted", False, "not_in_force")
    assert not signature.is_valid


@pytest.mark.parametrize(
    ("revoked", "made", "revocation", "valid"),
    [
        ((PERSON,), 1, "revoked", False), ((), 1, "good", True), ((), -1, "unchecked", True),
        ((PERSON,), -1, "revoked", False),
    ],
)  # fmt: skip
def test_list_that_is_older_than_the_signature_says_only_what_was_revoked(
    revoked: tuple[Holder, ...], made: int, revocation: str, *, valid: bool
) -> None:
    trust = TrustFolder(CA.trust.certificates, (revocations(CA, *revoked, made=made),), "1")

    assert (only(GOOD, trust).revocation, only(GOOD, trust).is_valid) == (revocation, valid)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (blank, "no_signature"), (encrypted, "encrypted"), (lambda: b"PK\x03\x04", "no_pdf"), (lambda: b"", "no_pdf"),
        (lambda: b"%PDF-1.7\nx", "broken"), (lambda: GOOD[:-400], "broken"),
    ],
)  # fmt: skip
def test_file_of_which_nothing_can_be_told_says_why(content: Callable[[], bytes], fault: str) -> None:
    evidence = check_file(content(), CA.trust)

    assert (evidence.fault, evidence.signatures) == (fault, ())


def test_no_damage_of_what_is_signed_leaves_a_valid_signature() -> None:
    for position in range(0, len(BLANK), 16):
        damaged = GOOD[:position] + bytes([GOOD[position] ^ 0x15]) + GOOD[position + 1 :]

        assert [s for s in check_file(damaged, CA.trust).signatures if s.is_valid] == [], position


def test_command_repeats_the_check_and_says_what_was_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "ca.pem").write_bytes(CA.certificate.public_bytes(Encoding.PEM))
    file = tmp_path / "a.pdf"
    file.write_bytes(GOOD)

    assert main(["documents", "verify", str(file), "--trust", str(tmp_path / "trust")]) == 0
    told = capsys.readouterr().out
    assert "chữ ký Signature1: HỢP LỆ" in told
    assert "thu hồi: CHƯA KIỂM TRA" in told
    assert main(["documents", "verify", str(file)]) == 1
    assert "chữ ký Signature1: CHƯA KIỂM TRA ĐƯỢC, vì chưa có chứng thư tin cậy (--trust)" in capsys.readouterr().out
    assert main(["documents", "verify", str(file), "--json"]) == 1
    evidence = json.loads(capsys.readouterr().out)
    assert evidence.pop("file") == str(file)
    assert Evidence.model_validate(evidence).sha256 in told


def test_file_that_cannot_be_read_keeps_no_other_from_being_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "good.pdf").write_bytes(GOOD)
    files = [str(tmp_path / name) for name in ("none.pdf", "folder.pdf", "good.pdf")]

    assert main(["documents", "verify", *files, "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in told] == files
    assert ["unreadable" in line for line in told] == [True, True, False]
    assert main(["documents", "verify", *files]) == 1
    assert capsys.readouterr().out.count("không đọc được") == 2


def test_trust_folder_names_the_file_that_is_no_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.crt").write_bytes(b"no")
    file = tmp_path / "a.pdf"
    file.write_bytes(GOOD)

    assert main(["documents", "verify", str(file), "--trust", str(tmp_path)]) == 2
    assert "a.crt" in capsys.readouterr().err
