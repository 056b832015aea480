"""Large files lie in a store under their hash: git has pointers, and a build takes what is meant or tells it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from threading import Event

import pytest

from plugins.command_line import main
from plugins.documents import file_store as stores
from plugins.documents.file_store import FileStore, FolderStore, NotStoredError, file_store, pointer_of
from plugins.documents.taking_in import STORED_FROM, Agencies, TakingIn
from plugins.portal.pointers import Pointer, read_pointer
from plugins.portal.problems import PortalError
from tests.documents.pdf_files import pdf_file
from tests.documents.test_edxml import FILE
from tests.documents.test_taking_in import MEDIA, NEW, RECORD, SITES
from tests.portal.contents import ContentFolder
from tests.provinces import SmallProvince

LARGE = pdf_file([]) + b"%" + b"x" * STORED_FROM
DOCUMENT = "agencies/so-y-te/documents/2019/quy-hoach.yaml"
POINTER = "agencies/so-y-te/media/quy-hoach.pdf.stored"
FIELDS = "number: 7/2019/QĐ-SYT\ntype: decision\ntitle: Quy hoạch\nissued: 2019-03-02\n"
FIELDS += "files:\n- file: media/quy-hoach.pdf\n"
PAGE, ADDRESS = "so-y-te/van-ban/2019/7-2019-qd-syt", "so-y-te/media/quy-hoach.pdf"


def test_pointer_is_a_hash_and_a_size_and_nothing_else() -> None:
    pointer = pointer_of(LARGE)
    assert read_pointer(pointer.written) == pointer
    assert read_pointer(b"\xef\xbb\xbf# said by hand\r\n" + pointer.written.replace(b"\n", b"\r\n")) == pointer
    for bad in (
        b"", b"sha256: ../../../etc/passwd\nsize: 3\n", pointer.written + b"path: /etc/passwd\n",
        pointer.written.replace(b"size: 1", b"size: 9999999"), pointer.written.upper(), b"#\n" * 600 + pointer.written,
        pointer.written.replace(b"size: ", b"size: -"), b"sha256: " + b"0" * 64 + b"\nsize: 0\n",
    ):  # fmt: skip
        assert read_pointer(bad) is None, bad


@pytest.fixture(params=["folder", "storage"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    written = "store" if request.param == "folder" else f"memory://{tmp_path.name}"
    opened = file_store(written, tmp_path)
    assert opened is not None
    return opened


def test_store_gives_what_was_put_into_it_and_nothing_else(store: FileStore) -> None:
    pointer = store.write(LARGE)
    assert store.write(LARGE) == pointer == Pointer(hashlib.sha256(LARGE).hexdigest(), len(LARGE))
    assert store.read(pointer) == LARGE
    with pytest.raises(NotStoredError, match="does not have it"):
        store.read(Pointer("0" * 64, 3))
    with pytest.raises(NotStoredError, match="something else"):
        store.read(Pointer(pointer.sha256, 3))
    with pytest.raises(NotStoredError, match="it is empty"):
        store.write(b"")


def test_folder_that_holds_something_else_is_not_believed(tmp_path: Path) -> None:
    store = FolderStore("store", tmp_path / "store")
    with pytest.raises(NotStoredError, match="the store store is not there") as raised:
        store.read(pointer_of(LARGE))
    assert raised.value.is_away
    pointer = store.write(LARGE)
    file = tmp_path / "store" / pointer.key
    file.write_bytes(LARGE[::-1])
    with pytest.raises(NotStoredError, match="something else"):
        store.read(pointer)
    assert store.write(LARGE) == pointer
    assert store.read(pointer) == LARGE
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotStoredError, match="cannot be read"):
        store.read(pointer)


def test_storage_that_hangs_is_away_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stores.StorageStore.of(f"memory://{tmp_path.name}")
    pointer = store.write(LARGE)
    released = Event()
    monkeypatch.setattr(store.file_system, "open", lambda *arguments: released.wait(10))
    monkeypatch.setattr(stores, "PATIENCE", 0.01)
    with pytest.raises(NotStoredError, match="does not answer") as raised:
        store.read(pointer)
    released.set()
    assert raised.value.is_away
    with pytest.raises(PortalError, match="names no store"):
        file_store("nowhere://x", tmp_path)
    assert file_store("", tmp_path) is None


@pytest.fixture
def province(tmp_path: Path) -> SmallProvince:
    province = SmallProvince.of(tmp_path)
    province.write(DOCUMENT, FIELDS)
    province.write(POINTER, pointer_of(LARGE).written.decode())
    return province


def test_build_takes_a_large_file_from_the_store_and_a_missing_one_stops_nothing(province: SmallProvince) -> None:
    where = str(province.folder / "store")
    report = province.build(PORTAL_FILE_STORE=where)
    assert not report.problems
    assert "tạm thời chưa lấy được" in province.page(PAGE)
    assert "7/2019/QĐ-SYT" in province.page(PAGE)
    assert not (province.output / ADDRESS).exists()

    FolderStore(where, Path(where)).write(LARGE)
    report = province.build(PORTAL_FILE_STORE=where)
    assert not report.problems
    assert (province.output / ADDRESS).read_bytes() == LARGE
    assert f'href="/{ADDRESS}"' in province.page(PAGE)
    assert "tạm thời" not in province.page(PAGE)

    province.edit(DOCUMENT, "Quy hoạch", "Quy hoạch chung")  # the store is not asked again
    province.build(PORTAL_FILE_STORE=str(province.folder / "nowhere"))
    assert "Quy hoạch chung" in province.page(PAGE)
    assert (province.output / ADDRESS).samefile(province.output / ADDRESS)
    assert (province.output / ADDRESS).stat().st_nlink > 2, "it is linked, not copied"

    province.delete(POINTER)
    report = province.build()
    assert [p.message.render() for p in report.problems] == ['there is no file "media/quy-hoach.pdf"']


@pytest.mark.parametrize(
    ("written", "named"),
    [("sha256: ../../etc/passwd\nsize: 3\n", "is no pointer"), ("version 1", "is no pointer")],
)
def test_pointer_that_is_none_is_told_with_its_file(province: SmallProvince, written: str, named: str) -> None:
    province.write(POINTER, written)
    [problem] = province.build().problems
    assert named in problem.message.render()
    assert problem.path.endswith(f"content/{POINTER}")


def test_pointer_leads_to_no_pointer_and_to_nothing_that_cannot_be_offered(province: SmallProvince) -> None:
    for name, content in (("y.stored", b"%PDF-1.4"), ("trang.html", b"<html>"), ("gia.pdf", b"<html>")):
        FolderStore("store", province.folder / "store").write(content)
        province.write(f"agencies/so-y-te/media/{name}.stored", pointer_of(content).written.decode())
    FolderStore("store", province.folder / "store").write(LARGE)
    report = province.build(PORTAL_FILE_STORE=str(province.folder / "store"))
    assert [(p.path.rpartition("/")[2], p.message.render()) for p in report.problems] == [
        ("gia.pdf", "is no PDF file"),
        ("trang.html", 'files of the kind ".html" cannot be offered'),
        ("y.stored.stored", "is no pointer to a file of the store"),
    ]


def test_file_and_its_pointer_are_not_both_taken(province: SmallProvince) -> None:
    province.write("agencies/so-y-te/media/quy-hoach.pdf", "%PDF-1.4 small")
    [problem] = province.build().problems
    assert problem.message.render() == "the file that it stands for is there as well"


def test_check_names_the_pointer_and_the_remedy(province: SmallProvince, capsys: pytest.CaptureFixture[str]) -> None:
    store = FolderStore("store", province.folder / "store")
    settings = province.write("../conf.py", _settings(province))
    arguments = ["--content", str(province.content), "--settings", str(settings)]
    assert main(["check", *arguments]) == 0
    output = " ".join(capsys.readouterr().out.split())
    assert f"{POINTER}: thiếu tệp: không thấy kho tệp lớn {province.folder}/store" in output
    assert "portal documents store" in output

    original = province.folder / "ban-goc.pdf"
    original.write_bytes(LARGE)
    assert main(["documents", "store", str(original), *arguments]) == 0
    assert original.exists()
    assert store.read(pointer_of(LARGE)) == LARGE


def test_command_puts_a_pointer_in_the_place_of_a_file(
    province: SmallProvince, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = province.write("../conf.py", _settings(province))
    arguments = ["--content", str(province.content), "--settings", str(settings)]
    province.delete(POINTER)
    media = province.content / POINTER.removesuffix(".stored")
    media.write_bytes(LARGE)
    false = media.with_name("gia.pdf")
    false.write_bytes(b"MZ")
    link = media.with_name("noi.pdf")
    link.symlink_to(settings)
    assert main(["documents", "store", str(media), str(false), str(link), str(media), *arguments]) == 1
    assert not media.exists()
    assert read_pointer((province.content / POINTER).read_bytes()) == pointer_of(LARGE)
    assert false.exists()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines][1:] == ["chưa đưa vào kho"] * 3
    assert lines[2].endswith("là một liên kết")

    assert main(["documents", "store", str(false), "--content", str(province.content)]) == 2
    assert "PORTAL_FILE_STORE" in capsys.readouterr().err


def _settings(province: SmallProvince) -> str:
    places = {**province.settings(), "PORTAL_FILE_STORE": str(province.folder / "store")}
    names = [
        "PATH", "OUTPUT_PATH", "PORTAL_BUILD_PATH", "DOSSIER_STATE_PATH", "PORTAL_KEEP_ADDRESSES", "PORTAL_FILE_STORE",
        "THEME",
    ]  # fmt: skip
    lines = [f"{name} = {places[name]!r}" for name in names]
    return "\n".join(["from pelicanconf import *", *lines, ""])


def test_what_is_taken_in_goes_to_the_store_where_it_is_large(tmp_path: Path) -> None:
    content = ContentFolder.of(tmp_path / "content")
    store = FolderStore("store", tmp_path / "store")
    taking_in = TakingIn(content.folder, Agencies(SITES), store=store)
    written = NEW.replace(FILE, base64.b64encode(LARGE).decode()).encode()
    for paths in ([RECORD, f"{MEDIA}.stored"], []):
        plan = taking_in.plan(written)
        assert plan.paths == paths
        taking_in.carry_out(plan)
    assert store.read(pointer_of(LARGE)) == LARGE
    assert read_pointer((content.folder / f"{MEDIA}.stored").read_bytes()) == pointer_of(LARGE)
    assert "media/2019-12-2019-qd-syt.pdf\n" in (content.folder / RECORD).read_text()
    assert TakingIn(content.folder, Agencies(SITES), store=store).plan(written).paths == []
