"""What was seen of the signatures in a file: facts alone, none of which depends on the day of the look.

The seven facts are those that software which checks signatures has to show, of the circular under NĐ 23/2025/NĐ-CP.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Trust = Literal["trusted", "untrusted", "unchecked"]
"""Whether a chain leads to a certificate that is trusted; unchecked where none was given."""
Revocation = Literal["good", "revoked", "unchecked"]
Coverage = Literal["whole", "earlier", "odd"]
"""The whole file, an earlier state of it, or something else."""
Change = Literal["none", "allowed", "suspicious", "unknown"]
Fault = Literal["encrypted", "broken", "too_large", "too_costly", "no_pdf", "no_signature", "unknown_kind"]
Judgement = Literal[
    "valid", "unchecked", "altered", "changed", "untrusted", "revoked", "not_in_force", "without_time"
]  # fmt: skip


class _Evidence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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
    """Whether a time stamp of an authority that is trusted says when (RFC 3161)."""
    stamped_by: str = ""
    """Who made its time stamp, trusted or not; empty where it has none."""
    is_intact: bool
    """Tính toàn vẹn: whether what was signed is as it was, and signed with this certificate's key."""
    was_in_force: bool | None
    """Hiệu lực tại thời điểm ký; None where there is no chain, or no time."""
    certificate_from: datetime
    """Hiệu lực của chứng thư."""
    certificate_to: datetime
    trust: Trust
    revocation: Revocation
    """By lists that were given: nothing is fetched. A list that is older than the signature cannot say that all was
    well."""
    revocation_listed: datetime | None = None
    """When the certificate was revoked, or the list was made that does not have it; None where it was not checked."""
    mechanism: str
    """Such as `RSA 2048, SHA256, sha256_rsa`."""
    coverage: Coverage
    changed_after: Change

    @property
    def judgement(self) -> Judgement:
        """What may be said of it in a word; valid is only what is intact, of a trusted chain that was in force."""
        if not self.is_intact:
            return "altered"
        if self.changed_after not in ("none", "allowed"):
            return "changed"
        if self.revocation == "revoked" and not self._was_stamped_before:
            return "revoked"
        if self.trust != "trusted":
            return self.trust
        if self.was_in_force is None:
            return "without_time"
        return "valid" if self.was_in_force else "not_in_force"

    @property
    def _was_stamped_before(self) -> bool:
        """Whether a time stamp says that it was there before the certificate was revoked."""
        signed, revoked = self.signed_at, self.revocation_listed
        return self.is_stamped and signed is not None and revoked is not None and signed < revoked

    @property
    def is_valid(self) -> bool:
        return self.judgement == "valid"


class Evidence(_Evidence):
    """What was seen in a file."""

    sha256: str
    fault: Fault | None = None
    """Why nothing can be told of signatures, or of those that are not among them."""
    trusted: str = ""
    """Stands for the certificates and lists that it was checked against; empty where there were none."""
    signatures: tuple[Signature, ...] = ()
