"""Where everything stands on the portal. An address has no leading slash; a page's ends with one.

`/` home, `/tin-tuc/` news, `/thu-tuc/<code>/` procedures, `/don-vi/` agencies; an agency's own pages lie below
`/<slug>/`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from plugins.portal.site_names import LISTED_PROVINCE, STORED_PROVINCE, is_agency

NEWS = "tin-tuc/"
AGENCY_NEWS = "tin-tuc/cac-co-quan/"
"""The latest of all agencies; no year's folder has this name."""
TOPICS = "tin-tuc/chu-de/"
"""Below it the news of all sites about each topic; no year's folder has this name."""
PROCEDURES = "thu-tuc/"
API = "api/v1/"
"""The same content for programs."""
API_IN_ENGLISH = "api/v1/en/"
"""How to read it, in English, where the portal's own language is another."""
API_INDEX = "api/v1/index.json"
API_DESCRIPTIONS = {"vi": "api/v1/openapi.json", "en": "api/v1/openapi.en.json"}
"""OpenAPI, by the language of what it says."""
API_CATALOG = "api/v1/catalog.jsonld"
"""What there is as data sets, for catalogues of other portals."""
API_NOTHING = "api/404.json"
"""What is answered below it where nothing is."""
API_ROOT = "api/"
"""Leads to the API that there is."""
ALL_PROCEDURES = "thu-tuc/tat-ca/"
LIFE_EVENTS = "thu-tuc/su-kien/"
ABOLISHED = "thu-tuc/da-bai-bo/"
LISTS = (ALL_PROCEDURES, LIFE_EVENTS)
"""Lists of the catalogue that every portal has."""
LIST_FOLDERS = tuple(
    f"{PROCEDURES}{facet}/"
    for facet in ("linh-vuc", "co-quan", "muc-do", "hinh-thuc", "doi-tuong", "cap-thuc-hien", "chu-cai")
)
"""Where the catalogue's lists lie: each leads to the part of the catalogue that links them."""
NUMBERED = "van-ban/so/"
"""Below it each number of a document leads to the document."""
CONTACT = "lien-he/"
AGENCIES = "don-vi/"
SEARCH = "tim-kiem/"
STATISTICS = "so-lieu/"
LOOKUP = "tra-cuu-ho-so/"
"""Where a citizen asks about one dossier."""
LIVE = "live/"
"""Files that are written anew without a build: nobody may keep a copy of them."""
SITE_MAP = "so-do-cong/"
OFFLINE = "ngoai-tuyen.html"
"""What is shown where there is no network; no page has a dot in its name."""
ENGLISH = "en.html"
"""Leads to where the province begins in English, or home: for sites that have no pages in English themselves."""
SERVICE_WORKER = "sw.js"
WEB_MANIFEST = "manifest.webmanifest"
PROBLEMS = "kiem-tra/"
HANDBOOK = "kiem-tra/huong-dan/"
"""How editors write: on a desk alone, as the page of problems."""
COMPONENTS = "_components/"
"""What pages are made of, for who works on the theme: on a desk alone. No slug begins so."""
MEDIA = "media/"
ATOM_FEED, JSON_FEED = "feed.atom", "feed.json"
"""The names of the files of each list, below its address."""
LIVE_FIGURES = f"{LIVE}dossiers.json"
LIVE_RELEASE = f"{LIVE}release.json"
"""Which release is shown: its receipt."""
LIVE_RELEASES = f"{LIVE}releases.atom"
"""A feed of what has gone live."""
LIVE_ALERTS = f"{LIVE}alert.json"
FIGURES_TABLE = f"{STATISTICS}du-lieu.csv"
"""All figures for spreadsheets."""
FIGURES_DOCUMENT = f"{STATISTICS}du-lieu.json"
"""All figures for programs."""


def _first_names(*taken: str) -> frozenset[str]:
    return frozenset(address.partition("/")[0] for address in taken)


LISTS_OF_KINDS = _first_names(NEWS, PROCEDURES, NUMBERED)
"""Of the names below, those that kinds of content of the portal's own take for their lists."""
RESERVED_IN_SITE = _first_names(NEWS, PROCEDURES, CONTACT, MEDIA, STATISTICS, SEARCH) | {"index", "site"}
"""Names below a site that the portal uses itself: no page may take them."""
RESERVED_AT_ROOT = (
    RESERVED_IN_SITE
    | _first_names(NUMBERED, API, AGENCIES, LOOKUP, LIVE, SITE_MAP, PROBLEMS, COMPONENTS)
    | _first_names(OFFLINE, ENGLISH, SERVICE_WORKER, WEB_MANIFEST, ATOM_FEED, JSON_FEED)
    | {STORED_PROVINCE, "portal", "catalogue", "permanent", "filled", "search", "led-on"}
    | {LISTED_PROVINCE, "theme", "sitemaps"}
)
"""Names at the portal's root: no agency and no page of the province may take them."""


def site_home(site: str) -> str:
    """The address of a site's home: empty for the province, `so-y-te/` for an agency."""
    return f"{site}/" if is_agency(site) else ""


def last_part(address: str) -> str:
    """What an address or a path ends with, such as `a` of `tin-tuc/2019/a/`."""
    return address.rstrip("/").rpartition("/")[2]


def news_of_year(year: int) -> str:
    """The news of all sites of one year."""
    return f"{NEWS}{year:04d}/"


