"""Is what goes wrong in the database said in the store's own words?"""

import threading
from pathlib import Path

import duckdb
import pytest

from store import Conflict, Cursor, Duplicate, Store, StoreError
from store.errors import translated


@pytest.fixture
def plain(tmp_path: Path) -> Store:
    return Store(tmp_path)


def add_fact(cursor: Cursor, key: str) -> None:
    cursor.execute("insert into ops.about values ($key, 'x')", {"key": key})


def test_a_key_that_is_there_is_a_duplicate_and_nothing_is_written(
    plain: Store,
) -> None:
    with plain.transaction() as cursor:
        add_fact(cursor, "a")
    with pytest.raises(Duplicate), plain.transaction() as cursor:
        add_fact(cursor, "b")
        add_fact(cursor, "a")
    assert plain.value("select count(*) from ops.about") == 1


def test_two_who_change_the_same_row_conflict(plain: Store) -> None:
    raise_version = "update ops.version set version_no = version_no + 1"
    seen: list[Exception] = []

    def second() -> None:
        try:
            with plain.transaction() as cursor:
                cursor.execute(raise_version)
        except StoreError as error:
            seen.append(error)

    with plain.transaction() as cursor:
        cursor.execute(raise_version)
        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert [type(error) for error in seen] == [Conflict]
    assert plain.value("select version_no from ops.version") == 1


def test_what_is_neither_is_a_store_error(plain: Store) -> None:
    for wrong in ("select nothing from ops.about", "selekt"):
        with pytest.raises(StoreError) as caught:
            plain.value(wrong)
        assert type(caught.value) is StoreError
        with pytest.raises(StoreError):
            plain.frame(wrong, {})
        with pytest.raises(StoreError), plain.transaction() as cursor:
            cursor.execute(wrong)


def test_errors_of_an_attached_database_are_known_by_their_text() -> None:
    texts = {
        'duplicate key value violates unique constraint "about_pkey"': Duplicate,
        "Transaction conflict: cannot update": Conflict,
        "connection to server was lost": StoreError,
    }
    found = {text: type(translated(duckdb.Error(text), Path("x"))) for text in texts}
    assert found == texts


def test_another_error_of_the_block_undoes_it_and_stays_itself(plain: Store) -> None:
    with pytest.raises(ZeroDivisionError), plain.transaction() as cursor:
        add_fact(cursor, "a")
        _ = 1 / 0
    assert plain.value("select count(*) from ops.about") == 0
