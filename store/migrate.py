"""Is the database as this version of the code needs it? Numbered steps, run once."""

from pathlib import Path

import duckdb

_STEPS = Path(__file__).parent / "migrations"


def migrate(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Run the steps that this database has not seen.

    A step touches `core` or `ops`, never both, and is safe to run again: the note
    that it ran is a transaction of its own.

    Returns:
        The names of the steps that ran.
    """
    connection.execute("create schema if not exists ops")
    connection.execute(
        "create table if not exists ops.migration (name varchar primary key)"
    )
    seen = {
        row[0]
        for row in connection.execute("select name from ops.migration").fetchall()
    }
    ran = []
    for step in steps():
        if step.stem not in seen:
            run_step(connection, step)
            note_step(connection, step)
            ran.append(step.stem)
    return ran


def steps() -> list[Path]:
    """Return the files of all steps, in order."""
    return sorted(_STEPS.glob("*.sql"))


def run_step(connection: duckdb.DuckDBPyConnection, step: Path) -> None:
    """Run a step, all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.begin()
        cursor.execute(step.read_text(encoding="utf-8"))
        cursor.commit()


def note_step(connection: duckdb.DuckDBPyConnection, step: Path) -> None:
    """Note that a step ran."""
    connection.execute("insert into ops.migration values ($name)", {"name": step.stem})
