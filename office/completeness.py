"""How complete are the reports of the year or of one month, and what is missing?"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.viewer import Viewer
from queries import Moment
from store import Store

# What comes from the villages and townships themselves, not from grid or platform.
_OWN_SENDERS = ("village", "township")


@dataclass(frozen=True)
class Completeness:
    """The reports of a viewer's places, with columns as the queries state them.

    `townships` is of `reporting/by_township`, `villages` of `reporting/by_village`.
    """

    townships: pd.DataFrame
    villages: pd.DataFrame

    @property
    def due(self) -> int:
        """Return how many papers are due."""
        return int(self.townships["due_count"].sum())

    @property
    def filled(self) -> int:
        """Return how many of those were sent and not returned."""
        return int(self.townships["filled_count"].sum())

    @property
    def on_time(self) -> int:
        """Return how many of those were first sent by the end of their due day."""
        return int(self.townships["on_time_count"].sum())


def completeness(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    period_end: date | None = None,
    statements: Collection[str] = (),
) -> Completeness:
    """Count the reports of a viewer's places.

    Args:
        store: where.
        viewer: who asks.
        moment: as known when; of a year, up to its `as_of`.
        period_end: the last day of one month, which may be later than `as_of`; the
            year so far where none is named.
        statements: of which papers; all where none is named.
    """
    asked = (store, viewer, moment, period_end, statements)
    return Completeness(
        _ask("reporting/by_township", *asked), _ask("reporting/by_village", *asked)
    )


def by_township(
    store: Store, viewer: Viewer, moment: Moment, period_end: date | None = None
) -> pd.DataFrame:
    """Count the reports of a viewer's townships alone, as `completeness` does."""
    return _ask("reporting/by_township", store, viewer, moment, period_end, ())


def township_totals(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    place_code: str,
    period_end: date | None = None,
    statements: Collection[str] = (),
) -> pd.Series:
    """Return the counts of a township, which anyone with a place may see.

    Args:
        store: where.
        viewer: who asks.
        moment: as `completeness` takes it.
        place_code: of the township.
        period_end: as `completeness` takes it.
        statements: as `completeness` takes them.

    Raises:
        ShownError: when the place is no township.
    """
    found = _ask(
        "reporting/township_totals",
        store,
        viewer,
        moment,
        period_end,
        statements,
        place_code=place_code,
    )
    return found.iloc[0]


def missing(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    period_end: date | None = None,
    statements: Collection[str] = (),
) -> pd.DataFrame:
    """Return which papers have not come or were returned, and why.

    Args:
        store: where.
        viewer: who asks.
        moment: as `completeness` takes it.
        period_end: as `completeness` takes it.
        statements: of which papers; where none is named, those that villages and
            townships send themselves.

    Returns:
        One row per village and paper, as `queries/reporting/missing.sql` states.
    """
    own = statements or [
        name
        for name, statement in catalogue().statements.items()
        if statement.sender in _OWN_SENDERS
    ]
    return _ask("reporting/missing", store, viewer, moment, period_end, own)


def _ask(
    name: str,
    store: Store,
    viewer: Viewer,
    moment: Moment,
    period_end: date | None,
    statements: Collection[str],
    **params: Any,
) -> pd.DataFrame:
    # A month that nobody's figures are shown of yet is the one to ask about.
    when = moment if period_end is None else replace(moment, as_of=period_end)
    if statements:
        params["statements"] = list(statements)
    return queries.run(
        name,
        viewer,
        store,
        as_of_date=when.as_of,
        version_no=when.version_no,
        today=when.today,
        known_at=when.known_at,
        period_end=period_end,
        **params,
    )
