"""Chance with a memory: sentences from templates, with words as unevenly used as in real texts.

A subject's phrases follow Zipf's law over the corpus; an article draws a few of them and comes back to those, as a
writer does, so that a term that occurs at all in a text occurs there several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from string import Formatter
from typing import TypeVar

from plugins.corpus.vocabulary import (
    ALL_SUBJECTS,
    LINKS,
    MANNERS,
    PARTNERS,
    QUALITIES,
    SEASONS,
    SUBJECTS,
    TIMES,
    SubjectKey,
    phrases,
)

T = TypeVar("T")


def stream(seed: int, name: str) -> Random:
    """The chance of one part of the corpus: more news must not change the procedures."""
    return Random(f"{seed}:{name}")  # noqa: S311  # reproducible texts, no secrets


def zipf(rng: Random, choices: Sequence[T]) -> T:
    """One of the choices, the n-th about n times as rarely as the first."""
    return choices[int((len(choices) + 1) ** rng.random()) - 1]


def some(rng: Random, choices: Sequence[T], count: int) -> list[T]:
    """Up to `count` different choices, the first ones most likely."""
    found: dict[T, None] = {}
    for _ in range(4 * count):
        found[zipf(rng, choices)] = None
        if len(found) == min(count, len(choices)):
            break
    return list(found)


def begun(sentence: str) -> str:
    """The sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def continued(phrase: str) -> str:
    """The phrase as it stands inside a sentence, unless it begins with an abbreviation."""
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() or phrase[1:2] == " " else phrase


class Voice:
    """What one text speaks of: for each slot a few phrases, used in turn."""

    def __init__(self, slots: dict[str, list[str]]) -> None:
        self._slots = slots
        self._turn = dict.fromkeys(slots, -1)

    def next(self, slot: str) -> str:
        """The next phrase of the slot."""
        said = self._slots[slot]
        self._turn[slot] += 1
        return said[self._turn[slot] % len(said)]


@dataclass(frozen=True)
class Template:
    """A sentence with slots, taken apart once."""

    parts: tuple[tuple[str, str | None], ...]

    def said(self, voice: Voice) -> str:
        """The sentence in the words of `voice`."""
        return begun("".join(literal + (voice.next(slot) if slot else "") for literal, slot in self.parts))


def templates(written: str) -> tuple[Template, ...]:
    """Templates parted by semicolons."""
    return tuple(
        Template(tuple((literal, slot) for literal, slot, _, _ in Formatter().parse(sentence)))
        for sentence in phrases(written)
    )


def said(voice: Voice, rng: Random, choices: Sequence[Template]) -> str:
    """One of the sentences."""
    return choices[int(rng.random() * len(choices))].said(voice)


_AMOUNTS = ("hơn {}", "gần {}", "khoảng {}", "trên {}", "{}")


def _amount(rng: Random) -> str:
    return _AMOUNTS[int(rng.random() * len(_AMOUNTS))].format(int(10 ** (1 + 2 * rng.random())))


def voice_of(rng: Random, subject: SubjectKey, body: str, places: Iterable[str], year: int) -> Voice:
    """The voice of a text about `subject`; one in four borrows a little from another subject."""
    own = SUBJECTS[subject]
    things, deeds = some(rng, own.things, 5), some(rng, own.deeds, 4)
    if rng.random() < 0.25:
        other = SUBJECTS[rng.choice(ALL_SUBJECTS)]
        things.append(zipf(rng, other.things))
        deeds.append(zipf(rng, other.deeds))
    return Voice(
        {
            "thing": things,
            "deed": deeds,
            "people": some(rng, own.people, 3),
            "trouble": some(rng, own.troubles, 3),
            "remedy": some(rng, own.remedies, 5),
            "gain": some(rng, own.gains, 3),
            "event": some(rng, own.events, 2),
            "body": [body, "đơn vị", "cơ quan chuyên môn"],
            "place": list(places),
            "year": [str(year)],
            "partner": some(rng, PARTNERS, 3),
            "time": some(rng, TIMES, 4),
            "season": some(rng, SEASONS, 2),
            "manner": some(rng, MANNERS, 4),
            "quality": some(rng, QUALITIES, 4),
            "link": some(rng, LINKS, 5),
            "amount": [_amount(rng) for _ in range(5)],
        }
    )


