"""Fields of administration by their names, and the file that lists them with new ones at its end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import unescape
from itertools import count

from plugins.importing.blocks import Blocks, NotInBlocks
from plugins.importing.national.field_names import SEVERAL, field_fault
from plugins.importing.national.terms import field_slug
from plugins.importing.problems import ImportStopped
from plugins.portal.characters import tidy
from plugins.portal.identifiers import SLUG_MAX_LENGTH, fold
from plugins.portal.nearness import nearest
from plugins.portal.odd_signs import as_it_looks
from plugins.portal.problems import Text
from plugins.portal.yaml_source import YamlError, parse_yaml
from plugins.portal.yaml_text import scalar

_TAG = re.compile(r"<[^<>]*>")


class FieldNames:
    """The slugs of the fields that there are, and of those that an import brings."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._slugs = {_same(name): slug for slug, name in known.items()}
        self._known = tuple(known.values())
        self._taken = set(known)
        self.added: dict[str, str] = {}
        """New fields: names by slug."""

    def slug(self, name: str) -> str:
        """The slug of a field, by its name; a new one where the name is new."""
        same = _same(name)
        if same not in self._slugs:
            slug = field_slug(name)
            if slug in self._taken:  # two long names that begin alike
                base = slug[: SLUG_MAX_LENGTH - 4].rstrip("-")
                slug = next(numbered for n in count(2) if (numbered := f"{base}-{n}") not in self._taken)
            self._slugs[same] = slug
            self._taken.add(slug)
            self.added[slug] = name
        return self._slugs[same]

    def fault(self, name: str) -> tuple[Text, str] | None:
        """Why a name that is not known must not become a field's, with the known ones that may be meant."""
        if _same(name) in self._slugs:
            return None
        reason = field_fault(name)
        if reason is None:
            return None
        parts = (_as_it_looks(part) for part in SEVERAL.split(name))
        near = [known for part in parts if (known := nearest(part, self._known)) is not None]
        return reason, ", ".join(dict.fromkeys(near))

    def keep(self, named: Collection[str]) -> None:
        """Of the new fields add those only that are named: a record may have been refused, or its field kept."""
        self.added = {slug: name for slug, name in self.added.items() if slug in named}

    def text(self, written: str, path: str) -> str:
        """The file `fields.yaml` with the new fields at the end of its list; all else stays as it is."""
        entries = [(slug, self.added[slug]) for slug in sorted(self.added)]
        try:
            blocks = Blocks(written)
            after = blocks.below(
                "fields", [f"- slug: {scalar(slug)}\n  name: {scalar(name)}\n" for slug, name in entries]
            )
            listed = _listed(after)
        except (YamlError, NotInBlocks) as error:
            raise _no_place(path) from error
        if listed != [*_listed(written), *({"slug": slug, "name": name} for slug, name in entries)]:
            raise _no_place(path)
        return after


def _as_it_looks(name: str) -> str:
    """A name without tags, each of its words in the letters that it seems to be written in."""
    return " ".join(as_it_looks(word) for word in _TAG.sub(" ", unescape(name)).split())


def _no_place(path: str) -> ImportStopped:
    return ImportStopped("{path}: write its fields as a list, each on lines of its own that begin with -", path=path)


def _same(name: str) -> str:
    """Names that differ in nothing but case, diacritics, marks and blanks are one."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())


def _listed(written: str) -> list[object]:
    value = parse_yaml(tidy(written)).value
    fields = value.get("fields") if isinstance(value, dict) else None
    return [*fields] if isinstance(fields, list) else []
