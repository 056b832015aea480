"""`python -m tools.sample_documents`: write all documents of the demonstration anew."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from plugins.portal.identifiers import slugify

CONTENT = Path(__file__).parents[2] / "content"
WANTED = Path(__file__).with_name("wanted.yaml")
SCHEMA = "# yaml-language-server: $schema={up}schemas/document.schema.json\n"
SIGNER = "Nguyễn Văn Mẫu"
DAYS = 12
"""Over which documents of one kind are spread."""


def main(content: Path = CONTENT, target: Path = CONTENT) -> int:
    """Write the documents of the province and of the agencies of `content` below `target`; how many there are."""
    wanted = yaml.safe_load(WANTED.read_text("utf-8"))
    number = 0
    for record in wanted["province"]:
        _write(target / "province", "../../../", record)
        number += 1
    turns: Counter[int] = Counter()
    for folder in sorted((content / "agencies").iterdir()):
        agency = yaml.safe_load((folder / "agency.yaml").read_text("utf-8"))
        pairs = wanted["agencies"][agency["kind"]]
        turn = turns[id(pairs)]
        turns[id(pairs)] += 1
        own = [_of_agency(record, agency, turn) for record in pairs[turn % len(pairs)]]
        for record in (*own, *wanted["more"].get(folder.name, ())):
            _write(target / "agencies" / folder.name, "../../../../", record)
            number += 1
    return number


def _of_agency(record: dict[str, Any], agency: dict[str, Any], turn: int) -> dict[str, Any]:
    """A document of an agency: its number has the agency's abbreviation, and it comes some days later than others'."""
    later = timedelta(days=turn % DAYS)
    days = {name: day + later for name, day in record.items() if name in ("issued", "effective_from")}
    short = "".join(letter for letter in agency.get("short_name", "UBND") if letter.isalnum() or letter == "&")
    issuer = {"agency": agency["name"], "position": agency.get("head", {}).get("office", "Thủ trưởng"), "name": SIGNER}
    return {**record, **days, "number": f"{record['number']}-{short}", "issuers": [issuer]}


def _write(folder: Path, up: str, record: dict[str, Any]) -> None:
    """A record, or a text below it."""
    fields = {name: value for name, value in record.items() if name != "text"}
    year = str(record["issued"])[:4]
    name = slugify(record.get("number") or record["title"].removesuffix(" (mẫu)"))[:60].strip("-")
    written = SCHEMA.format(up=up) + yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)
    path = folder / "documents" / year / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if "text" in record:
        path.with_name(f"{name}.md").write_text(f"---\n{written}---\n{record['text']}", encoding="utf-8")
    else:
        path.with_name(f"{name}.yaml").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    print(main())
