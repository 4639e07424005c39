"""Does docs/privacy.md name every column that may hold something about a person?"""

import re
from pathlib import Path

from store import Store
from store.erasures import TEXTS

DOC = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
# What a column's name says where it may hold something about a person.
PERSONAL = re.compile(
    r"person|name|phone|tel|address|agent|actor|owner|holder|login|email|card|birth"
    r"|_by$|note|reason|remark|what|subject|title|agenda|content|detail|evidence"
    r"|password|code_hash|party|organisation|pseudonym|trouble|answers"
)
# Names of places, of things and of columns, hashes, and words that programs work out.
NOBODY = re.compile(
    r"\.(?:village|township|official|place|project|target|measure|table|column)_name$"
    r"|_sha256$|_type$|subject_key$|^ops\.migration\.name$"
    r"|^core\.frozen_village\.(?:reason|detail)$|^core\.frozen_target\.evidence$"
)


def documented() -> set[str]:
    table = [line for line in DOC.read_text("utf-8").splitlines() if "| `" in line]
    return {
        name
        for line in table
        for name in re.findall(r"`([a-z_.]+)`", line.split("|")[1])
    }


def personal(names: list[str]) -> set[str]:
    return {
        name
        for name in names
        if PERSONAL.search(name.rpartition(".")[2]) and not NOBODY.search(name)
    }


def columns(store: Store) -> list[str]:
    rows = store.rows(
        "select table_schema || '.' || table_name || '.' || column_name "
        "from information_schema.columns "
        "where table_schema in ('ops', 'core') and data_type = 'VARCHAR'"
    )
    return [str(name) for (name,) in rows]


def test_every_column_about_people_has_a_row(store: Store) -> None:
    assert personal(columns(store)) - documented() == set()


def test_every_row_is_of_a_column(store: Store) -> None:
    assert documented() - set(columns(store)) == set()


def test_a_new_column_about_people_would_fail() -> None:
    new = ["ops.account.email", "core.assignment.phone", "core.income.sheet"]
    assert personal(new) - documented() == {
        "ops.account.email",
        "core.assignment.phone",
    }


def test_what_is_said_to_be_replaced_is(store: Store) -> None:
    lines = DOC.read_text("utf-8").splitlines()
    said = {
        name
        for line in lines
        if "| name replaced" in line
        for name in re.findall(r"`([a-z_.]+)`", line.split("|")[1])
    }
    replaced = {
        f"{texts.table}.{column}" for texts in TEXTS for column in texts.columns
    }
    assert said == {name for name in replaced if not name.startswith("ops.audit.")}
