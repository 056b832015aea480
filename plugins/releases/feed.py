"""The Atom feed of what has gone live (RFC 4287)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from xml.etree import ElementTree

from plugins.languages import MESSAGES, load_catalogue
from plugins.portal import addresses
from plugins.portal.problems import Text, text
from plugins.portal.release_names import SHORT
from plugins.releases.history import GoneLive, History, How

ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = uuid.UUID("5d1c2a52-6b6e-4a53-9a9c-0d6b9d3f6a11")
"""The namespace of entries' ids: the same release at the same moment has the same id, whoever writes the feed."""
_TITLES: dict[How, Text] = {
    "published": text("published"),
    "taken back": text("went back to this release"),
    "let go": text("let go live"),
}


def feed_bytes(history: History, language: str) -> bytes:
    """The feed; the same history gives the same bytes."""
    translate = load_catalogue(MESSAGES, language).gettext
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    latest = max((entry.at for entry in history.entries), default=datetime.fromtimestamp(0, UTC))
    title = text("Releases of the portal").render(translate)
    _fill(feed, {"id": history.feed, "title": title, "updated": latest.isoformat()})
    _fill(ElementTree.SubElement(feed, "author"), {"name": title})
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": f"/{addresses.LIVE_RELEASES}"})
    for entry in history.entries:
        sentences = (sentence.render(translate) for sentence in _told(entry))
        known_by = uuid.uuid5(_ENTRIES, f"{entry.release} {entry.at.isoformat()}").urn
        name = f"{entry.release[:SHORT]}: {_TITLES[entry.how].render(translate)}"
        parts = {"id": known_by, "title": name, "updated": entry.at.isoformat(), "content": " ".join(sentences)}
        _fill(ElementTree.SubElement(feed, "entry"), parts)
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written + b"\n"


def _fill(element: ElementTree.Element, parts: dict[str, str]) -> None:
    for name, written in parts.items():
        ElementTree.SubElement(element, name).text = written


def _told(entry: GoneLive) -> list[Text]:
    sentences = []
    if entry.commit:
        sentences.append(text("Commit {commit}.", commit=entry.commit))
    if entry.changed:
        sentences.append(text("Changed: {sites}.", sites=", ".join(entry.changed)))
    if entry.quarantined:
        sentences.append(text("With problems, and shown as before: {sites}.", sites=", ".join(entry.quarantined)))
    return sentences
