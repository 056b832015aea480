"""Word files as offices send them, and as somebody may send them instead."""

from __future__ import annotations

import re
import struct
from datetime import date

import pytest

from plugins.documents.transcripts import NotTakenError, Transcript
from plugins.documents.word import read_word
from tests.documents.word_files import (
    FOOT,
    OFFICE,
    TYPES,
    W,
    decision,
    head,
    paragraph,
    relations,
    run,
    table,
    word_file,
)

RELATIONS = "word/_rels/document.xml.rels"


def doubts(transcript: Transcript) -> list[str]:
    return [f"{doubt.field}: {doubt.message.render()}" for doubt in transcript.doubts]


def test_decision_says_what_it_is_and_its_text_is_markdown() -> None:
    read = read_word(decision())

    assert doubts(read) == []
    assert read.held_back == ()
    assert read.number is not None
    assert (read.number.canonical, read.type, read.issued) == ("12/2019/QĐ-SYT", "decision", date(2019, 9, 5))
    assert (read.title, read.agency) == ("Ban hành Quy định về tiêm chủng lưu động", "SỞ Y TẾ")
    assert read.effective_from == date(2019, 9, 15)
    assert (read.signer.position, read.signer.name) == ("KT. Giám đốc, Phó Giám đốc", "Nguyễn Văn Mẫu")
    assert [(basis.number.canonical, basis.issued) for basis in read.basis] == [("34/2016/NĐ-CP", date(2016, 5, 14))]
    assert read.recipients == "- Như Điều 3\n- Lưu: VT"
    assert (
        read.text
        == """\
GIÁM ĐỐC SỞ Y TẾ

Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;

QUYẾT ĐỊNH:

**Điều 1.** Ban hành kèm theo Quyết định này Quy định về tiêm chủng lưu động.

## Điều 2. Hiệu lực

1. Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 9 năm 2019.

   a) Trừ khoản 2.

2. Các trạm y tế làm theo.

| Trạm | Ngày |
| --- | --- |
| Vị Thanh | 16/9 |
| Ngã Bảy | 17/9 |"""
    )


