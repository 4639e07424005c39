"""Does a table of matters hold what lies behind them, of the own places alone?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from base.catalogue import catalogue
from base.errors import ShownError
from base.rules import rule_name, rules
from base.viewer import Viewer, operator
from office.hits import matter_id
from queries.table import Asked
from reports.tables import TABLES
from reports.tables.matters import BEHIND, drawn_on
from store import Store
from tests.office.deciding import of
from tests.queries.asking import DONGLI, HESHUN, TOWNSHIP, end_of, moment, row, tell
from tests.queries.checks.hitting import SCENES, found_by, month

OFFICE = operator("专班")


def asked(store: Store, by: Viewer = OFFICE, **said: str) -> Asked:
    when = moment(store, end_of(8))
    return Asked(store, by, when, catalogue().headline(), "410581", said)


def behind(store: Store, rule_id: str, by: Viewer = OFFICE) -> pd.DataFrame:
    """Return the rows behind the rule's hit on 河顺."""
    found = found_by(rule_id, store)
    own = found[found["village_code"] == HESHUN].iloc[0]
    which = matter_id(rule_id, HESHUN, str(own["subject_key"]))
    table = BEHIND[rules()[rule_id].evidence]
    return table.worded(table.ask(asked(store, by, matter=which)))


@pytest.mark.parametrize("rule_id", list(SCENES))
def test_every_hit_has_rows_behind_it_for_who_may_see_them(
    store: Store, rule_id: str
) -> None:
    SCENES[rule_id](store, False)
    assert len(behind(store, rule_id)) >= 1
    for by in (of("township", "410581106"), of("secretary", DONGLI)):
        assert behind(store, rule_id, by).empty


def test_the_lines_are_of_the_hit_alone(store: Store) -> None:
    SCENES["statements_differ"](store, False)
    span = (date(2018, 6, 1), end_of(6))
    tell(store, row(HESHUN, *span, "other", 7), month(HESHUN, 5, 8))
    shown = behind(store, "statements_differ")
    assert sorted(shown["到账（元）"]) == [100, Decimal("5100.01")]
    assert set(shown["报表"]) == {"村级台账", "电网结算单"}
    assert set(shown["期间"]) == {"2018年6月"}


def test_a_comparison_shows_both_years(store: Store) -> None:
    SCENES["below_last_year"](store, False)
    assert list(behind(store, "below_last_year")["期间"]) == ["2018年8月", "2017年8月"]


def test_what_is_overdue_is_listed_the_earliest_first(store: Store) -> None:
    SCENES["no_report"](store, False)
    shown = behind(store, "no_report")
    assert shown["期间"].iloc[0] == "2018年2月"
    assert set(shown["状态"]) == {"× 未报"}


@pytest.mark.parametrize("evidence", sorted(BEHIND))
def test_without_a_matter_there_are_no_rows(store: Store, evidence: str) -> None:
    table = BEHIND[evidence]
    assert table.worded(table.ask(asked(store))).empty


@pytest.mark.parametrize("table_id", ["doubts", "spot-checks"])
@pytest.mark.parametrize("role", ["secretary", "department"])
def test_doubts_go_to_nobody_who_is_asked_about(
    store: Store, table_id: str, role: str
) -> None:
    SCENES["round_numbers"](store, False)
    with pytest.raises(ShownError, match="不能看"):
        TABLES[table_id].ask(asked(store, of(role, HESHUN)))
    assert len(TABLES[table_id].ask(asked(store, of("township", TOWNSHIP))))


@pytest.mark.parametrize(
    ("said", "count"), [({}, 10), ({"count": "3"}, 3), ({"count": "99"}, 10)]
)
def test_a_draw_goes_by_the_address(
    store: Store, said: dict[str, str], count: int
) -> None:
    drawn = TABLES["spot-checks"].ask(asked(store, OFFICE, **said))
    assert len(drawn) == count


def test_a_day_of_a_draw_is_never_to_come() -> None:
    today = date(2018, 11, 16)
    assert drawn_on("2018-11-01", today) == date(2018, 11, 1)
    assert drawn_on("2018-11-17", today) == drawn_on("", today) == today
    assert rule_name("no_more") == "no_more"
