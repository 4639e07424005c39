"""Is a seal read as it was made, and nothing else taken for one?"""

import io
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from base.errors import ShownError
from etl.handed.seal import Seal, key_of, known_key, seal_of, sealed
from tests.etl.handed.filling import with_properties
from tests.making import Grid, text, xls, xlsx

KEY = b"k" * 32
SEAL = sealed("0123abcd", "410581105201", date(2018, 6, 1), KEY)
GRID: Grid = [["村名", "光伏"], ["柳泉", 1]]


def book(properties: dict[str, str]) -> bytes:
    return with_properties(GRID, properties)


def with_part(data: bytes) -> bytes:
    """Return a workbook whose part of properties holds just this."""
    out = io.BytesIO(xlsx(GRID))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("docProps/custom.xml", data)
    return out.getvalue()


def part_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("docProps/custom.xml")


def test_a_seal_comes_back_and_is_genuine() -> None:
    found = seal_of(book({"作者": "李某", **SEAL.properties()}))
    assert found == SEAL
    assert found.is_genuine(KEY)
    assert not found.is_genuine(b"o" * 32)
    assert found.properties()["village_template_month"] == "2018-06"


@pytest.mark.parametrize(
    ("name", "value"),
    [("version", "ffff0000"), ("place", "410581105202"), ("month", "2018-07")],
)
def test_whatever_is_changed_breaks_it(name: str, value: str) -> None:
    changed = {**SEAL.properties(), f"village_template_{name}": value}
    found = seal_of(book(changed))
    assert found is not None
    assert not found.is_genuine(KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", "第二版"),
        ("place", "41058110520"),
        ("place", "４１０５８１１０５"),
        ("month", "2018-13"),
        ("seal", ""),
        ("seal", "A" * 64),
    ],
)
def test_what_has_not_the_form_is_no_seal(name: str, value: str) -> None:
    changed = {**SEAL.properties(), f"village_template_{name}": value}
    assert seal_of(book(changed)) is None


def test_files_without_one_have_none() -> None:
    good = part_of(book(SEAL.properties()))
    assert seal_of(with_part(good)) == SEAL
    unfolding = good.replace(b"<Properties", b"<!DOCTYPE x><Properties", 1)
    assert unfolding != good
    many = good + b"<!-- -->" * 9_000
    for data in (b"", b"<a", good[:-9], unfolding, many, b" " * 70_000 + good):
        assert seal_of(with_part(data)) is None
    whole = book(SEAL.properties())
    for content in (b"", b"PK\x03\x04", whole[:-40], xlsx(GRID), xls(GRID), text(GRID)):
        assert seal_of(content) is None


def test_a_part_that_was_damaged_on_the_way_is_no_seal() -> None:
    whole = book(SEAL.properties())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("docProps/custom.xml").header_offset
    damaged = whole[: at + 60] + b"\xff" * 20 + whole[at + 80 :]
    assert seal_of(damaged) is None


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert known_key(tmp_path) is None
    key = key_of(tmp_path)
    assert len(key) == 32
    assert key_of(tmp_path) == known_key(tmp_path) == key
    [path] = (tmp_path / "run").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_of(tmp_path / "other") != key


def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path) -> None:
    key_of(tmp_path)
    path = tmp_path / "run" / "seal.key"
    path.write_bytes(b"short")
    assert known_key(tmp_path) is None
    with pytest.raises(ShownError, match=r"seal\.key"):
        key_of(tmp_path)
    assert path.read_bytes() == b"short"


def test_a_seal_without_signature_is_not_genuine() -> None:
    assert not Seal("0123abcd", "410581105", date(2018, 6, 1)).is_genuine(KEY)
