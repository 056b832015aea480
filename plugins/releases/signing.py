"""Signing a release's record, and looking whose signature it is: `ssh-keygen -Y`, started without a shell.

A signature is named after the record that it signs: one that a kill left without its record, or the other way round,
is never taken for another's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from plugins.portal.problems import PortalError, SettingsError, Text, shortened, text
from plugins.portal.system_errors import reason
from plugins.releases.records import record_file

NAMESPACE = "cau-noi-release"
"""What a signature is for: one that the same key gave to something else is none of a release."""
TIME_LIMIT = 30.0
"""Seconds; a key in an agent, or on a token that has to be touched, may take a few."""


class SigningError(PortalError):
    """A record cannot be signed, or a signature cannot be looked at."""


def check_signing_key(key: Path | None) -> None:
    """Raise `SettingsError` where nothing could be signed with that key; None is no key, and nothing to be signed."""
    if key is None:
        return
    _program()
    if not key.is_file():
        raise SettingsError(
            text(
                "PORTAL_SIGNING_KEY: there is no file {path}; make a key with ssh-keygen -t ed25519, or set nothing",
                path=key,
            )
        )


def sign(release: Path, key: Path) -> None:
    """Let the record of a release have a signature, and no other one; raises `SigningError`."""
    record = record_file(release)
    signature = signature_file(release)
    if not signature.is_file():
        made = record.with_name(f"{record.name}.sig")  # where ssh-keygen puts it
        made.unlink(missing_ok=True)
        _run(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(record)])
        made.replace(signature)
    for other in release.parent.glob(f"{release.name}.*.sig"):
        if other != signature:
            other.unlink()


def signature_file(release: Path) -> Path:
    """Where the signature of the record lies as it is now."""
    digest = hashlib.sha256(record_file(release).read_bytes()).hexdigest()
    return release.with_name(f"{release.name}.{digest[:16]}.sig")


def signer_of(release: Path, signers: Path) -> str:
    """Who signed the record, one of those in a file of allowed signers (`ssh-keygen(1)`); raises `SigningError`."""
    if not signers.is_file():
        raise SigningError(text("{path}: there is no such file of signers", path=signers))
    signature = signature_file(release)
    if not signature.is_file():
        raise SigningError(text("release {id} is not signed, or was changed after it was signed", id=release.name))
    known = ["-s", str(signature), "-f", str(signers)]
    try:
        principals = _run(["-Y", "find-principals", *known]).splitlines()
    except SigningError as error:
        raise SigningError(
            text("release {id} is signed by nobody whom {path} names", id=release.name, path=signers)
        ) from error
    signer = principals[0] if principals else "?"
    _run(["-Y", "verify", *known, "-I", signer, "-n", NAMESPACE], record_file(release).read_bytes())
    return signer


def _program() -> str:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise SigningError(text("ssh-keygen is not installed; this mends it: sudo apt install openssh-client"))
    return program


def _run(words: Sequence[str], written: bytes = b"") -> str:
    """What ssh-keygen prints; it is asked nothing that it could only ask a person."""
    surroundings = {**os.environ, "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and nothing of the content in the command
            [_program(), *words], input=written, capture_output=True, check=False, timeout=TIME_LIMIT, env=surroundings,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise _refused(reason(error)) from error
    except subprocess.TimeoutExpired as error:
        raise _refused(text("it had not answered after {seconds} seconds", seconds=TIME_LIMIT)) from error
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        raise _refused(shortened(lines[-1]) if lines else "?")
    return done.stdout.decode("utf-8", "replace")


def _refused(why: Text | str) -> SigningError:
    return SigningError(text("ssh-keygen could not sign the release or check its signature: {reason}", reason=why))
