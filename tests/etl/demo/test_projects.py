"""Are the joint projects sound: shares of 100 %, parts that sum to the whole?"""

from collections import Counter
from datetime import date

import numpy as np

from etl.demo.economy import JOINT, Economy
from etl.demo.months import Span, at
from etl.demo.projects import CHANGED, CHANGED_FROM, received_by_month
from etl.demo.world import MOUNTAIN_AT, SCENIC_AT, TOWN_AT, URBAN_AT

PLACES = {
    "joint_base": {MOUNTAIN_AT},
    "joint_tourism": {SCENIC_AT},
    "joint_shopfront": {URBAN_AT, TOWN_AT},
}


def test_shares_sum_to_a_hundred(economy: Economy) -> None:
    tables = [shares for one in economy.projects for shares in one.shares.values()]
    assert len(tables) == 11
    assert all(sum(shares.values()) == 100 for shares in tables)
    assert all(min(shares.values()) > 0 for shares in tables)


def test_parts_sum_to_what_the_project_received(economy: Economy) -> None:
    for project in economy.projects:
        for span, (due, received) in project.income.items():
            assert 0 < received <= due
            assert sum(project.parts(span).values()) == received


def test_months_sum_to_the_parts(economy: Economy) -> None:
    project = economy.projects[0]
    span = Span(2018, 1, 6)
    fen = received_by_month([project], project.source_id, economy.world.size)
    for village, part in project.parts(span).items():
        assert fen[village, span.places].sum() == part


def test_ten_projects_of_three_kinds_across_townships(economy: Economy) -> None:
    kinds = Counter(project.source_id for project in economy.projects)
    assert set(kinds) == set(JOINT)
    assert sum(kinds.values()) == 10
    towns = economy.world.villages["township_code"].to_numpy(str)
    for project in economy.projects:
        holders = list(project.shares_on(date(2018, 12, 31)))
        assert len({towns[one] for one in holders}) > 1
        others = [one for one in holders if one != project.manager]
        assert {int(economy.world.terrain[n]) for n in others} <= PLACES[
            project.source_id
        ]


def test_one_project_changes_hands_in_mid_2018(economy: Economy) -> None:
    changed = [one for one in economy.projects if len(one.shares) > 1]
    assert [one.project_id for one in changed] == [CHANGED]
    before = changed[0].shares_on(date(2018, 5, 31))
    after = changed[0].shares_on(CHANGED_FROM)
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1
    source = economy.of(changed[0].source_id)
    newcomer = (set(after) - set(before)).pop()
    assert not source[newcomer, : at(2018, 1)].any()
    assert np.count_nonzero(source[newcomer, at(2018, 1) :])
