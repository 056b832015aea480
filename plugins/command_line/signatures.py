"""`portal documents verify`: what signatures of PDF files say, checked here and now, offline."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from plugins.documents.checking import check_bytes
from plugins.documents.evidence import Evidence, Signature
from plugins.documents.inbox import content_of
from plugins.documents.transcripts import NotTakenError
from plugins.documents.trust import TrustFolder
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import PortalError, Text, Translate, text
from plugins.portal.system_errors import reason
from plugins.portal.values import VIETNAM, clock, day


def verify_documents(arguments: argparse.Namespace, console: Console) -> bool:
    """Tell of each file what its signatures say, or why it cannot be read; whether all of them are valid."""
    trust, now = _trusted(arguments.trust), datetime.now(UTC)
    translate = load_catalogue(MESSAGES, arguments.lang or "vi").gettext
    valid = True
    for path in arguments.files:
        try:
            evidence = check_bytes(content_of(path), trust)
        except (NotTakenError, OSError) as error:
            why = error.message if isinstance(error, NotTakenError) else reason(error)
            _tell_unreadable(path, why, arguments, console, translate)
            valid = False
            continue
        valid = valid and evidence.fault is None and all(s.is_valid for s in evidence.signatures)
        if arguments.json:
            told = {"file": str(path), **evidence.model_dump(mode="json")}
            console.print(json.dumps(told, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)
            continue
        lines = [f"{path} (SHA-256 {evidence.sha256})"]
        lines += [f"  {fact.render(translate)}" for fact in _facts(evidence, now)]
        for line in lines:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    return valid


def _tell_unreadable(
    path: Path, why: Text, arguments: argparse.Namespace, console: Console, translate: Translate
) -> None:
    told = f"{path}\n  {text('cannot be read: {reason}', reason=why).render(translate)}"
    if arguments.json:
        told = json.dumps({"file": str(path), "unreadable": why.render(translate)}, ensure_ascii=False)
    console.print(told, markup=False, highlight=False, soft_wrap=True)


def _trusted(folder: Path | None) -> TrustFolder:
    if folder is None:
        return TrustFolder()
    try:
        return TrustFolder.of(folder)
    except OSError as error:
        raise PortalError(text("{path} cannot be read: {reason}", path=folder, reason=reason(error))) from error
    except ValueError as error:
        raise PortalError(text("no certificate and no list of revocations: {fault}", fault=error)) from error


FAULTS = {
    "encrypted": text("the file is encrypted: its signatures cannot be looked at"),
    "broken": text("the file is damaged: its signatures cannot be looked at"),
    "too_large": text("the file is larger than 100 MB: its signatures are not looked at"),
    "too_costly": text("the file is too intricate: its signatures cannot be looked at"),
    "unknown_kind": text("it has a signature of a kind that cannot be looked at"),
    "no_pdf": text("it is no PDF file"),
    "no_signature": text("it has no signature"),
}


def _facts(evidence: Evidence, now: datetime) -> Iterator[Text]:
    if evidence.fault is not None:
        yield FAULTS[evidence.fault]
    for signature in evidence.signatures:
        yield from _of_signature(signature, now)


def _of_signature(signature: Signature, now: datetime) -> Iterator[Text]:
    """The seven facts, and what stands around them."""
    yield _judgement(signature)
    yield text("certificate authority: {name}", name=signature.certifier)
    yield text("signer: {name}", name=signature.signer)
    yield text("organisation of the signer: {name}", name=signature.organisation or "–")
    if signature.signed_at is None:
        yield text("signed at: not said")
    elif signature.is_stamped:
        yield text(
            "signed at: {when}, by a time stamp of {authority}",
            when=_when(signature.signed_at),
            authority=signature.stamped_by,
        )
    else:
        yield text("signed at: {when}, by the signer's own clock", when=_when(signature.signed_at))
    if signature.stamped_by and not signature.is_stamped:
        yield text("time stamp: of {authority}, which is not trusted", authority=signature.stamped_by)
    yield _integrity(signature)
    yield _yes_or_no(
        signature.was_in_force,
        text("in force when it was signed: yes"),
        text("in force when it was signed: no"),
        text("in force when it was signed: not checked"),
    )
    days = {"first": day(signature.certificate_from.date()), "last": day(signature.certificate_to.date())}
    yield _yes_or_no(
        signature.certificate_from <= now <= signature.certificate_to if signature.trust == "trusted" else None,
        text("certificate: in force now, from {first} to {last}", **days),
        text("certificate: not in force now, from {first} to {last}", **days),
        text("certificate: not checked, from {first} to {last}", **days),
    )
    yield _revocation(signature)
    yield text("mechanism: {mechanism}", mechanism=signature.mechanism)


def _judgement(signature: Signature) -> Text:
    if signature.is_valid:
        return text("signature {field}: VALID", field=signature.field)
    if not signature.is_intact:
        return text("signature {field}: NOT VALID, what was signed has been altered", field=signature.field)
    if signature.trust == "unchecked":
        return text(
            "signature {field}: NOT CHECKED, for no trusted certificates were given (--trust)", field=signature.field
        )
    return text("signature {field}: NOT VALID, see below", field=signature.field)


def _integrity(signature: Signature) -> Text:
    if not signature.is_intact:
        return text("integrity: what was signed has been altered")
    if signature.trust == "untrusted":
        return text("integrity: as it was signed; but no chain leads to a certificate that is trusted")
    return {
        "none": text("integrity: as it was signed, nothing was added after"),
        "allowed": text("integrity: as it was signed; what was added after is allowed (signatures, forms)"),
        "suspicious": text("integrity: as it was signed, but the file was changed after"),
        "unknown": text("integrity: as it was signed; what was added after cannot be told"),
    }[signature.changed_after]


def _revocation(signature: Signature) -> Text:
    listed = signature.revocation_listed
    if listed is None:
        return text("revocation: NOT CHECKED, no list of its authority that is newer than the signature was given")
    if signature.revocation == "revoked":
        return text("revocation: REVOKED on {day}", day=day(listed.astimezone(VIETNAM)))
    return text("revocation: not on the list of {day}", day=day(listed.astimezone(VIETNAM)))


def _yes_or_no(known: bool | None, yes: Text, no: Text, unknown: Text) -> Text:
    return unknown if known is None else yes if known else no


def _when(moment: datetime) -> str:
    return clock(moment.astimezone(VIETNAM))
