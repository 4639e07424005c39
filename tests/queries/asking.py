"""How do tests of the queries fill a store, and ask it of any day and any number?"""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pandas as pd
import pyarrow as pa

import queries
from base.catalogue import Target, catalogue
from base.month import last_day
from base.place import Scope
from base.viewer import Viewer
from etl.accept import accept
from etl.facts import fact_tables
from etl.published import publish_table
from etl.registry import Registry
from etl.registry_rows import registry_rows
from etl.tables.lines import NO_PROJECT, SCHEMA
from queries import Moment, Progress, version_at
from store import Store
from store.decisions import decide
from store.submissions import write_down
from tests.making import BY, NOW, load

# 河顺, 柳泉, 东里 and 上坡 of 河顺镇.
HESHUN, LIUQUAN, DONGLI, SHANGPO = (f"41058110520{digit}" for digit in range(4))
TOWNSHIP = "410581105"
TARGET = catalogue().headline()
HEADINGS = ["村代码", "月份", "收入来源", "实收（元）", "应收（元）"]
BEGINNING = datetime(2016, 1, 1, 8)
# A line of a list: village, period, source, received and, where it is said, due.
Line = tuple[str, str, str, Any] | tuple[str, str, str, Any, Any]
_papers = count()


def viewer_of(*codes: str) -> Viewer:
    """Return a viewer of some places."""
    return Viewer("测试", "leader", Scope.of(codes))


def give(
    store: Store, *lines: Line, at: datetime = NOW, is_accepted: bool = True
) -> int:
    """Send a list of amounts in; accept it or let it wait. Return its number."""
    rows = [[*line, ""][: len(HEADINGS)] for line in lines]
    # The same bytes would be the same paper, so each has a number of its own.
    paper = [[f"明细 No.{next(_papers)}"], HEADINGS, *rows]
    number = load(store, paper, at=at, is_accepted=is_accepted)
    state = store.value(
        "select state from ops.submission where submission_no = $no", {"no": number}
    )
    assert state == ("accepted" if is_accepted else "submitted"), "errors in the file"
    return number


def publish_registry(store: Store, places: Registry, at: datetime) -> None:
    """Put another registry in force."""
    rows = registry_rows(places, catalogue())
    content = f"{at} {len(places.villages)}".encode()
    number = publish_table(
        store, "registry", content, "villages.csv", rows, catalogue(), BY, at
    )
    assert number is not None


def send_back(store: Store, submission_no: int, at: datetime) -> None:
    """Mark a submission as returned, as its reviewer would."""
    with store.transaction() as cursor:
        cursor.execute(
            "update ops.submission set state = 'returned', decided_at = $at, "
            "decided_by = '镇' where submission_no = $no",
            {"at": at, "no": submission_no},
        )


def settle(store: Store, submission_no: int, state: str, at: datetime = NOW) -> None:
    """Write down what was decided on a submission, as its reviewer would."""
    entry = {"kind": state, "submission_no": submission_no, "reason": "数不对"}
    decide(store, {**entry, **BY.signed()}, at)


def window(
    store: Store,
    place_code: str,
    due_date: date | None,
    is_locked: bool = False,
    at: datetime = BEGINNING,
    period_end: date = date(2018, 3, 31),
) -> None:
    """Write down what was decided on a month, March 2018 if no other is named."""
    entry = {
        "kind": "window",
        "period_end": period_end,
        "place_code": place_code,
        "due_date": due_date,
        "is_locked": is_locked,
        "reason": "汛期",
    }
    decide(store, {**entry, **BY.signed()}, at)


def act(store: Store, place_code: str, at: datetime = NOW, **said: Any) -> int:
    """Write the first step of an action down; return its number."""
    entry = {
        "kind": "action",
        "action_no": None,
        "place_code": place_code,
        "what": "催收",
        "owner_name": "",
        "owner_organisation": "市水利局",
        "due_date": date(2018, 11, 1),
        "state": "open",
        "target_id": TARGET.id,
        "origin": "",
        "note": "",
        "sha256": "",
        "file_name": "",
        "media_type": "",
        "was_cleared": None,
        "judged_date": None,
        **said,
    }
    decide(store, {**entry, **BY.signed()}, at)
    return store.journal.length


def moment(
    store: Store, as_of: date, known_at: datetime = NOW, viewer: Viewer | None = None
) -> Moment:
    """Return the moment of a day as known at a time."""
    number = version_at(store, viewer or viewer_of("410581"), known_at)
    return Moment(as_of, number, known_at)


def end_of(month: int, year: int = 2018) -> date:
    """Return the last day of a month."""
    return last_day(date(year, month, 1))


def months(first: int, last: int, year: int = 2018) -> list[str]:
    """Return how a list writes the months of a year."""
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


