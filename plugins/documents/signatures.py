"""Signatures in PDF files, looked at offline: who signed, what is covered, and against what that was checked.

A signature is never called valid without a chain to a certificate that the province trusts; where revocation could not
be looked for, that is said. What is told of a file follows from its bytes and the trusted certificates alone, whatever
the day: whether a certificate is in force today is for the reader of its days. Sources: EN 319 142 (PAdES), ISO
32000-2. The library takes a second to load: only `checking` knows this module.
"""

from __future__ import annotations

import hashlib
import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_crl
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from plugins.documents.evidence import Change, Coverage, Evidence, Revocation, Signature, Trust
from plugins.documents.trust import TrustFolder
from plugins.portal.characters import FORBIDDEN
from plugins.portal.values import clipped

MOST_SIGNATURES = 50
LONGEST = 200
"""Letters of a name in a certificate."""


def check_file(content: bytes, trust: TrustFolder) -> Evidence:
    """What the signatures of a PDF file say; what is in it may take any time and memory, and end the process."""
    evidence = Evidence(sha256=hashlib.sha256(content).hexdigest(), trusted=trust.digest)
    if b"%PDF-" not in content[:1024]:
        return evidence.model_copy(update={"fault": "no_pdf"})
    try:
        with _quiet():
            reader = PdfFileReader(io.BytesIO(content), strict=False)
            if reader.encrypted:
                return evidence.model_copy(update={"fault": "encrypted"})
            filled = len(list(islice(enumerate_sig_fields(reader, filled_status=True), MOST_SIGNATURES + 1)))
            if filled > MOST_SIGNATURES:
                return evidence.model_copy(update={"fault": "too_costly"})
            signatures = tuple(
                _signature(signature, trust, content[_signed_end(signature) :])
                for signature in reader.embedded_regular_signatures
            )
            # Those of a kind that the library does not know it passes over.
            fault = "unknown_kind" if filled > len(reader.embedded_signatures) else None
    except _UNREADABLE:
        return evidence.model_copy(update={"fault": "broken"})
    return evidence.model_copy(
        update={"signatures": signatures, "fault": fault or (None if signatures else "no_signature")}
    )


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


def _signature(embedded: EmbeddedPdfSignature, trust: TrustFolder, after: bytes) -> Signature:
    """What one signature says; `after` is what follows in the file on what it covers."""
    certificate = embedded.signer_cert
    begins = certificate.not_valid_before + timedelta(seconds=1)
    status = validate_pdf_signature(embedded, _context(trust, begins))
    moment, is_stamped = _time(embedded, status, trust)
    chain: Trust = "unchecked"
    if trust.certificates:
        chain = "trusted" if _chain(embedded, trust, begins) else "untrusted"
    revocation, listed = _revocation(certificate, trust, moment)
    return Signature(
        field=_plain(embedded.field_name),
        certifier=_named(certificate.issuer),
        signer=_named(certificate.subject),
        organisation=_organisation(certificate.subject),
        signed_at=moment,
        is_stamped=is_stamped,
        stamped_by=_stamped_by(status),
        is_intact=status.intact and status.valid,
        was_in_force=_chain(embedded, trust, moment) if chain == "trusted" and moment is not None else None,
        certificate_from=certificate.not_valid_before,
        certificate_to=certificate.not_valid_after,
        trust=chain,
        revocation=revocation,
        revocation_listed=listed,
        mechanism=_mechanism(status, certificate),
        coverage=_COVERAGES.get(status.coverage, "odd"),
        changed_after=_change(status, embedded, after),
    )


def _time(
    embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, trust: TrustFolder
) -> tuple[datetime | None, bool]:
    """When it was signed, and whether a time stamp says so: one of an authority that is not trusted is anybody's."""
    stamp = status.timestamp_validity
    if stamp is not None and trust.certificates:
        then = validate_pdf_signature(embedded, _context(trust, stamp.timestamp), skip_diff=True).timestamp_validity
        if then is not None and then.intact and then.valid and then.trusted:
            return stamp.timestamp, True
    return status.signer_reported_dt, False


def _stamped_by(status: PdfSignatureStatus) -> str:
    stamp = status.timestamp_validity
    return "" if stamp is None else _named(stamp.signing_cert.subject)


_UPDATE, _END_OF_UPDATE, _BLANK = b"startxref", b"%%EOF", b"\0\t\n\f\r "
_COVERAGES: dict[Any, Coverage] = {
    SignatureCoverageLevel.ENTIRE_FILE: "whole",
    SignatureCoverageLevel.ENTIRE_REVISION: "earlier",
}


def _signed_end(embedded: EmbeddedPdfSignature) -> int:
    """Where in the file what a signature covers ends."""
    return int(embedded.byte_range[-2]) + int(embedded.byte_range[-1])


def _is_accounted_for(embedded: EmbeddedPdfSignature, after: bytes) -> bool:
    """Whether all that follows belongs to updates that were compared with what was signed.

    The library compares what is led to from the end of the file. Other readers show what lies between, or look through
    the whole file for it: nobody can tell what was added there.
    """
    updates = embedded.reader.xrefs.total_revisions - 1 - embedded.signed_revision
    left = after.rpartition(_END_OF_UPDATE)[2] if updates else after
    return after.count(_UPDATE) == updates and not left.strip(_BLANK)


def _change(status: PdfSignatureStatus, embedded: EmbeddedPdfSignature, after: bytes) -> Change:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    if status.modification_level is None:
        return "unknown"
    if status.modification_level == ModificationLevel.OTHER or not status.docmdp_ok:
        return "suspicious"
    if not _is_accounted_for(embedded, after):
        return "unknown"
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


def _revocation(
    certificate: x509.Certificate, trust: TrustFolder, moment: datetime | None
) -> tuple[Revocation, datetime | None]:
    """By the lists of its issuer that were given: one that is older than the signature cannot say that all was well."""
    newest: datetime | None = None
    for revoked in trust.revocations:
        if revoked.issuer != certificate.issuer:
            continue
        listed = load_der_x509_crl(revoked.dump())  # finds one of a hundred thousand at once
        entry = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        if entry is not None:
            return "revoked", entry.revocation_date_utc
        if moment is not None and listed.last_update_utc >= moment:
            newest = max(listed.last_update_utc, newest or listed.last_update_utc)
    return ("unchecked", None) if newest is None else ("good", newest)


def _named(name: x509.Name) -> str:
    native = name.native
    return _plain(native.get("common_name") or native.get("organization_name") or name.human_friendly)


def _organisation(name: x509.Name) -> str:
    native = name.native
    parts = [native.get("organizational_unit_name"), native.get("organization_name")]
    flat = [part for part in parts for part in (part if isinstance(part, list) else [part]) if part]
    return _plain(", ".join(map(str, flat)))


def _plain(written: object) -> str:
    """Words of a certificate, which anybody may have made: on one line, of a sane length, with no sign that hides."""
    return clipped(" ".join(FORBIDDEN.sub(" ", str(written)).split()), LONGEST)


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
