"""Who signed a PDF file that is taken in, by the certificate of its signature, where its text names nobody.

A certificate says whatever its maker wants: a name of one that nobody vouches for is taken with a doubt, and so as a
draft; of a file that was altered or changed after, no name is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.documents.checking import check_bytes
from plugins.documents.evidence import Signature
from plugins.documents.transcripts import Doubt, Transcript
from plugins.portal.problems import text
from plugins.portal.record_files import TRUST
from plugins.portal.site_names import STORED_PROVINCE

if TYPE_CHECKING:
    from plugins.documents.trust import TrustFolder

_SIGNED = b"/ByteRange"
"""In every PDF file with a signature."""


def is_perhaps_signed(content: bytes) -> bool:
    """Whether it is worth a look, which takes a second to begin with."""
    return content.startswith(b"%PDF-") and _SIGNED in content


def with_signer(
    transcript: Transcript, content: bytes, trust: TrustFolder, proper_name: Callable[[str], str | None]
) -> Transcript:
    """The same with the name in its signature; `proper_name` knows names of agencies, which are no person's."""
    if transcript.signer.name:
        return transcript
    evidence = check_bytes(content, trust)
    whole = [s for s in evidence.signatures if s.judgement not in ("altered", "changed")]
    if len(whole) < len(evidence.signatures) or evidence.fault is not None:
        doubt = text("its digital signature does not hold: look at portal documents verify")
        return replace(transcript, doubts=(*transcript.doubts, Doubt("issuers", doubt)))
    persons = [s for s in whole if proper_name(s.signer) is None and s.signer != s.organisation]
    if not persons:
        return transcript
    by = persons[0]
    agency = transcript.agency or (_agency_of(by, proper_name) if by.is_valid else "")
    named = replace(transcript, agency=agency, signer=replace(transcript.signer, name=by.signer))
    if by.is_valid:
        return named
    vouched = text("{name} is taken from a signature for which nobody vouches", name=by.signer)
    return replace(named, doubts=(*named.doubts, Doubt("issuers", vouched)))


def _agency_of(signature: Signature, proper_name: Callable[[str], str | None]) -> str:
    """The agency that the certificate names, where the portal has it."""
    return next(filter(None, map(proper_name, (signature.organisation, *signature.organisation.split(", ")))), "")


def trusted_in(content: Path) -> TrustFolder:
    """What the province trusts, in its content; nothing where a file of it cannot be read, which is told elsewhere."""
    from plugins.documents.trust import TrustError, TrustFolder  # takes a while

    try:
        return TrustFolder.of(content / STORED_PROVINCE / TRUST)
    except (OSError, TrustError):
        return TrustFolder()
