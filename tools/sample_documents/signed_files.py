"""The signed files of the demonstration: a sheet of each document that is to have one, signed by made-up persons.

    python -m tools.sample_documents.signed_files

Signatures are other ones each time, so the files are kept in the content, with the certificate of their authority and
its list of revoked ones in `content/province/trust/`. The keys are forgotten when it ends: nobody can sign with them.
`wanted.yaml` says which document has which file (`files`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from plugins.portal.record_files import TRUST
from tools.sample_documents.__main__ import CONTENT, Kept, kept_documents
from tools.sample_documents.paper import Sheet, printed, scanned

AUTHORITY = "CA mẫu của bản trình diễn"
OTHER_AUTHORITY = "CA lạ của bản trình diễn"
COUNTRY = "VN"
FIRST, LAST = date(2014, 1, 1), date(2034, 1, 1)
"""Of the authority's certificate."""
YEARS = 5
"""Of a signer's certificate, the year of the document in its middle."""
LISTED = date(2019, 9, 20)
"""Of the list of revoked certificates: what is signed later was not looked for in it."""
DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM


@dataclass(frozen=True)
class Holder:
    """Who has a certificate, and for as long as this program runs a key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


class _DatedSigner(signers.PdfSigner):
    """Signs on the day of the document."""

    def __init__(self, when: datetime, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self._when = when

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._when
        return session


def main(content: Path = CONTENT, target: Path = CONTENT) -> int:
    """Write the files of all documents of `content` below `target`; how many there are."""
    authority, other = _authority(AUTHORITY), _authority(OTHER_AUTHORITY)
    revoked, number = [], 0
    for document in kept_documents(content):
        for file, state in document.files.items():
            signer = _signer(document, other if state == "untrusted" else authority)
            if state == "revoked":
                revoked.append(signer)
            path = target / document.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_file(document, state, signer, authority))
            number += 1
    trust = target / "province" / TRUST
    trust.mkdir(parents=True, exist_ok=True)
    (trust / "ca-mau.pem").write_bytes(authority.certificate.public_bytes(PEM))
    (trust / "ca-mau.crl").write_bytes(_list(authority, revoked))
    return number


def _authority(name: str) -> Holder:
    key = rsa.generate_private_key(65537, 2048)
    return Holder(_certificate(_name(name, AUTHORITY), _name(name, AUTHORITY), key, key, FIRST, LAST), key)


def _signer(document: Kept, by: Holder) -> Holder:
    key = rsa.generate_private_key(65537, 2048)
    issued = document.issued
    first, last = (date(issued.year + years, 1, 1) for years in (-YEARS // 2 + 1, YEARS // 2 + 1))
    subject = _name(document.signer, f"{document.issuer} (mẫu)")
    return Holder(_certificate(subject, by.certificate.subject, key, by.key, first, last), key)


def _name(name: str, organisation: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, COUNTRY), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(part, value) for part, value in parts])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, by: rsa.RSAPrivateKey, first: date, last: date
) -> x509.Certificate:
    is_authority = key is by
    unused = ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_cert_sign=is_authority,
        crl_sign=is_authority, **dict.fromkeys(unused, False),
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_moment(first))
        .not_valid_after(_moment(last))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(by, hashes.SHA256())


def _list(authority: Holder, revoked: list[Holder]) -> bytes:
    """The list of revoked certificates."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(_moment(LISTED))
        .next_update(_moment(LISTED + timedelta(days=30)))
    )
    for holder in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(_moment(LISTED)).build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(DER)


def _moment(day: date) -> datetime:
    """In the morning of a day in Vietnam."""
    return datetime.combine(day, time(1, 30), UTC)


def _file(document: Kept, state: str, signer: Holder, authority: Holder) -> bytes:
    name = document.signer if state not in ("scanned", "unsigned") else ""
    sheet = Sheet(document.issuer, document.number, document.title, f"{document.issued:%d/%m/%Y}", name)
    if state == "scanned":
        return scanned(sheet)
    if state == "unsigned":
        return printed(sheet)
    signed = _signed(printed(sheet), document, signer, "ChuKy1")
    if state == "twice":
        office = _signer(document.called("Con dấu mẫu"), authority)
        return _signed(signed, document, office, "ChuKy2")
    if state == "altered":
        return signed.replace(b"0.1 0.3 0.6 RG", b"0.6 0.1 0.1 RG")
    return _added_to(signed) if state == "changed" else signed


def _signed(content: bytes, document: Kept, holder: Holder, field: str) -> bytes:
    """The file with a signature more."""
    written = holder.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(holder.certificate.public_bytes(DER)),
        signing_key=keys.PrivateKeyInfo.load(written),
        cert_registry=SimpleCertificateStore(),
    )
    about = signers.PdfSignatureMetadata(field_name=field, reason="Chữ ký thử, để trình diễn", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    signed: io.BytesIO = _DatedSigner(_moment(document.issued), about, signer).sign_pdf(writer)
    return signed.getvalue()


def _added_to(content: bytes) -> bytes:
    """The file with something more on its sheet."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    frame = generic.StreamObject(stream_data=b"0.8 0.1 0.1 RG 300 300 200 80 re S")
    writer.add_stream_to_page(0, writer.add_object(frame))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


if __name__ == "__main__":
    print(main())
