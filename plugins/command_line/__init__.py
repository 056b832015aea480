"""`portal`: what Pelican has no word for. It reads the command line and calls the capabilities; it has no logic.

Each command imports what it needs as it runs: all that they need together takes more than a second to load, for which a
refresh every minute, a search or a gateway has no use.

Exit codes: 0 all is well, 1 there are problems in the content, 2 the command could not run; 128 and the signal's number
where a signal ended it, but 0 for `serve` and `gateway`, which end in no other way.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from plugins.command_line.arguments import parse
from plugins.command_line.console import PatientConsole, let_anything_be_written
from plugins.command_line.ending import told_to_end
from plugins.portal.problems import PortalError, SettingsError, text

if TYPE_CHECKING:
    from plugins.builder.reports import BuildReport

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
UNTIL_TOLD = ("serve", "gateway")
"""They run until they are told to end."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the return value is the process's exit code."""
    output = let_anything_be_written()
    language = None
    try:
        arguments = parse(argv)
        language = getattr(arguments, "lang", None)
        code = _carry_out(arguments)
    except SystemExit as end:  # of the parser: --help, or what it does not understand
        if output.refusal() is None:
            raise
        code = end.code if isinstance(end.code, int) else COULD_NOT_RUN
        arguments = argparse.Namespace(command="")
    if (refusal := output.refusal()) is not None:
        _say(_not_written(refusal), language)
        return code if arguments.command in UNTIL_TOLD else COULD_NOT_RUN
    return code


def _not_written(refusal: OSError) -> PortalError:
    from plugins.builder.refusals import reason

    return PortalError(
        text(
            "standard output cannot be written: {reason}; what was to be said there is lost, all else is as without it",
            reason=reason(refusal.errno or 0),
        )
    )


def _carry_out(arguments: argparse.Namespace) -> int:
    import plugins.collecting  # noqa: F401  # for a command, and not for whoever loads this module

    console = PatientConsole(stderr=arguments.command in ("schema",))
    commands = {
        "build": _build, "check": _check, "serve": _serve, "publish": _build, "schema": _schema, "corpus": _corpus,
        "search": _search, "search-report": _search_report, "search-log": _search_log, "dossiers": _dossiers,
        "import": _import,
        "bench": _bench, "gateway": _gateway, "server-files": _server_files, "alert": _alert,
        "releases": _releases, "rollback": _releases, "release": _releases, "verify": _releases, "status": _releases,
        "sync": _sync, "impact": _impact, "documents": _documents,
    }  # fmt: skip
    with told_to_end(asked_for=arguments.command in UNTIL_TOLD) as ending:
        try:
            return commands[arguments.command](arguments, console)
        except PortalError as error:
            _say(error, getattr(arguments, "lang", None))
            return COULD_NOT_RUN
        except KeyboardInterrupt:
            if not ending.asked_for:
                early = PortalError(text("ended by {signal} before it was done", signal=ending.name))
                _say(early, getattr(arguments, "lang", None))
            return ending.exit_code


def _say(error: PortalError, language: str | None = None) -> None:
    from plugins.languages import MESSAGES, load_catalogues

    # What is wrong with a setting is said by whose setting it is.
    capabilities = (MESSAGES, MESSAGES.with_name("gateway"), MESSAGES.with_name("dossiers"))
    message = error.render(load_catalogues(capabilities, language or "vi"))
    PatientConsole(stderr=True).print(f"portal: {message}", style="red", markup=False, highlight=False, soft_wrap=True)


def _settings(arguments: argparse.Namespace, **override: Any) -> dict[str, Any]:
    from plugins.command_line.settings import check_surroundings, read_portal_settings

    check_surroundings(getattr(arguments, "jobs", None))
    path = Path(arguments.settings)
    if not path.is_file():
        raise SettingsError(
            text("{path}: no such settings file; run the command in the project's root or use --settings", path=path)
        )
    # What is given on the command line begins where the command was started, not where the settings lie.
    given = {"PATH": getattr(arguments, "content", None), "OUTPUT_PATH": getattr(arguments, "output", None)}
    override |= {name: str(Path(value).absolute()) for name, value in given.items() if value is not None}
    if getattr(arguments, "allow_loss", False):
        override["PORTAL_ALLOW_LOSS"] = True
    if (commit := getattr(arguments, "commit", None)) is not None:
        if not commit:  # a variable of a script that says nothing
            raise SettingsError(text("--from: the name of the commit is empty; write one such as HEAD"))
        override["PORTAL_COMMIT"] = commit
    return read_portal_settings(path, override, given["PATH"])


