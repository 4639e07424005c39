"""How does the installation stand, and what is wrong with it, worst first?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

import queries
from accounts.system_read import (
    BACKED_UP,
    FAILED,
    LOCKED,
    RESTORE_CHECKED,
    Done,
    Hour,
    failures,
    last_done,
    require,
)
from base.meters import REQUEST, Timed, meters
from base.settings import settings
from base.viewer import Viewer
from base.words import _, mark
from etl.accept import WAITING
from etl.inbox import waiting as in_inbox
from reports.meeting.queue import waiting as papers_waiting
from store import Store
from store.ready import OK, checks
from store.room import Room, room_of

DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=31)
# The watch looks every few seconds: what lies longer is not being taken.
_INBOX_LATE = timedelta(minutes=10)
# Room that is nearly gone: as many times what is needed to be ready.
_NEARLY = 4
_LEAST_RUNS = 20
BAD, WARN = "bad", "warn"
_CHECKS = {
    "database": mark("数据库不回答，或不完整。请看日志，必要时从备份恢复。"),
    "journal": mark("日志与数据库对不上。请停止报送，运行 python -m etl rebuild。"),
    "disk": mark("磁盘快满了，不能再收文件。请清理或扩容。"),
    "work": mark("有一步没有做完，也没能补上。请看日志。"),
}


@dataclass(frozen=True)
class Standing:
    """All that is read of an installation at one moment.

    `submissions` is as `queries/system/submissions.sql` states it; `hours` are the
    failures to sign in of seven days; `done` the last backup and restore by action.
    """

    now: datetime
    checks: dict[str, str]
    room: Room
    submissions: pd.DataFrame
    drafts: int
    migration: str
    inbox: int
    inbox_oldest: datetime | None
    papers: int
    hours: list[Hour]
    done: dict[str, Done]

    def failed(self, action: str, span: timedelta) -> int:
        """Return how often something failed within a span."""
        since = (self.now - span).replace(minute=0, second=0)
        return sum(
            hour.count
            for hour in self.hours
            if hour.action == action and hour.hour_at >= since
        )

    @property
    def to_review(self) -> pd.DataFrame:
        """Return the rows of the papers that somebody has still to decide on."""
        return self.submissions[self.submissions["state"].isin(WAITING)]


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong: how bad, and in words."""

    degree: str
    says: str


def standing(store: Store, viewer: Viewer, now: datetime, at: datetime) -> Standing:
    """Read how an installation stands.

    Args:
        store: where.
        viewer: who looks after it.
        now: of the machine, local time in China.
        at: of the installation; a demonstration's clock stands still.

    Raises:
        ShownError: when the viewer does not look after the system.
    """
    require(viewer)
    held = queries.run("system/held", viewer, store).iloc[0]
    times = [path.stat().st_mtime for path in in_inbox(store) if path.exists()]
    age = timedelta(seconds=now_s() - min(times)) if times else None
    return Standing(
        now,
        checks(store),
        room_of(store),
        queries.run("system/submissions", viewer, store, now_at=at),
        int(held["draft_count"]),
        str(held["migration_name"]),
        len(times),
        now - age if age is not None else None,
        papers_waiting(),
        failures(store, viewer, now - WEEK),
        last_done(store, viewer),
    )


def troubles(found: Standing, times: list[Timed]) -> list[Trouble]:
    """Return what is wrong, worst first.

    Args:
        found: how the installation stands.
        times: what was timed in this process.
    """
    every = [
        *(
            Trouble(BAD, _(_CHECKS[name]))
            for name, word in found.checks.items()
            if word != OK
        ),
        *_of_backups(found),
        *_of_room(found),
        *_of_queues(found),
        *_of_sign_in(found),
        *_of_times(times),
    ]
    return sorted(every, key=lambda one: one.degree != BAD)


def _of_backups(found: Standing) -> Iterator[Trouble]:
    backup, trial = found.done.get(BACKED_UP), found.done.get(RESTORE_CHECKED)
    if backup is None:
        yield Trouble(BAD, _("从未备份。请运行 python -m etl backup。"))
    elif not backup.is_ok:
        yield Trouble(BAD, _("上次备份没有成功。请再备份一次。"))
    elif found.now - backup.acted_at > DAY:
        days = (found.now - backup.acted_at).days
        yield Trouble(BAD, _("上次备份已过去 {days} 天。", days=days))
    if trial is None:
        yield Trouble(WARN, _("从未演练恢复。备份没试过，就不算有备份。"))
    elif not trial.is_ok:
        yield Trouble(BAD, _("上次恢复演练没有通过。请查备份。"))
    elif found.now - trial.acted_at > MONTH:
        days = (found.now - trial.acted_at).days
        yield Trouble(WARN, _("上次恢复演练已过去 {days} 天。", days=days))


def _of_room(found: Standing) -> Iterator[Trouble]:
    free, least = found.room.free_bytes, settings().least_free_mb * 1_000_000
    if found.checks.get("disk") == OK and free < _NEARLY * least:
        yield Trouble(WARN, _("磁盘只剩 {size}。", size=size_text(free)))


def _of_queues(found: Standing) -> Iterator[Trouble]:
    oldest = found.inbox_oldest
    if oldest is not None and found.now - oldest > _INBOX_LATE:
        yield Trouble(
            BAD, _("收件箱有 {count} 个文件没有取走。请看日志。", count=found.inbox)
        )
    late = int(found.to_review["older"].sum())
    if late:
        yield Trouble(WARN, _("有 {count} 件报送等了七天以上还没有审。", count=late))


def _of_sign_in(found: Standing) -> Iterator[Trouble]:
    locked = found.failed(LOCKED, DAY)
    if locked:
        failed = found.failed(FAILED, DAY)
        yield Trouble(
            WARN,
            _(
                "24 小时内登录失败 {failed} 次，锁定 {locked} 次。",
                failed=failed,
                locked=locked,
            ),
        )


def _of_times(times: list[Timed]) -> Iterator[Trouble]:
    slow = [
        one
        for one in times
        # a request lasts as long as the page or the upload in it
        if one.kind != REQUEST
        and one.count >= _LEAST_RUNS
        and one.p95 > settings().slow_seconds
    ]
    if slow:
        yield Trouble(WARN, _("有 {count} 项常常超过慢的界限。", count=len(slow)))


def size_text(size: int) -> str:
    """Write a size in bytes as people read it: 12.3 MB."""
    for unit, bytes_each in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= bytes_each:
            return f"{size / bytes_each:,.1f} {unit}"
    return f"{size} B"


def now_s() -> float:
    """Return the time as the disk counts it, in seconds."""
    return datetime.now().timestamp()


def uptime() -> timedelta:
    """Return for how long this process has been running."""
    return timedelta(seconds=int(now_s() - meters().started))
