"""What is left in a text when the keyboard was not set to Vietnamese: raw Telex (`ddawng`) and VNI (`d9a8ng`).

The browser does the same in `theme/static/search/syllables.js`.
"""

from __future__ import annotations

import re

CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
_VOWEL = re.compile("[aeiouy]")
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TONE_KEY = re.compile(".*[aeiouy].*[fsrxj]")
_HORNS = re.compile("uo(?!.*uo)|[aou](?!.*[aou])")
_TWICE = re.compile("([aeo])(.*?)\\1")


def meant(typed: str) -> str | None:
    """The syllable that somebody meant whose keyboard wrote what was typed; None where it is neither Telex nor VNI."""
    if _VOWEL.search(typed) is None:
        return None
    if re.fullmatch("[a-z]+", typed):
        return _from_telex(typed)
    if re.fullmatch("[a-z]+[1-9][a-z1-9]*", typed):
        return _from_vni(typed)
    return None


def _from_telex(typed: str) -> str | None:
    text, tone = typed, ""
    if key := _TONE_KEY.match(text):
        text, tone = text[: key.end() - 1] + text[key.end() :], _TELEX_TONES[text[key.end() - 1]]
    if text.startswith("dd"):
        text = "đ" + text[2:]
    elif re.fullmatch("d.+d", text):
        text = "đ" + text[1:-1]
    while (w := text.find("w")) >= 0:
        text = _with_horn(text[:w]) + text[w + 1 :]
    text = _TWICE.sub(rf"\1{CIRCUMFLEX}\2", text, count=1)
    return _with_tone(text, tone) if text + tone != typed else None


def _from_vni(typed: str) -> str:
    text, tone = "", ""
    for key in typed:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "6":
            text = re.sub("([aeo])(?!.*[aeo])", rf"\1{CIRCUMFLEX}", text, count=1)
        elif key == "7":
            text = _with_horn(text)
        elif key == "8":
            text = re.sub("a(?!.*a)", f"a{BREVE}", text, count=1)
        elif key == "9":
            text = re.sub("^d", "đ", text)
        else:
            text += key
    return _with_tone(text, tone)


def _with_horn(text: str) -> str:
    """The text before a key for horns and breves, which goes to the last letters that take one."""
    match = _HORNS.search(text)
    if match is None:
        return f"{text}u{HORN}"
    shaped = {"uo": f"u{HORN}o{HORN}", "a": f"a{BREVE}", "o": f"o{HORN}", "u": f"u{HORN}"}[match.group()]
    return text[: match.start()] + shaped + text[match.end() :]


def _with_tone(text: str, tone: str) -> str:
    """The tone after the first vowel and its mark; which vowel has it makes no difference to search."""
    return re.sub(f"([aeiouy][{CIRCUMFLEX}{BREVE}{HORN}]?)", rf"\1{tone}", text, count=1)