def test_letter_says_below_its_number_what_it_is_about() -> None:
    above = table(
        [
            ["UBND TỈNH HẬU GIANG", "SỞ Y TẾ", "Số: 7/SYT-NVY", "V/v tiêm chủng", "lưu động"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hậu Giang, ngày 5 tháng 9 năm 2019"],
        ]
    )
    read = read_word(
        word_file(above, paragraph("Kính gửi: Các trạm y tế"), paragraph("Đề nghị các trạm báo cáo."), FOOT)
    )

    assert read.number is not None
    assert (read.number.canonical, read.type, read.title) == (
        "07/SYT-NVY", "official_letter", "Về việc tiêm chủng lưu động",
    )  # fmt: skip
    assert read.text == "Kính gửi: Các trạm y tế\n\nĐề nghị các trạm báo cáo."
    assert doubts(read) == []


def test_head_without_a_table_is_read_as_well() -> None:
    read = read_word(
        decision(
            above=paragraph("UBND TỈNH HẬU GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + paragraph("SỞ Y TẾ\tĐộc lập - Tự do - Hạnh phúc")
            + paragraph("Số: 12 /2019/QĐ - SYT     Hậu Giang, ngày 5 tháng 9 năm 2019")
        )
    )

    assert read.number is not None
    assert (read.number.canonical, read.issued, read.agency) == ("12/2019/QĐ-SYT", date(2019, 9, 5), "SỞ Y TẾ")


@pytest.mark.parametrize(
    ("above", "told"),
    [
        (head(number="Số:      /QĐ-SYT"), "number: its number is left open or cannot be read"),
        (head(day="Hậu Giang, ngày     tháng 9 năm 2019"), "issued: its day of issue is left open or cannot be read"),
        (head(number="Số: 12/2019/KH-SYT"), 'type: its number says "Kế hoạch", its type "Quyết định"'),
        (head(number="Số: 12/2018/QĐ-SYT"), "issued: its number has the year 2018, and its head another day"),
        (head(number="Số: 1/QĐ-SYT, Số: 2/QĐ-SYT"), "number: its head has several numbers: 01/QĐ-SYT, 02/QĐ-SYT"),
        (head(day="ngày 31 tháng 2 năm 2019"), "issued: its day of issue is left open or cannot be read"),
    ],
)
def test_what_the_head_does_not_say_for_certain_is_told_and_not_guessed(above: str, told: str) -> None:
    assert told in doubts(read_word(decision(above=above)))


@pytest.mark.parametrize(
    ("begins", "told"),
    [
        ("ngày 1 tháng 9 năm 2019", "effective_from: it says a day before its issue from which it applies"),
        ("ngày 15 tháng 9 năm 2019 và có hiệu lực từ ngày 1 tháng 1 năm 2020",
         "effective_from: it says several days from which it applies"),
    ],
)  # fmt: skip
def test_day_of_effect_that_cannot_be_right_is_told(begins: str, told: str) -> None:
    read = read_word(decision(begins=begins))

    assert (read.effective_from, doubts(read)) == (None, [told])


def test_effect_from_the_day_of_signing_is_from_the_day_of_issue() -> None:
    assert read_word(decision(begins="ngày ký")).effective_from == date(2019, 9, 5)


def test_title_that_may_go_on_below_an_empty_line_is_told() -> None:
    read = read_word(
        word_file(head(), paragraph("QUYẾT ĐỊNH"), paragraph("Ban hành"), paragraph(""), paragraph("quy định về chợ"))
    )

    assert "title: what it is about may go on below an empty line" in doubts(read)


def test_words_above_that_are_no_head_belong_to_the_text() -> None:
    read = read_word(decision(above=head(day="Hậu Giang, ngày 5 tháng 9 năm 2019") + paragraph("Bản thử, chưa ký.")))

    assert read.text.startswith("Bản thử, chưa ký.\n\nGIÁM ĐỐC SỞ Y TẾ")


def test_text_without_a_head_is_kept_whole() -> None:
    read = read_word(word_file(paragraph("Một bài viết."), paragraph("Không có phần đầu.")))

    assert read.text == "Một bài viết.\n\nKhông có phần đầu."
    assert {doubt.field for doubt in read.doubts} == {"number", "issued", "type", "title"}


def test_chapters_and_sections_are_headings_in_their_order() -> None:
    read = read_word(word_file(
        paragraph("Chương I"), paragraph("QUY ĐỊNH CHUNG"), paragraph("Điều 1. Phạm vi", bold=True),
        paragraph("Chương II\nTỔ CHỨC"), paragraph("Mục 1. Trạm", bold=True), paragraph("Điều 2. Người"),
        paragraph("Điều 3. Người làm việc ở trạm phải có mặt."),
    ))  # fmt: skip

    assert read.text.split("\n\n") == [
        "## Chương I. QUY ĐỊNH CHUNG", "### Điều 1. Phạm vi", "## Chương II. TỔ CHỨC", "### Mục 1. Trạm",
        "#### Điều 2. Người", "Điều 3. Người làm việc ở trạm phải có mặt.",
    ]  # fmt: skip


def test_numbers_of_clauses_stay_as_they_are_written() -> None:
    read = read_word(word_file(paragraph("Điều 1. A"), *map(paragraph, ("1. Một", "3. Ba", "4. Bốn", "2019. Năm"))))

    assert read.text.split("\n\n")[1:] == ["1. Một", "3\\. Ba", "4. Bốn", "   2019\\. Năm"]


def test_signs_of_markdown_are_letters() -> None:
    read = read_word(word_file(paragraph("# a *b* _c_ [d](e) <b>f</b> | {static}/media/x"), paragraph("- g")))

    assert read.text == (
        "\\# a \\*b\\* \\_c\\_ \\[d\\](e) \\<b\\>f\\</b\\> \\| \\{static\\}/media/x\n\n- g"
    )  # fmt: skip


def test_links_lead_to_the_web_or_nowhere() -> None:
    def linked(name: str, words: str) -> str:
        return f'<w:hyperlink xmlns:r="{OFFICE}" r:id="{name}">{run(words)}</w:hyperlink>'

    parts = {RELATIONS: relations(("r1", "hyperlink", "https://a.example/b (c)"), ("r2", "hyperlink", "file:///C:/x"))}
    read = read_word(word_file(paragraph(linked("r1", "trang"), linked("r2", " máy")), parts=parts))

    assert read.text == "[trang](https://a.example/b%20%28c%29) máy"
    assert 'text: links that lead nowhere on the web are left out: "file:///C:/x"' in doubts(read)


def test_text_of_old_fonts_is_unicode_and_what_they_cannot_say_is_listed() -> None:
    styles = (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:styleId="Vni"><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Vni"/></w:style></w:styles>'
    )
    read = read_word(word_file(
        paragraph("C«ng b¸o tØnh. ¸p dông"), paragraph(run("quyÕt ®Þnh", font=".VnTimeH")),
        paragraph("Coâng baùo tænh", style="Con"), paragraph("Đã là Unicode", style="Con"),
        parts={"word/styles.xml": styles},
    ))  # fmt: skip

    assert read.text.split("\n\n") == ["Công báo tỉnh. áp dụng", "QUYẾT ĐỊNH", "Công báo tỉnh", "Đã là Unicode"]
    assert 'text: its old font has no capitals with tones: look at "áp"' in doubts(read)


def test_letters_that_are_put_together_are_one_letter_each() -> None:
    assert read_word(word_file(paragraph("Tie\u0302\u0301ng Vie\u0323\u0302t\u200b\u00a0!"))).text == "Tiếng Việt !"


def test_what_is_left_out_is_told() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    picture = "<w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r>"
    read = read_word(word_file(paragraph("Phạm vi", numbered="1"), paragraph(picture, run("Ảnh")),
                               parts={"word/numbering.xml": numbering}))  # fmt: skip

    assert read.text == "## Điều 1. Phạm vi\n\nẢnh"
    assert "text: 1 pictures are left out of the text" in doubts(read)


STAMPED = f"<w:hdr {W}>{paragraph(run('TỐI '), run('MẬT'))}</w:hdr>"


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (decision(title="Báo cáo (Mật)"), "it may be secret"),
        (decision(above=paragraph("MẬT") + head()), "it may be secret"),
        (decision(parts={"word/header1.xml": STAMPED}), "it may be secret"),
        (decision(foot=paragraph("Lưu hành nội bộ")), 'it may be internal: "Lưu hành nội bộ"'),
        (decision(foot=paragraph("Ông A, số CCCD: 093 012 345 678")),
         "it may have a number that is a person's own (identity card, passport, account)"),
        (decision(foot=f'<w:p><w:ins w:id="1" w:author="x">{run("thêm")}</w:ins></w:p>'),
         "its Word file has comments or tracked changes, which everybody would see"),
    ],
)  # fmt: skip
def test_what_may_not_be_for_everybody_is_held_back(file: bytes, why: str) -> None:
    assert why in [reason.render() for reason in read_word(file).held_back]


