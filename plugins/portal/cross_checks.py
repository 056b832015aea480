"""What sites should know of each other, looked for when all are known; it keeps nothing from being shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from plugins.portal.identifiers import slugify
from plugins.portal.kinds import Kinds
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, text
from plugins.portal.record_files import AGENCY
from plugins.portal.shared import Shared
from plugins.portal.site_names import folder_of


def advice_between(
    manifests: Mapping[str, SiteManifest], content: str, kinds: Kinds, shared: Shared
) -> dict[str, tuple[Problem, ...]]:
    """For each site what others do that concerns it.

    `manifests` are those of the sites by slug, `content` is the content folder as people see it in reports; `shared` is
    what all sites read.
    """
    advice: dict[str, list[Problem]] = defaultdict(list)
    for slug, problem in chain(
        *(kind.between(manifests, shared, content) for kind in kinds),
        _names_of_others(manifests, content),
        _predecessors_that_are_there(manifests, content),
    ):
        advice[slug].append(problem)
    return {slug: tuple(problems) for slug, problems in sorted(advice.items())}


def _names_of_others(manifests: Mapping[str, SiteManifest], content: str) -> Iterator[tuple[str, Problem]]:
    """Agencies that have one name: citizens could not tell them apart."""
    namesakes: dict[str, list[str]] = defaultdict(list)
    for slug, manifest in manifests.items():
        if manifest.agency is not None and manifest.agency.lifecycle.state == "active":
            namesakes[slugify(manifest.agency.name)].append(slug)
    for slugs in namesakes.values():
        for slug in slugs if len(slugs) > 1 else ():
            others = ", ".join(other for other in slugs if other != slug)
            message = text("another agency has this name too: {others}", others=others)
            hint = text("give it a name of its own")
            path, line = f"{content}/{folder_of(slug)}/{AGENCY}", manifests[slug].name_line
            yield slug, Problem(path=path, line=line, field="name", message=message, hint=hint)


def _predecessors_that_are_there(manifests: Mapping[str, SiteManifest], content: str) -> Iterator[tuple[str, Problem]]:
    """Agencies that are to have no folder any more, and have one: their addresses are their own."""
    for slug, manifest in manifests.items():
        for predecessor in manifest.agency.predecessors if manifest.agency is not None else ():
            if predecessor in manifests and predecessor != slug:  # itself is told where the record is read
                message = text('"{slug}" has its folder still, and leads nobody on', slug=predecessor)
                hint = text("remove it here, or say in its own record what became of it (lifecycle)")
                path = f"{content}/{folder_of(slug)}/{AGENCY}"
                yield slug, Problem(path=path, line=None, field="predecessors", message=message, hint=hint)
