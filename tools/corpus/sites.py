"""The sites of the corpus: a made-up province, its agencies, its districts and communes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, product
from random import Random

from plugins.portal.agency import Agency, CommuneUnit, Counter, OpeningHours
from plugins.portal.identifiers import slugify
from tools.corpus.plan import CorpusPlan
from tools.corpus.sentences import stream
from tools.corpus.vocabulary import (
    ALL_SUBJECTS,
    BODIES,
    COLOURS,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    PLACE_SIDES,
    SUBJECTS,
    SubjectKey,
)

PROVINCE_NAME = "Tỉnh Mẫu"
DISTRICTS = 8
DISTRICT_SHARE = 0.16
"""Of the agencies, while there are few: 8 of 50."""
COMMUNES = 72
"""At least: articles need places even where no commune has a site."""
DISTRICT_SUBJECTS: tuple[SubjectKey, ...] = (
    "agriculture",
    "social",
    "land",
    "education",
    "transport",
    "health",
    "culture",
    "justice",
    "home_affairs",
    "construction",
)
COMMUNE_SUBJECTS: tuple[SubjectKey, ...] = ("social", "agriculture", "justice", "environment", "culture")
HOURS = OpeningHours(days="Thứ Hai - Thứ Sáu", times=("07:00-11:00", "13:00-17:00"))


@dataclass(frozen=True)
class District:
    """A district with its communes, by name."""

    name: str
    communes: tuple[str, ...]
    number: int

    @property
    def committee(self) -> str:
        """The name of its agency."""
        return f"Ủy ban nhân dân {self.name}"


@dataclass(frozen=True)
class Site:
    """A site of the portal: the province's own, or an agency's."""

    folder: str
    """Inside the content folder, such as `agencies/so-y-te`."""
    name: str
    subjects: tuple[SubjectKey, ...]
    places: tuple[str, ...]
    """Where its news happens."""
    agency: Agency | None = None
    """None for the province's own site."""

    @property
    def slug(self) -> str:
        """The agency's slug; empty for the province."""
        return self.folder.partition("/")[2]

    @property
    def schemas(self) -> str:
        """The way from the site's folder to the folder of the JSON Schemas."""
        return "../" * (self.folder.count("/") + 1) + "schemas"


def sites_of(plan: CorpusPlan) -> tuple[Site, ...]:
    """The province's site, then as many agencies as are planned: bodies, districts, communes."""
    districts = min(DISTRICTS, round(plan.agencies * DISTRICT_SHARE))
    bodies = min(len(BODIES), plan.agencies - districts)
    communes = plan.agencies - districts - bodies
    country = _country(stream(plan.seed, "places"), max(COMMUNES, communes))
    places = tuple(f"{commune}, {district.name}" for district in country for commune in district.communes)
    everywhere = (*(district.name for district in country), *places)
    province = Site("province", PROVINCE_NAME, ALL_SUBJECTS, everywhere)
    agencies: list[_Draft] = [
        *_bodies(bodies, everywhere),
        *(_district(district) for district in country[:districts]),
        *islice((_commune(commune, district) for district in country for commune in district.communes), communes),
    ]
    return (province, *(_site(number, *draft) for number, draft in enumerate(agencies, 1)))


def place_names(rng: Random) -> Iterator[str]:
    """Names of places without end, no two with the same slug."""
    spelled = (f"{first} {last}" for first, last in product(PLACE_BEGINNINGS, PLACE_ENDINGS) if first != last)
    # Tân Thành and Tân Thạnh both exist in life; here they would be two sites at one address.
    pairs = list({slugify(pair): pair for pair in spelled}.values())
    rng.shuffle(pairs)
    yield from pairs
    yield from (f"{pair} {side}" for side in PLACE_SIDES for pair in pairs)
    yield from (f"{pair} {number}" for number in count(2) for pair in pairs)


def _country(rng: Random, communes: int) -> tuple[District, ...]:
    names = place_names(rng)
    heads = [("thành phố" if number == 0 else "huyện") + f" {next(names)}" for number in range(DISTRICTS)]
    sizes = [communes // DISTRICTS + (number < communes % DISTRICTS) for number in range(DISTRICTS)]
    kinds = ("phường", "xã", "xã", "xã", "thị trấn", "xã", "xã")
    return tuple(
        District(
            head,
            tuple(f"{'phường' if number == 0 else kinds[1 + position % 6]} {next(names)}" for position in range(size)),
            number,
        )
        for number, (head, size) in enumerate(zip(heads, sizes, strict=True))
    )


_Draft = tuple[Agency, tuple[SubjectKey, ...], tuple[str, ...]]


def _bodies(number: int, places: tuple[str, ...]) -> Iterator[_Draft]:
    present = {body.name for body in BODIES[:number]}
    for body in BODIES[:number]:
        about = ", ".join(SUBJECTS[subject].name.lower() for subject in body.subjects)
        agency = Agency(
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            parent=slugify(body.parent) if body.parent in present else None,
            summary=f"{body.name} giúp Ủy ban nhân dân tỉnh quản lý về {about}. Nội dung do máy tạo.",
        )
        yield agency, body.subjects, places


def _district(district: District) -> _Draft:
    communes = tuple(
        CommuneUnit(name=name[:1].upper() + name[1:], code=f"99{district.number:01d}{number:04d}")
        for number, name in enumerate(district.communes, 1)
    )
    agency = Agency(
        name=district.committee,
        short_name=f"UBND {district.name}",
        kind="district",
        summary=f"Cơ quan hành chính của {district.name}, gồm {len(communes)} xã, phường. Nội dung do máy tạo.",
        communes=communes,
    )
    return agency, DISTRICT_SUBJECTS, (district.name, *district.communes)


def _commune(commune: str, district: District) -> _Draft:
    agency = Agency(
        name=f"Ủy ban nhân dân {commune}",
        short_name=f"UBND {commune}",
        kind="commune",
        parent=slugify(district.committee),
        summary=f"Cơ quan hành chính của {commune}, {district.name}. Nội dung do máy tạo.",
    )
    return agency, COMMUNE_SUBJECTS, tuple(f"ấp {number}, {commune}" for number in range(1, 9))


def _site(number: int, agency: Agency, subjects: tuple[SubjectKey, ...], places: tuple[str, ...]) -> Site:
    complete = agency.model_copy(
        update={
            "code": f"{number // 10_000:03d}.{number // 100 % 100:02d}.{number % 100:02d}.H99",
            "colour": COLOURS[number % len(COLOURS)],
            "counters": (Counter(name=f"Bộ phận một cửa của {agency.name}", hours=(HOURS,)),),
            "sample": True,
        }
    )
    return Site(f"agencies/{slugify(agency.name)}", agency.name, subjects, places, complete)
