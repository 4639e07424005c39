"""Does what is filled in become the file that it says, to the fen?"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from base.errors import ShownError
from base.place import Scope
from base.viewer import Viewer
from etl.door import load_file
from etl.form import SAME, Filled, form_file, form_lines, line_of
from store import Store
from tests.etl.statements.grids import DONGLI, LIUQUAN
from tests.making import NOW, ledger, load

ME = Viewer("李某", "secretary", Scope.of([LIUQUAN]), "u1")
JULY = date(2018, 7, 15)
HEADINGS = ["村名", "光伏", "合作社", "管理费用"]


def lines_of(store: Store, by: Viewer = ME) -> list[tuple[str, bool, Decimal | None]]:
    version_no = int(store.value("select version_no from ops.version"))
    return [
        (line.line_id, line.is_cost, line.last_month_yuan)
        for line in form_lines(store, by, LIUQUAN, JULY, version_no)
    ]


@pytest.fixture
def reported(store: Store) -> Store:
    """柳泉 in May: three lines; in June: two of them, one is zero."""
    may = "林州市河顺镇2018年5月村级集体经济收入台账"
    load(store, ledger([["柳泉", 7, 8, 9]], HEADINGS, title=may))
    load(store, ledger([["柳泉", 12000.5, "无", ""], ["东里", 1, 2, 3]], HEADINGS))
    return store


def test_the_lines_are_those_of_the_year_before(reported: Store) -> None:
    assert lines_of(reported) == [
        ("solar", False, Decimal("12000.50")),
        ("cooperative", False, Decimal(0)),
        ("admin_cost", True, None),
    ]


def test_a_village_outside_the_scope_has_no_lines(reported: Store) -> None:
    other = Viewer("王某", "secretary", Scope.of([DONGLI]), "u2")
    assert lines_of(reported, other) == []


def test_a_new_village_has_no_lines(store: Store) -> None:
    assert lines_of(store) == []


def test_the_file_says_what_was_filled_in(store: Store) -> None:
    filled = [
        Filled("solar", Decimal("12000.50"), is_taken_over=True),
        Filled("cooperative", Decimal(0)),
        Filled("hometown", None),
    ]
    name, content = form_file(LIUQUAN, JULY, filled)
    assert name == "河顺镇柳泉2018年7月台账（页面填报）.csv"
    assert content.decode("utf-8-sig").splitlines()[1:] == [
        f"{LIUQUAN},柳泉,2018-07,光伏富村,12000.50,{SAME}",
        f"{LIUQUAN},柳泉,2018-07,村级集体合作社,无,页面填报",
    ]


def test_what_the_form_writes_is_read_back_without_a_question(store: Store) -> None:
    filled = [
        Filled("solar", Decimal("12000.55"), is_taken_over=True),
        Filled("cooperative", Decimal(0)),
        Filled("admin_cost", Decimal("3.2")),
    ]
    name, content = form_file(LIUQUAN, JULY, filled)
    loaded = load_file(store, content, name, ME, NOW, is_accepted=False)
    assert loaded.checked.findings == []
    rows = loaded.checked.rows.to_pylist()
    assert [
        (row["line_kind"], row["source_id"], row["amount_received_yuan"])
        for row in rows
    ] == [
        ("income", "solar", Decimal("12000.55")),
        ("income", "cooperative", Decimal("0.00")),
        ("cost", rows[2]["source_id"], Decimal("3.20")),
    ]
    assert {row["period_end"] for row in rows} == {date(2018, 7, 31)}
    assert rows[0]["remark"] == SAME


@pytest.mark.parametrize("code", [LIUQUAN, "410581999999", ""])
def test_nothing_filled_in_is_no_file(code: str) -> None:
    filled = [Filled("solar", None)]
    with pytest.raises(ShownError, match="还没有填任何一行"):
        form_file(code, JULY, filled)
    with pytest.raises(ShownError, match="还没有填任何一行"):
        form_file(code, JULY, [])


def test_a_line_says_if_it_is_a_cost() -> None:
    assert not line_of("solar").is_cost
    assert line_of("admin_cost").is_cost


def test_only_a_whole_last_month_can_be_taken_over(store: Store) -> None:
    """A year's total is no month's value."""
    title = "林州市河顺镇2017年度村级集体经济收入台账"
    year = ledger([["柳泉", 7, 8, 9]], HEADINGS, title=title)
    load(store, year, datetime(2018, 1, 9))
    assert lines_of(store) == []
