"""PDF files that the tests sign themselves, with a certificate authority of their own."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import crl, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from plugins.documents.trust import TrustFolder

NOW = datetime.now(UTC).replace(microsecond=0)
"""Signatures say the time of the machine."""
DER = serialization.Encoding.DER


@dataclass(frozen=True)
class Holder:
    """Who has a key and a certificate."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.certificate.public_bytes(DER))

    @property
    def trust(self) -> TrustFolder:
        return TrustFolder((self.asn1,), (), "1")


def holder(
    name: str, by: Holder | None = None, begins: int = -30, days: int = 60, *, makes_stamps: bool = False
) -> Holder:
    """A person whose certificate an authority has given, or an authority; days are counted from now."""
    # pyHanko's maker of time stamps knows RSA alone.
    key = rsa.generate_private_key(65537, 2048) if makes_stamps else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sở Thử"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=begins))
        .not_valid_after(NOW + timedelta(days=begins + days))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=by is not None, content_commitment=by is not None, key_cert_sign=by is None,
                crl_sign=by is None, **usage,
            ),
            critical=True,
        )
    )  # fmt: skip
    if makes_stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(builder.sign(by.key if by else key, hashes.SHA256()), key)


def revocations(by: Holder, *revoked: Holder, made: int = 1) -> crl.CertificateList:
    """The list of an authority, made so many days from now."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(NOW + timedelta(days=made))
        .next_update(NOW + timedelta(days=made + 10))
    )
    for person in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(person.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(NOW).build())
    return crl.CertificateList.load(builder.sign(by.key, hashes.SHA256()).public_bytes(DER))


def blank() -> bytes:
    """A PDF file of one page that says "x"."""
    writer = PdfFileWriter()
    contents = writer.add_object(generic.StreamObject(stream_data=b"BT (x) Tj ET"))
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 200)))
    writer.insert_page(PageObject(contents=contents, media_box=box))
    return _written(writer)


def encrypted() -> bytes:
    writer = PdfFileWriter()
    writer.encrypt("a", "b")
    return _written(writer)


def _written(writer: Any) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def time_stamps(authority: Holder, at: datetime) -> DummyTimeStamper:
    """Stamps of an authority, all of one moment, made offline."""
    return DummyTimeStamper(authority.asn1, _key(authority), fixed_dt=at)


def _key(holder: Holder) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        holder.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def signed(content: bytes, person: Holder, field: str = "Signature1", stamper: DummyTimeStamper | None = None) -> bytes:
    """The file with a signature more, with a time stamp where there is somebody to make it."""
    signer = signers.SimpleSigner(
        signing_cert=person.asn1, signing_key=_key(person), cert_registry=SimpleCertificateStore()
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    metadata = signers.PdfSignatureMetadata(field_name=field)
    result: io.BytesIO = signers.sign_pdf(writer, metadata, signer=signer, timestamper=stamper)
    return result.getvalue()


def added_to(content: bytes) -> bytes:
    """The file with something more that is no signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Extra"] = generic.pdf_string("x")
    writer.update_root()
    return _written(writer)
