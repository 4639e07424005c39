"""What is being done when the process falls, and at which steps may it fall?

A work is a row of calls, each acknowledged once it has returned. One more is plugged
in by one more entry of `WORKS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from etl.accept import accept
from etl.rebuild import rebuild
from etl.review import annul
from office import meetings
from store import Store, migrate
from store.backup import back_up
from store.connect import DATABASE
from tests.drills.falling import Step
from tests.etl.statements.grids import JOINT, SHARES, with_cell
from tests.making import BY, Grid, ledger, load
from tests.office.acting import begun
from tests.office.convening import called
from tests.office.deciding import OFFICE, due, extend

AT = datetime(2018, 8, 1, 9)
LATER = datetime(2018, 11, 20, 9)
MORE = with_cell(JOINT, 3, 6, 99999.99)
Call = Callable[[Store], object]


@dataclass(frozen=True)
class Work:
    """A row of calls, and the steps at which the process falls on the way.

    `prepare` is done before to an installation with its ledgers, and `make_older` to
    its folder afterwards. Files may be sent again as a whole; what was decided may
    not, and goes on where it ended.
    """

    name: str
    calls: tuple[Call, ...]
    steps: tuple[Step, ...] = ()
    prepare: Call | None = None
    make_older: Callable[[Path], None] | None = None
    is_repeatable: bool = True


def _title(months: str) -> str:
    return f"林州市河顺镇2018年{months}村级集体经济收入台账"


def _quarter(store: Store) -> int:
    """Tell three months anew in one amount; their own step back for it."""
    grid = ledger([["河顺", 100, 7, 0]], title=_title("二季度"))
    return load(store, grid, AT, is_accepted=False)


def _months(store: Store) -> None:
    for month in (4, 5, 6):
        load(store, ledger([["河顺", month, 2, 3]], title=_title(f"{month}月")), AT)


def _waiting(store: Store) -> int:
    number = store.value(
        "select max(submission_no) from ops.submission where state = 'submitted'"
    )
    return int(number or 0)


def _accept(store: Store) -> None:
    number = _waiting(store)
    if number:
        accept(store, number, BY, AT)


def _sent(grid: Grid, at: datetime) -> Call:
    return lambda store: load(store, grid, at, is_accepted=False)


def _accepted(store: Store) -> None:
    for grid in (SHARES, JOINT, MORE):
        load(store, grid, AT)


def _annul_joint(store: Store) -> None:
    number = store.value(
        "select max(submission_no) from ops.submission "
        "where statement = 'joint_income' and state = 'accepted'"
    )
    if store.value("select count(*) from ops.submission where state = 'annulled'") == 0:
        annul(store, int(number), "错", BY, LATER)


def _rebuild(_store: Store) -> None:
    assert rebuild(lambda _line: None) == 0


def _freeze(store: Store) -> None:
    number = store.value("select max(meeting_no) from ops.meeting_step")
    meetings.freeze(store, OFFICE, int(number), LATER)


def _extend(store: Store) -> None:
    extend(store, "410581105", due(20), LATER)


def _back_up(store: Store) -> None:
    back_up(store, store.folder / "backups", AT)


def older(steps: int) -> Callable[[Path], None]:
    """Return what makes a database as the first migrations alone had made it."""

    def make(var: Path) -> None:
        new = var / "new.duckdb"
        (var / DATABASE).replace(new)
        connection = duckdb.connect(var / DATABASE)
        connection.execute("create schema ops")
        connection.execute("create table ops.migration (name varchar primary key)")
        for step in migrate.steps()[:steps]:
            connection.execute(step.read_text(encoding="utf-8"))
            connection.execute("insert into ops.migration values (?)", [step.stem])
        connection.execute(f"attach '{new}' as new (read_only)")
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name <> 'new' and table_name <> 'migration'"
        ).fetchall():
            columns = ", ".join(
                name
                for (name,) in connection.execute(
                    "select column_name from duckdb_columns() where schema_name = ? "
                    "and table_name = ? and database_name <> 'new'",
                    [schema, table],
                ).fetchall()
            )
            connection.execute(f"delete from {schema}.{table}")
            connection.execute(
                f"insert into {schema}.{table} ({columns}) "
                f"select {columns} from new.{schema}.{table}"
            )
        connection.close()
        new.unlink()

    return make


def _nothing(_store: Store) -> None:
    """Do nothing: the store is open, which was the work."""


def _migration(steps: int) -> Work:
    missing = len(migrate.steps()) - steps
    places: list[Step] = [
        ("store.migrate", name, call, when)
        for call in range(1, missing + 1)
        for name, when in (("run_step", "before"), ("run_step", "after"))
    ]
    places += [
        ("store.migrate", "note_step", missing, "after"),
        ("store.connect", "keep_texts", 1, "after"),
        ("store.connect", "keep_hashes", 1, "after"),
    ]
    return Work(
        f"migration from {steps}",
        (_nothing,),
        tuple(places),
        make_older=older(steps),
    )


_SENDING: tuple[Step, ...] = (
    ("store.submissions", "next_submission_no", 1, "after"),
    ("pathlib", "Path.replace", 1, "before"),
    ("store.vault", "Vault.keep", 1, "after"),
    ("pathlib", "Path.replace", 2, "before"),
    ("store.vault", "Vault.keep_rows", 1, "after"),
    ("store.submissions", "write_lines", 1, "after"),
    ("store.journal", "Journal.append", 1, "within"),
    ("store.journal", "Journal.append", 1, "after"),
    ("store.submissions", "note_submitted", 1, "after"),
    ("store.connect", "audit_journal", 1, "after"),
)
_PUBLISHING: tuple[Step, ...] = (
    ("store.publish", "_reserve", 1, "after"),
    ("store.publish", "pass_fence", 1, "after"),
    ("store.journal", "Journal.append", 1, "before"),
    ("store.journal", "Journal.append", 1, "within"),
    ("store.journal", "Journal.append", 1, "after"),
    ("store.publish", "settle", 1, "after"),
    ("store.connect", "audit_journal", 1, "after"),
)
WORKS = (
    Work("submission", (_quarter,), _SENDING),
    Work(
        "acceptance",
        (_accept,),
        (*_PUBLISHING, ("etl.accept", "write_submission", 1, "after")),
        prepare=_quarter,
    ),
    Work(
        "replacement",
        (_quarter, _accept),
        tuple(
            (module, name, 2, when)
            for module, name, _call, when in _PUBLISHING
            if module in ("store.journal", "store.connect")
        ),
    ),
    Work(
        "joint split",
        tuple(
            call
            for grid in (JOINT, SHARES, MORE)
            for call in (_sent(grid, AT), _accept)
        ),
        (
            ("etl.accept", "resplit", 1, "after"),
            ("etl.accept", "resplit", 2, "after"),
            ("etl.accept", "settle_overlaps", 2, "after"),
            ("store.publish", "settle", 2, "before"),
            ("store.publish", "settle", 3, "before"),
        ),
    ),
    Work(
        "annulment",
        (_annul_joint,),
        (("etl.annul", "follow", 1, "after"), *_PUBLISHING),
        prepare=_accepted,
    ),
    Work(
        "rebuild",
        (_rebuild,),
        (
            ("etl.rebuild", "replay", 1, "after"),
            ("store.connect", "carry_over", 1, "before"),
            ("store.connect", "carry_over", 1, "after"),
            ("os", "link", 1, "before"),
            ("os", "link", 1, "after"),
            ("pathlib", "Path.replace", 1, "before"),
            ("pathlib", "Path.replace", 1, "after"),
            ("store.salvage", "sync_folder", 1, "after"),
        ),
    ),
    Work(
        "decisions",
        (lambda s: called(s, LATER), _freeze, _extend, lambda s: begun(s, at=LATER)),
        (
            ("store.meetings", "_note_step", 1, "after"),
            ("office.meetings", "keep_frozen", 1, "after"),
            ("pathlib", "Path.replace", 2, "before"),
            ("pathlib", "Path.replace", 4, "after"),
            ("store.meetings", "_write_frozen", 1, "before"),
            ("store.meetings", "_write_frozen", 3, "after"),
            ("store.journal", "Journal.append", 1, "after"),
            ("store.journal", "Journal.append", 2, "within"),
            ("store.journal", "Journal.append", 2, "after"),
            ("store.journal", "Journal.append", 3, "within"),
            ("store.journal", "Journal.append", 3, "after"),
            ("store.journal", "Journal.append", 4, "after"),
            ("store.decisions", "note_of", 3, "after"),
            ("store.connect", "audit_journal", 2, "before"),
        ),
        is_repeatable=False,
    ),
    Work(
        "backup",
        (_back_up, _quarter, _back_up),
        (
            ("store.backup", "digests", 1, "before"),
            ("store.backup", "digests", 2, "after"),
            *(("store.archive", "Packer.add_file", n, "after") for n in (1, 2, 9)),
            ("store.archive", "Packer.close", 1, "before"),
            ("store.archive", "Packer.end", 1, "after"),
            ("store.archive", "Packer.end", 2, "before"),
            ("store.archive", "sync_folder", 1, "before"),
        ),
    ),
    *(_migration(steps) for steps in (5, 9, 12)),
)
# A second fall, while what the first left is mended.
MENDING: tuple[Step, ...] = (
    ("store.recover", "undo", 1, "after"),
    ("store.recover", "settle", 1, "before"),
    ("store.recover", "drop_unsent_lines", 1, "after"),
    ("store.recover", "note_of", 1, "after"),
    ("store.recover", "note_again", 1, "after"),
    ("store.recover", "audit_journal", 1, "before"),
)
