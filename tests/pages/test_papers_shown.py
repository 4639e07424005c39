"""Do the pages show all that the papers tell: readings, filters, what a village has?"""

from datetime import datetime

import pytest

from base.words import _ as say
from store import Store
from tests.etl.statements.grids import (
    ATTRIBUTES,
    CONTRACT,
    DONGLI,
    INVENTORY,
    JOINT,
    LIUQUAN,
    ROSTER,
    SHARES,
)
from tests.making import ledger, load
from tests.pages.test_pages import opened, words_of

AT = datetime(2018, 7, 9, 10)


@pytest.fixture
def filled(store: Store) -> Store:
    """June's ledger of three villages, and every paper that speaks of 柳泉."""
    headings = ["村名", "光伏", "经营支出", "管理费用", "其他支出"]
    load(
        store,
        ledger([["柳泉", 1000.5, 300, 20, 0], ["东里", 70000, "", "", ""]], headings),
        AT,
    )
    for grid in (SHARES, JOINT, CONTRACT, ROSTER, ATTRIBUTES, INVENTORY):
        load(store, grid, AT)
    return store


def tables_of(page: str = "village", **parts: str) -> list[str]:
    """Return what each table of a page holds, as text."""
    app = opened(page, as_of="2018-06", **parts)
    return [frame.value.to_csv(index=False) for frame in app.dataframe]


def test_five_readings_stand_side_by_side(filled: Store) -> None:
    said = words_of(opened(as_of="2018-06"))
    for name in ("五万元以下村", "空壳村", "无稳定增收项目村", "三资清查未完成村"):
        assert f"{name}清零" in said
    # 柳泉's inventory is complete, the one of 东里 is not
    assert '<div class="v-count">588<small>' in said


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("inventory_open", "名单上 589 个村已清零 1 个，还剩 588 个"),
        ("unassigned", "名单上 589 个村已清零 1 个，还剩 588 个"),
        ("no_such_target", "名单上 589 个村已清零 1 个，还剩 588 个"),
    ],
)
def test_each_reading_has_its_own_page(
    filled: Store, target: str, sentence: str
) -> None:
    app = opened(as_of="2018-06", target=target)
    said = words_of(app)
    assert sentence in said
    if target == "unassigned":
        reasons = set(app.dataframe[-1].value["原因"])
        assert "责任人一项也没有报" in reasons
        assert "缺市直帮扶单位、第一书记" in reasons


@pytest.mark.parametrize(
    ("chosen", "villages"),
    [
        ({"terrain": "mountain"}, {"柳泉"}),
        ({"pilot": "province"}, {"柳泉"}),
        ({"poor": "no"}, {"任村"}),
        ({"source": "joint_base"}, {"柳泉", "任村"}),
        ({"source": "joint_base", "terrain": "town"}, {"任村"}),
    ],
)
def test_villages_are_filtered(
    filled: Store, chosen: dict[str, str], villages: set[str]
) -> None:
    app = opened(as_of="2018-06", **chosen)
    assert set(app.dataframe[-1].value["村"]) == villages
    on_map = opened("map", as_of="2018-06", place="410581105", **chosen)
    shown = on_map.dataframe[-1].value["村"] if on_map.dataframe else []
    assert set(shown) == villages & {"柳泉"}


def test_an_odd_filter_is_no_filter(filled: Store) -> None:
    app = opened(as_of="2018-06", terrain="sea", source="'--", poor="")
    assert len(app.dataframe[-1].value) == 588


def test_a_village_shows_three_measures_and_says_what_is_unknown(
    filled: Store,
) -> None:
    said = words_of(opened("village", place=LIUQUAN, as_of="2018-06"))
    # solar 1,000.50, its part 33,333.34 of the project, arrears and relet 11,000
    assert '<div class="v-amount">4.53 万元</div>' in said
    assert '<div class="v-amount">4.5 万元</div>' in said
    unknown = words_of(opened("village", place=DONGLI, as_of="2018-06"))
    assert "缺管理费用、经营支出，算不出来" in unknown


def test_a_village_shows_what_belongs_to_it(filled: Store) -> None:
    app = opened("village", place=LIUQUAN, as_of="2018-06")
    said = words_of(app)
    assert "山区" in said
    assert say("待核") in said
    assert "合同 1 份，每年应收 9,000 元" in said
    assert "√ 已完成 2018年5月20日" in said
    tables = "\n".join(tables_of(place=LIUQUAN))
    assert "第一书记,李某（市财政局）,2016年5月1日" in tables
    assert "食用菌园,联建产业基地,河顺镇 柳泉,33.333333%" in tables
    assert "33,333.34 元" in tables
    assert "张某,机动地,2024年12月31日" in tables


def test_a_holder_sees_the_total_and_its_own_part_alone(filled: Store) -> None:
    tables = "\n".join(tables_of(place=DONGLI))
    assert "100,000.01 元" in tables
    assert "33,333.33 元" in tables
    assert "33,333.34 元" not in tables


def test_what_is_owed_is_told_paper_by_paper(filled: Store) -> None:
    app = opened("village", place=LIUQUAN, as_of="2018-06")
    owed = next(frame.value for frame in app.dataframe if "应报" in frame.value)
    states = dict(zip(owed["应报"], owed["状态"], strict=True))
    assert states["帮扶责任表"] == "√ 已报"
    assert states["联建项目收入表 L01"] == "√ 已报"
    senders = dict(zip(owed["应报"], owed["谁报"], strict=True))
    assert senders["电网结算单"] == "电网"
    assert senders["联建项目收入表 L01"] == "本村"
    assert senders["帮扶责任表"] == "河顺镇"
    is_missing = owed["状态"].isin(["× 未报", "◎ 待审核", "← 已退回"]).tolist()
    assert is_missing == sorted(is_missing, reverse=True)
    assert states["电网结算单"] in ("… 未到期", "× 未报")
