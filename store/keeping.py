"""Which backups are there, which were proved, and which have outlived their use?"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from base.settings import Settings
from store.archive import PART, SEALED
from store.vault import write_durably

_PREFIX, _STAMP, _ENDING = "village-", "%Y%m%d-%H%M%S", ".tar"
_CHECKED = ".checked.json"


def name_at(at: datetime) -> str:
    """Return the name of a backup made at a time, as it is when not encrypted."""
    return f"{_PREFIX}{at.strftime(_STAMP)}{_ENDING}"


def made_at(path: Path) -> datetime | None:
    """Return when a backup was made, by its name; None where it is no backup."""
    name = path.name.removesuffix(SEALED)
    try:
        return datetime.strptime(name, f"{_PREFIX}{_STAMP}{_ENDING}")
    except ValueError:
        return None


def backups_in(folder: Path) -> list[Path]:
    """Return the backups of a folder, the oldest first."""
    found = [(made_at(path), path) for path in folder.glob(f"{_PREFIX}*")]
    return [path for at, path in sorted((at, path) for at, path in found if at)]


def outlived(paths: Iterable[Path], now: datetime, rule: Settings) -> list[Path]:
    """Return the backups that need not be kept any longer.

    Kept is the last of each day, week and month as far back as the settings say, and
    the newest of all, however old it is.

    Args:
        paths: of backups.
        now: local time in China.
        rule: how many days, weeks and months.
    """
    dated = sorted((at, path) for path in paths if (at := made_at(path)))
    kept = {path for _at, path in dated[-1:]}
    for days, same in _periods(rule):
        last = {same(at): path for at, path in dated if (now - at).days < days}
        kept.update(last.values())
    return [path for _at, path in dated if path not in kept]


def _periods(rule: Settings) -> list[tuple[int, Callable[[datetime], tuple[int, ...]]]]:
    """Return for how many days the last of each period is kept."""
    return [
        (rule.backup_days, lambda at: (at.year, at.month, at.day)),
        (rule.backup_weeks * 7, lambda at: tuple(at.isocalendar())[:2]),
        (rule.backup_months * 31, lambda at: (at.year, at.month)),
    ]


def drop_unfinished(folder: Path) -> None:
    """Delete what backups left in a folder that were killed."""
    for path in folder.glob(f"{_PREFIX}*{PART}"):
        path.unlink(missing_ok=True)


def note_checked(backup: Path, at: datetime, is_whole: bool) -> None:
    """Write beside a backup that it was proved, wherever that was."""
    said = {"checked_at": at.isoformat(), "ok": is_whole}
    write_durably(_note(backup), json.dumps(said).encode("utf-8"))


def last_check(folder: Path) -> tuple[datetime, bool] | None:
    """Return when a backup of a folder was last proved, and whether it was whole."""
    found = []
    for backup in backups_in(folder):
        try:
            said = json.loads(_note(backup).read_bytes())
            found.append((datetime.fromisoformat(said["checked_at"]), bool(said["ok"])))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return max(found, default=None)


def _note(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}{_CHECKED}")


def drop(backup: Path) -> None:
    """Delete a backup that has outlived its use, and the note beside it."""
    backup.unlink(missing_ok=True)
    _note(backup).unlink(missing_ok=True)
