"""Who failed to sign in of late, and when was the last backup made and tried?"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.account import name_of
from base.errors import ShownError
from base.roles import SYSTEM
from base.viewer import Viewer
from base.words import _
from store import Store
from store.keeping import last_check

BACKED_UP, RESTORE_CHECKED = "backed_up", "restore_checked"
FAILED, LOCKED = "sign_in_failed", "locked_out"
_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Hour:
    """How often something failed within an hour."""

    hour_at: datetime
    action: str
    count: int


@dataclass(frozen=True)
class Failure:
    """A try to sign in that failed; `who` is empty where no account was tried."""

    acted_at: datetime
    action: str
    who: str
    address: str


@dataclass(frozen=True)
class Done:
    """A backup, or a restore to try one: when, and what came of it."""

    acted_at: datetime
    detail: dict[str, Any]

    @property
    def is_ok(self) -> bool:
        """Tell whether it went well; what does not say so did not."""
        return self.detail.get("ok") is True


def failures(store: Store, viewer: Viewer, since: datetime) -> list[Hour]:
    """Return how often signing in failed, hour by hour, and the locks that came of it.

    Raises:
        ShownError: when the viewer does not look after the system.
    """
    require(viewer)
    rows = store.rows(_text("failures"), {"since_at": since})
    return [Hour(hour_at, action, count) for action, hour_at, count in rows]


def failed_lately(
    store: Store, viewer: Viewer, since: datetime, most: int
) -> list[Failure]:
    """Return the failures that came last, the latest first.

    Raises:
        ShownError: when the viewer does not look after the system.
    """
    require(viewer)
    rows = store.rows(_text("failed_lately"), {"since_at": since, "most": most})
    names = {who: name_of(store, who) for who in {row[2] for row in rows}}
    return [Failure(at, did, names[who], where) for at, did, who, where, _no in rows]


def last_done(store: Store, viewer: Viewer) -> dict[str, Done]:
    """Return the last backup and the last restore that was tried, by action.

    Of a restore that was tried, on whatever machine, a note lies beside the backup.

    Raises:
        ShownError: when the viewer does not look after the system.
    """
    require(viewer)
    row = store.row(_text("last_backup"))
    if row is None:
        return {}
    backup = Done(row[0], _detail(row[1]))
    checked = last_check(Path(str(backup.detail.get("folder", ""))))
    if checked is None:
        return {BACKED_UP: backup}
    at, is_whole = checked
    return {BACKED_UP: backup, RESTORE_CHECKED: Done(at, {"ok": is_whole})}


def require(viewer: Viewer) -> None:
    """Refuse whoever does not look after the system.

    Raises:
        ShownError: when it may not.
    """
    if not viewer.may(SYSTEM):
        raise ShownError(_("您的账号不能看这一页。"))


def _detail(said: str) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
