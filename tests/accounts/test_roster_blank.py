"""Does the blank list name every village, and does it come in as it was filled?"""

import io

import openpyxl
import pytest

from accounts.account import account_of
from accounts.people import Person, create
from accounts.place_names import places_in
from accounts.roster import import_roster
from accounts.roster_blank import blank_roster
from base.errors import ShownError
from base.place import Scope
from base.viewer import Viewer
from store import Store
from tests.accounts.people import ADMIN, NOW, OFFICE, OTHER, VILLAGE, given


def lines(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_every_village_of_the_scope_has_a_line(store: Store) -> None:
    told = lines(blank_roster(store, ADMIN))
    assert told[1] == ["村代码", "乡镇", "村", "姓名", "手机", "单位", "登录名"]
    with store.transaction() as cursor:
        villages = [code for code in places_in(cursor).names if len(code) == 12]
    assert [line[0] for line in told[2:]] == sorted(villages)
    assert lines(blank_roster(store, OFFICE)) == told
    assert told[2:][[line[0] for line in told[2:]].index(VILLAGE)] == [
        *(VILLAGE, "河顺镇", "河顺", "", "", "", ""),
    ]
    elsewhere = Viewer("外县", "office", Scope.of(["410582"]), "u8")
    assert len(lines(blank_roster(store, elsewhere))) == 2


@pytest.mark.parametrize("role", ["leader", "township", "secretary", "department"])
def test_nobody_else_gets_it(store: Store, role: str) -> None:
    with pytest.raises(ShownError, match="不能管理账号"):
        blank_roster(store, Viewer("甲", role, Scope.of(["410581"]), "u7"))


def test_what_is_filled_in_comes_in_and_the_rest_is_nobodys_yet(store: Store) -> None:
    given(store)
    create(store, ADMIN, Person("two", "secretary", (OTHER, VILLAGE), "孙七"), NOW)
    book = openpyxl.load_workbook(io.BytesIO(blank_roster(store, OFFICE)))
    sheet = book.active
    assert sheet is not None
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=3)}
    assert [rows[VILLAGE][3].value, rows[VILLAGE][6].value] == ["王五", "wang"]
    # whoever holds two villages is not told to hold one alone
    assert rows[OTHER][3].value is None
    new = sorted(set(rows) - {VILLAGE, OTHER})[0]
    rows[new][3].value, rows[new][4].value = "赵六", 13800001234
    out = io.BytesIO()
    book.save(out)
    made = import_roster(store, out.getvalue(), OFFICE, NOW)
    assert {(row.account.login_name, bool(row.code)) for row in made} == {
        (new, True),
        ("wang", False),
    }
    account = account_of(store, new)
    assert account is not None
    assert (account.phone, account.places) == ("13800001234", (new,))


def test_a_line_with_a_phone_and_no_name_is_wrong(store: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_roster(store, OFFICE)))
    sheet = book.active
    assert sheet is not None
    sheet["E3"] = 13800001234
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ShownError, match="D3：没有姓名"):
        import_roster(store, out.getvalue(), OFFICE, NOW)


def test_a_name_that_looks_like_a_formula_stays_a_text(store: Store) -> None:
    given(store, person_name="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(blank_roster(store, OFFICE)))
    sheet = book.active
    assert sheet is not None
    assert {
        cell.data_type
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "=1+1"
    } == {"s"}
