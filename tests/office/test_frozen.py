"""Are townships ranked and listed by the rule, and do sentences say the figures?"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from base.assessment import assessment
from office.frozen import (
    IMPROVEMENT,
    LEVEL,
    Frozen,
    best_and_worst,
    board,
    board_rule,
    frozen,
    ranked,
    sentences,
)
from store import Store
from tests.office.convening import AT, COUNTY, NEXT, held, met
from tests.office.deciding import OFFICE, of
from tests.queries.asking import HESHUN, LIUQUAN, TARGET, TOWNSHIP, give

# Township, its villages on the list, cleared, newly cleared, fallen back.
Town = tuple[str, int, int, int, int]
TOWNS: list[Town] = [
    ("甲", 10, 5, 1, 0),
    ("乙", 20, 10, 2, 0),
    ("丙", 10, 8, 0, 1),
    ("丁", 10, 0, 0, 0),
    ("戊", 4, 0, 0, 0),
    ("己", 10, 1, 1, 1),
]


def towns(*rows: Town, **said: Any) -> pd.DataFrame:
    """Return townships as the question about them does."""
    names = ["township_code", "villages", "cleared", "newly_cleared", "fallen_back"]
    found = pd.DataFrame(rows, columns=names)
    return found.assign(
        township_name=found["township_code"],
        remaining=found["villages"] - found["cleared"],
        **{"due_count": 0, "reported_count": 0, "unreported": 0, **said},
    )


def on(frame: pd.DataFrame) -> list[str]:
    return list(frame["township_code"])


def boards(*rows: Town, by: str = LEVEL) -> tuple[list[str], list[str]]:
    red, black = board(ranked(towns(*rows)), by)
    return on(red), on(black)


def test_equals_share_a_rank_and_short_lists_have_none() -> None:
    assert assessment().fewest_villages == 5
    found = ranked(towns(*TOWNS))
    assert on(found) == ["丙", "乙", "甲", "己", "丁", "戊"]
    ranks = found.set_index("township_code")[["level_rank", "improvement_rank"]]
    assert ranks.loc["丙":"丁"].to_numpy().tolist() == [
        *([1, 5], [2, 1], [2, 1], [4, 3], [5, 3])
    ]
    assert ranks.loc["戊"].isna().all()
    assert found.set_index("township_code")["is_ranked"].to_dict() == {
        town[0]: town[0] != "戊" for town in TOWNS
    }
    assert found["level"].tolist() == [0.8, 0.5, 0.5, 0.1, 0, 0]
    assert found["improvement"].tolist() == [-0.1, 0.1, 0.1, 0, 0, 0]


def test_a_list_of_exactly_the_fewest_is_ranked() -> None:
    found = ranked(towns(("甲", 5, 1, 0, 0), ("乙", 4, 4, 0, 0), ("丙", 6, 1, 0, 0)))
    assert on(found) == ["甲", "丙", "乙"]
    assert found["level_rank"].tolist()[:2] == [1, 2]


def test_shares_are_missing_where_there_is_no_whole() -> None:
    found = ranked(towns(("甲", 0, 0, 0, 0), ("乙", 8, 4, 0, 0), due_count=[0, 10]))
    rows = found.set_index("township_code")
    assert rows.loc["甲", ["level", "improvement", "papers_share"]].isna().all()
    assert rows.loc["乙", "papers_share"] == 0
    # whoever is alone has no place
    assert found["level_rank"].isna().all()


def test_the_best_are_red_and_those_behind_black() -> None:
    assert assessment().board_size == 3
    # of equals the longer list first; the short list is on neither
    assert boards(*TOWNS) == (["丙", "乙", "甲"], ["丁", "己"])
    assert boards(*TOWNS, by=IMPROVEMENT) == (["乙", "甲"], ["丙", "丁", "己"])


def test_of_equals_behind_who_has_more_left_is_first() -> None:
    rows: list[Town] = [("甲", 6, 0, 0, 0), ("乙", 9, 0, 0, 0), ("丙", 9, 9, 0, 0)]
    assert boards(*rows) == (["丙"], ["乙", "甲"])
    same: list[Town] = [("乙", 9, 0, 0, 0), ("甲", 9, 0, 0, 0), ("丙", 9, 9, 0, 0)]
    assert boards(*same) == (["丙"], ["乙", "甲"])


def test_nobody_is_red_at_zero_nor_black_when_all_are_alike() -> None:
    assert boards(("甲", 9, 0, 0, 0), ("乙", 9, 0, 0, 0)) == ([], [])
    assert boards(("甲", 9, 3, 0, 0), ("乙", 9, 3, 0, 0)) == (["乙", "甲"], [])


def test_nobody_is_on_both() -> None:
    rows: list[Town] = [("甲", 9, 8, 0, 0), ("乙", 9, 1, 0, 0), ("丙", 9, 2, 0, 0)]
    assert boards(*rows) == (["甲", "丙", "乙"], [])
    red, black = boards(*rows, ("丁", 9, 3, 0, 0), ("戊", 9, 0, 0, 0))
    assert (red, black) == (["甲", "丁", "丙"], ["戊", "乙"])


def test_who_has_nothing_left_is_never_black() -> None:
    rows: list[Town] = [("甲", 9, 9, 0, 0), ("乙", 9, 8, 3, 0), ("丙", 9, 7, 0, 0)]
    assert boards(*rows, by=IMPROVEMENT) == (["乙"], ["丙"])


def test_no_more_than_the_board_holds_and_none_where_none_is_ranked() -> None:
    rows: list[Town] = [(name, 10, 9, 0, 0) for name in "ABCD"]
    rows += [(name, 10, 1, 0, 0) for name in "EFGH"]
    red, black = boards(*rows)
    assert (red, black) == (["A", "B", "C"], ["E", "F", "G"])
    assert boards(("甲", 4, 1, 0, 0), ("乙", 3, 1, 0, 0)) == ([], [])
    assert boards() == ([], [])


def test_the_rule_is_printed_with_its_numbers() -> None:
    rule = board_rule()
    assert "排前 3 的" in rule
    assert "排后 3 的" in rule
    assert "不足 5 村" in rule
    assert "待确认" in rule


def villages(*rows: tuple[str, str, str | None, Any, Any]) -> pd.DataFrame:
    """Return villages: name, standing, standing before, amount and gap in yuan."""
    names = ["village_name", "standing", "standing_last", "amount_yuan", "gap_yuan"]
    found = pd.DataFrame(rows, columns=names)
    for name in names[3:]:
        found[name] = [None if v is None else Decimal(str(v)) for v in found[name]]
    # of who has told nothing, the question says that all of the line is lacking
    is_silent = found["village_name"].str.startswith("空")
    return found.assign(reason=["no_figure" if one else "short" for one in is_silent])


NEAR = ("近村", "remaining", "remaining", 48_000, 2_000)
FAR = ("远村", "remaining", "cleared", 1_000, 49_000)
SILENT = ("空村", "remaining", "remaining", None, 50_000)
MUTE = ("空庄", "remaining", "remaining", None, 50_000)
# By a target that counts no money nothing is lacking.
OPEN = ("未清", "remaining", "remaining", 1_000, None)
OLD = ("老村", "cleared", "cleared", 900_000, None)
FRESH = ("新村", "cleared", "remaining", 51_000, None)
FRESHER = ("更新", "cleared", "remaining", 60_000, None)
OFF = ("线上", "met_last_year", "met_last_year", 999_999, None)


@pytest.mark.parametrize(
    ("rows", "best", "worst"),
    [
        ((NEAR, FAR, OLD, FRESH, FRESHER, OFF), "更新", "远村"),
        ((NEAR, FAR, SILENT, OLD), "老村", "空村"),
        ((OFF, NEAR), None, "近村"),
        ((FRESH,), "新村", None),
        ((OPEN, FRESH), "新村", None),
        ((OPEN, SILENT), None, "空村"),
        ((("无数", "cleared", "remaining", None, None), OLD), "无数", None),
        ((), None, None),
    ],
)
def test_the_best_and_the_worst_village(
    rows: tuple[Any, ...], best: str | None, worst: str | None
) -> None:
    found = [
        None if row is None else row["village_name"]
        for row in best_and_worst(villages(*rows))
    ]
    assert found == [best, worst]


def said(
    *rows: Any, town: Town, previous: int | None = 3, planned: Any = 4, **more: Any
) -> Frozen:
    """Return the figures of a place with villages, and no action."""
    none = pd.DataFrame()
    actions = pd.DataFrame(columns=["is_undone", "is_overdue", "state", "state_last"])
    return Frozen(
        meeting=pd.Series({"place_code": COUNTY, "previous_no": previous}),
        place_code=more.pop("place_code", COUNTY),
        target=pd.Series({"pace_share": Decimal("0.5"), "planned": planned}),
        targets=none,
        townships=ranked(towns(town, **more)),
        villages=villages(*rows),
        changes=none,
        restated=none,
        actions=actions,
        sources=none,
        path=none,
        notes=none,
    )


def acts(*rows: tuple[str, str | None, bool]) -> pd.DataFrame:
    """Return actions: state, state at the meeting before, and whether overdue."""
    found = pd.DataFrame(rows, columns=["state", "state_last", "is_overdue"])
    return found.assign(is_undone=found["state"].isin(["open", "doing", "reopened"]))


def test_three_sentences_say_how_far_how_sure_and_what_now() -> None:
    found = said(
        *(NEAR, FAR, OLD, FRESH),
        town=("甲", 4, 2, 1, 1),
        due_count=40,
        reported_count=30,
        unreported=1,
    )
    found = replace(
        found,
        actions=acts(
            ("open", "open", True), ("doing", None, False), ("done", "open", False)
        ),
    )
    assert sentences(found) == [
        "名单 4 村，已清零 2，还剩 2，比上次会新清零 1 村、退回线下 1 村。",
        "台账报到 75%，1 个未清零村的数还不全，按计划此时应剩 4。",
        "离线最近的是近村，差 2,000 元；最远的是远村，差 4.9 万元；"
        "督办 2 项未办结，1 项逾期。",
    ]
    assert (len(found.done_since), len(found.carried)) == (1, 1)


@pytest.mark.parametrize(
    ("newly", "fallen", "previous", "moved"),
    [
        (2, 0, 3, "比上次会新清零 2 村"),
        (0, 1, 3, "比上次会退回线下 1 村"),
        (0, 0, 3, "比上次会没有变化"),
        (0, 0, None, "比上月末没有变化"),
        (2, 1, None, "比上月末新清零 2 村、退回线下 1 村"),
    ],
)
def test_the_first_sentence_says_since_when(
    newly: int, fallen: int, previous: int | None, moved: str
) -> None:
    found = said(town=("甲", 9, 4, newly, fallen), previous=previous)
    assert sentences(found)[0] == f"名单 9 村，已清零 4，还剩 5，{moved}。"


def test_a_place_with_no_reports_due_and_nothing_left_says_so() -> None:
    found = said(OLD, town=("甲", 1, 1, 0, 0), planned=None)
    assert sentences(found)[1:] == [
        "还没有到期的台账。",
        "没有未清零的村，也没有未办结的督办事项。",
    ]
    assert found.papers_share is None


def test_a_village_without_figures_is_named_as_such() -> None:
    assert sentences(said(SILENT, NEAR, town=("甲", 2, 0, 0, 0)))[2] == (
        "离线最近的是近村，差 2,000 元；空村还没有数。"
    )
    # one that remains alone is named once
    assert sentences(said(NEAR, town=("甲", 1, 0, 0, 0)))[2] == (
        "离线最近的是近村，差 2,000 元。"
    )
    assert sentences(said(SILENT, town=("甲", 1, 0, 0, 0)))[2] == "空村还没有数。"
    assert sentences(said(SILENT, MUTE, town=("甲", 2, 0, 0, 0)))[2] == (
        "空村等 2 村还没有数。"
    )
    worst = best_and_worst(villages(FAR, SILENT))[1]
    assert worst is not None
    assert pd.isna(worst["gap_yuan"])


def test_a_target_that_counts_no_money_names_no_distance() -> None:
    assert sentences(said(OPEN, OPEN, FRESH, town=("甲", 3, 1, 0, 0)))[2] == (
        "2 村还未清零。"
    )


def test_a_township_is_told_its_place_among_those_ranked() -> None:
    whole = ranked(towns(*TOWNS))
    own = said(town=("己", 10, 1, 1, 1), place_code="己")
    assert sentences(own, whole)[1] == (
        "还没有到期的台账，清零比例排第 4（共 5 个参加排名）。"
    )
    few = said(town=("戊", 4, 0, 0, 0), place_code="戊")
    assert sentences(few, whole)[1] == "还没有到期的台账。"
    assert (own.place_name, few.place_name) == ("己", "戊")


def test_a_meeting_is_read_of_its_whole_and_of_a_township(store: Store) -> None:
    give(store, (HESHUN, "2018-09", "光伏", 60_000), at=AT)
    met(store)
    give(store, (LIUQUAN, "2018-09", "光伏", 60_000), at=AT)
    meeting = held(store, met(store, NEXT))
    whole = frozen(store, OFFICE, meeting, COUNTY)
    assert whole.target["target_id"] == TARGET.id
    assert (whole.place_name, whole.total("villages"), whole.total("cleared")) == (
        *("", 589, 2),
    )
    assert (whole.counted("cleared"), whole.counted("fallen")) == (1, 0)
    assert whole.has_last
    own = frozen(store, of("township", TOWNSHIP), meeting, TOWNSHIP, TARGET.id)
    assert (own.place_name, own.total("villages")) == ("河顺镇", 41)
    assert len(own.remaining) == 39
    assert sentences(own, whole.townships)[1].endswith("排第 1（共 20 个参加排名）。")
    # nobody reads more than the own places
    narrow = frozen(store, of("township", TOWNSHIP), meeting, COUNTY)
    assert len(narrow.villages) == 41
    other = frozen(store, OFFICE, meeting, COUNTY, "no_income")
    assert other.target["target_id"] == "no_income"
    assert frozen(store, OFFICE, meeting, COUNTY, "?").target["target_id"] == TARGET.id
