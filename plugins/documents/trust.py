"""The certificates that a province trusts, and lists of revoked ones: a folder of files, PEM or DER."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import crl, pem, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import InvalidVersion, load_der_x509_certificate, load_der_x509_crl

from plugins.documents.trusted_files import digest_of, files_in
from plugins.portal.record_files import CERTIFICATES, REVOCATIONS

_UNREADABLE = (ValueError, TypeError, InvalidVersion, UnsupportedAlgorithm)
"""What the libraries raise at bytes that are neither."""


class TrustError(ValueError):
    """A file that is neither a certificate nor a list of revoked ones, as its name says."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


@dataclass(frozen=True)
class TrustFolder:
    """What signatures are checked against."""

    certificates: tuple[x509.Certificate, ...] = ()
    revocations: tuple[crl.CertificateList, ...] = ()
    digest: str = ""
    """Of what is in the files; empty where no certificate is given."""

    @classmethod
    def of(cls, folder: Path) -> TrustFolder:
        """Read a folder. Raises `TrustError` with the first file that is neither, and `OSError`."""
        certificates: list[x509.Certificate] = []
        revocations: list[crl.CertificateList] = []
        for path in files_in(folder):
            for part in _parts(path):
                if isinstance(part, x509.Certificate):
                    certificates.append(part)
                else:
                    revocations.append(part)
        return cls(tuple(certificates), tuple(revocations), digest_of(folder))


def faulty_files(folder: Path) -> list[str]:
    """The names of the files of a folder that are neither certificates nor lists, in order."""
    faulty = []
    for path in files_in(folder):
        try:
            list(_parts(path))
        except TrustError:
            faulty.append(path.name)
    return faulty


def _parts(path: Path) -> Iterator[x509.Certificate | crl.CertificateList]:
    """What a file holds; at least one of what its name says, and nothing else, such as a key."""
    written = path.read_bytes()
    suffix = path.suffix.lower()
    try:
        blocks = list(pem.unarmor(written, multiple=True)) if pem.detect(written) else [("", {}, written)]
        for name, _, der in blocks:
            if suffix in REVOCATIONS and name in ("", "X509 CRL"):
                load_der_x509_crl(der)  # reads all of it; the other library reads what it is asked for
                yield crl.CertificateList.load(der, strict=True)
            elif suffix in CERTIFICATES and name in ("", "CERTIFICATE"):
                load_der_x509_certificate(der).public_key()
                yield x509.Certificate.load(der, strict=True)
            else:
                raise TrustError(path, name)
    except _UNREADABLE as error:
        raise error if isinstance(error, TrustError) else TrustError(path, str(error)) from error
