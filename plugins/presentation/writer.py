"""Pelican's writer, but for feeds: readers take them elsewhere, so their addresses are whole and ids their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.writers import Writer

from plugins.compression import compressed
from plugins.languages import IN_WHOLE
from plugins.portal import addresses
from plugins.portal.agency import Agency
from plugins.portal.compressed_copies import SUFFIX, gets_copy
from plugins.portal.liveness import sign_of_life
from plugins.portal.placeholders import is_open
from plugins.portal.site_run import SETTING, SiteRun, site_run
from plugins.portal.stages import in_stage_while_open
from plugins.portal.value_digest import value_digest
from plugins.portal.whole_addresses import with_whole_addresses
from plugins.presentation.other_languages import OtherLanguage
from plugins.presentation.views import SiteView, TextView

_ON_MANY_PAGES = (SiteView, Agency)
"""Types of what all pages about a site are given of it: the same values, and as many as all else that they show."""
_FRAME = (SETTING, "DEFAULT_LANG", "SITEURL")
"""Of the settings, what templates of one record see."""
_VIEW = "view"
"""How templates call the one record that they show, where Pelican does not name it."""


def _about_one_record(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The one record that a page shows, by the name that its template knows; empty where it shows something else."""
    texts = {name: TextView.of(value) for name, value in variables.items() if isinstance(value, Content)}
    return texts or {name: value for name, value in variables.items() if name == _VIEW}


