"""Do vault and journal alone give the figures that the database gives? Made anew."""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pandas as pd

from base.clock import FixedClock
from base.errors import ShownError
from base.settings import settings
from base.viewer import system_viewer
from base.words import _
from etl.accept import write_submission
from etl.annul import write_annulment
from etl.door import check_file, is_province, opened
from etl.published import TABLES, writer
from etl.scope import within_scope
from etl.submission import answers_from, is_read_alike, scope_from
from store import Cursor, InUse, Store
from store.connect import DATABASE, store_at
from store.journal import Entry
from store.publish import ANNULMENT, VERSIONED
from store.replay import replay

_REBUILT = "rebuilt.duckdb"
_FIGURES = "core.income_period"
Contents = dict[str, pd.DataFrame]


def rebuild(tell: Callable[[str], None]) -> int:
    """Make the database anew, compare it, and put it in the old one's place.

    The originals are read again as well, with the reader of today; where it reads
    something else than was accepted, this is told and changes nothing.

    Args:
        tell: takes each line of the report.

    Returns:
        0 where every figure is the same to the fen and every original is whole, 1
        where one is not.

    Raises:
        ShownError: when another process holds the database, or when journal or vault
            are not what they were; nothing is changed then.
    """
    folder = settings().var
    old = _at_hand(tell)
    if old is not None and is_province(old):
        raise ShownError(
            _("省级演示是直接写入的，没有原始文件和底册，不能 rebuild。请重新生成。")
        )
    # Whatever arrives meanwhile waits, so that it is not missing afterwards.
    with old.writing() if old else nullcontext():
        made = _made_anew(folder)
        if old is None:
            _put_in_place(folder)
            differing = 0
        else:
            before = _contents(old)
            differing = sum(_differences(before[name], made[name]) for name in made)
            old.replace_database(folder / _REBUILT)
    count = len(made[_FIGURES])
    tell(_("已重建：{count} 条数，不同 {bad} 条", count=count, bad=differing))
    damaged = _compare_originals(opened(), tell)
    return 1 if differing or damaged else 0


def _contents(store: Store) -> Contents:
    """Return every version of all that figures read, of today and of days before."""
    return {name: store.frame(f"select * from {name}", {}) for name in VERSIONED}


def _made_anew(folder: Path) -> Contents:
    for leftover in (_REBUILT, f"{_REBUILT}.wal"):
        (folder / leftover).unlink(missing_ok=True)
    fresh = Store(folder, _REBUILT, is_recovered=False)
    try:
        broken = fresh.journal.broken_line()
        if broken is not None:
            raise ShownError(
                _(
                    "日志第 {line} 行与前面接不上，可能被改动。"
                    "请从备份恢复日志后再重建。",
                    line=broken,
                )
            )
        replay(fresh, write_number)
        return _contents(fresh)
    finally:
        fresh.close()


def write_number(store: Store, cursor: Cursor, entry: Entry) -> None:
    """Write again what a number once wrote, from the rows that the vault keeps."""
    number, submission_no = int(entry["number"]), int(entry["submission_no"])
    if entry["kind"] == ANNULMENT:
        write_annulment(store, cursor, number, submission_no)
        return
    statement = store.value(
        "select statement from ops.submission where submission_no = $no",
        {"no": submission_no},
    )
    if statement in TABLES:
        writer(str(statement), store.vault.rows(submission_no))(cursor, number)
    else:
        write_submission(store, cursor, number, submission_no)


def _at_hand(tell: Callable[[str], None]) -> Store | None:
    try:
        return store_at(settings().var)
    except InUse:
        raise
    except ShownError as problem:
        tell(_("原数据库不能用于比对：{problem}", problem=problem))
        return None


def _put_in_place(folder: Path) -> None:
    database = folder / DATABASE
    if database.exists():
        _carry_over_from_old(folder)
    for path in (database, database.with_name(f"{DATABASE}.wal")):
        if path.exists():
            path.replace(path.with_name(f"{path.name}.before-rebuild"))
    (folder / _REBUILT).replace(database)


def _carry_over_from_old(folder: Path) -> None:
    """Take accounts and audit over from a database that only lags behind the journal.

    What the journal has besides, erasures of people too, is done to them at opening.
    """
    try:
        behind = Store(folder, is_recovered=False)
    except ShownError:
        return
    try:
        behind.carry_over(folder / _REBUILT)
    finally:
        behind.close()


def _differences(old: pd.DataFrame, new: pd.DataFrame) -> int:
    """Count rows that stand in one and not, or not as often, in the other."""
    before, after = (
        Counter(pd.util.hash_pandas_object(frame, index=False)) for frame in (old, new)
    )
    return ((before - after) | (after - before)).total()


def _compare_originals(store: Store, tell: Callable[[str], None]) -> int:
    accepted = store.frame(
        """
        select
            submission_no, sha256, answers, file_name, submitted_at, sender_scope
        from ops.submission
        where not list_contains($nobody_sends, statement) and state = 'accepted'
        order by submission_no
        """,
        {"nobody_sends": list(TABLES)},
    )
    unlike = damaged = 0
    for row in accepted.itertuples():
        try:
            content = store.vault.original(str(row.sha256))
        except (OSError, ValueError):
            damaged += 1
            tell(_("底册中的原件缺失或被改动：{file}", file=row.file_name))
            continue
        clock = FixedClock(row.submitted_at.to_pydatetime())
        answers = answers_from(str(row.answers))
        sender = replace(system_viewer(), scope=scope_from(str(row.sender_scope)))
        again = within_scope(
            check_file(content, str(row.file_name), answers, clock, store.folder),
            sender,
        )
        if not is_read_alike(store, int(row.submission_no), again):
            unlike += 1
            tell(
                _(
                    "今天的读法读出的与当时不同（不影响数字）：{file}",
                    file=row.file_name,
                )
            )
    tell(
        _(
            "重读原件 {count} 份，读法有变 {unlike} 份",
            count=len(accepted) - damaged,
            unlike=unlike,
        )
    )
    return damaged
