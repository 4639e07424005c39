"""Does the invented province keep the rules of the store, apart from others?"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

import queries
from base.catalogue import catalogue
from base.clock import FixedClock
from base.errors import ShownError
from base.place import Scope
from base.viewer import Viewer, operator
from etl.arguments import parser
from etl.commands import run as command
from etl.demo.province.run import load_province
from etl.demo.run import load_demo
from etl.door import clock_of, home_of, is_demo, opened
from queries import Moment
from store import Store
from tests.etl.demo.province.conftest import OCTOBER, VILLAGES

INVENTED = "415101"
# Each returns what breaks a rule of the store.
RULES = {
    "a code is no village of its township": """
        select village_code from core.village
        where length(village_code) <> 12
        or not starts_with(village_code, township_code)
        or not starts_with(village_code, '41')
    """,
    "a village is in force twice": """
        select village_code from core.village
        group by village_code having count(*) > 1
    """,
    "a unit is in force twice": """
        select village_code from core.income_period
        group by village_code, source_id, statement, project_id, line_kind,
        period_start, item_id, is_one_off
        having count(*) > 1
    """,
    "a unit was never published": """
        select u.from_no from core.income_period as u
        anti join ops.acceptance as a
        on u.from_no = a.acceptance_no and u.submission_no = a.submission_no
    """,
    "a number is not in force": """
        select acceptance_no from ops.acceptance
        where acceptance_no > (select version_no from ops.version)
    """,
    "a line has no paper": """
        select i.submission_no from core.income as i
        anti join ops.submission as s on i.submission_no = s.submission_no
    """,
    "a unit is of no village": """
        select u.village_code from core.income_period as u
        anti join core.village as v on u.village_code = v.village_code
    """,
    "the parts of a project are not its whole": """
        select project_id from core.income_period where statement = 'joint_income'
        group by project_id, period_start
        having sum(amount_received_yuan) filter (where line_kind = 'project')
        <> sum(amount_received_yuan) filter (where line_kind = 'income')
    """,
    "shares are not a whole": """
        select project_id from core.project_share
        group by project_id having sum(share_pct) <> 100
    """,
    "a paper was decided before it was sent": """
        select submission_no from ops.submission where decided_at < submitted_at
    """,
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rows_keep_the_rules_of_the_store(province: Store, rule: str) -> None:
    assert province.rows(RULES[rule]) == []


def test_what_was_read_is_what_counts(province: Store) -> None:
    lines = """
        select i.statement, sum(i.amount_received_yuan), sum(i.amount_due_yuan),
        count(*)
        from core.income as i
        inner join ops.submission as s on i.submission_no = s.submission_no
        where s.state = 'accepted' group by 1 order by 1
    """
    units = """
        select statement, sum(amount_received_yuan), sum(amount_due_yuan), count(*)
        from core.income_period
        where line_kind <> 'report'
        and not (statement = 'joint_income' and line_kind = 'income')
        group by 1 order by 1
    """
    assert province.rows(lines) == province.rows(units)
    assert len(province.rows(units)) == 5


def test_rows_lie_in_the_order_of_villages_and_months(province: Store) -> None:
    found = province.rows(
        "select village_code, period_start from core.income_period order by rowid"
    )
    assert found == sorted(found)


def moment(store: Store, viewer: Viewer) -> Moment:
    return queries.moment_now(store, viewer, clock_of(store))


def of(*codes: str) -> Viewer:
    return replace(operator(), scope=Scope.of(codes))


def test_every_target_is_told_of_the_whole_and_of_a_county(province: Store) -> None:
    assert (home_of(province), is_demo(province)) == ("41", True)
    assert clock_of(province) == FixedClock(datetime(2018, 11, 16, 9))
    whole, county = of("41"), of(INVENTED)
    now = moment(province, whole)
    assert now.as_of == date(2018, 10, 31)
    for target in catalogue().targets:
        found = queries.progress(target, whole, province, now)
        part = queries.progress(target, county, province, now)
        assert 0 < found.remaining < found.villages <= VILLAGES
        assert 0 < part.villages < found.villages


def test_a_county_sees_no_village_of_another(province: Store) -> None:
    viewer = of(INVENTED)
    now = moment(province, viewer)
    names = queries.run("places/names", viewer, province, version_no=now.version_no)
    assert len(names) == 200
    assert names["village_code"].str.startswith(INVENTED).all()


def test_places_one_level_down_are_named(province: Store) -> None:
    viewer = of("41")
    now = moment(province, viewer)
    found = queries.run(
        "places/below", viewer, province, digits=6, version_no=now.version_no
    )
    assert dict(zip(found["place_name"], found["village_count"], strict=True)) == {
        "林州市": 589,
        "虚构01县": 200,
        "虚构02县": 200,
        "虚构03县": 200,
    }
    towns = queries.run(
        "places/below", of(INVENTED), province, digits=9, version_no=now.version_no
    )
    assert towns["place_name"].iloc[0] == "虚构01县第01镇"
    assert int(towns["village_count"].sum()) == 200


def test_no_other_demonstration_comes_in_beside_it(province: Store) -> None:
    with pytest.raises(ShownError, match="空的文件夹"):
        load_province(OCTOBER, lambda _line: None, province)
    with pytest.raises(ShownError, match="省级演示"):
        load_demo(OCTOBER, lambda _line: None, province)


def test_a_rebuild_is_refused_for_nothing_is_behind_the_rows(province: Store) -> None:
    with pytest.raises(ShownError, match="没有原始文件"):
        command(parser().parse_args(["rebuild"]), Path(), lambda _line: None)


def test_opening_it_again_leaves_its_places(province: Store) -> None:
    assert opened().value("select count(*) from core.village") == VILLAGES
