"""Is what was done told to whoever may know it, and to nobody else?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.audit_read import ACTIONS, Asked, entries
from base.errors import ShownError
from base.place import Scope
from base.viewer import Viewer
from store import Store
from store.vault import sha256_of
from tests.accounts.people import ADMIN, DAY, NOW, OFFICE, OTHER, VILLAGE, given
from tests.making import ledger, load, xlsx

GRID = ledger([["河顺", 1, 2, 3]])
ALL = Asked()


def told(store: Store, asked: Asked, by: Viewer = ADMIN) -> list[str]:
    """Return the acts since the tests began, without those of the installation."""
    since = asked.since or (NOW - timedelta(days=1)).date()
    return [entry.action for entry in entries(store, by, replace(asked, since=since))]


@pytest.fixture
def busy(store: Store) -> Store:
    """A store to which a file of one village was sent, with an account of another."""
    load(store, GRID)
    given(store, "li", person_name="李四", places=(OTHER,))
    return store


def test_an_admin_reads_all(busy: Store) -> None:
    assert told(busy, ALL) == ["submitted", "acceptance", "account_added"]
    assert len(entries(busy, ADMIN, ALL)) > 3
    assert set(told(busy, ALL)) <= ACTIONS.keys()


@pytest.mark.parametrize(
    ("asked", "actions"),
    [
        (Asked(village_code=VILLAGE), ["submitted", "acceptance"]),
        (Asked(village_code=OTHER), ["account_added"]),
        (Asked(sha256=sha256_of(xlsx(GRID))[:12]), ["submitted", "acceptance"]),
        (Asked(sha256="台账.XLSX"), ["submitted", "acceptance"]),
        (Asked(sha256="没有.xlsx"), []),
        (Asked(person="李四"), ["account_added"]),
        (Asked(person="LI"), ["account_added"]),
        (Asked(person="测试"), ["submitted", "acceptance"]),
        (Asked(person="没有"), []),
        (Asked(since=(NOW + DAY).date()), []),
        (Asked(since=date(2018, 11, 16)), ["submitted", "acceptance", "account_added"]),
        (Asked(village_code=VILLAGE, person="李四"), []),
    ],
)
def test_what_was_asked_for_is_told(
    busy: Store, asked: Asked, actions: list[str]
) -> None:
    assert told(busy, asked) == actions


@pytest.mark.parametrize(
    ("scope", "actions"),
    [
        ("410581", ["submitted", "acceptance", "account_added"]),
        (VILLAGE, ["submitted", "acceptance"]),
        (OTHER, ["account_added"]),
        ("410582", []),
    ],
)
def test_an_office_reads_what_concerns_its_places(
    busy: Store, scope: str, actions: list[str]
) -> None:
    by = replace(OFFICE, scope=Scope.of([scope]))
    assert told(busy, ALL, by) == actions


@pytest.mark.parametrize("role", ["leader", "secretary", "township", "department", ""])
def test_nobody_else_reads(busy: Store, role: str) -> None:
    with pytest.raises(ShownError, match="不能查看"):
        entries(busy, replace(OFFICE, role=role), ALL)
