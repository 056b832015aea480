"""`portal server-files` as an operator runs it: what is written, what is left alone, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.command_line import main
from plugins.portal.http_headers import HEADERS
from plugins.portal.problems import PortalError
from plugins.server_files import WrongValueError, host_of, write_files
from tests.provinces import ROOT, SmallProvince


class Operator:
    """Runs the command for a small province, and reads what it says."""

    def __init__(self, province: SmallProvince, capsys: pytest.CaptureFixture[str]) -> None:
        self.province = province
        self.folder = province.folder / "files"
        self._settings = province.folder / "settings.py"
        self._capsys = capsys
        self.set()

    def set(self, **settings: str) -> None:
        ours = {"PATH": self.province.content, "OUTPUT_PATH": self.province.folder / "public", "THEME": ROOT / "theme"}
        lines = [f"{name} = {str(value)!r}" for name, value in (ours | settings).items()]
        begin = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\n"
        self._settings.write_text(begin + "\n".join(lines) + "\n", encoding="utf-8")

    def writes(self, *words: str) -> tuple[int, str, str]:
        code = main(["server-files", str(self.folder), "--settings", str(self._settings), *words])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def read(self, name: str = "nginx/portal.conf") -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(SmallProvince.of(tmp_path), capsys)


def test_files_are_written_for_the_settings_and_the_content_and_again_stay(operator: Operator) -> None:
    operator.set(DOSSIER_LOOKUP_URL="https://motcua.example.vn/v1")
    first = operator.writes("--user", "cong")
    modes = {path.stat().st_mode & 0o777 for path in operator.folder.rglob("*") if path.is_file()}
    again = operator.writes("--user", "cong")

    assert (first[0], first[2], first[1].count(": đã ghi\n")) == (0, "", 12)
    assert (again[0], again[2], again[1].count(": vẫn như cũ\n")) == (0, "", 12)
    assert modes == {0o644}
    nginx = operator.read()
    assert "server_name thunghiem.example;" in nginx
    assert f"root {operator.province.folder}/public;" in nginx
    assert '" https://motcua.example.vn";' in nginx
    service = operator.read("systemd/portal-publish.service")
    assert "\nUser=cong\n" in service
    assert f"publish --from HEAD --settings {operator.province.folder}/settings.py\n" in service


def test_what_an_operator_has_changed_is_left_and_what_is_new_lies_beside_it(operator: Operator) -> None:
    operator.writes()
    nginx = operator.folder / "nginx/portal.conf"
    changed = operator.read().replace("listen 80;", "listen 8080;")
    nginx.write_text(changed, encoding="utf-8")

    same = operator.writes("--lang", "en")
    operator.province.edit("province/province.yaml", "https://thunghiem.example", "https://moi.example")
    new = operator.writes("--lang", "en")

    assert same[0] == 0
    assert f"{nginx}: changed by you, and left; there is nothing new in it\n" in same[1]
    assert new[0] == 1
    assert f"{nginx}: changed by you, and left; what is new lies beside it as portal.conf.new\n" in new[1]
    assert operator.read() == changed
    assert "server_name moi.example;" in operator.read("nginx/portal.conf.new")
    assert "GATEWAY_ORIGINS=https://moi.example\n" in operator.read("systemd/portal-gateway.service")


def test_changed_file_beside_is_not_replaced_either(tmp_path: Path) -> None:
    for content in ("a\n", "b\n", "c\n"):
        if content == "b\n":
            (tmp_path / "x").write_text("mine\n", encoding="utf-8")
        write_files(tmp_path, {"x": content})
    beside = tmp_path / "x.new"
    assert beside.read_text(encoding="utf-8").endswith(".\nc\n")
    beside.write_text("mine too\n", encoding="utf-8")

    with pytest.raises(PortalError, match=r"x\.new was changed by somebody; take over what you need"):
        write_files(tmp_path, {"x": "d\n"})
    assert beside.read_text(encoding="utf-8") == "mine too\n"


def test_file_of_somebody_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff# not ours\n")

    [written] = write_files(tmp_path, {"x": "a\n"})

    assert written.outcome == "beside"
    assert (tmp_path / "x").read_bytes() == b"\xff# not ours\n"


def test_folder_that_cannot_be_written_is_told(operator: Operator) -> None:
    operator.folder.write_text("a file", encoding="utf-8")

    code, _, errors = operator.writes()

    assert code == 2
    assert f"{operator.folder}/nginx/portal.conf" in errors


def test_name_of_a_server_that_would_be_read_otherwise_is_an_error_with_its_place(operator: Operator) -> None:
    operator.province.edit("province/province.yaml", "https://thunghiem.example", "https://a.example;return")

    code, _, errors = operator.writes()

    line = 1 + operator.province.content.joinpath("province/province.yaml").read_text("utf-8").splitlines().index(
        "url: https://a.example;return"
    )
    assert code == 2
    assert f"province/province.yaml:{line}: url: cần tên máy chủ gồm chữ" in errors
    assert "hãy ghi dạng https://portal.example.vn" in errors
    assert not operator.folder.exists()


def test_province_that_cannot_be_read_is_told_with_its_line(operator: Operator) -> None:
    operator.province.edit("province/province.yaml", "url: https://thunghiem.example", "url: nowhere")

    code, _, errors = operator.writes("--lang", "en")

    assert code == 2
    assert "province/province.yaml:4: url: " in errors


@pytest.mark.parametrize(
    ("settings", "words", "said"),
    [
        ({"OUTPUT_PATH": "/srv/$host/public"}, (), "OUTPUT_PATH: '/srv/$host/public' holds '$'"),
        ({"OUTPUT_PATH": "/srv/a;b/public"}, (), "OUTPUT_PATH: '/srv/a;b/public' holds ';'"),
        ({"OUTPUT_PATH": "/srv/a\nb/public"}, (), "OUTPUT_PATH: '/srv/a\\nb/public' holds '\\n'"),
        ({"DOSSIER_LOOKUP_URL": 'https://a";b.vn'}, (), "DOSSIER_LOOKUP_URL: expected a server's name"),
        ({}, ("--user", "root\nExecStart=x"), "--user: expected the name of a user"),
        ({}, ("--user", ""), "--user: expected the name of a user"),
    ],
)
def test_value_that_would_be_read_otherwise_is_refused(
    operator: Operator, settings: dict[str, str], words: tuple[str, ...], said: str
) -> None:
    operator.set(**settings)

    code, _, errors = operator.writes("--lang", "en", *words)

    assert (code, said in errors) == (2, True), errors
    assert not operator.folder.exists()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://haugiang.gov.vn", "haugiang.gov.vn"),
        ("https://Cong.HauGiang.gov.vn/", "cong.haugiang.gov.vn"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("https://cổng.vn", "xn--cng-qmz.vn"),
    ],
)
def test_host_is_named_in_ascii(url: str, host: str) -> None:
    assert host_of(url, "x:1") == host


@pytest.mark.parametrize(
    "url",
    ["https://a;b", "https://a b", "https://a{b}", "https://user@a.vn", "https://a.vn:x", "https://-a.vn", "https://.",
     "https://a$host", "https://*.vn", "https://a_b.vn", "https://" + "a" * 64 + ".vn", "ftp://a.vn", "https://a..vn"],
)  # fmt: skip
def test_host_that_no_web_server_should_be_told_is_refused(url: str) -> None:
    with pytest.raises(WrongValueError, match="x:1: url: expected a server's name"):
        host_of(url, "x:1")


def test_headers_hold_nothing_that_would_end_a_word_in_any_of_the_files() -> None:
    assert all(not set('"\\$\n') & set(value) for value in HEADERS.values())
