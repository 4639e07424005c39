"""Which papers did the invented counties send, when, and under which numbers?

One paper a county, statement and span; the ledgers of Linzhou come by township, so that
a township has something to review.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from etl.demo.province.kinds import Span
from etl.demo.province.places import REAL_COUNTY, Places

# Days after the end of a span on which each paper is sent, at the earliest, and from
# which year on.
_SENT = {
    "ledger": (4, 1, 2016),
    "energy": (9, 1, 2017),
    "settlement": (10, 1, 2017),
    "joint_income": (24, 6, 2016),
    "inventory": (24, 6, 2018),
    "roster": (23, 6, 2017),
    "contract": (25, 12, 2016),
}
# What counties sent before their first ledger, once: on which day.
_ONCE = {"attributes": datetime(2016, 1, 6, 9), "joint_shares": datetime(2016, 1, 8, 9)}
_SPREAD_DAYS = 5
# From which month on all plants of the province run.
SOLAR_FROM = date(2017, 6, 1)
# Whose paper of the last month waits for the township's review.
_WAITING_TOWNSHIP = "410581106"
_FILE_NAME = "{place}{statement}{span}（演示·无原件）"
_ACTOR = "演示·{place}"


@dataclass(frozen=True)
class Numbers:
    """The last numbers that were given out before: of submissions, of acceptances."""

    submission: int
    acceptance: int


def papers(
    places: Places,
    spans: list[Span],
    names: dict[str, str],
    last: Numbers,
    now: datetime,
) -> pd.DataFrame:
    """Return the papers that have come by now, with their numbers.

    Args:
        places: who sends.
        spans: of which the papers tell.
        names: of the statements.
        last: numbers given out before.
        now: what comes later is not there.

    Returns:
        One row per paper: submission_no, acceptance_no (-1 where it does not count),
        statement, place_code, span_no (-1 where it tells of none), submitted_at,
        decided_at (null while it waits), state, file_name, actor.
    """
    found = pd.DataFrame(_sent(places, spans, names))
    found = found[found["decided_at"] <= now].sort_values(
        ["submitted_at", "place_code", "statement", "span_no"], ignore_index=True
    )
    found["submission_no"] = range(
        last.submission + 1, last.submission + len(found) + 1
    )
    found["state"] = "accepted"
    _leave_undecided(found, places)
    is_accepted = found["state"] == "accepted"
    order = found[is_accepted].sort_values(["decided_at", "submission_no"]).index
    found["acceptance_no"] = -1
    found.loc[order, "acceptance_no"] = range(
        last.acceptance + 1, last.acceptance + len(order) + 1
    )
    return found


def _sent(
    places: Places, spans: list[Span], names: dict[str, str]
) -> Iterator[dict[str, object]]:
    by_county = dict(places.counties.itertuples(index=False, name=None))
    is_real = places.villages["county_code"] == REAL_COUNTY
    townships = places.villages[is_real].drop_duplicates("township_code")
    by_township = dict(
        townships[["township_code", "township_name"]].itertuples(index=False, name=None)
    )
    for number, (code, name) in enumerate(by_county.items()):
        for statement, at in _ONCE.items():
            yield _paper(code, name, statement, names[statement], -1, "", at, number)
        for span_no, span in enumerate(spans):
            for statement, (days, months, from_year) in _SENT.items():
                if span.months != months or not _tells(statement, span, from_year):
                    continue
                at = datetime.combine(span.end + timedelta(days), time(9))
                senders = {code: name}
                if statement == "ledger" and code == REAL_COUNTY:
                    senders = by_township
                for place, sender in senders.items():
                    said = (statement, names[statement], span_no, _said(span))
                    yield _paper(place, sender, *said, at, number + span_no)


def _tells(statement: str, span: Span, from_year: int) -> bool:
    if statement in ("energy", "settlement"):
        return span.start >= SOLAR_FROM
    return span.end.year >= from_year


def _said(span: Span) -> str:
    return (
        f"{span.start:%Y%m}" if span.months == 1 else f"{span.start:%Y%m}-{span.end:%m}"
    )


def _paper(
    place_code: str,
    place: str,
    statement: str,
    name: str,
    span_no: int,
    span: str,
    at: datetime,
    shift: int,
) -> dict[str, object]:
    sent = at + timedelta(days=shift % _SPREAD_DAYS, minutes=shift * 7 % 480)
    return {
        "statement": statement,
        "place_code": place_code,
        "span_no": span_no,
        "submitted_at": sent,
        "decided_at": sent + timedelta(days=1),
        "file_name": _FILE_NAME.format(place=place, statement=name, span=span),
        "actor": _ACTOR.format(place=place),
    }


def _leave_undecided(found: pd.DataFrame, places: Places) -> None:
    """Let some ledgers of the last month wait, and return some."""
    ledgers = found[found["statement"] == "ledger"]
    latest = ledgers[ledgers["span_no"] == ledgers["span_no"].max()]
    counties = list(places.counties["place_code"])[::-1]
    some = max(1, len(counties) // 40)
    waiting = [*counties[:some], _WAITING_TOWNSHIP]
    returned = counties[some : 2 * some]
    for codes, state in ((waiting, "submitted"), (returned, "returned")):
        rows = latest.index[latest["place_code"].isin(codes)]
        found.loc[rows, "state"] = state
        if state == "submitted":
            found.loc[rows, "decided_at"] = pd.NaT
