"""What do the rules find in a viewer's places, and why, in words?"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.errors import ShownError
from base.roles import DOUBTS, SEE
from base.rules import CHECK, Rule, rules
from base.viewer import Viewer
from base.words import _
from office.matter_reasons import reason_of
from queries import Moment
from store import Store

COLUMNS = (
    "rule_id",
    "village_code",
    "subject_key",
    "fingerprint",
    "amount_yuan",
    "since_date",
    "source_id",
    "first_date",
    "last_date",
)
_KEY = "~"


def hits(
    store: Store, viewer: Viewer, moment: Moment, asked: Iterable[Rule]
) -> pd.DataFrame:
    """Ask some rules.

    Args:
        store: where.
        viewer: who asks; peers are compared with everywhere, hits are of the scope.
        moment: as of when, as known when.
        asked: which rules.

    Returns:
        One row per rule, village and subject, with `COLUMNS`, `reason` and
        `matter_id`; `since_date` is the day on which the cause arose.

    Raises:
        ShownError: when the viewer may not see what a rule finds.
    """
    target = catalogue().headline().on(moment.as_of)
    common = {
        "version_no": moment.version_no,
        "as_of_date": moment.as_of,
        "today": moment.today,
        "known_at": moment.known_at,
        "threshold_yuan": target.line_yuan,
        "categories": list(catalogue().measure_of(target).plus),
    }
    found = [_asked(store, viewer, rule, common) for rule in asked]
    frames = [frame for frame in found if not frame.empty]
    if not frames:
        return pd.DataFrame(columns=[*COLUMNS, "reason", "matter_id"])
    return pd.concat(frames, ignore_index=True)


def _asked(
    store: Store, viewer: Viewer, rule: Rule, common: dict[str, Any]
) -> pd.DataFrame:
    if not viewer.may(DOUBTS if rule.kind == CHECK else SEE):
        raise ShownError(_("您的账号不能看这一页。"))
    found = queries.run(rule.query, viewer, store, **{**common, **rule.asked})
    found["rule_id"] = rule.id
    rows = found.to_dict("records")
    kept = found[list(COLUMNS)].astype(object)
    kept["reason"] = [reason_of(rule.query, row) for row in rows]
    kept["matter_id"] = [
        matter_id(rule.id, str(row["village_code"]), str(row["subject_key"]))
        for row in rows
    ]
    return kept


def matter_id(rule_id: str, village_code: str, subject_key: str) -> str:
    """Return how an address names a matter."""
    return _KEY.join((rule_id, village_code, subject_key))


def hit_of(
    store: Store, viewer: Viewer, moment: Moment, which: str
) -> dict[str, Any] | None:
    """Return the hit that an address names, or None where there is none.

    Args:
        store: where.
        viewer: who asks; of another's village there is none.
        moment: as of when, as known when.
        which: of `matter_id`.

    Raises:
        ShownError: when the viewer may not see what the rule finds.
    """
    rule_id, _first, rest = which.partition(_KEY)
    village_code = rest.partition(_KEY)[0]
    if rule_id not in rules() or not (
        village_code.isascii() and village_code.isdecimal() and len(village_code) > 9
    ):
        return None
    if not viewer.scope.holds(village_code):
        return None
    found = hits(store, viewer.within(village_code), moment, [rules()[rule_id]])
    fitting: list[Any] = found[found["matter_id"] == which].to_dict("records")
    return fitting[0] if fitting else None