def news_about(topic: str) -> str:
    """The news of all sites about a topic, by its slug."""
    return f"{TOPICS}{topic}/"


def catalogue_of(site: str) -> str:
    """The list of the procedures that a site owns or performs; of the province, the catalogue of all."""
    return f"{site_home(site)}{PROCEDURES}"


def search(site: str) -> str:
    """Where a site is searched; of the province, everything."""
    return f"{site_home(site)}{SEARCH}"


def contact_of(site: str) -> str:
    """How to reach an agency, or the province."""
    return f"{site_home(site)}{CONTACT}"


def contact_in(site: str, language: str) -> str:
    """The same in another language than the portal's own, where the site has pages in it."""
    return f"{contact_of(site)}{language}/"


def style_of(site: str) -> str:
    """The style sheet of a site's own colour."""
    return f"{site_home(site)}site.css"


def statistics_of(site: str) -> str:
    """How an agency handles dossiers; of the province, how all do."""
    return f"{STATISTICS}{site_home(site)}"


def procedure(site: str, code: str) -> str:
    return f"{site_home(site)}{PROCEDURES}{code}/"


def permalink(code: str) -> str:
    """The procedure's address for ever, whoever owns it."""
    return f"{PROCEDURES}{code}/"


def numbered(number: str) -> str:
    """Where the number of a document leads to it; the number is a slug."""
    return f"{NUMBERED}{number}/"


def past_version(page: str, day: date, commit: str) -> str:
    """A page as it stood before a change, below the page itself."""
    return f"{page}ban-cu/{day.isoformat()}-{commit}/"


def is_past_version(address: str) -> bool:
    return "/ban-cu/" in address


def record_of(page: str) -> str:
    """A procedure's record beside its page; the API has the same file under its code."""
    return f"{page}thu-tuc.json"


def procedure_document(code: str) -> str:
    return f"{API}procedures/{code}.json"


def api_list(name: str, number: int = 1, agency: str = "") -> str:
    """A page of a list of the API, of one agency alone or of all sites; no name of one has a full stop."""
    folder = f"{api_document('agencies', agency).removesuffix('.json')}/" if agency else API
    return f"{folder}{name}.json" if number == 1 else f"{folder}{name}.{number}.json"


API_PER_PAGE = 200
"""Items of a list of the API on one page: an edit changes one page, and none is large."""


def api_lists(name: str, total: int, agency: str = "") -> tuple[str, ...]:
    """The pages of a list of so many; there is always a first."""
    return tuple(api_list(name, number, agency) for number in range(1, max(1, -(-total // API_PER_PAGE)) + 1))


def api_document(name: str, identifier: str) -> str:
    """The document of something that a list of the API has, where it does not lie beside a page."""
    return f"{API}{name}/{identifier}.json"


def api_schema(name: str) -> str:
    """The JSON Schema of a list of the API."""
    return f"{API}schemas/{name}.schema.json"


def api_document_schema(name: str) -> str:
    """The JSON Schema of the documents of what a list of the API has."""
    return f"{API}schemas/{name}.document.schema.json"


def document_of(page: str) -> str:
    """What a page shows, as data: beside the page."""
    return f"{page}index.json"


def signatures_of(page: str) -> str:
    """What was seen of the signatures in a document's files, as data: beside its page."""
    return f"{page}chu-ky.json"


def page_of_document(address: str) -> str:
    """The page whose data stands at an address; any other address as it is."""
    return address.removesuffix("index.json") if address.endswith("/index.json") else address


def media(site: str, inside: str) -> str:
    """The address of a file; `inside` begins with `media/`."""
    return f"{site_home(site)}{inside}"


def picture_copy(address: str, width: int) -> str:
    """The address of a narrower copy of a picture; no editor's file has such a name, for theirs have one full stop."""
    return f"{address}.{width}.webp"


def path_on_portal(url: str, portal: str) -> str | None:
    """The path, with query and fragment, of an address that leads to the portal itself; None of any other.

    `portal` is the portal's public address. With http or https, with or without `www.`, it is the same portal.
    Raises `ValueError` for what is no address.
    """
    begun = _PLAIN_ORIGIN.match(url)
    if not _is_of(begun.group() if begun else url, portal):
        return None
    return re.sub(r"^[^/?#]*/?", "/", url[url.index("//") + 2 :])


_PLAIN_ORIGIN = re.compile(r"https?://[a-z0-9.:-]+(?=[/?#]|\Z)", re.IGNORECASE)
"""Of an address, what says whose it is, where nothing but it does."""


@lru_cache(maxsize=1024)
def _is_of(url: str, portal: str) -> bool:
    """Whether the host of an address is the portal's."""
    host = _host(portal)
    return host is not None and urlsplit(url).scheme.lower() in ("http", "https") and _host(url) == host


def _host(url: str) -> tuple[str, int | None] | None:
    """The host that an address leads to, without `www.`, and its port; None where it names none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None:
        return None
    port = None if parts.port in (80, 443) else parts.port
    return parts.hostname.removeprefix("www.").rstrip("."), port


def saved_as(address: str) -> str:
    """The file in the output that answers at an address."""
    return f"{address}index.html" if not address or address.endswith("/") else address


def without_fragment(address: str) -> str:
    """The page itself, where an address leads to a place in it."""
    return address.partition("#")[0]


def answered_by(file: str) -> str:
    """The address that a file in the output answers: what `saved_as` was given."""
    return file[: -len("index.html")] if f"/{file}".endswith("/index.html") else file
