"""Are figures of those who answer for villages sums of plain rows, ranked fairly?"""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from base.place import Scope
from base.viewer import Viewer
from office.responsibility import (
    COUNTED,
    DEPARTMENT,
    SECRETARY,
    TOWNSHIP,
    Held,
    held,
    units,
)
from store import Store
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TARGET,
    act,
    give,
    moment,
    tell,
    viewer_of,
)
from tests.queries.asking import TOWNSHIP as HESHUN_TOWN

AS_OF = date(2018, 6, 30)
OTHER = "410581106205"
EARLY = datetime(2018, 6, 5)


def borne(code: str, duty: str, name: str, of: str = "") -> dict[str, object]:
    return {
        "village_code": code,
        "duty_id": duty,
        "holder_name": name,
        "organisation_name": of,
        "valid_from_date": date(2018, 1, 1),
    }


@pytest.fixture
def town(store: Store) -> Store:
    """Four villages on the list: one newly cleared, one fallen back, one poor."""
    give(store, (LIUQUAN, "2018-03", "光伏", 70_000), at=EARLY)
    give(store, (HESHUN, "2018-06", "光伏", 60_000))
    give(store, (LIUQUAN, "2018-03", "光伏", 10))
    tell(
        store,
        assignment=[
            borne(HESHUN, "department", "赵某某", "市水利局"),
            borne(LIUQUAN, "department", "钱某某", "市水利局"),
            borne(OTHER, "department", "市水利局"),
            borne(HESHUN, "first_secretary", "张某某", "市水利局"),
            borne(DONGLI, "first_secretary", "张某某", "市水利局"),
            borne(OTHER, "first_secretary", "张某某", "市林业局"),
        ],
        attribute=[
            {
                "village_code": code,
                "attribute_id": "poor_village",
                "attribute_value": said,
                "valid_from_date": date(2017, 1, 1),
                "is_checked": True,
            }
            for code, said in ((HESHUN, "yes"), (DONGLI, "no"))
        ],
        inventory=[
            {
                "village_code": HESHUN,
                "period_start": date(2018, 1, 1),
                "period_end": AS_OF,
                "is_complete": True,
                "completed_date": date(2018, 5, 1),
            }
        ],
    )
    act(store, HESHUN)
    act(store, LIUQUAN, due_date=date(2018, 12, 1))
    act(store, HESHUN_TOWN)
    done = act(store, DONGLI, due_date=date(2018, 12, 1), state="done")
    act(store, DONGLI, action_no=done, state="closed", due_date=date(2018, 12, 1))
    return store


def asked(store: Store, viewer: Viewer | None = None) -> Held:
    viewer = viewer or viewer_of("410581")
    return held(store, viewer, moment(store, AS_OF), TARGET)


def row_of(found: pd.DataFrame, name: str) -> pd.Series:
    return found[found["unit_name"] == name].iloc[0]


def test_a_township_is_the_sum_of_its_villages(town: Store) -> None:
    whole = asked(town)
    found = row_of(units(whole, TOWNSHIP, AS_OF), "河顺镇")
    # 41 villages without a figure for last year: all of them on the list
    assert (found["is_village"], found["is_listed"]) == (41, 41)
    assert (found["is_cleared"], found["is_remaining"]) == (1, 40)
    assert (found["is_newly"], found["is_fallen"]) == (1, 1)
    assert found["level"] == 1 / 41
    assert found["improvement"] == 0
    # one of a village and one of the township itself are late
    assert (found["undone"], found["overdue"]) == (3, 2)
    assert (found["actions_judged"], found["actions_on_time"]) == (3, 1)
    assert found["solar_yuan"] == Decimal("60010.00")
    assert (found["is_poor"], found["is_poor_cleared"]) == (1, 1)
    assert (found["duties_required"], found["duties_filled"]) == (3 * 41, 4)
    assert (found["has_secretary"], found["is_inventory_done"]) == (2, 1)


def test_papers_are_those_that_villages_and_townships_send(town: Store) -> None:
    own = asked(town).places.set_index("village_code").loc[HESHUN]
    # a ledger of each month, and the inventory and the roster of the half-year
    assert own["papers_due"] == 6 + 2
    # the fixture's papers tell of June alone, and came long after it was due
    assert (own["papers_filled"], own["papers_on_time"]) == (1, 0)
    assert own["own_due"] == 0


def test_a_department_is_known_by_its_organisation(town: Store) -> None:
    found = row_of(units(asked(town), DEPARTMENT, AS_OF), "市水利局")
    assert (found["unit_id"], found["is_village"]) == ("市水利局", 3)
    assert (found["is_listed"], found["is_cleared"]) == (3, 1)
    # the township's own action is nobody else's
    assert (found["undone"], found["overdue"]) == (2, 1)