def _get_ready(settings: dict[str, Any]) -> None:
    """Let the processes of a build load their libraries while this one loads its own, which takes as long.

    Not modules of somebody's own: in which way they fail is told by who reads their kinds.
    """
    import plugins.builder.building  # noqa: F401  # what is loaded here has not to be loaded there
    from plugins.builder.workers import Words, get_ready

    modules = [*settings["PORTAL_SITE_PLUGINS"], *settings["PORTAL_KINDS"]]
    if all(name.startswith("plugins.") for name in modules):
        get_ready(modules, Words.of(settings), forked=True)


def _run(
    settings: dict[str, Any],
    arguments: argparse.Namespace,
    console: Console,
    *,
    changes_only: bool = False,
    advice: bool = False,
) -> BuildReport:
    from plugins.builder.building import build_portal
    from plugins.builder.display import BuildDisplay
    from plugins.command_line.alerts import show_standing

    _get_ready(settings)
    display = BuildDisplay(console, arguments.lang or settings["DEFAULT_LANG"])
    with display.progress() as listener:
        report = build_portal(
            settings,
            tuple(arguments.sites),
            arguments.jobs,
            listener,
            profile=getattr(arguments, "profile", False),
            cluster=getattr(arguments, "executor", ""),
        )
    if report.release is not None:
        show_standing(settings)
    if advice and arguments.sites:
        report = report.of(arguments.sites)
    display.report(report, changes_only=changes_only, advice=advice)
    if report.profile is not None:
        display.profile(report.profile, report.seconds, PatientConsole(stderr=True))
    return report


def _exit_code(report: BuildReport) -> int:
    if report.release is None:
        return COULD_NOT_RUN  # nothing of this build is shown
    return PROBLEMS if report.problems else CLEAN


def _build(arguments: argparse.Namespace, console: Console) -> int:
    settings = _settings(arguments)
    if getattr(arguments, "destination", None) is not None:
        return _publish_to(arguments, settings, console)
    return _build_what_is_due(arguments, settings, console)


