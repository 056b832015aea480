"""Looking at files: each once, whoever wrote them, in bounded time and memory, with a library loaded when needed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from plugins.documents.checking import CheckedFiles, check_bytes
from plugins.documents.confined import BYTES, confined
from plugins.documents.evidence import Evidence
from plugins.documents.trust import TrustFolder
from plugins.portal.cache import Cache
from tests.documents.hostile import HOSTILE, endless, pages
from tests.documents.looking import fingerprint
from tests.documents.signed import added_to, blank, holder, signed
from tests.provinces import ROOT
from tests.waiting import PATIENCE

CA = holder("CA Thử", days=4000)
GOOD = signed(blank(), holder("Nguyễn Văn Mẫu", CA))
DAY = 700_000
FAULTS = {
    "signature of nothing": "unknown_kind",
    "many names for one": "no_signature",
    "nothing but a script": "no_signature",
    "ten thousand pages": "no_signature",
}
"""All others are damaged."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "ca.pem").write_bytes(CA.certificate.public_bytes(Encoding.PEM))
    file = tmp_path / "a.pdf"
    file.write_bytes(GOOD)
    return file


def looked(file: Path, code: str = "1") -> list[Evidence]:
    """As one process looks at the file, and another at the file again."""
    cache = Cache(file.with_name("cache.sqlite"))
    seen = CheckedFiles(file.with_name("trust"), cache, code).check([(file, fingerprint(file))])
    cache.close(DAY)
    return seen


def kept(file: Path) -> list[str]:
    """The keys of what is kept."""
    with closing(sqlite3.connect(file.with_name("cache.sqlite"))) as cache:
        return sorted(key for (key,) in cache.execute("SELECT key FROM entries"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_one_clear_state(name: str) -> None:
    evidence = check_bytes(HOSTILE[name](), TrustFolder())

    assert (evidence.fault, evidence.signatures) == (FAULTS.get(name, "broken"), ())


@pytest.mark.heavy
def test_file_that_takes_for_ever_is_given_up() -> None:
    assert check_bytes(endless(), TrustFolder()).fault == "too_costly"


def test_large_file_that_was_changed_after_signing_is_looked_at_whole() -> None:
    [signature] = check_bytes(added_to(signed(pages(2_000), holder("A", CA))), CA.trust).signatures

    assert signature.judgement == "changed"


def allocate() -> bytes:
    return bytes(BYTES)


def spin() -> bytes:
    while True:
        pass


def kill() -> bytes:
    os.kill(os.getpid(), signal.SIGTERM)
    return b""


def fail() -> bytes:
    raise ValueError


@pytest.mark.parametrize(
    ("work", "ending"),
    [
        (allocate, "exhausted"),
        (spin, "exhausted"),
        (kill, "broken"),
        (fail, "broken"),
        (lambda: b"x" * 10**6, b"x" * 10**6),
    ],
)
def test_whatever_confined_work_does_is_told_as_one_ending(work: Callable[[], bytes], ending: str | bytes) -> None:
    assert confined(work, seconds=1) == ending


def test_how_work_ends_is_told_the_same_each_time() -> None:
    """Pages say it, and two builds are the same."""
    assert {confined(fail) for _ in range(30)} == {"broken"}


def test_file_is_looked_at_once_and_the_library_is_not_loaded_again(file: Path) -> None:
    [first] = looked(file)
    again = (
        "import sys; from pathlib import Path; from tests.documents.looking import looked_again;"
        "print(looked_again(Path(sys.argv[1])), 'pyhanko' in sys.modules, 'asn1crypto' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", again, file], cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE
    )

    assert first.signatures[0].is_valid
    assert done.stdout.split() == [first.sha256, "False", "False"]


def test_file_that_was_looked_at_is_not_read_again(file: Path) -> None:
    first = looked(file)
    known = fingerprint(file)
    file.unlink()

    assert (
        CheckedFiles(file.with_name("trust"), Cache(file.with_name("cache.sqlite")), "1").check([(file, known)])
        == first
    )


@pytest.mark.parametrize("value", ["{}", "", "no", Evidence(sha256="0" * 64).model_dump_json()])
def test_what_is_kept_and_cannot_be_meant_is_seen_anew(value: str, file: Path) -> None:
    first = looked(file)
    [key] = kept(file)
    cache = Cache(file.with_name("cache.sqlite"))
    cache.put(key, value)
    cache.close(DAY)

    assert looked(file) == first


def test_other_bytes_other_certificates_and_other_code_are_another_look(file: Path) -> None:
    looked(file)
    file.write_bytes(blank())
    looked(file)
    file.with_name("trust").joinpath("other.pem").write_bytes(holder("Khác").certificate.public_bytes(Encoding.PEM))
    looked(file)
    looked(file, code="2")

    assert len(kept(file)) == 4


def test_trust_folder_takes_no_key_for_a_certificate(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "ascii")

    with pytest.raises(ValueError, match=r"key\.pem"):
        TrustFolder.of(tmp_path)
