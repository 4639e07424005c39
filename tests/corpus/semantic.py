"""Which files are well made and say what cannot be, or not what is meant?"""

from datetime import datetime
from functools import partial
from typing import Any

from tests.corpus.bad import LINES, Bad, harmless
from tests.corpus.making import SHEET, book, edited, lines_csv
from tests.corpus.values import (
    NO_AMOUNT,
    NO_MONTH,
    NO_VILLAGE,
    ODD_YEAR,
    TOO_LARGE,
)
from tests.making import Grid, ledger, text, xlsx

LIST = ["乡镇", "村名", "月份", "收入来源", "应收（元）", "实收（元）"]
GOOD = ["东里", 100, 200, 300]
CODE = "410581105201"


def _cell(value: Any) -> bytes:
    return book([["柳泉", value, "", ""], GOOD])


def _line(*cells: Any) -> bytes:
    return xlsx([LIST, list(cells)])


def _month(value: Any) -> bytes:
    return _line("河顺镇", "柳泉", value, "光伏", 5, 5)


def _titled(title: str, lines: Grid = LINES, **how: Any) -> bytes:
    return xlsx(ledger(lines, title=title, **how))


def _raw_number(written: str) -> bytes:
    """Return a workbook in which an amount is a number that no program writes."""
    return edited(SHEET, "<v>3500</v>", f"<v>{written}</v>")


def _each(
    made: dict[str, Any], kind: str, code: str, cell: str, words: str, make: Any
) -> list[Bad]:
    """Write down files that differ in one cell and must be told alike."""
    return [
        Bad(f"{kind}-{what}.xlsx", partial(make, value), code, "Sheet1", cell, words)
        for what, value in made.items()
    ]


def _sheet(name: str, make: Any, code: str, words: str, **how: Any) -> Bad:
    """Write down a file of which a whole sheet is told something."""
    return Bad(name, make, code, "Sheet1", words=words, **how)


