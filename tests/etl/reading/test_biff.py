"""Does an xls tell of what its reader passes over?"""

import io
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading.biff import passed_over
from etl.reading.workbook import read
from tests.making import xls

CELLS = {"A1": "村名", "A2": "柳泉"}


def book(*sheets: dict[str, Any], hidden: tuple[int, ...] = ()) -> bytes:
    """Make an xls of sheets; a text with = is a formula, one with # an error."""
    made = xlwt.Workbook()
    for number, cells in enumerate(sheets):
        sheet = made.add_sheet(f"表{number}")
        for name, value in cells.items():
            row, column = int(name[1:]) - 1, ord(name[0]) - 65
            if str(value).startswith("#"):
                sheet.row(row).set_cell_error(column, value)
            elif str(value).startswith("="):
                sheet.write(row, column, xlwt.Formula(value[1:]))
            else:
                sheet.write(row, column, value)
        for row in hidden:
            sheet.row(row).hidden = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_result(content: bytes, result: bytes) -> bytes:
    """Return an xls whose formulas have a result, as Excel saves them."""
    unsaved = b"\x03\0\0\0\0\0\xff\xff"
    assert unsaved in content
    return content.replace(unsaved, result)


def test_errors_are_no_empty_cells() -> None:
    content = book(CELLS, CELLS | {"B2": "#DIV/0!", "C2": "#REF!", "D2": "#N/A!"})
    first, second = read(content)
    assert first.rows[1] == ["柳泉"]
    assert second.rows[1] == ["柳泉", "#DIV/0!", "#REF!", "#N/A"]


@pytest.mark.parametrize(
    "formula",
    ["=SUM(A3:A9)", "=A3+A4", "=A3*2", "=-A3", "=ROUND(A3,2)", "=SUM(A3,A4)", "=A3%"],
)
def test_a_formula_that_nobody_worked_out_is_no_empty_cell(formula: str) -> None:
    content = book(CELLS | {"B2": formula})
    assert read(content)[0].rows[1] == ["柳泉", "=…"]


def test_one_open_formula_opens_all_of_the_file() -> None:
    doubtful = {"B2": '=IF(A3="","",3)'}
    assert read(book(CELLS | doubtful))[0].rows[1] == ["柳泉", ""]
    both = book(CELLS | doubtful, CELLS | {"B2": "=SUM(A3:A9)"})
    assert [sheet.rows[1] for sheet in read(both)] == [["柳泉", "=…"]] * 2


@pytest.mark.parametrize(
    ("result", "cell"),
    [
        (b"\0\0\0\0\0\0\xf0\x3f", 1.0),
        (b"\x02\0\x2a\0\0\0\xff\xff", "#N/A"),
        (b"\x01\0\x01\0\0\0\xff\xff", True),
    ],
)
def test_the_result_of_a_formula_is_what_excel_saved(result: bytes, cell: Any) -> None:
    content = with_result(book(CELLS | {"B2": "=SUM(A3:A9)"}), result)
    assert read(content)[0].rows[1] == ["柳泉", cell]


def test_hidden_rows_are_told() -> None:
    content = book(CELLS, CELLS, hidden=(1,))
    assert [sheet.hidden_rows for sheet in read(content)] == [{1}, {1}]
    assert read(book(CELLS))[0].hidden_rows == frozenset()


def test_a_book_of_many_sectors_is_followed() -> None:
    many = {f"B{row}": f"{row:04}" * 500 for row in range(3, 4_000)}
    content = book(CELLS | many | {"C4000": "#REF!"})
    # The head of a container has room for 109 sectors of 128 links.
    assert len(content) > 109 * 128 * 512
    assert passed_over(content)[0].cells == {(3_999, 2): "#REF!"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=12))
def test_damage_never_breaks_the_look_through(place: int, damage: bytes) -> None:
    whole = xls([["村名", "光伏"], ["柳泉", 3]])
    content = whole[:place] + damage + whole[place + len(damage) :]
    assert isinstance(passed_over(content), dict)
    assert isinstance(passed_over(content[:place]), dict)
