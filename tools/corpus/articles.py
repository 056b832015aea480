"""News and pages: titles that differ, files that differ, and texts of 250 to 400 words that link to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from plugins.articles.records import Article, Page
from plugins.portal.identifiers import slugify
from tools.corpus.plan import CorpusPlan, shares
from tools.corpus.procedures import Owned
from tools.corpus.sentences import (
    AGENCY_LINKS,
    ARTICLE_LINKS,
    CLOSINGS,
    HEADINGS,
    HEADLINES,
    LIST_ENTRIES,
    LIST_LEADS,
    MIDDLES,
    OPENINGS,
    PAGE_TITLES,
    PROCEDURE_LINKS,
    REMEDIES,
    TROUBLES,
    Template,
    Voice,
    begun,
    phrase,
    stream,
    voice_of,
    zipf,
)
from tools.corpus.sites import Site
from tools.corpus.vocabulary import ALL_SUBJECTS, SUBJECTS, SubjectKey
from tools.corpus.writing import markdown_of

FIRST_DAY = datetime(2015, 1, 5)  # content's times are those of the province, without a zone
DAYS = 1_820
"""To the end of 2019."""
SLUG_LENGTH = 80
LEAST_WORDS, MOST_WORDS = 260, 350
"""A text ends with the first sentence that reaches a number between these two: at most 400 words."""
NEWS_UNEVENNESS = 0.9
"""The n-th busiest site has 1/n to this power of the busiest one's news."""
PAGES_UNEVENNESS = 0.5
NEAR = 50
"""An article links to one of so many before it."""
LINKABLE_WORDS = 18
"""A procedure with a longer name is linked by its code."""
_MARKS = frozenset({"##", "-", "1.", "|", "---", "---:"})
"""What stands between blanks in a text and is no word."""
_MARKUP = frozenset("[]()*_<>`|\\")


@dataclass(frozen=True)
class Headline:
    """An article before it is written."""

    number: int
    """In the whole corpus: the seed of its text."""
    site: Site
    subject: SubjectKey
    title: str
    slug: str
    date: datetime

    @property
    def link(self) -> str:
        """How an article of the same site links to it."""
        return f"[{self.title}]({{filename}}/news/{self.date.year}/{self.slug}.md)"


@dataclass(frozen=True)
class StandingPage:
    """A page that every site has."""

    slug: str
    title: str
    summary: str


STANDING_PAGES = (
    StandingPage(
        "gioi-thieu",
        "Giới thiệu",
        "{name} phụ trách các lĩnh vực: {about}. Trang này nói ngắn gọn về chức năng, nhiệm vụ và việc đang làm.",
    ),
    StandingPage(
        "co-cau-to-chuc",
        "Cơ cấu tổ chức",
        "{name} gồm lãnh đạo, văn phòng và các bộ phận chuyên môn về {about}, mỗi bộ phận có một người phụ trách.",
    ),
)


@dataclass(frozen=True)
class Targets:
    """What the texts of a site may link to."""

    procedures: Sequence[Owned]
    agencies: Sequence[Site]


class Names:
    """Titles and slugs that are given once."""

    def __init__(self, taken: Sequence[str] = ()) -> None:
        self._titles: set[str] = set(taken)
        self._slugs: set[str] = set(taken)
        self._next: dict[str, int] = {}

    def is_new(self, title: str) -> bool:
        """Whether no text has the title yet."""
        return title not in self._titles

    def numbered(self, title: str) -> str:
        """The title with the number that makes it new."""
        return next(numbered for n in self._numbers(title) if self.is_new(numbered := f"{title} (bài {n})"))

    def slug(self, title: str) -> str:
        """Take the title; the slug that is now its own, of whole words."""
        self._titles.add(title)
        full = slugify(title)
        slug = _cut(full, SLUG_LENGTH)
        if slug in self._slugs:
            base = _cut(full, SLUG_LENGTH - 8)
            slug = next(numbered for n in self._numbers(base) if (numbered := f"{base}-{n}") not in self._slugs)
        self._slugs.add(slug)
        return slug

    def _numbers(self, name: str) -> Iterator[int]:
        for number in count(self._next.get(name, 2)):
            self._next[name] = number + 1
            yield number


def _cut(slug: str, length: int) -> str:
    return slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0]


def news_files(plan: CorpusPlan, sites: Sequence[Site], procedures: Sequence[Owned]) -> Iterator[tuple[str, str]]:
    """The articles of all sites with their paths."""
    names = Names()
    numbers = count()
    targets = _targets(sites, procedures)
    for site, many in zip(sites, spread(plan.news, sites, NEWS_UNEVENNESS, stream(plan.seed, "news")), strict=True):
        headlines = sorted(
            (_headline(plan.seed, next(numbers), site, names) for _ in range(many)),
            key=lambda headline: (headline.date, headline.number),
        )
        for position, headline in enumerate(headlines):
            yield _article(plan.seed, headline, headlines[max(0, position - NEAR) : position], targets[site.folder])


