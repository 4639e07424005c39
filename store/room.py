"""How much room does an installation take, and how much is left for it?"""

import os
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from store.connect import Store

# To walk through a large vault takes long, and it grows slowly.
_FRESH_S = 300.0
_known: dict[Path, tuple[float, int]] = {}
_turn = threading.Lock()


@dataclass(frozen=True)
class Room:
    """Sizes in bytes; the journal's length in lines."""

    database_bytes: int
    vault_bytes: int
    journal_bytes: int
    journal_lines: int
    free_bytes: int


def room_of(store: Store) -> Room:
    """Return what a store takes; the vault's size is up to five minutes old."""
    written_ahead = store.path.with_name(store.path.name + ".wal")
    return Room(
        _size(store.path) + _size(written_ahead),
        _vault_bytes(store.vault.folder),
        _size(store.journal.path),
        store.journal.length,
        free_bytes(store),
    )


def free_bytes(store: Store) -> int:
    """Return how much room is left on the disk of a store."""
    return shutil.disk_usage(store.folder).free


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _vault_bytes(folder: Path) -> int:
    with _turn:
        now = time.monotonic()
        at, size = _known.get(folder, (-_FRESH_S, 0))
        if now - at >= _FRESH_S:
            size = _sum(folder)
            _known[folder] = (now, size)
        return size


def _sum(folder: Path) -> int:
    return sum(
        _size(Path(place) / name)
        for place, _folders, names in os.walk(folder)
        for name in names
    )
