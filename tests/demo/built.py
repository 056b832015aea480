"""The demonstration portal as it was built: its files, its parsed pages and where their links lead."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from lxml import html
from lxml.html import HtmlElement
from pelican.settings import read_settings

from plugins.builder.building import build_portal
from plugins.builder.reports import BuildReport
from tests.provinces import ROOT
from tests.sharing import made_once

CONTENT = ROOT / "content"
ARTICLE = re.compile(r"(?:(?P<site>[^/]+)/)?tin-tuc/\d{4}/[^/]+/")
PERMALINK = re.compile(r"thu-tuc/\d\.\d{6}/")
_LINKS = """
//@href | //@src | //@poster | //@action | //@formaction |
//meta[@property='og:url' or @property='og:image']/@content
"""
_REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True)
class CatalogueEntry:
    """A procedure in the index that the search page reads."""

    code: str
    name: str
    agency: str
    """The owner's slug; empty for the province."""
    field: str
    url: str
    level: int | None
    mode: str | None


@dataclass(frozen=True)
class DemoPortal:
    """The portal of the repository's `content/` in a folder of its own."""

    output: Path
    report: BuildReport
    url: str
    """The province's public address, with a slash at its end."""
    settings: dict[str, Any]
    """What it was built with."""

    @classmethod
    def built_once(cls, factory: pytest.TempPathFactory, name: str, conf: str) -> DemoPortal:
        """Build with the settings of `conf`, a file at the repository's root; once for all processes of tests."""

        def build(folder: Path) -> tuple[Path, BuildReport]:
            report = build_portal(_settings(folder, conf))
            # Also of what the machine did to a process of it: else many tests would say something else.
            assert not report.problems, "\n".join(problem.render() for problem in report.problems)
            return folder, report

        folder, report = made_once(factory, name, build)
        return cls(folder / "output", report, province_record()["url"].rstrip("/") + "/", _settings(folder, conf))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The slugs of the sites that were built for agencies."""
        return tuple(site.slug for site in self.report.sites if site.slug not in ("province", "portal"))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file, as a path inside the output."""
        root = self.output.resolve()
        found = (Path(folder, name) for folder, _, names in os.walk(root, followlinks=True) for name in names)
        return tuple(sorted(path.relative_to(root).as_posix() for path in found))

    @cached_property
    def pages(self) -> dict[str, HtmlElement]:
        """Every html page by its address: `""` is the home, `so-y-te/` an agency's, `404.html` itself."""
        parser = html.HTMLParser(encoding="utf-8")
        found = {
            re.sub(r"(^|/)index\.html$", r"\1", name): html.document_fromstring(self.read(name), parser=parser)
            for name in self.files
            if name.endswith(".html")
        }
        # What is looked for on every page would not be found on none either.
        assert len(found) > 900
        return found

    @cached_property
    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        rows = json.loads(self.read("api/v1/procedures.json"))["items"]
        assert len(rows) > 70
        return tuple(
            CatalogueEntry(
                **{name: row[name] for name in CatalogueEntry.__dataclass_fields__}
                | {"url": row["url"].removeprefix(self.url)}
            )
            for row in rows
        )

    @cached_property
    def articles(self) -> dict[str, list[str]]:
        """The addresses of news articles by site; the province's under the empty slug."""
        found: dict[str, list[str]] = {slug: [] for slug in ("", *self.agencies)}
        for address in self.pages:
            if match := ARTICLE.fullmatch(address):
                found[match["site"] or ""].append(address)
        return found

    def read(self, name: str) -> bytes:
        """A file of the output."""
        return (self.output / name).read_bytes()

    def answers(self, address: str) -> bool:
        """Whether a file answers at an address, without a redirect."""
        inside = f"{address}index.html" if not address or address.endswith("/") else address
        return (self.output / inside).is_file()

    def inside(self, page: str, link: str) -> tuple[str, str] | None:
        """The address and the fragment that a page's link leads to; none where it leads out of the portal."""
        target = urlsplit(urljoin(self.url + page, link))
        if target.scheme not in ("http", "https") or target.netloc != urlsplit(self.url).netloc:
            return None
        return unquote(target.path).lstrip("/"), unquote(target.fragment)

    def links(self) -> Iterator[tuple[str, str]]:
        """Each link of each page, as written: the page's address and the link."""
        found = [(address, link) for address, page in self.pages.items() for link in links_of(page)]
        assert len(found) > 10_000
        yield from found


def _settings(folder: Path, conf: str) -> dict[str, Any]:
    places = {
        "PATH": str(CONTENT),
        "OUTPUT_PATH": str(folder / "output"),
        "PORTAL_BUILD_PATH": str(folder / "build"),
        "THEME": str(ROOT / "theme"),
        "DOSSIER_STATE_PATH": str(folder / "state"),
    }
    settings: dict[str, Any] = read_settings(str(ROOT / conf), override=places)
    return settings


def links_of(page: HtmlElement) -> list[str]:
    """Whatever in a page or a part of one points elsewhere."""
    sources = [candidate.split()[0] for written in page.xpath("//@srcset") for candidate in written.split(",")]
    return [*map(str, page.xpath(_LINKS)), *sources, *refreshes(page)]


def refreshes(page: HtmlElement) -> list[str]:
    """Where a page sends its reader at once."""
    written = page.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content")
    return [match[1] for match in map(_REFRESH.fullmatch, written) if match]


def words(element: HtmlElement) -> str:
    """The text of an element, its white space made even."""
    return " ".join(element.text_content().split())


def is_moved(page: HtmlElement) -> bool:
    """Whether the page only says where another is."""
    return bool(refreshes(page))


def province_record() -> dict[str, Any]:
    """The province's own record, as editors write it."""
    record: dict[str, Any] = yaml.safe_load((CONTENT / "province" / "province.yaml").read_text(encoding="utf-8"))
    return record


def listed(offenders: Iterable[str]) -> str:
    """All that is wrong, a line each: what a failing assertion says."""
    found = sorted(set(offenders))
    return "\n".join([f"{len(found)} found:", *found])
