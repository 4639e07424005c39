"""Are periods that cross each other kept from adding up?"""

from datetime import datetime
from typing import Any

import pytest

from etl.door import load_file
from store import Store
from tests.making import BY, codes_of, xlsx

HEADINGS = ["乡镇", "村名", "期间", "收入来源", "实收（元）"]


def listed(*lines: list[Any]) -> bytes:
    """Make a list of amounts of 河顺; each line states period, source and amount."""
    return xlsx([HEADINGS, *(["河顺镇", "河顺", *line] for line in lines)])


def sent(store: Store, content: bytes, **how: Any) -> Any:
    at = datetime(2018, 11, 1, 10)
    return load_file(store, content, "清单.xlsx", BY, at, **how)


@pytest.mark.parametrize(
    ("period", "crosses"),
    [
        ("2018年3-6月", True),
        ("2017年10-12月", False),
        ("2018年5-6月", False),
        ("2018年1-4月", False),
        ("2018年2-3月", False),
        ("2018年上半年", False),
    ],
)
def test_a_period_that_crosses_one_in_force_is_rejected(
    store: Store, period: str, crosses: bool
) -> None:
    first = sent(store, listed(["2018年1-4月", "光伏", 100]))
    assert first.submission.state == "accepted"
    second = sent(store, listed([period, "光伏", 70], ["2018年7月", "光伏", 5]))
    assert codes_of(second.checked.findings) == ["period_crosses"] * crosses
    assert second.checked.rejected == int(crosses)
    if crosses:
        found = second.checked.findings[0]
        assert (found.cell, found.found) == ("E2", "2018年3月至2018年6月")
        assert "2018年1月至2018年4月" in found.message
        assert second.submission.state == "submitted"


def test_good_rows_leave_the_crossing_one_out(store: Store) -> None:
    sent(store, listed(["2018年1-4月", "光伏", 100]))
    content = listed(["2018年3-6月", "光伏", 70], ["2018年7月", "光伏", 5])
    sent(store, content, is_good_rows_enough=True)
    total = store.value(
        "select sum(amount_received_yuan) from core.income_period where to_no > 1e18"
    )
    assert total == 105


def test_two_of_one_file_that_cross_are_both_rejected(store: Store) -> None:
    content = listed(
        ["2018年1-4月", "光伏", 100],
        ["2018年3-6月", "光伏", 70],
        ["2018年3-6月", "合作社", 9],
    )
    loaded = sent(store, content)
    assert [f.cell for f in loaded.checked.findings] == ["E2", "E3"]
    assert loaded.checked.rows.num_rows == 1
