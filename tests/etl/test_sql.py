"""Is each statement of the folder asked for, and is each that is asked for there?"""

import re
from pathlib import Path

import pytest

from etl.sql import sql_of

ETL = Path(__file__).resolve().parents[2] / "etl"


def test_each_file_is_asked_for_by_its_name() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ETL.rglob("*.py"))
    asked = set(re.findall(r'sql_of\(\s*"(\w+)"', code))
    assert asked == {path.stem for path in (ETL / "sql").glob("*.sql")}


def test_a_statement_is_given_with_its_head() -> None:
    assert sql_of("projects_held").startswith("-- Of which joint projects")


def test_a_name_without_a_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        sql_of("nothing")
