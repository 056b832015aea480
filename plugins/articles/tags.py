"""What is a tag, and what only looks like one: `<họ và tên>` and `<b và lớn hơn >c` are text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from plugins.articles.html_vocabulary import (
    BOOLEAN,
    ELEMENTS,
    HIDDEN,
    KEPT,
    OFFICE,
    OFFICE_ELEMENTS,
    RENAMED,
    SHOWS_SOMETHING,
    VOID,
    is_attribute,
)

_UNQUOTED = r"""[^"'=<>`\s][^"'<>`\s]*+"""
_ATTRIBUTE = rf"""[a-zA-Z_:][a-zA-Z0-9:._-]*+(?:\s*+=\s*+(?:{_UNQUOTED}|'[^']*+'|"[^"]*+"))?+"""
TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9]*+(?:[:-][A-Za-z0-9]++)*+)((?:(?:\s++|(?<=[\"'])){_ATTRIBUTE})*+)\s*+/?>")
"""A tag as HTML has it, with names of Office's; possessive, so that no text makes it look twice.

Unlike in CommonMark no blank need stand behind a quoted value, and an unquoted one may have `=` in it.
"""
_ONE_ATTRIBUTE = re.compile(rf"""([a-zA-Z_:][a-zA-Z0-9:._-]*+)(?:\s*+(=)\s*+({_UNQUOTED}|'[^']*+'|"[^"]*+"))?+""")
_BEGUN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9]+)*)")
_NEVER_WORDS = (KEPT - {"a"}) | frozenset(RENAMED) | HIDDEN | SHOWS_SOMETHING
"""Elements that do something where they stand, or whose loss is a problem."""
OTHER_MARKUP = re.compile(r"<!DOCTYPE[^<>]*+>|<\?xml[^<>]*+>|<!\[(?:if [^\]<>]*+|endif)\](?:--)?>", re.IGNORECASE)
"""What stands about a document, and Word's conditions."""


@dataclass(frozen=True)
class Tag:
    """A tag that means an element."""

    name: str
    closing: bool
    attributes: dict[str, str]
    """By name in small letters; empty where an attribute has no value."""
    written: str
    has_value: bool = False
    """Whether an attribute has one: then it is markup, and no words."""
    has_words: bool = False
    """Whether an attribute stands without a value that HTML gives one: `<b text>` may be words."""


def read_tag(source: str, position: int = 0) -> Tag | None:
    """The tag that begins there; None where it is text: no tag, an unknown element, or words instead of attributes."""
    match = TAG.match(source, position)
    if match is None:
        return None
    name = match.group(2).lower()
    if name not in ELEMENTS and name.partition(":")[0] not in (OFFICE if ":" in name else ()):
        return None
    attributes: dict[str, str] = {}
    bare: list[str] = []
    for attribute, equals, value in _ONE_ATTRIBUTE.findall(match.group(3)):
        key = attribute.lower()
        if not equals and key not in BOOLEAN and ":" not in key and "-" not in key:
            bare.append(key)
        attributes.setdefault(key, unescape(value[1:-1] if value[:1] in "\"'" else value))
    if not all(map(is_attribute, bare)):
        return None
    has_value = any(attributes[key] for key in attributes if is_attribute(key))
    return Tag(name, bool(match.group(1)), attributes, match.group(), has_value, bool(bare))


@dataclass(frozen=True)
class TagNames:
    """The names of all tags of a text, in small letters."""

    begun: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()

    @classmethod
    def of(cls, body: str) -> TagNames:
        tags = _BEGUN.findall(body) if "<" in body else []
        begun = frozenset(name.lower() for slash, name in tags if not slash)
        return cls(begun, frozenset(name.lower() for slash, name in tags if slash))

    def tag(self, source: str, position: int = 0) -> Tag | None:
        """The tag that begins there; None where it is text, also where the name of an element stands as a word.

        `bấm <link>` is one: without attributes and without its other half it would do nothing but disappear.
        """
        tag = read_tag(source, position)
        if tag is None or tag.has_value:
            return tag
        if ":" in tag.name:
            return tag if tag.name in OFFICE_ELEMENTS and self._is_markup(tag) else None
        if tag.has_words:
            return tag if tag.name in VOID or self._is_markup(tag) else None
        return tag if tag.attributes or tag.name in _NEVER_WORDS or self._is_markup(tag) else None

    def _is_markup(self, tag: Tag) -> bool:
        """Whether it ends by itself, or its other half is in the text."""
        closes_itself = ":" in tag.name and tag.written.endswith("/>")
        return closes_itself or tag.name in (self.begun if tag.closing else self.ended)