def test_a_first_secretary_is_a_name_and_an_organisation(town: Store) -> None:
    found = units(asked(town), SECRETARY, AS_OF)
    assert sorted(found["unit_name"]) == ["张某某（市林业局）", "张某某（市水利局）"]
    first = row_of(found, "张某某（市水利局）")
    assert (first["is_village"], first["is_cleared"]) == (2, 1)
    # two villages are too few for a rank, and shown all the same
    assert found["level_rank"].isna().all()
    assert not found["is_ranked"].any()


def test_whoever_sees_a_part_sees_the_sums_of_that_part(town: Store) -> None:
    of_town = Viewer("镇", "township", Scope.of([HESHUN_TOWN]))
    whole = asked(town, of_town)
    assert set(whole.members["unit_name"]) == {
        *("河顺镇", "市水利局", "张某某（市水利局）")
    }
    department = row_of(units(whole, DEPARTMENT, AS_OF), "市水利局")
    assert department["is_village"] == 2
    nobody = asked(town, viewer_of())
    assert units(nobody, TOWNSHIP, AS_OF).empty
    assert nobody.of_unit(TOWNSHIP, "").empty


def test_poor_villages_are_a_part(town: Store) -> None:
    poor = asked(town).of_poor_villages()
    assert list(poor.places["village_code"]) == [HESHUN]
    [found] = units(poor, TOWNSHIP, AS_OF).to_dict("records")
    assert (found["is_village"], found["solar_yuan"]) == (1, Decimal("60000.00"))


def test_the_villages_of_somebody_are_the_rows_behind(town: Store) -> None:
    whole = asked(town)
    own = whole.of_unit(SECRETARY, "张某某|市水利局")
    assert set(own["village_code"]) == {HESHUN, DONGLI}
    found = units(whole, SECRETARY, AS_OF).set_index("unit_id")
    for column in COUNTED:
        assert found.loc["张某某|市水利局", column] == own[column].sum(), column


def made(*said: tuple[str, int, int]) -> Held:
    """Return townships with so many villages on the list and so many cleared."""
    rows = []
    for code, listed, cleared in said:
        for n in range(listed):
            counts = dict.fromkeys(COUNTED, 0)
            counts |= {"is_village": 1, "is_listed": 1, "is_cleared": int(n < cleared)}
            place = {"place_code": f"{code}{n}", "solar_yuan": None}
            rows.append({**place, "unit_id": code, "unit_name": code, **counts})
    places = pd.DataFrame(rows)
    members = places[["place_code", "unit_id", "unit_name"]].assign(kind=TOWNSHIP)
    return Held(places.drop(columns=["unit_id", "unit_name"]), members)


def test_ties_share_a_rank_and_small_groups_have_none() -> None:
    whole = made(("甲", 6, 3), ("乙", 10, 5), ("丙", 5, 1), ("丁", 4, 4), ("戊", 5, 5))
    found = units(whole, TOWNSHIP, AS_OF).set_index("unit_id")
    assert found["level_rank"].dropna().to_dict() == {
        **{"戊": 1, "甲": 2, "乙": 2, "丙": 4}
    }
    assert list(found.index)[-1] == "丁"
    assert found.loc["丁", "level"] == 1.0


@pytest.mark.parametrize(
    ("cleared", "said", "band"),
    [
        (10, {}, "green"),
        (5, {}, "green"),
        (4, {}, "yellow"),
        (2, {}, "red"),
        (10, {"overdue": 1}, "yellow"),
        (10, {"overdue": 3}, "red"),
        (10, {"is_fallen": 1}, "yellow"),
        (10, {"papers_due": 20, "papers_filled": 18}, "yellow"),
        (10, {"papers_due": 10, "papers_filled": 7}, "red"),
    ],
)
def test_green_yellow_and_red_follow_the_printed_rule(
    cleared: int, said: dict[str, int], band: str
) -> None:
    whole = made(("甲", 10, cleared))
    for column, count in said.items():
        whole.places.loc[0, column] = count
    # half of the year has passed: 5 of 10 are right in time
    assert list(units(whole, TOWNSHIP, date(2018, 6, 30))["band"]) == [band]


def test_a_missing_figure_is_no_obstacle() -> None:
    whole = made(("甲", 5, 0))
    whole.places["is_listed"] = 0
    found = units(whole, TOWNSHIP, AS_OF)
    assert list(found["band"]) == ["green"]
    assert found["level"].isna().all()
