"""What the page of a document shows of the signatures in its files, and the same for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from plugins.documents.evidence import Evidence, Judgement, Signature
from plugins.portal.answers import AnswerFrame, answer_text
from plugins.portal.values import VIETNAM


@dataclass(frozen=True)
class SignatureView:
    """A signature as people see it; days and times are those of Vietnam, without a zone."""

    signature: Signature
    signed_at: datetime | None
    certificate_from: date
    certificate_to: date
    revocation_listed: date | None

    @classmethod
    def of(cls, signature: Signature) -> SignatureView:
        listed = signature.revocation_listed
        return cls(
            signature=signature,
            signed_at=None if signature.signed_at is None else _here(signature.signed_at),
            certificate_from=_here(signature.certificate_from).date(),
            certificate_to=_here(signature.certificate_to).date(),
            revocation_listed=None if listed is None else _here(listed).date(),
        )

    @property
    def judgement(self) -> Judgement:
        return self.signature.judgement

    @property
    def tone(self) -> str:
        """`good`, `bad`, or `open` where nothing speaks against it and nobody has vouched for it."""
        return {"valid": "good", "unchecked": "open", "without_time": "open"}.get(self.judgement, "bad")


@dataclass(frozen=True)
class SignedFile:
    """A file that was looked at."""

    name: str
    """Of the file itself."""
    url: str
    evidence: Evidence
    signatures: tuple[SignatureView, ...]

    @classmethod
    def of(cls, name: str, url: str, evidence: Evidence) -> SignedFile:
        return cls(name, url, evidence, tuple(map(SignatureView.of, evidence.signatures)))


def evidence_text(page: str, files: Sequence[SignedFile], frame: AnswerFrame) -> str:
    """All that was seen, as JSON; `page` is the address of the document's."""
    told = [_told(file, frame) for file in files]
    return answer_text({"page": frame.whole(page), "files": told})


def _told(file: SignedFile, frame: AnswerFrame) -> Mapping[str, object]:
    evidence = file.evidence.model_dump(mode="json")
    judged = zip(evidence["signatures"], file.evidence.signatures, strict=True)
    signatures = [{"judgement": signature.judgement, **told} for told, signature in judged]
    return {"name": file.name, "url": frame.whole(file.url), **evidence, "signatures": signatures}


def _here(moment: datetime) -> datetime:
    with suppress(OverflowError):  # 9999-12-31 stands for a certificate that never ends (RFC 5280)
        moment = moment.astimezone(VIETNAM)
    return moment.replace(tzinfo=None)
