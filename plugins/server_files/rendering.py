"""The files as text: templates beside this module, filled with values and with the headers that the portal has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins.portal.addresses import API_NOTHING, LOOKUP
from plugins.portal.http_headers import (
    ASK_FIRST,
    CONTENT_TYPES,
    FOR_A_YEAR,
    FOR_AN_HOUR,
    HEADERS,
    NAMED_TYPES,
    NEVER_KEPT,
    POLICY,
    UNKNOWN_TYPE,
    policy_that_lets_ask,
)
from plugins.portal.release_names import TO_FILES, TO_PAGES
from plugins.server_files.static_hosts import header_rules
from plugins.server_files.values import ServerValues

TEMPLATES = Path(__file__).parent / "templates"
_CHARSET = "; charset=utf-8"
_FILES = (
    "nginx/portal.conf",
    "nginx/portal-brotli.conf",
    "static-host/_headers",
    "systemd/portal-publish.service",
    "systemd/portal-publish.timer",
    "systemd/portal-due.service",
    "systemd/portal-due.timer",
    "systemd/portal-dossiers.service",
    "systemd/portal-dossiers.timer",
    "systemd/portal-documents.service",
    "systemd/portal-documents.timer",
    "systemd/portal-gateway.service",
)


def rendered(values: ServerValues) -> dict[str, str]:
    """Every file by its path in the folder that they are written into."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # no HTML: values are held to what may stand there, and quoted by filters
    )
    environment.filters |= {"quoted": _quoted, "folders": _folders}
    context = _context(values)
    return {file: environment.get_template(f"{file}.j2").render(context) for file in _FILES}


def _context(values: ServerValues) -> Mapping[str, object]:
    types, with_charset = _types()
    named = [kind.removesuffix(_CHARSET) for kind in NAMED_TYPES.values()]
    return {
        "values": values,
        "policy": policy_that_lets_ask("$portal_look_up"),
        "headers": {name: value for name, value in HEADERS.items() if name != POLICY},
        "types": types,
        "with_charset": [*with_charset, *named],
        "named_types": {name: kind.removesuffix(_CHARSET) for name, kind in NAMED_TYPES.items()},
        "nothing": API_NOTHING,
        "unknown_type": UNKNOWN_TYPE,
        "look_up": LOOKUP,
        "to_pages": TO_PAGES,
        "to_files": TO_FILES,
        "kept": {"ask": ASK_FIRST, "year": FOR_A_YEAR, "hour": FOR_AN_HOUR, "never": NEVER_KEPT},
        "rules": header_rules(values.look_up_origin),
    }


def _types() -> tuple[dict[str, list[str]], list[str]]:
    """Names' ends by kind of file; and the kinds beside HTML that are sent as UTF-8, which nginx has to be told."""
    types: dict[str, list[str]] = defaultdict(list)
    for suffix, kind in CONTENT_TYPES.items():
        types[kind.removesuffix(_CHARSET)].append(suffix.removeprefix("."))
    text = dict.fromkeys(kind.removesuffix(_CHARSET) for kind in CONTENT_TYPES.values() if kind.endswith(_CHARSET))
    return dict(types), [kind for kind in text if kind != "text/html"]


def _quoted(word: object) -> str:
    """A path as a word for nginx, and for the lists and commands of systemd: nothing in it has to be escaped."""
    return f'"{word}"' if " " in str(word) else str(word)


def _folders(values: ServerValues) -> list[PurePath]:
    """Where a service has to be able to write: what is made lies in the project, unless settings lead elsewhere."""
    outside = (values.output.parent, values.state)
    return [values.project, *dict.fromkeys(path for path in outside if not path.is_relative_to(values.project))]