def page_files(plan: CorpusPlan, sites: Sequence[Site], procedures: Sequence[Owned]) -> Iterator[tuple[str, str]]:
    """The pages of all sites with their paths: first what every site has, the rest spread unevenly."""
    rng = stream(plan.seed, "pages")
    standing = [min(len(sites), max(0, plan.pages - rank * len(sites))) for rank in range(len(STANDING_PAGES))]
    others = spread(plan.pages - sum(standing), sites, PAGES_UNEVENNESS, rng)
    numbers = count()
    targets = _targets(sites, procedures)
    for position, (site, many) in enumerate(zip(sites, others, strict=True)):
        for order, (page, having) in enumerate(zip(STANDING_PAGES, standing, strict=True), 1):
            if position < having:
                yield _standing_page(plan.seed, next(numbers), site, page, order, targets[site.folder])
        names = Names([page.slug for page in STANDING_PAGES])
        for _ in range(many):
            yield _page(plan.seed, next(numbers), site, names, targets[site.folder])


def spread(total: int, sites: Sequence[Site], unevenness: float, rng: Random) -> list[int]:
    """How many of all each site has."""
    # The province's own site and the first bodies are the busiest, as in life; the others in any order.
    ranks = list(range(6, len(sites)))
    rng.shuffle(ranks)
    order = [*range(min(6, len(sites))), *ranks]
    return shares(total, [1 / (rank + 1) ** unevenness for rank in order])


def _targets(sites: Sequence[Site], procedures: Sequence[Owned]) -> dict[str, Targets]:
    """By the site's folder."""
    own: dict[str, list[Owned]] = {site.folder: [] for site in sites}
    for owned in procedures:
        own[owned.site.folder].append(owned)
    agencies = [site for site in sites if site.agency is not None]
    return {
        # Districts and communes own no procedures: they perform those of the province.
        site.folder: Targets(
            own[site.folder] or own[sites[0].folder] or procedures,
            [other for other in agencies if other is not site],
        )
        for site in sites
    }


def _headline(seed: int, number: int, site: Site, names: Names) -> Headline:
    rng = stream(seed, f"headline {number}")
    subject = zipf(rng, site.subjects) if rng.random() < 0.85 else rng.choice(ALL_SUBJECTS)
    if site.agency is None:
        subject = rng.choice(site.subjects)
    # Two draws, the later kept: a portal publishes more every year.
    day = max(rng.randrange(DAYS), rng.randrange(DAYS)) if rng.random() < 0.5 else rng.randrange(DAYS)
    date = FIRST_DAY + timedelta(days=day, minutes=15 * rng.randrange(28, 70))
    voice = _voice(seed, f"news {number}", site, subject, date.year)[1]
    title = _new_title(names, rng, voice, HEADLINES)
    return Headline(number, site, subject, title, names.slug(title), date)


def _voice(seed: int, name: str, site: Site, subject: SubjectKey, year: int) -> tuple[Random, Voice]:
    """The chance and the words of one text: asked twice, they are the same, so that a title fits its text."""
    rng = stream(seed, name)
    places = [rng.choice(site.places) for _ in range(3)]
    short = site.name if site.agency is None or site.agency.short_name is None else site.agency.short_name
    return rng, voice_of(rng, subject, short, places, year)


def _article(seed: int, headline: Headline, earlier: Sequence[Headline], targets: Targets) -> tuple[str, str]:
    rng, voice = _voice(seed, f"news {headline.number}", headline.site, headline.subject, headline.date.year)
    related = rng.choice(earlier).link if earlier and rng.random() < 0.6 else None
    topics = [SUBJECTS[headline.subject].name]
    if rng.random() < 0.2 and (more := SUBJECTS[rng.choice(headline.site.subjects)].name) not in topics:
        topics.append(more)
    front = Article(
        title=headline.title,
        date=headline.date,
        summary=phrase(voice, rng, OPENINGS),
        author=headline.site.name if rng.random() < 0.3 else None,
        topics=tuple(topics),
        featured=rng.random() < 0.01,
    )
    inside = f"{headline.site.folder}/news/{headline.date.year}/{headline.slug}.md"
    body = _text(rng, voice, headline.subject, _links(rng, targets, related))
    return inside, markdown_of(front, f"../../{headline.site.schemas}/article.schema.json", body)


def _page(seed: int, number: int, site: Site, names: Names, targets: Targets) -> tuple[str, str]:
    subject, rng, voice = _page_voice(seed, number, site)
    title = _new_title(names, rng, voice, PAGE_TITLES)
    front = Page(title=title, summary=phrase(voice, rng, OPENINGS))
    body = _text(rng, voice, subject, _links(rng, targets, None))
    return _page_file(site, names.slug(title), front, body)


