"""Does each check of readiness fail where its fault is, and only there?"""

from datetime import datetime

import pytest

from base.settings import settings
from store import Store
from store.about import set_about
from store.ready import checks
from store.room import room_of

NOW = datetime(2018, 7, 1)
WELL = {"database": "ok", "journal": "ok", "disk": "ok", "work": "ok"}


@pytest.fixture
def small(store: Store) -> Store:
    set_about(store, "a", "b", NOW)
    return store


def test_all_is_well(small: Store) -> None:
    assert checks(small) == WELL


def test_a_new_journal_is_in_line(small: Store) -> None:
    assert small.journal.is_as_left()


def test_a_journal_that_was_changed_is_found(small: Store) -> None:
    with small.journal.path.open("ab") as file:
        file.write(b'{"line": 99}\n')
    assert checks(small) == {**WELL, "journal": "changed"}


def test_a_journal_ahead_of_the_database_is_found(small: Store) -> None:
    small.journal.append({"kind": "about", "key": "x", "value": "y", "at": NOW})
    assert checks(small) == {**WELL, "journal": "behind"}


def test_an_old_database_is_found(small: Store) -> None:
    with small.transaction() as cursor:
        cursor.execute(
            "delete from ops.audit where journal_line = "
            "(select max(journal_line) from ops.audit)"
        )
    assert checks(small)["journal"] == "behind"


def test_what_is_half_done_is_mended(small: Store) -> None:
    with pytest.raises(ValueError, match="x"), small.writing():
        small.journal.append({"kind": "about", "key": "x", "value": "y", "at": NOW})
        raise ValueError("x")
    assert small.is_half_done
    assert checks(small) == WELL
    assert not small.is_half_done
    assert checks(small) == WELL


def test_what_cannot_be_mended_is_told(small: Store) -> None:
    with pytest.raises(ValueError, match="x"), small.writing():
        entry = {"kind": "acceptance", "number": 999, "at": NOW, "submission_no": 1}
        small.journal.append(entry)
        raise ValueError("x")
    assert checks(small)["work"] == "half"


def test_a_full_disk_is_told(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGE_LEAST_FREE_MB", str(10**12))
    settings.cache_clear()
    assert checks(small) == {**WELL, "disk": "full"}


def test_a_database_that_does_not_answer_is_told(small: Store) -> None:
    with small.transaction() as cursor:
        cursor.execute("drop table ops.version")
    assert checks(small) == {**WELL, "database": "fails"}
    small.close()
    assert checks(small)["database"] == "fails"


def test_while_somebody_writes_it_is_ready(small: Store) -> None:
    with small.writing():
        assert checks(small)["work"] == "ok"


def test_sizes_are_those_on_the_disk(small: Store) -> None:
    room = room_of(small)
    assert room.database_bytes >= small.path.stat().st_size
    assert room.journal_bytes == small.journal.path.stat().st_size
    assert room.journal_lines == small.journal.length
    files = [path for path in small.vault.folder.rglob("*") if path.is_file()]
    assert room.vault_bytes == sum(path.stat().st_size for path in files) > 0
    assert room.free_bytes > 0
