"""Which actions are there, and which of those that were closed are open again?"""

from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.place import prefix_of
from base.viewer import Viewer
from queries.moment import Moment
from queries.run import run
from store import Store


def reopened(store: Store, viewer: Viewer, moment: Moment) -> list[int]:
    """Return the actions whose villages had been cleared when they were closed.

    At the moment at least one of them remains again, by the action's own target.

    Args:
        store: where.
        viewer: who asks.
        moment: as of when.
    """
    told = run("actions/closed", viewer, store, known_at=moment.known_at)
    targets = {target.id: target for target in catalogue().targets}
    found: list[int] = []
    for target_id in told["target_id"]:
        # a target that is no longer there opens nothing again
        if target_id in targets:
            fallen = queries.ask(
                "actions/fallen",
                targets[target_id],
                viewer,
                store,
                moment,
                [(moment.as_of, moment.version_no)],
                target_id=target_id,
            )
            found += [int(number) for number in fallen["action_no"]]
    return sorted(found)


def is_cleared(
    store: Store, viewer: Viewer, moment: Moment, target_id: str, place_code: str
) -> bool | None:
    """Tell whether no village of a place remains by a target; None without villages.

    Args:
        store: where.
        viewer: who asks.
        moment: as of when.
        target_id: one of the catalogue; of any other nothing can be told.
        place_code: the village or township.
    """
    targets = [one for one in catalogue().targets if one.id == target_id]
    if not targets:
        return None
    counts = queries.ask(
        "actions/remaining",
        targets[0],
        viewer,
        store,
        moment,
        [(moment.as_of, moment.version_no)],
        place_code=prefix_of(place_code),
    ).iloc[0]
    return None if not counts["village_count"] else not counts["remaining"]


def ask_actions(
    name: str, store: Store, viewer: Viewer, moment: Moment, **params: Any
) -> pd.DataFrame:
    """Ask a question about actions: `actions/list`, `actions/owners` and others.

    Args:
        name: topic and file.
        store: where.
        viewer: who asks.
        moment: as of when; what was done later is not told.
        params: what the question takes besides.
    """
    return run(
        name,
        viewer,
        store,
        version_no=moment.version_no,
        as_of_date=moment.as_of,
        today=moment.today,
        known_at=moment.known_at,
        reopened=reopened(store, viewer, moment),
        **params,
    )
