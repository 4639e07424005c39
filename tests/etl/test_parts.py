"""Is a workbook that would take all memory refused before it is laid out?"""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import etl.parts
from etl.parts import NotReadable, column_number, unread_cells
from etl.workbook import column_name, read
from tests.making import xlsx

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
CONTENT = xlsx([["村名", "光伏"], ["柳泉", 3500]])


def changed(part: str, change: Callable[[str], str]) -> bytes:
    """Return the workbook with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(CONTENT)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name).decode()
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def test_a_plain_workbook_has_nothing_unread() -> None:
    assert unread_cells(CONTENT) == [{}]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, 'r="B2"', 'r="XFD1048576"'),
        (SHEET, "r='B2'", "r='XFD1048576'"),
        (SHEET, 'r="B2"', 'r="b99999999999"'),
        (SHEET, '<row r="2"', '<row r="4294967295"'),
    ],
)
def test_a_cell_too_far_away_is_refused(part: str, old: str, new: str) -> None:
    def change(data: str) -> str:
        data = data.replace('"', "'") if "'" in old else data
        assert old in data
        return data.replace(old, new)

    with pytest.raises(NotReadable, match="右边和下边"):
        read(changed(part, change))


def test_a_formula_whose_result_is_an_empty_text_has_a_result() -> None:
    def formula(data: str) -> str:
        assert '<c r="B2"><v>3500</v></c>' in data
        cell = '<c r="B2" t="str"><f>IF(A1="","")</f><v></v></c>'
        return data.replace('<c r="B2"><v>3500</v></c>', cell)

    content = changed(SHEET, formula)
    assert unread_cells(content) == [{}]
    assert read(content)[0].rows[1] == ["柳泉", ""]


def test_a_wide_sheet_of_few_rows_is_read() -> None:
    [sheet] = read(xlsx([["村名", *[""] * 700, "远"]]))
    assert sheet.rows[0][-1] == "远"


def test_formats_without_content_far_away_are_no_cells() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "村名")
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert read(out.getvalue())[0].rows[0][0] == "村名"


def test_room_for_strings_that_are_only_claimed_is_not_made() -> None:
    def claim(data: str) -> str:
        return re.sub('uniqueCount="[0-9]+"', 'uniqueCount="99999999999"', data)

    assert claim('uniqueCount="3"') != 'uniqueCount="3"'
    with pytest.raises(NotReadable, match="已损坏"):
        read(changed(STRINGS, claim))


@pytest.mark.parametrize("is_honest", [True, False])
def test_a_bomb_is_refused_whatever_size_it_claims(
    is_honest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = changed(STRINGS, lambda data: data + " " * 3_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(STRINGS).file_size.to_bytes(4, "little")
    if not is_honest:
        assert content.count(size) == 2
        content = content.replace(size, (100).to_bytes(4, "little"))
    monkeypatch.setattr(etl.parts, "_LARGEST_UNPACKED", 2_000_000)
    with pytest.raises(NotReadable, match="解压后过大"):
        unread_cells(content)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 20_000))
def test_column_names_and_numbers_are_one(column: int) -> None:
    assert column_number(column_name(column)) == column
