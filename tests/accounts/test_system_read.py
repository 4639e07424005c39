"""Are failures counted, and is the last backup found, for the admin alone?"""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from accounts.account import account_of
from accounts.sign_in import record_failure
from accounts.system_read import (
    BACKED_UP,
    RESTORE_CHECKED,
    failed_lately,
    failures,
    last_done,
)
from base.errors import ShownError
from store import Store
from store.audit import record
from store.keeping import name_at, note_checked
from tests.accounts.people import ADMIN, DAY, MINUTE, NOW, OFFICE, given


@pytest.fixture
def troubled(store: Store) -> Store:
    """Three failures within two hours: one of nobody, one that locks, one long ago."""
    given(store)
    wang = account_of(store, "wang")
    record_failure(store, wang, False, NOW - 9 * DAY, "10.0.0.1")
    record_failure(store, None, False, NOW - 59 * MINUTE, "10.0.0.2")
    record_failure(store, wang, True, NOW, "10.0.0.1")
    return store


def test_failures_are_counted_by_the_hour(troubled: Store) -> None:
    found = failures(troubled, ADMIN, NOW - 7 * DAY)
    assert [(one.hour_at, one.action, one.count) for one in found] == [
        (NOW - timedelta(hours=1), "sign_in_failed", 1),
        (NOW, "locked_out", 1),
        (NOW, "sign_in_failed", 1),
    ]


def test_the_last_are_told_with_names_as_the_audit_has_them(troubled: Store) -> None:
    found = failed_lately(troubled, ADMIN, NOW - 7 * DAY, 2)
    assert [(one.action, one.who, one.address) for one in found] == [
        ("locked_out", "王五", "10.0.0.1"),
        ("sign_in_failed", "王五", "10.0.0.1"),
    ]
    assert len(failed_lately(troubled, ADMIN, NOW - 10 * DAY, 20)) == 4


@pytest.mark.parametrize(
    ("detail", "is_ok"),
    [
        (json.dumps({"file": "x", "ok": True}), True),
        (json.dumps({"file": "x", "ok": False}), False),
        ("{}", False),
        ("[1]", False),
        ("no json", False),
        ("", False),
    ],
)
def test_what_does_not_say_that_it_went_well_did_not(
    store: Store, detail: str, is_ok: bool
) -> None:
    assert last_done(store, ADMIN) == {}
    record(store, ADMIN, BACKED_UP, NOW - DAY, detail='{"ok": true}')
    record(store, ADMIN, BACKED_UP, NOW, detail=detail)
    found = last_done(store, ADMIN)
    assert (found[BACKED_UP].acted_at, found[BACKED_UP].is_ok) == (NOW, is_ok)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_try_to_restore_is_told_from_beside_the_backup(
    store: Store, tmp_path: Path, is_whole: bool
) -> None:
    record(store, ADMIN, BACKED_UP, NOW, detail=json.dumps({"folder": str(tmp_path)}))
    assert RESTORE_CHECKED not in last_done(store, ADMIN)
    backup = tmp_path / name_at(NOW)
    backup.write_bytes(b"")
    note_checked(backup, NOW, is_whole)
    found = last_done(store, ADMIN)[RESTORE_CHECKED]
    assert (found.acted_at, found.is_ok) == (NOW, is_whole)


def test_nobody_else_may_know(store: Store) -> None:
    for ask in (
        lambda: failures(store, OFFICE, NOW),
        lambda: failed_lately(store, OFFICE, NOW, 1),
        lambda: last_done(store, OFFICE),
    ):
        with pytest.raises(ShownError, match="不能看这一页"):
            ask()
