"""Signed releases: by `ssh-keygen -Y`, and checked by whoever names the signers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plugins.portal.problems import PortalError
from plugins.releases.records import record_file
from plugins.releases.signing import check_signing_key, sign, signature_file, signer_of
from tests.needed import program
from tests.releases.hand_made import HandMade
from tests.waiting import PATIENCE

SIGNER = "cong@example.vn"


def made_key(path: Path, passphrase: str = "") -> Path:
    words = [
        program("ssh-keygen", "openssh-client"),
        "-q",
        "-t",
        "ed25519",
        "-N",
        passphrase,
        "-C",
        SIGNER,
        "-f",
        str(path),
    ]
    subprocess.run(words, check=True, timeout=PATIENCE, capture_output=True)
    return path


def signers_of(*keys: Path) -> Path:
    """A file that allows these keys' owners."""
    path = keys[0].with_name("signers")
    public = [key.with_name(f"{key.name}.pub").read_text(encoding="utf-8") for key in keys]
    path.write_text("".join(f"{SIGNER} {line}" for line in public), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_key(tmp_path_factory.mktemp("keys") / "key")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return HandMade(tmp_path).publish()[0].folder


def test_signature_of_a_signer_is_told_by_name(release: Path, key: Path) -> None:
    sign(release, key)

    assert signer_of(release, signers_of(key)) == SIGNER


def test_record_that_was_changed_is_signed_by_nobody_until_it_is_signed_again(release: Path, key: Path) -> None:
    sign(release, key)
    before = signature_file(release)
    record = record_file(release)
    record.write_text(record.read_text(encoding="utf-8").replace('"commit":""', '"commit":"abc"'), encoding="utf-8")

    with pytest.raises(PortalError, match="is not signed, or was changed after it was signed"):
        signer_of(release, signers_of(key))
    before.rename(signature_file(release))
    with pytest.raises(PortalError, match="ssh-keygen could not sign the release or check its signature"):
        signer_of(release, signers_of(key))

    signature_file(release).unlink()
    sign(release, key)
    assert signer_of(release, signers_of(key)) == SIGNER


def test_signature_of_somebody_else_is_none(release: Path, key: Path, tmp_path: Path) -> None:
    sign(release, made_key(tmp_path / "other"))

    with pytest.raises(PortalError, match=r"is signed by nobody whom .*signers names"):
        signer_of(release, signers_of(key))


def test_old_signatures_go_with_what_they_signed(release: Path, key: Path) -> None:
    sign(release, key)
    record_file(release).write_text("{}", encoding="utf-8")
    sign(release, key)

    assert list(release.parent.glob("*.sig")) == [signature_file(release)]


def test_key_that_asks_for_a_passphrase_is_told_at_once(release: Path, tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="ssh-keygen could not sign the release"):
        sign(release, made_key(tmp_path / "locked", "secret"))


def test_what_is_missing_is_told(release: Path, key: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check_signing_key(None)
    check_signing_key(key)
    with pytest.raises(PortalError, match=r"^PORTAL_SIGNING_KEY: there is no file .*/none; make a key with ssh-keygen"):
        check_signing_key(tmp_path / "none")
    with pytest.raises(PortalError, match="there is no such file of signers"):
        signer_of(release, tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PortalError, match=r"^ssh-keygen is not installed; this mends it: sudo apt install"):
        check_signing_key(key)