def _publish_to(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> int:
    from plugins.command_line.sending import send_live
    from plugins.releases.destination_kinds import destination_of

    destination = destination_of(arguments.destination)  # what cannot be meant is told before anything is built
    code = _build_what_is_due(arguments, settings, console)
    if code != COULD_NOT_RUN:
        send_live(destination, settings, console, arguments.lang)
    return code


def _build_what_is_due(arguments: argparse.Namespace, settings: dict[str, Any], console: Console) -> int:
    if getattr(arguments, "due", False):
        from plugins.command_line.due import something_is_due

        if not something_is_due(arguments, settings, console):
            return CLEAN
    return _exit_code(_run_with_figures(settings, arguments, console))


def _run_with_figures(settings: dict[str, Any], arguments: argparse.Namespace, console: Console) -> BuildReport:
    _get_ready(settings)
    from plugins.dossiers.portal_figures import PortalFigures

    figures = PortalFigures(settings, console, arguments.lang, partial(_say, language=arguments.lang))
    figures.fetch()
    report = _run(settings, arguments, console)
    figures.write()
    return report


def _check(arguments: argparse.Namespace, console: Console) -> int:
    """A build aside, as the public would see it: nothing that is shown changes."""
    from plugins.builder.folders import build_folder

    settings = _settings(arguments, PORTAL_PREVIEW=False, PORTAL_CHECK_DRAFTS=True)
    aside = build_folder(settings) / "check"
    # What would be lost is told by what is shown, and not by what was checked last.
    settings |= {"PORTAL_BUILD_PATH": str(aside), "PORTAL_SHOWN_BUILD_PATH": settings["PORTAL_BUILD_PATH"]}
    settings["PORTAL_SHOWN_OUTPUT_PATH"] = settings["OUTPUT_PATH"]
    if arguments.output is None:
        settings["OUTPUT_PATH"] = str(aside / "output")
        if arguments.content is not None:  # what the settings show is of another folder
            settings["PORTAL_SHOWN_OUTPUT_PATH"] = settings["OUTPUT_PATH"]
    report = _run(settings, arguments, console, advice=True)
    if arguments.log is not None:
        from plugins.command_line.searching import list_missed
        from plugins.search.log import LEAST

        list_missed(arguments.log, LEAST, settings, console)
    return _exit_code(report)


def _serve(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.serving import ServedPortal

    ServedPortal(arguments, console, _settings, _run, partial(_say, language=arguments.lang)).run()
    return CLEAN


def _schema(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.builder.kinds import load_kinds
    from plugins.portal.schemas import write_schemas

    kinds = load_kinds(_settings(arguments, PATH=".")["PORTAL_KINDS"])  # no content is needed
    for path in write_schemas(Path(arguments.folder), arguments.lang or "vi", kinds):
        console.print(str(path), highlight=False)
    return CLEAN


def _search(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.searching import search_portal

    search_portal(arguments, _settings(arguments), console)
    return CLEAN


def _search_report(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.searching import report_search

    report_search(arguments, _settings(arguments), console)
    return CLEAN


def _impact(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.documents import show_impact

    show_impact(arguments, _settings(arguments), console)
    return CLEAN


def _documents(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.kind == "store":
        from plugins.command_line.document_files import store_documents

        return CLEAN if store_documents(arguments, _settings(arguments), console) else PROBLEMS
    from plugins.command_line.signatures import verify_documents

    return CLEAN if verify_documents(arguments, console) else PROBLEMS


def _search_log(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.searching import sum_up_log

    sum_up_log(arguments, _settings(arguments), console)
    return CLEAN


def _dossiers(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.dossiers import refresh_dossiers

    return CLEAN if refresh_dossiers(arguments, _settings(arguments), console) else PROBLEMS


def _gateway(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.gateway import run_gateway

    run_gateway(arguments, console)
    return CLEAN


def _server_files(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.server_files import write_server_files

    return CLEAN if write_server_files(arguments, _settings(arguments), console) else PROBLEMS


def _alert(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.alerts import alert

    alert(arguments, _settings(arguments), console)
    return CLEAN


def _import(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.kind == "documents":
        from plugins.command_line.document_files import import_documents

        return CLEAN if import_documents(arguments, _settings(arguments), console) else PROBLEMS
    from plugins.command_line.importing import import_procedures

    return CLEAN if import_procedures(arguments, _settings(arguments), console) else PROBLEMS


def _releases(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line import releases

    # `--commit` of a question is none that is to be built.
    settings = _settings(argparse.Namespace(**{**vars(arguments), "commit": None}))
    if arguments.command == "status":
        return releases.ask_status(arguments, settings, console)
    if arguments.command == "verify":
        return CLEAN if releases.verify_release(arguments, settings, console) else PROBLEMS
    commands = {"releases": releases.show_releases, "rollback": releases.go_back, "release": releases.go_on}
    commands[arguments.command](arguments, settings, console)
    return CLEAN


def _sync(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.sending import send_live
    from plugins.releases.destination_kinds import destination_of

    destination = destination_of(arguments.destination)
    send_live(destination, _settings(arguments), console, arguments.lang, arguments.adopt)
    return CLEAN


def _bench(arguments: argparse.Namespace, console: Console) -> int:
    from plugins.command_line.benchmarking import bench_build, bench_gateway, bench_search

    if arguments.bench == "gateway":
        bench_gateway(arguments, console)
    elif arguments.bench == "build":
        bench_build(arguments, console)
    else:
        bench_search(arguments, _settings(arguments), console)
    return CLEAN


def _corpus(arguments: argparse.Namespace, console: Console) -> int:
    from rich.progress import Progress

    from plugins.builder.kinds import load_kinds
    from plugins.portal.schemas import write_schemas
    from tools.corpus import KINDS, CorpusPlan, write_corpus

    plan = CorpusPlan(
        agencies=arguments.agencies,
        procedures=arguments.procedures,
        news=arguments.news,
        pages=arguments.pages,
        documents=arguments.documents,
        seed=arguments.seed,
        procedures_from=arguments.procedures_from,
    )
    folder = Path(arguments.folder)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(str(folder), total=plan.files)
        summary = write_corpus(folder, plan, lambda written: bar.update(task, completed=written))
    write_schemas(folder / "schemas", kinds=load_kinds(KINDS))
    console.print(
        f"{folder}: {summary.files} files, {summary.procedures} procedures by level {summary.levels}", soft_wrap=True
    )
    for skipped in summary.records.skipped:
        console.print(
            f"{plan.procedures_from}:{skipped.line}: {skipped.code}: {skipped.reason}", markup=False, soft_wrap=True
        )
    return CLEAN
