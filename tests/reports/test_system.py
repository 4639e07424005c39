"""Is each thing that may be wrong with an installation told, the worst first?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from accounts.system_read import Done, Hour
from base.errors import ShownError
from base.meters import PAGE, REQUEST, Timed
from reports.system import BAD, WARN, Standing, size_text, standing, troubles
from store import Store
from store.room import Room
from tests.accounts.people import ADMIN, OFFICE
from tests.making import ledger, load

NOW = datetime(2018, 11, 16, 9, 30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GB = 10**9


def backed_up(age: timedelta, is_ok: bool = True) -> Done:
    return Done(NOW - age, {"ok": is_ok})


def waits(count: int) -> pd.DataFrame:
    columns = ["state", "submission_count", "in_a_day", "in_a_week", "older"]
    rows = [["submitted", count, 0, 0, count], ["accepted", 9, 0, 0, 9]]
    return pd.DataFrame(rows, columns=columns)


WELL = Standing(
    NOW,
    {"database": "ok", "journal": "ok", "disk": "ok", "work": "ok"},
    Room(1, 1, 1, 1, 50 * GB),
    waits(0),
    0,
    "0012_frozen",
    0,
    None,
    0,
    [],
    {"backed_up": backed_up(HOUR), "restore_checked": backed_up(20 * DAY)},
)


def with_done(**done: Done) -> Standing:
    return replace(WELL, done={**WELL.done, **done})


@pytest.mark.parametrize(
    ("found", "degree", "says"),
    [
        (replace(WELL, checks={"journal": "behind"}), BAD, "日志与数据库对不上"),
        (replace(WELL, done={"restore_checked": backed_up(HOUR)}), BAD, "从未备份"),
        (with_done(backed_up=backed_up(25 * HOUR)), BAD, "上次备份已过去 1 天"),
        (with_done(backed_up=backed_up(HOUR, False)), BAD, "没有成功"),
        (replace(WELL, done={"backed_up": backed_up(HOUR)}), WARN, "从未演练恢复"),
        (with_done(restore_checked=backed_up(32 * DAY)), WARN, "演练已过去 32 天"),
        (with_done(restore_checked=backed_up(DAY, False)), BAD, "没有通过"),
        (replace(WELL, room=Room(1, 1, 1, 1, GB)), WARN, "磁盘只剩 1.0 GB"),
        (
            replace(WELL, inbox=3, inbox_oldest=NOW - HOUR),
            BAD,
            "收件箱有 3 个文件没有取走",
        ),
        (replace(WELL, submissions=waits(4)), WARN, "有 4 件报送等了七天以上"),
        (
            replace(WELL, hours=[Hour(NOW, "locked_out", 2)]),
            WARN,
            "登录失败 0 次，锁定 2 次",
        ),
    ],
)
def test_each_trouble_is_told(found: Standing, degree: str, says: str) -> None:
    assert troubles(WELL, []) == []
    [one] = troubles(found, [])
    assert one.degree == degree
    assert says in one.says


@pytest.mark.parametrize(
    ("found", "count"),
    [
        (Timed(PAGE, "map", 20, 0.5, 1.5, 3), 1),
        (Timed(PAGE, "map", 19, 0.5, 1.5, 3), 0),
        (Timed(PAGE, "map", 20, 0.5, 0.9, 3), 0),
        (Timed(REQUEST, "/drafts", 20, 0.5, 1.5, 3), 0),
    ],
)
def test_what_is_often_slow_is_told(found: Timed, count: int) -> None:
    assert len(troubles(WELL, [found])) == count


def test_the_worst_comes_first() -> None:
    found = replace(WELL, done={}, checks={"disk": "full"}, submissions=waits(1))
    degrees = [one.degree for one in troubles(found, [])]
    assert degrees == [BAD, BAD, WARN, WARN]


def test_failures_are_counted_within_a_span() -> None:
    hours = [Hour(NOW - 30 * HOUR, "sign_in_failed", 5)]
    hours.append(Hour(NOW.replace(minute=0), "sign_in_failed", 2))
    found = replace(WELL, hours=hours)
    assert found.failed("sign_in_failed", DAY) == 2
    assert found.failed("sign_in_failed", 7 * DAY) == 7
    assert found.failed("locked_out", 7 * DAY) == 0


def test_what_waits_is_read(store: Store) -> None:
    for age in (1, 5, 20):
        grid = ledger([["河顺", age, 2, 3]])
        load(store, grid, NOW - timedelta(days=age, hours=-1), is_accepted=False)
    folder = store.folder / "inbox" / "410581105"
    folder.mkdir(parents=True)
    (folder / "五月.xlsx").write_bytes(b"x")
    (folder / ".part").write_bytes(b"x")
    found = standing(store, ADMIN, NOW, NOW)
    [row] = found.to_review.to_dict("records")
    assert (row["submission_count"], row["in_a_day"]) == (3, 1)
    assert (row["in_a_week"], row["older"]) == (1, 1)
    assert (found.inbox, found.drafts, found.papers) == (1, 0, 0)
    assert found.migration >= "0012"


def test_nobody_else_may_know(store: Store) -> None:
    with pytest.raises(ShownError, match="不能看这一页"):
        standing(store, OFFICE, NOW, NOW)


@pytest.mark.parametrize(
    ("size", "said"),
    [(12, "12 B"), (1500, "1.5 KB"), (2_000_000, "2.0 MB"), (3 * 10**12, "3,000.0 GB")],
)
def test_sizes_are_written_as_people_read_them(size: int, said: str) -> None:
    assert size_text(size) == said