def test_words_about_secrets_are_no_secret() -> None:
    assert (
        read_word(decision(foot=paragraph("Bảo vệ bí mật nhà nước; mật độ xây dựng; dữ liệu nội bộ."))).held_back == ()
    )


BOMB = b"<a>" + b" " * 61_000_000 + b"</a>"
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
EXTERNAL = relations(("r1", "attachedTemplate", "https://evil.example/x.dotm"))


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (decision(parts={"word/vbaProject.bin": b"x"}), r'it has macros ("word/vbaProject.bin")'),
        (decision(parts={"[Content_Types].xml": TYPES.replace("document.main+xml", "document.macroEnabled.main+xml")}),
         'it has macros ("[Content_Types].xml")'),
        (decision(parts={"word/embeddings/a.xlsx": b"x"}), 'another file within it ("word/embeddings/a.xlsx")'),
        (decision(parts={RELATIONS: EXTERNAL}), f'"{RELATIONS}" takes content from elsewhere: https://evil.example'),
        (decision(foot=paragraph(CODE.format("DDE"), CODE.format("AUTO c:\\x"))),
         '"word/document.xml" takes content from elsewhere: DDEAUTO'),
        (decision(foot='<w:p><w:fldSimple w:instr="INCLUDETEXT c:/x"/></w:p>'),
         '"word/document.xml" takes content from elsewhere: INCLUDETEXT'),
        (decision(parts={"word/styles.xml": '<?xml version="1.0" encoding="tcvn3"?><a/>'}), "unknown encoding: tcvn3"),
        (decision(foot="<w:altChunk/>"), 'another file within it ("word/document.xml")'),
        (decision(parts={"word/bomb.xml": BOMB}), 'unpacks to more than 60 MB, at "word/bomb.xml"'),
        (decision(parts={"../../etc/cron.d/x": b"x"}), '"../../etc/cron.d/x" leads out of the file'),
        (decision(parts={"/etc/passwd": b"x"}), '"/etc/passwd" leads out of the file'),
        (decision(parts={"Word/Document.xml": b"<a/>"}), "is in it twice"),
        (decision(parts={"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><a/>'}), '"word/styles.xml" has a DTD'),
        (decision(parts={"word/styles.xml": "<a>" * 200 + "</a>" * 200}), '"word/styles.xml" has too many elements'),
        (decision(parts={"word/document.xml": "<a>\n<b></a>"}), '"word/document.xml", line 2: no XML'),
        (word_file(parts={"word/document.xml": "<a/>"}), "it is no Word file"),
        (decision()[:-300], "it is no Word file that can be opened"),
        (b"PK\x03\x04", "it is no Word file that can be opened"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of the old kind (.doc), or has a password"),
    ],
)  # fmt: skip
def test_file_that_no_office_needs_is_refused_with_the_part_that_is_meant(file: bytes, why: str) -> None:
    with pytest.raises(NotTakenError, match=re.escape(why)):
        read_word(file)


def test_size_that_a_part_says_of_itself_is_not_believed() -> None:
    file = bytearray(decision(parts={"word/bomb.xml": BOMB}))
    # The sizes in the local header and in the directory, each after the signature and the sum.
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begins = file.rfind(b"word/bomb.xml", 0, None if signature == b"PK\x01\x02" else file.rfind(b"PK\x01\x02"))
        header = file.rfind(signature, 0, begins)
        file[header + at : header + at + 4] = struct.pack("<I", 10)

    with pytest.raises(NotTakenError):
        read_word(bytes(file))


def test_encrypted_part_is_refused() -> None:
    file = bytearray(decision())
    header = file.find(b"PK\x01\x02")
    file[header + 8] |= 1

    with pytest.raises(NotTakenError, match="is encrypted"):
        read_word(bytes(file))


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbered(words: str, number: str, at: int = 0) -> str:
    inner = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{inner}</w:pPr>{run(words) if words else ''}</w:p>"


LISTS = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "Chương %1", "upperRoman")}'
    f"{level(1, 'Điều %2.', more='<w:lvlRestart w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}"
    f"{level(2, '%3.')}{level(3, '%4)', 'lowerLetter')}{level(4, '%3.%5.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "%1)", "lowerLetter")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "•", "bullet")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="3">{level(0, "Thứ %1", "ordinalText")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
)


