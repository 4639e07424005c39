"""Which lines are villages, which sum up, and which say nothing at all?"""

from datetime import datetime

import pytest

from base.catalogue import catalogue
from etl.reading.periods import months
from etl.reading.workbook import Value, read
from etl.registry import registry
from etl.tables.body import Body, days_of, read_body
from etl.tables.context import Answers, context_of
from etl.tables.job import Job
from etl.tables.lines import Output
from etl.tables.recognise import tables
from etl.tables.total_lines import Totals
from tests.making import TODAY, Grid, checked, codes_of, ledger, xlsx


def body_of(lines: Grid, headings: list[str] | None = None) -> tuple[Body, Output]:
    """Return what a ledger of these lines is sorted into."""
    content = xlsx(ledger(lines, headings))
    [table] = tables(read(content)[0])
    output = Output()
    context, _findings = context_of(table, "台账.xlsx", Answers(), registry())
    job = Job(registry(), catalogue(), TODAY, Answers())
    return read_body(table, context, job, output), output


@pytest.mark.parametrize(
    "line",
    [
        ["填表人：张三", "", "审核人：李四", ""],
        ["分管领导：王五", "", "制表：李四", "2018年7月5日"],
        ["村支部书记签字：", "", "", ""],
        ["林州市河顺镇人民政府（盖章）", "", "", ""],
        ["2018年7月5日", "", "", ""],
        ["注：1、本表按月填报，单位为元", "", "", ""],
        ["", "", "审核：", "—"],
        ["填表人：张三", "", "联系电话：", 13837212345],
        ["镇长签字", "", "经管站长", ""],
        ["填报单位（盖章）", "", "填报日期", datetime(2018, 7, 5)],
        ["", "", "2018年7月5日", ""],
        ["", datetime(2018, 7, 5), "", ""],
        ["※", "含补贴", "", ""],
        ["柳泉", "", "", ""],
        ["不认识的村", "", "", ""],
    ],
)
def test_notes_and_signatures_say_nothing(line: list[Value]) -> None:
    body, output = body_of([["河顺", 1, 2, 3], line])
    assert (body.lines.rows, body.total_rows, output.findings) == ([3], [], [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["不认识的村", 1, "", ""], "village_unknown"),
        (["不认识的村", "1.2万", "", ""], "village_unknown"),
        (["不认识的村", "—", "", ""], "village_unknown"),
        (["填表人：张三", 5, "", ""], "village_unknown"),
        (["填表人：张三", "5元", "", ""], "village_unknown"),
        (["填表人：张三", 12999999999, "", ""], "village_unknown"),
        (["", "2018年7月5日收3500", "", ""], "village_missing"),
        (["", 5, "", ""], "village_missing"),
        (["", "", "无", ""], "village_missing"),
        (["", "约5", "", ""], "village_missing"),
    ],
)
def test_no_amount_is_passed_over_in_silence(line: list[Value], code: str) -> None:
    body, output = body_of([["河顺", 1, 2, 3], line])
    assert codes_of(output.findings) == [code]
    assert body.lines.codes == ["410581105200", None]


@pytest.mark.parametrize(
    ("name", "is_total"),
    [
        ("合计", True),
        ("合　计", True),
        ("小计：", True),
        ("河顺镇合计", True),
        ("全镇总计", True),
        ("河顺镇", True),
        ("合计（2个村）", True),
        ("河顺镇（合计）", True),
        ("共 12 个村", True),
        ("全镇", True),
        ("村均", True),
        ("共同村", False),
        ("柳泉（2组）", False),
        ("寒镇", False),
        ("横水", False),
        ("柳泉", False),
    ],
)
def test_a_total_is_known_by_its_name(name: str, is_total: bool) -> None:
    totals = Totals(registry(), catalogue())
    assert totals.has_name_of(["", 3], name) is is_total


def test_a_total_may_stand_before_the_name() -> None:
    body, output = body_of(
        [[1, "河顺", 1, 2], ["合计", "", 1, 2]], ["序号", "村名", "光伏", "合作社"]
    )
    assert (body.lines.rows, body.total_rows, output.findings) == ([3], [4], [])


def test_no_village_bears_the_name_of_a_total() -> None:
    totals = Totals(registry(), catalogue())
    names = [village.short_name for village in registry().villages.values()]
    assert [name for name in names if totals.has_name_of([], name)] == []


def test_no_village_signs_a_table() -> None:
    names = [village.short_name for village in registry().villages.values()]
    body, _output = body_of([[name, "约3", "", ""] for name in names])
    assert len(body.lines.rows) == len(names) == 589


def test_a_line_may_bear_a_code_and_a_period_of_its_own() -> None:
    body, output = body_of(
        [[410581105201.0, "柳泉", "2018年5月", 1], ["410581105202", "", "", 1]],
        ["村代码", "村名", "月份", "光伏"],
    )
    assert body.lines.codes == ["410581105201", "410581105202"]
    assert list(map(str, body.lines.starts)) == ["2018-05-01", "2018-06-01"]
    assert output.findings == []


def test_days_of_no_period_are_no_days() -> None:
    assert list(map(str, days_of(None))) == ["NaT", "NaT"]
    assert list(map(str, days_of(months(2018, 1, 6)))) == ["2018-01-01", "2018-06-30"]


def test_a_signature_with_a_telephone_under_the_amounts_is_no_line() -> None:
    headings = ["序号", "村名", "光伏", "合作社"]
    lines: Grid = [[1, "河顺", 5, 6], ["填表人：王某", "", "", "联系电话：1390000"]]
    found = checked(xlsx(ledger(lines, headings)))
    assert (found.rows.num_rows, found.rejected, found.findings) == (2, 0, [])
