"""Do vault and journal alone give the figures that the database gives? Made anew."""

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import nullcontext, suppress
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
from store.audit import check_journal
from store.connect import DATABASE, store_at
from store.errors import Damaged, JournalDamaged
from store.journal import Entry
from store.kept import kept_rows
from store.publish import ANNULMENT, VERSIONED
from store.replay import replay
from store.salvage import carry_from, put_in_place

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
        0 where every figure is the same to the fen, every original is whole and
        nothing of the old database was lost, else 1.

    Raises:
        ShownError: when another process holds the database, or when journal or vault
            are not what they were; nothing is changed then.
    """
    folder = settings().var
    old = _at_hand(tell)
    if old is not None and _is_bulk(old):
        raise ShownError(
            _("省级演示是直接写入的，没有原始文件和底册，不能 rebuild。请重新生成。")
        )
    # Whatever arrives meanwhile waits, so that it is not missing afterwards.
    with old.lock if old else nullcontext():
        made = _made_anew(folder, old)
        differing, broken = 0, []
        if old is None:
            lost = _taken_over(folder)
        else:
            broken = old.unreadable()
            differing = _differing(old, made, broken)
            lost = old.replace_database(folder / _REBUILT)
    count = len(made[_FIGURES])
    tell(_("已重建：{count} 条数，不同 {bad} 条", count=count, bad=differing))
    _tell_damage(broken, lost, tell)
    damaged = _compare_originals(opened(), tell)
    return 1 if differing or damaged or broken or lost else 0


def anew(store: Store) -> int:
    """Count the rows of figures that differ from those made anew; change nothing.

    Args:
        store: with its vault and its journal.

    Raises:
        ShownError: when journal or vault are not what they were.
    """
    made = _made_anew(store.folder, store)
    (store.folder / _REBUILT).unlink()
    return _differing(store, made, [])


def _differing(old: Store, made: Contents, broken: list[str]) -> int:
    before = _contents(old, broken)
    return sum(_differences(before[name], made[name]) for name in before)


def _tell_damage(
    broken: list[str], lost: list[str], tell: Callable[[str], None]
) -> None:
    for table in broken:
        if table not in lost:
            tell(_("原数据库的 {table} 有损坏，已从底册和日志重建", table=table))
    if lost:
        tell(
            _(
                "原数据库中这几张表读不出，底册和日志里也没有：{tables}。"
                "账号、会话等请从最近的备份恢复。",
                tables=", ".join(lost),
            )
        )


def _is_bulk(store: Store) -> bool:
    try:
        return is_province(store)
    except Damaged:
        return False


def _contents(store: Store, broken: Collection[str] = ()) -> Contents:
    """Return every version of all that figures read, of today and of days before."""
    return {
        name: store.frame(f"select * from {name}", {})
        for name in VERSIONED
        if name not in broken
    }


def _made_anew(folder: Path, old: Store | None) -> Contents:
    for leftover in (_REBUILT, f"{_REBUILT}.wal"):
        (folder / leftover).unlink(missing_ok=True)
    fresh = Store(folder, _REBUILT, is_recovered=False)
    try:
        check_journal(old or fresh, fresh.journal)
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
        writer(str(statement), kept_rows(store, submission_no))(cursor, number)
    else:
        write_submission(store, cursor, number, submission_no)


def _at_hand(tell: Callable[[str], None]) -> Store | None:
    try:
        store = store_at(settings().var)
        with suppress(Damaged), store.writing():
            pass
    except (InUse, JournalDamaged):
        raise
    except (ShownError, Damaged) as problem:
        tell(_("原数据库不能用于比对：{problem}", problem=problem))
        return None
    return store


def _taken_over(folder: Path) -> list[str]:
    """Put the rebuilt database in the place of one that could not be opened.

    Returns:
        The tables that live in that one alone and could not be read.

    Raises:
        JournalDamaged: when what can be read tells of lines that are not there.
    """
    old, rebuilt = folder / DATABASE, folder / _REBUILT
    # where there never was one, nothing is lost
    lost = carry_from(old, rebuilt) if old.exists() else []
    told = Store(folder, _REBUILT, is_recovered=False)
    try:
        check_journal(told, told.journal)
    finally:
        told.close()
    put_in_place(rebuilt, old)
    return lost


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
