"""A small province with everything filled in that a page can show, for tests over all kinds of pages.

Agencies that were merged, split, renamed and dissolved, one that cannot be shown, procedures with every field and a
history, one that was removed, news with files and wide tables, pages in English, and figures of dossiers.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from plugins.builder.reports import BuildReport
from tests.dossiers.made_up import counts, keep, row, statistics, totals_only
from tests.provinces import CAPABILITIES, ROOT, SmallProvince
from tests.repositories import git

PROVINCE = """\
name: Tỉnh Thử Nghiệm
name_en: Test Province
code: '000.00.00.H99'
site_name: Cổng thông tin điện tử tỉnh Thử Nghiệm
site_name_en: Web portal of Test Province
summary: Cổng thông tin dùng để kiểm thử.
url: https://thunghiem.example
national_procedure_url: 'https://quocgia.example/tthc?ma={code}'
notice: Trang kiểm thử, không phải cổng thông tin chính thức.
notice_en: A test, not an official portal.
feedback_url: https://motcua.thunghiem.example/gop-y
responsible: Bà Trần Thị Thử, Chánh Văn phòng UBND tỉnh
contact:
  address: 12 Đường Thử, thành phố Thử Nghiệm
  phone: 0293 3878 888
  email: lienhe-rat-dai-de-thu-cho-ngat-dong@van-phong.thunghiem.example
  website: https://motcua.thunghiem.example/mot-dia-chi-dai-khong-co-cho-nao-de-ngat-dong
  map: https://bando.example/?q=10.1,105.2
counters:
  - name: Trung tâm Phục vụ hành chính công
    address: 1 Đường Thử
    phone: 0293 3878 889
    map: https://bando.example/?q=10.2,105.3
    hours:
      - {days: Thứ Hai - Thứ Sáu, times: ['07:00-11:00', '13:00-17:00']}
      - {days: Thứ Bảy, times: ['07:00-11:00']}
    note: Lấy số ở máy bên phải cửa.
most_used: ['1.001193', '1.000901']
figures:
  - {label: Thủ tục được công khai, value: '1.930', as_of: '2019', source: Báo cáo của tỉnh}
agency_order: [so-y-te, so-tu-phap, huyen-thu]
"""
DISTRICT = """\
name: UBND huyện Thử
kind: district
summary: Chính quyền huyện Thử, nộp ở https://dichvucong.thunghiem.example/tiepnhanonline/chontruonghop?thutuc=41a1b2c3.
colour: '#6b3a00'
contact: {address: Thị trấn Thử, phone: 0293 3878 890}
counters:
  - name: Bộ phận một cửa huyện Thử
    hours: [{days: Thứ Hai - Thứ Sáu, times: ['07:00-11:00']}]
communes:
  - name: Xã Một
    code: '31001'
    counters: [{name: Một cửa, address: Ấp 1, hours: [{days: Thứ Hai, times: ['08:00-10:00']}]}]
  - {name: Xã Hai, code: '31002'}
"""
ENDED = {
    "so-cu": ("Sở Cũ", "merged", "[so-y-te, so-tu-phap]"),
    "so-tach": ("Sở Tách", "split", "[so-y-te, so-tu-phap]"),
    "so-ten-cu": ("Sở Tên Cũ", "renamed", "[so-tu-phap]"),
    "so-het": ("Sở Hết", "dissolved", "[]"),
}
"""Agencies that are no more, by slug: name, what became of them, and their successors."""
FULL = """\
code: '1.000901'
local_codes: ['1.000901.000.00.00.H99']
superseded_codes: ['1.000899']
name: Cấp thẻ thử nghiệm cho người thử nghiệm
decision: {number: 12/QĐ-UBND, date: 2019-08-15, issuer: Chủ tịch UBND tỉnh, url: 'https://vanban.example/12'}
field: ho-tich
kind: specific
performed_by: [province]
performing_bodies: [Phòng Thẻ]
competent_body: Sở Y tế
authorised_body: Phòng Thẻ
coordinating_bodies: [Sở Tư pháp, UBND huyện Thử]
reception_address: 1 Đường Thử
audiences: [citizen, enterprise]
description: |-
  Cấp thẻ cho người thử nghiệm.

  Đoạn thứ hai.
