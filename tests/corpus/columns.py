"""Which files name columns, units, sources, totals or shares that cannot be?"""

from typing import Any

from tests.corpus.bad import LINES, Bad
from tests.corpus.making import book
from tests.etl.statements.grids import HELD, OF_L01
from tests.making import ledger, xlsx

LIST = ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"]


def _line(*cells: Any) -> bytes:
    return xlsx([LIST, list(cells)])


def _shares(*shares: Any) -> bytes:
    """Return the table of shares of a joint project; its first share is in H3."""
    villages = [("河顺镇", "柳泉"), ("河顺镇", "东里"), ("任村镇", "任村")]
    rows = [
        [*OF_L01, *village, share, "2018-01-01"]
        for village, share in zip(villages, shares, strict=False)
    ]
    return xlsx([["联建项目份额表"], HELD, *rows])


def _sheet(name: str, make: Any, code: str, words: str, **how: Any) -> Bad:
    """Write down a file of which a whole sheet is told something."""
    return Bad(name, make, code, "Sheet1", words=words, **how)


ENTRIES: tuple[Bad, ...] = (
    # columns and units
    _sheet(
        "unit-missing.xlsx",
        lambda: xlsx(ledger(LINES, unit="")),
        "unit_missing",
        "单位：元",
    ),
    Bad(
        "unit-of-hundred-millions.xlsx",
        lambda: xlsx(ledger([["柳泉", 3500]], ["村名", "光伏"], unit="单位：亿元")),
        "unit_missing",
        "Sheet1",
        words="单位：元",
    ),
    Bad(
        "column-twice.xlsx",
        lambda: xlsx(ledger([["柳泉", 1, 2]], ["村名", "光伏", "光伏收入"])),
        "column_twice",
        "Sheet1",
        "C3",
        "只留一列",
    ),
    Bad(
        "column-unknown.xlsx",
        lambda: xlsx(ledger([["柳泉", 1, 2]], ["村名", "光伏", "苗木"])),
        "column_not_loaded",
        "Sheet1",
        "C3",
        "未读取",
        is_error=False,
    ),
    Bad(
        "columns-swapped.xlsx",
        lambda: book([[3500, "柳泉", "", ""], [100, "东里", "", ""]]),
        "village_unknown",
        "Sheet1",
        "A4",
        "按名录填写",
        also=("amount_unreadable",),
    ),
    Bad(
        "column-of-sums-so-far.xlsx",
        lambda: xlsx(ledger([["柳泉", 5]], ["村名", "本年累计"])),
        "cumulative_only",
        "Sheet1",
        "B3",
        "加上当月数",
    ),
    Bad(
        "sum-so-far-is-less.xlsx",
        lambda: xlsx(ledger([["柳泉", 5, 4]], ["村名", "光伏", "本年累计"])),
        "cumulative_less",
        "Sheet1",
        "C4",
        "核对累计数",
        is_error=False,
    ),
    Bad(
        "total-does-not-add-up.xlsx",
        lambda: book([*LINES, ["合计", 3605, 206, 999]]),
        "total_mismatch",
        "Sheet1",
        "D7",
        "各行之和是 307",
        is_error=False,
    ),
    Bad(
        "total-across-does-not-add-up.xlsx",
        lambda: xlsx(ledger([["柳泉", 1, 2, 9]], ["村名", "光伏", "合作社", "合计"])),
        "total_mismatch",
        "Sheet1",
        "D4",
        "之和是 3",
        is_error=False,
    ),
    Bad(
        "source-unknown.xlsx",
        lambda: _line("河顺镇", "柳泉", "2018年6月", "养鸡", 1, 1),
        "source_unknown",
        "Sheet1",
        "D2",
        "请填",
    ),
    _sheet(
        "source-missing.xlsx",
        lambda: xlsx([["2018年6月"], ["村名", "金额（元）"], ["柳泉", 5]]),
        "source_missing",
        "收入来源",
    ),
    Bad(
        "amounts-merged.xlsx",
        lambda: xlsx(ledger([["柳泉", 5], ["东里", 1]]), merged=["B4:B5"]),
        "amount_merged",
        "Sheet1",
        words="请拆开",
        is_error=False,
    ),
    # shares
    Bad(
        "shares-of-130-per-cent.xlsx",
        lambda: _shares(50, 40, 40),
        "shares_not_100",
        "Sheet1",
        "H3",
        "130%",
    ),
    Bad(
        "share-of-130-per-cent.xlsx",
        lambda: _shares(130, -20, -10),
        "shares_not_100",
        "Sheet1",
        "H3",
        "每村应大于 0",
    ),
    Bad(
        "shares-of-99-per-cent.xlsx",
        lambda: _shares("33%", "33%", "33%"),
        "shares_not_100",
        "Sheet1",
        "H3",
        "99%",
    ),
    Bad(
        "share-in-words.xlsx",
        lambda: _shares("一半", 25, 25),
        "share_unreadable",
        "Sheet1",
        "H3",
        "百分数",
    ),
    Bad(
        "share-not-a-number.xlsx",
        lambda: _shares("NaN", 50, 50),
        "share_unreadable",
        "Sheet1",
        "H3",
        "百分数",
    ),
    Bad(
        "share-infinite.xlsx",
        lambda: _shares("Infinity", 50, 50),
        "share_unreadable",
        "Sheet1",
        "H3",
        "百分数",
    ),
    Bad(
        "share-of-a-power.xlsx",
        lambda: _shares("1e999999", 50, 50),
        "share_unreadable",
        "Sheet1",
        "H3",
        "百分数",
    ),
    Bad(
        "holder-twice.xlsx",
        lambda: xlsx(
            [
                ["联建项目份额表"],
                HELD,
                *[[*OF_L01, "河顺镇", "柳泉", 50, "2018-01-01"]] * 2,
            ]
        ),
        "holder_twice",
        "Sheet1",
        "G4",
        "合成一行",
    ),
)
