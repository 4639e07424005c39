"""Does a marked file go in again, and do its marks come off?"""

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from etl.handed.marked import marked_copy
from tests.etl.handed.opening import (
    AMBER,
    BAD,
    FIRST,
    RED,
    comments,
    fills,
    handed,
    made,
    opened,
    saved,
)
from tests.making import checked, codes_of, text, xlsx


def test_a_mended_copy_is_read_as_the_file_would_have_been() -> None:
    book = handed(xlsx(BAD))
    sheet = book["Sheet1"]
    sheet["B4"], sheet["B5"], sheet["C5"], sheet["D5"] = 3, 3, 4, 3
    content = saved(book)
    result = checked(content, "台账_标错.xlsx")
    assert result.findings == []
    assert result.rows.num_rows == 5
    name, clean = marked_copy(content, result)
    assert name == "台账_标错.xlsx"
    assert opened(clean).sheetnames == ["Sheet1"]
    kept = opened(clean)["Sheet1"]
    assert (fills(kept), comments(kept)) == ({}, {})
    assert kept["B4"].font.color is None


def test_a_sheet_of_the_same_name_is_read() -> None:
    book = made(BAD)
    book.active.title = FIRST
    assert {f.sheet for f in checked(saved(book)).findings} == {FIRST}
    assert handed(saved(book)).sheetnames[1] == FIRST


def test_marks_do_not_pile_up_and_colours_come_back() -> None:
    book = made(BAD)
    own = PatternFill("solid", fgColor="FF00FF00")
    for place in ("B4", "C5", "A5"):
        book.active[place].fill = own
        book.active[place].font = Font(color="FF0000FF", bold=True)
    book.active["C5"].comment = Comment("问会计", "张三")
    once = handed(saved(book))
    once["6月"]["C5"] = 4
    twice = handed(saved(handed(saved(once))))
    assert twice.sheetnames == [FIRST, "6月"]
    sheet = twice["6月"]
    assert fills(sheet) == {
        "B4": RED,
        "B5": RED,
        "D5": AMBER,
        "C5": "FF00FF00",
        "A5": "FF00FF00",
    }
    assert (sheet["C5"].font.color.rgb, sheet["C5"].font.bold) == ("FF0000FF", True)
    assert comments(sheet)["C5"] == "问会计"
    assert comments(sheet)["B4"].count("金额读不出") == 1
    sheet["B4"] = 3
    assert fills(handed(saved(twice))["6月"])["B4"] == "FF00FF00"


def test_marks_come_off_where_the_first_sheet_was_deleted() -> None:
    book = handed(xlsx(BAD))
    del book[FIRST]
    book["Sheet1"]["B4"] = 3
    again = handed(saved(book))
    assert "B4" not in fills(again["Sheet1"])
    assert again["Sheet1"]["B5"].comment.text.count("金额读不出") == 1


def test_the_first_sheet_is_told_by_its_sign_in_a_text_too() -> None:
    book = handed(xlsx(BAD))
    rows = [["" if v is None else v for v in row] for row in book[FIRST].values]
    assert codes_of(checked(text(rows), "a.csv").findings) == ["no_table"]
