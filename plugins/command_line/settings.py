"""The settings of a command: read from their file, and looked at before anything begins.

Whatever is wrong with them is one sentence that names the setting, or the file and its line, and what to write.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr, ValidationError
from pydantic import Field as Bounded

from plugins.portal.problems import ContentFolderError, SettingsError, Text, shortened, text


@dataclass(frozen=True)
class Wanted:
    """What a setting is to be, and an example of it."""

    what: Text
    example: str


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError from error
    return value


def _language(value: str) -> str:
    if value.lower() not in ("vi", "en"):
        raise ValueError
    return value


def _not_empty(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise ValueError
    return value


_YES_OR_NO = Wanted(text("yes or no"), "True")
_SECONDS = Wanted(text("a number of seconds above 0"), "120")
_MODULES = Wanted(text("a list of modules' names"), '["plugins.articles"]')
_FOLDER = Wanted(text("the name of a folder"), '"content"')
OF_EACH_THEME = ("templates/base.html", "styles/sheets.yaml")
"""Files of a theme without which no page can be written."""
_YesOrNo = Annotated[StrictBool, _YES_OR_NO]
_Folder = Annotated[StrictStr, AfterValidator(_not_empty), _FOLDER]
_Modules = Annotated[list[StrictStr] | tuple[StrictStr, ...], _MODULES]
_Positive = Annotated[StrictInt, Bounded(ge=1), Wanted(text("a whole number above 0"), "20")]


class PortalSettings(BaseModel):
    """What the portal's own settings, and those of Pelican that it names, are to be; docs/settings.md says each."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    PORTAL_ROOT: _Folder
    PATH: _Folder
    OUTPUT_PATH: _Folder
    THEME: _Folder
    DEFAULT_LANG: Annotated[StrictStr, AfterValidator(_language), Wanted(text("vi or en"), '"vi"')]
    TIMEZONE: Annotated[StrictStr, AfterValidator(_zone), Wanted(text("the name of a time zone"), '"Asia/Ho_Chi_Minh"')]
    DEFAULT_PAGINATION: _Positive
    FEED_MAX_ITEMS: _Positive
    PORTAL_SITE_PLUGINS: _Modules
    PORTAL_KINDS: _Modules
    PORTAL_PREVIEW: _YesOrNo
    PORTAL_HANDBOOK: Annotated[StrictStr, Wanted(text("the name of a file, or nothing"), '"docs/content.md"')]
    PORTAL_CHECK_DRAFTS: _YesOrNo
    PORTAL_COMPRESS: _YesOrNo
    PORTAL_BUILD_PATH: _Folder
    PORTAL_JOBS: Annotated[StrictInt, Bounded(ge=0), Wanted(text("a whole number from 0 on"), "0")]
    PORTAL_SITE_TIME_LIMIT: Annotated[StrictInt | float, Bounded(gt=0, allow_inf_nan=False), _SECONDS]
    PORTAL_ALLOW_LOSS: _YesOrNo
    PORTAL_MOST_QUARANTINED: Annotated[
        StrictInt | float, Bounded(ge=0, le=1, allow_inf_nan=False), Wanted(text("a number from 0 to 1"), "0.25")
    ]
    PORTAL_CHECK_RELEASES: _YesOrNo
    PORTAL_COMMIT: Annotated[StrictStr, Wanted(text("the name of a commit, or nothing"), '""')]
    PORTAL_FILE_STORE: Annotated[StrictStr, Wanted(text("the name of a folder, or nothing"), '""')]
    PORTAL_KEEP_ADDRESSES: _YesOrNo
    PORTAL_KEPT_RELEASES: _Positive
    PORTAL_ALERTS_PATH: Annotated[StrictStr, Wanted(text("the name of a folder, or nothing"), '""')]
    PORTAL_SIGNING_KEY: Annotated[StrictStr, Wanted(text("the name of a file, or nothing"), '""')]