def progress(
    store: Store,
    as_of: date,
    known_at: datetime = NOW,
    viewer: Viewer | None = None,
) -> Progress:
    """Ask for the counts of the headline target."""
    viewer = viewer or viewer_of(TOWNSHIP)
    return queries.progress(TARGET, viewer, store, moment(store, as_of, known_at))


def counts(found: Progress) -> tuple[int, int, int]:
    """Return villages, remaining and cleared."""
    return found.villages, found.remaining, found.cleared


def villages(
    store: Store,
    as_of: date,
    known_at: datetime = NOW,
    viewer: Viewer | None = None,
    has_before: bool = False,
) -> pd.DataFrame:
    """Ask where each village stands, by its code; before as well where wanted."""
    viewer = viewer or viewer_of(TOWNSHIP)
    when = moment(store, as_of, known_at)
    days = [(when.as_of, when.version_no)]
    earlier = None
    if has_before:
        earlier = queries.before(store, viewer, when)
        days.append(earlier)
    found = queries.ask(
        "progress/villages",
        TARGET,
        viewer,
        store,
        when,
        days,
        before_date=earlier[0] if earlier else None,
    )
    assert found["village_code"].is_unique
    return found.set_index("village_code")


def question(
    name: str, store: Store, viewer: Viewer, when: Moment, **params: Any
) -> pd.DataFrame:
    """Ask a question that builds on no target."""
    return queries.run(
        name,
        viewer,
        store,
        version_no=when.version_no,
        as_of_date=when.as_of,
        today=when.today,
        known_at=when.known_at,
        **params,
    )


def row(
    village_code: str,
    start: date,
    end: date,
    source_id: str = "solar",
    received: str | int | None = None,
    due: str | int | None = None,
    **said: Any,
) -> dict[str, Any]:
    """Return a line as a reader of papers would; of a ledger where nothing is said."""
    source = catalogue().sources.get(source_id)
    return {
        "village_code": village_code,
        "source_id": source_id,
        "statement": "ledger",
        "project_id": NO_PROJECT,
        "line_kind": "income",
        "file_line": 4,
        "period_start": start,
        "period_end": end,
        "category": source.category if source else "",
        "item_id": "",
        "amount_due_yuan": None if due is None else Decimal(due),
        "amount_received_yuan": None if received is None else Decimal(received),
        "quantity": None,
        "quantity_unit": None,
        "is_one_off": source.is_one_off if source else False,
        "sheet": "Sheet1",
        "cell": "C4",
        **said,
    }


def tell(
    store: Store, *rows: dict[str, Any], at: datetime = NOW, **facts: list[dict]
) -> int:
    """Send a paper in that is no ledger, and accept it; return the published number.

    Args:
        store: where.
        rows: its lines, of `row`.
        at: when it comes and is accepted.
        facts: what it tells besides, by kind; columns left out are not stated.
    """
    paper = next(_papers)
    entry = {
        "statement": rows[0]["statement"] if rows else next(iter(facts)),
        "answers": "{}",
        "file_name": f"{paper}.xlsx",
        **BY.signed(),
        "catalogue": catalogue().fingerprint,
        "rows_accepted": len(rows),
        "rows_rejected": 0,
    }
    traced = {
        kind: [{"sheet": "Sheet1", "cell": f"A{n}", **fact} for n, fact in told]
        for kind, told in ((k, enumerate(rows, 4)) for k, rows in facts.items())
    }
    lines = pa.Table.from_pylist(list(rows), schema=SCHEMA)
    number = write_down(
        store, entry, f"paper {paper}".encode(), lines, at, fact_tables(traced)
    )
    return accept(store, number, BY, at)


def share(project_id: str, day: date, shares: dict[str, str]) -> list[dict[str, Any]]:
    """Return the facts of a table of shares: per cent by village."""
    return [
        {
            "project_id": project_id,
            "valid_from_date": day,
            "village_code": code,
            "share_pct": Decimal(per_cent),
        }
        for code, per_cent in shares.items()
    ]


def joint(
    project_id: str, start: date, end: date, received: int | None, **said: Any
) -> dict[str, Any]:
    """Return the line of a joint project's whole income; 河顺 manages it."""
    said = {"village_code": HESHUN, "source_id": "joint_base", **said}
    return row(
        start=start,
        end=end,
        received=received,
        statement="joint_income",
        line_kind="project",
        project_id=project_id,
        **said,
    )


def ask_of(
    target: Target,
    store: Store,
    as_of: date,
    known_at: datetime = NOW,
    viewer: Viewer | None = None,
) -> pd.DataFrame:
    """Ask where each village stands by a target, by its code."""
    when = moment(store, as_of, known_at)
    found = queries.ask(
        "progress/villages",
        target,
        viewer or viewer_of(TOWNSHIP),
        store,
        when,
        [(when.as_of, when.version_no)],
        before_date=None,
    )
    assert found["village_code"].is_unique
    return found.set_index("village_code")
