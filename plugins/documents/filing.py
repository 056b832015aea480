"""A transcript becomes the record of a site, its file byte for byte in `media/`; what is doubtful makes it a draft.

Nothing is replaced that is there: a file that is there already changes nothing, whatever an editor has made of its
record since; another file of a document that was taken in so is added to its record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from plugins.documents.kinds import DOCUMENT
from plugins.documents.site_records import SiteRecords
from plugins.documents.transcripts import Doubt, NotTakenError, Transcript, too_large
from plugins.portal.characters import shown_name
from plugins.portal.identifiers import SLUG_MAX_LENGTH, fold, slugify
from plugins.portal.media import MEDIA_SIGNATURES
from plugins.portal.problems import Text, Translate, text
from plugins.portal.reading import MAX_MEDIA_BYTES, MAX_TEXT_BYTES

HEADING = "# Taken in from a file of the document."
_REQUIRED = ("number", "type", "title", "issued")
_NAMELESS = "khong-ten"
_LONGEST_SLUG = SLUG_MAX_LENGTH - 20
"""Leaves room for a year and a number behind."""


@dataclass(frozen=True)
class Original:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Filed:
    """Files to write, by their path from the folder of the site, and what is told."""

    files: Mapping[str, bytes]
    told: tuple[Text, ...]


@dataclass(frozen=True)
class Filing:
    """Puts documents into the folder of one site."""

    records: SiteRecords
    translate: Translate
    """For the remarks in records, which editors read."""
    proper_name: Callable[[str], str | None]
    """How an agency is called that a head names in capitals; None where nobody is called so."""
    largest: int = MAX_MEDIA_BYTES
    """Bytes of a file that is taken."""

    def file(self, transcript: Transcript, original: Original) -> Filed:
        """What a document comes to. Raises `NotTakenError`."""
        _check(original, self.largest)
        media = self.records.media_like(original.content)
        known = self.records.record_with(media) if media is not None else None
        if known is not None:
            return Filed({}, (text("{path} has this file already: nothing to do", path=known),))
        if transcript.number is not None and transcript.year is not None:
            known = self.records.numbered(transcript.number, transcript.year)
        media = media or self._free(f"media/{self._name(transcript, original, year=True)}", _suffix(original.name))
        if known is not None:
            return self._added(known, transcript, media, original)
        transcript, doubts = self._looked_over(transcript)
        folder = f"{DOCUMENT.folder}/{transcript.year}" if transcript.year is not None else DOCUMENT.folder
        path = self._free(f"{folder}/{self._name(transcript, original, year=False)}", ".md")
        told = [
            text("{number} is taken in", number=transcript.number.canonical if transcript.number else original.name)
        ]
        told += [text("look at {field}: {message}", field=doubt.field, message=doubt.message) for doubt in doubts]
        told += transcript.held_back
        if doubts or transcript.held_back:
            told.append(text("it is a draft: complete it, and take away publication: draft"))
        record = self._record(transcript, media, doubts)
        return Filed({media: original.content, path: record.encode()}, tuple(told))

    def file_row(self, transcript: Transcript, original: Original | None) -> Filed:
        """What a row of a list comes to: a record without a text, and its file where it has one.

        Raises `NotTakenError`.
        """
        number, year = transcript.number, transcript.year
        assert number is not None
        assert year is not None
        files = {}
        if original is not None:
            _check(original, self.largest)
            media = self.records.media_like(original.content)
            media = media or self._free(f"media/{self._name(transcript, original, year=True)}", _suffix(original.name))
            files[media] = original.content
        fields = dict(self._fields(transcript, next(iter(files), None), draft=bool(transcript.held_back)))
        remarks = "".join(f"# {line}\n" for line in (HEADING, *self._remarks((), transcript.held_back)))
        record = f"{remarks}{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)}"
        known = self.records.numbered(number, year)
        if known is not None and (self.records.folder / known).read_text(encoding="utf-8") != record:
            raise NotTakenError(
                text(
                    "{number} is there and says something else: compare it with {path}",
                    number=number.canonical,
                    path=known,
                )
            )
        if known is not None:
            return Filed({}, ())
        path = self._free(f"{DOCUMENT.folder}/{year}/{number.slug}", ".yaml")
        return Filed({**files, path: record.encode()}, transcript.held_back)

    def _looked_over(self, transcript: Transcript) -> tuple[Transcript, Sequence[Doubt]]:
        """The same without what a record cannot hold, and all that a person has to look at."""
        doubts = list(transcript.doubts)
        doubted = {doubt.field for doubt in doubts}
        doubts += [Doubt(name, text("could not be read for certain")) for name in _REQUIRED
                   if not getattr(transcript, name) and name not in doubted]  # fmt: skip
        if transcript.agency and self.proper_name(transcript.agency) is None:
            doubts.append(Doubt("issuers", text('write "{name}" as it is called', name=transcript.agency)))
        if len(transcript.text.encode()) > MAX_TEXT_BYTES - 50_000:
            doubts.append(Doubt("text", text("longer than {limit} bytes: it is left out", limit=MAX_TEXT_BYTES)))
            transcript = transcript.with_given({"text": ""})
        return transcript, doubts

    def _name(self, transcript: Transcript, original: Original, *, year: bool) -> str:
        stem = PurePosixPath(original.name.replace("\\", "/")).stem.removesuffix(".signed")
        name = transcript.number.slug if transcript.number is not None else slugify(stem)[:_LONGEST_SLUG].strip("-")
        before = f"{transcript.year}-" if year and transcript.number is not None and transcript.year is not None else ""
        return f"{before}{name or _NAMELESS}"

    def _free(self, stem: str, suffix: str) -> str:
        """A name that no file has yet."""
        number, path = 1, f"{stem}{suffix}"
        while self.records.has_file(path):
            number += 1
            path = f"{stem}-{number}{suffix}"
        return path

    def _added(self, known: str, transcript: Transcript, media: str, original: Original) -> Filed:
        """Another file of a document that was taken in from a file, and that says the same of itself."""
        number = transcript.number.canonical if transcript.number else ""
        written = (self.records.folder / known).read_text(encoding="utf-8")
        begins = written.find("\nfiles:\n- file: ")
        head, _, _ = written.removeprefix("---\n").partition("\n---\n")
        same = f"\ntitle: {_scalar(transcript.title)}\n" in f"\n{head}\n" if transcript.title else False
        if HEADING not in head or not 0 <= begins < len(head) or not same:
            message = text(
                "{number} is there and says something else: compare it with {path}", number=number, path=known
            )
            raise NotTakenError(message)
        at = begins + len("\nfiles:\n")
        record = f"{written[:at]}- file: {media}\n{written[at:]}"
        told = text("{number} is there: its file is added to {path}", number=number, path=known)
        held_back = [*transcript.held_back]
        if held_back and "\npublication: draft\n" not in f"\n{head}\n":
            raise NotTakenError(text("{number} is public, and this file may not be: {reason}", number=number,
                                     reason=held_back[0]))  # fmt: skip
        return Filed({media: original.content, known: record.encode()}, (told, *held_back))

    def _record(self, transcript: Transcript, media: str, doubts: Sequence[Doubt]) -> str:
        remarks = [HEADING, *(f"# {line}" for line in self._remarks(doubts, transcript.held_back))]
        fields = dict(self._fields(transcript, media, draft=bool(doubts or transcript.held_back)))
        front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)
        lines = "\n".join(remarks)
        return f"---\n{lines}\n{front}---\n\n{transcript.text}\n"

    def _remarks(self, doubts: Sequence[Doubt], held_back: Sequence[Text]) -> Iterator[str]:
        for doubt in doubts:
            yield _remark(f"{doubt.field}: {doubt.message.render(self.translate)}")
        for reason in held_back:
            yield _remark(f"publication: {reason.render(self.translate)}")

    def _fields(self, transcript: Transcript, media: str | None, *, draft: bool) -> Iterator[tuple[str, object]]:
        if transcript.number is not None:
            yield "number", transcript.number.canonical
        for name in ("type", "title", "issued", "effective_from"):
            if getattr(transcript, name):
                yield name, getattr(transcript, name)
        signer = transcript.signer
        if transcript.agency:
            agency = self.proper_name(transcript.agency) or transcript.agency
            issuer = {"agency": agency, "position": signer.position, "name": signer.name}
            yield "issuers", [{name: words for name, words in issuer.items() if words}]
        if transcript.basis:
            yield (
                "relations",
                [
                    {"kind": "based_on", "number": basis.number.canonical}
                    | ({"issued": basis.issued} if basis.issued else {})
                    for basis in transcript.basis
                ],
            )
        if media is not None:
            yield "files", [{"file": media}]
        if transcript.scanned:
            yield "scanned", True
        if transcript.recipients:
            yield "recipients", transcript.recipients
        if draft:
            yield "publication", "draft"


def _remark(words: str) -> str:
    """Words as a remark of YAML, which is one line and has no controls, whatever a file has been quoted with."""
    return shown_name(" ".join(words.split()))


def _scalar(words: str) -> str:
    return yaml.safe_dump({"title": words}, allow_unicode=True, width=110).removeprefix("title: ").rstrip("\n")


def _suffix(name: str) -> str:
    """How the name of a file ends; of one that is signed by `.signed.pdf`, as its name says."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return f".signed{suffix}" if fold(name).endswith(f".signed{suffix}") else suffix


def _check(original: Original, largest: int) -> None:
    suffix = PurePosixPath(original.name.replace("\\", "/")).suffix.lower()
    signatures = MEDIA_SIGNATURES.get(suffix)
    if signatures is None:
        raise NotTakenError(text('files of the kind "{kind}" cannot be offered', kind=suffix))
    if signatures and not original.content.startswith(signatures):
        raise NotTakenError(text('the file "{name}" is not what its name says', name=original.name))
    if len(original.content) > largest:
        raise too_large(original.name, largest)