keywords: [thẻ thử, làm thẻ]
steps:
  - case: Cấp lần đầu
    steps: ['Bước 1: nộp đơn.', 'Bước 2: nhận thẻ.']
  - steps: [Giữ thẻ cho kỹ., Đổi thẻ khi hỏng.]
channels:
  - kind: in_person
    time_limits: [{amount: 3, unit: working_day, note: Không quá 3 ngày làm việc}]
    fees:
      - {kind: fee, amount: 50000, per: thẻ, url: 'https://vanban.example/muc-thu'}
      - {kind: charge, amount: 8000, note: 'bản thứ hai trở đi'}
      - {note: 'Thuế thu nhập cá nhân: 2%'}
      - {kind: fee, note: 'Lệ phí trước bạ: 0,5%'}
      - {amount: 1000}
  - kind: online
    url: https://nop.example/the
    time_limits: [{amount: 2, unit: working_day}, {amount: 10, unit: day, note: khi phải xác minh}]
    fees: [{kind: fee, amount: 0}]
    note: Cần chữ ký số.
  - kind: post
    time_limits: [{note: Theo thời gian chuyển phát}]
papers:
  - case: Cấp lần đầu
    papers:
      - name: Đơn đề nghị
        originals: 1
        forms: [{name: Mẫu 1, file: media/mau-1.docx}, {name: Mẫu 2, url: 'https://mau.example/2'}, {name: Mẫu 3}]
        note: Viết bằng mực xanh
      - {name: Ảnh, copies: 2}
      - {name: Căn cước, show_only: true}
  - case: Cấp lại
    papers: [{name: Đơn cấp lại, originals: 1}]
  - case: Cấp đổi
    papers: [{name: Đơn cấp đổi, originals: 1}]
  - papers: [{name: Không phải công chứng}]
dossier_sets: 1
results: [{name: Thẻ thử nghiệm, code: KQ.G15.000031, url: 'https://mau.example/the'}]
legal_basis:
  - {number: 1/2005/NĐ-CP, title: Nghị định cũ, issued: 2005-01-02, issuer: Chính phủ, url: 'https://vanban.example/1'}
  - {title: Luật Thử nghiệm}
conditions: ['Đủ 18 tuổi.', 'Có nơi cư trú.']
related: ['1.001193', '1.000902']
online_level: 4
online_mode: full
postal_reception: true
postal_return: false
online_payment: true
effective_from: 2019-01-01
reviewed: 2019-09-24
review_by: 2020-09-24
"""
MANY = """\
code: '1.000902'
name: Kê khai ở nhiều nơi
field: ho-tich
performed_by: [province, district]
performing_agencies: [so-y-te, huyen-thu]
performing_bodies: [Sở Y tế, UBND cấp huyện]
keywords: [kê khai]
"""
ABOLISHED = """\
code: '1.000903'
name: Cấp giấy cũ
field: ho-tich
performed_by: [province]
status: abolished
effective_to: 2019-06-30
successor: '1.000902'
"""
SUSPENDED = "code: '1.000904'\nname: Cấp giấy tạm\nfield: ho-tich\nperformed_by: [district]\nstatus: suspended\n"
DOCUMENT = """\
---
number: 12/2019/QĐ-SYT
type: decision
title: >-
  Ban hành Quy định tạm thời về niêm yết giá dịch vụ tiêm chủng tại các cơ sở y tế công lập và ngoài công lập
  trên địa bàn tỉnh
