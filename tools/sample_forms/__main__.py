"""`python -m tools.sample_forms`: write all forms anew."""

from __future__ import annotations

from pathlib import Path

import yaml

from tools.sample_forms.document import write_form

CONTENT = Path(__file__).parents[2] / "content"
WANTED = Path(__file__).with_name("wanted.yaml")
PERSON = [
    "Họ, chữ đệm, tên",
    "Ngày, tháng, năm sinh",
    "Số giấy tờ tùy thân, ngày cấp, nơi cấp",
    "Nơi cư trú",
    "Điện thoại",
]


def main(content: Path = CONTENT, target: Path = CONTENT) -> None:
    """Write the forms of the agencies of `content` below `target`."""
    for site, forms in yaml.safe_load(WANTED.read_text("utf-8")).items():
        folder = "province" if site == "province" else f"agencies/{site}"
        record = content / folder / "agency.yaml"
        addressee = "" if site == "province" else yaml.safe_load(record.read_text("utf-8"))["name"]
        for name, form in forms.items():
            fields = ["Phần 1. Người khai:", *PERSON, "Phần 2. Nội dung:", *form["fields"]]
            to, signed = form.get("to", addressee), form.get("signed", "Người khai")
            write_form(target / folder / "media" / f"{name}.docx", form["title"], to, fields, signed)


if __name__ == "__main__":
    main()
