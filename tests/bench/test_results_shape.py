"""Is what the bench wrote down whole, and is a miss called a miss?"""

import json
from datetime import date
from typing import Any

import pytest

from bench.__main__ import PARTS, RESULTS
from bench.rows import Row, Target, table

KEYS = {"part", "name", "value", "unit", "target", "is_reached", "beside"}


def faults(results: dict[str, Any]) -> list[str]:
    """Return what is wrong with results, in words."""
    found = []
    date.fromisoformat(results["measured_on"])
    if results["cores"] < 1 or "python" not in results["versions"]:
        found.append("machine")
    if set(results["calibration_s"]) != {*PARTS, "after"}:
        found.append("calibration")
    if set(results["load_average"]) != set(PARTS):
        found.append("load average")
    names = [(figure["part"], figure["name"]) for figure in results["figures"]]
    if len(set(names)) != len(names):
        found.append("name twice")
    if {part for part, _name in names} != set(PARTS):
        found.append("parts")
    return found + [
        f"{figure['part']}: {figure['name']}"
        for figure in results["figures"]
        if is_wrong(figure)
    ]


def is_wrong(figure: dict[str, Any]) -> bool:
    if set(figure) != KEYS:
        return True
    target, value = figure["target"], figure["value"]
    if target is None:
        return figure["is_reached"] is not None or value is None
    is_reached = value is not None and Target(**target).is_reached(value)
    return figure["is_reached"] is not is_reached


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def test_results_are_whole(results):
    assert faults(results) == []
    assert sum(figure["target"] is not None for figure in results["figures"]) >= 15


@pytest.mark.parametrize("key", sorted(KEYS - {"part", "name"}))
def test_a_figure_without_a_key_is_found(results, key):
    first, *others = results["figures"]
    short = {name: value for name, value in first.items() if name != key}
    found = faults({**results, "figures": [short, *others]})
    assert found == [f"{first['part']}: {first['name']}"]


def test_a_miss_that_is_called_reached_is_found(results):
    figure = next(one for one in results["figures"] if one["target"] is not None)
    wrong = {**figure, "is_reached": not figure["is_reached"]}
    assert is_wrong(wrong)
    assert not is_wrong(figure)


def test_a_part_that_was_left_out_is_found(results):
    part = next(iter(PARTS))
    left = [figure for figure in results["figures"] if figure["part"] != part]
    assert faults({**results, "figures": left}) == ["parts"]
    assert faults({**results, "figures": left + results["figures"]})[0] == "name twice"


@pytest.mark.parametrize(
    ("relation", "value", "is_reached"),
    [
        ("at most", 4.0, True),
        ("at most", 4.001, False),
        ("under", 4.0, False),
        ("under", 3.999, True),
        ("at least", 4.0, True),
        ("at least", 3.999, False),
    ],
)
def test_targets(relation, value, is_reached):
    row = Row("a figure", value, "s", Target(relation, 4.0))
    assert row.is_reached is is_reached
    assert row.as_entry("part")["is_reached"] is is_reached
    assert not is_wrong(row.as_entry("part"))


def test_the_value_that_is_shown_is_held_against_the_target():
    assert Row("a figure", 0.0700004, "s", Target("at most", 0.07)).is_reached


def test_the_table_calls_a_miss_a_miss():
    bound = Target("at most", 3)
    rows = [
        Row("slow", 12.3456, "×", bound, {"cold_s": 1.23456}),
        Row("fast", 1.0, "×", bound),
        Row("beside", 2.0, "s"),
        Row("without", None, "s", bound, {"why": "no browser"}),
    ]
    lines = [line.split() for line in table("pages", rows).splitlines() if line]
    assert lines == [
        ["pages"],
        ["slow", "12.35", "×", "at", "most", "3", "MISS", "cold", "s", "1.235"],
        ["fast", "1", "×", "at", "most", "3", "reached"],
        ["beside", "2", "s"],
        [
            *("without", "–", "at", "most", "3", "NOT", "MEASURED"),
            *("why", "no", "browser"),
        ],
    ]
