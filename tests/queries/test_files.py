"""Do the files of the queries keep their form, and is all of their SQL understood?"""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from etl.joint import PART_SCHEMA
from etl.tables.lines import SCHEMA
from queries.statement import text_of
from store import Store
from tests.queries.asking import TARGET

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries"
NAMES = sorted(
    path.relative_to(QUERIES).with_suffix("").as_posix()
    for path in QUERIES.rglob("*.sql")
)
WRITES = sorted((ROOT / "etl" / "sql").glob("*.sql"))
# Read in a room on the floor of the queries.
READS = sorted((ROOT / "accounts" / "sql").glob("*.sql"))
PARTS = {path.stem for path in (QUERIES / "parts").glob("*.sql")} | {"answer"}
COMMENT = re.compile(r"--[^\n]*")
FORMATTED = re.compile(r"[{}%?]|:\w|(?<!\$)\$\d")
_NEAR = 4
_DIRECTION = r"(?: (?:asc|desc)(?: nulls last)?)?"
ORDERED = re.compile(rf"\border by\s+[\w.]+{_DIRECTION}(?:,\s+[\w.]+[ \w]*)*$")


def head_of(text: str) -> dict[str, str]:
    """Return what a head says, by its keys; its first line is the question.

    An indented line carries on with the one before.
    """
    joined = text.replace("\n--   ", " ")
    lines = [line[3:] for line in joined.split("\n") if line.startswith("-- ")]
    said = {"question": lines[0]} if lines else {}
    for line in lines[1:]:
        key, _colon, value = line.partition(": ")
        said.setdefault(key, value)
    return said


def listed(said: str) -> set[str]:
    return set(said.split(", ")) if said else set()


def faults(text: str, is_step: bool = False) -> list[str]:
    """Return what is wrong with a file; a step is built on by others."""
    head = head_of(text)
    body = COMMENT.sub("", text).strip()
    last = body.rpartition("\n\n")[2]
    core = set(re.findall(r"\bcore\.\w+", body))
    tables = core | set(re.findall(r"\bops\.\w+", body))
    own = set(re.findall(r"(\w+) as \(\n", body))
    steps = (set(re.findall(r"\b(?:from|join) (\w+)", body)) & PARTS) - own
    is_one_row = head.get("grain", "").startswith("one row, ") or (
        head.get("grain") == "one row"
    )
    checks = {
        "no question": text.startswith("-- ") and head["question"].endswith("?"),
        "no grain": bool(head.get("grain")),
        "params": listed(head.get("params", "")) == set(re.findall(r"\$\w+", body)),
        "reads": listed(head.get("reads", "")) == tables,
        "builds on": steps <= listed(head.get("builds on", "")),
        "scope": not core
        or "in_scope(" in body
        or bool(listed(head.get("builds on", "")))
        or bool(head.get("scope")),
        # what is pooled over a county names nobody; tests/queries/year_end asks so
        "no own scope": "in_scope(" not in body
        or bool({"$scope", "$pool"} & listed(head.get("params", ""))),
        "pooled": "$pool" not in body or bool(head.get("scope")),
        "last step": "with " not in body or last.startswith("select"),
        "order": is_one_row or is_step or bool(ORDERED.search(body)),
        "formatted": not FORMATTED.search(body),
        "every column": not re.search(r"\w\.\*|group by \d", body),
        "coalesce": not bare_coalesce(text),
    }
    return [name for name, is_kept in checks.items() if not is_kept]


def bare_coalesce(text: str) -> list[int]:
    """Return the lines where absence passes for a value and nobody says why.

    A comment holds for what stands in the four lines below it, and for a coalesce that
    follows as near; the head explains none.
    """
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if not line.startswith("--"))
    found = []
    explained = -9
    for number, line in enumerate(lines[start:], start):
        is_bare = "coalesce(" in COMMENT.sub("", line)
        if is_bare and number - explained > _NEAR:
            found.append(number + 1)
        elif is_bare or line.strip().startswith("--"):
            explained = number
    return found