HEADLINES = templates("""
    {place}: {deed};
    {body} {deed} tại {place};
    {place} bắt đầu {deed} từ {season} năm {year};
    {event} tại {place} {season} năm {year};
    {place} chú trọng {remedy};
    {thing}: {gain};
    Cần biết về {thing} {season} năm {year};
    {people} ở {place} được hướng dẫn {remedy};
    {place} khắc phục {trouble};
    Nhìn lại việc {deed} năm {year} ở {place};
    Thông báo về {event} tại {place} {season} năm {year};
    Kế hoạch {deed} {season} năm {year} tại {place};
    {gain} sau khi {deed} ở {place};
    Kết quả {deed} {season} năm {year} tại {place};
    {place} sẽ {remedy} và {deed};
    Vì sao {place} còn {trouble}?
""")
PAGE_TITLES = templates("""
    Hướng dẫn {deed};
    Hỏi đáp về {thing};
    Những điều cần biết về {thing};
    Quy trình {deed};
    Chương trình {deed};
    Dành cho {people}: {remedy};
    Tìm hiểu {thing} và {thing};
    Lưu ý khi {deed}
""")
OPENINGS = templates("""
    {time}, {body} phối hợp với {partner} tổ chức {event} tại {place}, có nhiều {people} tham dự.;
    Thực hiện kế hoạch năm {year}, {body} bắt đầu {deed} trên địa bàn {place}, {manner}.;
    {event} vừa diễn ra tại {place}, xoay quanh chuyện {thing} và {thing}.;
    {people} ở {place} đang quan tâm nhiều đến {thing}, nhất là trong {season} năm {year}.;
    Sau thời gian chuẩn bị, {place} đã có thể {deed}, một việc {quality} đối với {people}.;
    {time}, {place} là một trong những nơi làm tốt việc {deed}, nhờ {partner} cùng tham gia.;
    {thing} là nội dung chính của {event} do {body} tổ chức tại {place}.;
    Với {people} ở {place}, {thing} không còn là chuyện xa lạ, vì {time} nơi đây đã {deed}.;
    {body} vừa có hướng dẫn về {thing}, trong đó nêu rõ cách {deed} và trách nhiệm của {partner}.;
    Trước {trouble}, {body} yêu cầu {place} sớm {remedy} và báo lại kết quả trong {season}.
""")
MIDDLES = templates("""
    {link} {body} đã {deed} ở {amount} điểm, {manner}.;
    Việc {deed} được làm {manner}, mỗi nơi cử một người theo dõi và ghi sổ hằng ngày.;
    {people} được hướng dẫn {remedy}, đồng thời biết thêm về {thing}.;
    {link} {thing} và {thing} là hai việc {quality}, không nên làm tách rời nhau.;
    {time}, {amount} lượt người đã được nghe giới thiệu về {thing}, phần lớn là {people}.;
    Ở {place}, {partner} nhận phần vận động, còn {body} lo phần chuyên môn về {thing}.;
    Nhờ {remedy}, {gain}, và {people} cũng yên tâm hơn.;
    {link} {gain}, dù {trouble} vẫn còn ở một số nơi.;
    Cách làm của {place} là {remedy} trước, rồi mới {deed}.;
    Kinh phí {deed} được công khai tại trụ sở, {manner}.;
    {partner} cùng {people} góp ý cho việc {deed}, và nhiều ý kiến đã được tiếp thu.;
    {link} mỗi tháng {body} dành một buổi để nghe {people} nói về {thing}.;
    So với năm trước, {thing} ở {place} có nhiều thay đổi, rõ nhất là {gain}.;
    Theo kế hoạch, {amount} hộ ở {place} sẽ được hỗ trợ {deed} trong {season} năm {year}.;
    Những nơi đã {deed} cho biết {gain}.;
    {thing} được đưa vào nội dung sinh hoạt của {partner}, {manner}.;
    Điều {quality} là {people} tự nguyện {remedy} mà không chờ nhắc nhở.;
    {link} việc theo dõi {thing} được giao cho từng tổ, cuối tuần báo về {body}.;
    Tài liệu về {thing} được viết ngắn gọn, có hình vẽ, phát đến {amount} hộ ở {place}.;
    {event} cũng là dịp để {people} trao đổi kinh nghiệm về {thing} và {thing}.;
    {link} {deed} cần đi cùng với {remedy}, nếu không {trouble} sẽ lặp lại.;
    Từ chỗ còn lúng túng, đến nay {place} đã biết {deed} và chia sẻ cách làm với nơi khác.
""")
TROUBLES = templates("""
    Khó khăn lớn nhất hiện nay là {trouble}, nhất là ở {place}.;
    Tuy vậy, {trouble} khiến việc {deed} chậm hơn dự kiến.;
    Nguyên nhân được nêu ra gồm {trouble} và {trouble}.;
    Một số {people} cho rằng {trouble} là do chưa {remedy} từ sớm.;
    Khi được hỏi, nhiều {people} nói điều họ lo nhất là {trouble}.;
    Qua kiểm tra {amount} nơi, vấn đề gặp nhiều nhất vẫn là {trouble}.
""")
REMEDIES = templates("""
    Để khắc phục, {body} đề nghị {remedy}, đồng thời {remedy}.;
    Giải pháp trước mắt là {remedy}, còn về lâu dài phải {deed}.;
    {people} nên {remedy} và báo ngay cho {partner} khi thấy điều bất thường.;
    {body} sẽ cùng {partner} {remedy} ngay trong {season} năm {year}.;
    Nơi nào còn {trouble} thì phải {remedy} trước khi {deed}.;
    Kinh nghiệm của {place} cho thấy chỉ cần {remedy} là đã bớt được {trouble}.
""")
CLOSINGS = templates("""
    Thời gian tới, {body} tiếp tục {deed}, phấn đấu để {gain}.;
    {body} mong {people} cùng {remedy} để {gain}.;
    Kết quả sẽ được {body} công bố sau khi {deed} xong ở {place}.;
    Việc {deed} sẽ được đánh giá lại vào {season} sang năm, với sự tham gia của {partner}.;
    Mọi ý kiến về {thing} được tiếp nhận tại bộ phận một cửa trong giờ làm việc.;
    Nếu làm tốt, {place} sẽ là nơi để các địa phương khác đến học cách {deed}.
""")
HEADINGS = templates("""
    Những việc đã làm; Cách làm ở {place}; Về {thing}; Khó khăn cần tháo gỡ; Giải pháp trong {season}; Ý kiến từ cơ sở;
    Kết quả bước đầu; Ai được hưởng lợi; Vì sao cần {deed}; Việc cần làm ngay; Nội dung chính; Từ thực tế {place}
""")
LIST_LEADS = templates("""
    {people} cần nhớ mấy việc sau:;
    {body} lưu ý {people} những điều dưới đây:;
    Để {deed}, mỗi nơi cần làm các việc sau:;
    Trong {season}, các việc chính gồm:
""")
LIST_ENTRIES = templates("""
    {remedy}; {remedy}, {manner}; {remedy} khi có {trouble}; {deed}; {deed} tại {place}; theo dõi {thing} hằng tuần
""")
PROCEDURE_LINKS = phrases("""
    Người dân có thể xem giấy tờ và thời hạn của thủ tục {link} trên cổng thông tin.;
    Hồ sơ liên quan được nộp theo thủ tục {link}.;
    Ai có nhu cầu thì làm thủ tục {link} tại bộ phận một cửa.;
    Trước khi nộp hồ sơ, nên đọc thủ tục {link}.
""")
AGENCY_LINKS = phrases("""
    Thông tin thêm có tại trang của {link}.;
    Việc này có sự phối hợp của {link}.;
    {link} là nơi trả lời các câu hỏi về chuyên môn.
""")
ARTICLE_LINKS = phrases("""
    Xem thêm bài {link}.;
    Trước đó, trang này đã đăng bài {link}.;
    Nội dung gần với bài này: {link}.
""")