issued: 2019-04-15
effective_from: 2019-05-01
effective_to: 2030-12-31
summary: Nơi tiêm phải niêm yết giá ở chỗ dễ thấy.
issuers: [{agency: Sở Y tế, position: KT. Giám đốc, name: Nguyễn Văn Mẫu}, {agency: Sở Tài chính}]
field: duoc-pham
scope: Các cơ sở tiêm chủng trong tỉnh.
gazette: {number: 15+16, date: 2019-05-10}
relations:
  - {kind: replaces, number: 03/2015/QĐ-SYT, note: từ ngày có hiệu lực}
  - {kind: based_on, number: 63/2010/NĐ-CP, issued: 2010-06-08, part: Điều 24}
files:
  - {file: media/mau-1.docx, name: Phụ lục}
  - {file: media/lich-tiem.csv}
  - {file: media/hai-chu-ky.signed.pdf, name: Bản ký số}
  - {file: media/bi-sua.signed.pdf}
  - {file: media/ban-chup.pdf}
scanned: true
recipients: Như Điều 4; lưu VT.
---
"""
DOCUMENT += "".join(f"## Điều {number}. Nội dung\n\n1. Khoản một.\n2. Khoản hai.\n\n" for number in range(1, 6))
SIGNED = {
    "hai-chu-ky.signed.pdf": "901-2018-qd-ubnd.signed.pdf", "bi-sua.signed.pdf": "901-2015-qd-ubnd.signed.pdf",
    "ban-chup.pdf": "901-2016-nq-hdnd.pdf",
}  # fmt: skip
"""Files of the demonstration: signed twice, altered since, and not at all."""
REPLACED = """\
number: 03/2015/QĐ-SYT
type: decision
title: Quy định cũ
issued: 2015-03-02
effective_from: 2015-03-12
expiry_reason: Bị thay thế.
expired_part: Toàn bộ.
"""
ASKED = """\
type: decision
title: Dự thảo Quy định về phí thử nghiệm
issued: 2019-02-01
consultation:
  begins: 2019-02-01
  ends: 2099-03-01
  agency: Sở Y tế
  email: gop-y@thunghiem.example
  address: 1 Đường Thử
  url: https://gopy.example/
  answers:
    - {about: Điều 1, by: Hội Thử, opinion: Thêm chữ., answer: Đã thêm., taken: true}
    - {about: Điều 2, opinion: Bỏ khoản 2., answer: Luật quy định như vậy., taken: false}
"""
REPEALING = """\
number: 20/KH-UBND
type: plan
title: Kế hoạch thử
issued: 2019-06-01
relations: [{kind: amends, number: 12/2019/QĐ-SYT, part: Điều 2}]
"""
LONG_WORD = "thunghiem" * 14
ARTICLE = f"""\
---
title: Tin có mọi thứ
date: 2019-09-21 08:00
modified: 2019-09-22 09:30
summary: Tin thử mọi cách viết, xem https://dichvucong.thunghiem.example/tiepnhanonline/chontruonghop?thutuc=41a1b2c3.
author: Sở Y tế
topics: [Y tế, Thử nghiệm]
picture: {{file: media/anh.png, text: Một tấm ảnh}}
attachments: [media/lich-tiem.csv, media/mau-1.docx]
featured: true
---
Đoạn đầu có [liên kết tới thủ tục](procedure:1.001193), **chữ đậm** và chú thích[^1].

| {" | ".join(f"Cột số {number}" for number in range(1, 13))} |
| {" | ".join(["---"] * 12)} |
| {" | ".join(["một ô có vài chữ"] * 12)} |

![Ảnh trong bài]({{static}}/media/anh.png)

1. Một
2. Hai

> Lời trích.

    {"dòng mã rất dài " * 20}

Địa chỉ: <https://rat-dai.example/{LONG_WORD}>

[^1]: Lời chú thích.
"""
ENGLISH = """\
---
title: About the Test Province
menu: Introduction
language: en
translation_of: gioi-thieu
order: 90
updated: 2019-09-24
---
A short text in English, with a table.

