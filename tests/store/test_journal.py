"""Does the journal keep whole lines only, in a chain whose breaks are found?"""

import errno
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.errors import ShownError
from store.journal import START, Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "journal.jsonl"


def written(path: Path, count: int = 4) -> Journal:
    journal = Journal(path)
    for number in range(count):
        journal.append({"kind": "试", "value": number})
    return journal


def values(journal: Journal) -> list[int]:
    return [entry["value"] for entry in journal.entries()]


def test_entries_come_back_in_order_and_are_chained(path: Path) -> None:
    journal = written(path)
    entries = list(Journal(path).entries())
    assert [(e["line"], e["value"]) for e in entries] == [
        (1, 0),
        (2, 1),
        (3, 2),
        (4, 3),
    ]
    assert entries[0]["previous"] == START
    assert len({entry["previous"] for entry in entries}) == 4
    assert journal.broken_line() is None
    assert "试" in path.read_text(encoding="utf-8")


def test_a_journal_goes_on_where_it_ended(path: Path) -> None:
    written(path)
    again = Journal(path)
    again.append({"kind": "试", "value": 9})
    assert values(again) == [0, 1, 2, 3, 9]
    assert again.broken_line() is None


@settings(max_examples=12, deadline=None)
@given(share=st.floats(0, 0.999))
def test_a_torn_last_line_is_cut_and_never_counted(
    share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("torn") / "journal.jsonl"
    written(path, 3)
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    path.write_bytes(whole[: len(whole) - len(last) + int(len(last) * share)])
    journal = Journal(path)
    assert values(journal) == [0, 1]
    journal.append({"kind": "试", "value": 7})
    assert values(Journal(path)) == [0, 1, 7]
    assert journal.broken_line() is None


def changed(line: bytes) -> bytes:
    return line.replace(b'"value": 1', b'"value": 8')


def renumbered(line: bytes) -> bytes:
    return line.replace(b'"line": 2', b'"line": 3')


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda lines: [lines[0], changed(lines[1]), *lines[2:]], 3),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines, lines[-1]], 5),
        (lambda lines: [lines[0], b"\xff\xfe no json\n", *lines[2:]], 2),
        (lambda lines: [lines[0], renumbered(lines[1]), *lines[2:]], 2),
    ],
)
def test_a_broken_chain_is_found(
    path: Path, change: Callable[[list[bytes]], list[bytes]], broken: int
) -> None:
    written(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))
    assert Journal(path).broken_line() == broken


@pytest.mark.parametrize("line", [b"5\n", b"{}\n", b"{\n"])
def test_a_line_that_is_no_entry_breaks_the_chain(path: Path, line: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(line)
    assert Journal(path).broken_line() == 1


def test_an_unreadable_line_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"{}\n{\n")
    with pytest.raises(ShownError, match="第 2 行"):
        list(Journal(path).entries())


def fall(*_given: object) -> None:
    raise OSError(errno.ENOSPC, "full")


@contextmanager
def disk_full_after(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 10, None])
def test_an_entry_that_could_not_be_kept_is_not_in_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, room: int | None
) -> None:
    journal = written(path)
    with monkeypatch.context() as patch, pytest.raises(OSError) as caught:
        if room is None:
            patch.setattr(os, "fsync", fall)
            journal.append({"kind": "试", "value": 99})
        else:
            with disk_full_after(path.stat().st_size + room):
                journal.append({"kind": "试", "value": 99})
    assert caught.value.errno in (errno.ENOSPC, errno.EFBIG)
    assert values(Journal(path)) == [0, 1, 2, 3]
    journal.append({"kind": "试", "value": 4})
    assert values(Journal(path)) == [0, 1, 2, 3, 4]
    assert journal.broken_line() is None


@pytest.mark.parametrize("size", [1, 70_000, 200_000])
def test_the_end_is_as_it_was_left_or_not(path: Path, size: int) -> None:
    journal = Journal(path)
    assert journal.is_as_left()
    for _ in range(2):
        journal.append({"kind": "试", "value": "字" * size})
        assert journal.is_as_left()
    whole = path.read_bytes()
    for changed in (whole[:-2] + b" \n", whole + b"{}\n", whole[: len(whole) // 2]):
        path.write_bytes(changed)
        assert not journal.is_as_left()
