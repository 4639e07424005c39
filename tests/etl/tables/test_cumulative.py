"""Do sums since January never pass for a month's own figures?"""

from decimal import Decimal

import pytest

from tests.making import Grid, checked, codes_of, ledger, text, xlsx

TITLE = [["河顺镇2018年6月台账"], ["单位：元"]]
LINES: Grid = [["柳泉", 1, 2], ["东里", 3, 4]]


@pytest.mark.parametrize(
    "headings",
    [
        [["村名", "本年累计"]],
        [["村名", "光伏累计", "合作社累计"]],
        [["村名", "1-6月累计收入"]],
        [["村名", "收入来源", "本年累计"]],
        [["村名", "本年累计", ""], ["", "光伏", "合作社"]],
        [["村名", "光伏", "合作社"], ["", "累计", "累计"]],
    ],
)
@pytest.mark.parametrize("make", [xlsx, text])
def test_a_file_of_sums_since_january_is_no_months_file(
    make: object, headings: Grid
) -> None:
    content = (xlsx if make is xlsx else text)([*TITLE, *headings, *LINES])
    result = checked(content)
    assert codes_of(result.findings) == ["cumulative_only"]
    assert result.findings[0].is_error
    assert result.rows.num_rows == 0


@pytest.mark.parametrize("make", [xlsx, text])
@pytest.mark.parametrize(
    "headings",
    [
        [["村名", "本月", "", "本年累计", ""], ["", "光伏", "门面", "光伏", "门面"]],
        [["村名", "光伏", "", "门面", ""], ["", "本月", "累计", "本月", "累计"]],
    ],
)
def test_of_both_kinds_the_months_own_are_read(make: object, headings: Grid) -> None:
    own_first = headings[1][1] == "光伏"
    line = ["柳泉", 1, 2, 10, 20] if own_first else ["柳泉", 1, 10, 2, 20]
    result = checked((xlsx if make is xlsx else text)([*TITLE, *headings, line]))
    assert result.findings == []
    read = [
        (r["source_id"], r["amount_received_yuan"]) for r in result.rows.to_pylist()
    ]
    assert read == [("solar", Decimal(1)), ("joint_shopfront", Decimal(2))]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("河顺镇2018年6月累计收入台账", ["cumulative_only"]),
        ("河顺镇截至2018年6月底收入台账", ["cumulative_only"]),
        ("河顺镇截止2018年6月村集体收入统计表", ["cumulative_only"]),
        ("河顺镇2018年1-6月累计收入台账", []),
        ("河顺镇2018年1月累计收入台账", []),
        ("河顺镇2018年上半年累计收入台账", []),
        ("河顺镇2018年6月台账", []),
    ],
)
def test_a_title_may_say_what_a_month_is_not(title: str, codes: list[str]) -> None:
    result = checked(xlsx(ledger([["柳泉", 1, 2, 3]], title=title)))
    assert codes_of(result.findings) == codes
    assert (result.rows.num_rows, result.rejected) == ((0, 3) if codes else (3, 0))


@pytest.mark.parametrize(
    "note",
    ["填表说明：累计收入由系统计算", "注：累计收入另报", "本表填当月数。累计收入另表"],
)
def test_a_note_above_a_table_is_no_title(note: str) -> None:
    grid = ledger([["柳泉", 1, 2, 3]], title="河顺镇2018年6月台账")
    assert checked(xlsx([[note], *grid])).findings == []


def test_lines_with_months_of_their_own_need_no_title() -> None:
    grid: Grid = [
        ["村名", "月份", "光伏"],
        ["柳泉", "2018年5月", 1],
        ["东里", "2018年6月", 2],
    ]
    result = checked(xlsx([["河顺镇2018年6月累计收入台账"], ["单位：元"], *grid]))
    assert (result.findings, result.rows.num_rows) == ([], 2)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["柳泉", 1, 2, 3], []),
        (["柳泉", 1, 2, 99], []),
        (["柳泉", 1, 2, ""], []),
        (["柳泉", 1, 2, "—"], []),
        (["柳泉", -1, 1, 0], ["amount_negative"]),
        (["柳泉", 1, 2, 2.99], ["cumulative_less"]),
    ],
)
def test_a_sum_since_january_is_compared_and_never_added(
    cells: list[object], found: list[str]
) -> None:
    grid = ledger([cells], ["村名", "光伏", "门面", "本年累计"])
    result = checked(xlsx(grid))
    assert (codes_of(result.findings), result.rows.num_rows) == (found, 2)


def test_a_sum_of_what_could_not_be_read_is_not_compared() -> None:
    grid = ledger([["柳泉", 9, "约2", 3]], ["村名", "光伏", "门面", "本年累计"])
    assert codes_of(checked(xlsx(grid)).findings) == ["amount_unreadable"]
