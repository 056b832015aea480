"""Settings from a settings file and the environment, read by pydantic-settings; a wrong one in the words of who set it.

Beside `plugins.portal` and `plugins.languages` what every capability may use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from plugins.portal.problems import SettingsError, Text, text
from plugins.portal.system_errors import reason

MOST_SECRET = 8_192
"""Characters of a secret in a file; a header of more is not taken."""
_FAULT = "setting"
"""pydantic's kind of an error that says by itself what is wrong and what to do."""


@dataclass(frozen=True)
class Expected:
    """What a setting is to be: "seconds", "the name of a file"."""

    what: Text


class Variables(BaseSettings):
    """Settings by the names that they have in the environment, which wins over what is given; both as they are written.

    A field's `Expected` says what belongs there.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=True, str_strip_whitespace=True, hide_input_in_errors=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Raises `SettingsError` at the first value that cannot be meant, with its name and the remedy."""
        try:
            return cls(**{name: given[name] for name in cls.defaults() if name in given})
        except ValidationError as error:
            # Not from it: it holds what was written, which may be a secret.
            raise SettingsError(_explain(cls, error.errors(include_url=False)[0])) from None

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Every setting by its name, as it is without file and environment."""
        return {str(field.alias): field.default for field in cls.model_fields.values()}


def fault(message: Text) -> PydanticCustomError:
    """What a validator raises: a sentence with `{name}` where the setting's name belongs."""
    return PydanticCustomError(_FAULT, "is not valid", {"message": message})


def secret_in(path: str, setting: str) -> str:
    """The secret that a file holds; `setting` names the file. Raises `fault`."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(MOST_SECRET + 2).strip().decode("ascii", "replace")
    except OSError as error:
        raise fault(
            text(
                "{name}: {path} cannot be read: {reason}; check its name and rights",
                name=setting,
                path=path,
                reason=reason(error),
            )
        ) from error


def _no_yes_or_no(value: object) -> object:
    """pydantic takes yes for 1."""
    return None if isinstance(value, bool) else value


def _empty_is_no(value: object) -> object:
    return False if isinstance(value, str) and not value.strip() else value


Number = Annotated[float, BeforeValidator(_no_yes_or_no)]
YesOrNo = Annotated[bool, BeforeValidator(_empty_is_no)]


def _explain(model: type[Variables], detail: ErrorDetails) -> Text:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    if detail["type"] == _FAULT:
        message: Text = detail["ctx"]["message"]
        return _of(message, name)
    if detail["type"] == "string_type" and isinstance(detail["input"], str):
        return text("{name}: holds bytes that are no text in UTF-8; write it anew", name=name)
    field = next(field for field in model.model_fields.values() if field.alias == name)
    if field.annotation is bool:
        return text("{name}: expected yes or no (in the environment 1 or 0)", name=name)
    if field.annotation in (int, float):
        what = text("a whole number") if field.annotation is int else _expected(field)
        return _of(out_of_bounds(what, *_bounds(field), detail["input"], field.default), name)
    got = type(detail["input"]).__name__
    return text("{name}: expected {what} in quotes, got {got}", name=name, what=_expected(field), got=got)


def _of(message: Text, name: str) -> Text:
    return Text(msgid=message.msgid, params={"name": name} | message.params)


def _bounds(field: FieldInfo) -> tuple[float, float]:
    bounds = {
        kind: float(getattr(constraint, kind))
        for constraint in field.metadata
        for kind in ("ge", "le")
        if hasattr(constraint, kind)
    }
    return bounds["ge"], bounds["le"]


def out_of_bounds(what: Text, least: float, most: float, got: object, default: float) -> Text:
    """The `fault` of a number; `what` it counts."""
    return text(
        "{name}: expected {what} from {least} to {most}, got {got} (write {default})",
        what=what, least=_plain(least), most=_plain(most), got=repr(got), default=_plain(default),
    )  # fmt: skip


def _plain(number: float) -> str:
    return f"{number:.15g}"


def _expected(field: FieldInfo) -> Text:
    return next((note.what for note in field.metadata if isinstance(note, Expected)), text("words"))
