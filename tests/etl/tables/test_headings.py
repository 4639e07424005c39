"""Is a heading understood by its words, whatever its brackets, numbers and units?"""

import pytest

from base.catalogue import catalogue
from etl.reading.text import fold
from etl.tables.headings import (
    Heading,
    heading_of,
    is_known,
    is_unit,
    source_named,
    stated_unit,
    strip_unit,
    vocabulary,
)

WAN = 10_000


@pytest.mark.parametrize(
    ("texts", "role", "source_id", "measure", "unit"),
    [
        (("村名",), "village_name", "", "received", None),
        (("村（社区）",), "village_name", "", "received", None),
        (("行 政 村",), "village_name", "", "received", None),
        (("乡镇（街道）",), "township_name", "", "received", None),
        (("光伏收入（万元）",), "amount", "solar", "received", WAN),
        (("光伏收入/万元",), "amount", "solar", "received", WAN),
        (("光伏（单位：元）",), "amount", "solar", "received", 1),
        (("其中：光伏",), "amount", "solar", "received", None),
        (("1、光伏",), "amount", "solar", "received", None),
        (("三、合作社分红",), "amount", "cooperative", "received", None),
        (("光伏", "应收"), "amount", "solar", "due", None),
        (("光伏", "实收（元）"), "amount", "solar", "received", 1),
        (("收入情况（万元）", "光伏", "本月"), "amount", "solar", "received", WAN),
        (("光伏（万元）", "实收（元）"), "amount", "solar", "received", 1),
        (("光伏", "（万元）"), "amount", "solar", "received", WAN),
        (("光伏", "装机容量(kW)"), "unknown", "", "received", None),
        (("应收",), "due", "", "received", None),
        (("村集体经济收入（元）",), "received", "", "received", 1),
        (("光伏", "合计"), "total", "", "received", None),
        (("一季度小计",), "total", "", "received", None),
        (("本年累计",), "total", "", "received", None),
        (("累计光伏",), "total", "", "received", None),
        (("管理费用",), "amount", "admin_cost", "received", None),
        (("户数",), "note", "", "received", None),
        (("上月（元，参考）",), "note", "", "received", None),
        (("光伏", "上月（参考）"), "note", "", "received", None),
        (("上月参考",), "unknown", "", "received", None),
        (("光伏", "本月到账（元）"), "amount", "solar", "received", 1),
        (("苗木",), "unknown", "", "received", None),
        (("", ""), "unknown", "", "received", None),
    ],
)
def test_a_column_is_told_from_its_heading(
    texts: tuple[str, ...],
    role: str,
    source_id: str,
    measure: str,
    unit: int | None,
) -> None:
    heading = heading_of(texts)
    told = (heading.role, heading.source_id, heading.measure, heading.unit)
    assert told == (role, source_id, measure, unit)


@pytest.mark.parametrize(
    ("texts", "month"),
    [
        (("6月",), 6),
        (("2018年6月",), 6),
        (("上半年", "06月份"), 6),
        (("6月", "当月"), 6),
        (("6月", "实收（元）"), 6),
        (("6月", "应收"), 0),
        (("光伏", "6月"), 0),
        (("13月",), 0),
    ],
)
def test_months_head_columns(texts: tuple[str, ...], month: int) -> None:
    heading = heading_of(texts)
    assert (heading.role, heading.month) == ("month" if month else "unknown", month)


def test_what_was_read_is_shown_from_the_top_down() -> None:
    assert heading_of(("光伏", "光伏", "应收")) == Heading(
        "amount", "光伏 / 应收", "solar", "due"
    )


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：元", 1),
        ("金额单位：万元", WAN),
        ("单位 : 人民币元", 1),
        ("计量单位（万元）", WAN),
        ("林州市2018年6月收入统计表（万元）", WAN),
        ("填报单位：元家庄", None),
        ("填报单位：河顺镇", None),
        ("收入（含万元户）统计表", None),
    ],
)
def test_a_title_states_a_unit_or_none(text: str, unit: int | None) -> None:
    assert stated_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "bare", "unit"),
    [("元", "元", None), ("公元", "公元", None), ("金额（元）", "金额", 1)],
)
def test_only_a_unit_is_cut_off(text: str, bare: str, unit: int | None) -> None:
    assert strip_unit(text) == (bare, unit)


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [("（万元）", True), ("单位：元", True), ("光伏（元）", False)],
)
def test_a_unit_may_stand_alone(text: str, is_alone: bool) -> None:
    assert is_unit(text) is is_alone


def test_sources_and_costs_are_named_and_columns_are_not() -> None:
    assert source_named("光伏富村") == "solar"
    assert source_named("经营支出") == "business_cost"
    assert source_named("村名") is None
    assert (is_known("村名"), is_known(""), is_known("养鸡")) == (True, False, False)


def test_no_synonym_means_two_things() -> None:
    entries = catalogue()
    words = [
        fold(synonym)
        for line in entries.lines().values()
        for synonym in dict.fromkeys(map(fold, line.synonyms))
    ]
    assert len(words) == len(set(words))
    assert len(vocabulary(entries)) >= len(words)
    for source_id, line in entries.lines().items():
        assert source_named(line.name) == source_id


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("收入台账（2018年12月，万元）", 10_000),
        ("收入台账（金额：万元）", 10_000),
        ("收入台账（单位:万）", 10_000),
        ("收入台账（状元）", None),
    ],
)
def test_a_unit_at_the_end_of_a_title(title: str, unit: int | None) -> None:
    assert stated_unit(title) == unit
