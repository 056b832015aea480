"""What a build takes and finds out before it begins: all that comes later works from what is taken here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.builder.claims import Claims, ClaimsMemory, settle_claims
from plugins.builder.commit_tree import check_out
from plugins.builder.compile_stage import CompileStage
from plugins.builder.content_history import CodedFiles, ContentHistory, read_history
from plugins.builder.digests import code_digest, engine_digest
from plugins.builder.folders import CACHE, ENGINE, build_folder, content_display_path, memory, pictures, root
from plugins.builder.former_addresses import AddressedFiles, Present, RenameMemory, former_addresses
from plugins.builder.jobs import Workplace
from plugins.builder.kinds import load_kinds
from plugins.builder.loss import check_sites
from plugins.builder.refusals import breakdown
from plugins.builder.reports import BuildReport, Journal, SiteReport
from plugins.builder.shown import agencies_shown
from plugins.builder.site_settings import addresses_of_each_site, portable, run_plugins, shaping
from plugins.builder.sources import (
    CheckedShared,
    SharedRecords,
    Sources,
    check_shared,
    settled_agencies,
    shared_in_force,
    take_sources,
)
from plugins.builder.store import SiteStore
from plugins.builder.trust import NAMES, check_trust, trust_in_force
from plugins.builder.workers import WorkerDeniedError, WorkerError
from plugins.portal.alerts import alerts_folder, standing_alerts
from plugins.portal.kinds import Kinds
from plugins.portal.problems import PortalError, Problem, did_you_mean, text
from plugins.portal.record_files import PROVINCE_RECORD
from plugins.portal.site_names import PROVINCE, STORED_PROVINCE
from plugins.portal.stages import in_stage
from plugins.releases.showing import check_output

COMMIT = "commit"
"""In a build's memory: the files of the commit that is built, where it is one."""


@dataclass(frozen=True)
class Prepared:
    """A build that can begin. The province's own folder has the empty slug."""

    settings: Mapping[str, Any]
    memory: Path
    """The folder in which builds of this content remember."""
    sources: Sources
    history: ContentHistory
    former: Mapping[str, str]
    """By an address that a page or file had before it was renamed, the one that it has now."""
    claims: Claims
    kinds: Kinds
    stage: CompileStage
    journal: Journal
    scheduled: tuple[datetime, ...]
    """When the passing of time changes the records that all sites share, in Vietnam, without a zone; in order."""
    commit: str
    """The full name of the commit that is built; empty where it is what lies in the folder."""

    def store(self, name: str) -> SiteStore:
        """The store of a site, or of linked pages."""
        return self.stage.workplace.store(name)


@in_stage("sources")
def prepare(
    settings: Mapping[str, Any],
    only: Sequence[str],
    journal: Journal,
    executor: Executor,
    changing: Callable[[], None],
    *,
    profile: bool,
) -> Prepared | BuildReport:
    """Take the sources and find out what they are: all that comes later works from what is taken here.

    `changing` is called as soon as there is a change, which is before anybody knows what follows from it.

    Where no site can be built, for the records that all of them share were never good, they are read to tell what is
    wrong besides; a report is given where these records bring down the process that reads them.
    """
    check_output(Path(settings["OUTPUT_PATH"]))
    settings = {**settings, "PORTAL_HANDBOOK": _handbook(settings)}
    kinds = load_kinds(settings["PORTAL_KINDS"])
    content, kept = Path(settings["PATH"]), memory(settings)
    tree = check_out(content, settings["PORTAL_COMMIT"], kept / COMMIT) if settings["PORTAL_COMMIT"] else None
    if tree is not None:
        content, settings = tree.of(content), tree.settings(settings)
    sources = take_sources(settings, content, kept / "snapshot", content_display_path(settings), kinds, changing)
    known = build_folder(settings) / ENGINE
    engine = engine_digest(sources.theme.fingerprint, _overrides(settings), shaping(settings), known)
    breakdowns: list[Problem] = []
    shared, problems = shared_in_force(sources, kept / "shared", engine, partial(_checked, executor, breakdowns))
    only_read = shared is None
    if shared is None:
        if breakdowns:
            return _nothing_to_build(problems)
        shared = SharedRecords(sources.content, f"none {sources.province.fingerprint}", ())
    trust, untrusted = trust_in_force(sources, kept / "trust", engine, partial(_trust_checked, executor))
    claims = settle_claims(sources, content, shared.protocol, ClaimsMemory(kept, engine))
    sources = sources.without(claims.refused)
    _check_names(only, sources.agencies)
    if not settings["PORTAL_ALLOW_LOSS"] and not only_read:
        check_sites(agencies_shown(settings), sources.agencies, shared.protocol, partial(settled_agencies, sources))
    journal.blame(
        PROVINCE, *sources.problems, *claims.refused.values(), *claims.problem_of_history(sources.display_path)
    )
    for slug, doubled in claims.problems.items():
        journal.blame(slug, *doubled)
    history = _history(content, kept, sources, claims)
    code = code_digest(shaping(settings), known)
    now = datetime.now(ZoneInfo(settings["TIMEZONE"]))
    workplace = Workplace(
        content=str(sources.content),
        shared=str(shared.folder),
        display_path=sources.display_path,
        stores=str(kept / "sites"),
        code=code,
        engine=engine,
        cache=str(build_folder(settings) / CACHE),
        pictures=str(pictures(settings)),
        shared_fingerprint=shared.fingerprint_at(now.replace(tzinfo=None)),
        now=now.replace(tzinfo=None),
        settings=_settings_of_jobs(settings, sources),
        profile=profile,
        alerts=standing_alerts(alerts_folder(settings), now),
        trust=str(trust.folder) if trust.fingerprint else "",
        trust_fingerprint=trust.fingerprint,
    )
    stage = CompileStage(
        workplace=workplace,
        sources=sources,
        history=history,
        journal=journal,
        notes=kept,
        only=frozenset(only),
        taken=claims.pages_that_agencies_have,
        others_codes=claims.doubled,
        refused={PROVINCE: (*problems, *untrusted)} if problems or untrusted else {},
        only_read=only_read,
    )
    former = _former(content, settings, sources, RenameMemory(kept / "renames.json", code))
    commit = tree.commit if tree else ""
    return Prepared(settings, kept, sources, history, former, claims, kinds, stage, journal, shared.scheduled, commit)


