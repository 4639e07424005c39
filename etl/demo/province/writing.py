"""How do a county's rows and the province's papers come into the store, in bulk?

Rows are written straight into the tables, without the vault and the journal: no file is
behind them. Nothing shows before the last step sets the number in force.
"""

from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from base.catalogue import Catalogue
from etl.demo.province.facts import project_id
from etl.demo.province.kinds import Span, kind_rows
from etl.demo.province.places import PROVINCE, REAL_COUNTY
from etl.registry_rows import EVERY_VILLAGE, FOR_GOOD
from etl.sql import sql_of
from etl.tables.lines import NO_PROJECT
from store import Cursor, Store
from store.publish import OPEN, VERSIONED

_BY = "演示"
_RETURNED = "演示：数与去年同月相同，请核对后重报"


def clear_leftovers(cursor: Cursor) -> None:
    """Take out what a load that was broken off had written."""
    for table in VERSIONED:
        cursor.execute(
            f"delete from {table} "
            "where from_no > (select v.version_no from ops.version as v)"
        )
    cursor.execute(
        "delete from core.income where submission_no > "
        "(select c.last_no from ops.submission_counter as c)"
    )


def insert(cursor: Cursor, table: str, rows: pd.DataFrame | pa.Table) -> None:
    """Write rows into a table of `core`, by the names of their columns."""
    given = (
        rows
        if isinstance(rows, pa.Table)
        else pa.Table.from_pandas(rows, preserve_index=False)
    )
    columns = ", ".join(given.column_names)
    to_no = "" if "to_no" in given.column_names else ", to_no"
    cursor.register("rows_given", given)
    cursor.execute(
        f"insert into {table} ({columns}{to_no}) "
        f"select {columns}{', $open' if to_no else ''} from rows_given",
        {"open": OPEN} if to_no else {},
    )
    cursor.unregister("rows_given")


def given_once(cursor: Cursor, entries: Catalogue, spans: list[Span]) -> None:
    """Register what the lines of all counties are joined to."""
    cursor.register("kinds_given", kind_rows(entries))
    rows = [
        {"span_no": number, "period_start": span.start, "period_end": span.end}
        for number, span in enumerate(spans)
    ]
    cursor.register("spans_given", pa.Table.from_pylist(rows))


def write_lines(
    cursor: Cursor,
    villages: pd.DataFrame,
    columns: dict[str, npt.NDArray[np.int64]],
    papers: pd.DataFrame,
) -> None:
    """Write a county's lines as read, and the units that count.

    Args:
        cursor: of the transaction in `core`.
        villages: of the county, as `Places` has them.
        columns: as `amounts.stacked` returns them.
        papers: of the county, as `papers` returns them.
    """
    is_real = villages["county_code"] == REAL_COUNTY
    named = pd.DataFrame(
        {
            "village_no": range(len(villages)),
            "village_code": villages["village_code"].to_numpy(),
            "county_code": villages["county_code"].to_numpy(),
            "ledger_place_code": villages["township_code"]
            .where(is_real, villages["county_code"])
            .to_numpy(),
        }
    )
    projects = {-1: NO_PROJECT}
    projects |= {int(no): project_id(int(no)) for no in np.unique(columns["project"])}
    projects[-1] = NO_PROJECT
    places = np.searchsorted(sorted(projects), columns["project"])
    words = pa.array([projects[no] for no in sorted(projects)])
    given = pa.table(
        {
            **{name: pa.array(values) for name, values in columns.items()},
            "project_id": pa.DictionaryArray.from_arrays(pa.array(places), words),
        }
    )
    tables = {"lines_given": given, "villages_given": named, "papers_given": papers}
    for name, rows in tables.items():
        is_frame = isinstance(rows, pd.DataFrame)
        cursor.register(name, pa.Table.from_pandas(rows) if is_frame else rows)
    cursor.execute(sql_of("province_lines"))
    cursor.execute(sql_of("province_units"), {"for_good": FOR_GOOD, "open": OPEN})
    for name in tables:
        cursor.unregister(name)


def expected_rows(
    codes: list[str],
    plants: list[str],
    managers: dict[str, str],
    entries: Catalogue,
    solar_from: date,
    numbers: tuple[int, int, int],
) -> pd.DataFrame:
    """Return what a county's villages owe.

    Args:
        codes: of the villages.
        plants: of those with a solar plant.
        managers: the village that manages each joint project, by project.
        entries: the catalogue.
        solar_from: from when on plants report.
        numbers: from which on villages, plants and projects owe their papers.
    """
    of_all, of_plants, of_projects = numbers
    rows = []
    for statement_id, statement in entries.statements.items():
        owing: list[tuple[str, str, date, int]] = []
        if statement.owed_by == EVERY_VILLAGE:
            owing = [(one, NO_PROJECT, statement.owed_from, of_all) for one in codes]
        elif statement_id in ("energy", "settlement"):
            owing = [(one, NO_PROJECT, solar_from, of_plants) for one in plants]
        elif statement_id == "joint_income":
            owing = [
                (village, project, statement.owed_from, of_projects)
                for project, village in managers.items()
            ]
        rows += [
            {
                "village_code": village,
                "statement": statement_id,
                "project_id": project,
                "cadence": statement.cadence,
                "due_days": statement.due_days,
                "owed_from_date": since,
                "owed_to_date": FOR_GOOD,
                "from_no": from_no,
            }
            for village, project, since, from_no in owing
        ]
    return pd.DataFrame(rows)


def set_in_force(
    store: Store, papers: pd.DataFrame, entries: Catalogue, first_at: datetime
) -> None:
    """Write the papers and their numbers down, and set the last number in force.

    Args:
        store: where.
        papers: as `papers` returns them.
        entries: the catalogue.
        first_at: when the places themselves were published, under the number before
            the first paper's.
    """
    told = papers.assign(
        decided_by=papers["decided_at"].map(lambda at: None if pd.isna(at) else _BY),
        reason=np.where(papers["state"] == "returned", _RETURNED, ""),
    )
    with store.transaction() as cursor:
        cursor.register("papers_given", pa.Table.from_pandas(told))
        cursor.execute(
            sql_of("province_submissions"),
            {"catalogue": entries.fingerprint, "scope": PROVINCE},
        )
        cursor.execute(
            "insert into ops.acceptance "
            "select acceptance_no, 'acceptance', submission_no, $by, decided_at, "
            "decided_at, 'published' from papers_given where state = 'accepted' "
            "union all select min(acceptance_no) - 1, 'registry', null, $by, $at, $at, "
            "'published' from papers_given where state = 'accepted'",
            {"by": _BY, "at": first_at},
        )
        last = {
            "ops.version set version_no": int(papers["acceptance_no"].max()),
            "ops.submission_counter set last_no": int(papers["submission_no"].max()),
        }
        for what, number in last.items():
            cursor.execute(f"update {what} = $number", {"number": number})
        cursor.execute("update ops.activity set activity_no = activity_no + 1")