def source_of(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_query_keeps_the_form(name: str) -> None:
    is_step = name.startswith(("parts/", "targets/"))
    assert faults(source_of(name), is_step) == []


@pytest.mark.parametrize("path", READS, ids=lambda path: path.stem)
def test_every_read_elsewhere_keeps_the_form(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


GOOD = """-- How many villages are there?
-- grain: one row per township
-- params: $scope
-- reads: core.village
select
    township_code,
    count(*) as village_count
from core.village
where in_scope(village_code, $scope)
group by township_code
order by township_code
"""


def test_a_query_in_good_form_has_no_faults() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("there?", "there.", "no question"),
        ("-- grain: one row per township\n", "", "no grain"),
        ("-- params: $scope\n", "", "params"),
        ("reads: core.village", "reads: core.income", "reads"),
        ("where in_scope(village_code, $scope)\n", "", "scope"),
        ("-- params: $scope", "-- params: $places", "no own scope"),
        ("\norder by township_code", "", "order"),
        ("order by township_code", "order by random()", "order"),
        ("$scope)", "$scope) and kind = '{kind}'", "formatted"),
        ("$scope)", "$scope) and kind = ?", "formatted"),
        ("    township_code,\n", "    village.*,\n", "every column"),
        ("count(*)", "coalesce(count(*), 0)", "coalesce"),
        ("from core.village", "from core.village inner join owed", "builds on"),
    ],
)
def test_faults_are_found(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    assert fault in faults(GOOD.replace(old, new))


@pytest.mark.parametrize("path", WRITES, ids=lambda path: path.stem)
def test_no_write_passes_absence_for_zero(path: Path) -> None:
    assert bare_coalesce(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_a_file_builds_on_comes_in_order(name: str) -> None:
    """Each step is there before whatever is built on it."""
    known: set[str] = set()
    for step in head_of(source_of(name)).get("builds on", "").split(", "):
        if step and step != "answer":
            needed = head_of(source_of(f"parts/{step}")).get("builds on", "")
            assert listed(needed) <= known, step
        known.add(step)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_understood(name: str, prepared: Store) -> None:
    with prepared.transaction() as cursor:
        cursor.execute(f"prepare question as {text_of(name, TARGET.query)}")
        answer = cursor.execute("deallocate question")
    assert answer is not None


DAY = date(2018, 1, 1)
PAPERS = """
create or replace temp table accepted_papers as
select submission_no, acceptance_no from ops.acceptance;
create or replace temp table units_told as select * from core.income;
create or replace temp table lines_given as
select 0 as kind_no, 0 as village, 0 as span, 0 as due_fen, 0 as received_fen,
0 as quantity, '' as project_id;
create or replace temp table kinds_given as
select 0 as kind_no, '' as statement, '' as source_id, '' as line_kind, '' as item_id,
'' as category, '' as unit, true as is_one_off, true as has_due,
true as has_received, true as is_read;
create or replace temp table spans_given as
select 0 as span_no, date '2018-01-01' as period_start, date '2018-01-31' as period_end;
create or replace temp table villages_given as
select 0 as village_no, '' as village_code, '' as county_code, '' as ledger_place_code;
create or replace temp table papers_given as
select s.*, 0 as span_no, 0 as acceptance_no from ops.submission as s
"""
STEPS = {
    "overlap_touched": {"number": 1, "open": 2, "everywhere": False},
    "overlap_units": {"open": 2, "first_day": DAY, "last_day": DAY},
}


@pytest.mark.parametrize("path", WRITES, ids=lambda path: path.stem)
def test_every_write_is_understood(path: Path, prepared: Store) -> None:
    with prepared.transaction() as cursor:
        # Some read the lines of a file, and some what the steps before them made.
        cursor.register("rows_read", SCHEMA.empty_table())
        cursor.execute(PAPERS)
        for step, given in STEPS.items():
            sql = (path.parent / f"{step}.sql").read_text(encoding="utf-8")
            cursor.execute(sql, given)
        cursor.register("parts_given", PART_SCHEMA.empty_table())
        whole = path.read_text(encoding="utf-8")
        # A statement that makes a table is prepared by what it is made of.
        sql = whole.partition(" as\n")[2] if "create or replace" in whole else whole
        cursor.execute(f"prepare change as {sql}")
        answer = cursor.execute("deallocate change")
        cursor.unregister("parts_given")
    assert answer is not None


def sql_in(source: str) -> list[int]:
    """Return the lines of a module where a text is a statement."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"\s*(?:select|with|insert|update|delete)\s+\w", node.value)
        and " from " in node.value.replace("\n", " ")
    ]


def test_statements_are_in_files_of_their_own() -> None:
    modules = sorted(QUERIES.rglob("*.py"))
    assert len(modules) >= 5
    for path in modules:
        assert sql_in(path.read_text(encoding="utf-8")) == [], path.name


def test_statements_in_modules_are_found() -> None:
    assert sql_in('x = 1\ny = f"select a from b where c = {x}"\n') == [2]
    assert sql_in('x = """with a as (\\nselect 1)\\nselect * from a"""\n') == [1]
    assert sql_in('x = "with it goes"\n') == []
