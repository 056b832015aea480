"""The links of a text: checked, and turned into addresses.

A link may be to the web (http, https), a person (mailto, tel), a procedure (`procedure:1.001193`), an agency
(`agency:so-y-te`, or a page of it: `agency:so-y-te/tin-tuc/...`), a page of the portal (`/...`, or with its public
address before it), a place on the same page (`#...`), or a file of the same site (`{filename}`, `{static}`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from plugins.articles.link_hints import (
    WrittenLink,
    instead_of,
    instead_of_picture,
    missing_file,
    no_such_place,
    normalised,
)
from plugins.portal import addresses
from plugins.portal.entries import Entry, TextSource
from plugins.portal.identifiers import is_national_code, is_slug, slugify
from plugins.portal.manifest import Reference
from plugins.portal.media import is_picture
from plugins.portal.odd_signs import latin_slug
from plugins.portal.page_places import OWN_TEXT
from plugins.portal.phones import NotAPhoneError, Phone
from plugins.portal.problems import Problem, Text, text
from plugins.portal.remedies import EMAIL
from plugins.portal.sites import Site
from plugins.portal.unseen import without_marks

HEADING_PREFIX = "muc-"
"""Of every heading's id, so that no text can take an id that the page's own parts use."""

SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_ID = re.compile(rf"{HEADING_PREFIX}[\w-]*|fn(?:ref)?\d*[:-].+")
_UNLINKED = "portal-unlinked"
"""Stands for the address of a link that leads nowhere now."""
_UNLINKED_ELEMENT = re.compile(rf'<a href="{_UNLINKED}"(?:[^">]|"[^"]*")*>(.*?)</a>', re.DOTALL)
_UNLINKED_PICTURE = re.compile(rf'<img\b(?=(?:[^">]|"[^"]*")*\bsrc="{_UNLINKED}")(?:[^">]|"[^"]*")*>')
_TEXT_OF_PICTURE = re.compile(r'\balt="([^"]*)"')
_FILE_LINK = re.compile(r"\{(filename|static|attach)\}(.*)", re.DOTALL)
_ID = re.compile(r'\bid="([^"]*)"')
_HOST = re.compile(r"[^\s.:/]+(?:\.[^\s.:/]+)*\.?|\[[0-9a-fA-F:.]+\]")


@dataclass
class Rendered:
    """A text's HTML, with what it refers to and what is wrong in it."""

    html: str = ""
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    """What should be looked at, but keeps nothing from being shown."""
    files: dict[str, str] = field(default_factory=dict)
    """By the path that a link names: what the site has there, as `LinkResolver.state_of` says it."""


