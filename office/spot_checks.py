"""Which villages are looked at on the spot? A random sample weighted by risk.

The same seed, day and count give the same villages for good: weights are those of the
morning of the day, and the draw is a hash. Each village has the key u ** (1 / weight),
where u is a number between 0 and 1 from SHA-256 of seed and code; the largest keys are
drawn, which is a weighted sample without putting back.

Source: Efraimidis and Spirakis, Weighted random sampling with a reservoir,
Information Processing Letters 97 (2006).
"""

import hashlib
import math
from datetime import date, datetime, time, timedelta

import pandas as pd

import queries
from base.catalogue import catalogue
from base.errors import ShownError
from base.formats import listed
from base.month import first_day
from base.roles import DOUBTS
from base.rules import CHECK, WARNING, rules
from base.viewer import Viewer
from base.words import _
from office.matters import matters
from queries import Moment, version_at
from store import Store

MOST = 50
# Every village may be drawn; what the rules found weighs most.
_BASE_POINTS = 0.25
_SIZE_POINTS = 0.5
_SILENCE_POINTS = 5
_BITS = 52


def morning_of(store: Store, viewer: Viewer, day: date) -> Moment:
    """Return what was known when a day began, and as of which month it was shown."""
    known_at = datetime.combine(day, time())
    number = version_at(store, viewer, known_at)
    found = queries.run(
        "time/default_as_of", viewer, store, version_no=number, today=day
    )["as_of_date"].iloc[0]
    as_of = first_day(day) - timedelta(days=1) if found is None else found
    return Moment(as_of, number, known_at)


def sample(
    store: Store, viewer: Viewer, day: date, seed: str, count: int
) -> pd.DataFrame:
    """Draw villages.

    Args:
        store: where.
        viewer: who draws, from the own places.
        day: of whose morning the figures are.
        seed: any text; another text draws others.
        count: how many villages, at most `MOST`.

    Returns:
        One row per village drawn, in the order of the draw: the place's names,
        `draw_no`, `weight`, `open_count`, `amount_yuan` received in the year,
        `reported_count`, `due_count` and `reasons`, the names of the rules that hit.

    Raises:
        ShownError: when the viewer may not see doubts.
    """
    if not viewer.may(DOUBTS):
        raise ShownError(_("您的账号不能看这一页。"))
    moment = morning_of(store, viewer, day)
    weighed = _weighed(store, viewer, moment)
    weighed["draw_key"] = [
        key_of(seed, row.village_code, row.weight) for row in weighed.itertuples()
    ]
    # the code decides between equal keys
    drawn = weighed.sort_values(["draw_key", "village_code"], ascending=[False, True])
    drawn = drawn.head(max(0, min(count, MOST))).reset_index(drop=True)
    return drawn.assign(draw_no=range(1, len(drawn) + 1)).drop(columns="draw_key")


def key_of(seed: str, village_code: str, weight: float) -> float:
    """Return the logarithm of a village's key; the larger, the earlier drawn."""
    digest = hashlib.sha256(f"{seed}|{village_code}".encode()).digest()
    number = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
    return math.log((number + 0.5) / 2**_BITS) / weight


def _weighed(store: Store, viewer: Viewer, moment: Moment) -> pd.DataFrame:
    """Return each village with its weight: a base, its open matters, size and silence.

    Size counts by the rank in income, silence by the share of what is due that is not
    reported.
    """
    target = catalogue().headline()
    villages = queries.ask(
        "progress/villages",
        target,
        viewer,
        store,
        moment,
        [(moment.as_of, moment.version_no)],
        before_date=None,
    )
    sums = queries.run(
        "progress/village_sources",
        viewer,
        store,
        version_no=moment.version_no,
        as_of_date=moment.as_of,
    )
    received = sums.groupby("village_code")["received_yuan"].sum()
    both = [matters(store, viewer, moment, kind) for kind in (CHECK, WARNING)]
    found = pd.concat([one[~one["is_settled"].astype(bool)] for one in both])
    found["points"] = [rules()[one].weight for one in found["rule_id"]]
    found["rule_name"] = [rules()[one].name for one in found["rule_id"]]
    of_village = found.groupby("village_code")
    amounts = villages["village_code"].map(received)
    points = villages["village_code"].map(of_village["points"].sum()).fillna(0)
    size = amounts.astype(float).rank(pct=True).fillna(0)
    silence = 1 - villages["reported_count"] / villages["due_count"].clip(lower=1)
    silence = silence.where(villages["due_count"] > 0, 0)
    counts = villages["village_code"].map(of_village.size()).fillna(0).astype(int)
    names = of_village["rule_name"].agg(lambda said: listed(dict.fromkeys(said)))
    kept = ["village_code", "village_name", "township_code", "township_name"]
    return villages[[*kept, "reported_count", "due_count"]].assign(
        amount_yuan=amounts,
        open_count=counts,
        weight=_BASE_POINTS
        + points.astype(float)
        + _SIZE_POINTS * size
        + _SILENCE_POINTS * silence.astype(float),
        reasons=villages["village_code"].map(names).fillna(""),
    )