def test_numbers_that_word_counts_itself_are_in_the_text() -> None:
    read = read_word(word_file(
        numbered("QUY ĐỊNH CHUNG", "1"), numbered("Phạm vi", "1", 1), numbered("Một", "1", 2), numbered("", "1", 2),
        numbered("Ba", "1", 2), numbered("Chữ", "1", 3), numbered("Nữa", "1", 4), numbered("TỔ CHỨC", "1"),
        numbered("Người", "1", 1), numbered("Lại một", "1", 2), numbered("x", "2"), numbered("y", "2"),
        numbered("z", "3"), numbered("Điều kiện là", "4"), parts={"word/numbering.xml": LISTS},
    ))  # fmt: skip

    assert read.text.split("\n\n") == [
        "Chương I QUY ĐỊNH CHUNG", "## Điều 1. Phạm vi", "1. Một", "3\\. Ba", "a) Chữ", "3.1. Nữa",
        "Chương II TỔ CHỨC", "## Điều 2. Người", "1. Lại một", "   a) x", "   b) y", "   c) z", "- Điều kiện là",
    ]  # fmt: skip
    assert [doubt.message.msgid for doubt in read.doubts if "Word" in doubt.message.msgid] == []


def test_numbers_by_style_and_those_of_another_list_are_counted() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style></w:styles>'
    )
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "Điều %1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    read = read_word(word_file(
        paragraph("Phạm vi", style="Dieu"), paragraph("Đối tượng", style="Con"), paragraph("Không", style="Con"),
        parts={"word/numbering.xml": lists, "word/styles.xml": styles},
    ))  # fmt: skip

    assert read.text.split("\n\n") == ["## Điều 1. Phạm vi", "## Điều 2. Đối tượng", "## Điều 3. Không"]


def test_numbers_of_a_form_that_nobody_knows_are_told_and_hostile_lists_end() -> None:
    read = read_word(word_file(numbered("Một", "5"), parts={"word/numbering.xml": LISTS}))
    assert "text: Word numbers 1 paragraphs by itself: compare their numbers" in doubts(read)

    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="999999999"/>'
        f'<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="{"%1" * 500}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>"
    )
    styles = (
        f'<w:styles {W}><w:style w:type="numbering" w:styleId="S"><w:basedOn w:val="S"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    read = read_word(word_file(
        numbered("a", "1"), numbered("b", "2"), numbered("d", "77"), paragraph("e", style="S"),
        parts={"word/numbering.xml": lists, "word/styles.xml": styles},
    ))  # fmt: skip
    assert len(read.text) < 300
