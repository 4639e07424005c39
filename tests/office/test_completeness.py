"""What is put together of the reports of a year or a month?"""

from datetime import date, datetime

import pytest

from base.errors import ShownError
from office.completeness import completeness, missing, township_totals
from queries import Moment, version_at
from store import Store
from tests.making import NOW
from tests.office.deciding import MARCH, OFFICE, due, extend, of
from tests.queries.asking import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    end_of,
    give,
    moment,
    settle,
)

IN_TIME, LATE = datetime(2018, 4, 10, 18), datetime(2018, 4, 11, 9)
LEDGER = ["ledger"]


def test_a_month_is_counted_that_no_figure_is_shown_of_yet(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    give(store, (LIUQUAN, "2018-03", "光伏", 1), at=LATE)
    shown = moment(store, end_of(2))
    found = completeness(store, of("township", TOWNSHIP), shown, MARCH, LEDGER)
    assert (found.due, found.filled, found.on_time) == (41, 2, 1)
    assert len(found.townships) == 1
    year = completeness(store, of("township", TOWNSHIP), shown, None, LEDGER)
    assert (year.due, year.filled) == (82, 0)


def test_an_extension_makes_late_reports_punctual(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=LATE)
    secretary = of("secretary", HESHUN)
    before = completeness(store, secretary, moment(store, MARCH), MARCH, LEDGER)
    extend(store, TOWNSHIP, due(15))
    after = completeness(store, secretary, moment(store, MARCH), MARCH, LEDGER)
    assert (before.on_time, after.on_time) == (0, 1)
    assert after.townships["extension_count"].tolist() == [1]


def test_a_secretary_sees_the_township_in_numbers(store: Store) -> None:
    give(store, (HESHUN, "2018-03", "光伏", 1), at=IN_TIME)
    when = moment(store, MARCH)
    asked = (store, of("secretary", LIUQUAN), when)
    totals = township_totals(*asked, TOWNSHIP, MARCH, LEDGER)
    assert (totals["village_count"], totals["due_count"]) == (41, 41)
    assert (totals["reported"], totals["on_time_count"]) == (1, 1)
    assert completeness(*asked, MARCH).villages["village_code"].tolist() == [LIUQUAN]
    with pytest.raises(ShownError, match="不是乡镇"):
        township_totals(*asked, HESHUN, MARCH)


def test_what_grid_and_platform_owe_is_no_village_s_to_send(store: Store) -> None:
    back = give(store, (HESHUN, "2018-06", "光伏", 1), is_accepted=False)
    settle(store, back, "returned")
    viewer = of("secretary", HESHUN, DONGLI)
    june = end_of(6)
    when = Moment(june, version_at(store, OFFICE, NOW), NOW)
    found = missing(store, viewer, when, june)
    own = found.groupby("village_code")["statement"].agg(list).to_dict()
    papers = ["inventory", "ledger", "roster"]
    assert own == {HESHUN: papers, DONGLI: papers}
    reasons = found.dropna(subset="return_reason")
    assert reasons["return_reason"].tolist() == ["数不对"]
    assert missing(store, viewer, when, june, ["energy"]).empty
    assert found["due_date"].max() == date(2018, 7, 31)
