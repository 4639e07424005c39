"""What happens where tables stack up, are signed, and name villages in their way?"""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from etl.check import Checked
from etl.registry import registry, village_key
from tests.making import Grid, checked, codes_of, ledger, text, xls, xlsx

LIST = ["乡镇", "村名", "月份", "收入来源", "实收（元）"]
GOOD: Grid = [["柳泉", 1, 2, 3], ["东里", 4, 5, 6]]
OTHER_NAMES = {
    "上庄": 4,
    **dict.fromkeys(["河西", "郭家庄"], 3),
    **dict.fromkeys(["下庄", "郭家园", "秦家岗", "东张", "西张", "南庄", "东坡"], 2),
    **dict.fromkeys(["西峪", "南沟", "河北", "南屯", "官庄", "西岗"], 2),
}


def villages(result: Checked) -> list[str]:
    """Return what was read as township and village, in order."""
    named = registry().villages
    codes = dict.fromkeys(result.rows["village_code"].to_pylist())
    return [named[code].township_name + named[code].short_name for code in codes]


def of_places(*places: tuple[str, str], month: str = "2018年6月") -> Checked:
    """Check a list of places, an amount each."""
    lines = [[*place, month, "光伏", n] for n, place in enumerate(places, 1)]
    return checked(xlsx([LIST, *lines]))


# ---- what stands above and below


@pytest.mark.parametrize("make", [xlsx, xls, text])
def test_titles_notes_and_signatures_are_no_lines(make: Any) -> None:
    grid: Grid = [
        ["附件2"],
        ["林州市河顺镇2018年6月村级集体经济收入台账"],
        ["填报单位（盖章）：河顺镇人民政府", "", "", "单位：元"],
        ["村名", "光伏", "合作社", "门面"],
        ["甲", 1, 2, 3],
        *GOOD,
        ["合计（2个村）", 5, 7, 9],
        ["注：1.本表一式三份，7月5日前报送；2.光伏收入含补贴3000元"],
        ["※ 门面为季度租金"],
        ["填表人：张三", "", "联系电话：", 13837212345],
        ["镇长签字：", "", "经管站长（签字）：", ""],
        ["", "", "2018年7月5日", ""],
    ]
    result = checked(make(grid))
    assert (result.findings, result.rows.num_rows) == ([], 6)


def test_headings_of_two_rows_merged_or_not() -> None:
    grid: Grid = [
        ["河顺镇2018年6月台账（元）"],
        ["序号", "村名", "光伏", "", "合作社", "备注"],
        ["", "", "应收", "实收", "", ""],
        [1, "柳泉", 5, 3, 2, "欠2"],
    ]
    merged = xlsx(grid, merged=["A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"])
    for content in (merged, text(grid)):
        result = checked(content)
        assert (result.findings, result.rows.num_rows) == ([], 2)
        assert result.rows["amount_due_yuan"].to_pylist() == [Decimal(5), None]
        assert result.rows["amount_received_yuan"].to_pylist() == [3, 2]


@pytest.mark.parametrize(
    ("below", "layouts", "rows"),
    [
        (ledger(GOOD, title="河顺镇2018年5月台账"), ("township_ledger",), 12),
        (
            [["附：补助明细"], LIST, ["河顺镇", "柳泉", "2018年5月", "补助", 7]],
            ("township_ledger", "flat_list"),
            7,
        ),
        (
            [
                ["河顺镇柳泉村2018年"],
                ["收入来源", "1月", "2月", "3月"],
                ["光伏", 7, 8, 9],
            ],
            ("township_ledger", "village_year"),
            9,
        ),
    ],
)
def test_a_second_table_below_is_read_for_itself(
    below: Grid, layouts: tuple[str, ...], rows: int
) -> None:
    grid = [*ledger([*GOOD, ["合计", 5, 7, 9]]), ["填表人：张三"], [], *below]
    result = checked(xlsx(grid))
    assert (result.findings, result.layouts) == ([], layouts)
    assert result.rows.num_rows == rows


def test_a_heading_repeated_on_the_next_page_goes_on() -> None:
    heading = ["村名", "光伏", "合作社", "门面"]
    result = checked(xlsx([*ledger(GOOD[:1]), heading, *GOOD[1:]]))
    assert (result.findings, result.rows.num_rows) == ([], 6)


def test_a_village_over_several_lines_speaks_for_all_of_them() -> None:
    grid: Grid = [
        LIST,
        ["河顺镇", "柳泉", "2018年6月", "光伏", 3],
        ["", "", "", "合作社", 4],
        ["", "", "", "门面", 5],
        ["河顺镇", "东里", "2018年6月", "光伏", 6],
    ]
    result = checked(xlsx(grid, merged=["A2:A4", "B2:B4", "C2:C4"]))
    assert (result.findings, result.rows.num_rows) == ([], 4)
    assert villages(result) == ["河顺镇柳泉", "河顺镇东里"]
    # A csv has lost what was merged: asked once, never filled in.
    [finding] = checked(text(grid)).findings
    assert (finding.code, finding.cell) == ("village_missing", "B3")
    assert "B4" in finding.message


def test_a_village_misspelled_in_twelve_lines_is_one_finding() -> None:
    lines = [["", "柳全", f"2018年{m}月", "光伏", m] for m in range(1, 11)]
    [finding] = checked(xlsx([LIST, *lines])).findings
    assert (finding.code, finding.cell) == ("village_unknown", "B2")
    assert "等 9 处" in finding.message


