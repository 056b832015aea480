"""One page or more of every kind that the portal has, of the province with everything filled in (tests/filled.py)."""

from __future__ import annotations

PAST = "so-y-te/thu-tuc/1.000901/ban-cu/"
"""An old version of a procedure; the commit's mark is not known beforehand."""

KINDS: dict[str, tuple[str, ...]] = {
    "home": ("",),
    "agency": ("so-y-te/", "huyen-thu/", "so-cu/"),
    "news": ("tin-tuc/", "so-y-te/tin-tuc/", "so-y-te/tin-tuc/trang/2/"),
    "agency_news": ("tin-tuc/cac-co-quan/", "tin-tuc/2019/", "tin-tuc/chu-de/y-te/"),
    "article": ("so-y-te/tin-tuc/2019/moi-thu/", "so-cu/tin-tuc/2019/tin/", "so-y-te/tin-tuc/2019/nhap/"),
    "page": ("gioi-thieu/", "english/", "so-cu/gioi-thieu/"),
    "contact": ("lien-he/", "lien-he/en/", "so-y-te/lien-he/", "huyen-thu/lien-he/"),
    "catalogue": ("thu-tuc/",),
    "catalogue_list": ("thu-tuc/tat-ca/", "thu-tuc/linh-vuc/ho-tich/", "thu-tuc/da-bai-bo/"),
    "agency_catalogue": ("so-y-te/thu-tuc/", "huyen-thu/thu-tuc/", "so-het/thu-tuc/"),
    "life_events": ("thu-tuc/su-kien/",),
    "life_event": ("thu-tuc/su-kien/sinh-con/",),
    "procedure": (
        "thu-tuc/1.001193/", "thu-tuc/1.000902/", "thu-tuc/1.000903/", "thu-tuc/1.000904/", "so-y-te/thu-tuc/1.000901/",
        PAST,
    ),
    "gone": ("thu-tuc/1.000906/",),
    "withdrawn": ("so-y-te/tin-tuc/2019/da-go/",),
    "moved": ("api/",),
    "api": ("api/v1/",),
    "directory": ("don-vi/",),
    "unavailable": ("so-hong/",),
    "statistics": ("so-lieu/",),
    "agency_statistics": ("so-lieu/so-y-te/", "so-lieu/so-het/"),
    "lookup": ("tra-cuu-ho-so/",),
    "search": ("tim-kiem/", "tim-kiem/?q=khai+sinh", "tim-kiem/?q=xyzw"),
    "agency_search": ("so-y-te/tim-kiem/?q=the",),
    "sitemap": ("so-do-cong/",),
    "entry": ("so-y-te/thong-bao/nghi-le/", "so-y-te/thong-bao/nhap/"),
    "entries": ("so-y-te/thong-bao/", "thong-bao/"),
    "document": (
        "so-y-te/van-ban/2019/12-2019-qd-syt/", "so-y-te/van-ban/2015/3-2015-qd-syt/", "so-y-te/van-ban/2019/du-thao/",
    ),
    "documents": ("van-ban/", "so-y-te/van-ban/", "van-ban/loai/quyet-dinh/"),
    "error_404": ("404.html",),
    "offline": ("ngoai-tuyen.html",),
    "problems": ("kiem-tra/",),
    "components": ("_components/",),
    "handbook": ("kiem-tra/huong-dan/",),
}  # fmt: skip
"""By the template that makes them."""
PARTS = {"base", "catalogue_row", "places"}
"""Templates that make no page of their own."""
