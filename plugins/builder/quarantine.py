"""Which sites are not shown as their folders say, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.builder.jobs import LinkOutcome
from plugins.builder.preparation import Prepared
from plugins.portal.manifest import SiteManifest
from plugins.portal.problems import Problem, in_order
from plugins.portal.site_names import PORTAL, PROVINCE, stored
from plugins.releases.records import MOST_PROBLEMS, QuarantinedSite


def problems_of(build: Prepared, slug: str, outcome: LinkOutcome | None) -> tuple[Problem, ...]:
    """What is wrong with a site's newest version, also where linking did not come to its end."""
    new = build.store(stored(slug)).manifest(build.stage.versions.get(slug, ""))
    told = _told(outcome, slug, new)
    if outcome is not None and slug == PROVINCE:
        told = [*told, *(problem for problems in sites_gone(build, outcome).values() for problem in problems)]
    return in_order([*build.journal.problems.get(slug, ()), *told])


def sites_gone(build: Prepared, outcome: LinkOutcome) -> dict[str, tuple[Problem, ...]]:
    """The sites that have no folder and are shown as they were, for their addresses would lead nowhere."""
    return {slug: told for slug, told in outcome.problems.items() if slug not in build.stage.slugs}


def _told(outcome: LinkOutcome | None, slug: str, new: SiteManifest | None) -> Sequence[Problem]:
    if outcome is not None:
        return outcome.problems.get(slug, ())
    return new.problems if new else ()


def quarantined_sites(build: Prepared, outcome: LinkOutcome) -> tuple[QuarantinedSite, ...]:
    """The sites whose newest version is not in what was linked, and the pages about all where they have problems."""
    return tuple(sorted(_quarantined(build, outcome), key=lambda site: site.site))


def _quarantined(build: Prepared, outcome: LinkOutcome) -> Iterator[QuarantinedSite]:
    for slug in build.stage.slugs:
        problems = problems_of(build, slug, outcome)
        is_shown = slug in outcome.digests
        if problems and not (is_shown and outcome.digests[slug] == build.stage.versions.get(slug)):
            yield _site(build, stored(slug), problems, kept=is_shown)
    for slug, problems in sites_gone(build, outcome).items():
        yield _site(build, stored(slug), problems, kept=True)
    for slug, problem in build.claims.refused.items():
        yield _site(build, stored(slug), (problem,), kept=False)
    if of_all := in_order(build.journal.problems.get(PORTAL, ())):
        yield _site(build, PORTAL, of_all, kept=True)


def _site(build: Prepared, name: str, problems: Sequence[Problem], *, kept: bool) -> QuarantinedSite:
    return QuarantinedSite(
        site=name,
        kept=kept,
        problems=tuple(_as_published(build, problem) for problem in problems[:MOST_PROBLEMS]),
        more=max(0, len(problems) - MOST_PROBLEMS),
    )


def _as_published(build: Prepared, problem: Problem) -> Problem:
    """A problem without what the public has no use for: where the content lies on this machine."""
    folder = build.sources.display_path
    if not problem.path.startswith(f"{folder}/"):
        return problem
    return problem.model_copy(update={"path": f"{Path(folder).name}{problem.path[len(folder) :]}"})
