"""What of an installation is damaged or missing, and what does a backup put back?

Where nothing is left, all comes from the backup. Where something is, only what is
damaged or missing is put back: what was decided since the backup stays, as far as
journal and vault still tell it. Nothing is deleted; what was damaged is kept beside.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from base.errors import ShownError
from base.words import _
from store.backup import DATABASE, JOURNAL
from store.digests import digests
from store.errors import in_use, is_lock
from store.journal import sound_lines
from store.mending import mended_journal
from store.vault import Vault, is_whole, sync_folder, write_durably

_ASIDE = ".damaged"
# Before its blocks a database of DuckDB has three headers of 4 KiB.
_HEADERS = 3 * 4096


@dataclass(frozen=True)
class PutBack:
    """What was put back, and what no backup had.

    `lost` names files that the journal names and that are whole nowhere.
    """

    lines: int
    files: int
    is_database: bool
    lost: tuple[str, ...]


def put_back(staged: Path, folder: Path) -> PutBack:
    """Mend an installation, or make it anew, from an unpacked backup.

    Args:
        staged: the unpacked backup, whole, on the same disk; it is used up.
        folder: of the installation; nothing may have it open.

    Raises:
        ShownError: when the backup is of another installation.
    """
    came_back = _journal(staged, folder)
    is_database = read_through(folder / DATABASE) is None
    if is_database:
        _set_aside(folder / DATABASE)
        _moved(staged / DATABASE, folder / DATABASE)
    came_back += len(mended_journal(folder))
    files, lost = _vault(staged, folder)
    files += _others(staged, folder)
    return PutBack(came_back, files, is_database, tuple(lost))


def read_through(path: Path) -> dict[str, list[str]] | None:
    """Read every row of a database; it stays as it is.

    Returns:
        A number for each table, as `store.digests` makes them; None where there is no
        database, or not all of it can be read.

    Raises:
        InUse: when another process holds it.
    """
    if not path.exists():
        return None
    try:
        with duckdb.connect(path) as connection:
            is_short = path.stat().st_size < _size(connection)
            return None if is_short else digests(connection) or None
    except duckdb.Error as error:
        if is_lock(error):
            raise in_use(path.parent) from error
        return None


def _size(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many bytes a database must have: headers and blocks."""
    row = connection.execute(
        f"select {_HEADERS} + block_size * total_blocks from pragma_database_size()"
    ).fetchone()
    return int(row[0]) if row else 0


def damaged(folder: Path) -> list[str]:
    """Return which files of the vault the journal names and that are not whole."""
    vault = Vault(folder / "vault")
    return [
        path.relative_to(folder).as_posix()
        for path, sha256 in _named(vault, folder)
        if not is_whole(path, sha256)
    ]


def _journal(staged: Path, folder: Path) -> int:
    """Mend the journal; return how many lines came from the backup."""
    path = folder / JOURNAL
    content = path.read_bytes() if path.exists() else b""
    found = content.splitlines(keepends=True)
    kept = (staged / JOURNAL).read_bytes().splitlines(keepends=True)
    sound = list(sound_lines(found))
    same = min(len(sound), len(kept))
    if sound[:same] != kept[:same]:
        raise ShownError(
            _("这份备份是另一个系统的，或比对不上现有的日志。没有改动任何东西。")
        )
    lines = sound
    if len(kept) > len(sound):
        # lines after the damaged ones may still follow on what the backup has
        lines = [*kept, *sound_lines(found[len(kept) :], kept)]
    if b"".join(lines) != content:
        _set_aside(path)
        write_durably(path, b"".join(lines))
    return max(len(lines) - len(sound), 0)


def _vault(staged: Path, folder: Path) -> tuple[int, list[str]]:
    """Put back what the journal names; return how many files, and what is lost."""
    vault, lost, count = Vault(folder / "vault"), [], 0
    for path, sha256 in _named(vault, folder):
        if is_whole(path, sha256):
            continue
        source = staged / path.relative_to(folder)
        if is_whole(source, sha256):
            _set_aside(path)
            _moved(source, path)
            count += 1
        else:
            lost.append(path.relative_to(folder).as_posix())
    return count, lost


def _named(vault: Vault, folder: Path) -> Iterator[tuple[Path, str]]:
    for line in (folder / JOURNAL).read_bytes().splitlines(keepends=True):
        yield from vault.named_in(json.loads(line))


def _others(staged: Path, folder: Path) -> int:
    """Put back files that are not there, such as drafts; others stay as they are."""
    count = 0
    for source in sorted(staged.rglob("*")):
        place = folder / source.relative_to(staged)
        if source.is_file() and source != staged / DATABASE and not place.exists():
            _moved(source, place)
            count += 1
    return count


def _set_aside(path: Path) -> None:
    """Keep what was damaged beside its place, with what a database wrote beside it."""
    for one in (path, path.with_name(f"{path.name}.wal")):
        if one.exists():
            one.replace(_free(one))


def _free(path: Path) -> Path:
    place, count = path.with_name(f"{path.name}{_ASIDE}"), 1
    while place.exists():
        place, count = path.with_name(f"{path.name}{_ASIDE}-{count}"), count + 1
    return place


def _moved(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    source.replace(place)
    sync_folder(place.parent)