| Unit | Number |
| --- | ---: |
| Communes | 76 |
"""


def filled_province(folder: Path) -> tuple[SmallProvince, BuildReport]:
    """Make and build it; one of its agencies is broken, and told so."""
    province = SmallProvince.of(folder)
    _entries(province)
    _documents(province)
    fill(province, folder / "state")
    lookup = "https://tracuu.thunghiem.example"
    kinds = [*CAPABILITIES, "tests.kinds"]
    return province, province.build(DOSSIER_LOOKUP_URL=lookup, PORTAL_KINDS=kinds, PORTAL_CHECK_RELEASES=True)


def fill(province: SmallProvince, state: Path) -> None:
    """Write what pages can show, with a history and, into the folder `state`, figures of dossiers."""
    _province_files(province)
    _agencies(province)
    _history(province)
    _figures(state)


def _entries(province: SmallProvince) -> None:
    """Of a kind of content besides the portal's own (tests/kinds)."""
    notice = (
        "---\ntitle: Nghỉ <lễ> & trực {place}\nsummary: Bộ phận một cửa nghỉ, có người trực.\nuntil: 2019-09-05\n---\n"
        "Xem [thủ tục](procedure:1.001193).\n"
    )
    province.write("agencies/so-y-te/notices/nghi-le.md", notice.format(place="ở Sở"))
    province.write(
        "agencies/so-y-te/notices/nhap.md", notice.format(place="nháp").replace("until", "status: draft\nuntil")
    )
    province.write("province/notices/ca-tinh.md", notice.format(place="cả tỉnh"))


def _documents(province: SmallProvince) -> None:
    """One with every field, its text and signed files of the demonstration, one that it replaced, and a draft."""
    media = province.content / "agencies/so-y-te/media"
    for name, file in SIGNED.items():
        shutil.copyfile(ROOT / "content/province/media" / file, media / name)
    shutil.copytree(ROOT / "content/province/trust", province.content / "province/trust")
    province.write("agencies/so-y-te/documents/2019/moi.md", DOCUMENT)
    province.write("agencies/so-y-te/documents/2015/cu.yaml", REPLACED)
    province.write("agencies/so-y-te/documents/2019/du-thao.yaml", ASKED)
    province.write("province/documents/2019/bai-bo.yaml", REPEALING)


def _province_files(province: SmallProvince) -> None:
    province.write("province/province.yaml", PROVINCE)
    province.write(
        "province/legal-status.yaml",
        "documents: [{number: 1/2005/NĐ-CP, status: expired, since: 2019-01-01, replaced_by: 2/2019/NĐ-CP}]\n",
    )
    shutil.copyfile(ROOT / "content/province/dossier-figures.yaml", province.content / "province/dossier-figures.yaml")
    province.write(
        "province/life-events.yaml",
        "life_events: [{slug: sinh-con, name: Sinh con, summary: Khi nhà có em bé., steps: [{title: Làm khai sinh, "
        "text: Đến xã., procedures: ['1.001193']}, {title: Nghỉ ngơi}]}]\n",
    )
    province.write("province/pages/english.md", ENGLISH)
    province.write("province/procedures/1.000903.yaml", ABOLISHED)
    province.write("province/procedures/1.000904.yaml", SUSPENDED)


