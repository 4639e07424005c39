"""How do those who answer for villages stand: townships, departments, secretaries?

Every figure is a sum over the places that somebody holds, so that each opens to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

import queries
from base.assessment import assessment
from base.catalogue import Target, catalogue
from base.formats import listed, owner_of
from base.viewer import Viewer
from office.completeness import completeness
from office.ranking import band_of, ranks
from queries import Moment
from queries.actions_asked import ask_actions
from store import Store

TOWNSHIP, DEPARTMENT, SECRETARY = "township", "department", "secretary"
KINDS = (TOWNSHIP, DEPARTMENT, SECRETARY)
_DUTIES = {DEPARTMENT: "department", SECRETARY: "first_secretary"}
# What is counted of each place; a place may count for several who share it.
COUNTED = (
    *("is_village", "is_listed", "is_cleared", "is_remaining", "is_newly"),
    *("is_fallen", "is_poor", "is_poor_listed", "is_poor_cleared"),
    *("is_inventory_done", "has_secretary", "duties_required", "duties_filled"),
    *("papers_due", "papers_filled", "papers_on_time", "own_due", "own_on_time"),
    *("undone", "overdue", "actions_judged", "actions_on_time"),
)
_OWN_SENDERS = ("village", "township")


@dataclass(frozen=True)
class Held:
    """The places of a viewer with all that is counted of them, and who holds each.

    `places` has one row per village, and one per township that has actions of its own:
    place_code, village_code (empty for a township), names, standing, amount_yuan,
    gap_yuan, solar_yuan, department, secretary, and `COUNTED`. `members` has one row
    per kind, unit_id and place_code, with unit_name.
    """

    places: pd.DataFrame
    members: pd.DataFrame

    def of_poor_villages(self) -> "Held":
        """Return the poor villages alone."""
        poor = self.places["is_poor"] == 1
        return Held(self.places[poor].reset_index(drop=True), self.members)

    def of_unit(self, kind: str, unit_id: str) -> pd.DataFrame:
        """Return the places that somebody holds; all places where none is named."""
        if not unit_id:
            return self.places
        own = self.members[
            (self.members["kind"] == kind) & (self.members["unit_id"] == unit_id)
        ]
        return self.places[self.places["place_code"].isin(own["place_code"])]


def held(store: Store, viewer: Viewer, moment: Moment, target: Target) -> Held:
    """Return the places of a viewer, counted, and who holds them.

    Args:
        store: where.
        viewer: who asks.
        moment: as of when.
        target: by which the standing of a village is told.
    """
    when = (moment.version_no, moment.as_of)
    bearers, facts = (
        queries.run(name, viewer, store, version_no=when[0], as_of_date=when[1])
        for name in ("duties/bearers", "duties/facts")
    )
    villages = _standings(store, viewer, moment, target)
    villages = villages.merge(facts, on="village_code", how="left")
    villages = _with_duties(villages, bearers)
    villages = _with_papers(villages, store, viewer, moment)
    villages["place_code"] = villages["village_code"]
    actions = ask_actions("actions/by_place", store, viewer, moment)
    places = _with_actions(villages, actions)
    return Held(places, _members(places, bearers))


def _standings(
    store: Store, viewer: Viewer, moment: Moment, target: Target
) -> pd.DataFrame:
    earlier = queries.before(store, viewer, moment)
    found = queries.ask(
        "progress/villages",
        target,
        viewer,
        store,
        moment,
        [(moment.as_of, moment.version_no), earlier],
        before_date=earlier[0],
    )
    is_cleared = found["standing"] == "cleared"
    is_remaining = found["standing"] == "remaining"
    was = found["standing_before"]
    kept = ["village_code", "village_name", "township_code", "township_name"]
    kept += ["standing", "gap_yuan"]
    # the target's answer tells the amounts of those below the line alone
    told = queries.run(
        "progress/measures",
        viewer,
        store,
        version_no=moment.version_no,
        as_of_date=moment.as_of,
    )
    own = told["measure_id"] == (target.measure or catalogue().headline().measure)
    amounts = told[own].set_index("village_code")["income_yuan"]
    return found[kept].assign(
        amount_yuan=found["village_code"].map(amounts),
        is_village=1,
        is_listed=(is_cleared | is_remaining).astype(int),
        is_cleared=is_cleared.astype(int),
        is_remaining=is_remaining.astype(int),
        is_newly=(is_cleared & (was == "remaining")).astype(int),
        is_fallen=(is_remaining & (was == "cleared")).astype(int),
    )


def _with_duties(villages: pd.DataFrame, bearers: pd.DataFrame) -> pd.DataFrame:
    required = [i for i, duty in catalogue().duties.items() if duty.is_required]
    codes = villages["village_code"]
    borne = bearers[bearers["duty_id"].isin(required)]
    filled = borne.groupby("village_code")["duty_id"].nunique()
    # nobody has said that the village is poor, or that it is not: it is not counted
    is_poor = villages["is_poor"].fillna(False).astype(bool)
    secretaries = _bearing(bearers, SECRETARY)
    departments = _names_by_village(bearers, DEPARTMENT)
    named = _names_by_village(bearers, SECRETARY)
    return villages.assign(
        department=[listed(departments.get(code, [])) for code in codes],
        secretary=[listed(named.get(code, [])) for code in codes],
        is_poor=is_poor.astype(int),
        is_poor_listed=(is_poor & (villages["is_listed"] == 1)).astype(int),
        is_poor_cleared=(is_poor & (villages["is_cleared"] == 1)).astype(int),
        is_inventory_done=villages["is_inventory_done"].astype(int),
        has_secretary=codes.isin(secretaries["village_code"]).astype(int),
        duties_required=len(required),
        duties_filled=codes.map(filled).fillna(0).astype(int),
    )


def _with_papers(
    villages: pd.DataFrame, store: Store, viewer: Viewer, moment: Moment
) -> pd.DataFrame:
    """Add the papers that villages and townships send, and those of the village."""
    entries = catalogue().statements
    sets = (
        (_OWN_SENDERS, ("papers_due", "papers_filled", "papers_on_time")),
        (("village",), ("own_due", "own_filled", "own_on_time")),
    )
    for senders, names in sets:
        wanted = [i for i, one in entries.items() if one.sender in senders]
        told = completeness(store, viewer, moment, None, wanted).villages
        told = told.set_index("village_code")
        for name, column in zip(
            names, ("due_count", "filled_count", "on_time_count"), strict=True
        ):
            # a village that owes nothing has no row: nothing of it is due
            counts = villages["village_code"].map(told[column]).fillna(0)
            villages[name] = counts.astype(int)
    return villages


def _with_actions(villages: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Add the actions of each village, and a row for each township with its own."""
    counts = actions.rename(
        columns={
            "undone_count": "undone",
            "overdue_count": "overdue",
            "judged_count": "actions_judged",
            "on_time_count": "actions_on_time",
        }
    )
    names = villages.drop_duplicates("township_code").set_index("township_code")
    wide = counts[counts["place_code"].isin(names.index)]
    townships = pd.DataFrame(
        {
            "place_code": wide["place_code"],
            "township_code": wide["place_code"],
            "township_name": wide["place_code"].map(names["township_name"]),
        }
    )
    places = pd.concat([villages, townships], ignore_index=True)
    places = places.merge(counts, on="place_code", how="left")
    # a place without actions has none; a township is no village and counts as none
    places[list(COUNTED)] = places[list(COUNTED)].fillna(0).astype(int)
    texts = ["village_code", "village_name", "department", "secretary"]
    places[texts] = places[texts].fillna("")
    return places


