"""The ledger of addresses: lines are only ever added, and what is damaged costs no more than itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.releases.address_ledger import DERIVED, LET_GO, PUBLISHED, AddressLedger, Checked, Standing

ENTRIES: dict[str, Standing] = {
    "so-y-te/": PUBLISHED,
    "so-y-te/media/mau.csv": PUBLISHED,
    "so-y-te/tin-tuc/2019/a.b/": PUBLISHED,
    "so-y-te/tin-tuc/2019/ab/": PUBLISHED,
    "so-y-te/tin-tuc/trang/2/": DERIVED,
}
SITE = "so-y-te"


@pytest.fixture
def ledger(tmp_path: Path) -> AddressLedger:
    made = AddressLedger.beside(tmp_path)
    made.append(SITE, ENTRIES)
    return made


def file_of(ledger: AddressLedger) -> Path:
    return ledger.folder / f"{SITE}.txt"


def test_what_was_noted_is_read_again(ledger: AddressLedger) -> None:
    assert ledger.read(SITE) == ENTRIES
    assert ledger.read("so-noi-vu") == {}
    assert ledger.names() == {SITE}
    assert ledger.damage == {}


def test_lines_are_only_added_and_the_last_of_an_address_counts(ledger: AddressLedger) -> None:
    before = file_of(ledger).read_bytes()

    ledger.append(SITE, {"so-y-te/media/mau.csv": LET_GO, "so-y-te/tin-tuc/2020/c/": PUBLISHED})

    assert file_of(ledger).read_bytes().startswith(before)
    assert ledger.read(SITE) == ENTRIES | {"so-y-te/media/mau.csv": LET_GO, "so-y-te/tin-tuc/2020/c/": PUBLISHED}


def test_one_that_is_cut_at_any_byte_has_what_is_left_and_is_whole_when_it_is_written_again(
    ledger: AddressLedger,
) -> None:
    whole = file_of(ledger).read_bytes()
    for length in range(len(whole)):
        file_of(ledger).write_bytes(whole[:length])
        cut = AddressLedger(ledger.folder)
        left = cut.read(SITE)
        is_torn = length > 0 and whole[length - 1 : length] != b"\n"

        assert left.items() <= ENTRIES.items(), length
        assert len(left) == whole[:length].count(b"\n"), length
        assert bool(cut.damage) == is_torn, length

        cut.append(SITE, {address: standing for address, standing in ENTRIES.items() if address not in left})
        assert file_of(ledger).read_bytes() == whole, length


@pytest.mark.parametrize(
    "foreign",
    [
        b"so-y-te/x/\n",
        b"+ /so-y-te/x/\n",
        b"+ so-y-te/tin-tuc/2019/a\n",
        b"\xff\xfe\x00\n",
        b"+ a b/\n",
        b"\n",
        b"* a/\n",
        b"+ ../../x/\n",
        b"+ so-y-te/../x/\n",
        b"+ so-y-te/./x/\n",
        b"+ so-y-te//x/\n",
        b"~ so-y-te/" + b"a" * 256 + b"/\n",
        b"~ so-y-te/" + b"a/" * 1024 + b"\n",
    ],
)
def test_a_line_that_is_no_address_is_told_and_the_rest_is_used(ledger: AddressLedger, foreign: bytes) -> None:
    lines = file_of(ledger).read_bytes().splitlines(keepends=True)
    file_of(ledger).write_bytes(b"".join([*lines[:2], foreign, *lines[2:]]))

    assert ledger.read(SITE) == ENTRIES
    told = ledger.damage[SITE].render()
    assert "line 3 is no address" in told
    assert str(file_of(ledger)) in told


def test_one_that_has_fewer_lines_than_it_had_is_told(ledger: AddressLedger) -> None:
    whole = file_of(ledger).read_bytes()
    ledger.note_checked({SITE: Checked(version="1", size=len(whole)), "so-noi-vu": Checked(version="1", size=0)})
    ledger.check_sizes()
    assert ledger.damage == {}

    file_of(ledger).write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    ledger.check_sizes()

    assert ledger.damage.keys() == {SITE}
    assert f"lines of it are gone ({ledger.size(SITE)} bytes of {len(whole)})" in ledger.damage[SITE].render()


def test_one_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    ledger = AddressLedger.beside(tmp_path)
    file_of(ledger).mkdir(parents=True)

    assert ledger.read(SITE) == {}
    assert "Is a directory" in ledger.damage[SITE].render()


def test_an_address_that_no_line_can_hold_is_not_noted(ledger: AddressLedger) -> None:
    before = file_of(ledger).read_bytes()

    ledger.append(SITE, {"so-y-te/media/a b.csv": PUBLISHED, "so-y-te/x/\n+ so-noi-vu/": PUBLISHED, "": PUBLISHED})

    assert file_of(ledger).read_bytes() == before


def test_what_was_checked_is_read_again_and_checked_anew_where_it_is_damaged(ledger: AddressLedger) -> None:
    checked = {SITE: Checked(version="1", size=3, published=("so-y-te/a/",))}
    ledger.note_checked(checked)
    written = (ledger.folder / "checked.json").read_bytes()

    assert ledger.checked() == checked
    for length in range(len(written) - 1):
        (ledger.folder / "checked.json").write_bytes(written[:length])
        assert ledger.checked() == {}, length
