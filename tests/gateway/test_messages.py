"""Every sentence about the database has a Vietnamese translation, and no translation is left over."""

from __future__ import annotations

import string

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from plugins.gateway import failures, rows
from tests.provinces import ROOT

FOLDER = ROOT / "plugins" / "gateway"


def catalogue() -> dict[str, str]:
    with (FOLDER / "translations" / "vi.po").open("rb") as stream:
        messages = read_po(stream, locale="vi", abort_invalid=True)
    return {str(message.id): str(message.string) for message in messages if message.id and not message.fuzzy}


def used() -> set[str]:
    extracted = extract_from_dir(FOLDER, method_map=[("**.py", "python")], keywords={"text": None})
    return (
        {str(message) for _, _, message, _, _ in extracted}
        | set(failures.sentences())
        | {one for _, one in rows._SENTENCES}
    )


def placeholders(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def test_messages_are_found_in_the_code() -> None:
    assert {"nothing stands there", "the view {view} has no column {column}; it has {columns}"} <= used()


def test_every_message_has_a_translation_and_none_is_left_over() -> None:
    translated = {msgid for msgid, said in catalogue().items() if said}

    assert sorted(used() ^ translated) == []


def test_translations_keep_the_places_for_values() -> None:
    wrong = [msgid for msgid, said in catalogue().items() if set(placeholders(said)) != set(placeholders(msgid))]

    assert wrong == []
