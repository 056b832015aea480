"""The mistakes of editors that lie in `mistakes/`: each a file as it was written, and below a line what is to be told.

To add one: write a file there, `*.md` for a news item, `agency-*.yaml` or `procedure-*.yaml` for a record, and run
`python -m tests.portal.mistakes`, which puts below it what is told now. Then read that as its author would.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.articles.markup import Renderer
from plugins.languages import MESSAGES, load_catalogue
from plugins.portal.problems import Problem, in_order
from tests.portal.contents import AGENCY_RECORD, PAGE, SHOWN, ContentFolder

FOLDER = Path(__file__).parent / "mistakes"
TOLD = "=== được báo ===\n"
"""Stands between what was written and what is told."""


@dataclass(frozen=True)
class Mistake:
    """A file with something wrong in it."""

    path: Path

    @property
    def written(self) -> str:
        return self.path.read_text(encoding="utf-8").partition(TOLD)[0]

    @property
    def expected(self) -> str:
        return self.path.read_text(encoding="utf-8").partition(TOLD)[2]

    @property
    def inside(self) -> str:
        """Where it lies in an agency's folder."""
        if self.path.suffix == ".md":
            return f"news/2019/{self.path.name}"
        return "agency.yaml" if self.path.name.startswith("agency-") else "procedures/1.004616.yaml"

    def told(self) -> str:
        """What its author is told in Vietnamese, a line each; advice begins with `?`."""
        return self.told_of(self.written)

    def told_of(self, written: str) -> str:
        """The same where something else is written in the file."""
        with tempfile.TemporaryDirectory() as folder:
            content = ContentFolder.of(Path(folder) / "content")
            content.write("agency.yaml", AGENCY_RECORD)
            content.write("media/anh.png", b"\x89PNG\r\n")
            content.write("pages/gioi-thieu.md", PAGE)
            content.write("news/2019/tro.md", "---\ntitle: Trợ giúp\ndate: 2019-09-01\nsummary: S\n---\n")
            content.write(self.inside, written)
            site = content.load()
            renderer = Renderer(site, "", portal_url="https://haugiang.gov.vn")
            texts = [renderer.render(entry) for entry in (*site.texts.values(), *site.unread)]
        problems = [*site.problems, *(problem for text in texts for problem in text.problems)]
        advice = [*site.advice, *(advice for text in texts for advice in text.advice)]
        return "".join([*_lines("", problems), *_lines("? ", advice)])


def _lines(sign: str, problems: list[Problem]) -> list[str]:
    translate = load_catalogue(MESSAGES, "vi").gettext
    return [f"{sign}{problem.render(translate).replace(f'{SHOWN}/', '')}\n" for problem in in_order(problems)]


MISTAKES = [Mistake(path) for path in sorted(FOLDER.iterdir())]


def main() -> None:
    """Write down what is told now of every mistake."""
    for mistake in MISTAKES:
        mistake.path.write_text(mistake.written + TOLD + mistake.told(), encoding="utf-8")


if __name__ == "__main__":
    main()
