"""Does the forecast beat the naive rules, in past years and in the one not yet ended?

The true end of the demonstration's year is read here alone. Back-tests move the day
only: papers are read as they are known now.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

import queries
from base.catalogue import catalogue
from base.viewer import operator
from bench.rows import Row, Target
from bench.stores import demo_folder, installation
from bench.timing import seconds
from bench.truth import truth
from etl.door import clock_of
from queries.forecast import RULES, Outlook, hopes, outlook, spread_of
from queries.targets_asked import ask
from store import Store

_NO_SOURCE = "–"
_DAYS = {"june": date(2018, 6, 30), "september": date(2018, 9, 30)}


def main(place: Path) -> list[Row]:
    """Score the forecast at the ends of June and September.

    Args:
        place: a folder for scratch files.

    Returns:
        The figures: for each day the Brier score over that of the better naive rule,
        in past years and at the true end, and whether the range held the truth.
    """
    folder = demo_folder(place)
    rows: list[Row] = []
    with installation(folder) as store:
        for name, day in _DAYS.items():
            rows += _day(store, folder, name, day)
    return rows


def _day(store: Store, folder: Path, name: str, day: date) -> list[Row]:
    target, viewer = catalogue().headline(), operator()
    moment = replace(queries.moment_now(store, viewer, clock_of(store)), as_of=day)
    took = seconds(lambda: outlook(target, viewer, store, moment))
    found = outlook(target, viewer, store, moment)
    past = found.tested.scores[list(RULES)].mean()
    over = _over(store, folder, found)
    now = _now_scores(store, over, day)
    bare = _now_scores(store, over, day, {"rent_source": _NO_SOURCE})
    remaining = found.remaining
    assert remaining is not None
    actual = int((~over).sum())
    return [
        Row(
            f"{name}: Brier score ÷ better naive rule, past years",
            float(past["own"] / past[["line", "last"]].min()),
            "×",
            Target("under", 1),
            {**_rounded(past.to_dict()), "years": len(found.tested.scores)},
        ),
        Row(
            f"{name}: Brier score ÷ better naive rule, true end",
            now["own"] / min(now["line"], now["last"]),
            "×",
            Target("under", 1),
            _rounded(now),
        ),
        # the demonstration's contracts agree with what is paid better than life does
        Row(
            f"{name}: Brier score ÷ better naive rule, true end, contracts unread",
            bare["own"] / min(bare["line"], bare["last"]),
            "×",
            Target("under", 1),
            _rounded(bare),
        ),
        Row(
            f"{name}: villages that remain at the true end, less the mean forecast",
            actual - remaining.mean,
            "villages",
            None,
            {
                "actual": actual,
                "mean": remaining.mean,
                "low": remaining.low,
                "high": remaining.high,
                "is_inside": remaining.low <= actual <= remaining.high,
            },
        ),
        Row(f"{name}: the whole forecast", took, "s", None, {}),
    ]


def _over(store: Store, folder: Path, found: Outlook) -> "pd.Series[bool]":
    """Tell of each village whether its true year ends over the line."""
    target = catalogue().headline()
    entries = catalogue()
    viewer = operator()
    moment = queries.moment_now(store, viewer, clock_of(store))
    now = [(moment.as_of, moment.version_no)]
    known = ask("year_end/villages", target, viewer, store, moment, now)
    so_far = known.set_index("village_code")["known_yuan"].fillna(0)
    rest = truth(folder)
    counted = set(entries.measure_of(target).plus)
    is_counted = [entries.sources[one].category in counted for one in rest["source_id"]]
    later = rest[is_counted].groupby("village_code")["amount_received_yuan"].sum()
    whole = so_far.add(later.map(float), fill_value=0)
    line = float(target.threshold_yuan or Decimal(0))
    return found.villages["village_code"].map(whole).fillna(0) >= line


def _now_scores(
    store: Store,
    over: "pd.Series[bool]",
    day: date,
    said: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """Score each rule on the villages of the list that were still under the line."""
    target, viewer = catalogue().headline(), operator()
    moment = replace(queries.moment_now(store, viewer, clock_of(store)), as_of=day)
    now = [(moment.as_of, moment.version_no)]
    past = ask("year_end/past", target, viewer, store, moment, now, **(said or {}))
    asked = ask("year_end/villages", target, viewer, store, moment, now, **(said or {}))
    line = float(target.threshold_yuan or Decimal(0))
    is_open = (asked["standing"] == "remaining") & asked["has_figures"]
    villages = asked[is_open]
    known = villages["known_yuan"].fillna(0).to_numpy(float)
    is_over = over[is_open].to_numpy(float)
    scores = {}
    for rule, expected in hopes(villages, day.month).items():
        spread = spread_of(past, rule, line)
        assert spread is not None
        chances = spread.chances(expected, line - known, line).mean(axis=0)
        scores[rule] = float(((chances - is_over) ** 2).mean())
    return {**scores, "villages": float(is_open.sum())}


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}