def read_portal_settings(path: Path, override: Mapping[str, Any], content: str | None) -> dict[str, Any]:
    """The settings of a file with what is said otherwise; `content` is the folder that was named, if one was.

    Raises `SettingsError` and `ContentFolderError`.
    """
    from pelican.settings import get_settings_from_file, read_settings

    given = dict(_run(path, lambda: get_settings_from_file(str(path)))) | dict(override)
    check_settings(given)
    # Pelican begins at the file; what people write begins at the project's folder.
    root = Path(path.parent, given["PORTAL_ROOT"]).resolve()
    folders = [name for name in ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH") if name in given]
    given |= {name: str(Path(root, given[name])) for name in folders}
    if not Path(given["PATH"]).is_dir():
        raise ContentFolderError(text("{path}: no such content folder", path=content or given["PATH"]))
    if not Path(given["THEME"]).is_dir():
        raise SettingsError(
            text("THEME: there is no folder {path}; write the folder of the theme, such as theme", path=given["THEME"])
        )
    _check_theme(Path(given["THEME"]))
    try:
        settings: dict[str, Any] = read_settings(override=given)  # the file has been run: a second time may add anew
    except (ValueError, TypeError, AttributeError) as error:  # of a setting of Pelican's that is no part of ours
        raise SettingsError(
            text("{path}: a setting of Pelican's is wrong: {error}", path=path, error=shortened(str(error)))
        ) from error
    return settings


def _check_theme(theme: Path) -> None:
    """Raise `SettingsError` where a theme lacks what no page can be without, as one of an earlier portal may."""
    for name in OF_EACH_THEME:
        if not (theme / name).is_file():
            raise SettingsError(
                text("THEME: {path} has no {file}; take it over from the theme that the portal comes with", path=theme,
                     file=name)
            )  # fmt: skip


def check_surroundings(jobs: int | None) -> None:
    """Raise `SettingsError` where a command cannot begin, whatever its settings are; `jobs` as it was given."""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise SettingsError(
            text("the folder that the command was started in has been removed; go to another one and start it there")
        ) from error
    if jobs is not None and jobs < 0:
        raise SettingsError(
            text(
                "{name}: expected {what}, got {got}; write {name} {example}",
                name="--jobs",
                what=text("a whole number from 0 on"),
                got=jobs,
                example=2,
            )
        )


def check_settings(given: Mapping[str, Any]) -> None:
    """Raise `SettingsError` at the first setting that cannot be meant."""
    try:
        PortalSettings.model_validate(dict(given))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = str(fault["loc"][0])
        wanted = next(note for note in PortalSettings.model_fields[name].metadata if isinstance(note, Wanted))
        if fault["type"] == "missing":
            raise SettingsError(
                text("{name}: is missing in the settings; write {name} = {example}", name=name, example=wanted.example)
            ) from None
        raise SettingsError(
            text(
                "{name}: expected {what}, got {got}; write {name} = {example}",
                name=name, what=wanted.what, got=shortened(repr(given[name])), example=wanted.example,
            )
        ) from None  # fmt: skip
    for name in ("PORTAL_SITE_PLUGINS", "PORTAL_KINDS"):
        for module in given[name]:
            if not _exists(module):
                raise SettingsError(
                    text("{name}: there is no module {module}; mend its name or remove it", name=name, module=module)
                )


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _run(path: Path, read: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    """Run a settings file, which may be wrong in any way that a program can."""
    try:
        return read()
    except SyntaxError as error:
        where = f"{error.filename or path}:{error.lineno or 1}"
        raise SettingsError(
            text("{where}: this line is no Python; look for a quote, a comma or a bracket that is missing", where=where)
        ) from error
    except Exception as error:  # whatever a program may raise
        beside = path.resolve().parent  # also of a settings file that it begins with
        frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).resolve().parent == beside]
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(path)
        if isinstance(error, ModuleNotFoundError):
            message = text("{where}: there is no module {module}; mend its name", where=where, module=error.name or "?")
        else:
            reason = shortened(f"{type(error).__name__}: {error}")
            message = text("{where}: the settings cannot be read: {error}; mend this line", where=where, error=reason)
        raise SettingsError(message) from error
