"""What people do to content and theme. Each edit says what it did, or None where there was nothing to do it to."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tests.sequences.desk import DISTRICT, PROCEDURE, Aside, Desk, one_of, png

Edit = Callable[[Desk, Random], str | None]

WORDS = ("bão số 5", "tiêm chủng", "hộ tịch", "đất đai", "lịch tiếp dân", "nhà thuốc", "phí mới", "<b> & “x”")
LINKS = (
    "[khai sinh](procedure:1.001193)", "[dược](procedure:1.004616)", "[đất](procedure:1.000902)",
    "[lý lịch](procedure:2.000488)", "[Sở Y tế](agency:so-y-te)", "[huyện](agency:huyen-thu)",
    "[sở](agency:so-tu-phap)", "[lịch](/so-y-te/tin-tuc/2019/tiem-chung/)", "[xã](agency:huyen-thu/xa/)",
    "[danh mục](/thu-tuc/)", "[nghỉ](/so-y-te/thong-bao/nghi-le/)",
)  # fmt: skip
FEATURED = re.compile(r"^featured: .*\n", re.MULTILINE)
STATUS = re.compile(r"^status: .*\n", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, written: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")


def says(chance: Random) -> str:
    return f"{chance.choice(WORDS).capitalize()} {chance.randrange(100)}"


def put(path: Path, field: str, value: str) -> bool:
    """Write another value of a field that stands on a line of its own; whether it is there."""
    written = read(path)
    changed = re.sub(rf"^{field}: .*$", lambda _: f"{field}: {value}", written, count=1, flags=re.MULTILINE)
    if changed == written:
        return False
    path.write_text(changed, encoding="utf-8")
    return True


def _edit_field(desk: Desk, chance: Random, paths: list[Path], values: Mapping[str, str]) -> str | None:
    path = one_of(chance, paths)
    field = chance.choice(sorted(values))
    if path is None or not put(path, field, values[field]):
        return None
    return f"{desk.inside(path)}: {field}: {values[field]}"


# Texts


def text_goes_on(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.texts())
    if path is None:
        return None
    more = f"{says(chance)} {chance.choice(LINKS)}." if chance.random() < 0.6 else f"{says(chance)}."
    write(path, f"{read(path).rstrip()}\n\n{more}\n")
    return f"{desk.inside(path)} goes on: {more}"


def text_has_another_title(desk: Desk, chance: Random) -> str | None:
    return _edit_field(desk, chance, desk.texts(), {"title": says(chance).replace("<", "(")})


def text_is_dated_anew(desk: Desk, chance: Random) -> str | None:
    day = f"{chance.choice((2018, 2019, 2099))}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    fields = {"date": f"{day} 0{chance.randrange(10)}:00"}
    return _edit_field(desk, chance, desk.files("news/*/*.md"), fields)


def text_is_summed_up(desk: Desk, chance: Random) -> str | None:
    return _edit_field(desk, chance, desk.files("news/*/*.md", "notices/*.md"), {"summary": f"{says(chance)} tóm tắt"})


def page_moves_in_the_menu(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("pages/*.md"))
    if path is None:
        return None
    written = re.sub(r"^order: .*\n", "", read(path), flags=re.MULTILINE)
    order = chance.randrange(5) * 10
    write(path, written.replace("---\ntitle", f"---\norder: {order}\ntitle", 1))
    return f"{desk.inside(path)}: order: {order}"


def article_is_featured_or_not(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("news/*/*.md"))
    if path is None:
        return None
    written = read(path)
    without = FEATURED.sub("", written)
    write(path, without if without != written else written.replace("---\ntitle", "---\nfeatured: true\ntitle", 1))
    return f"{desk.inside(path)}: {'featured no more' if without != written else 'featured'}"


def text_is_withdrawn_or_published(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.texts())
    if path is None:
        return None
    written = read(path)
    without = STATUS.sub("", written)
    write(path, without if without != written else written.replace("---\ntitle", "---\nstatus: draft\ntitle", 1))
    return f"{desk.inside(path)}: {'published' if without != written else 'a draft'}"


def _free(folder: Path, chance: Random, name: str = "moi", suffix: str = ".md") -> Path:
    return folder / f"{name}-{chance.randrange(6)}{suffix}"


def text_is_new(desk: Desk, chance: Random) -> str | None:
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    kind = chance.choice(("news/2019", "news/2018", "pages", "notices"))
    if site is None:
        return None
    path = _free(site / kind, chance, name=kind.partition("/")[0][:4])
    if path.exists():
        return None
    facts = {
        "news": f"date: {kind[-4:]}-0{chance.randrange(1, 10)}-10\nsummary: Tóm tắt.\ntopics: [Y tế]\n",
        "page": "language: en\n" if chance.random() < 0.3 else "",
        "noti": "summary: Bộ phận nghỉ.\nuntil: 2019-10-01\n",
    }[kind[:4]]
    write(path, f"---\ntitle: {says(chance).replace('<', '(')}\n{facts}---\n{says(chance)} {chance.choice(LINKS)}.\n")
    return f"new {desk.inside(path)}"


def text_is_renamed(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.texts())
    if path is None:
        return None
    new = _free(path.parent, chance, "ten")
    if new.exists():
        return None
    desk.move(path, new)
    linked = _follow(desk, path, new) if chance.random() < 0.8 else ""
    return f"{desk.inside(path)} becomes {new.name}{linked}"


def _follow(desk: Desk, old: Path, new: Path) -> str:
    """Mend what names a file of the site in its texts."""
    followed = ""
    for path in desk.texts():
        written = read(path)
        if desk.site(path) == desk.site(old) and old.name in written:
            write(path, written.replace(old.name, new.name))
            followed = ", and links follow"
    return followed


def text_is_removed(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.texts())
    if path is None:
        return None
    desk.keep_aside(path)
    if any(path.name in read(other) for other in desk.texts()):
        desk.broken.append(Aside.of(path))  # a link to the file leads nowhere now
    path.unlink()
    return f"remove {desk.inside(path)}"


def file_is_restored(desk: Desk, chance: Random) -> str | None:
    aside = one_of(chance, desk.aside)
    if aside is None:
        return None
    dated = chance.random() < 0.7
    aside.put_back(dated=dated)
    return f"restore {desk.inside(aside.path)}{', with the time that it had' if dated else ''}"


# Documents


def document_is_new(desk: Desk, chance: Random) -> str | None:
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    number, year = chance.randrange(1, 5), chance.choice((2018, 2019))
    path = site / f"documents/{year}/{number:02}-kh.md" if site is not None else None
    if path is None or path.exists():
        return None
    relation = (
        f"relations: [{{kind: {chance.choice(('replaces', 'amends', 'repeals'))}, number: {number % 4 + 1}/KH-T}}]\n"
    )
    facts = f"number: {number}/KH-T\ntype: plan\ntitle: {says(chance).replace('<', '(')}\nissued: {year}-03-0{number}\n"
    facts += relation if chance.random() < 0.4 else ""
    write(path, f"---\n{facts}---\n{says(chance)} {chance.choice(LINKS)}.\n")
    return f"new {desk.inside(path)}"


def document_is_edited(desk: Desk, chance: Random) -> str | None:
    values = {"title": says(chance).replace("<", "("), "issued": f"2019-04-0{chance.randrange(1, 9)}"}
    return _edit_field(desk, chance, desk.files("documents/*/*.md"), values)


def document_is_removed(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("documents/*/*.md"))
    if path is None:
        return None
    desk.keep_aside(path)
    path.unlink()
    return f"remove {desk.inside(path)}"


# Pictures and other files


def picture_is_another(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("media/*.png"))
    if path is None:
        return None
    desk.keep_aside(path)
    path.write_bytes(png(chance.randrange(256)))
    return f"another picture {desk.inside(path)}"


def picture_is_new(desk: Desk, chance: Random) -> str | None:
    article = one_of(chance, desk.files("news/*/*.md", "pages/*.md"))
    if article is None:
        return None
    media = next(folder for folder in article.parents if folder.name in ("news", "pages")).parent / "media"
    path = _free(media, chance, "hinh", ".png")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(png(chance.randrange(256)))
    write(article, f"{read(article).rstrip()}\n\n![Hình mới]({{static}}/media/{path.name})\n")
    return f"{desk.inside(article)} shows the new {path.name}"


def picture_is_removed(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("media/*"))
    if path is None:
        return None
    desk.breaks(path, None)
    return f"remove {desk.inside(path)}"


def media_file_is_written_over(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("media/*.csv"))
    if path is None:
        return None
    path.write_text(f"tuần,ngày\n{chance.randrange(9)},02/9\n", encoding="utf-8")
    return f"other figures in {desk.inside(path)}"


# Procedures


def procedure_is_edited(desk: Desk, chance: Random) -> str | None:
    values = {
        "name": says(chance).replace("<", "(").replace("&", "và"),
        "field": chance.choice(("ho-tich", "duoc-pham")),
        "performed_by": chance.choice(("[province]", "[district]", "[commune, district]")),
        "online_level": str(chance.randrange(1, 5)),
        "keywords": f"[{chance.choice(WORDS[:7])}]",
        "related": f"['{chance.choice(('1.001193', '1.004616', '1.000902'))}']",
        "    fees": f"[{{amount: {chance.randrange(9)}000}}]",
    }
    return _edit_field(desk, chance, desk.procedures(), values)


def procedure_says_more(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.procedures())
    more = chance.choice(
        (
            f"description: {says(chance)}\n", "status: abolished\neffective_to: 2019-06-30\nsuccessor: '1.000902'\n",
            "status: suspended\n", "legal_basis: [{number: 1/2005/NĐ-CP, title: Nghị định cũ}]\n",
            "performing_agencies: [so-y-te]\n", "superseded_codes: ['1.000899']\n", "# ghi chú\n",
        )
    )  # fmt: skip
    if path is None or f"\n{more.partition(':')[0]}:" in read(path):
        return None
    write(path, f"{read(path).rstrip()}\n{more}")
    return f"{desk.inside(path)}: {more.strip()}".replace("\n", ", ")


def procedure_is_new(desk: Desk, chance: Random) -> str | None:
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    code = f"3.00000{chance.randrange(1, 6)}"
    if site is None or (site / f"procedures/{code}.yaml").exists():
        return None
    written = PROCEDURE.format(code=code, name=says(chance).replace("<", "("), field="duoc-pham", amount=1000)
    path = site / f"procedures/{code}.yaml"
    write(path, written.replace("&", "và"))
    return f"new {desk.inside(path)}"


def procedure_is_removed(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.procedures())
    if path is None:
        return None
    desk.keep_aside(path)
    path.unlink()
    return f"remove {desk.inside(path)}"


def procedure_moves(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.procedures())
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    if path is None or site is None or (new := site / "procedures" / path.name).exists():
        return None
    new.parent.mkdir(exist_ok=True)
    desk.move(path, new)
    return f"{desk.inside(path)} moves to {desk.site(new) or 'the province'}"


def procedure_is_claimed_by_another(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.procedures())
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    if path is None or site is None or (copy := site / "procedures" / path.name).exists():
        return None
    desk.breaks(copy, read(path))
    return f"{desk.site(copy) or 'the province'} has {desk.inside(path)} too"


# Agencies


def agency_is_edited(desk: Desk, chance: Random) -> str | None:
    values = {
        "name": f"Sở {says(chance)}".replace("<", "(").replace("&", "và"),
        "summary": f"{says(chance)} tóm tắt",
        "colour": f"'#{chance.randrange(0x800000):06x}'",
        "kind": chance.choice(("department", "district", "unit")),
    }
    return _edit_field(desk, chance, desk.files("agency.yaml"), values)


def agency_says_more(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("agency.yaml"))
    others = [folder.name for folder in desk.agencies() if path and folder != path.parent]
    if path is None or not others:
        return None
    other = chance.choice(others)
    more = chance.choice(
        (
            "contact: {address: 3 Đường Thử, phone: 0293 3878 890}\n", "short_name: Sở ta\n", f"parent: {other}\n",
            "lifecycle: {state: merged, date: 2019-07-01, basis: Nghị quyết 01, successors: [" + other + "]}\n",
            "sample: true\n", "name_en: Department\n", "# ghi chú\n",
        )
    )  # fmt: skip
    if f"\n{more.partition(':')[0]}:" in read(path):
        return None
    write(path, f"{read(path).rstrip()}\n{more}")
    return f"{desk.inside(path)}: {more.strip()}"


def agency_is_new(desk: Desk, chance: Random) -> str | None:
    folder = _free(desk.content / "agencies", chance, "so-moi", "")
    if folder.exists():
        return None
    write(folder / "agency.yaml", DISTRICT.replace("UBND huyện Thử", f"Sở Mới {folder.name[-1]}"))
    write(folder / "news/2019/mo.md", "---\ntitle: Mở\ndate: 2019-03-03\nsummary: Mở cửa.\n---\nMở.\n")
    return f"new {desk.inside(folder)}"


def agency_is_removed(desk: Desk, chance: Random) -> str | None:
    folders = desk.agencies()
    folder = one_of(chance, folders)
    if folder is None or len(folders) < 3:
        return None
    desk.remove(folder)
    return f"remove {desk.inside(folder)}"


def agency_is_renamed(desk: Desk, chance: Random) -> str | None:
    folder = one_of(chance, desk.agencies())
    new = _free(desk.content / "agencies", chance, "so-doi", "")
    if folder is None or new.exists():
        return None
    desk.move(folder, new)
    return f"{desk.inside(folder)} becomes {new.name}"


def agencies_are_swapped(desk: Desk, chance: Random) -> str | None:
    folders = desk.agencies()
    if len(folders) < 2:
        return None
    one, other = chance.sample(folders, 2)
    between = one.with_name("so-giua")
    for old, new in ((one, between), (other, one), (between, other)):
        desk.move(old, new)
    return f"{one.name} and {other.name} are swapped"


def agency_takes_the_name_of_a_page(desk: Desk, chance: Random) -> str | None:
    folder = one_of(chance, desk.agencies())
    if folder is None:
        return None
    path = desk.content / "province/pages" / f"{folder.name}.md"
    desk.breaks(path, "---\ntitle: Trang trùng tên\n---\nTrùng.\n")
    return f"new {desk.inside(path)}, at the address of an agency"


# What all sites share


def province_is_edited(desk: Desk, chance: Random) -> str | None:
    values = {
        "name": f"Tỉnh {chance.choice(('Thử', 'Mới', 'Một'))}",
        "site_name": f"Cổng {chance.choice(('Thử', 'Mới', 'Một'))}",
        "notice": f"{says(chance)} thông báo",
        "most_used": f"['{chance.choice(('1.001193', '1.004616', '2.000488'))}']",
        "url": f"https://{chance.choice(('thu', 'moi'))}.example",
    }
    return _edit_field(desk, chance, [desk.content / "province/province.yaml"], values)


def protocol_is_another(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/province.yaml"
    slugs = [folder.name for folder in desk.agencies()]
    chance.shuffle(slugs)
    written = re.sub(r"^agency_order: .*\n", "", read(path), flags=re.MULTILINE)
    write(path, f"{written.rstrip()}\nagency_order: [{', '.join(slugs[: chance.randrange(1, 4)])}]\n")
    return f"province/province.yaml: {read(path).splitlines()[-1]}"


def field_is_renamed(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/fields.yaml"
    names = re.findall(r"name: (.*)", read(path))
    if not names:
        return None
    old, new = chance.choice(names), f"{chance.choice(WORDS[:7]).capitalize()} {chance.randrange(9)}"
    if new in names:
        return None
    write(path, read(path).replace(f"name: {old}\n", f"name: {new}\n"))
    return f"province/fields.yaml: {old} is called {new}"


def field_is_new(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/fields.yaml"
    slug = f"linh-vuc-{chance.randrange(9)}"
    if slug in read(path):
        return None
    write(path, f"{read(path).rstrip()}\n  - slug: {slug}\n    name: Lĩnh vực {slug[-1]}\n")
    return f"province/fields.yaml: new {slug}"


def synonyms_are_others(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/synonyms.yaml"
    if path.exists() and chance.random() < 0.2:
        desk.keep_aside(path)
        path.unlink()
        return "remove province/synonyms.yaml"
    said, meant = chance.choice(WORDS[:3]), chance.choice(WORDS[3:7])
    write(path, f"synonyms:\n- say: [{said}]\n  mean: [{meant}]\nstop_phrases: [tôi muốn]\n")
    return f"province/synonyms.yaml: {said} means {meant}"


def life_event_is_another(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/life-events.yaml"
    if not path.exists():
        return None
    code = chance.choice(("1.001193", "1.004616", "1.000902"))
    write(path, re.sub(r"procedures: \['[^']*'\]", f"procedures: ['{code}']", read(path)))
    return f"province/life-events.yaml: {code}"


def law_is_another(desk: Desk, chance: Random) -> str | None:
    path = desk.content / "province/legal-status.yaml"
    new = f"{chance.randrange(2, 9)}/2019/NĐ-CP"
    write(
        path, re.sub(r"replaced_by: [^}\n]*", f"replaced_by: {new}", read(path)) if path.exists() else "documents: []"
    )
    return f"province/legal-status.yaml: {new}"


def dossiers_are_counted(desk: Desk, chance: Random) -> str:
    resolved = chance.randrange(50, 90)
    desk.count_dossiers(resolved)
    return f"{resolved} dossiers are resolved"


# The theme

TEMPLATES = ("base.html", "article.html", "page.html", "procedure.html", "home.html", "agency.html", "news.html")


def template_is_edited(desk: Desk, chance: Random) -> str | None:
    path = desk.theme / "templates" / chance.choice(TEMPLATES)
    written = read(path)
    place = "{% block content %}" if "{% block content %}" in written else "<body>"
    more = f"{place}<!-- {chance.randrange(100)} -->"
    if place not in written:
        return None
    write(path, re.sub(rf"{re.escape(place)}(<!-- \d+ -->)?", more, written, count=1))
    return f"theme: {path.name}: {more}"


def style_is_edited(desk: Desk, chance: Random) -> str:
    path = desk.theme / chance.choice(
        ("styles/base.css", "templates/components/navigation/style.css", "static/texts.js")
    )
    number = chance.randrange(100)
    added = f".n{number} {{ top: 0; }}" if path.suffix == ".css" else f"/* {number} */"
    write(path, f"{read(path).rstrip()}\n{added}\n")
    return f"theme: {path.name}: {number}"


def theme_says_it_otherwise(desk: Desk, chance: Random) -> str | None:
    path = desk.theme / "translations/vi.po"
    msgid = chance.choice(("Contact", "News", "Procedures"))
    said = f"{chance.choice(('Liên lạc', 'Tin mới', 'Việc cần làm'))} {chance.randrange(9)}"
    written = read(path)
    changed = re.sub(
        rf'^msgid "{msgid}"\nmsgstr ".*"$', f'msgid "{msgid}"\nmsgstr "{said}"', written, flags=re.MULTILINE
    )
    if changed == written:
        return None
    write(path, changed)
    return f"theme: {msgid} is {said}"


# What is not in order, and is mended

FAULTS = {
    "pages/hong.md": "không có phần đầu",
    "pages/dong.md": "---\ntitle: Chưa đóng\n",
    "news/2019/noi.md": "---\ntitle: N\ndate: 2019-01-01\nsummary: S\n---\n[x](procedure:9.999999)\n",
    "news/2019/ngay.md": "---\ntitle: N\ndate: hôm qua\nsummary: S\n---\nA.\n",
    "news/2019/anh.md": "---\ntitle: N\ndate: 2019-01-01\nsummary: S\n---\n![x]({static}/media/khong-co.png)\n",
    "procedures/1.000777.yaml": "name: Thiếu\n",
    "procedures/1.000778.yaml": "code: '1.000778'\nname: [\n",
    "notices/hong.md": "---\ntitle: Cũ\nsummary: S\nuntil: 1999-01-01\n---\nA.\n",
}
SHARED_FAULTS = {"province.yaml": "name: [", "fields.yaml": "fields: 5\n", "synonyms.yaml": "synonyms: 5\n"}


def site_breaks(desk: Desk, chance: Random) -> str | None:
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    name = chance.choice(sorted(FAULTS))
    if site is None or (site / name).exists():
        return None
    desk.breaks(site / name, FAULTS[name])
    return f"break {desk.inside(site / name)}"


def file_breaks(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, [*desk.texts(), *desk.procedures(), *desk.files("agency.yaml")])
    if path is None:
        return None
    desk.breaks(path, read(path).replace(":", " ", 1) if chance.random() < 0.5 else "")
    return f"break {desk.inside(path)}"


def shared_record_breaks(desk: Desk, chance: Random) -> str | None:
    name = chance.choice(sorted(SHARED_FAULTS))
    path = desk.content / "province" / name
    if path.exists() and read(path) == SHARED_FAULTS[name]:
        return None
    desk.breaks(path, SHARED_FAULTS[name])
    return f"break province/{name}"


def template_breaks(desk: Desk, chance: Random) -> str | None:
    name = chance.choice(("contact.html", "page.html", "news.html"))
    path = desk.theme / "templates" / name
    desk.broken.append(Aside.of(path))
    write(path, read(path) + "{% if %}")
    return f"break the theme's {name}"


def broken_is_mended(desk: Desk, chance: Random) -> str | None:
    return desk.mend()


# How files come to lie where they lie


def file_is_touched(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("**/*"))
    if path is None:
        return None
    moment = chance.choice((0, 1_000_000_000, 4_000_000_000)) * 1_000_000_000
    os.utime(path, ns=(moment, moment))
    return f"{desk.inside(path)} gets the time {moment}"


def file_changes_with_its_old_time(desk: Desk, chance: Random) -> str | None:
    """To the byte as long as before, with the time that it had: only its content, and the time nobody sets, tell."""
    path = one_of(chance, desk.texts())
    if path is None:
        return None
    before = path.stat().st_mtime_ns
    written = read(path)
    head, separator, body = written.rpartition("---\n")
    letters = [place for place, letter in enumerate(body) if letter in "abcdxyz" and body[max(0, place - 1)] == " "]
    if not letters:
        return None
    place = chance.choice(letters)
    write(path, f"{head}{separator}{body[:place]}{chance.choice('abcdxyz')}{body[place + 1 :]}")
    os.utime(path, ns=(before, before))
    return f"{desk.inside(path)}: another letter at {place}, with the time that it had"


def content_is_a_copied_tree(desk: Desk, chance: Random) -> str:
    copy = desk.content.with_name("content.copy")
    times = chance.random() < 0.5
    shutil.copytree(desk.content, copy, symlinks=True, copy_function=shutil.copy2 if times else shutil.copyfile)
    shutil.rmtree(desk.content)
    copy.rename(desk.content)
    return f"the content is a copy of the whole tree, {'with' if times else 'without'} its times"


def file_is_replaced_by_its_copy(desk: Desk, chance: Random) -> str | None:
    path = one_of(chance, desk.files("**/*"))
    if path is None:
        return None
    copy = path.with_name(".copy")
    shutil.copy2(path, copy)
    copy.replace(path)
    return f"{desk.inside(path)} is another file that says the same"


def litter_lies_about(desk: Desk, chance: Random) -> str | None:
    site = one_of(chance, [desk.content / "province", *desk.agencies()])
    if site is None:
        return None
    path = site / chance.choice((".DS_Store", "news/Thumbs.db", "pages/gioi-thieu.md~"))
    write(path, str(chance.random()))
    return f"litter {desk.inside(path)}"


EDITS: Mapping[str, tuple[int, Edit]] = {
    edit.__name__: (weight, edit)
    for weight, edits in (
        (
            4,
            (
                text_goes_on, text_has_another_title, text_is_new, text_is_renamed, text_is_withdrawn_or_published,
                procedure_is_edited, procedure_says_more, procedure_is_removed, procedure_moves, broken_is_mended,
                file_is_restored, agency_is_edited, document_is_new,
            ),
        ),
        (
            2,
            (
                text_is_dated_anew, text_is_summed_up, text_is_removed, article_is_featured_or_not,
                page_moves_in_the_menu, picture_is_another, picture_is_new, procedure_is_new, agency_says_more,
                agency_is_new, agency_is_removed, agency_is_renamed, agencies_are_swapped, province_is_edited,
                field_is_renamed, synonyms_are_others, template_is_edited, site_breaks, file_breaks,
                file_changes_with_its_old_time, document_is_edited, document_is_removed,
            ),
        ),
        (
            1,
            (
                picture_is_removed, media_file_is_written_over, procedure_is_claimed_by_another, protocol_is_another,
                field_is_new, life_event_is_another, law_is_another, dossiers_are_counted, style_is_edited,
                theme_says_it_otherwise, shared_record_breaks, template_breaks, file_is_touched,
                content_is_a_copied_tree, file_is_replaced_by_its_copy, litter_lies_about,
                agency_takes_the_name_of_a_page,
            ),
        ),
    )
    for edit in edits
}  # fmt: skip
"""By name, each with how often it is made compared with others."""
