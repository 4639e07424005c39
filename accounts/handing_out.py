"""Which one-time codes wait to be fetched, by whom? Kept in memory, given out once."""

import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_KEPT = timedelta(minutes=10)
_HANDLE_BYTES = 24


@dataclass(frozen=True)
class Imported:
    """What an import made, and the workbook of its codes until it is fetched."""

    handle: str
    new_count: int
    known_count: int
    until: datetime
    content: bytes = field(repr=False)

    @property
    def has_codes(self) -> bool:
        """Tell whether there are codes to fetch."""
        return bool(self.content)


_kept: dict[tuple[str, str], Imported] = {}
_turn = threading.Lock()


def keep(
    session: str, content: bytes, new_count: int, known_count: int, at: datetime
) -> Imported:
    """Keep the codes of an import for the session that imported.

    Args:
        session: the hash of its token.
        content: the workbook; empty where nobody is new.
        new_count: how many accounts are new.
        known_count: how many were there before.
        at: now, local time in China.
    """
    handle = secrets.token_urlsafe(_HANDLE_BYTES)
    imported = Imported(handle, new_count, known_count, at + _KEPT, content)
    with _turn:
        _forget(at)
        _kept[session, handle] = imported
    return imported


def waiting(session: str, at: datetime) -> list[Imported]:
    """Return the imports of a session whose codes nobody fetched, the last one last."""
    with _turn:
        _forget(at)
        return [one for (whose, _handle), one in _kept.items() if whose == session]


def take(session: str, handle: str, at: datetime) -> bytes | None:
    """Give the codes out, this once; None where there are none for this session."""
    with _turn:
        _forget(at)
        imported = _kept.pop((session, handle), None)
    return imported.content if imported and imported.content else None


def _forget(at: datetime) -> None:
    for key in [key for key, one in _kept.items() if one.until <= at]:
        del _kept[key]
