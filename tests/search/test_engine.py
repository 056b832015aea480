"""The browser's search engine says the same as ours about texts and queries, and ranks as lunr.js does."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from plugins.search.index import Index
from plugins.search.keyboards import meant
from plugins.search.kinds import OTHERS, SOUGHT_FIRST, IndexKind
from plugins.search.queries import Speech, speech_of, understand
from plugins.search.segments import BODY, FIELDS, Card, Document, Segment, terms_of
from plugins.search.shards import Files, front_coded, write_index
from plugins.search.syllables import codes, exact, folded, may_mean, syllables
from tests.needed import missing, program
from tests.waiting import PATIENCE

HERE = Path(__file__).parent
GENERATED = 6_000
DOCUMENTS = 2_000
QUERIES = 700
SPOKEN = (
    "đăng ký kết hôn khai sinh tử giấy chứng nhận quyền sử dụng đất cấp lại phép lái xe xây dựng nhà ở riêng lẻ thủ "
    "tục hồ sơ hộ tịch khẩu thường trú tạm trích lục bản sao chứng thực lý lịch tư pháp hòa hoà giải thuỷ thủy sản lợi "
    "quý ủy uỷ ban nhân dân xã phường tỉnh bảo hiểm y tế xã hội trợ cấp thất nghiệp người cao tuổi khuyết tật "
    "doanh nghiệp kinh doanh rượu ruợu bưu chính kí hợp đồng bằng tôi muốn làm xin hỏi ở đâu cho và của sổ đỏ hồng"
).split()
TELEX = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j", "\u0306": "w", "\u031b": "w"}
VNI = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5", "\u0302": "6", "\u031b": "7"}
VNI["\u0306"] = "8"
CODES = (
    "1.001193 2.000815.000.00.00.H12 12/2019/QĐ-UBND 01/2024/nđ-cp 3.5 20/11/2024 24/7 5-7 a-b 1.0011 H.1 x/y".split()
)
ODD = [
    *"ÐðĐđıſKÅñçăĂơƠ\u0300\u0323\u0302\u031b\u0303\u200b\u00ad\ufeff\u0344\u0345\u1dc4\x00\x1c\x85\u2028\u2060\u200c\u200d",
    "\ud800",
    "😀",
    "ＡＢ",
]
VOCABULARY = {folded(syllable): 1 + place % 9 for place, text in enumerate(SPOKEN) for syllable in syllables(text)}
SPEECH = {
    "synonyms": [
        [["sổ đỏ", "sổ hồng"], ["giấy chứng nhận quyền sử dụng đất"]],
        [["sổ"], ["hồ sơ"]],
        [["làm khai sinh"], ["đăng ký khai sinh", "trích lục"]],
        [["bằng lái", "gplx"], ["giấy phép lái xe"]],
        [["lái xe"], ["vận tải"]],
    ],
    "stop_phrases": ["tôi muốn", "xin hỏi", "ở đâu", "thủ tục"],
    "stop_words": ["và", "của", "cho", "ở"],
    "circumstance_words": ["cho", "tại", "ban"],
    "need_words": ["làm", "cấp", "sử"],
    "words_between": ["và", "xã", "bảo"],
}


ROOM_FOR_HITS = ("--min-semi-space-size=128", "--max-semi-space-size=256")
"""Megabytes: two million hits come and go, and node would look through its memory after each few thousand."""


def node(name: str = "node") -> str:
    return program(name, "nodejs npm")


def our_speech() -> Speech:
    return speech_of(**SPEECH)  # type: ignore[arg-type]


def our_answer(text: str, speech: Speech) -> dict[str, Any]:
    spoken = syllables(text)
    understood = understand(text, VOCABULARY, speech)
    return {
        "syllables": spoken,
        "folded": [folded(syllable) for syllable in spoken],
        "exact": [exact(syllable) for syllable in spoken],
        "codes": codes(text),
        "meant": [meant(typed) for typed in (*spoken, text[:40])],
        "mayMean": [may_mean(typed, other) for typed, other in pairwise(spoken)],
        "clauses": [[clause.term, clause.weight] for clause in understood.clauses],
        "needs": [
            [need.share, [[[clause.term, clause.weight] for clause in reading] for reading in need.readings]]
            for need in understood.needs
        ],
        "corrections": [[typed, list(known)] for typed, known in understood.corrections.items()],
    }


@cache
def assigned() -> str:
    """All characters that this Python knows; a browser may know more."""
    every = map(chr, range(0x110000))
    return "".join(character for character in every if unicodedata.category(character) not in ("Cn", "Co"))


def typed(chance: random.Random, syllable: str) -> str:
    """A syllable as somebody may type it."""
    letters = unicodedata.normalize("NFD", syllable)
    kind = chance.randrange(9)
    if kind == 0:
        return folded(letters)
    if kind == 1:
        return "".join(letter for letter in letters if letter not in VNI or chance.random() < 0.5)
    if kind == 2:
        keys = (
            letters[at - 1] if letter == "\u0302" else TELEX.get(letter, letter) for at, letter in enumerate(letters)
        )
        return "".join(keys).replace("đ", "dd")
    if kind == 3:
        return "".join(VNI.get(letter, letter) for letter in letters).replace("đ", "d9")
    if kind == 4:
        at = chance.randrange(len(letters))
        return letters[:at] + chance.choice(["", "x", "a", letters[at] * 2]) + letters[at + 1 :]
    if kind == 5:
        return letters
    if kind == 6:
        return syllable.upper()
    return unicodedata.normalize("NFC", syllable)


def generated(chance: random.Random) -> str:
    """A text of syllables, codes, and anything else that there is."""
    parts: list[str] = []
    for _ in range(chance.choice([0, 1, 1, 2, 3, 4, 5, 8, 40])):
        kind = chance.random()
        if kind < 0.6:
            parts.append(typed(chance, chance.choice(SPOKEN)))
        elif kind < 0.7:
            parts.append(chance.choice(CODES))
        elif kind < 0.75:
            parts.append(chance.choice([*VOCABULARY, *"w7a9"])[: chance.randrange(1, 5)])
        elif kind < 0.8:
            parts.append("".join(chance.choices("aeiouywdfsrxj123456789", k=chance.randrange(1, 9))))
        elif kind < 0.9:
            letters = chance.choice(SPOKEN)
            at = chance.randrange(len(letters) + 1)
            parts.append(letters[:at] + chance.choice(ODD) + letters[at:])
        else:
            parts.append("".join(chance.choices(assigned(), k=chance.randrange(1, 7))))
    text = chance.choice([" ", " ", " ", "", ", ", "\u00a0", "\n"]).join(parts)
    return text + chance.choice(["", "", "", " ", ".", "\n", "?", "\ufeff", "\x1c", "\u3000"])


def hostile() -> Iterator[str]:
    yield from (
        "",
        "a",
        " ",
        "a" * 10_000,
        "đ " * 5_000,
        "😀" * 700 + "ket",
        "cho",
        "và của cho",
        "\x00",
        "\ud83d",
        "\ude00a",
    )
    yield from (
        "__proto__",
        "constructor",
        "to_string hasOwnProperty",
        "*",
        "ket*",
        "(((",
        "[a-z]+",
        "\\",
        "a\nb",
        "$&",
    )
    yield from (
        "1.001193 " * 200,
        "9" * 600,
        "1/" * 300,
        "\u0301" * 600,
        "w7" * 20,
        "so do so do so do",
        "=kết",
        "_a_b",
        "#1",
    )


def texts() -> list[str]:
    chance = random.Random(20240917)  # noqa: S311
    found = [*hostile(), *(generated(chance) for _ in range(GENERATED))]
    # JSON makes one character of two halves that stand side by side: no text that was decoded has those.
    return [json.loads(json.dumps(text)) for text in found]


def test_engine_does_what_its_own_tests_say() -> None:
    tests = HERE / "engine.test.mjs"
    done = subprocess.run(
        [node(), "--test", "--test-reporter=tap", str(tests)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    # A file without tests would pass as well.
    written = len(re.findall(r"^test\b", tests.read_text(encoding="utf-8"), re.MULTILINE))
    assert re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE) == [str(written)] != ["0"]


def test_browser_understands_any_text_as_we_do() -> None:
    questions: list[dict[str, Any]] = [
        {"words": front_coded(VOCABULARY)},
        {"speech": SPEECH},
        *({"text": text} for text in texts()),
    ]
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    command = [node(), str(HERE / "answering.mjs")]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=PATIENCE)
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    speech = our_speech()
    assert len(answers) == len(texts())
    for text, answer in zip(texts(), answers, strict=True):
        assert answer == our_answer(text, speech), json.dumps(text)


ONSETS = "b c ch d đ g gi h k kh l m n ng nh p ph qu r s t th tr v x".split()
RIMES = "a an ang anh ao âu ăn âm e en ê ênh i inh iên o on ong ô ông ơ ơi u un ung ư ưng ươc ương y uyên".split()
PHRASES = (
    "đăng ký|kết hôn|khai sinh|khai tử|giấy chứng nhận|quyền sử dụng đất|giấy phép|lái xe|xây dựng|nhà ở|hộ tịch|"
    "hộ kinh doanh|thường trú|tạm trú|bản sao|lý lịch tư pháp|bảo hiểm y tế|bảo hiểm xã hội|trợ cấp|người cao tuổi|"
    "doanh nghiệp|thủy lợi|thuỷ sản|hòa giải|hoà bình|ủy ban nhân dân|12/2019/QĐ-UBND|01/2024/NĐ-CP|cấp lại|kí hợp đồng"
).split("|")


def invented(chance: random.Random, count: int) -> list[list[Document]]:
    """Documents of several sites: phrases that come again and again, and syllables, of which most are rare."""
    syllabary = [onset + rime for onset in ONSETS for rime in RIMES]
    chance.shuffle(syllabary)
    rarer = [1 / (20 + rank) for rank in range(len(syllabary))]

    def said(length: int, phrases: float = 0.2) -> str:
        rest = chance.choices(syllabary, rarer, k=length)
        return " ".join(chance.choice(PHRASES) if chance.random() < phrases else syllable for syllable in rest)

    def document(number: int) -> Document:
        title = said(chance.randrange(2, 9))
        keywords = tuple(said(2) for _ in range(chance.choice([0, 0, 1, 3])))
        code = f"{chance.randrange(1, 4)}.{number:06}"
        body = (
            ()
            if chance.random() < 0.1
            else (code, said(chance.randrange(5, 90), 0.03), said(chance.randrange(90), 0.03))
        )
        facets = (("co-quan", "so-y-te", "Sở Y tế"),) if number % 3 else ()
        weight = chance.choice([1.0, 1.0, 1.0, 0.5, 0.7])
        return Document(
            Card(title, f"thu-tuc/{code}/", code, said(9), facets, weight),
            ((title,), keywords, body if number % 10 else ()),
        )

    numbers = iter(range(count))
    sizes = [1, 32, 63, 64, 65, 3, 700, 400, 350, 40, 12]
    sizes.append(count - sum(sizes))
    return [[document(next(numbers)) for _ in range(size)] for size in sizes]


@pytest.fixture(scope="session")
def lunr_js(pytestconfig: pytest.Config) -> Path:
    """A folder with lunr.js, installed once as the lock file says."""
    npm = node("npm")
    lock = (HERE / "package-lock.json").read_bytes()
    folder = pytestconfig.cache.mkdir(f"lunr-{hashlib.sha256(lock).hexdigest()[:12]}")
    if not (folder / "installed").exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
        if done.returncode:
            missing(f"npm did not install lunr.js: {done.stderr}")
        (folder / "installed").touch()
    return folder


@pytest.mark.parametrize(("size", "kind"), [(1_930, SOUGHT_FIRST), (3_930, OTHERS)])
def test_browser_ranks_shards_as_lunr_js_ranks_the_whole(
    tmp_path: Path, lunr_js: Path, size: int, kind: IndexKind
) -> None:
    """lunr.js counts the terms of the texts by itself; all it is told is which the index leaves out of bodies."""
    sites = [(f"site-{place:02}", documents) for place, documents in enumerate(invented(random.Random(7), size))]  # noqa: S311
    index = Index.of([(slug, Segment.of(documents)) for slug, documents in sites], common=kind.common)
    write_index(index, Files(tmp_path, "tim-kiem/thu-tuc"), kind.shard_size, kind.cards)
    in_bodies = {term for term in index.terms if len(index.postings(term, BODY)[0])}
    lines = []
    for block, (slug, documents) in zip(index.blocks, sites, strict=True):
        assert block.slug == slug
        for number, document in enumerate(documents, start=block.first):
            fields = {field: terms_of(field, texts) for field, texts in zip(FIELDS, document.texts, strict=True)}
            fields["body"] = [term for term in fields["body"] if term in in_bodies]
            lines.append(json.dumps({"document": number, "boost": document.card.weight, "fields": fields}))
    (tmp_path / "tokens").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "speech").write_text(json.dumps(SPEECH), encoding="utf-8")
    command = [node(), *ROOM_FOR_HITS, str(HERE / "exactness.mjs"), str(lunr_js), str(tmp_path), "tim-kiem/thu-tuc"]
    command += [str(tmp_path / "speech"), str(tmp_path / "tokens"), str(QUERIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert done.returncode == 0, done.stderr[:5_000]
    counted = json.loads(done.stdout)
    assert counted["documents"] == size
    assert counted["understood"] + counted["raw"] > 0.9 * QUERIES
    assert counted["empty"] < 0.2 * QUERIES
    assert counted["hits"] > 50 * QUERIES
