"""What is done to a corpus between two builds, and how it is seen in the output that a build took it in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from plugins.portal.problems import PortalError

SYNONYMS = "province/synonyms.yaml"
_DATE = re.compile(r"^(?:date|issued): (.+)$", re.MULTILINE)
_FOOTER = re.compile(r'<footer class="footer"(?: data-edition="\d+")?')


@dataclass(frozen=True)
class Expected:
    """A text that an output has when it has the edit."""

    address: str
    """A file of the output, or a folder with pages of which one has it."""
    text: str

    def check(self, output: Path, who: str) -> None:
        """Raise a `PortalError` where it is not there: whoever is fast by doing nothing is not measured."""
        if not self.is_in(output):
            raise PortalError(f"{who} did not take in an edit: {output / self.address} has no {self.text!r}")

    def is_in(self, output: Path) -> bool:
        """Whether the output has it."""
        return any(self.text in file.read_text("utf-8") for file in _files(output / self.address))


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path] if path.is_file() else []
    walked = os.walk(path, followlinks=True)
    return (Path(folder, name) for folder, _, names in walked for name in names if name.endswith((".html", ".json")))


@dataclass(frozen=True)
class Targets:
    """What is edited: of agencies that are neither large nor small, and the same in every run."""

    article: str
    """The newest of its agency, from the content folder: it is in the first list, the feed and the home."""
    procedure: str
    agency: str
    """The slug of the agency whose record is edited."""

    @classmethod
    def of(cls, content: Path) -> Targets:
        """Those of a corpus; raises a `PortalError` where it has not all of them."""
        writing = _middle(content, "news/*/*.md")
        performing = _middle(content, "procedures/*.yaml")
        newest = max(writing.glob("news/*/*.md"), key=lambda file: (_date(file), file.name))
        procedure = min(performing.glob("procedures/*.yaml"))
        return cls(newest.relative_to(content).as_posix(), procedure.relative_to(content).as_posix(), writing.name)


def _middle(content: Path, pattern: str) -> Path:
    """The folder of the agency that has neither many nor few such files."""
    counted = sorted((len(list(folder.glob(pattern))), folder) for folder in (content / "agencies").iterdir())
    having = [folder for number, folder in counted if number]
    if not having:
        raise PortalError("the corpus is too small: no agency has all that is edited; use a larger --scale")
    return having[len(having) // 2]


def _date(file: Path) -> str:
    match = _DATE.search(file.read_text("utf-8"))
    return match.group(1) if match else ""


@dataclass(frozen=True)
class Edits:
    """The edits of a content folder; each takes the number of its turn, which shows in the output."""

    content: Path
    targets: Targets

    def article(self, turn: int) -> Sequence[Expected]:
        """Another title and another last sentence of an article."""
        file = self.content / self.targets.article
        sentence = f"Đính chính lần {turn}."
        written = marked(file.read_text("utf-8"), "title", turn).rstrip("\n")
        written = re.sub(r"\n\nĐính chính lần \d+\.$", "", written)
        file.write_text(f"{written}\n\n{sentence}\n", encoding="utf-8")
        _, slug, _, year, name = Path(self.targets.article).with_suffix("").parts
        news = f"{slug}/tin-tuc"
        page = f"{news}/{year}/{name}/index.html"
        lists = [f"{news}/index.html", f"{news}/feed.atom", page]
        return [Expected(page, sentence), *(Expected(address, edit_mark(turn)) for address in lists)]

    def document(self, turn: int) -> Sequence[Expected]:
        """Another title of a document, where the corpus has any."""
        file = self._document
        file.write_text(marked(file.read_text("utf-8"), "title", turn), encoding="utf-8")
        _, slug, _, year, _ = file.relative_to(self.content).parts
        addresses = [f"{slug}/van-ban/{year}", f"{slug}/van-ban/index.html", f"van-ban/{year}"]
        return [Expected(address, edit_mark(turn)) for address in addresses]

    def procedure(self, turn: int) -> Sequence[Expected]:
        """Another name of a procedure."""
        file = self.content / self.targets.procedure
        file.write_text(marked(file.read_text("utf-8"), "name", turn), encoding="utf-8")
        field = yaml.safe_load(file.read_text("utf-8"))["field"]
        addresses = [f"{self._procedure}/index.html", f"thu-tuc/linh-vuc/{field}", "thu-tuc/tat-ca"]
        return [Expected(address, edit_mark(turn)) for address in addresses]

    def agency(self, turn: int) -> Sequence[Expected]:
        """Another summary of an agency."""
        file = self.content / "agencies" / self.targets.agency / "agency.yaml"
        file.write_text(marked(file.read_text("utf-8"), "summary", turn), encoding="utf-8")
        addresses = [f"{self.targets.agency}/index.html"]
        return [Expected(address, edit_mark(turn)) for address in addresses]

    def synonym(self, turn: int) -> Sequence[Expected]:
        """Another word that people say."""
        spoken = f"sổ hồng {turn}"
        entry = f"  - say: [{spoken}]\n    mean: [giấy chứng nhận quyền sử dụng đất]\n"
        (self.content / SYNONYMS).write_text(f"synonyms:\n{entry}", encoding="utf-8")
        return [Expected("tim-kiem/thu-tuc", spoken)]

    def theme(self, templates: Iterable[Path], turn: int) -> Sequence[Expected]:
        """Another attribute in the footer of all pages; `templates` are those that all pages are made with."""
        footer = f'<footer class="footer" data-edition="{turn}"'
        for template in templates:
            changed, times = _FOOTER.subn(footer, template.read_text("utf-8"))
            if times != 1:
                raise PortalError(f"{template}: there is no footer to edit, or more than one")
            template.write_text(changed, encoding="utf-8")
        return [Expected(address, footer) for address in self._pages()]

    def nothing(self) -> Sequence[Expected]:
        """What is there, whatever is edited."""
        return [Expected(address, "</html>") for address in self._pages()]

    @cached_property
    def _document(self) -> Path:
        """The newest that has a text, of an agency with neither many nor few."""
        publishing = _middle(self.content, "documents/*/*.md")
        return max(publishing.glob("documents/*/*.md"), key=lambda file: (_date(file), file.name))

    @property
    def _procedure(self) -> str:
        _, slug, _, code = self.targets.procedure.removesuffix(".yaml").split("/")
        return f"{slug}/thu-tuc/{code}"

    def _pages(self) -> Sequence[str]:
        _, slug, _, year, name = Path(self.targets.article).with_suffix("").parts
        below = [f"{slug}/tin-tuc/{year}/{name}/", f"{self._procedure}/", f"{slug}/", "", "thu-tuc/tat-ca/"]
        return [f"{address}index.html" for address in below]


def edit_mark(turn: int) -> str:
    """What stands at the end of an edited name."""
    return f"(sửa {turn})"


def marked(written: str, field: str, turn: int) -> str:
    """The YAML with the mark at the end of a field's text, of one line or folded over several; no older mark stays."""
    match = re.search(rf"^{field}: (.*(?:\n  .+)*)", written, re.MULTILINE)
    if match is None:
        raise PortalError(f"there is no field {field} to edit")
    value = re.sub(r" \(sửa \d+\)", "", match.group(1))
    quote = "'" if value.startswith("'") else ""
    value = f"{value.removesuffix(quote)} {edit_mark(turn)}{quote}"
    return f"{written[: match.start(1)]}{value}{written[match.end(1) :]}"