def _names_by_village(bearers: pd.DataFrame, kind: str) -> dict[str, list[str]]:
    borne = _bearing(bearers, kind)
    found: dict[str, list[str]] = {}
    for code, name in zip(borne["village_code"], borne["unit_name"], strict=True):
        found.setdefault(str(code), []).append(str(name))
    return found


def _bearing(bearers: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return who bears the duty of a kind: village_code, unit_id, unit_name."""
    borne = bearers[bearers["duty_id"] == _DUTIES[kind]]
    pairs = list(zip(borne["holder_name"], borne["organisation_name"], strict=True))
    if kind == DEPARTMENT:
        # who of the department looks after a village makes no department of its own
        names = [organisation or holder for holder, organisation in pairs]
        ids = names
    else:
        names = [owner_of(holder, organisation) for holder, organisation in pairs]
        ids = [f"{holder}|{organisation}" for holder, organisation in pairs]
    return pd.DataFrame(
        {
            "village_code": list(borne["village_code"]),
            "unit_id": ids,
            "unit_name": names,
        }
    ).drop_duplicates()


def _members(places: pd.DataFrame, bearers: pd.DataFrame) -> pd.DataFrame:
    townships = pd.DataFrame(
        {
            "kind": TOWNSHIP,
            "place_code": places["place_code"],
            "unit_id": places["township_code"],
            "unit_name": places["township_name"],
        }
    )
    others = [
        _bearing(bearers, kind)
        .rename(columns={"village_code": "place_code"})
        .assign(kind=kind)
        for kind in (DEPARTMENT, SECRETARY)
    ]
    return pd.concat([townships, *others], ignore_index=True)


def units(whole: Held, kind: str, as_of: date) -> pd.DataFrame:
    """Return how each township, department or first secretary stands.

    Args:
        whole: the places and who holds them.
        kind: one of `KINDS`.
        as_of: the day; how far the year is decides what green takes.

    Returns:
        One row per unit_id: unit_name, `COUNTED`, solar_yuan (missing where no paper
        tells of any), level and improvement (shares of the villages on the list),
        papers_share, level_rank and improvement_rank (missing where it is not
        ranked), is_ranked and band. In the order of level_rank.
    """
    found = summed(whole, kind)
    levels = _shares(found["is_cleared"], found["is_listed"])
    steps = _shares(found["is_newly"] - found["is_fallen"], found["is_listed"])
    papers = _shares(found["papers_filled"], found["papers_due"])
    is_ranked = [int(n) >= assessment().fewest_villages for n in found["is_listed"]]
    found = found.assign(
        level=_floats(levels),
        improvement=_floats(steps),
        papers_share=_floats(papers),
        is_ranked=is_ranked,
        level_rank=ranks(levels, is_ranked),
        improvement_rank=ranks(steps, is_ranked),
        band=[
            band_of(level, share, int(row.overdue), int(row.is_fallen), as_of)
            for level, share, row in zip(
                levels, papers, found.itertuples(), strict=True
            )
        ],
    )
    return found.sort_values(
        ["level_rank", "level", "unit_name"],
        ascending=[True, False, True],
        na_position="last",
        ignore_index=True,
    )


def summed(whole: Held, kind: str) -> pd.DataFrame:
    """Return the sums over the places of each township, department or secretary.

    Args:
        whole: the places and who holds them.
        kind: one of `KINDS`.

    Returns:
        One row per unit_id that holds a village: unit_name, `COUNTED`, solar_yuan.
    """
    members = whole.members[whole.members["kind"] == kind]
    places = whole.places[["place_code", "solar_yuan", *COUNTED]]
    joined = members.merge(places, on="place_code")
    grouped = joined.groupby(["unit_id", "unit_name"], sort=True)
    found = grouped[list(COUNTED)].sum()
    found["solar_yuan"] = grouped["solar_yuan"].agg(_sum)
    # a township all of whose rows are its own actions holds no village
    return found[found["is_village"] > 0].reset_index()


def _sum(amounts: "pd.Series[object]") -> object:
    told = amounts.dropna()
    return sum(told[1:], told.iloc[0]) if len(told) else None


def _shares(parts: "pd.Series[int]", wholes: "pd.Series[int]") -> list[Fraction | None]:
    return [
        Fraction(int(part), int(whole)) if whole else None
        for part, whole in zip(parts, wholes, strict=True)
    ]


def _floats(shares: Sequence[Fraction | None]) -> "pd.Series[float]":
    values = [None if one is None else float(one) for one in shares]
    return pd.Series(values, dtype="float64")