class LinkResolver:
    """Turns a link as written into an address, and reports the ones that lead nowhere."""

    def __init__(self, site: Site, site_url: str, unlinked: Collection[str] = (), portal_url: str = "") -> None:
        self._site = site
        self._site_url = site_url
        self._unlinked = unlinked
        """Targets that lead nowhere now, as `Reference.key` has them."""
        self._portal_url = portal_url

    def begin(self, entry: TextSource, rendered: Rendered) -> None:
        self._entry = entry
        self._rendered = rendered
        self._given: set[str] = set()
        self._places: list[tuple[str, int]] = []

    def end(self, html: str) -> None:
        """Look for the places of the same page that links lead to, now that it is written."""
        ids = frozenset(_ID.findall(html))
        for fragment, line in self._places:
            if fragment in ids:
                continue
            self._line = line
            address = f"{self._entry.source.inside}{OWN_TEXT}"
            if isinstance(self._entry, Entry):
                address = self._entry.address
            is_heading = fragment.startswith(HEADING_PREFIX) or f"{HEADING_PREFIX}{slugify(fragment)}" in ids
            if is_heading:
                message = text('there is no place "#{name}" on this page', name=fragment)
                self._report(message, no_such_place(fragment, ids, HEADING_PREFIX))
            else:  # the page has places that are not the text's
                self._referred("address", address, address, fragment)

    def unlinked(self, references: Iterable[Reference]) -> tuple[str, ...]:
        """Of what is referred to: what leads nowhere now."""
        return tuple(sorted({reference.key for reference in references} & set(self._unlinked)))

    def state_of(self, inside: str) -> str:
        """All that a link to a file of the site depends on."""
        site = self._site
        published, hidden = site.texts.get(inside), site.hidden.get(inside)
        states = {
            "text": published.address if published else None,
            "hidden": hidden.address if hidden else None,
            "ended": site.ended[inside].address if inside in site.ended else None,
            "media": "" if inside in site.media else None,
            "told": "" if inside in site.told else None,
            "picture": site.pictures[inside].model_dump_json() if inside in site.pictures else None,
        }
        return " ".join(f"{name}:{address}" for name, address in states.items() if address is not None)

    def keep_attribute(self, tag: str, attribute: str, value: str) -> str | None:
        """What stays of an attribute: of addresses those that were resolved here, and of ids the text's own."""
        if attribute == "id":
            return value if _OWN_ID.fullmatch(value) else None
        if attribute in ("href", "src"):
            return value if value in self._given or value.startswith("#fn") else None
        return value

    def without_dead_links(self, html: str) -> str:
        """The sanitised HTML with the text of links and of pictures that lead nowhere now in their place."""
        if _UNLINKED not in html:
            return html
        return _UNLINKED_PICTURE.sub(_text_of_picture, _UNLINKED_ELEMENT.sub(r"\1", html))

    def resolve(self, target: str, picture: bool, line: int, written: str) -> str:
        """The address that a link or picture leads to; empty where it is refused, and told.

        `line` is counted from 0 in the Markdown; `written` is the target with its entities, to be quoted.
        """
        self._line = self._entry.body_line + line
        # As browsers do: to them "/<tab>/host" is "//host".
        address = self._resolved(re.sub(r"[\t\r\n]", "", target).strip(), written.strip(), picture)
        self._given.add(address)
        return address

    def _resolved(self, target: str, written: str, picture: bool) -> str:
        file_link = _FILE_LINK.fullmatch(target)
        if file_link is not None:
            return self._file(file_link.group(1), file_link.group(2), picture)
        try:
            parts = urlsplit(target)
            scheme = parts.scheme.lower()
            if (path := addresses.path_on_portal(target, self._portal_url)) is not None:
                return self._address(path)
            if scheme in ("http", "https") and not picture:
                return self._web(target, written, parts)
        except ValueError:
            return self._refused(text('"{target}" is no address', target=written), text("mend the link"))
        if scheme in _BY_SCHEME and not picture:
            return _BY_SCHEME[scheme](self, target.partition(":")[2])
        # To a browser /\ is //, the beginning of another host.
        if target.startswith("/") and not target.replace("\\", "/").startswith("//"):
            return self._address(target)
        if target.startswith("#") and not picture:
            return self._fragment(target)
        return self._unknown(WrittenLink(target, _plain(parts.path), self._here, self._site), written, picture)

    def _unknown(self, link: WrittenLink, written: str, picture: bool) -> str:
        if picture and urlsplit(link.target).scheme:
            return self._refused(text("pictures must be files of this site"), instead_of_picture(link))
        if not link.target:
            return self._refused(text("the link leads nowhere"), text("write an address, or remove the brackets"))
        hint = instead_of_picture(link) if picture else instead_of(link)
        return self._refused(text('links such as "{target}" are not allowed', target=written), hint)

    def _fragment(self, target: str) -> str:
        """A place on the same page: looked for when that is written."""
        if target not in ("#", "#top"):  # to a browser, the beginning
            self._places.append((_plain(target[1:]), self._line))
        return target

    @property
    def _here(self) -> PurePosixPath:
        return PurePosixPath(self._entry.source.inside).parent

    def _web(self, target: str, written: str, parts: SplitResult) -> str:
        if not target.partition(":")[2].startswith("//") or _HOST.fullmatch(parts.hostname or "") is None:
            message = text('"{target}" is no address', target=written)
            return self._refused(message, text("write it as https://example.vn/page"))
        if parts.username is not None:
            message = text('"{target}" has a name before the @: it would mislead people', target=written)
            return self._refused(message, text("write https:// and the host only"))
        return target.replace(" ", "%20")

    def _mail(self, rest: str) -> str:
        address = without_marks(unquote(rest.partition("?")[0]))
        if EMAIL.fullmatch(address) is None:
            message = text('"{name}" is no e-mail address', name=address)
            return self._refused(message, text("such as mailto:lienhe@example.vn"))
        return f"mailto:{address}{rest[len(rest.partition('?')[0]) :]}"

    def _telephone(self, rest: str) -> str:
        written = without_marks(unquote(rest))
        try:
            numbers = Phone(written.split(";")[0]).numbers
        except NotAPhoneError:
            numbers = ()
        if len(numbers) != 1:
            message = text('"{name}" is no telephone number', name=written)
            return self._refused(message, text("such as tel:02933878888: one number, with its area code"))
        return f"tel:{numbers[0].dial}"

    def _procedure(self, code: str) -> str:
        if not is_national_code(code):
            message = text('"{code}" is no procedure\'s code', code=code)
            bare = re.split("[/?#]", code)[0]  # the address of a code leads on to the page, and takes nothing with it
            usual = text("such as procedure:1.001193")
            hint = text("write {value}", value=f"procedure:{bare}") if is_national_code(bare) else usual
            return self._refused(message, hint)
        return self._referred("procedure", code, addresses.permalink(code))

    def _document(self, rest: str) -> str:
        """A document by its number: where that leads is known when all sites are."""
        written = unquote(rest)
        number = slugify(written)
        if not number[:1].isdigit() or "/" not in written:
            message = text('"{number}" is no number of a document', number=written)
            return self._refused(message, text("such as document:12/2019/QĐ-UBND"))
        self._referred("number", written, "")
        address = addresses.numbered(number)
        return self._referred("address", address, address)

    def _agency(self, rest: str) -> str:
        slug = re.split("[/?#]", rest)[0]
        inside = rest[len(slug) :].removeprefix("/")
        if not is_slug(slug):
            near = latin_slug(unquote(slug))
            usual = text("such as agency:so-y-te")
            hint = text("write {value}", value=f"agency:{near}") if is_slug(near) else usual
            return self._refused(text('"{slug}" is no agency\'s name', slug=slug), hint)
        if not inside:
            return self._referred("agency", slug, addresses.site_home(slug))
        return self._address(f"/{slug}/{inside}")

    def _address(self, path: str) -> str:
        parts = urlsplit(path)
        address, fragment = _plain(parts.path).lstrip("/"), _plain(parts.fragment)
        if address or fragment:
            return self._referred("address", address, path.lstrip("/"), fragment)
        return f"{self._site_url}{path}"

    def _file(self, what: str, path: str, picture: bool) -> str:
        """The address of a file of the site; `{attach}` is `{static}` here."""
        before, separator, fragment = path.partition("#")
        plain = _plain(before.partition("?")[0])
        inside = plain.lstrip("/") if plain.startswith("/") else normalised(self._here / plain)
        self._rendered.files[inside] = self.state_of(inside)
        if picture and (inside in self._site.media or inside in self._site.texts) and not is_picture(inside):
            message = text('"{name}" is no picture', name=inside)
            return self._refused(message, text("remove the ! before the brackets: then it is a link to the file"))
        if what == "filename" and inside in self._site.hidden:
            self._not_public_yet(self._site.hidden[inside].address)
        if what == "filename" and inside in self._site.texts:
            address = self._site.texts[inside].address
            if fragment:
                self._referred("address", address, address, _plain(fragment))
            return f"{self._site_url}/{address}{separator}{fragment}"
        if what == "filename" and inside in self._site.hidden:
            return _UNLINKED
        if what == "filename" and inside in self._site.ended:
            address = self._site.ended[inside].address
            return self._referred("address", address, address)
        if what != "filename" and inside in self._site.media:
            return f"{self._site_url}/{addresses.media(self._site.slug, inside)}{separator}{fragment}"
        if inside in self._site.told:  # why it cannot be linked to was told of the file itself
            return ""
        message = text('there is no file "{name}"', name=inside)
        return self._refused(message, missing_file(inside, what, self._site, self._entry.source.inside))

    def _not_public_yet(self, address: str) -> None:
        if self._entry.public:
            message = text('the page at "/{target}" is not public yet', target=address)
            hint = text("its link is shown as text until it is published")
            path = self._entry.source.path
            self._rendered.advice.append(Problem(path=path, line=self._line, message=message, hint=hint))

    def _referred(self, kind: str, name: str, path: str, fragment: str = "") -> str:
        """The link to what others may have, to be checked when all are known."""
        reference = Reference.model_validate(
            {"kind": kind, "target": name, "fragment": fragment, "path": self._entry.source.path, "line": self._line}
        )
        self._rendered.references.append(reference)
        return _UNLINKED if reference.key in self._unlinked else f"{self._site_url}/{path}"

    def _refused(self, message: Text, hint: Text) -> str:
        self._report(message, hint)
        return ""

    def _report(self, message: Text, hint: Text) -> None:
        self._rendered.problems.append(
            Problem(path=self._entry.source.path, line=self._line, message=message, hint=hint)
        )


def _text_of_picture(picture: re.Match[str]) -> str:
    alternative = _TEXT_OF_PICTURE.search(picture.group())
    return alternative.group(1) if alternative else ""


_BY_SCHEME = {
    "mailto": LinkResolver._mail,
    "tel": LinkResolver._telephone,
    "procedure": LinkResolver._procedure,
    "agency": LinkResolver._agency,
    "document": LinkResolver._document,
}


def _plain(written: str) -> str:
    """A part of an address in plain letters, as names of files and places are kept."""
    return unicodedata.normalize("NFC", unquote(written))
