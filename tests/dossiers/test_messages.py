"""Every sentence of a refresh has a Vietnamese translation, and no translation is left over."""

from __future__ import annotations

import string
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from plugins.dossiers import answers, display
from plugins.dossiers.failures import SENTENCES
from tests.provinces import ROOT

FOLDER = ROOT / "plugins" / "dossiers"
WORDS = {"received", "resolved", answers._OTHERWISE}
"""Said through a variable."""


def catalogue() -> dict[str, str]:
    with (FOLDER / "translations" / "vi.po").open("rb") as stream:
        found = read_po(stream, locale="vi", abort_invalid=True)
    return {str(message.id): str(message.string) for message in found if message.id and not message.fuzzy}


def extracted() -> set[str]:
    """What is said with `text` in the capability, and with `_` by the display."""
    own = extract_from_dir(FOLDER, method_map=[("**.py", "python")], keywords={"text": None})
    shown = extract_from_file("python", Path(display.__file__), keywords={"_": None})
    return {str(message) for _, _, message, _, _ in own} | {str(message) for _, message, _, _ in shown}


def used() -> set[str]:
    tables = (SENTENCES, answers.FAULTS, display.OUTCOMES)
    return extracted() | WORDS | {said for table in tables for said in table.values()}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_messages_are_found_in_the_code() -> None:
    assert {"is no whole number", "Written: {path}"} <= extracted()


def test_every_message_has_a_translation() -> None:
    assert sorted(used() - catalogue().keys()) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(catalogue().keys() - used()) == []


def test_translations_keep_the_places_for_values() -> None:
    wrong = [msgid for msgid, said in catalogue().items() if placeholders(said) != placeholders(msgid)]

    assert wrong == []
