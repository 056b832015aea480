"""Signatures in PDF files, looked at offline: who signed, what is covered, and against what that was checked.

A signature is never called valid without a chain to a certificate that the province trusts; where revocation could not
be looked for, that is said. Sources: EN 319 142 (PAdES), ISO 32000-2; the seven facts that software which checks
signatures has to show, of the circular under NĐ 23/2025/NĐ-CP.
"""

from __future__ import annotations

import hashlib
import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from asn1crypto import crl, pem, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pydantic import BaseModel, ConfigDict
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MOST_BYTES = 100_000_000
"""Of a file that is looked at."""
MOST_SIGNATURES = 50
CERTIFICATES, REVOCATIONS = (".pem", ".crt", ".cer", ".der"), (".crl",)

Trust = Literal["trusted", "untrusted", "unchecked"]
"""Whether a chain leads to a certificate that is trusted; unchecked where none was given."""
Revocation = Literal["good", "revoked", "unchecked"]
Coverage = Literal["whole", "earlier", "odd"]
"""The whole file, an earlier state of it, or something else."""
Change = Literal["none", "allowed", "suspicious", "unknown"]
Fault = Literal["encrypted", "broken", "too_large", "no_pdf", "no_signature"]


class _Evidence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Signature(_Evidence):
    """What is known of one signature."""

    field: str
    certifier: str
    """Tổ chức cấp chứng thư."""
    signer: str
    """Người ký."""
    organisation: str
    """Cơ quan quản lý người ký; empty where the certificate names none."""
    signed_at: datetime | None
    """Thời gian ký, as the signer says it, or as a time stamp does."""
    is_stamped: bool
    """Whether a time stamp says when."""
    is_intact: bool
    """Tính toàn vẹn: whether what was signed is as it was, and signed with this certificate's key."""
    was_in_force: bool | None
    """Hiệu lực tại thời điểm ký; None where there is no chain, or no time."""
    certificate_from: datetime
    certificate_to: datetime
    is_in_force: bool | None
    """Hiệu lực của chứng thư, when it was checked; None where there is no chain."""
    trust: Trust
    revocation: Revocation
    """By lists that were given: nothing is fetched."""
    mechanism: str
    """Such as `RSA 2048, SHA256, pkcs1v15`."""
    coverage: Coverage
    changed_after: Change

    @property
    def is_valid(self) -> bool:
        """Whether it may be called so: intact, of a trusted chain that was in force, and nothing odd happened after."""
        return (
            self.is_intact and self.trust == "trusted" and self.was_in_force is True
            and self.revocation != "revoked" and self.changed_after in ("none", "allowed")
        )  # fmt: skip


class Evidence(_Evidence):
    """What was seen in a file."""

    sha256: str
    fault: Fault | None = None
    """Why nothing can be told of signatures."""
    trusted: str = ""
    """Stands for the certificates and lists that it was checked against; empty where there were none."""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class TrustFolder:
    """The certificates that a province trusts, and lists of revoked ones."""

    certificates: tuple[x509.Certificate, ...] = ()
    revocations: tuple[crl.CertificateList, ...] = ()
    digest: str = ""

    @classmethod
    def of(cls, folder: Path) -> TrustFolder:
        """Read the folder: certificates and lists of revocations, PEM or DER. Raises `ValueError` with the file."""
        certificates: list[x509.Certificate] = []
        revocations: list[crl.CertificateList] = []
        digest = hashlib.sha256()
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() not in (*CERTIFICATES, *REVOCATIONS):
                continue
            written = path.read_bytes()
            digest.update(written)
            try:
                for der in _der(written):
                    if path.suffix.lower() in REVOCATIONS:
                        revocations.append(crl.CertificateList.load(der, strict=True))
                    else:
                        certificates.append(x509.Certificate.load(der, strict=True))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path}: {error}") from error
        return cls(tuple(certificates), tuple(revocations), digest.hexdigest() if certificates else "")


def _der(written: bytes) -> Iterator[bytes]:
    if pem.detect(written):
        for _, _, der in pem.unarmor(written, multiple=True):
            yield der
    else:
        yield written


def check_file(content: bytes, trust: TrustFolder, now: datetime) -> Evidence:
    """What the signatures of a PDF file say; never raises for what is in it. `now` has a zone."""
    evidence = Evidence(sha256=hashlib.sha256(content).hexdigest(), trusted=trust.digest)
    if len(content) > MOST_BYTES:
        return evidence.model_copy(update={"fault": "too_large"})
    if b"%PDF-" not in content[:1024]:
        return evidence.model_copy(update={"fault": "no_pdf"})
    try:
        with _quiet():
            reader = PdfFileReader(io.BytesIO(content), strict=False)
            if reader.encrypted:
                return evidence.model_copy(update={"fault": "encrypted"})
            embedded = reader.embedded_regular_signatures[:MOST_SIGNATURES]
            signatures = tuple(_signature(signature, trust, now) for signature in embedded)
    except _UNREADABLE:
        return evidence.model_copy(update={"fault": "broken"})
    return evidence.model_copy(update={"signatures": signatures, "fault": None if signatures else "no_signature"})


