"""Who is there when the load begins? Accounts of all roles, signed in already.

How long it takes to sign in is measured by `bench.crowd`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice

from accounts import sessions
from accounts.changes import changing
from accounts.people import Person, add
from base.place import LENGTHS
from base.settings import settings
from base.viewer import Viewer, system_viewer
from base.words import _
from bench.reader import Asked
from etl.registry import Village, registry
from store import Store

# Of ten who read, so many have each role.
_READERS = (
    *("leader", "secretary", "township", "department", "office"),
    *("secretary", "township", "office", "secretary", "township"),
)
# Of so many who send, one sends for a whole township.
TOWNSHIP_EVERY = 25
# So many villages has the work team of a department.
_TEAM = 3


@dataclass(frozen=True)
class Seat:
    """Somebody who is signed in: the token, the role, and a village that is theirs."""

    token: str
    role: str
    village: Village

    @property
    def pages(self) -> tuple[Asked, ...]:
        """Return the pages that somebody of this role reads, the first one first."""
        village = self.village
        # a village of which nothing was told yet has no chart
        says = (village.short_name, _("每个数出自哪里"))
        own = Asked("village", village.village_code, says)
        if self.role == "secretary":
            home = Asked("report", says=(village.short_name, _("怎么报")))
            alerts = Asked("alerts")
            return home, own, Asked("actions", says=(_("督办事项"),)), alerts
        return (
            Asked("overview", says=(_("卡在哪里"), "v-number", _("名单"))),
            Asked("map", says=("v-legend",), shows="deck_gl_json_chart"),
            Asked(
                "map",
                village.township_code,
                (village.township_name, "v-legend"),
                "deck_gl_json_chart",
            ),
            own,
        )


def readers(store: Store, count: int, at: datetime) -> list[Seat]:
    """Give seats to people who read, of all roles and all over the city.

    Args:
        store: where.
        count: how many.
        at: when they signed in.
    """
    roles = islice(cycle(_READERS), count)
    # a step that leaves out no village, so that neighbours in time are none in place
    villages = _villages()
    spread = [villages[number * 7 % len(villages)] for number in range(count)]
    return _seated(store, "reads", list(zip(roles, spread, strict=True)), at)


def senders(store: Store, count: int, at: datetime) -> list[Seat]:
    """Give seats to people who send, each for a village or a township of their own.

    Args:
        store: where.
        count: how many; no more than there are villages.
        at: when they signed in.
    """
    by_township: dict[str, Village] = {}
    for village in _villages():
        by_township.setdefault(village.township_code, village)
    wide = list(by_township.values())[: count // TOWNSHIP_EVERY]
    narrow = _villages()[: count - len(wide)]
    who = [("township", one) for one in wide] + [("secretary", one) for one in narrow]
    return _seated(store, "sends", who, at)


def _villages() -> list[Village]:
    return list(registry().villages.values())


def _places(role: str, village: Village) -> tuple[str, ...]:
    if role in ("leader", "office"):
        return (settings().city,)
    if role == "department":
        here = _villages().index(village)
        team = islice(cycle(_villages()), here, here + _TEAM)
        return tuple(one.village_code for one in team)
    digits = LENGTHS["township" if role == "township" else "village"]
    return (village.village_code[:digits],)


def _seated(
    store: Store, name: str, who: Sequence[tuple[str, Village]], at: datetime
) -> list[Seat]:
    by = Viewer("bench", "admin", system_viewer().scope)
    seats = []
    with changing(store) as cursor:
        for number, (role, village) in enumerate(who):
            places = _places(role, village)
            given = add(cursor, by, Person(f"{name}.{number}", role, places), at)
            token = sessions.begin_in(cursor, given.account, at, "", "")
            seats.append(Seat(token, role, village))
    return seats
