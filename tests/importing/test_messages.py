"""Every sentence of an import has a Vietnamese translation, and no translation is left over."""

from __future__ import annotations

import string
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from plugins.command_line import importing as display
from plugins.importing.merging import NOT_IN_BLOCKS, NOT_VALID
from plugins.importing.national import DOUBTS, REFUSALS
from plugins.importing.national.field_names import FIELD_FAULTS
from plugins.importing.national.records import REFUSED_TOO
from plugins.importing.planning import REFUSED
from plugins.importing.sources import NOTICES
from tests.provinces import ROOT

FOLDER = ROOT / "plugins" / "importing"
TABLES = (DOUBTS, REFUSALS, NOTICES, REFUSED, FIELD_FAULTS, display.STAGES, display.CHANGES, display.DOUBT_NAMES)


def catalogue() -> dict[str, str]:
    with (FOLDER / "translations" / "vi.po").open("rb") as stream:
        found = read_po(stream, locale="vi", abort_invalid=True)
    return {str(message.id): str(message.string) for message in found if message.id and not message.fuzzy}


def stopped() -> set[str]:
    """What `ImportStopped` is raised with."""
    found = extract_from_dir(FOLDER, method_map=[("**.py", "python")], keywords={"ImportStopped": None})
    return {str(message) for _, _, message, _, _ in found}


def shown() -> set[str]:
    """What the display says with `_`."""
    path = Path(display.__file__)
    return {str(message) for _, message, _, _ in extract_from_file("python", path, keywords={"_": None})}


def used() -> set[str]:
    tables = {said for table in TABLES for said in table.values()}
    return stopped() | shown() | tables | {NOT_IN_BLOCKS, NOT_VALID, REFUSED_TOO, display.ABSENT}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_messages_are_found_in_the_code() -> None:
    assert "{file} is empty" in stopped()
    assert {"Records read", "refused"} <= shown()


def test_every_message_has_a_translation() -> None:
    assert sorted(used() - catalogue().keys()) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(catalogue().keys() - used()) == []


def test_translations_keep_the_placeholders_and_are_not_the_english_again() -> None:
    found = catalogue()
    assert {msgid: said for msgid, said in found.items() if placeholders(msgid) != placeholders(said)} == {}
    assert [msgid for msgid, said in found.items() if msgid == said or not said] == []


def test_every_kind_of_doubt_has_a_short_name() -> None:
    assert display.DOUBT_NAMES.keys() == DOUBTS.keys()