@contextmanager
def _quiet() -> Iterator[None]:
    """What the library logs is told as evidence."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


_UNREADABLE = (
    PdfError, SigningError, SignatureValidationError, UnsupportedAlgorithm, zlib.error, struct.error, ValueError,
    TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, EOFError, RuntimeError,
)  # fmt: skip
"""What the library raises of files that are none: a reader of hostile bytes fails in any of these ways."""


def _signature(embedded: EmbeddedPdfSignature, trust: TrustFolder, now: datetime) -> Signature:
    status = validate_pdf_signature(embedded, _context(trust, now))
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    moment = stamp.timestamp if stamp is not None else status.signer_reported_dt
    chain: Trust = "unchecked"
    if trust.certificates:
        leads = _chain(embedded, trust, certificate.not_valid_before + timedelta(seconds=1))
        chain = "trusted" if leads else "untrusted"
    return Signature(
        field=embedded.field_name,
        certifier=_named(certificate.issuer),
        signer=_named(certificate.subject),
        organisation=_organisation(certificate.subject),
        signed_at=moment,
        is_stamped=stamp is not None,
        is_intact=status.intact and status.valid,
        was_in_force=_chain(embedded, trust, moment) if chain == "trusted" and moment is not None else None,
        certificate_from=certificate.not_valid_before,
        certificate_to=certificate.not_valid_after,
        is_in_force=None if chain != "trusted" else certificate.not_valid_before <= now <= certificate.not_valid_after,
        trust=chain,
        revocation=_revocation(certificate, trust, now),
        mechanism=_mechanism(status, certificate),
        coverage=_COVERAGES.get(status.coverage, "odd"),
        changed_after=_change(status),
    )


_COVERAGES: dict[Any, Coverage] = {
    SignatureCoverageLevel.ENTIRE_FILE: "whole",
    SignatureCoverageLevel.ENTIRE_REVISION: "earlier",
}


def _change(status: PdfSignatureStatus) -> Change:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    if status.modification_level is None:
        return "unknown"
    if status.modification_level == ModificationLevel.OTHER or not status.docmdp_ok:
        return "suspicious"
    return "none" if status.modification_level == ModificationLevel.NONE else "allowed"


def _context(trust: TrustFolder, moment: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(trust.certificates), allow_fetching=False, revocation_mode="soft-fail", moment=moment,
        best_signature_time=moment,
    )  # fmt: skip


def _chain(embedded: EmbeddedPdfSignature, trust: TrustFolder, moment: datetime) -> bool:
    """Whether the certificate was in force at a moment by a chain to one that is trusted; revocation aside."""
    status = validate_pdf_signature(embedded, _context(trust, moment), skip_diff=True)
    return bool(status.trusted)


def _revocation(certificate: x509.Certificate, trust: TrustFolder, now: datetime) -> Revocation:
    """By the lists of its issuer that were given; one that is out of date can say that it was revoked, not that not."""
    revocation: Revocation = "unchecked"
    for revoked in trust.revocations:
        if revoked.issuer != certificate.issuer:
            continue
        entries = revoked["tbs_cert_list"]["revoked_certificates"]
        if any(entry["user_certificate"].native == certificate.serial_number for entry in entries):
            return "revoked"
        until = revoked["tbs_cert_list"]["next_update"].native
        if until is not None and until >= now:
            revocation = "good"
    return revocation


def _named(name: x509.Name) -> str:
    native = name.native
    return str(native.get("common_name") or native.get("organization_name") or name.human_friendly)


def _organisation(name: x509.Name) -> str:
    native = name.native
    parts = [native.get("organizational_unit_name"), native.get("organization_name")]
    flat = [part for part in parts for part in (part if isinstance(part, list) else [part]) if part]
    return ", ".join(map(str, flat))


def _mechanism(status: PdfSignatureStatus, certificate: x509.Certificate) -> str:
    key = certificate.public_key
    names = {"rsa": "RSA", "ec": "ECDSA"}
    return ", ".join(
        [
            f"{names.get(key.algorithm, key.algorithm.upper())} {key.bit_size}",
            str(status.md_algorithm).upper(),
            str(status.pkcs7_signature_mechanism),
        ]
    )
