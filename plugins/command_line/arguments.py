"""The words that `portal` understands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """The command line; docs/commands.md describes it, and a test holds them together."""
    root = argparse.ArgumentParser(prog="portal", description="Builds a province's web portal from its content folder.")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = _building(commands.add_parser("build", help="build what has changed"))
    _with_settings(build, "settings to build with")
    _with_profile(build)
    _with_commit(build)
    _with_executor(build)
    check = _building(commands.add_parser("check", help="build aside and report, change nothing"))
    _with_settings(check, "settings to build with")
    check.add_argument("--log", type=Path, metavar="FILE", help="an access log: list what was asked and has no page")
    serve = _building(commands.add_parser("serve", help="build, serve on this machine, build again on changes"))
    _with_settings(serve, "settings to build with")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    serve.add_argument("--bind", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (127.0.0.1)")
    publish = _building(commands.add_parser("publish", help="build for the public, with publishconf.py"))
    publish.add_argument("--due", action="store_true", help="only if something has fallen due since the last time")
    publish.add_argument(
        "--to", dest="destination", metavar="DEST", help="then send what is live there, as portal sync"
    )
    _with_settings(publish, "settings to build with", "publishconf.py")
    _with_profile(publish)
    _with_commit(publish)
    _with_executor(publish)
    _releases(commands)
    search = _searching(commands.add_parser("search", help="try a query on what the portal shows, ranked by lunr"))
    search.add_argument("query", nargs="+", metavar="WORD", help="with or without diacritics, or a code")
    search.add_argument("--limit", type=int, default=10, metavar="N", help="how many to list (10)")
    _with_index(search)
    search.add_argument("--site", metavar="SLUG", help="search one agency's site only")
    search.add_argument("--explain", action="store_true", help="show the clauses that the query became")
    report = _searching(commands.add_parser("search-report", help="how well search answers a suite of queries"))
    report.add_argument("suites", nargs="+", type=Path, metavar="FILE", help="files of queries")
    report.add_argument("--misses", action="store_true", help="list the queries not answered among the first three")
    impact = _searching(commands.add_parser("impact", help="list what rests on a document"))
    impact.add_argument("number", metavar="NUMBER", help="such as 12/2019/QĐ-UBND")
    impact.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")
    _documents(commands.add_parser("documents", help="files of documents"))
    log = _searching(commands.add_parser("search-log", help="what was looked for and not found, by a server's log"))
    log.add_argument("log", type=Path, metavar="FILE", help="an access log, also gzipped; - is standard input")
    log.add_argument("--least", type=int, default=3, metavar="N", help="list what was asked so often (3)")
    _dossiers(commands.add_parser("dossiers", help="figures of the service backend"))
    gateway = commands.add_parser("gateway", help="answer for dossiers from a database, as GATEWAY_... settings say")
    gateway.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")
    gateway.add_argument(
        "--ends-with-input", action="store_true", help="end when standard input does: for a program that starts it"
    )
    _server_files(commands.add_parser("server-files", help="write files for nginx, static hosts and systemd"))
    _alert(commands.add_parser("alert", help="say, end or list emergency notices, without a build"))
    schema = commands.add_parser("schema", help="write the JSON Schemas of content files")
    schema.add_argument(
        "folder", nargs="?", default="content/schemas", metavar="DIR", help="where to (content/schemas)"
    )
    _with_settings(schema, "settings that name kinds of content")
    schema.add_argument("--lang", choices=("vi", "en"), help="language of descriptions (vi)")
    corpus = commands.add_parser("corpus", help="write a made-up content folder of any size")
    corpus.add_argument("folder", metavar="DIR", help="the folder to write; must not exist or be an older corpus")
    for name, default in (
        ("agencies", 50),
        ("procedures", 1930),
        ("news", 10_000),
        ("pages", 1_000),
        ("documents", 0),
        ("seed", 1),
    ):
        corpus.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"({default})")
    corpus.add_argument("--procedures-from", type=Path, metavar="FILE", help="take real records from JSON lines")
    _benches(commands.add_parser("bench", help="measure what builds, searches and statistics take"))
    _importing(commands.add_parser("import", help="take in records that others keep"))
    return root


def _releases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _of_releases(commands.add_parser("releases", help="list the releases that there are"))
    rollback = _of_releases(commands.add_parser("rollback", help="show an older release again, and hold it"))
    rollback.add_argument("release", nargs="?", metavar="ID", help="which, by the beginning of its id (the one before)")
    _of_releases(commands.add_parser("release", help="hold no release any more, and show the newest"))
    verify = _of_releases(commands.add_parser("verify", help="compare a release with its record, file by file"))
    verify.add_argument("release", nargs="?", metavar="ID", help="which, by the beginning of its id (the live one)")
    verify.add_argument("--signers", type=Path, metavar="FILE", help="who may have signed it, as ssh-keygen has them")
    sync = _of_releases(commands.add_parser("sync", help="send what is live somewhere else: only what changed"))
    sync.add_argument("destination", metavar="DEST", help="a folder, a host (host:/srv/www) or a storage (s3://…)")
    sync.add_argument("--adopt", action="store_true", help="take a folder whose files we did not send; replace those")
    status = commands.add_parser("status", help="say whether a commit or a file is live at an address, or why not")
    status.add_argument("url", metavar="URL", help="the portal's address, such as https://portal.example.vn")
    status.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a file of the content, as it lies here")
    status.add_argument("--commit", metavar="COMMIT", help="a git commit")
    status.add_argument("--content", metavar="DIR", help="the content folder")
    _with_settings(status, "settings to read")
    status.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _of_releases(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--output", metavar="DIR", help="where the portal appears")
    _with_settings(command, "settings to read", "publishconf.py")
    command.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")
    return command


def _server_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="DIR", help="where to")
    command.add_argument("--user", default="portal", metavar="NAME", help="who publishes (portal)")
    _with_settings(command, "settings of the portal in public", "publishconf.py")
    command.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _alert(command: argparse.ArgumentParser) -> None:
    command.add_argument("words", nargs="?", metavar="TEXT", help="the notice, plain text; all are listed without it")
    command.add_argument("--level", choices=("info", "warning", "danger"), default="warning", help="(warning)")
    command.add_argument("--agency", metavar="SLUG", help="on the pages of this agency only")
    command.add_argument("--until", metavar="TIME", help="its end, such as '2026-12-01 18:00'")
    command.add_argument("--end", action="store_true", help="take it away now")
    command.add_argument(
        "--output", dest="outputs", action="append", metavar="DIR", help="a built portal to write to (that of settings)"
    )
    _with_settings(command, "settings of the portal in public", "publishconf.py")
    command.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _documents(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND")
    verify = kinds.add_parser("verify", help="check the signatures of PDF files, offline")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a PDF file")
    verify.add_argument("--trust", type=Path, metavar="DIR", help="certificates that are trusted, and revocation lists")
    verify.add_argument("--json", action="store_true", help="print the evidence as JSON, a line for each file")
    verify.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")
    store = kinds.add_parser("store", help="put large files into the store, and pointers in their place")
    store.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file of media/, or a copy of one")
    store.add_argument("--content", metavar="DIR", help="the content folder")
    _with_settings(store, "settings to read")
    store.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _dossiers(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND")
    refresh = kinds.add_parser("refresh", help="fetch the newest figures and write live/dossiers.json")
    refresh.add_argument(
        "--output", dest="outputs", action="append", metavar="DIR", help="a built portal to write to (that of settings)"
    )
    _with_settings(refresh, "settings to read")
    refresh.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _searching(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--content", metavar="DIR", help="the content folder")
    _with_settings(command, "settings to read")
    return command


def _with_index(command: argparse.ArgumentParser) -> None:
    # Its names are looked up when the command runs: search takes a while to load.
    command.add_argument("--in", dest="index", metavar="INDEX", help="search this index (that of procedures)")


def _benches(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(dest="bench", required=True, metavar="KIND")
    search = kinds.add_parser("search", help="bytes, requests and time of queries, beside Pagefind")
    search.add_argument("--output", metavar="DIR", help="the built portal (that of the settings)")
    _with_index(search)
    search.add_argument("--query", metavar="TEXT", help="the query to an empty cache (several of its own)")
    search.add_argument("--second", metavar="TEXT", help="the next query on the same page; with --query")
    _with_settings(search, "settings to read")
    gateway = kinds.add_parser("gateway", help="what statistics over many dossiers take, and a refresh")
    gateway.add_argument("--dossiers", type=int, default=1_000_000, metavar="N", help="how many are made up (1000000)")
    gateway.add_argument("--seconds", type=float, default=5.0, metavar="S", help="how long each rate is measured (5)")
    build = kinds.add_parser("build", help="what builds take after each kind of edit, beside Hugo")
    build.add_argument("--scale", type=float, default=1.0, metavar="X", help="1 is 50 agencies and 13,000 records (1)")
    build.add_argument("--runs", type=int, default=5, metavar="N", help="how often all is measured, in turn (5)")
    build.add_argument("--json", type=Path, metavar="FILE", help="write all runs there")
    build.add_argument("--markdown", action="store_true", help="print the table of docs/performance.md")
    build.add_argument("--folder", type=Path, metavar="DIR", help="work there, and leave it (a temporary folder)")


def _importing(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(dest="kind", required=True, metavar="KIND")
    procedures = kinds.add_parser("procedures", help="procedures of the national database: JSON, CSV or XLSX")
    procedures.add_argument("files", nargs="+", metavar="FILE", help="a file of records, also gzipped")
    procedures.add_argument("--into", metavar="SLUG", help="whose folder new ones go to: an agency's, or province")
    procedures.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    procedures.add_argument("--overwrite", action="store_true", help="replace what editors changed, and say so")
    procedures.add_argument("--content", metavar="DIR", help="the content folder")
    _with_settings(procedures, "settings to read")
    procedures.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")

    documents = kinds.add_parser("documents", help="documents: edXML, Word, PDF, or lists as CSV or XLSX")
    documents.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a package, a document or a list")
    documents.add_argument("--from", dest="folder", metavar="DIR", help="take what is new in this folder instead")
    documents.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="what the file does not say: issued=2019-09-05",
    )
    documents.add_argument("--into", metavar="SLUG", help="whose folder they go to: an agency's, or province")
    documents.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    documents.add_argument("--content", metavar="DIR", help="the content folder")
    _with_settings(documents, "settings to read")
    documents.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")


def _with_settings(command: argparse.ArgumentParser, help_text: str, default: str = "pelicanconf.py") -> None:
    command.add_argument("--settings", default=default, metavar="FILE", help=help_text)


def _with_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profile", action="store_true", help="say where the time went, by stage and site")


def _with_commit(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="commit", metavar="COMMIT", help="build what this git commit has")


def _with_executor(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--executor", default="", metavar="ADDRESS", help="compile on a Dask cluster: dask://HOST:PORT"
    )


def _building(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("sites", nargs="*", metavar="SITE", help="build these agencies only (and the province)")
    command.add_argument("--jobs", type=int, metavar="N", help="sites compiled at a time (one for each processor)")
    command.add_argument("--content", metavar="DIR", help="the content folder")
    command.add_argument("--output", metavar="DIR", help="where the portal appears")
    command.add_argument("--allow-loss", action="store_true", help="go on although much of what is shown disappears")
    command.add_argument("--lang", choices=("vi", "en"), help="language of messages (vi)")
    return command


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    return parser().parse_args(argv)
