"""Which files lie in `var/inbox/<code>/`? They arrive as sent, never accepted."""

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from base.errors import ShownError
from base.place import Scope, level_of
from base.settings import settings
from base.viewer import INBOX, Viewer
from base.words import _
from etl.door import load_file, too_large
from etl.reading.bundle import files_in
from etl.reading.unpacking import NotReadable
from etl.said import as_lines
from store import Store, StoreError

# Who writes a file has ended when nothing has changed for so long.
QUIET_S = 2.0
_ROLES = {"village": "secretary", "township": "township"}
_TAKEN, _REFUSED = "taken", "refused"


def take_inbox(store: Store, now: datetime, quiet_s: float = QUIET_S) -> list[Path]:
    """Take in what lies in the inbox.

    A file that was taken is moved to `taken/`, one that was refused to `refused/`;
    beside each lies a text that says what was found.

    Args:
        store: whose inbox.
        now: local time in China.
        quiet_s: seconds for which a file must not have changed.

    Returns:
        Where the files lie now.
    """
    moved = []
    for folder, by in _senders(store.folder / "inbox"):
        for path in sorted(folder.iterdir()):
            if _is_ready(path, quiet_s):
                try:
                    moved.append(_take(store, path, by, now))
                except StoreError:
                    # it is not the file's fault; it stays and is taken later
                    logging.getLogger(__name__).exception("the inbox has to wait")
                    return moved
    return moved


def waiting(store: Store) -> list[Path]:
    """Return what lies in the inbox and has not been taken in."""
    return [
        path
        for folder, _by in _senders(store.folder / "inbox")
        for path in sorted(folder.iterdir())
        if _is_ready(path, 0)
    ]


def _senders(inbox: Path) -> Iterator[tuple[Path, Viewer]]:
    for folder in sorted(inbox.iterdir()) if inbox.is_dir() else []:
        try:
            level = level_of(folder.name)
        except ShownError:
            continue
        if folder.is_dir() and not folder.is_symlink():
            name = _("收件箱:{code}", code=folder.name)
            role = _ROLES.get(level, "office")
            scope = Scope.of([folder.name])
            yield folder, Viewer(name, role, scope, f"inbox:{folder.name}", INBOX)


def _is_ready(path: Path, quiet_s: float) -> bool:
    if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~")):
        return False
    try:
        return time.time() - path.stat().st_mtime >= quiet_s
    except OSError:
        return False


def _take(store: Store, path: Path, by: Viewer, now: datetime) -> Path:
    try:
        told, is_taken = _sent(store, path, by, now)
    except (ShownError, NotReadable, OSError) as problem:
        told, is_taken = [str(problem)], False
    except StoreError:
        raise
    except Exception:
        # one file must not stop the others
        logging.getLogger(__name__).exception("a file in the inbox failed")
        told, is_taken = [_("这个文件处理不了，原因见看板的日志。")], False
    return _moved(path, _TAKEN if is_taken else _REFUSED, told)


def _sent(
    store: Store, path: Path, by: Viewer, now: datetime
) -> tuple[list[str], bool]:
    largest = settings().largest_file_bytes
    if path.stat().st_size > largest:
        raise ShownError(too_large())
    told: list[str] = []
    is_taken = False
    for file in files_in(path.read_bytes(), path.name, largest):
        if file.problem:
            told.append(file.problem)
            continue
        loaded = load_file(store, file.content, file.name, by, now, is_accepted=False)
        told += as_lines(loaded.checked)
        if loaded.submission is not None:
            is_taken = True
            number = loaded.submission.submission_no
            told.append(_("  第 {number} 号，等待审核", number=number))
    return told, is_taken


def _moved(path: Path, to: str, told: list[str]) -> Path:
    """Move a file out of the inbox; one of the same name is not overwritten."""
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    place, count = folder / path.name, 1
    while place.exists():
        place, count = folder / f"{path.stem}({count}){path.suffix}", count + 1
    path.replace(place)
    place.with_name(f"{place.name}.txt").write_text("\n".join(told), encoding="utf-8")
    return place
