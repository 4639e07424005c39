"""Do the numbered steps run once, touch one schema each, and keep `core` plain?"""

import re
from pathlib import Path

import duckdb
import pytest

from store import Store
from store.connect import DATABASE
from store.migrate import migrate

STEPS = sorted(
    (Path(__file__).resolve().parents[2] / "store" / "migrations").glob("*.sql")
)
SCHEMA = re.compile(r"\b(core|ops)\b")
# What a lake refuses: keys, uniqueness, checks, defaults, and types of its own.
REFUSED = ("constraint", "default", "not null", "index", "type", "sequence")


def schemas_in(sql: str) -> set[str]:
    """Return the schemas that the statements of a step name."""
    return {
        name
        for statement in duckdb.extract_statements(sql)
        for name in SCHEMA.findall(re.sub(r"--[^\n]*", "", statement.query))
    }


def refused_in_core(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return what `core` has that a lake would refuse."""
    found = connection.execute(
        """
        select 'constraint' from duckdb_constraints() where schema_name = 'core'
        union all
        select 'default' from duckdb_columns()
        where schema_name = 'core' and column_default is not null
        union all
        select 'not null' from duckdb_columns()
        where schema_name = 'core' and not is_nullable
        union all
        select 'index' from duckdb_indexes() where schema_name = 'core'
        union all
        select 'type' from duckdb_columns()
        where schema_name = 'core' and regexp_matches(data_type, 'ENUM|STRUCT|MAP')
        union all
        select 'sequence' from duckdb_sequences() where schema_name = 'core'
        """
    ).fetchall()
    return {kind for (kind,) in found}


@pytest.mark.parametrize("step", STEPS, ids=lambda path: path.stem)
def test_a_step_touches_one_schema(step: Path) -> None:
    assert len(schemas_in(step.read_text(encoding="utf-8"))) == 1


def test_a_step_that_touches_both_is_found() -> None:
    sql = "create table core.x (a int); -- ops\ninsert into ops.y select a from core.x"
    assert schemas_in(sql) == {"core", "ops"}


def test_steps_run_once_and_again_change_nothing() -> None:
    connection = duckdb.connect()
    assert migrate(connection) == [step.stem for step in STEPS]
    assert migrate(connection) == []
    connection.execute("update ops.version set version_no = 7")
    connection.execute("update core.fence set last_no = 7")
    # as after a fall between a step and the note that it ran
    connection.execute("delete from ops.migration")
    assert migrate(connection) == [step.stem for step in STEPS]
    one_row = "select (select version_no from ops.version), (select last_no from {})"
    assert connection.execute(one_row.format("core.fence")).fetchall() == [(7, 7)]


def test_core_has_nothing_that_a_lake_refuses() -> None:
    connection = duckdb.connect()
    migrate(connection)
    assert refused_in_core(connection) == set()


def test_what_a_lake_refuses_is_found() -> None:
    connection = duckdb.connect()
    connection.execute(
        """
        create schema core;
        create sequence core.numbers;
        create table core.bad (
            a int primary key, b int default 1, c struct(d int), check (a > b)
        );
        create index by_b on core.bad (b);
        """
    )
    assert refused_in_core(connection) == set(REFUSED)


def test_a_new_installation_ran_all_steps(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ran = store.frame("select name from ops.migration order by name", {})["name"]
    assert ran.tolist() == [step.stem for step in STEPS]
    assert store.path == tmp_path / DATABASE
    store.close()
