"""Does a backup hold all that it should, and how does it come back?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from base.errors import ShownError
from base.settings import settings
from base.words import _
from etl.door import is_province, opened
from etl.rebuild import anew, rebuild
from store import Store, close_all, remote, store_at
from store.archive import Manifest, identity_in, unpacked
from store.audit import broken_act
from store.backup import DATABASE, JOURNAL
from store.keeping import backups_in, note_checked
from store.restore import damaged, put_back, read_through

_STAGED = "restoring-"
_FIGURES = "core.income_period"
Tell = Callable[[str], None]


def restore(path: Path, key: Path | None, tell: Tell) -> int:
    """Bring an installation back from a backup, or mend what of it is damaged.

    Args:
        path: of the backup, or of the folder whose newest is taken.
        key: the file with the secret key of an encrypted one.
        tell: takes each line of the report.

    Returns:
        0 where everything is whole, 1 where something is lost for good; it is named.

    Raises:
        ShownError: when the dashboard runs, or the backup is damaged or of another
            installation; nothing is changed then.
    """
    folder = settings().var
    if remote.running() is not None:
        raise ShownError(_("看板正在运行。请先停下看板，再恢复。"))
    close_all()
    backup = _chosen(path)
    with _staged(backup, key, folder) as (staged, manifest):
        tell(_told(backup, manifest))
        done = put_back(staged, folder)
    tell(
        _(
            "放回文件 {files} 个、日志 {lines} 行；数据库{database}",
            files=done.files,
            lines=done.lines,
            database=_("用备份的") if done.is_database else _("完好，未动"),
        )
    )
    for name in done.lost:
        tell(_("损坏或缺失，备份里也没有：{name}", name=name))
    try:
        store_at(folder)
    except ShownError:
        # the journal tells of more than the database knows
        rebuild(tell)
    store = opened()
    number = store.value("select version_no from ops.version")
    tell(_("已恢复到第 {number} 号", number=number))
    return 1 if done.lost else 0


def check_backup(path: Path, key: Path | None, tell: Tell, at: datetime) -> int:
    """Prove row by row that a backup would come back, apart from everything in use.

    It is unpacked into a folder of its own, its database compared with what the
    database was when the backup was made, and made anew from its vault and journal.

    Args:
        path: of the backup, or of the folder whose newest is taken.
        key: the file with the secret key of an encrypted one.
        tell: takes each line of the report.
        at: now; beside the backup it is noted that and how it was checked.

    Returns:
        0 where all is the same, 1 where something differs; it is named.

    Raises:
        ShownError: when the backup is damaged.
    """
    backup = _chosen(path)
    with (
        TemporaryDirectory(prefix="village-") as place,
        _staged(backup, key, Path(place)) as (staged, manifest),
    ):
        tell(_told(backup, manifest))
        found = _found(staged, manifest, tell)
    note_checked(backup, at, is_whole=not found)
    for one in found:
        tell(one)
    tell(_("核对无误，可以恢复") if not found else _("核对有误，请换一份备份"))
    return 1 if found else 0


def _chosen(path: Path) -> Path:
    if not path.is_dir():
        if not path.is_file():
            raise ShownError(_("没有备份「{path}」。", path=path))
        return path
    found = backups_in(path)
    if not found:
        raise ShownError(_("「{path}」里没有备份。", path=path))
    return found[-1]


@contextmanager
def _staged(
    backup: Path, key: Path | None, folder: Path
) -> Iterator[tuple[Path, Manifest]]:
    """Unpack a backup beside what it goes to, for its owner alone."""
    place = folder / "run"
    place.mkdir(parents=True, exist_ok=True)
    for leftover in place.glob(f"{_STAGED}*"):
        # what one left that was killed
        rmtree(leftover)
    with TemporaryDirectory(prefix=_STAGED, dir=place) as staged:
        identity = identity_in(key) if key else None
        manifest = unpacked(backup, Path(staged), identity)
        if not {DATABASE, JOURNAL} <= set(manifest["members"]):
            raise ShownError(_("「{path}」不是本系统的备份。", path=backup.name))
        if manifest["city"] != settings().city:
            raise ShownError(
                _(
                    "这份备份是 {other} 的，本系统设置的是 {city}。",
                    other=manifest["city"],
                    city=settings().city,
                )
            )
        yield Path(staged), manifest


def _told(backup: Path, manifest: Manifest) -> str:
    return _(
        "备份 {name}：{at} 做成，文件 {files} 个，日志 {lines} 行，各个校验和相符",
        name=backup.name,
        at=str(manifest["made_at"])[:16].replace("T", " "),
        files=len(manifest["members"]),
        lines=manifest["journal_lines"],
    )


def _found(staged: Path, manifest: Manifest, tell: Tell) -> list[str]:
    """Return what is not as it should be in an unpacked backup."""
    here, there = read_through(staged / DATABASE) or {}, manifest["tables"]
    wrong = [
        _("表 {table} 与备份时不同", table=table)
        for table in sorted({*here, *there})
        if here.get(table) != there.get(table)
    ]
    rows = sum(int(count) for count, _sum in here.values())
    tell(_("数据库 {tables} 张表 {rows} 行", tables=len(here), rows=rows))
    if wrong:
        return wrong
    store = Store(staged, is_recovered=False)
    try:
        wrong += _chains(store, manifest)
        wrong += [
            _("底册文件缺失或损坏：{name}", name=name) for name in damaged(store.folder)
        ]
        if not wrong and not is_province(store):
            wrong += _made_again(store, tell)
    finally:
        store.close()
    return wrong


def _chains(store: Store, manifest: Manifest) -> list[str]:
    journal, found = store.journal, []
    line = journal.broken_line()
    if line is not None:
        found.append(_("日志第 {line} 行与前面接不上", line=line))
    elif (journal.length, journal.last_hash) != (
        manifest["journal_lines"],
        manifest["journal_hash"],
    ):
        found.append(_("日志的末尾与备份时不同"))
    elif (act := broken_act(store)) is not None:
        found.append(_("审计第 {number} 条与前面接不上", number=act))
    return found


def _made_again(store: Store, tell: Tell) -> list[str]:
    count = anew(store)
    tell(
        _(
            "由底册和日志重建并逐行比对：{count} 条数，不同 {bad} 条",
            count=store.value(f"select count(*) from {_FIGURES}"),
            bad=count,
        )
    )
    return [_("重建的数与数据库不同")] if count else []
