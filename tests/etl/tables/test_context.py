"""Is it asked, and never guessed, where title, sheet and file name disagree?"""

from datetime import date
from typing import Any

import pytest

from etl.findings import Finding
from etl.reading.periods import Period, months
from etl.reading.workbook import read
from etl.registry import registry
from etl.tables.context import Answers, Context, context_of
from etl.tables.recognise import tables
from tests.making import Grid, codes_of, ledger, xlsx

JUNE = months(2018, 6, 6)
HESHUN = "410581105"
LIST: Grid = [
    ["乡镇", "村名", "月份", "收入来源", "金额"],
    ["河顺镇", "柳泉", "2018年6月", "光伏", 3],
]


def heard(
    title: str = "台账",
    sheet: str = "Sheet1",
    file_name: str = "台账.xlsx",
    unit: str = "单位：元",
    **answers: Any,
) -> tuple[Context, list[Finding]]:
    """Return what is heard of a ledger with this title in this place."""
    content = xlsx(ledger([["柳泉", 1, 2, 3]], title=title, unit=unit), sheet)
    [table] = tables(read(content)[0])
    return context_of(table, file_name, Answers(**answers), registry())


@pytest.mark.parametrize(
    ("where", "period"),
    [
        ({"title": "河顺镇2018年6月台账"}, JUNE),
        ({"sheet": "2018.6"}, JUNE),
        ({"sheet": "6月", "title": "河顺镇2018年台账"}, JUNE),
        ({"sheet": "6月", "file_name": "2018年台账.xls"}, JUNE),
        ({"file_name": "河顺镇201806.xlsx"}, JUNE),
        ({"title": "2018年6月", "sheet": "6月", "file_name": "2018-06.csv"}, JUNE),
        ({"title": "2018年上半年台账"}, months(2018, 1, 6)),
        ({"sheet": "6月"}, None),
        ({"title": "2018年台账"}, None),
    ],
)
def test_a_period_is_heard_wherever_it_is_said(
    where: dict[str, str], period: Period | None
) -> None:
    context, findings = heard(**where)
    assert (context.period, findings) == (period, [])


@pytest.mark.parametrize(
    "where",
    [
        {"title": "2018年6月台账", "file_name": "2018年7月.xlsx"},
        {"title": "2018年6月台账", "sheet": "7月"},
        {"title": "2018年1-6月台账", "sheet": "1月"},
        {"sheet": "2018年6月", "file_name": "2018年上半年.xlsx"},
    ],
)
def test_periods_that_disagree_are_asked(where: dict[str, str]) -> None:
    context, findings = heard(**where)
    assert (context.period, codes_of(findings)) == (None, ["period_conflict"])
    answered, _told = heard(month=date(2018, 6, 1), **where)
    assert answered.period == JUNE


def test_an_answer_goes_before_the_title_and_says_so() -> None:
    context, findings = heard("2018年7月台账", month=date(2018, 6, 1))
    assert (context.period, codes_of(findings)) == (JUNE, ["period_differs"])
    assert heard("2018年6月台账", month=date(2018, 6, 1))[1] == []


def test_periods_of_lines_make_titles_irrelevant() -> None:
    [table] = tables(read(xlsx([["2018年1-6月"], *LIST]))[0])
    _context, findings = context_of(table, "2018年6月.xlsx", Answers(), registry())
    assert findings == []


@pytest.mark.parametrize(
    ("said", "answer", "unit", "codes"),
    [
        ("单位：万元", None, 10_000, []),
        ("", 10_000, 10_000, []),
        ("单位：元", 1, 1, []),
        ("单位：元", 10_000, 10_000, ["unit_differs"]),
        ("", None, None, []),
    ],
)
def test_a_unit_is_said_or_answered(
    said: str, answer: int | None, unit: int | None, codes: list[str]
) -> None:
    content = xlsx(ledger([["柳泉", 1, 2, 3]], title="2018年6月", unit=said))
    [table] = tables(read(content)[0])
    context, findings = context_of(table, "", Answers(unit=answer), registry())
    assert (context.unit, codes_of(findings)) == (unit, codes)


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ({"title": "林州市河顺镇2018年6月台账"}, HESHUN),
        ({"sheet": "河顺"}, HESHUN),
        ({"file_name": "河顺镇.xlsx"}, HESHUN),
        ({"title": "河顺镇、横水镇台账"}, None),
        ({"title": "城郊乡台账"}, None),
    ],
)
def test_a_township_is_heard_by_its_name(
    where: dict[str, str], code: str | None
) -> None:
    assert heard(**where)[0].township_code == code


def test_a_later_table_is_heard_for_itself() -> None:
    first = ledger([["柳泉", 1, 2, 3]])
    second = ledger([["柳泉", 1, 2, 3]], title="2018年7月台账", unit="")
    later = tables(read(xlsx([*first, [], *second]))[0])[1]
    context, findings = context_of(later, "台账.xlsx", Answers(), registry())
    assert (context.period, context.unit) == (months(2018, 7, 7), 1)
    assert (context.township_code, findings) == (HESHUN, [])
