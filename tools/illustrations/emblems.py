"""The marks of agencies."""

from __future__ import annotations

SIDE = 96
"""Of the square that signs are drawn in; they keep above 72, where the river begins."""

SIGNS = {
    "office": "M18 66h60M26 66V40M41 66V40M55 66V40M70 66V40M18 38 48 20l30 18z",
    "flag": "M20 66h56M26 66V44h44v22M40 66V54h16v12M48 44V18M48 19h18l-5 6 5 6H48",
    "ballot": "M22 46h52v20H22zM36 46l-2-22h28l-2 22M40 34l6 5 10-11M34 54h28",
    "people": "M48 41a10 10 0 1 0 0-20 10 10 0 0 0 0 20zM29 66c0-12 8-17 19-17s19 5 19 17M25 46a7 7 0 1 1 3-13M71 46a7 7 0 1 0-3-13"
    "M16 62c0-5 2-8 6-9M80 62c0-5-2-8-6-9",
    "scales": "M48 20v46M34 66h28M24 28h48M24 28l-9 20a9 7 0 0 0 18 0zM72 28l-9 20a9 7 0 0 0 18 0z",
    "growth": "M20 66h56M27 66V52h8v14M44 66V44h8v22M61 66V34h8v32M24 40l18-13 10 5 17-14M61 18h9v9",
    "coins": "M22 30c0-5 8-8 18-8s18 3 18 8-8 8-18 8-18-3-18-8zM22 30v12c0 5 8 8 18 8M22 42v12c0 5 8 8 18 8"
    "M40 50c0-5 7-8 17-8s17 3 17 8-7 8-17 8-17-3-17-8zM40 50v10c0 5 7 8 17 8s17-3 17-8V50",
    "factory": "M18 66V42l16 10V42l16 10V42l14 9V22h10v44zM28 60h4M42 60h4M56 60h4",
    "rice": "M40 68c2-20 8-34 22-46M62 22c6 0 9 4 8 10-6 1-10-3-8-10zM54 32c-6-5-5-11 0-14 4 4 4 10 0 14z"
    "M55 32c6-1 10 2 11 8-6 3-11 0-11-8zM47 43c-6-4-7-10-2-14 5 3 5 9 2 14zM49 43c6-1 10 2 11 8-6 3-11 0-11-8z"
    "M43 55c-6-4-8-10-4-14 5 2 6 9 4 14zM30 68c0-10-2-18-8-24",
    "road": "M32 66l9-44M64 66l-9-44M48 24v7M48 39v8M48 55v9M16 66h10M70 66h10M20 36h10M66 36h10",
    "crane": "M28 66V24h46M28 32l10-8M64 24v14M56 38h16v12H56zM18 66h32M22 66l6-8 6 8",
    "leaf": "M26 62C20 36 44 22 74 22c0 30-16 46-42 42M22 68c8-18 20-26 36-32",
    "waves": "M48 66V48M40 66h16M48 48a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM36 54a16 16 0 0 1 0-22M60 54a16 16 0 0 0 0-22"
    "M27 61a27 27 0 0 1 0-36M69 61a27 27 0 0 0 0-36",
    "heart": "M48 64S24 51 24 35a12 12 0 0 1 24-5 12 12 0 0 1 24 5c0 16-24 29-24 29zM36 42h7l4-7 5 12 3-5h6",
    "lotus": "M48 62c-10-8-12-24 0-40 12 16 10 32 0 40zM48 62c-14 2-24-6-28-22 10-1 16 2 19 7M48 62c14 2 24-6 28-22-10-1-16 2-19 7"
    "M26 66c12 4 32 4 44 0",
    "atom": "M48 48a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM74 44c0 5-12 9-26 9s-26-4-26-9 12-9 26-9 26 4 26 9z"
    "M61 66.500c-4.300 2.500-13.800-6-20.800-18.100S31 24 35.300 21.500s13.800 6 20.800 18.100S65.300 64 61 66.500z"
    "M35.300 66.500c4.300 2.500 13.800-6 20.800-18.100S65.300 24 61 21.500s-13.800 6-20.800 18.100S31 64 35.300 66.500z",
    "book": "M48 30c-8-7-18-8-28-8v38c10 0 20 1 28 8 8-7 18-8 28-8V22c-10 0-20 1-28 8zM48 30v38M28 33c5 0 8 1 12 3M28 44c5 0 8 1 12 3"
    "M68 33c-5 0-8 1-12 3M68 44c-5 0-8 1-12 3",
    "cross": "M40 20h16v15h15v16H56v15H40V51H25V35h15z",
    "lens": "M43 56a17 17 0 1 0 0-34 17 17 0 0 0 0 34zM56 52l16 15M36 40l5 5 10-11",
    "drum": "M48 68a24 24 0 1 0 0-48 24 24 0 0 0 0 48zM48 56a12 12 0 1 0 0-24 12 12 0 0 0 0 24zM48 37v14M41 44h14M43 39l10 10M53 39 43 49"
    "M48 24v3M48 61v3M28 44h3M65 44h3",
    "gear": "M48 53a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM48 20v8M48 60v8M24 44h8M64 44h8M31 27l6 6M59 55l6 6M65 27l-6 6M37 55l-6 6"
    "M48 62a18 18 0 1 0 0-36 18 18 0 0 0 0 36z",
    "sprout": "M48 66V40M48 50c-14 0-22-8-22-20 14 0 22 8 22 20M48 42c0-12 8-20 22-20 0 12-8 20-22 20M30 66h36",
    "counter": "M26 66V40a22 20 0 0 1 44 0v26M18 66h60M26 54h44M38 54v-9h20v9M48 36a5 5 0 1 0 0-10 5 5 0 0 0 0 10z",
    "globe": "M48 66a22 22 0 1 0 0-44 22 22 0 0 0 0 44zM48 66c7-5 10-13 10-22s-3-17-10-22c-7 5-10 13-10 22s3 17 10 22zM26 44h44",
    "microphone": "M48 52a9 9 0 0 0 9-9V29a9 9 0 0 0-18 0v14a9 9 0 0 0 9 9zM31 43a17 17 0 0 0 34 0M48 60v8M36 68h24",
    "newspaper": "M22 24h44v38a5 5 0 0 1-5 5H27a5 5 0 0 1-5-5zM66 38h9v23a6 6 0 0 1-12 5M31 33h14v12H31zM53 34h6M53 43h6M31 54h28",
    "cap": "M48 22 16 37l32 14 32-14zM30 44v14c8 9 28 9 36 0V44M76 39v17M76 60a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "star-book": "M48 18l3.500 7.500 8.200 1-6 5.600 1.600 8.100L48 36.200l-7.300 4 1.600-8.100-6-5.600 8.200-1zM48 52c-7-5-16-6-26-6v16c10 0 19 1 26 6"
    " 7-5 16-6 26-6V46c-10 0-19 1-26 6zM48 52v16",
    "house": "M18 44 48 20l30 24M26 40v26h44V40M40 66V50h16v16",
    "bridge": "M12 58h72M28 68V24M68 68V24M28 26c-3 14-8 24-16 32M28 26c8 22 32 22 40 0M68 26c3 14 8 24 16 32M38 42v16M48 46v12M58 42v16",
    "parcels": "M20 30l19-8 18 8 19-8v38l-19 8-18-8-19 8zM39 22v38M57 30v38M20 48l19-7 18 8 19-8",
    "bowl": "M18 44h60c0 15-11 23-22 23H40c-11 0-22-8-22-23zM38 34c0-6 6-7 6-13M54 34c0-6 6-7 6-13",
    "family": "M34 36a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM62 36a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM48 52a5 5 0 1 0 0-10 5 5 0 0 0 0 10z"
    "M20 66c0-14 4-23 14-23 4 0 6 1 8 3M76 66c0-14-4-23-14-23-4 0-6 1-8 3M38 67c0-7 3-10 10-10s10 3 10 10",
    "shield": "M48 18l25 8v17c0 12-10 21-25 26-15-5-25-14-25-26V26zM48 33v22M37 44h22",
    "bed": "M18 26v40M18 56h60M78 66V52c0-6-4-9-10-9H40v13M29 48a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM58 22v14M51 29h14",
    "corn": "M48 64c-9-4-12-14-12-24 0-10 5-18 12-20 7 2 12 10 12 20 0 10-3 20-12 24zM40 34l16 12M40 46l14 10M56 34 40 46M56 46 42 56"
    "M36 46c-8 0-13 6-13 14 10 4 20 6 25 4M60 46c8 0 13 6 13 14-10 4-20 6-25 4",
    "buffalo": "M30 34c-12 0-16-8-14-16 4 7 10 9 18 8M66 34c12 0 16-8 14-16-4 7-10 9-18 8M34 26h28c4 8 4 18 0 26-3 8-6 16-14 16s-11-8-14-16"
    "c-4-8-4-18 0-26zM41 58h.1M55 58h.1M40 40h.1M56 40h.1",
    "fish": "M16 46c12-19 36-19 48-3l14-11v28L64 49c-12 15-36 15-48-3zM30 42h.1M44 36c4 6 4 13 0 19",
    "sluice": "M26 68V22M70 68V22M20 22h56M26 34h44M38 34v20h20V34M48 34v20M34 64c4-4 9-4 14 0 5 4 10 4 14 0",
    "tree": "M48 68V54M48 18 32 38h8L26 54h44L56 38h8z",
    "seal": "M48 54a18 18 0 1 0 0-36 18 18 0 0 0 0 36zM39 36l7 7 12-13M38 53l-5 16 15-6 15 6-5-16",
    "ruler": "M20 54 58 18l18 18-38 34zM30 45l6 6M39 36l8 9M49 27l6 6",
    "briefcase": "M20 34h56v32H20zM38 34v-8h20v8M20 48h56M44 48v6h8v-6",
    "badge": "M48 17l8 6h12l2 12 8 9-8 9-2 12H56l-8 6-8-6H28l-2-12-8-9 8-9 2-12h12z"
    "M48 32l3.500 7.500 8.200 1-6 5.600 1.600 8.100L48 50.200l-7.300 4 1.600-8.100-6-5.600 8.200-1z",
    "pie": "M46 68a23 23 0 1 1 0-46v23h23a23 23 0 0 1-23 23zM54 37V19a19 19 0 0 1 18 18z",
    "seven": "M48 44V18M48 44 28 28M48 44l20-16M48 44 22 50M48 44l26 6M48 44 37 67M48 44l11 23M48 50a6 6 0 1 0 0-12 6 6 0 0 0 0 12z",
    "orange": "M48 68a21 21 0 1 0 0-42 21 21 0 0 0 0 42zM48 26c0-5 2-8 6-10M50 22c8-6 16-5 21-1-6 6-14 6-21 1zM40 42h.1M52 38h.1M56 50h.1M44 54h.1",
    "cane": "M36 68c0-20 2-34 6-48M50 68c0-20 2-34 6-48M35 54h9M37 40h8M50 54h8M51 40h8M42 20c-10 0-16 5-18 12 8 0 14-4 18-12z"
    "M56 20c10 0 16 5 18 12-8 0-14-4-18-12z",
    "pineapple": "M48 68c-10 0-15-8-15-17s5-15 15-15 15 6 15 15-5 17-15 17zM37 44l20 18M35 54l14 13M59 44 39 62M61 54 47 67"
    "M48 36c-2-8-8-12-15-13 1 7 6 12 15 13 2-8 0-14 0-18 0 4-2 10 0 18 9-1 14-6 15-13-7 1-13 5-15 13",
    "boat": "M14 50h68c-4 10-12 16-24 16H38c-12 0-20-6-24-16zM30 50V38h30v12M60 44l14-18M26 38h38",
}
"""Each a path of lines."""

