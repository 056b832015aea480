"""What the owner of a document is told of its files that call themselves signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugins.documents.evidence import Evidence, Fault
from plugins.documents.records import Document, is_called_signed
from plugins.portal.entries import Source
from plugins.portal.problems import Problem, Text, text
from plugins.portal.yaml_source import field_name

_FAULTS: Mapping[Fault, Text] = {
    "no_signature": text("its name says that it is signed, and it has no signature"),
    "encrypted": text("its name says that it is signed, and it is encrypted: nobody can check that"),
    "broken": text("its name says that it is signed, and it is damaged: nobody can check that"),
    "no_pdf": text("its name says that it is signed, and it is no PDF file"),
    "too_large": text("its name says that it is signed, and it is too large to be checked"),
    "unknown_kind": text(
        "its name says that it is signed, and it has a signature of a kind that nobody here can check"
    ),
    "too_costly": text("its name says that it is signed, and it is too intricate to be checked"),
}


def remarks_on_files(document: Document, source: Source, seen: Mapping[str, Evidence]) -> Iterator[Problem]:
    """Advice for each file that calls itself signed and has no signature that still holds of the whole of it."""
    for index, file in enumerate(document.files):
        if file.file not in seen or not is_called_signed(file.file.rpartition("/")[2]):
            continue
        message = _odd(seen[file.file])
        if message is not None:
            loc = ("files", index, "file")
            hint = text("put the file here as it came from the signer: to save or print it takes the signature away")
            yield Problem(
                path=source.path, line=source.yaml.line_of(loc), field=field_name(loc), message=message, hint=hint
            )


def _odd(evidence: Evidence) -> Text | None:
    if evidence.fault is not None:
        return _FAULTS[evidence.fault]
    for signature in evidence.signatures:
        if signature.judgement == "altered":
            return text("what {signer} signed has been altered since", signer=signature.signer)
        if signature.judgement == "changed":
            return text("the file was changed after {signer} signed it", signer=signature.signer)
    return None
