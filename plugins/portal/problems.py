"""What is wrong with the content, said so that an editor can mend it.

A `Problem` is data, not an exception: every problem of every file is collected and reported together. The exceptions
of the project are few:

    PortalError                 the command cannot run at all (exit code 2)
    ├── SettingsError           a setting is missing or wrong
    ├── ContentFolderError      the content folder itself is missing or is not one
    ├── BuildFolderError        the machine refuses what building needs
    ├── LostAddressError        addresses that were published would lead nowhere
    └── LossError               much of what is shown would disappear
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from plugins.portal.nearness import near_names

FEW = 12
"""Names that are listed as they are."""
MOST_GUESSES = 3
"""Near names that are asked about."""

Translate = Callable[[str], str]


class Text(BaseModel):
    """A sentence that can be said in any of the portal's languages: an English msgid and its parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    msgid: str
    params: dict[str, str | Text] = {}
    """What people wrote, as it is; words of ours, such as `a list`, as texts."""

    def render(self, translate: Translate = str) -> str:
        """The sentence in the language of `translate`, a gettext function."""
        params = {
            name: value.render(translate) if isinstance(value, Text) else value for name, value in self.params.items()
        }
        return translate(self.msgid).format(**params)


def text(msgid: str, **params: object) -> Text:
    """A `Text` whose parameters are written as people read them."""
    return Text(msgid=msgid, params={name: _written(value) for name, value in params.items()})


def _written(value: object) -> str | Text:
    if isinstance(value, Text):
        return value
    return f"{value:g}" if isinstance(value, float) else str(value)


class PortalError(Exception):
    """The command cannot run; the message says why and what to do, as a `Text` in whatever language is wanted."""

    def __init__(self, message: str | Text) -> None:
        super().__init__(message.render() if isinstance(message, Text) else message)
        self._message = message

    def render(self, translate: Translate = str) -> str:
        """The message in the language of `translate`, a gettext function."""
        return self._message.render(translate) if isinstance(self._message, Text) else self._message


class SettingsError(PortalError):
    """A setting is missing or wrong."""


class ContentFolderError(PortalError):
    """The content folder is missing or holds no province."""


class BuildFolderError(PortalError):
    """The machine refuses what building needs: room, rights, or a folder that can be written to."""


class LossError(PortalError):
    """Much of what is shown would disappear: nothing is changed until somebody says that it is meant."""


def shortened(written: str, limit: int = 100) -> str:
    """What people wrote, short enough to be quoted in a sentence; of a long one its beginning and its end."""
    line = " ".join(written.split())
    return line if len(line) <= limit else f"{line[: limit - 21]}…{line[-20:]}"


class Problem(BaseModel):
    """One thing wrong at one place, with the remedy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    """Relative to the project's root where the content lies in it, with forward slashes."""
    line: int | None = None
    """Counted from 1; None where the problem is the file as a whole."""
    field: str = ""
    """Such as `channels[1].fees[0].amount`; empty where no field is meant."""
    message: Text
    hint: Text | None = None

    @property
    def location(self) -> str:
        """`path:line`, or the path alone where the file as a whole is meant."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def render(self, translate: Translate = str) -> str:
        """The problem as one line: `path:line: field: what is wrong (what to do)`."""
        parts = [self.location, self.field] if self.field else [self.location]
        remedy = f" ({self.hint.render(translate)})" if self.hint else ""
        return ": ".join([*parts, self.message.render(translate)]) + remedy

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The sort key that puts a report in reading order."""
        return (self.path, self.line or 0, self.field, self.message.render())


class LostAddressError(PortalError):
    """Addresses that were published would lead nowhere: nothing is changed until somebody says what becomes of them."""

    def __init__(self, number: int, problems: Sequence[Problem], noted: str) -> None:
        """So many they are, in the folder where they are noted; the problems say what settles the first of them."""
        super().__init__(
            text(
                "nothing is changed, for {number} addresses that were published, as {folder} has them, would lead "
                "nowhere; settle them, or say --allow-loss:",
                number=number,
                folder=noted,
            )
        )
        self.problems = tuple(problems)

    def render(self, translate: Translate = str) -> str:
        """A sentence, and a line for each of the problems."""
        return "\n".join([super().render(translate), *(problem.render(translate) for problem in self.problems)])


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in reading order, each said once."""
    return tuple(sorted({problem.render(): problem for problem in problems}.values(), key=lambda p: p.order))


def did_you_mean(name: str, known: Iterable[str], otherwise: Text | None = None) -> Text:
    """The remedy for an unknown name: the nearest known ones, else what to do `otherwise`, else all that are known."""
    names = sorted(set(known))
    near = near_names(name, names, MOST_GUESSES)
    if len(near) == 1:
        return text('did you mean "{name}"?', name=near[0])
    if near:
        return text("did you mean one of these: {names}?", names=", ".join(near))
    if otherwise is not None:
        return otherwise
    if len(names) > FEW:
        return text("known: {names}", names=f"{', '.join(names[:FEW])}, …")
    return text("known: {names}", names=", ".join(names)) if names else text("none is known here")