ENTRIES: tuple[Bad, ...] = (
    *_each(NO_AMOUNT, "amount", "amount_unreadable", "B4", "", _cell),
    *_each(TOO_LARGE, "amount", "amount_too_large", "B4", "元还是万元", _cell),
    *_each(NO_MONTH, "month", "period_unreadable", "C2", "2018年6月", _month),
    *_each(ODD_YEAR, "year", "year_odd", "C2", "核对年份", _month),
    *_each(
        NO_VILLAGE,
        "village",
        "village_unknown",
        "A4",
        "按名录填写",
        lambda v: book([[v, 5, 6, 7], GOOD]),
    ),
    Bad("amount-1e308.xlsx", lambda: _cell(1e308), "amount_unreadable", "Sheet1", "B4"),
    Bad("amount-1e-308.xlsx", lambda: _cell(1e-308), "", yuan="600.00"),
    *(
        Bad(
            f"number-{what}.xlsx",
            partial(_raw_number, written),
            "amount_unreadable",
            "Sheet1",
            "B4",
        )
        for what, written in (
            ("nan", "NaN"),
            ("inf", "INF"),
            ("negative-inf", "-Infinity"),
            ("1e999", "1e999"),
        )
    ),
    Bad(
        "amount-negative.xlsx",
        lambda: _cell(-100),
        "amount_negative",
        "Sheet1",
        "B4",
        "按冲减计",
        is_error=False,
    ),
    Bad(
        "amount-negative-in-brackets.csv",
        lambda: lines_csv([["柳泉", "(100)", "", ""], GOOD]),
        "amount_negative",
        "",
        "B4",
        "按冲减计",
        is_error=False,
    ),
    harmless("amount-of-a-third-of-a-fen.xlsx", lambda: _cell(100 / 3), "633.33"),
    harmless("amount-beside-its-unit.xlsx", lambda: _cell("0.35万元"), "4100.00"),
    harmless(
        "amount-thousands.csv",
        lambda: lines_csv([["柳泉", "3,500.00", "", ""], GOOD]),
        "4100.00",
    ),
    harmless("amount-with-a-blank.xlsx", lambda: _cell("3 500"), "4100.00"),
    harmless("amount-minus-zero.xlsx", lambda: _cell(-0.0), "600.00"),
    # months
    Bad(
        "month-january-or-october.xlsx",
        lambda: _month(2018.1),
        "period_ambiguous",
        "Sheet1",
        "C2",
        "1 月还是 10 月",
    ),
    Bad(
        "month-to-come.xlsx",
        lambda: _month(datetime(2098, 12, 1)),
        "period_future",
        "Sheet1",
        "C2",
        "核对年份和月份",
    ),
    Bad(
        "month-of-next-year.xlsx",
        lambda: _month("2099年6月"),
        "period_future",
        "Sheet1",
        "C2",
        "核对年份和月份",
    ),
    _sheet(
        "title-without-a-month.xlsx",
        lambda: _titled("河顺镇台账"),
        "period_missing",
        "请在标题里写",
    ),
    _sheet(
        "title-of-month-13.xlsx",
        lambda: _titled("河顺镇2018年13月台账"),
        "period_missing",
        "请在标题里写",
    ),
    _sheet(
        "title-of-a-wrong-year.xlsx",
        lambda: _titled("河顺镇2108年6月台账"),
        "year_odd",
        "核对年份",
    ),
    _sheet(
        "title-of-next-year.xlsx",
        lambda: _titled("河顺镇2099年6月台账"),
        "period_future",
        "核对年份和月份",
    ),
    _sheet(
        "title-of-a-sum-so-far.xlsx",
        lambda: _titled("河顺镇2018年6月累计收入台账"),
        "cumulative_only",
        "请改报当月数",
    ),
    _sheet(
        "month-of-another-file-2018年7月.xlsx",
        lambda: book(LINES),
        "period_conflict",
        "2018年6月、2018年7月",
    ),
    Bad(
        "two-months-in-one-sheet.xlsx",
        lambda: xlsx(
            [
                *ledger([["柳泉", 1, 2, 3]]),
                [],
                *ledger([["柳泉", 4, 5, 6]], title="河顺镇2018年7月台账"),
            ]
        ),
        yuan="21.00",
    ),
    # villages
    Bad(
        "village-of-four-towns.xlsx",
        lambda: _line("", "上庄", "2018年6月", "光伏", 1, 1),
        "village_ambiguous",
        "Sheet1",
        "B2",
        "填写所属乡镇",
    ),
    Bad(
        "town-unknown.xlsx",
        lambda: _line("太行镇", "柳泉", "2018年6月", "光伏", 1, 1),
        "township_unknown",
        "Sheet1",
        "A2",
        "请填写",
    ),
    Bad(
        "town-of-another-village.xlsx",
        lambda: _line("任村镇", "柳泉", "2018年6月", "光伏", 1, 1),
        "village_unknown",
        "Sheet1",
        "B2",
        "按名录填写",
    ),
    Bad(
        "village-missing.xlsx",
        lambda: book([["", 1, 2, 3], GOOD]),
        "village_missing",
        "Sheet1",
        "A4",
        "补上村名",
    ),
    Bad(
        "village-twice.xlsx",
        lambda: book([["柳泉", 1, 2, 3], GOOD, ["柳泉村", 4, 5, 6]]),
        "village_twice",
        "Sheet1",
        "A6",
        "第 4 行",
    ),
    Bad(
        "line-twice.csv",
        lambda: lines_csv([["柳泉", 1, 2, 3], ["柳泉", 1, 2, 3], GOOD]),
        "village_twice",
        "",
        "A5",
        "第 4 行",
    ),
    # two payments of one source may be alike: they add up
    harmless(
        "line-twice-in-a-list.xlsx",
        lambda: xlsx([LIST, *[["河顺镇", "柳泉", "2018年6月", "光伏", 5, 5]] * 2]),
        "10.00",
    ),
    Bad(
        "code-unknown.xlsx",
        lambda: xlsx(ledger([["410581105999", 1]], ["村代码", "光伏"])),
        "code_unknown",
        "Sheet1",
        "A4",
        "12 位",
    ),
    Bad(
        "code-too-short.xlsx",
        lambda: xlsx(ledger([["41058110520", 1]], ["村代码", "光伏"])),
        "code_unknown",
        "Sheet1",
        "A4",
        "12 位",
    ),
    Bad(
        "code-rounded-by-a-program.csv",
        lambda: text(ledger([["4.10581E+11", 1]], ["村代码", "光伏"]), "utf-8"),
        "code_unknown",
        "",
        "A4",
        "12 位",
    ),
    Bad(
        "code-of-another-city.xlsx",
        lambda: xlsx(ledger([["410522105201", 1]], ["村代码", "光伏"])),
        "code_unknown",
        "Sheet1",
        "A4",
        "12 位",
    ),
    Bad(
        "code-of-another-village.xlsx",
        lambda: xlsx(ledger([[CODE, "东里", 1]], ["村代码", "村名", "光伏"])),
        "code_name_differ",
        "Sheet1",
        "A4",
        "河顺镇柳泉",
    ),
    Bad(
        "town-among-its-villages.xlsx",
        lambda: book([["河顺", 5, 7, 9], ["柳泉", 4, 5, 6], ["东里", 1, 2, 3]]),
        "taken_as_subtotal",
        "Sheet1",
        "A4",
        "全镇小计",
        is_error=False,
    ),
)