OF_AGENCIES = {
    "van-phong-ubnd-tinh": "flag", "van-phong-doan-dbqh-hdnd": "ballot", "so-noi-vu": "people", "so-tu-phap": "scales",
    "so-ke-hoach-va-dau-tu": "growth", "so-tai-chinh": "coins", "so-cong-thuong": "factory",
    "so-nong-nghiep-va-phat-trien-nong-thon": "rice", "so-giao-thong-van-tai": "road", "so-xay-dung": "crane",
    "so-tai-nguyen-va-moi-truong": "leaf", "so-thong-tin-va-truyen-thong": "waves",
    "so-lao-dong-thuong-binh-xa-hoi": "heart", "so-van-hoa-the-thao-va-du-lich": "lotus",
    "so-khoa-hoc-va-cong-nghe": "atom", "so-giao-duc-va-dao-tao": "book", "so-y-te": "cross", "thanh-tra-tinh": "lens",
    "ban-dan-toc": "drum", "ban-quan-ly-cac-khu-cong-nghiep": "gear",
    "ban-quan-ly-khu-nong-nghiep-ung-dung-cong-nghe-cao": "sprout", "trung-tam-phuc-vu-hanh-chinh-cong": "counter",
    "trung-tam-xuc-tien-dau-tu-thuong-mai-du-lich": "globe", "dai-phat-thanh-truyen-hinh": "microphone",
    "bao-hau-giang": "newspaper", "truong-cao-dang-cong-dong": "cap", "truong-chinh-tri": "star-book",
    "ban-qlda-dan-dung-cong-nghiep": "house", "ban-qlda-giao-thong-nong-nghiep": "bridge",
    "van-phong-dang-ky-dat-dai": "parcels", "chi-cuc-an-toan-ve-sinh-thuc-pham": "bowl",
    "chi-cuc-dan-so-khhgd": "family", "trung-tam-kiem-soat-benh-tat": "shield", "benh-vien-da-khoa-tinh": "bed",
    "chi-cuc-trong-trot-bvtv": "corn", "chi-cuc-chan-nuoi-thu-y": "buffalo", "chi-cuc-thuy-san": "fish",
    "chi-cuc-thuy-loi": "sluice", "chi-cuc-kiem-lam": "tree", "chi-cuc-qlcl-nls-ts": "seal",
    "chi-cuc-tieu-chuan-do-luong-chat-luong": "ruler", "trung-tam-dich-vu-viec-lam": "briefcase",
    "cong-an-tinh": "badge", "cuc-thong-ke": "pie", "ubnd-thanh-pho-vi-thanh": "office", "ubnd-thi-xa-nga-bay": "seven",
    "ubnd-huyen-chau-thanh-a": "orange", "ubnd-huyen-chau-thanh": "boat", "ubnd-huyen-phung-hiep": "cane",
    "ubnd-huyen-vi-thuy": "rice", "ubnd-huyen-long-my": "pineapple", "ubnd-thi-xa-long-my": "lotus",
}  # fmt: skip


def emblem(sign: str, colour: str) -> str:
    """The mark as SVG: a sign of `SIGNS` on an agency's colour, such as `#106d6a`."""
    river = "M0 82c12-6 20-6 32 0s20 6 32 0 20-6 32 0 20 6 32 0v30H0z"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<clipPath id="shape"><rect width="{SIDE}" height="{SIDE}" rx="22"/></clipPath><g clip-path="url(#shape)">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{colour}"/>'
        f'<path d="{river}" fill="#fff" opacity=".2"/><path d="{river}" fill="#fff" opacity=".3" transform="translate(-16 6)"/>'
        f'</g><g transform="translate(4.800 -.500) scale(.9)" fill="none" stroke="#fff" stroke-width="4.500"'
        f' stroke-linecap="round" stroke-linejoin="round"><path d="{SIGNS[sign]}"/></g></svg>'
    )
