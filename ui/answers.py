"""What do pages ask, and what is remembered? Keyed by scope, number, day and today.

What is remembered is shared between sessions and never changed: pages take copies of
what they want to alter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

import queries
from base.catalogue import Target, catalogue
from base.memory import Key, Memory
from base.place import LENGTHS
from base.viewer import Viewer
from queries import Moment, Progress, Restated
from queries.actions_asked import ask_actions
from store import Store
from ui.looking import Looking
from ui.shared import shared

# So many that a village's page of each village fits in, and the pages of townships.
_ENTRIES, _KEPT_S = 4000, 3600.0
# Within a tenth of the line a village is near: one more payment would do.
NEAR = Decimal("0.1")


def key_of(
    looking: Looking, place_code: str, *more: object, is_figure: bool = False
) -> Key:
    """Return what an answer depends on.

    Args:
        looking: who looks at what.
        place_code: of what.
        more: what else it depends on.
        is_figure: whether it is the same until the next number is in force, whatever
            arrives meanwhile.
    """
    moment = looking.moment
    return (
        str(looking.store.folder),
        tuple(looking.within(place_code).scope),
        moment.version_no,
        0 if is_figure else moment.activity_no,
        moment.as_of,
        moment.today,
        looking.target.id,
        catalogue().fingerprint,
        place_code,
        *more,
    )


@st.cache_resource(show_spinner=False)
def _memory() -> Memory:
    return Memory(_ENTRIES, _KEPT_S)


def remember(key: Key, ask: Callable[[], Any]) -> Any:
    """Return what was answered for a key, or ask.

    Args:
        key: all that the answer depends on.
        ask: gives the answer.
    """
    return _memory().of(key, ask)


def of_target(
    looking: Looking,
    place_code: str,
    ask: Callable[[Target, Viewer, Store, Moment], Any],
) -> Any:
    """Return what is asked of a target in a place, until the next number is in force.

    Args:
        looking: who looks, at which target.
        place_code: of which place.
        ask: gives the answer; it is remembered by its name.
    """
    viewer = looking.within(place_code)
    return remember(
        key_of(looking, place_code, ask.__qualname__, is_figure=True),
        lambda: ask(looking.target, viewer, looking.store, looking.moment),
    )


def progress_of(looking: Looking, place_code: str) -> Progress:
    """Return count, way, plan and pace of the target in a place."""
    found: Progress = of_target(looking, place_code, queries.progress)
    return found


def restated_of(looking: Looking, place_code: str) -> Restated:
    """Return whose place on the list corrections after its close would change."""
    found: Restated = of_target(looking, place_code, queries.restated)
    return found


def villages_of(looking: Looking, place_code: str) -> pd.DataFrame:
    """Return where each village of a place stands, now and a month ago.

    Columns as `queries/progress/villages.sql` states them, and `is_clear_before`.
    """
    return shared(looking, place_code, _all_villages)


def _all_villages(looking: Looking, place_code: str) -> pd.DataFrame:
    viewer = looking.within(place_code)
    moment = looking.moment

    def ask() -> pd.DataFrame:
        earlier = queries.before(looking.store, viewer, moment)
        now = (moment.as_of, moment.version_no)
        return queries.ask(
            "progress/villages",
            looking.target,
            viewer,
            looking.store,
            moment,
            [now, earlier],
            before_date=earlier[0],
        )

    return remember(key_of(looking, place_code, "villages"), ask)


@dataclass(frozen=True)
class GroupCounts:
    """How many villages are in each of the groups that a leader asks for.

    `reasons` counts those that remain by why they do.
    """

    remaining: int
    near: int
    unreported: int
    newly_cleared: int
    fallen_back: int
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class Wanted:
    """Which villages are wanted: their codes, and what tells these from others."""

    codes: tuple[str, ...]
    key: tuple[object, ...]


def counts_of(
    looking: Looking, place_code: str, wanted: Wanted | None = None
) -> GroupCounts:
    """Return how many villages of a place are in each group, of those wanted."""
    found = _grouped(looking, place_code, wanted, "progress/groups")
    told = found[found["reason"].notna()]
    return GroupCounts(
        remaining=int(found["remaining"].sum()),
        near=int(found["near"].sum()),
        unreported=int(found["unreported"].sum()),
        newly_cleared=int(found["newly_cleared"].sum()),
        fallen_back=int(found["fallen_back"].sum()),
        reasons=dict(zip(told["reason"], told["remaining"].map(int), strict=True)),
    )


def listed_of(
    looking: Looking,
    place_code: str,
    list_name: str,
    most: int,
    wanted: Wanted | None = None,
) -> pd.DataFrame:
    """Return the first villages of a group, as `progress/listed.sql` states them."""
    return _grouped(
        looking, place_code, wanted, "progress/listed", list_name=list_name, most=most
    )


def _grouped(
    looking: Looking,
    place_code: str,
    wanted: Wanted | None,
    name: str,
    **params: Any,
) -> pd.DataFrame:
    viewer = looking.within(place_code)
    moment = looking.moment

    def ask() -> pd.DataFrame:
        earlier = queries.before(looking.store, viewer, moment)
        return queries.ask(
            name,
            looking.target,
            viewer,
            looking.store,
            moment,
            [(moment.as_of, moment.version_no), earlier],
            before_date=earlier[0],
            near_yuan=looking.reading.line_yuan * NEAR,
            codes=wanted and list(wanted.codes),
            **params,
        )

    asked = (name, *sorted(params.items()), wanted and wanted.key)
    return remember(key_of(looking, place_code, *asked), ask)


def children_of(
    looking: Looking, place_code: str, digits: int, wanted: Wanted | None = None
) -> pd.DataFrame:
    """Return the counts of the places one level down, with so many digits."""
    viewer = looking.within(place_code)
    moment = looking.moment
    return remember(
        key_of(looking, place_code, "children", digits, wanted and wanted.key),
        lambda: queries.ask(
            "progress/children",
            looking.target,
            viewer,
            looking.store,
            moment,
            [(moment.as_of, moment.version_no)],
            digits=digits,
            codes=wanted and list(wanted.codes),
        ),
    )


def township_totals_of(looking: Looking, township_code: str) -> pd.Series:
    """Return the counts of a township, which each of its villages may see."""
    moment = looking.moment
    return remember(
        key_of(looking, township_code, "township_totals"),
        lambda: queries.ask(
            "progress/township_totals",
            looking.target,
            looking.viewer,
            looking.store,
            moment,
            [(moment.as_of, moment.version_no)],
            place_code=township_code,
        ).iloc[0],
    )


def answer(looking: Looking, place_code: str, name: str, **params: Any) -> pd.DataFrame:
    """Return the answer to a question that builds on no target."""
    viewer = looking.within(place_code)
    moment = looking.moment
    return remember(
        key_of(
            looking,
            place_code,
            name,
            *sorted(params.items()),
            is_figure=queries.is_figure(name),
        ),
        lambda: queries.run(
            name,
            viewer,
            looking.store,
            version_no=moment.version_no,
            as_of_date=moment.as_of,
            today=moment.today,
            known_at=moment.known_at,
            activity_no=moment.activity_no,
            **params,
        ),
    )


def answer_of_village(looking: Looking, village_code: str, name: str) -> pd.DataFrame:
    """Return the answer to a question that is asked of a village by `$village_code`.

    The question gives the rows of all villages whose codes begin so, each with its
    `village_code`.
    """
    return shared(
        looking,
        village_code,
        lambda look, place: answer(look, place, name, village_code=place),
        LENGTHS["township"],
    )


def known_of(looking: Looking, village_code: str) -> pd.Series:
    """Return what is known of a village besides money, as `places/attributes` says."""
    name = "places/attributes"
    return shared(
        looking, village_code, lambda look, code: answer(look, code, name)
    ).iloc[0]


def actions_of(looking: Looking, place_code: str) -> pd.DataFrame:
    """Return the actions about a place, as `queries/actions/list.sql` states them."""
    viewer = looking.within(place_code)
    return remember(
        key_of(looking, place_code, "actions"),
        lambda: ask_actions("actions/list", looking.store, viewer, looking.moment),
    )


def completeness_of(looking: Looking, place_code: str) -> pd.DataFrame:
    """Return how many of the papers that the target rests on are in."""
    statements = looking.target.statements
    return answer(looking, place_code, "reporting/completeness", statements=statements)


def month_of(day: date) -> str:
    """Return how the address writes a month end: 2018-09."""
    return f"{day:%Y-%m}"
