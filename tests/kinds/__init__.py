"""A kind of content that no part of the portal knows: notices, `notices/<name>.md`. It is all of its code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from plugins.portal.fields import ContentModel, Day, Many, MediaPath, Sentence, Word
from plugins.portal.kinds import Around, ContentKind, Indexed, Remark, Target
from plugins.portal.manifest import Card
from plugins.portal.problems import text
from plugins.portal.vocabulary import PublicationStatus, Term
from plugins.portal.yaml_source import Loc


class Notice(ContentModel):
    """Something that people have to know until a day."""

    title: Word
    summary: Sentence
    until: Day
    about: Many[Word] = ()
    forms: Many[MediaPath] = ()
    status: PublicationStatus = "published"


class NoticeCard(Card):
    until: datetime


def card(notice: Notice, around: Around) -> dict[str, object]:
    return {
        "title": notice.title,
        "summary": notice.summary,
        "until": datetime.combine(notice.until, datetime.min.time()),
    }


def targets(notice: Notice) -> Iterable[Target]:
    return (Target("procedure", code, ("about", number)) for number, code in enumerate(notice.about))


def files(notice: Notice) -> Iterable[tuple[Loc, str]]:
    return ((("forms", number), file) for number, file in enumerate(notice.forms))


def remarks(notice: Notice, around: Around) -> Iterable[Remark]:
    if notice.until.year < 2000:
        message = text("it lies before {day}", day="01/01/2000")
        yield Remark(("until",), message, text("mend the date if it is wrong"), stops=True)
    if notice.summary == notice.title:
        yield Remark(("summary",), text("the same as the title"), text("say more"))


KINDS = (
    ContentKind(
        name="notice",
        many=Term("Thông báo", "Notices"),
        folder="notices",
        home="thong-bao/",
        model=Notice,
        card_type=NoticeCard,
        card=card,
        order=lambda notice: -notice.until.timestamp(),
        is_public=lambda notice: notice.status == "published",
        targets=targets,
        files=files,
        remarks=remarks,
        indexed=lambda notice, language: Indexed(
            notice.title, summary=notice.summary, meta=f"đến {notice.until:%d/%m/%Y}"
        ),
        feed_moment=lambda notice: notice.until,
        api="notices",
        meanings={"until": "ngày cuối cùng còn hiệu lực"},
    ),
)