def _nothing_to_build(problems: tuple[Problem, ...]) -> BuildReport:
    """The report of a build that ended before it began."""
    return BuildReport((SiteReport(STORED_PROVINCE, "left out", 0, 0.0, problems),), None, 0.0)


def _checked(executor: Executor, breakdowns: list[Problem], content: str, display_path: str) -> str:
    """What a check of the shared records says; a process that breaks down over them is a problem of theirs."""
    try:
        return executor.submit(check_shared, content, display_path).result()
    except WorkerDeniedError:
        raise
    except WorkerError as error:
        problem = breakdown(f"{display_path}/{STORED_PROVINCE}/{PROVINCE_RECORD}", error)
        breakdowns.append(problem)
        return CheckedShared(problems=(problem,)).model_dump_json()


def _trust_checked(executor: Executor, folder: str) -> str:
    """Which of the certificates cannot be read; where they bring down the process that reads them, none can."""
    try:
        return executor.submit(check_trust, folder).result()
    except WorkerDeniedError:
        raise
    except WorkerError:
        return NAMES.dump_json(sorted(path.name for path in Path(folder).iterdir())).decode()


def _check_names(only: Sequence[str], agencies: Collection[str]) -> None:
    for slug in only:
        if slug not in agencies and slug != STORED_PROVINCE:
            hint = did_you_mean(slug, [*agencies, STORED_PROVINCE])
            raise PortalError(text('unknown agency "{slug}" ({hint})', slug=slug, hint=hint))


def _settings_of_jobs(settings: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    """Plain values, with the copies that the build took in the place of what people go on editing."""
    return portable(settings) | {
        "PORTAL_BUILD_PATH": str(build_folder(settings)),
        "THEME": str(sources.theme.folder),
        "DOSSIER_STATE_PATH": str(sources.figures.folder),
    }


def _handbook(settings: Mapping[str, Any]) -> str:
    """The text of the editors' handbook; empty where the portal has none, as one whose settings lie elsewhere."""
    name = settings["PORTAL_HANDBOOK"]
    if not name or not settings["PORTAL_PREVIEW"]:
        return ""
    try:
        return Path(root(settings), name).read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        message = text("the handbook cannot be read: {file} (see the setting PORTAL_HANDBOOK)", file=name)
        raise PortalError(message) from error


def _overrides(settings: Mapping[str, Any]) -> list[Path]:
    return [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]


def _history(content: Path, kept: Path, sources: Sources, claims: Claims) -> ContentHistory:
    """What became of the files that are named after codes; empty where there are no such kinds of content."""
    files = CodedFiles([kind.folder for kind in sources.kinds.coded])
    present = {(slug, code) for slug, code in sources.coded_files if code not in claims.others_codes(slug)}
    return read_history(content, kept / "history.json", files, present=present)


def _former(content: Path, settings: Mapping[str, Any], sources: Sources, memory: RenameMemory) -> dict[str, str]:
    """The addresses that pages and files had before they were renamed, each with the one that it has now."""
    files = AddressedFiles(sources.kinds, addresses_of_each_site(run_plugins(settings)))
    return former_addresses(content, files, Present(sources.content, sources.fingerprint), memory)
