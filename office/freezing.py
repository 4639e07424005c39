"""Which figures does a meeting stand on? All of them, as accepted by one moment."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

import queries
from base.catalogue import Target, catalogue
from base.place import LENGTHS, NATION, Scope
from base.viewer import Viewer
from queries import Moment
from queries.actions_asked import ask_actions
from queries.forecast import outlook
from store import Store
from store.meetings import FROZEN
from store.publish import OPEN

_TOWNSHIP = LENGTHS["township"]
# More places than these are no narrower than the whole.
_MOST_PLACES = 200


def frozen_tables(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    previous: "pd.Series[Any] | None" = None,
) -> dict[str, pa.Table]:
    """Return all figures of a place, by the tables of `store.meetings.FROZEN`.

    Args:
        store: where.
        viewer: who sees all of the meeting's place, and nothing else.
        moment: as of when, as known when.
        previous: the meeting before, as `queries/meetings/list.sql` tells it; what has
            changed is told against its figures; without it, the month before.
    """
    found: dict[str, list[pd.DataFrame]] = {kind: [] for kind in FROZEN}
    where = None if previous is None else where_changed(store, viewer, previous)
    for entry in catalogue().targets:
        told = _of_target(store, viewer, moment, entry, previous, where)
        for kind, frame in told.items():
            found[kind].append(frame)
    found["source"].append(
        queries.run(
            "meetings/source_sums",
            viewer,
            store,
            version_no=moment.version_no,
            as_of_date=moment.as_of,
        )
    )
    found["action"].append(_actions(store, viewer, moment, previous))
    return {kind: _table(kind, frames) for kind, frames in found.items()}


def _of_target(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    entry: Target,
    previous: "pd.Series[Any] | None",
    where: Viewer | None,
) -> dict[str, pd.DataFrame]:
    """Return what is frozen of one target."""
    target = entry.on(moment.as_of)
    villages = _villages(store, viewer, moment, target, previous is None)
    told: dict[str, pd.DataFrame] = {}
    if previous is not None:
        villages = _against(store, viewer, moment, villages, target, previous)
        told["restated"] = later_figures(store, viewer, moment, entry, previous, where)
    whole, path = _whole(store, viewer, moment, entry)
    villages = villages.assign(target_id=target.id)
    return {**told, "village": villages, "target": whole, "path": path}


def later_figures(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    target: Target,
    meeting: "pd.Series[Any]",
    where: Viewer | None = None,
) -> pd.DataFrame:
    """Return which frozen figures of a meeting would be others as known by a moment.

    The day and the yardstick are the meeting's own; only the knowledge is later.

    Args:
        store: where.
        viewer: who asks.
        moment: by whose number it is read.
        target: of which target.
        meeting: the frozen one, as `queries/meetings/list.sql` tells it.
        where: as `where_changed` returns it, where that is known already.
    """
    then = Moment(meeting.as_of_date, moment.version_no, moment.known_at)
    found = queries.ask(
        "meetings/later",
        target,
        where or where_changed(store, viewer, meeting),
        store,
        then,
        [(then.as_of, then.version_no)],
        meeting_no=int(meeting.meeting_no),
        target_id=target.id,
        # a target that counts no money is told beside the headline's
        money_categories=_categories(target.on(then.as_of)),
    )
    return found.assign(target_id=target.id)


def where_changed(store: Store, viewer: Viewer, meeting: "pd.Series[Any]") -> Viewer:
    """Return a viewer narrowed to where anything changed since a freeze.

    Most of a province is as it was; only the rest has to be worked out again.
    """
    touched = queries.run(
        "meetings/touched",
        viewer,
        store,
        version_no=int(meeting.version_no),
        as_of_date=meeting.as_of_date,
        open_no=OPEN,
    )["township_code"]
    if len(touched) > _MOST_PLACES:
        return viewer
    inside = [code for code in touched if viewer.scope.holds(code)]
    own = [code for code in viewer.scope if code[:_TOWNSHIP] in set(touched)]
    return replace(viewer, scope=Scope.of([*inside, *own]))


def _measure_id(target: Target) -> str:
    """Return by which measure a village's money is told; the headline's where none."""
    return target.measure or catalogue().headline().measure or ""


def _categories(target: Target) -> list[str]:
    return list(catalogue().measures[_measure_id(target)].plus)


def _villages(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    target: Target,
    has_before: bool,
) -> pd.DataFrame:
    """Return where each village stands; without a meeting before, and a month ago."""
    now = (moment.as_of, moment.version_no)
    earlier = queries.before(store, viewer, moment)
    found = queries.ask(
        "meetings/standings",
        target,
        viewer,
        store,
        moment,
        [now, earlier] if has_before else [now],
        before_date=earlier[0] if has_before else None,
    )
    # the target's answer tells the amounts of those below the line alone
    when: dict[str, Any] = {
        "version_no": moment.version_no,
        "as_of_date": moment.as_of,
    }
    amounts = queries.run(
        "meetings/amounts", viewer, store, **when, money_categories=_categories(target)
    )
    reported = queries.run(
        "meetings/reported",
        viewer,
        store,
        **when,
        today=moment.today,
        known_at=moment.known_at,
        statements=list(target.statements),
    )
    found = found.merge(
        amounts.rename(columns={"income_yuan": "amount_yuan"}),
        on="village_code",
        how="left",
    ).merge(reported, on="village_code", how="left")
    # a village that owes nothing yet has no row, and nothing of it is due
    usual = {"worst_state": "not_due", "due_count": 0, "reported_count": 0}
    return found.fillna(usual).assign(
        standing_last=found["standing_before"],
        amount_last_yuan=None,
        worst_state_last=None,
    )


def _against(
    store: Store,
    viewer: Viewer,
    moment: Moment,
    villages: pd.DataFrame,
    target: Target,
    previous: "pd.Series[Any]",
) -> pd.DataFrame:
    """Return villages beside what the meeting before was frozen with."""
    last = queries.run(
        "meetings/villages",
        viewer,
        store,
        meeting_no=int(previous.meeting_no),
        target_id=target.id,
    )
    before = pd.DataFrame(
        {
            "village_code": last["village_code"],
            "standing_last": last["standing"],
            "amount_last_yuan": last["amount_yuan"],
            "worst_state_last": last["worst_state"],
        }
    )
    if previous.as_of_date.year != moment.as_of.year:
        # amounts and papers begin anew with the year
        before = before.assign(amount_last_yuan=None, worst_state_last=None)
    names = [name for name in before if name != "village_code"]
    return villages.drop(columns=names).merge(before, on="village_code", how="left")


def _whole(
    store: Store, viewer: Viewer, moment: Moment, entry: Target
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what a target counts and how far the whole is, and the way there."""
    target = entry.on(moment.as_of)
    # the way through the year is drawn for the headline alone
    progress = queries.progress(
        entry, viewer, store, moment, has_way=target.is_headline
    )
    place = viewer.scope.common.removeprefix(NATION)
    path = progress.plan.merge(progress.path, on="as_of_date", how="outer")
    due = progress.plan[progress.plan["as_of_date"] <= moment.as_of]["planned"]
    row: dict[str, Any] = {
        "target_id": target.id,
        "place_code": place,
        "target_name": target.name,
        "definition": target.definition,
        "measure_id": _measure_id(target),
        "measure_name": catalogue().measures[_measure_id(target)].name,
        "threshold_yuan": target.threshold_yuan,
        "deadline_date": target.deadline_in(moment.as_of.year),
        "is_confirmed": target.confirmed,
        "is_headline": target.is_headline,
        "evidence": target.evidence,
        "planned": int(due.iloc[-1]) if len(due) else None,
        "pace_share": _rounded(progress.pace.share),
        "pace_state": progress.pace.state,
        "likely_count": None,
        "likely_low": None,
        "likely_high": None,
    }
    if target.is_headline and target.measure and target.threshold_yuan:
        likely = outlook(entry, viewer, store, moment).remaining
        if likely is not None:
            row |= {
                "likely_count": round(likely.mean),
                "likely_low": likely.low,
                "likely_high": likely.high,
            }
    return pd.DataFrame([row]), path.assign(target_id=target.id, place_code=place)


