"""Is a backup of one moment, whatever others do meanwhile?"""

import threading
from datetime import datetime
from pathlib import Path

import pytest

from base.errors import ShownError
from store import Store
from store.about import about, set_about
from store.archive import unpacked
from store.backup import back_up
from store.digests import digests
from store.restore import damaged, read_through

NOW = datetime(2018, 11, 16, 9)


def test_it_holds_what_the_database_held(store: Store, tmp_path: Path) -> None:
    (store.folder / "inbox" / "410581105").mkdir(parents=True)
    (store.folder / "inbox" / "410581105" / "五月.xlsx").write_bytes(b"waits")
    with store.cursor() as cursor:
        held = digests(cursor)
    made = back_up(store, tmp_path / "b", NOW)
    out = tmp_path / "out"
    manifest = unpacked(made.path, out)
    assert made.path.name == "village-20181116-090000.tar"
    assert manifest["tables"] == held == read_through(out / "village.duckdb")
    assert damaged(out) == []
    journal = (out / "journal" / "journal.jsonl").read_bytes()
    assert journal == store.journal.path.read_bytes()
    assert (out / "inbox" / "410581105" / "五月.xlsx").read_bytes() == b"waits"
    assert made.files == len(manifest["members"])
    assert not list((store.folder / "run").glob("snapshot*"))


def test_database_and_journal_end_at_the_same_decision(
    store: Store, tmp_path: Path
) -> None:
    is_over = threading.Event()

    def decide() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            set_about(store, "number", str(number), NOW)

    writer = threading.Thread(target=decide)
    writer.start()
    try:
        while about(store, "number") is None:
            pass
        made = back_up(store, tmp_path, NOW)
    finally:
        is_over.set()
        writer.join()
    out = tmp_path / "out"
    manifest = unpacked(made.path, out)
    copy = Store(out, is_recovered=False)
    try:
        said = [e["value"] for e in copy.journal.entries() if e["kind"] == "about"]
        assert about(copy, "number") == said[-1]
        assert int(said[-1]) < int(about(store, "number") or 0)
        assert copy.journal.broken_line() is None
        assert manifest["journal_lines"] == copy.journal.length
    finally:
        copy.close()


def test_what_cannot_be_written_is_told_and_nothing_is_left(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ShownError, match="写不进去"):
        back_up(store, tmp_path / "file" / "b", NOW)
    with pytest.raises(ShownError, match="age1"):
        back_up(store, tmp_path / "b", NOW, "no key")
    assert list((tmp_path / "b").iterdir()) == []
    # and the next one is made
    assert back_up(store, tmp_path / "b", NOW).path.exists()
