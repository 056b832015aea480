"""What came of two builds of the same content, and what of it is not the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.builder.reports import BuildReport
from plugins.portal.problems import PortalError
from tests.provinces import SmallProvince

ALL_SITES = {"province", "portal"}
"""What is no agency in a report: their pages are about all of them."""


@dataclass(frozen=True)
class Built:
    """What came of a build, as people meet it."""

    files: Mapping[str, bytes]
    """Nothing where nothing can be shown."""
    outcomes: Mapping[str, str]
    """By site, as reports name it."""
    problems: Mapping[str, Sequence[str]]
    advice: Mapping[str, Sequence[str]]
    note: str = ""
    error: str = ""
    """Why nothing was built at all."""

    @classmethod
    def of(cls, province: SmallProvince, build: Callable[[], BuildReport]) -> Built:
        """What `build` makes of the province."""
        try:
            report = build()
        except PortalError as error:
            return cls({}, {}, {}, {}, error=str(error).replace(str(province.content), "content"))
        slugs = [site.slug for site in report.sites]
        return cls(
            files=province.files() if report.release else {},
            outcomes={site.slug: site.outcome for site in report.sites},
            problems={slug: province.problems(report.of([slug])) for slug in slugs},
            advice={slug: province.advice(report.of([slug])) for slug in slugs},
            note=report.note.render() if report.note else "",
        )

    @property
    def left_out(self) -> set[str]:
        return {slug for slug, outcome in self.outcomes.items() if outcome == "left out"}

    @property
    def kept(self) -> set[str]:
        """Sites of which the newest version is not what is shown."""
        return {slug for slug, outcome in self.outcomes.items() if outcome not in ("built", "unchanged")}


def differences(incremental: Built, clean: Built, words: Mapping[str, Iterable[str]]) -> list[str]:
    """What the two say otherwise, a line each; nothing where they are the same.

    A clean build has no last good versions. Where it leaves sites out, the problems of all sites are compared, and of
    the pages those at addresses of other agencies, as far as they do not speak of a site that is left out: `words` has
    by site what tells.
    """
    if incremental.error or clean.error:
        same = incremental.error == clean.error
        return [] if same else [f"error: {incremental.error!r}, clean: {clean.error!r}"]
    if clean.outcomes.keys() == {"province"}:  # nothing can be built: the other has older records in force
        untold = set(clean.problems["province"]) - set(incremental.problems["province"])
        return [f"not told: {problem}" for problem in sorted(untold)]
    found = _otherwise("problems", incremental.problems, clean.problems)
    left_out = clean.left_out
    found += [f"{slug} is {incremental.outcomes[slug]}, and in order" for slug in sorted(incremental.kept - left_out)]
    if left_out:
        told = [word.encode() for slug in sorted(left_out) for word in words.get(slug, (f"/{slug}/",))]
        homes = tuple(f"{slug}/" for slug in clean.outcomes.keys() - left_out - ALL_SITES)
        return found + (_of_others(incremental.files, clean.files, homes, told) if clean.files else [])
    found += _otherwise("advice", incremental.advice, clean.advice)
    if incremental.note != clean.note:
        found.append(f"note: {incremental.note!r}, clean: {clean.note!r}")
    return found + _of_files(incremental.files, clean.files)


def _otherwise(what: str, one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        f"{what} of {slug}: {list(one.get(slug, ()))}, clean: {list(other.get(slug, ()))}"
        for slug in sorted(one.keys() | other.keys())
        if list(one.get(slug, ())) != list(other.get(slug, ()))
    ]


def _of_others(
    one: Mapping[str, bytes], other: Mapping[str, bytes], homes: tuple[str, ...], words: Sequence[bytes]
) -> list[str]:
    """The differing files below these homes in which none of these words stands, in either build."""

    def speaks(name: str) -> bool:
        # A compressed copy differs where what it is a copy of does.
        return name.endswith(".gz") or any(word in files.get(name, b"") for files in (one, other) for word in words)

    names = {name for name in one.keys() | other.keys() if name.startswith(homes) and not speaks(name)}
    first, second = ({name: files[name] for name in names & files.keys()} for files in (one, other))
    return _of_files(first, second)


def _of_files(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    names = sorted(one.keys() | other.keys())
    return [_line(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)]


def _line(name: str, one: bytes | None, other: bytes | None) -> str:
    """The first place at which a file differs."""
    if one is None or other is None:
        return f"{name}: only {'clean' if one is None else 'incremental'}"
    shorter = min(len(one), len(other))
    place = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    shown = [content[max(0, place - 60) : place + 100].decode(errors="replace") for content in (one, other)]
    return f"{name}: at byte {place}: {shown[0]!r}, clean: {shown[1]!r}"
