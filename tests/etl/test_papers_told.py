"""Does each finding about a paper that is no ledger say where, what, and the cure?"""

import ast
from dataclasses import dataclass, field
from typing import Any

import pytest

from store import Store
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    JOINT,
    MONTHLY,
    OF_L01,
    ROSTER,
    SHARES,
    read,
    with_cell,
)
from tests.etl.test_compare import settlement, solar, taken
from tests.etl.test_findings_told import codes_in, paper_modules
from tests.making import Grid, codes_of, load, xlsx

# Told by tests of their own, which need papers that were taken in before.
BETWEEN_PAPERS = {"statements_differ", "shares_missing"}
PLANT: Grid = [
    ["stationCode", "collectTime", "ongrid_power"],
    ["NE=1", 1527782400000, 5],
]
UNITLESS: Grid = [MONTHLY[0], ["电站名称", "上网电量"], ["柳泉村光伏电站", 3.2]]
TERM: Grid = [
    ["河顺镇2018年集体经济合同台账（单位：元）"],
    ["村名", "承包方", "合同期限", "年租金"],
    ["柳泉", "张某", "长期有效", 9000],
]
NAMELESS: Grid = [CONTRACT[0], CONTRACT[1], CONTRACT[2], ["柳泉", *[""] * 5, 9000, ""]]
MANAGERLESS = [[*row[:4], "", *row[5:]] if row[0] == "L01" else row for row in SHARES]
DOUBLED: Grid = [
    ["河顺镇2018年6月合作社分红表（单位：元）"],
    ["村名", "社员数（户）", "实收", "分红金额"],
    ["柳泉", 120, 30000, 28000],
]
UNCLEAR: Grid = [
    ["河顺镇2018年6月村级集体经济收入台账"],
    ["单位：元"],
    ["村名", "光伏", "光伏", "其他收入"],
    ["", "应收", "实收", "乡贤茶会"],
    ["柳泉", 120, 100, 30000],
]
TWICE = [
    *SHARES[:2],
    SHARES[2],
    [*OF_L01, "河顺镇", "柳泉", "66.666667%", "2018-01-01"],
]


@dataclass(frozen=True)
class Told:
    """A grid, and the finding that it must give."""

    code: str
    grid: Grid
    cell: str
    found: str
    words: str
    is_error: bool = True
    answers: dict[str, Any] = field(default_factory=dict)


TABLE = [
    Told("column_unclear", UNCLEAR, "D3", "其他收入 / 乡贤茶会", "下面的这一列"),
    Told("plant_unknown", PLANT, "A2", "NE=1", "没有登记是哪个村的"),
    Told("quantity_unit_missing", UNITLESS, "B2", "上网电量", "（kWh）"),
    Told(
        "energy_implausible",
        with_cell(MONTHLY, 2, 2, 32000),
        "C3",
        "32000",
        "度还是万度",
    ),
    Told(
        "number_unreadable",
        with_cell(MONTHLY, 2, 2, "停机"),
        "C3",
        "停机",
        "请只填数字",
    ),
    Told(
        "project_kind_unknown",
        with_cell(JOINT, 3, 2, "养猪场"),
        "C4",
        "养猪场",
        "联建产业基地、联建乡村旅游、联建商业门面",
    ),
    Told("share_unreadable", with_cell(SHARES, 2, 7, "三成"), "H3", "三成", "如 12.5%"),
    Told(
        "shares_not_100",
        with_cell(SHARES, 2, 7, "33%"),
        "H3",
        "33%",
        "合计是 99.666667%",
    ),
    Told("holder_twice", TWICE, "G4", "柳泉", "出现两次"),
    Told("column_twice", DOUBLED, "D2", "分红金额", "分不清哪列对"),
    Told("manager_missing", MANAGERLESS, "B3", "食用菌园", "由哪个村承办"),
    Told("day_unreadable", with_cell(ROSTER, 2, 5, "去年"), "F3", "去年", "2018-06-30"),
    Told(
        "term_reversed",
        with_cell(CONTRACT, 3, 5, "2014-12-31"),
        "F4",
        "2014-12-31",
        "晚于",
    ),
    Told("contract_unnamed", NAMELESS, "C4", "", "没有合同编号"),
    Told("term_unreadable", TERM, "C3", "长期有效", "期限读不出"),
    Told(
        "due_days_unreadable",
        with_cell(CONTRACT, 3, 7, "秋后"),
        "H4",
        "秋后",
        "6月30日、12月31日",
        is_error=False,
    ),
    Told(
        "attribute_unknown",
        with_cell(ATTRIBUTES, 2, 2, "海边"),
        "C3",
        "海边",
        "山区、景区",
    ),
    Told(
        "households_not_whole",
        [
            ["林州市村情属性表（2018年1月）"],
            ["乡镇", "村名", "光伏受益户数"],
            ["河顺镇", "柳泉", 60.5],
        ],
        "C3",
        "60.5",
        "户数应是整数",
    ),
    Told(
        "year_unreadable",
        with_cell(ATTRIBUTES, 2, 5, "前年"),
        "F3",
        "前年",
        "请写成 2017",
    ),
]


@pytest.mark.parametrize("told", TABLE, ids=[told.code for told in TABLE])
def test_it_says_where_what_and_the_cure(told: Told) -> None:
    [finding] = read(told.grid, **told.answers).findings
    assert (finding.code, finding.is_error) == (told.code, told.is_error)
    assert (finding.sheet, finding.cell, finding.found) == (
        "Sheet1",
        told.cell,
        told.found,
    )
    assert told.words in finding.message


def test_papers_that_differ_are_told_of(store: Store) -> None:
    taken(store, settlement("600", "400"))
    found = taken(store, xlsx(solar(500))).checked.findings
    load(store, SHARES)
    lonely = taken(store, xlsx(with_cell(JOINT, 3, 0, "L09"))).checked.findings
    assert {*codes_of(found), *codes_of(lonely)} == BETWEEN_PAPERS


def refused_in(source: str) -> set[str]:
    """Return the codes with which a module holds lines back."""
    return {
        str(argument.value)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "refuse"
        for argument in call.args[2:3]
        if isinstance(argument, ast.Constant)
    }


def test_every_code_of_papers_stands_in_the_table() -> None:
    texts = [module.read_text("utf-8") for module in paper_modules()]
    codes = set().union(*map(codes_in, texts), *map(refused_in, texts))
    told = {told.code for told in TABLE} | BETWEEN_PAPERS
    # what is told by the reading that all kinds of tables share
    shared = {"plant_unknown", "column_unclear", "column_twice"}
    assert codes | shared == told