def test_totals_are_set_aside_and_compared_once() -> None:
    lines = [*GOOD, ["小计", 5, 7, 9], ["总　计", 5, 8, 10], ["村均", 2, 3, 4]]
    [finding] = checked(xlsx(ledger(lines))).findings
    assert (finding.code, finding.cell) == ("total_mismatch", "C7")
    assert "D7" in finding.message


# ---- what the names of villages teach


def test_sixteen_names_stand_in_several_townships() -> None:
    keys = Counter(village_key(v.short_name) for v in registry().villages.values())
    assert {key: n for key, n in keys.items() if n > 1} == OTHER_NAMES


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_of_several_townships_is_asked_for_or_told_by_its_township(
    name: str,
) -> None:
    own = registry().by_key[village_key(name)]
    for said in (name, name + "村"):
        [finding] = of_places(("", said)).findings
        assert finding.code == "village_ambiguous"
        assert f"有 {OTHER_NAMES[name]} 个村" in finding.message
        result = of_places(*[(v.township_name, said) for v in own])
        assert result.findings == []
        assert villages(result) == [v.township_name + v.short_name for v in own]


def test_上庄_and_上庄村_are_compared_alike_within_a_township() -> None:
    names = {v.short_name for v in registry().by_key["上庄"]}
    assert names == {"上庄", "上庄村"}
    result = of_places(*[("合涧镇", "上庄"), ("合涧镇", "上庄村")])
    assert result.findings == [] and len(villages(result)) == 1
    twice = checked(
        xlsx(
            ledger(
                [["上庄", 1, "", ""], ["上庄村", 2, "", ""]],
                title="合涧镇2018年6月台账",
            )
        )
    )
    assert codes_of(twice.findings) == ["village_twice"]


def test_a_name_of_one_character_keeps_its_村() -> None:
    single = [
        v for v in registry().villages.values() if len(v.short_name.strip("村")) == 1
    ]
    assert len(single) >= 12
    result = of_places(*[(v.township_name, v.short_name) for v in single])
    assert (result.findings, len(villages(result))) == ([], len(single))
    bare = of_places(*[(v.township_name, v.short_name[0]) for v in single])
    assert set(codes_of(bare.findings)) == {"village_unknown"}
    assert bare.rows.num_rows == 0


def test_every_official_name_is_read_also_with_村_doubled() -> None:
    all_of_them = list(registry().villages.values())
    doubled = [v for v in all_of_them if v.official_name.endswith("村村民委员会")]
    assert doubled
    result = of_places(*[(v.township_name, v.official_name) for v in all_of_them])
    assert (result.findings, len(villages(result))) == ([], 589)
    short = of_places(*[(v.township_name, v.short_name) for v in all_of_them])
    assert (short.findings, len(villages(short))) == ([], 589)


HENGSHUI = "横水镇2018年6月台账"
OTHERS: Grid = [["石板寨", 1, 2, 3], ["翟曲", 4, 5, 6]]


@pytest.mark.parametrize(
    ("line", "codes", "count"),
    [
        (["横水", 7, 8, 9], [], 3),
        (["横水村", 7, 8, 9], [], 3),
        (["横水镇", 5, 7, 9], [], 2),
        (["横水镇合计", 5, 7, 9], [], 2),
        # By chance or not: equal to the sum of the others, and told.
        (["横水", 5, 7, 9], ["taken_as_subtotal"], 2),
    ],
)
def test_a_village_named_like_its_township_or_its_subtotal(
    line: list[Any], codes: list[str], count: int
) -> None:
    others = [v for v in registry().villages.values() if v.township_name == "横水镇"]
    names = [v.short_name for v in others if v.short_name != "横水"][:2]
    lines = [[name, *cells[1:]] for name, cells in zip(names, OTHERS, strict=True)]
    result = checked(xlsx(ledger([line, *lines], title=HENGSHUI)))
    assert codes_of(result.findings) == codes
    assert len(villages(result)) == count
    assert ("横水镇横水" in villages(result)) is (count == 3)


def test_a_name_that_is_part_of_another_is_never_taken_for_it() -> None:
    all_of_them = list(registry().villages.values())
    keys = {village_key(v.short_name) for v in all_of_them}
    pairs = [(a, b) for a in keys for b in keys if a != b and a in b]
    assert len({longer for _part, longer in pairs}) == 27
    both = {name for pair in pairs for name in pair}
    inside = [v for v in all_of_them if village_key(v.short_name) in both]
    result = of_places(*[(v.township_name, v.short_name) for v in inside])
    assert (result.findings, len(villages(result))) == ([], len(inside))
    for cut in ("家庄", "大河头上", "李家庄子"):
        assert codes_of(of_places(("", cut)).findings) == ["village_unknown"]


@pytest.mark.parametrize(
    ("place", "village"),
    [
        (("龙山街道", "其林台村"), "龙山街道麒麟台"),
        (("", "其林台村"), "龙山街道麒麟台"),
        (("龙山街道", "麒麟台"), "龙山街道麒麟台"),
        (("城郊乡", "庙荒村"), "黄华镇庙荒"),
        (("黄华镇", "庙荒村"), "黄华镇庙荒"),
    ],
)
def test_another_name_of_a_village_is_known(
    place: tuple[str, str], village: str
) -> None:
    result = of_places(place)
    assert (result.findings, villages(result)) == ([], [village])


def test_two_names_of_one_village_are_one_village() -> None:
    grid = [["2018年6月（元）"], ["乡镇", "村名", "光伏"]]
    lines = [["黄华镇", "庙荒", 1], ["城郊乡", "庙荒村", 2]]
    result = checked(xlsx([*grid, *lines]))
    assert codes_of(result.findings) == ["village_twice"]
