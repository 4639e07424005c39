"""As of which day, and as known when? Every figure has both."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from base.clock import Clock
from base.month import first_day
from base.viewer import Viewer
from queries.run import run
from store import Store


@dataclass(frozen=True)
class Moment:
    """What a figure is of: periods ended by `as_of`, acceptances up to `version_no`.

    `known_at` is the time that the number stands for; `today` decides what is due.
    `activity_no` grows with changes that move no figure; it is for caches only.
    """

    as_of: date
    version_no: int
    known_at: datetime
    activity_no: int = 0

    @property
    def today(self) -> date:
        """Return the day of the knowledge."""
        return self.known_at.date()

    def no_later(self, day: date | None) -> "Moment":
        """Return this moment as of a day; none, or one after it, changes nothing."""
        return self if day is None else replace(self, as_of=min(day, self.as_of))


def version_at(store: Store, viewer: Viewer, known_at: datetime) -> int:
    """Return the largest number published by a time; 0 where there was none."""
    answer = run("time/versions_at", viewer, store, times=[known_at])
    return int(answer["version_no"].iloc[0])


def default_day(store: Store, viewer: Viewer, head: Moment) -> date:
    """Return the day that is shown when none is asked for.

    Args:
        store: where.
        viewer: who asks; the day is the same for all.
        head: the number in force and today; its `as_of` says what holds where no month
            has come in.
    """
    found = run(
        "time/default_as_of",
        viewer,
        store,
        version_no=head.version_no,
        today=head.today,
    )["as_of_date"].iloc[0]
    day: date = head.as_of if found is None else found
    return day


def moment_now(
    store: Store,
    viewer: Viewer,
    clock: Clock,
    as_of: date | None = None,
    ask_day: Callable[[Store, Viewer, Moment], date] = default_day,
) -> Moment:
    """Return the moment of now, as of a day or of the default day.

    The default is the end of the latest month whose due day has passed and for which
    half of the villages' ledgers are accepted, else the end of last month.

    Args:
        store: where.
        viewer: who asks.
        clock: says what now is.
        as_of: the day asked for.
        ask_day: gives the default day; pages remember it.
    """
    now = clock.now()
    head = run("time/version", viewer, store).iloc[0]
    last_month = first_day(now.date()) - timedelta(days=1)
    known = Moment(
        as_of or last_month, int(head["version_no"]), now, int(head["activity_no"])
    )
    if as_of is not None:
        return known
    return replace(known, as_of=ask_day(store, viewer, known))
