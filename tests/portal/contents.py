"""The smallest content folder that can be read, with one agency to write hostile and honest files into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.builder.kinds import load_kinds
from plugins.portal.problems import Problem, Translate
from plugins.portal.shared import Shared
from plugins.portal.shared_reading import load_shared
from plugins.portal.site_reading import load_site
from plugins.portal.sites import Site
from tests.provinces import CAPABILITIES

KINDS = load_kinds(CAPABILITIES)
AGENCY = "so-y-te"
SHOWN = f"content/agencies/{AGENCY}"

PROVINCE_RECORD = "name: Tỉnh Thử\nsite_name: Cổng thử\nsummary: Để thử.\nurl: https://thu.example\n"
FIELDS_RECORD = "fields:\n  - slug: ho-tich\n    name: Hộ tịch\n  - slug: duoc-pham\n    name: Dược phẩm\n"
AGENCY_RECORD = "name: Sở Y tế\nkind: department\nsummary: Về y tế.\n"
PAGE = "---\ntitle: Trang\n---\n"
ARTICLE = "---\ntitle: Tin\ndate: 2019-09-24\nsummary: Tin vắn.\n---\n"
PROCEDURE = "code: '1.004616'\nname: Cấp chứng chỉ\nfield: duoc-pham\nperformed_by: [province]\n"


@dataclass(frozen=True)
class ContentFolder:
    """A content folder of its own."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> ContentFolder:
        content = cls(folder)
        (folder / "province").mkdir(parents=True)
        (folder / "province" / "province.yaml").write_text(PROVINCE_RECORD, encoding="utf-8")
        (folder / "province" / "fields.yaml").write_text(FIELDS_RECORD, encoding="utf-8")
        content.write("agency.yaml", AGENCY_RECORD)
        return content

    @property
    def agency(self) -> Path:
        return self.folder / "agencies" / AGENCY

    def write(self, inside: str, written: str | bytes) -> Path:
        """Write a file of the agency."""
        path = self.agency / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        return path

    def write_province(self, inside: str, written: str) -> Path:
        """Write a file of the province."""
        path = self.folder / "province" / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
        return path

    def shared(self) -> Shared:
        shared, problems = load_shared(self.folder, "content")
        assert shared is not None, problems
        return shared

    def load(
        self, slug: str = AGENCY, *, drafts: bool = True, agencies: tuple[str, ...] = (), now: datetime = datetime.max
    ) -> Site:
        return load_site(
            self.folder, "content", slug, self.shared(), drafts=drafts, now=now, agencies=agencies, kinds=KINDS
        )

    def problems(self, slug: str = AGENCY, translate: Translate = str) -> list[str]:
        """What an editor of the site is told, without the folder that all paths begin with."""
        return said(self.load(slug).problems, translate)


def said(problems: tuple[Problem, ...] | list[Problem], translate: Translate = str) -> list[str]:
    """Problems as people read them, the agency's folder left out."""
    return [problem.render(translate).replace(f"{SHOWN}/", "") for problem in problems]