def _standing_page(
    seed: int, number: int, site: Site, page: StandingPage, order: int, targets: Targets
) -> tuple[str, str]:
    subject, rng, voice = _page_voice(seed, number, site)
    about = ", ".join(SUBJECTS[subject].name.lower() for subject in site.subjects[:4])
    summary = page.summary.format(name=site.name, about=about)
    front = Page(title=f"{page.title} {site.name}", menu=page.title, order=order, summary=summary)
    return _page_file(site, page.slug, front, _text(rng, voice, subject, _links(rng, targets, None), summary))


def _page_voice(seed: int, number: int, site: Site) -> tuple[SubjectKey, Random, Voice]:
    chance = stream(seed, f"subject {number}")
    subject = chance.choice(site.subjects) if site.agency is None else zipf(chance, site.subjects)
    return subject, *_voice(seed, f"page {number}", site, subject, 2019)


def _page_file(site: Site, slug: str, front: Page, body: str) -> tuple[str, str]:
    return f"{site.folder}/pages/{slug}.md", markdown_of(front, f"../{site.schemas}/page.schema.json", body)


def _new_title(names: Names, rng: Random, voice: Voice, patterns: Sequence[Template]) -> str:
    drafts = (phrase(voice, rng, patterns) for _ in range(12))
    title = next((draft for draft in drafts if names.is_new(draft)), None)
    return names.numbered(phrase(voice, rng, patterns)) if title is None else title


def _links(rng: Random, targets: Targets, related: str | None) -> list[str]:
    """Sentences that link; none where there is nothing to link to."""
    sentences = []
    if targets.procedures:
        many = 1 + (rng.random() < 0.35)
        linked = {owned.procedure.code: owned for owned in (zipf(rng, targets.procedures) for _ in range(many))}
        sentences += [rng.choice(PROCEDURE_LINKS).format(link=_procedure_link(owned)) for owned in linked.values()]
    if targets.agencies and rng.random() < 0.7:
        site = rng.choice(targets.agencies)
        sentences.append(begun(rng.choice(AGENCY_LINKS).format(link=f"[{site.name}](agency:{site.slug})")))
    if related is not None:
        sentences.append(rng.choice(ARTICLE_LINKS).format(link=related))
    return sentences


def _procedure_link(owned: Owned) -> str:
    procedure = owned.procedure
    short = len(procedure.name.split()) <= LINKABLE_WORDS and _MARKUP.isdisjoint(procedure.name)
    return f"[{procedure.name if short else f'mã {procedure.code}'}](procedure:{procedure.code})"


def _text(rng: Random, voice: Voice, subject: SubjectKey, links: list[str], opening: str = "") -> str:
    """A lead, two sections with a list or a table, links and a closing, filled up to the wanted length."""
    lead, first = [opening or phrase(voice, rng, OPENINGS)], [phrase(voice, rng, MIDDLES)]
    second = [phrase(voice, rng, TROUBLES), phrase(voice, rng, REMEDIES)]
    listed = _list(rng, voice) if rng.random() < 0.6 else ""
    table = _table(rng, subject) if rng.random() < 0.18 else ""
    blocks = [
        lead, [f"## {phrase(voice, rng, HEADINGS)}"], first, [listed], [table], [f"## {phrase(voice, rng, HEADINGS)}"],
        second, links, [phrase(voice, rng, CLOSINGS)],
    ]  # fmt: skip
    words = sum(token not in _MARKS for block in blocks for part in block for token in part.split())
    wanted = rng.randrange(LEAST_WORDS, MOST_WORDS)
    for turn in count():
        if words >= wanted:
            break
        sentence = phrase(voice, rng, REMEDIES if turn % 5 == 4 else MIDDLES)
        (lead, first, second)[turn % 3].append(sentence)
        words += len(sentence.split())
    return "\n\n".join(paragraph for block in blocks if (paragraph := " ".join(block)))


def _list(rng: Random, voice: Voice) -> str:
    bullet = rng.choice(("-", "1."))
    entries = dict.fromkeys(phrase(voice, rng, LIST_ENTRIES) for _ in range(rng.randrange(3, 6)))
    return phrase(voice, rng, LIST_LEADS) + "\n\n" + "\n".join(f"{bullet} {entry}." for entry in entries)


def _table(rng: Random, subject: SubjectKey) -> str:
    rows = rng.sample(SUBJECTS[subject].tallies, rng.randrange(2, 5))
    lines = [f"| {row} | {rng.randrange(20, 900)} | {rng.randrange(20, 900)} |" for row in rows]
    head = ["Bảng dưới đây là số liệu minh họa.", "", "| Nội dung | Kỳ trước | Kỳ này |", "| --- | ---: | ---: |"]
    return "\n".join([*head, *lines])
