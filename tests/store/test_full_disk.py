"""Is a full disk told in words, with nothing lost and nothing half written?"""

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from base.settings import settings
from etl import drafts
from etl.accept import accept
from etl.door import opened
from office import meetings
from store import Store, StoreError, close_all
from store.errors import DiskFull
from tests.drills import after
from tests.drills.disk import Disk, small_disk
from tests.making import BY, NOW, ledger, load, xlsx
from tests.office.convening import called
from tests.office.deciding import OFFICE

MAY = "林州市河顺镇2018年5月村级集体经济收入台账"
LATER = datetime(2018, 11, 20, 9)


@pytest.fixture
def disk(
    tmp_path: Path, new_var: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Disk]:
    """A small disk with a new installation on it; settings point to it."""
    with small_disk(tmp_path / "disk") as found:
        var = found.folder / "var"
        shutil.copytree(new_var, var)
        monkeypatch.setenv("VILLAGE_VAR", str(var))
        settings.cache_clear()
        yield found
        found.free()
        close_all()
    settings.cache_clear()


def sent(store: Store) -> None:
    load(store, ledger([["河顺", 9, 8, 7]], title=MAY), NOW)


def accepted(store: Store) -> None:
    number = store.value(
        "select max(submission_no) from ops.submission where state = 'submitted'"
    )
    if number:
        accept(store, int(number), BY, NOW)


def frozen(store: Store) -> None:
    number = int(store.value("select max(meeting_no) from ops.meeting_step"))
    # the last of its writes may have found no room, and was done on the next attempt
    if not store.value("select count(*) from ops.meeting_step where state = 'frozen'"):
        meetings.freeze(store, OFFICE, number, LATER)


def kept(store: Store) -> None:
    drafts.keep_file(store, BY, xlsx(ledger([["河顺", 1]])), "台账.xlsx", NOW)


def whole(store: Store) -> None:
    assert after.twice(store) == after.left_over(store) == []
    assert after.broken_chains(store) == []
    assert after.differing(store) == 0
    leftover = (p for p in store.folder.rglob("*.part"))
    assert list(leftover) == []


def prepared() -> Store:
    store = opened()
    load(store, ledger([["河顺", 1, 2, 3]]), NOW)
    load(store, ledger([["柳泉", 1, 2, 3]], title=MAY), NOW, is_accepted=False)
    called(store)
    return store


@pytest.mark.parametrize("act", [kept, sent, accepted, frozen])
def test_nothing_is_half_done_where_the_disk_is_full(
    disk: Disk, act: Callable[[Store], None]
) -> None:
    store = prepared()
    before = after.held(store)
    dice = random.Random(1)
    for room in [0, *(dice.randrange(0, 200_000, 4096) for _one in range(5))]:
        disk.fill(room)
        try:
            act(store)
        except DiskFull as problem:
            assert "磁盘已满" in str(problem)
            # who looks, looks on
            assert after.held(store)["figures"] == before["figures"]
            disk.free()
            with store.writing():
                pass
            assert after.held(store)["people"] == before["people"]
        else:
            # there was room enough, as the least is for some
            assert room or disk.way != "tmpfs" or act is accepted
            break
        finally:
            disk.free()
    else:
        act(store)
    whole(store)
    done = after.held(store)
    assert done != before or act is kept
    close_all()
    assert after.held(opened()) == done


def test_a_database_that_stopped_itself_goes_on_once_there_is_room(disk: Disk) -> None:
    store = prepared()
    before = after.held(store)
    disk.fill()
    with pytest.raises(DiskFull), store.transaction() as cursor:
        cursor.execute("force checkpoint")
    with pytest.raises(StoreError):
        sent(store)
    disk.free()
    assert after.held(store) == before
    sent(store)
    whole(store)


def test_an_installation_is_opened_once_there_is_room(disk: Disk) -> None:
    store = prepared()
    before = after.held(store)
    disk.fill()
    close_all()
    try:
        opened()
    except DiskFull as problem:
        assert "磁盘已满" in str(problem)
        close_all()
    disk.free()
    assert after.held(opened()) == before
