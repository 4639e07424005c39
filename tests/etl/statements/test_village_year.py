"""Is one village's year read, whoever its title, label, sheet or file speaks of?"""

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.check import Checked
from tests.making import Grid, checked, text, xls, xlsx

MONTHS = [f"{month}月" for month in range(1, 13)]
BLANK = [""] * 9
YEAR: Grid = [
    ["林州市河顺镇柳泉村2018年集体经济收入台账"],
    ["单位：元"],
    ["收入来源", *MONTHS, "合计", "备注"],
    ["光伏", 100, 200, 300.5, *BLANK, 600.5, ""],
    ["合作社", "", "无", 500, *BLANK, 500, "分红"],
    ["合计", 100, 200, 800.5, *BLANK, 1100.5, ""],
    ["村支部书记（签字）：", "", "", "村主任：", *BLANK, "", ""],
]


def year(title: object = None, **cells: object) -> Grid:
    """Return the year with another title and some cells changed: D4=5."""
    grid = copy.deepcopy(YEAR)
    if title is not None:
        grid[0] = [title] if isinstance(title, str) else list(title)  # type: ignore[call-overload]
    for place, cell in cells.items():
        grid[int(place[1:]) - 1][ord(place[0]) - 65] = cell
    return grid


def told(result: Checked) -> list[tuple[str, str, str]]:
    """Return code, cell and what was found, of each finding."""
    return [(f.code, f.cell, f.found) for f in result.findings]


@pytest.mark.parametrize("make", [xlsx, xls, text])
def test_each_month_of_a_source_is_a_row(make: Any) -> None:
    result = checked(make(YEAR), "台账.csv")
    rows = [
        (r["source_id"], r["period_start"].month, r["amount_received_yuan"], r["cell"])
        for r in result.rows.to_pylist()
    ]
    assert sorted(rows) == [
        ("cooperative", 2, Decimal("0.00"), "C5"),
        ("cooperative", 3, Decimal("500.00"), "D5"),
        ("solar", 1, Decimal("100.00"), "B4"),
        ("solar", 2, Decimal("200.00"), "C4"),
        ("solar", 3, Decimal("300.50"), "D4"),
    ]
    assert result.rows["amount_due_yuan"].null_count == 5
    assert set(result.rows["village_code"].to_pylist()) == {"410581105201"}
    assert (result.rejected, result.findings) == (0, [])


@pytest.mark.parametrize(
    ("title", "sheet", "file_name"),
    [
        ("河顺镇柳泉村2018年度台账", "Sheet1", "a.xlsx"),
        ("2018年河顺镇柳泉村村级集体经济收入", "Sheet1", "a.xlsx"),
        ("林州市河顺镇柳泉村集体经济收入台账（2018年）", "Sheet1", "a.xlsx"),
        ("柳泉村2018年", "Sheet1", "a.xlsx"),
        (["2018年台账", "村名：柳泉"], "Sheet1", "a.xlsx"),
        (["2018年台账", "村名：", "柳泉村"], "Sheet1", "a.xlsx"),
        (["2018年河顺镇台账", "填报单位：河顺镇柳泉村委会"], "Sheet1", "a.xlsx"),
        (["柳泉村2018年台账", "填报单位：河顺镇"], "Sheet1", "a.xlsx"),
        ("2018年台账", "柳泉村", "a.xlsx"),
        ("台账", "Sheet1", "河顺镇柳泉村2018年.xlsx"),
    ],
)
def test_the_village_is_heard_wherever_it_is_said(
    title: object, sheet: str, file_name: str
) -> None:
    result = checked(xlsx(year(title), sheet), file_name)
    assert result.findings == []
    assert set(result.rows["village_code"].to_pylist()) == {"410581105201"}


@pytest.mark.parametrize(
    ("title", "code", "found"),
    [
        ("2018年台账", "village_missing", ""),
        ("河顺镇2018年台账", "village_missing", ""),
        ("河顺镇柳全村2018年台账", "village_unknown", "柳全村"),
        ("上庄村2018年台账", "village_ambiguous", "上庄村"),
    ],
)
def test_a_village_that_cannot_be_told_is_asked(
    title: str, code: str, found: str
) -> None:
    result = checked(xlsx(year(title)))
    assert told(result) == [(code, "", found)]
    assert (result.rows.num_rows, result.rejected) == (0, 5)


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        ({"N4": 600}, [("total_mismatch", "N4", "600")]),
        ({"D6": 800}, [("total_mismatch", "D6", "800")]),
        ({"A5": "养鸡"}, [("source_unknown", "A5", "养鸡")]),
        ({"A5": "光伏收入"}, [("source_twice", "A5", "光伏收入")]),
        ({"C3": "1月"}, [("column_twice", "C3", "1月")]),
        ({"C5": "没统计"}, [("amount_unreadable", "C5", "没统计")]),
        ({"M5": 7}, [("period_future", "M3", "12月"), ("total_mismatch", "N5", "500")]),
        ({"A2": ""}, [("unit_missing", "", "")]),
        ({"A1": "河顺镇柳泉村台账"}, [("period_missing", "", "")]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    cells: dict[str, object], findings: list[tuple[str, str, str]]
) -> None:
    grid = year(**cells)
    if cells.get("C3"):
        grid[5][2] = grid[4][2] = ""
        grid[3][13], grid[5][13] = "", ""
    result = checked(xlsx(grid))
    assert told(result) == findings


def test_costs_are_no_part_of_the_total_of_incomes() -> None:
    grid = year(A5="管理费用", B6=100, C6=200, D6=300.5, N6=600.5)
    result = checked(xlsx(grid))
    assert result.findings == []
    assert set(result.rows["line_kind"].to_pylist()) == {"income", "cost"}


@settings(max_examples=15, deadline=None)
@given(
    amounts=st.lists(
        st.none() | st.decimals(0, 9_000_000, places=2), min_size=20, max_size=20
    ),
    make=st.sampled_from([xlsx, xls, text]),
)
def test_what_is_read_equals_what_was_written(
    amounts: list[Decimal | None], make: Any
) -> None:
    def cells(line: list[Decimal | None]) -> list[object]:
        stated = [
            "" if a is None else str(a) if make is text else float(a) for a in line
        ]
        return [*stated, "", ""]

    first, second = amounts[:10], amounts[10:]
    grid = [*YEAR[:2], ["收入来源", *MONTHS], ["光伏", *cells(first)]]
    result = checked(make([*grid, ["门面", *cells(second)]]), "台账.csv")
    read = {
        (r["source_id"], r["period_start"].month): r["amount_received_yuan"]
        for r in result.rows.to_pylist()
    }
    written = {("solar", m + 1): a for m, a in enumerate(first) if a is not None}
    written |= {
        ("joint_shopfront", m + 1): a for m, a in enumerate(second) if a is not None
    }
    assert (read, result.rejected) == (written, 0)