def _rounded(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(Decimal("0.0001"))


def _actions(
    store: Store, viewer: Viewer, moment: Moment, previous: "pd.Series[Any] | None"
) -> pd.DataFrame:
    found = ask_actions("actions/list", store, viewer, moment)
    if previous is None:
        return found.assign(state_last=None)
    last = queries.run(
        "meetings/actions", viewer, store, meeting_no=int(previous.meeting_no)
    ).set_index("action_no")
    return found.assign(state_last=found["action_no"].map(last["state"]))


def _table(kind: str, frames: list[pd.DataFrame]) -> pa.Table:
    schema = FROZEN[kind]
    tables = [
        pa.Table.from_pandas(
            _whole_numbers(frame, schema), schema, preserve_index=False
        )
        for frame in frames
        if len(frame)
    ]
    return pa.concat_tables(tables) if tables else schema.empty_table()


def _whole_numbers(frame: pd.DataFrame, schema: pa.Schema) -> pd.DataFrame:
    """Return the columns of a schema; counts that miss some values are whole again."""
    counts = [field.name for field in schema if pa.types.is_integer(field.type)]
    shown = frame[schema.names].copy()
    for name in schema.names:
        # a column without a value says nothing of its kind
        if shown[name].isna().all():
            shown[name] = None
    for name in counts:
        shown[name] = shown[name].astype("Int64")
    return shown
