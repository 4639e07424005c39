"""Does the file of a post tell what was reported, what is open and whom to ask?"""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from accounts.account import account_of, viewer_of
from accounts.people import Person, create, succeed
from base.clock import FixedClock
from base.errors import ShownError
from base.place import Scope
from base.viewer import PAGE, Viewer
from etl.door import load_file
from etl.handed.handover import handover
from etl.review import send_back
from store import Store
from tests.accounts.people import ADMIN, NOW, OFFICE, OTHER, TOWNSHIP, VILLAGE, given
from tests.making import BY, ledger, load, xlsx

CLOCK = FixedClock(datetime(2018, 7, 12, 9))
SENT = datetime(2018, 7, 3, 9)
SHEETS = ["已报", "在办", "各月", "联系"]


def told(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == SHEETS
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


@pytest.fixture
def post(store: Store) -> Store:
    """The post of 河顺: May accepted, June returned, July's due day ahead."""
    given(store, "wang", organisation_name="水利局")
    staff = {"person_name": "李四", "phone": "13900001111"}
    given(store, "zhen", role="township", places=(TOWNSHIP,), **staff)
    given(store, "far", role="township", places=("410581106",), person_name="远人")
    may = "林州市河顺镇2018年5月村级集体经济收入台账"
    load(store, ledger([["河顺", 1, 2, 3], ["柳泉", 4, 5, 6]], title=may), SENT)
    june = xlsx(ledger([["河顺", 7, 8, 9]]))
    sent = load_file(store, june, "=cmd|'六月'.xlsx", BY, SENT, is_accepted=False)
    assert sent.submission is not None
    send_back(store, sent.submission.submission_no, "=1+1 数不对", BY, SENT)
    april = "林州市河顺镇2018年4月村级集体经济收入台账"
    waits = xlsx(ledger([["河顺", 1, 1, 1]], title=april))
    load_file(store, waits, "四月.xlsx", BY, SENT, is_accepted=False)
    return store


def test_it_tells_what_a_successor_has_to_know(post: Store) -> None:
    name, content = handover(post, OFFICE, "wang", CLOCK)
    assert name == "交接材料-王五-20180712.xlsx"
    sheets = told(content)
    assert [[row[4], row[5], row[6]] for row in sheets["已报"][1:]] == [
        ["四月.xlsx", "2018年4月", "◷ 待镇审"],
        ["=cmd|'六月'.xlsx", "2018年6月", "↩ 已退回"],
        ["台账.xlsx", "2018年5月", "✓ 已入账"],
    ]
    ledgers = [row for row in sheets["在办"][1:] if row[1] == "村级台账"]
    assert [row[2:4] for row in ledgers] == [
        ["2018年1月", "× 未报"],
        ["2018年2月", "× 未报"],
        ["2018年3月", "× 未报"],
        ["2018年6月", "← 已退回"],
        ["2018年4月", "◷ 待镇审"],
    ]
    assert ledgers[3][5] == "=1+1 数不对"
    assert sheets["各月"] == [
        ["村代码", "村", *(f"2018年{month}月" for month in range(1, 7))],
        [VILLAGE, "河顺镇河顺", *["× 未报"] * 3, "◎ 待审核", "√ 已报", "← 已退回"],
    ]
    assert sheets["联系"][1:] == [
        ["镇（街）", "李四", None, "13900001111", "河顺镇"],
    ]


def test_no_text_is_a_formula(post: Store) -> None:
    _name, content = handover(post, OFFICE, "wang", CLOCK)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [c for s in book.worksheets for row in s.iter_rows() for c in row]
    assert [c.data_type for c in cells if str(c.value).startswith("=")] == ["s"] * 3


def test_it_is_written_down(post: Store) -> None:
    handover(post, OFFICE, "wang", CLOCK)
    account = account_of(post, "wang")
    assert account is not None
    assert post.row(
        "select actor, place_code, subject from ops.audit where action = 'handover'"
    ) == ("u9", VILLAGE, account.actor)


def test_whoever_takes_over_gets_it_too(post: Store) -> None:
    before = account_of(post, "wang")
    succeed(post, ADMIN, "wang", Person("heir", "", (), "后任"), NOW)
    heir = account_of(post, "heir")
    assert before is not None
    assert heir is not None
    _name, content = handover(post, viewer_of(heir, PAGE), "heir", CLOCK)
    assert len(told(content)["已报"]) == 4
    # the predecessor holds nothing any more
    with pytest.raises(ShownError, match="没有"):
        handover(post, viewer_of(before, PAGE), "wang", CLOCK)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("admin", ""),
        ("office", "410582"),
        ("township", TOWNSHIP),
        ("leader", "410581"),
        ("secretary", OTHER),
        ("secretary", VILLAGE),
    ],
)
def test_nobody_else_gets_it(post: Store, role: str, place: str) -> None:
    by = Viewer("甲", role, Scope.of([place] if place else []), "u77")
    with pytest.raises(ShownError, match="没有您能下载的"):
        handover(post, by, "wang", CLOCK)
    assert post.rows("select audit_no from ops.audit where action = 'handover'") == []


def test_an_account_that_is_not_there(post: Store) -> None:
    with pytest.raises(ShownError, match="没有您能下载的"):
        handover(post, OFFICE, "nobody", CLOCK)


def test_several_villages_in_one_file(post: Store) -> None:
    create(post, ADMIN, Person("two", "secretary", (VILLAGE, OTHER), "孙七"), NOW)
    _name, content = handover(post, replace(OFFICE, actor="u5"), "two", CLOCK)
    assert [row[0] for row in told(content)["各月"][1:]] == [VILLAGE, OTHER]
