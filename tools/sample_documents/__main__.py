"""`python -m tools.sample_documents`: write all documents of the demonstration anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
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
    number = 0
    for folder, record in _documents(content):
        _write(target / folder, "../" * (folder.count("/") + 3), record)
        number += 1
    return number


@dataclass(frozen=True)
class Kept:
    """A document that is to have files."""

    folder: str
    """Of its site, in the content folder."""
    number: str
    title: str
    issued: date
    issuer: str
    signer: str
    files: Mapping[str, str]
    """By its place in the folder, what each is to be: `good`, `twice`, `altered`, `changed`, `untrusted`, `revoked`,
    `scanned` or `unsigned`."""

    def called(self, signer: str) -> Kept:
        """The same, signed by somebody else."""
        return replace(self, signer=signer)


def kept_documents(content: Path) -> Iterator[Kept]:
    """Those that are to have files, which are written by `signed_files`."""
    states = _wanted()["files"]
    for folder, record in _documents(content):
        issuer = record["issuers"][0] if "issuers" in record else {}
        wanted = states.get(folder.rpartition("/")[2], {}).get(record.get("number"))
        if wanted is not None:
            files = {file["file"]: wanted for file in record["files"]}
            yield Kept(
                folder, record["number"], record["title"], record["issued"], issuer["agency"], issuer["name"], files
            )


def _wanted() -> dict[str, Any]:
    wanted: dict[str, Any] = yaml.safe_load(WANTED.read_text("utf-8"))
    return wanted


def _documents(content: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """All of them, each with the folder of its site in the content folder."""
    wanted = _wanted()
    for record in wanted["province"]:
        yield "province", _with_files("province", record, wanted["files"])
    turns: Counter[int] = Counter()
    for folder in sorted((content / "agencies").iterdir()):
        agency = yaml.safe_load((folder / "agency.yaml").read_text("utf-8"))
        pairs = wanted["agencies"][agency["kind"]]
        turn = turns[id(pairs)]
        turns[id(pairs)] += 1
        own = [_of_agency(record, agency, turn) for record in pairs[turn % len(pairs)]]
        for record in (*own, *wanted["more"].get(folder.name, ())):
            yield f"agencies/{folder.name}", _with_files(folder.name, record, wanted["files"])


def _with_files(site: str, record: dict[str, Any], files: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The record with its file, where it is to have one."""
    state = files.get(site, {}).get(record.get("number", ""))
    if state is None:
        return record
    is_signed = state not in ("scanned", "unsigned")
    suffix, name = (".signed.pdf", "Bản ký số (mẫu)") if is_signed else (".pdf", "Bản chụp giấy (mẫu)")
    more: dict[str, Any] = {"files": [{"file": f"media/{slugify(record['number'])}{suffix}", "name": name}]}
    return {**record, **more, **({"scanned": True} if state == "scanned" else {})}


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
