"""What to write instead of a value that does not fit, worked out from what was written.

A remedy is offered only where it is certain to be taken: each is a value that its field accepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic_core import PydanticCustomError

from plugins.portal.identifiers import fold, is_slug
from plugins.portal.odd_signs import as_digits, latin_slug
from plugins.portal.phones import Phone
from plugins.portal.problems import Text, text
from plugins.portal.unseen import without_marks
from plugins.portal.vocabulary import TIME_UNITS
from plugins.portal.yaml_faults import quoted

Context = Mapping[str, Any]
"""What the check that refused the value told about it."""

SIGNED = ".signed"
"""In names of files, before the suffix: that it is the signed original."""
_CURVED = re.compile("[“”„‘’«»]")
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:[ .,]\d{3})+|\d+(?:[.,]\d{1,2})?) ?"
    r"(?P<unit>k|nghìn|ngàn|ng|triệu|tr)?\.? ?(?:đồng|đ|vnđ|vnd|₫)?\.?",
    re.IGNORECASE,
)
_THOUSANDS = {"k": 3, "nghìn": 3, "ngàn": 3, "ng": 3, "triệu": 6, "tr": 6}
_FREE = {"miễn phí", "không", "không thu", "không mất phí", "free", "miễn", "không có"}
_YES = {"yes", "có", "y", "x", "1", "đúng", "on"}
_NO = {"no", "không", "n", "0", "sai", "off"}
_CODE = re.compile(r"[1-6]\.\d{6}")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def remedy(kind: str, written: str, context: Context) -> Text | None:
    """What to write instead; None where nobody can know.

    `context` may say besides: `name`, the field's; `in_quotes`, whether it is written so; `beside`, the names of the
    fields that stand in the same record.
    """
    plain = without_marks(written)
    straight = _CURVED.sub("", plain).strip()
    if straight != plain and straight and kind not in _TEXTS:
        return text("use straight quotes: {value}", value=quoted(straight))
    make = _REMEDIES.get(kind)
    return make(as_digits(plain) if kind in _NUMBERS else plain, context) if make else None


_TEXTS = {"string_type", "string_too_short", "string_too_long"}


_NUMBERS = {"dong", "dossiers", "int_type", "float_type", "percentage", "procedure_code"}
"""Of which a letter that looks like a digit is meant as that."""


def _write(value: object) -> Text:
    return text("write {value}", value=value)


def _digits(plain: str, context: Context, most: int) -> Text:
    """Of a number that is one already but for quotes, zeros before it, or a length that nothing has (`most` digits)."""
    digits = plain.lstrip("0") or "0"
    return _number_itself(int(digits), context) if len(digits) <= most else text("mend the number")


def _number_itself(value: object, context: Context) -> Text:
    return text("write {value} without quotes", value=value) if context.get("in_quotes") else _write(value)


def _together_with(alone: Text, name: str, value: object, context: Context) -> Text:
    """The number, and what belongs into the field `name` beside it, which may be there already."""
    if name in context.get("beside", ()):
        return text("{remedy}; {name} is there already", remedy=alone, name=name)
    return text("{remedy}, and {line} on a line of its own", remedy=alone, line=f"{name}: {value}")


_GROUPED = re.compile(r"\d{1,3}(?:[ .,]\d{3})+")
_BEGINS_WITH_NOTHING = re.compile(r"0+[ .,]")
"""`0.500` is half of something rather than 500."""
MOST_DIGITS = 13
"""Of an amount in đồng."""


def _amount(plain: str, context: Context) -> Text | None:
    if plain.removeprefix("+").isdecimal():
        return _digits(plain.removeprefix("+"), context, MOST_DIGITS)
    if plain.casefold() in _FREE:
        return _write(0)
    amount, _, per = (part.strip() for part in plain.partition("/"))
    if per and (alone := _amount(amount, context)) is not None:
        return _together_with(alone, "per", per, context)
    match = _AMOUNT.fullmatch(plain)
    if match is None or len(match["number"]) > 2 * MOST_DIGITS:
        return None
    number, unit = match["number"], _THOUSANDS.get((match["unit"] or "").casefold(), 0)
    if _GROUPED.fullmatch(number) and not unit:
        return None if _BEGINS_WITH_NOTHING.match(number) else _digits(re.sub(r"\D", "", number), {}, MOST_DIGITS)
    if not unit and not number.isdigit():
        return None
    return _digits(str(round(float(number.replace(",", ".").replace(" ", "")) * 10**unit)), {}, MOST_DIGITS)


_COUNTED = re.compile(r"(?:mức(?: độ)? )?(\d{1,15})(?: (?:bản|tờ|bộ|bộ hồ sơ|hồ sơ))?", re.IGNORECASE)
_IN_WORDS = re.compile(
    r" *\((?:(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|linh|lẻ) ?){1,6}\)", re.IGNORECASE
)
"""`01 (một) bản chính`, as decisions write it."""
_SETS = {"chính": "originals", "gốc": "originals", "sao": "copies"}
_PAPERS = re.compile(r"(\d{1,4}) ?bản (chính|gốc|sao)", re.IGNORECASE)


def _whole_number(plain: str, context: Context) -> Text | None:
    if _GROUPED.fullmatch(plain):
        return None if _BEGINS_WITH_NOTHING.match(plain) else _digits(re.sub(r"\D", "", plain), {}, 15)
    if re.fullmatch(r"[-+]?\d{1,15}", plain):
        return _number_itself(int(plain), context)
    plain = _IN_WORDS.sub("", plain)
    if context.get("name") in _SETS.values() and re.search("bản (?:chính|gốc|sao)", plain, re.IGNORECASE):
        return _originals_and_copies(plain, context) or text(
            "write digits only, in originals and in copies; anything else goes into note"
        )
    counted = _COUNTED.fullmatch(plain)
    return _write(int(counted[1])) if counted else None


def _originals_and_copies(plain: str, context: Context) -> Text | None:
    """`01 bản chính, 02 bản sao` in one of the two fields; None where more is said than that."""
    numbers = {_SETS[word.casefold()]: int(number) for number, word in _PAPERS.findall(plain)}
    if re.fullmatch(r"(?:[\s,;+&.]|và)*", _PAPERS.sub("", plain)) is None or len(_PAPERS.findall(plain)) > len(numbers):
        return None
    own = str(context["name"])
    [other] = {*_SETS.values()} - {own}
    if own not in numbers:
        taken = other in context.get("beside", ())
        return None if taken else text("write it so: {line}", line=f"{other}: {numbers[other]}")
    alone = _write(numbers[own])
    return _together_with(alone, other, numbers[other], context) if other in numbers else alone


def _number(plain: str, context: Context) -> Text | None:
    match = re.fullmatch(r"(?=[.,]?\d)(\d{0,15})(?:[.,](\d{0,15}))? ?%? ?([^\W\d].*)?", _IN_WORDS.sub("", plain))
    if match is None:
        return None
    whole = int(match[1] or "0")
    number = f"{whole}.{match[2]}" if match[2] else whole
    if not match[3]:
        return _number_itself(number, context)
    units = [name for name, term in TIME_UNITS.items() if fold(term.vi) == fold(match[3].strip())]
    return _together_with(_write(number), "unit", units[0], context) if units else None


def _boolean(plain: str, context: Context) -> Text | None:
    answer = plain.casefold()
    return _write("true") if answer in _YES else _write("false") if answer in _NO else None


def _slug(plain: str, context: Context) -> Text | None:
    made = latin_slug(plain)
    return _write(made) if is_slug(made) else None


def _web_address(plain: str, context: Context) -> Text | None:
    if _DOMAIN.fullmatch(plain):
        return _write(f"https://{plain}")
    match = re.fullmatch(r"(https?):?/{0,3}(\S+)", plain, re.IGNORECASE)
    if match and _DOMAIN.fullmatch(match[2]):
        return _write(f"{match[1].lower()}://{match[2]}")
    if re.match(r"https?://", plain, re.IGNORECASE) and " " in plain:
        return text("write %20 for each blank in it, or copy it anew from the browser")
    return None


def _email(plain: str, context: Context) -> Text | None:
    bare = re.sub(r"^mailto:", "", plain, flags=re.IGNORECASE)
    bare = re.sub(r"\s*[(\[]\s*(?:at|a còng|@)\s*[)\]]\s*", "@", bare, flags=re.IGNORECASE)
    bare = bare.replace(" ", "").strip(".,;<>")
    if EMAIL.fullmatch(bare):
        return _write(bare)
    within = EMAIL.findall(plain)
    if len(within) == 1:
        return _write(within[0])
    several = [part for part in re.split(r"[;,\s]+", plain) if EMAIL.fullmatch(part)]
    return text("write one address only, such as {value}", value=several[0]) if len(several) > 1 else None


def _phone(plain: str, context: Context) -> Text | None:
    part = str(context.get("part", ""))
    digits = as_digits(plain)
    if digits != plain and _is_phone(digits):
        return _write(quoted(digits))
    return {
        "area_code": text('"{part}" has no area code: write it as in 0293 3878 888', part=part),
        "length": text('"{part}" has too few or too many digits: a landline has 11, a mobile number 10', part=part),
        "no_zero": text('"{part}" begins with neither 0 nor +84', part=part),
        "shortened": text('"{part}" is only a part of a number: write every number in full', part=part),
        "quotes": text("put it in quotes, all digits of it"),
    }.get(str(context.get("fault", "")))


def _is_phone(written: str) -> bool:
    try:
        Phone.parse(written)
    except PydanticCustomError:
        return False
    return True


def _colour(plain: str, context: Context) -> Text | None:
    digits = plain.removeprefix("#")
    if re.fullmatch("[0-9a-fA-F]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    return _write(f"'#{digits}'") if re.fullmatch("[0-9a-fA-F]{6}", digits) else None


def _media_path(plain: str, context: Context) -> Text | None:
    inside = re.sub(r"^(?:\{(?:static|attach|filename)\})?[./]*", "", plain.replace("\\", "/"))
    if "://" in plain or not inside:
        return None
    inside = inside if inside.startswith("media/") else f"media/{inside.rpartition('/')[2]}"
    return text("put the file in media/ and write {value}", value=media_name(inside))


def media_name(inside: str) -> str:
    """How a file in media/ is to be called: `media/Mẫu đơn.DOCX` gives `media/mau-don.docx`.

    `.signed` before the suffix, as signing programs write it, stays.
    """
    path = PurePosixPath(inside)
    folders = [latin_slug(part) or "thu-muc" for part in path.parts[:-1]]
    is_signed = PurePosixPath(path.stem).suffix.lower() == SIGNED
    stem, suffix = (PurePosixPath(path.stem).stem, SIGNED) if is_signed else (path.stem, "")
    return "/".join([*folders, f"{latin_slug(stem) or 'tep'}{suffix}{path.suffix.lower()}"])


def _procedure_code(plain: str, context: Context) -> Text | None:
    match = _CODE.search(plain)
    return _write(f"'{match.group()}'") if match else None


def _meant_day(plain: str, context: Context) -> Text | None:
    meant = context.get("meant") or []
    return _write(meant[0]) if len(meant) == 1 else None


def _two_readings(plain: str, context: Context) -> Text | None:
    meant = context.get("meant") or []
    if len(meant) != 2:
        return None
    month, day = meant[0][5:7].lstrip("0"), meant[0][8:10].lstrip("0")
    return text(
        "write {first} if it is day {day} of month {month}, {second} if it is day {month} of month {day}",
        first=meant[0],
        second=meant[1],
        day=day,
        month=month,
    )


_REMEDIES: dict[str, Callable[[str, Context], Text | None]] = {
    "dong": _amount,
    "dossiers": _whole_number,
    "int_type": _whole_number,
    "float_type": _number,
    "percentage": _number,
    "bool_type": _boolean,
    "slug": _slug,
    "web_address": _web_address,
    "email": _email,
    "phone": _phone,
    "colour": _colour,
    "media_path": _media_path,
    "procedure_code": _procedure_code,
    "date_two_digits": _meant_day,
    "date_no_such_month": _meant_day,
    "date_ambiguous": _two_readings,
}
