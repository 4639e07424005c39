"""Which paper counts where several tell of one income? Compared, and never added."""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.catalogue import catalogue
from etl.accept import accept, settle_overlaps
from etl.door import load_file
from etl.published import publish_table
from etl.registry_rows import rank_rows
from store import Store
from tests.etl.statements.grids import LIUQUAN
from tests.making import BY, Grid, ledger, lines, load, send, text

NOW = datetime(2018, 11, 16, 9)
SETTLED = ["户名", "结算月份", "应付电费（元）", "实付电费（元）"]
SETTLED += ["应付补贴（元）", "实付补贴（元）"]
YEAR = ["河顺镇2017年村级集体经济收入台账", "单位：元"]


def month_end(month: int, year: int = 2017) -> date:
    return date(year, month, monthrange(year, month)[1])


def settle(store: Store, *months: int) -> None:
    """Take in the settlement of some months of 2017: 60 and 40 yuan received."""
    lines: Grid = [
        ["河顺镇柳泉村", f"2017{month:02}", 70, 60, 50, 40] for month in months
    ]
    content = text([SETTLED, *lines], "gb18030")
    loaded = load_file(store, content, "结算.csv", BY, NOW)
    assert loaded.submission and loaded.submission.state == "accepted"


def month_ledger(store: Store, month: int, yuan: int) -> None:
    title = f"河顺镇2017年{month}月村级集体经济收入台账"
    load(store, ledger([["柳泉", yuan]], ["村名", "光伏"], title))


def year_ledger(store: Store, yuan: int) -> None:
    title = "河顺镇2017年度村级集体经济收入台账"
    load(store, ledger([["柳泉", yuan]], ["村名", "光伏"], title))


def received(store: Store, as_of: date) -> int:
    """Return what 柳泉 has received of solar money in 2017 by a day."""
    return int(
        store.value(
            """
            select coalesce(sum(amount_received_yuan), 0)
            from core.income_period
            where
                village_code = $code and source_id = 'solar'
                and to_no > (select version_no from ops.version)
                and period_end <= $as_of and received_until_date > $as_of
            """,
            {"code": LIUQUAN, "as_of": as_of},
        )
    )


@pytest.mark.parametrize("is_settled_first", [True, False])
def test_the_grid_goes_before_the_ledger(store: Store, is_settled_first: bool) -> None:
    if is_settled_first:
        settle(store, 3)
    month_ledger(store, 3, 500)
    month_ledger(store, 4, 500)
    if not is_settled_first:
        assert received(store, month_end(4)) == 1000
        settle(store, 3)
    assert received(store, month_end(3)) == 100
    assert received(store, month_end(4)) == 600


def test_pieces_that_cover_a_year_go_before_its_sum(store: Store) -> None:
    year_ledger(store, 5000)
    settle(store, *range(1, 12))
    # eleven months are not the year: the ledger tells it at its end
    assert received(store, month_end(11)) == 1100
    assert received(store, month_end(12)) == 5000
    settle(store, 12)
    assert received(store, month_end(12)) == 1200


def test_months_of_the_ledger_count_until_its_own_year_is_told(store: Store) -> None:
    for month in (1, 2):
        month_ledger(store, month, 300)
    year_ledger(store, 5000)
    settle(store, 2)
    assert received(store, month_end(1)) == 300
    assert received(store, month_end(2)) == 400
    assert received(store, month_end(12)) == 5000


def test_energy_tells_what_is_due_and_nothing_of_what_came(store: Store) -> None:
    grid: Grid = [
        ["电站名称", "统计月份", "上网电量(度)"],
        ["河顺镇柳泉村光伏电站", "2017年3月", 10000],
    ]
    load(store, grid)
    month_ledger(store, 3, 500)
    assert received(store, month_end(3)) == 500
    due = "select sum(amount_due_yuan) from core.income_period "
    due += "where due_until_date > $day and to_no > 1000"
    assert store.value(due, {"day": month_end(12)}) == Decimal("8500.00")
    settle(store, 3)
    assert store.value(due, {"day": month_end(12)}) == Decimal("120.00")


def test_other_ranks_settle_everything_anew(store: Store) -> None:
    settle(store, 3)
    month_ledger(store, 3, 500)
    assert received(store, month_end(3)) == 100
    own = catalogue().statements
    first = own["ledger"].model_copy(update={"rank_received": 0})
    entries = catalogue().model_copy(update={"statements": {**own, "ledger": first}})
    publish_table(store, "ranks", b"other", "x", rank_rows(entries), entries, BY, NOW)
    assert received(store, month_end(3)) == 500


SPANS = [(1, 1), (2, 2), (3, 3), (1, 3), (1, 6), (7, 12), (1, 12)]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ledger", "detail", "settlement"]),
            st.sampled_from(SPANS),
            st.sampled_from([2016, 2017]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_was_told_step_by_step_is_what_is_told_at_once(
    store: Store, papers: list[tuple[str, tuple[int, int], int]]
) -> None:
    for statement, (first, last), year in papers:
        start = date(year, first, 1)
        rows = lines((LIUQUAN, "solar", start, month_end(last, year), "1", "2"))
        column = rows.schema.get_field_index("statement")
        told = rows.set_column(column, "statement", pa.array([statement]))
        accept(store, send(store, told), BY, NOW)
    before = store.frame(UNTIL, {})
    number = int(store.value("select version_no from ops.version"))
    with store.transaction() as cursor:
        settle_overlaps(cursor, number, is_everywhere=True)
    pd.testing.assert_frame_equal(store.frame(UNTIL, {}), before)


UNTIL = """
select statement, period_start, period_end, due_until_date, received_until_date, to_no
from core.income_period
order by all
"""
