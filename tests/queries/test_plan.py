"""What should remain today, and which word stands for the pace?"""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.catalogue import Target
from base.month import month_ends
from queries.plan import pace_of, plan_path
from tests.queries.asking import TARGET, end_of


def last_year(cleared: list[int]) -> pd.DataFrame:
    """Return a path of 2017 on which so many had been cleared by each month end."""
    days = month_ends(date(2017, 1, 1), date(2017, 12, 31))
    return pd.DataFrame({"as_of_date": days[: len(cleared)], "cleared": cleared})


def target(plan: str = "last_year_path", deadline: str = "12-31") -> Target:
    return TARGET.model_copy(update={"plan": plan, "deadline": deadline})


def planned(path: pd.DataFrame) -> list[int]:
    return [int(count) for count in path["planned"]]


STEPS = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 38, 40]
NO_HISTORY = last_year([0] * 12)


def test_the_plan_goes_the_way_of_last_year() -> None:
    path = plan_path(target(), 100, last_year(STEPS), 2018)
    assert planned(path) == [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5, 0]
    assert set(path["kind"]) == {"last_year_path"}
    assert list(path["as_of_date"]) == [end_of(month) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("plan", "history"),
    [
        ("linear", last_year(STEPS)),
        ("last_year_path", NO_HISTORY),
        ("last_year_path", last_year([0] * 11 + [19])),
        ("last_year_path", last_year(STEPS[:6])),
        ("last_year_path", last_year([])),
    ],
)
def test_else_the_plan_is_linear(plan: str, history: pd.DataFrame) -> None:
    path = plan_path(target(plan), 120, history, 2018)
    assert planned(path) == [110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0]
    assert set(path["kind"]) == {"linear"}


def test_twenty_cleared_last_year_are_enough() -> None:
    path = plan_path(target(), 100, last_year([0] * 11 + [20]), 2018)
    assert planned(path) == [100] * 11 + [0]


def test_more_cleared_in_summer_than_at_the_end_is_no_more_than_all() -> None:
    path = plan_path(target(), 100, last_year([0] * 5 + [40] + [20] * 6), 2018)
    assert planned(path) == [100] * 5 + [0] * 7


@pytest.mark.parametrize(
    ("deadline", "plan", "expected"),
    [
        ("06-30", "linear", [100, 80, 60, 40, 20, 0]),
        ("06-15", "linear", [100, 80, 60, 40, 20, 0]),
        ("06-30", "last_year_path", [120, 96, 72, 48, 24, 0]),
        ("06-15", "last_year_path", [120, 96, 72, 48, 24, 0]),
    ],
)
def test_the_plan_ends_at_zero_at_its_deadline(
    deadline: str, plan: str, expected: list[int]
) -> None:
    path = plan_path(target(plan, deadline), 120, last_year(STEPS), 2018)
    assert planned(path) == expected
    assert set(path["kind"]) == {plan}
    assert path["as_of_date"].iloc[-1] == date.fromisoformat(f"2018-{deadline}")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 600),
    st.lists(st.integers(0, 600), min_size=12, max_size=12),
    st.sampled_from(["12-31", "11-30", "10-15"]),
)
def test_a_plan_stays_between_all_and_none(
    villages: int, cleared: list[int], deadline: str
) -> None:
    path = plan_path(target(deadline=deadline), villages, last_year(cleared), 2018)
    assert path["planned"].between(0, villages).all()
    assert path["planned"].iloc[-1] == 0
    assert path["as_of_date"].is_monotonic_increasing


PLAN = pd.DataFrame({"as_of_date": [end_of(1), end_of(6), end_of(12)]}).assign(
    planned=[1000, 0, 0]
)


@pytest.mark.parametrize(
    ("cleared", "share", "state"),
    [
        (950, "0.95", "green"),
        (949, "0.949", "yellow"),
        (600, "0.6", "yellow"),
        (599, "0.599", "orange"),
        (300, "0.3", "orange"),
        (299, "0.299", "red"),
    ],
)
def test_bounds_of_the_pace(cleared: int, share: str, state: str) -> None:
    pace = pace_of(1000, 1000 - cleared, PLAN, end_of(6))
    assert (pace.share, pace.state) == (Decimal(share), state)


def test_a_share_is_judged_before_it_is_rounded() -> None:
    pace = pace_of(100_000, 100_000 - 94_999, PLAN, end_of(6))
    assert (pace.share, pace.state) == (Decimal("0.9500"), "yellow")


@pytest.mark.parametrize(
    ("villages", "remaining", "as_of", "state"),
    [
        (0, 0, end_of(6), "keep"),
        (1000, 900, end_of(1), "not_due"),
        (1000, 900, date(2018, 1, 30), "not_due"),
        (1000, 900, date(2018, 6, 29), "not_due"),
    ],
)
def test_nothing_due_has_no_share(
    villages: int, remaining: int, as_of: date, state: str
) -> None:
    pace = pace_of(villages, remaining, PLAN, as_of)
    assert (pace.share, pace.state) == (None, state)


def test_ahead_of_the_plan_and_behind_the_start() -> None:
    half = PLAN.assign(planned=[800, 500, 0])
    assert pace_of(1000, 200, half, end_of(6)).share == Decimal("1.6")
    assert pace_of(1000, 200, half, end_of(6)).state == "green"
    assert pace_of(1000, 1000, half, end_of(6)).state == "red"
    assert pace_of(1000, 800, half, date(2018, 5, 31)).share == 1
