"""Does the chart of failures stack what failed and what was locked, within its span?"""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from charts.failures import failure_bars

NOW = datetime(2018, 11, 16, 9)


def drawn(*rows: tuple[int, int], is_dark: bool = False) -> Any:
    hours = pd.DataFrame(
        [(NOW - timedelta(hours=n), *row) for n, row in enumerate(rows)],
        columns=["hour_at", "failed", "locked"],
    )
    return failure_bars(hours, NOW - timedelta(days=7), NOW, is_dark)


@pytest.mark.parametrize("is_dark", [False, True])
def test_locks_stand_on_failures_and_bear_a_pattern(is_dark: bool) -> None:
    figure = drawn((9, 1), (2, 0), is_dark=is_dark)
    failed, locked = figure.data
    assert (list(failed.y), list(locked.y)) == ([9, 2], [1, 0])
    assert failed.marker.color != locked.marker.color
    assert locked.marker.pattern.shape == "x"
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.range[1] >= 10


def test_without_any_the_axis_still_stands() -> None:
    figure = drawn()
    assert figure.layout.yaxis.range[1] > 0
    assert figure.layout.xaxis.range[0] == NOW - timedelta(days=7)