class PortalWriter(Writer):  # type: ignore[misc]  # Pelican is not typed
    """Writes feeds with the portal's public address, while pages have none."""

    def write_file(self, name: str, template: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Render and write; the page of one record of a site is taken over where all that it shows is as before.

        Its template is given that record and the frame, and nothing else: what it could show is in the key.
        """
        sign_of_life()
        alone = _about_one_record(kwargs) if self._run.kind == "site" else {}
        if not alone:
            return super().write_file(name, template, context, *args, **kwargs)
        languages = {getattr(text.source, "language", None) for text in alone.values() if isinstance(text, TextView)}
        return self.write_page(name, template, next(iter(languages & IN_WHOLE), None), **alone)

    def write_page(self, name: str, template: Any, language: str | None = None, **variables: Any) -> None:
        """Have a page written, once all are known, that shows these values and the frame.

        The template is given nothing else: what it could show is in the key. Values are those of `value_digest`. All
        that stands around them is in the portal's own language, or in this one.
        """
        pending = self._run.pending
        if name in pending:
            raise RuntimeError(f"two pages are to be {name}")
        pending[name] = partial(self._write_alone, name, template, language, variables)

    def _write_alone(self, name: str, template: Any, language: str | None, variables: Mapping[str, Any]) -> None:
        """Write a page, or take it over where it showed the same before."""
        sign_of_life()
        other = None if language in (None, self.settings["DEFAULT_LANG"]) else self._in_language(str(language))
        digested = {named: self._with_digest(value) for named, value in variables.items()}
        key = value_digest(self._framed(other), template.name, name, digested)
        if self._run.earlier.take_over(name, key):
            if self._run.earlier.is_open(name):
                self._run.open_pages.append(addresses.answered_by(name))
            return
        frame = {key: self.settings[key] for key in _FRAME}
        if other is not None:
            template, frame["DEFAULT_LANG"] = other.template(template), other.language
        super().write_file(name, template, frame, **variables)

    def _with_digest(self, value: object) -> object:
        """The digest in the place of what stands on many pages, which is worked out once; other values as they are."""
        if not isinstance(value, _ON_MANY_PAGES):
            return value
        known, digest = self._digests.get(id(value), (None, ""))
        if known is not value:
            digest = value_digest(value)
            # Kept with the value: as long as it is there, its number is nobody else's.
            self._digests[id(value)] = value, digest
        return digest

    @cached_property
    def _digests(self) -> dict[int, tuple[object, str]]:
        return {}

    def write_text(self, name: str, text: Callable[[], str], *made_of: object) -> None:
        """Have a file written, once all pages are known, that is made of these values alone, and of the code."""
        pending = self._run.pending
        if name in pending:
            raise RuntimeError(f"two files are to be {name}")
        pending[name] = partial(self._write_text, name, text, made_of)

    def _write_text(self, name: str, text: Callable[[], str], made_of: tuple[object, ...]) -> None:
        sign_of_life()
        if self._run.earlier.take_over(name, value_digest(self._run.engine, *made_of)):
            return
        path = Path(self.output_path, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = text().encode()
        with in_stage_while_open("write", path.open("wb")) as file:
            file.write(content)
        self._note(str(path), "", content)

    def _in_language(self, language: str) -> OtherLanguage:
        if language not in self._others:
            self._others[language] = OtherLanguage.of(self._run, self.settings, language)
        return self._others[language]

    @cached_property
    def _others(self) -> dict[str, OtherLanguage]:
        return {}

    @contextmanager
    def _open_w(self, filename: str, encoding: str, override: bool = False) -> Iterator[StringIO]:
        """A file of Pelican's, written with its copy when all of it is there: nobody has to read it again."""
        collected = StringIO()
        yield collected
        page = collected.getvalue()
        content = page.encode(encoding)
        with in_stage_while_open("write", super()._open_w(filename, encoding, override)) as file:
            file.buffer.write(content)
        self._note(filename, page, content)

    def _note(self, path: str, page: str, content: bytes) -> None:
        """What is known of a file just written: linking has to fill it, or it is shown and may have a copy."""
        file = os.path.relpath(path, self.output_path)
        left_open = self._run.kind == "site" and file.endswith(".html") and is_open(page)
        copy = b""
        if left_open:
            self._run.open_pages.append(addresses.answered_by(file))
        elif self.settings["PORTAL_COMPRESS"] and gets_copy(file, len(content)):
            copy = compressed(content)
            Path(f"{path}{SUFFIX}").write_bytes(copy)
        self._run.earlier.made(file, content, copy, is_open=left_open)

    def _framed(self, other: OtherLanguage | None) -> str:
        """The digest of what stands around the records of a site."""
        language = other.language if other else ""
        if language not in self._frames:
            run = self._run
            view = other.site if other else self.settings["JINJA_GLOBALS"]["site"]
            # Only these know each other's names; the pages of a site have placeholders for them.
            others = [(card.slug, card.name, card.url) for card in run.neighbours.agencies] if run.neighbours else []
            self._frames[language] = value_digest(
                run.engine, view, run.shared.province, run.site.agency, others, run.alerts
            )
        return self._frames[language]

    @cached_property
    def _frames(self) -> dict[str, str]:
        return {}

    @property
    def _run(self) -> SiteRun:
        return site_run(self.settings)

    def write_feed(self, elements: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        public = self._public
        return super().write_feed(elements, context | {"SITEURL": public, "FEED_DOMAIN": public}, *args, **kwargs)

    @property
    def _public(self) -> str:
        return self._run.shared.province.url.rstrip("/")

    def _create_new_feed(self, feed_type: str, feed_title: str | None, context: dict[str, Any]) -> Any:
        """A feed of the site's own: Pelican would name the portal's home as its page and its id."""
        feed = super()._create_new_feed(feed_type, feed_title, context)
        home = f"{self._public}/{addresses.site_home(self._run.site.slug)}"
        # What people wrote is plain text, and so is Atom's title: Pelican would take what stands in < and > for HTML.
        named = {"title": self.settings["SITENAME"], "language": self.settings["DEFAULT_LANG"]}
        feed.feed |= {"link": home, "id": home, **named}
        return feed

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:
        super()._add_item_to_the_feed(feed, item)
        entry = feed.items[-1]
        # Atom's summary is HTML here.
        entry |= {"title": item.source.title, "description": escape(item.source.summary, quote=False)}
        entry["author_name"] = item.source.author or self.settings["SITENAME"]
        entry["content"] = with_whole_addresses(entry["content"], self._public)
