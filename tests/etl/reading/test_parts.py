"""Is a workbook that would take all memory refused before it is laid out?"""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from base.settings import settings as installed
from etl.reading.parts import (
    NOTHING,
    NotReadable,
    PassedOver,
    column_number,
    passed_over,
)
from etl.reading.workbook import column_name, read
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
    assert passed_over(CONTENT).sheets == [NOTHING]


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
    assert passed_over(content).sheets == [NOTHING]
    assert read(content)[0].rows[1] == ["柳泉", ""]


PLAIN = '<c r="B2"><v>3500</v></c>'
BOOK = "xl/workbook.xml"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2"><f>SUM(A1)</f></c>', "=SUM(A1)"),
        ('<c s="0" r="B2"><f>SUM(A1)</f><v></v></c>', "=SUM(A1)"),
        ('<c r="B2"><f t="shared" si="0"/></c>', "="),
        ('<c r="B2" s="0" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="e" r="B2"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B2"><f>1-1</f><v>7</v></c>', 7),
    ],
)
def test_a_cell_says_what_is_open_or_wrong(cell: str, text: object) -> None:
    content = changed(SHEET, lambda data: data.replace(PLAIN, cell))
    assert read(content)[0].rows[1] == ["柳泉", text]


def test_a_prefix_before_the_names_of_cells_hides_nothing() -> None:
    def prefixed(data: str) -> str:
        data = data.replace(PLAIN, '<c r="B2"><f>SUM(A1)</f></c>')
        data = data.replace('<row r="2"', '<row r="2" hidden="1"')
        data = re.sub(r"<(/?)(\w)", r"<\1x:\2", data)
        return data.replace("<x:?xml", "<?xml").replace("xmlns=", "xmlns:x=")

    [found] = passed_over(changed(SHEET, prefixed)).sheets
    assert found == PassedOver({(1, 1): "=SUM(A1)"}, frozenset({1}))


@pytest.mark.parametrize(
    ("mark", "cell"), [("", 0), (' fullCalcOnLoad="1"', "=SUM(A1)")]
)
def test_a_zero_that_stands_for_no_result_is_none(mark: str, cell: object) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["村名", 7])
    sheet.write_formula(0, 2, "=SUM(A1)")
    book.close()
    # XlsxWriter always sets the mark; Excel takes it out when it saves.
    content = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert ' fullCalcOnLoad="1"' in parts[BOOK]
    parts[BOOK] = parts[BOOK].replace(' fullCalcOnLoad="1"', mark)
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert read(again.getvalue())[0].rows == [["村名", 7, cell]]


def test_hidden_rows_are_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for hidden in ([1, 3], []):
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["村名", "柳泉", "东里", "河顺"])
        for row in hidden:
            sheet.set_row(row, None, None, {"hidden": True})
    book.close()
    assert [sheet.hidden_rows for sheet in read(out.getvalue())] == [{1, 3}, set()]


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
    content = changed(STRINGS, lambda data: data + " " * 5_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(STRINGS).file_size.to_bytes(4, "little")
    if not is_honest:
        assert content.count(size) == 2
        content = content.replace(size, (100).to_bytes(4, "little"))
    monkeypatch.setenv("VILLAGE_LARGEST_FILE_MB", "1")
    installed.cache_clear()
    try:
        with pytest.raises(NotReadable, match="解压后过大"):
            passed_over(content)
    finally:
        installed.cache_clear()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 20_000))
def test_column_names_and_numbers_are_one(column: int) -> None:
    assert column_number(column_name(column)) == column