def _agencies(province: SmallProvince) -> None:
    home = "agencies/so-y-te"
    record = (province.content / home / "agency.yaml").read_text("utf-8")
    contact = "contact: {address: 3 Đường Thử, website: 'https://yte.thunghiem.example/mot-dia-chi-rat-dai'}\n"
    head = "head: {office: Giám đốc Sở, name: Bà Trần Thị Thử, phone: 0293 3878 900, reception: Thứ Năm tuần đầu}\n"
    more = f"{contact}{head}duties: [Quản lý việc thử., Dạy cách thử.]\nlogo: media/anh.png\n"
    picture = "picture: {file: media/anh.png, text: Trụ sở}\n"
    province.write(f"{home}/agency.yaml", f"{record}{more}{picture}sample: true\n")
    media = province.content / home / "media"
    shutil.copyfile(ROOT / "content/agencies/chi-cuc-thuy-loi/media/bieu-do-cot.png", media / "anh.png")
    (media / "mau-1.docx").write_bytes(b"PK\x03\x04 a form" + b"\0" * 1500)
    province.write(f"{home}/news/2019/moi-thu.md", ARTICLE)
    for number in range(22):
        text = f"---\ntitle: Tin số {number}\ndate: 2018-03-{number + 1:02d}\nsummary: Tin ngắn.\n---\nMột câu.\n"
        province.write(f"{home}/news/2018/tin-{number}.md", text)
    province.write(
        f"{home}/news/2019/nhap.md", "---\ntitle: Nháp\ndate: 2019-01-01\nsummary: S\nstatus: draft\n---\nA.\n"
    )
    province.write("agencies/huyen-thu/agency.yaml", DISTRICT)
    for slug, (name, state, successors) in ENDED.items():
        lifecycle = f"{{state: {state}, date: 2019-07-01, basis: Nghị quyết 01/NQ-HĐND, successors: {successors}}}"
        agency = f"name: {name}\nkind: department\nsummary: Đã thôi hoạt động.\nlifecycle: {lifecycle}\n"
        province.write(f"agencies/{slug}/agency.yaml", agency)
        province.write(
            f"agencies/{slug}/news/2019/tin.md", f"---\ntitle: Tin của {name}\ndate: 2019-02-01\nsummary: S\n---\nA.\n"
        )
        province.write(f"agencies/{slug}/pages/gioi-thieu.md", f"---\ntitle: Về {name}\n---\nA.\n")
    withdrawn = "withdrawn: {date: 2019-09-20, reason: Nơi tiêm đã đổi}\n"
    news = f"---\ntitle: Bài đã gỡ\ndate: 2019-09-01\nsummary: S\n{withdrawn}---\nA.\n"
    province.write("agencies/so-y-te/news/2019/da-go.md", news)
    province.write("agencies/so-cu/procedures/1.000905.yaml", MANY.replace("1.000902", "1.000905"))
    province.write("agencies/so-hong/agency.yaml", "name: Sở Hỏng\nkind: department\nsummary: Hỏng.\n")
    province.write("agencies/so-hong/pages/hong.md", "---\ntitle: Hỏng\n---\n[x](procedure:9.999999)\n")


def _history(province: SmallProvince) -> None:
    """Changes of a fee, of keywords alone, and of who performs it."""
    git(province.content, "-c", "init.defaultBranch=main", "init")
    path, many = "agencies/so-y-te/procedures/1.000901.yaml", "province/procedures/1.000902.yaml"
    days = ["2019-09-01", "2019-09-05", "2019-09-10"]
    gone = province.write("province/procedures/1.000906.yaml", SUSPENDED.replace("1.000904", "1.000906"))
    versions = [FULL.replace("50000", "70000"), FULL.replace(", làm thẻ", ""), FULL]
    performed = [MANY.replace("so-y-te, huyen-thu", "so-tu-phap, huyen-thu"), MANY, MANY.replace("[kê khai]", "[khai]")]
    for day, version, performers in zip(days, versions, performed, strict=True):
        province.write(path, version)
        province.write(many, performers)
        git(province.content, "add", "-A")
        git(province.content, "commit", "-m", "Sửa", day=day)
        gone.unlink(missing_ok=True)


def _figures(state: Path) -> None:
    doubtful: Any = counts(300, 200, 5)
    doubtful = doubtful.model_copy(update={"resolved": doubtful.resolved.model_copy(update={"total": 250})})
    keep(
        state,
        statistics(
            row("so-y-te", doubtful),
            row("so-tu-phap", counts(50, 40, 2)),
            row("huyen-thu", totals_only(30, 20)),
            total=counts(1_000, 900, 20),
            fields=[row("ho-tich", counts(500, 400, 10)), row("khac", name="Lĩnh vực khác")],
            channels=[row("online"), row("in_person"), row("post")],
            months=[row(f"2019-{month:02d}", counts(100 + month, 90 + month, 1)) for month in range(1, 10)],
        ),
    )
