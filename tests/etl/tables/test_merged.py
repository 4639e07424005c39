"""Is an amount in a merged cell told of, and nothing else that is merged?"""

import pytest

from tests.making import Grid, checked, ledger, xlsx

LINES: Grid = [["柳泉", 10, 2, 3], ["东里", "", 5, ""], ["合计", 10, 7, 3]]


@pytest.mark.parametrize(
    ("merged", "cells"),
    [
        (["B4:B5"], "B4"),
        (["D4:D5"], "D4"),
        (["B4:B5", "D4:D5"], "B4、D4"),
        (["C5:D5"], "C5"),
    ],
)
def test_an_amount_over_several_lines_or_incomes_is_told_once(
    merged: list[str], cells: str
) -> None:
    [finding] = checked(xlsx(ledger(LINES), merged=merged)).findings
    assert (finding.code, finding.is_error) == ("amount_merged", False)
    assert f"（{cells}）" in finding.message
    assert finding.sheet == "Sheet1"


@pytest.mark.parametrize(
    ("lines", "merged"),
    [
        # a title, a blank, two lines of one village's name, a total
        (LINES, ["A1:D1"]),
        (LINES, ["B6:C6"]),
        ([["柳泉", "", "", 3], ["东里", "", 5, ""]], ["B4:B5"]),
        ([["柳泉", "—", "", 3], ["东里", "", 5, ""]], ["B4:B5"]),
        ([["柳泉", 10, 2, 3], ["", "", "", ""], ["东里", 1, 5, ""]], ["B4:B5"]),
    ],
)
def test_other_merged_cells_are_no_trouble(lines: Grid, merged: list[str]) -> None:
    lines = [[*line] for line in lines]
    if merged == ["B6:C6"]:
        lines[2] = ["合计", 10, "", 3]
    assert checked(xlsx(ledger(lines), merged=merged)).findings == []


def test_a_villages_year_is_told_too() -> None:
    grid = [["河顺镇柳泉村2018年（元）"], ["收入来源", "1月", "2月", "3月"]]
    content = xlsx([*grid, ["光伏", 90, "", ""], ["合作社", 1, 2, 3]], merged=["B3:D3"])
    [finding] = checked(content).findings
    assert (finding.code, "（B3）" in finding.message) == ("amount_merged", True)
