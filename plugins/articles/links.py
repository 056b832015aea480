"""The links of a text: checked, and turned into addresses.

A link may be to the web (http, https), a person (mailto, tel), a procedure (`procedure:1.001193`), an agency
(`agency:so-y-te`, or a page of it: `agency:so-y-te/tin-tuc/...`), a page of the portal (`/...`), a place on the same
page (`#...`), or a file of the same site (Pelican's `{filename}` and `{static}`, which Pelican resolves).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from plugins.portal import addresses
from plugins.portal.identifiers import is_national_code, is_slug
from plugins.portal.manifest import Reference
from plugins.portal.problems import Problem, Text, did_you_mean, text
from plugins.portal.sites import ArticleSource, PageSource, Site

HEADING_PREFIX = "muc-"
"""Of every heading's id, so that no text can take an id that the page's own parts use."""

SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_ID = re.compile(rf"{HEADING_PREFIX}[\w-]*|fn(?:ref)?\d*[:-].+")
_FILE_LINK = re.compile(r"\{(filename|static|attach)\}(.*)", re.DOTALL)
_UNLINKED = "portal-unlinked"
"""Stands for the address of a link that leads nowhere now."""
_UNLINKED_ELEMENT = re.compile(rf'<a href="{_UNLINKED}"(?:[^">]|"[^"]*")*>(.*?)</a>', re.DOTALL)


@dataclass
class Rendered:
    """A text's HTML, with what it refers to and what is wrong in it."""

    html: str = ""
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    """What should be looked at, but keeps nothing from being shown."""


class LinkResolver:
    """Turns a link as written into an address, and reports the ones that lead nowhere."""

    def __init__(self, site: Site, site_url: str, unlinked: Collection[str] = ()) -> None:
        self._site = site
        self._site_url = site_url
        self._unlinked = unlinked
        """Targets that lead nowhere now, as `Reference.key` has them."""

    def begin(self, entry: ArticleSource | PageSource, rendered: Rendered) -> None:
        self._entry = entry
        self._rendered = rendered
        self._given: set[str] = set()

    def keep_attribute(self, tag: str, attribute: str, value: str) -> str | None:
        """What stays of an attribute: of addresses those that were resolved here, and of ids the text's own."""
        if attribute == "id":
            return value if _OWN_ID.fullmatch(value) else None
        if attribute in ("href", "src"):
            return value if value in self._given or value.startswith("#fn") else None
        return value

    def without_dead_links(self, html: str) -> str:
        """The sanitised HTML with the text of links that lead nowhere now in their place."""
        return _UNLINKED_ELEMENT.sub(r"\1", html) if _UNLINKED in html else html

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
            return self._file(file_link.group(1), file_link.group(2), target)
        try:
            scheme, rest = urlsplit(target).scheme.lower(), target.partition(":")[2]
        except ValueError:
            self._report(target, text('"{target}" is no address', target=written), text("mend the link"))
            return ""
        if picture and scheme:
            hint = text("put the picture in media/ and write {{static}}/media/its-name")
            self._report(target, text("pictures must be files of this site"), hint)
            return ""
        if scheme == "procedure":
            return self._procedure(rest, target)
        if scheme == "agency":
            return self._agency(rest, target)
        if scheme in SCHEMES or target.startswith("#"):
            return target
        # To a browser /\ is //, the beginning of another host.
        if target.startswith("/") and not target.replace("\\", "/").startswith("//"):
            return self._address(target)
        kinds = text("link to https://…, mailto:, tel:, procedure:code, agency:slug, /address/ or {{filename}}/…")
        self._report(target, text('links such as "{target}" are not allowed', target=written), kinds)
        return ""

    def _procedure(self, code: str, target: str) -> str:
        if not is_national_code(code):
            self._report(
                target, text('"{code}" is no procedure\'s code', code=code), text("such as procedure:1.001193")
            )
            return ""
        return self._referred("procedure", code, addresses.permalink(code))

    def _agency(self, rest: str, target: str) -> str:
        slug, _, inside = rest.partition("/")
        if not is_slug(slug):
            self._report(target, text('"{slug}" is no agency\'s name', slug=slug), text("such as agency:so-y-te"))
            return ""
        if not inside:
            return self._referred("agency", slug, addresses.site_home(slug))
        return self._address(f"/{slug}/{inside}")

    def _address(self, path: str) -> str:
        address = unquote(urlsplit(path).path).lstrip("/")
        return self._referred("address", address, path.lstrip("/")) if address else f"{self._site_url}{path}"

    def _referred(self, kind: str, name: str, path: str) -> str:
        """The link to what others may have, to be checked when all are known."""
        reference = Reference.model_validate(
            {"kind": kind, "target": name, "path": self._entry.source.path, "line": self._line}
        )
        self._rendered.references.append(reference)
        return _UNLINKED if reference.key in self._unlinked else f"{self._site_url}/{path}"

    def _file(self, what: str, path: str, target: str) -> str:
        path = unquote(re.split(r"[?#]", path, maxsplit=1)[0])
        here = PurePosixPath(self._entry.source.inside).parent
        inside = path[1:] if path.startswith("/") else _normalised(here / path)
        known: Mapping[str, object] = self._site.texts if what == "filename" else self._site.media
        if what == "filename" and inside in self._site.hidden:
            if self._entry.public:
                self._advise(
                    text(
                        'the page at "/{target}" is not public yet',
                        target=self._site.address_of(self._site.hidden[inside]),
                    ),
                    text("its link is shown as text until it is published"),
                )
            return target if inside in known else _UNLINKED
        if inside not in known:
            self._report(target, text('there is no file "{name}"', name=inside), did_you_mean(inside, known))
            return ""
        return target

    def _advise(self, message: Text, hint: Text) -> None:
        self._rendered.advice.append(Problem(path=self._entry.source.path, line=self._line, message=message, hint=hint))

    def _report(self, written: str, message: Text, hint: Text) -> None:
        self._rendered.problems.append(
            Problem(path=self._entry.source.path, line=self._line, message=message, hint=hint)
        )


def _normalised(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
