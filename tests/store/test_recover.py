"""Is a database that lost what the journal tells brought up to date, or refused?"""

import shutil
from pathlib import Path

import pytest

from base.errors import ShownError
from etl.door import opened
from store import Store, close_all
from store.connect import DATABASE
from store.recover import recover
from tests.drills import after
from tests.making import ledger, load


def test_an_older_database_is_refused_with_the_way_out(var: Path) -> None:
    store = opened()
    close_all()
    shutil.copy(var / DATABASE, var / "older")
    store = opened()
    load(store, ledger([["河顺", 1, 2, 3]]))
    close_all()
    shutil.copy(var / "older", var / DATABASE)
    with pytest.raises(ShownError, match="etl rebuild"):
        opened()


def forgotten(store: Store, number: int) -> None:
    """Take out of the database what it was told last, as when its log is lost."""
    with store.transaction() as cursor:
        cursor.execute("delete from ops.audit where submission_no >= $n", {"n": number})
        cursor.execute(
            "delete from ops.submission where submission_no >= $n", {"n": number}
        )
        cursor.execute(
            "update ops.submission_counter set last_no = $n - 1", {"n": number}
        )


def test_a_submission_that_the_database_lost_comes_back_with_its_lines(
    store: Store,
) -> None:
    number = load(store, ledger([["河顺", 1, 2, 3]]), is_accepted=False)
    held = after.held(store)
    forgotten(store, number)
    with store.transaction() as cursor:
        lines = "delete from core.income where submission_no = $n"
        cursor.execute(lines, {"n": number})
    recover(store)
    assert after.held(store) == held
    # its number is not given out again
    grid = ledger([["柳泉", 1, 2, 3]])
    assert load(store, grid, is_accepted=False) == number + 1


def test_a_number_whose_figures_were_lost_is_not_taken_for_done(store: Store) -> None:
    number = load(store, ledger([["河顺", 1, 2, 3]]))
    with store.transaction() as cursor:
        cursor.execute("delete from ops.audit where submission_no = $n", {"n": number})
        cursor.execute("update ops.acceptance set state = 'reserved' where true")
    with store.transaction() as cursor:
        cursor.execute("delete from core.income_period")
        cursor.execute("update core.fence set last_no = last_no - 1")
    with pytest.raises(ShownError, match="etl rebuild"):
        recover(store)
