"""What does each command do? The same here and inside the running dashboard."""

import argparse
import getpass
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import queries
from base.catalogue import catalogue
from base.clock import Clock, SystemClock
from base.errors import ShownError
from base.formats import listed
from base.place import Scope
from base.settings import settings
from base.viewer import Viewer, operator
from base.words import _
from etl.annul import COUNTING
from etl.backup import back_up_and_tidy
from etl.check import Checked, unreadable
from etl.demo.province.run import load_province
from etl.demo.run import load_demo
from etl.door import (
    PROVINCE_SCALE,
    Loaded,
    check_file,
    clock_of,
    home_of,
    load_file,
    opened,
)
from etl.maps.geography import import_boundaries, import_positions
from etl.reading.amounts import UNITS
from etl.reading.bundle import TABLES, File, files_in
from etl.reading.unpacking import NotReadable
from etl.rebuild import rebuild
from etl.registry import registry
from etl.restore import check_backup, restore
from etl.said import as_json, as_lines, exit_code
from etl.tables.context import Answers
from office.strategy import exported
from store import Store
from store.archive import new_key
from store.vault import sha256_of

Tell = Callable[[str], None]
_WANTED = {*TABLES, ".zip"}


def answers_of(options: argparse.Namespace) -> Answers:
    """Return what the options say of the files."""
    if options.source is not None and options.source not in catalogue().sources:
        raise ShownError(
            _(
                "没有「{source}」这个来源。可用：{names}。",
                source=options.source,
                names=listed(catalogue().sources),
            )
        )
    unit = UNITS[options.unit] if options.unit else None
    return Answers(options.source, options.month, unit)


def check(options: argparse.Namespace, folder: Path, clock: Clock, tell: Tell) -> int:
    """Check files and write nothing."""
    answers = answers_of(options)
    found = [
        _refused(file) or check_file(file.content, file.name, answers, clock)
        for path in _files(options.paths, folder)
        for file in _unpacked(path)
    ]
    return _said(found, options.json, tell)


def load(options: argparse.Namespace, folder: Path, tell: Tell) -> int:
    """Check files and take them in."""
    answers = answers_of(options)
    store = opened()
    clock = clock_of(store)
    found = []
    files = (file for path in _files(options.paths, folder) for file in _unpacked(path))
    for file in files:
        refused = _refused(file)
        if refused is not None:
            loaded = Loaded(refused, None, was_known=False)
        else:
            loaded = load_file(
                store,
                file.content,
                file.name,
                sender_of(options),
                clock.now(),
                answers,
                is_good_rows_enough=options.good_rows,
            )
        found.append(loaded.checked)
        if options.json:
            continue
        for line in as_lines(loaded.checked):
            tell(line)
        if loaded.submission is not None:
            tell(_outcome(loaded.was_known, loaded.submission.state))
    if options.json:
        tell(as_json(found))
    return exit_code(found)


def _outcome(was_known: bool, state: str) -> str:
    if state in COUNTING:
        return _("  以前已载入，没有变化") if was_known else _("  已载入")
    return _("  有错误，暂存待审；改好后重交，或加 --good-rows 只载入好的行")


def demo(options: argparse.Namespace, tell: Tell) -> int:
    """Load the invented demonstration, or an invented province."""
    if options.scale == PROVINCE_SCALE:
        count = load_province(options.to_month, tell)
        tell(
            _(
                "省级演示数据就绪：{count} 个村。只供测量阅读速度："
                "数字背后没有原始文件，单元格点不开，也不能 rebuild",
                count=count,
            )
        )
        return 0
    new = load_demo(options.to_month, tell)
    tell(_("演示数据就绪，新载入 {new} 个文件", new=new))
    return 0


def targets(options: argparse.Namespace, tell: Tell) -> int:
    """Tell how far each target is."""
    store = opened()
    viewer = replace(operator(), scope=Scope.of([home_of(store)]))
    if options.scope:
        viewer = viewer.within(options.scope)
    moment = queries.moment_now(store, viewer, clock_of(store), options.as_of)
    answer = [
        queries.summary(target, viewer, store, moment) for target in catalogue().targets
    ]
    if options.json:
        tell(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
        return 0
    for one in answer:
        tell(
            _(
                "{name}（截至 {as_of}）：名单 {villages} 村，已清零 {cleared}，"
                "未清零 {remaining}，其中 {unreported} 村有未报、退回或待审",
                **one,
            )
        )
    return 0


def strategy(tell: Tell) -> int:
    """Print the workstreams of the strategy, the file with all edits."""
    store = opened()
    tell(exported(store, operator(), clock_of(store).now()).rstrip())
    return 0


def places(options: argparse.Namespace, folder: Path, tell: Tell) -> int:
    """Import real boundaries or positions."""
    store = opened()
    path = folder / options.path
    now = clock_of(store).now()
    by = sender_of(options)
    if options.kind == "boundaries":
        import_boundaries(
            store,
            _bytes(path),
            path.name,
            options.datum,
            options.approval,
            registry(),
            catalogue(),
            by,
            now,
        )
        tell(_("已换用导入的乡镇边界"))
        return 0
    if not options.datum:
        raise ShownError(
            _("请用 --datum 说明坐标系：WGS84、CGCS2000、GCJ-02 或 BD-09。")
        )
    count = import_positions(
        store, _bytes(path), options.datum, registry(), catalogue(), by, now
    )
    tell(_("已换用 {count} 个村的实测位置", count=count))
    return 0


def backup(options: argparse.Namespace, folder: Path, tell: Tell) -> int:
    """Copy everything to one file, while people work."""
    now = SystemClock().now()
    made, old = back_up_and_tidy(opened(), folder / options.path, operator(), now)
    tell(
        _(
            "已备份到 {path}：文件 {files} 个，{size} MB，用时 {seconds} 秒",
            path=made.path,
            files=made.files,
            size=round(made.bytes / 1_000_000, 1),
            seconds=round(made.seconds, 1),
        )
    )
    for name in made.left_out:
        tell(_("正在被移动或太大，没有备份：{name}", name=name))
    if old:
        tell(_("已清理过期备份 {count} 份", count=len(old)))
    return 0


def restored(options: argparse.Namespace, folder: Path, tell: Tell) -> int:
    """Bring everything back from a backup, or only prove that it would come back."""
    path = folder / options.path
    key = folder / options.key if options.key else None
    if options.check:
        return check_backup(path, key, tell, SystemClock().now())
    return restore(path, key, tell)


def backup_key(options: argparse.Namespace, folder: Path, tell: Tell) -> int:
    """Make the pair of keys of encrypted backups; the secret one goes to a file."""
    public = new_key(folder / options.path)
    tell(_("密钥已写到 {path}，请离线保管，不要留在本机。", path=options.path))
    tell(_("公钥（设置 VILLAGE_BACKUP_RECIPIENT）：{public}", public=public))
    return 0


def sender_of(options: argparse.Namespace) -> Viewer:
    """Return who acts: as named, else the user of the system."""
    return operator(options.actor or _("命令行:{user}", user=getpass.getuser()))


def _said(found: list[Checked], is_json: bool, tell: Tell) -> int:
    if is_json:
        tell(as_json(found))
    else:
        for checked in found:
            for line in as_lines(checked):
                tell(line)
    return exit_code(found)


def _files(paths: list[str], folder: Path) -> list[Path]:
    """Return the files that are meant, all of them or none."""
    return [file for text in paths for file in _files_at(folder / text)]


def _files_at(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            path.stat()
            return [path]
        return sorted(
            p
            for p in path.rglob("*")
            if p.suffix.lower() in _WANTED and not p.name.startswith((".", "~"))
        )
    except (OSError, ValueError) as error:
        raise _unopened(path) from error


def _unpacked(path: Path) -> list[File]:
    """Return the file at a path, or the tables in it where it is a zip of files."""
    content = _bytes(path)
    try:
        return files_in(content, path.name, settings().largest_file_bytes)
    except NotReadable as problem:
        return [File(path.name, content, str(problem))]


def _refused(file: File) -> Checked | None:
    if not file.problem:
        return None
    return unreadable(file.name, sha256_of(file.content), file.problem)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unopened(path) from error


def _unopened(path: Path) -> ShownError:
    return ShownError(_("文件「{path}」打不开，请核对路径。", path=path))


def run(
    options: argparse.Namespace, folder: Path, tell: Tell, store: Store | None = None
) -> int:
    """Run a command.

    Args:
        options: as parsed.
        folder: what paths are relative to.
        tell: takes each line of the output.
        store: the open store, where there is one; `check` hears its clock.

    Returns:
        The exit code.

    Raises:
        ShownError: with a message for the person.
    """
    match options.command:
        case "check":
            clock = clock_of(store) if store else SystemClock()
            return check(options, folder, clock, tell)
        case "load":
            return load(options, folder, tell)
        case "demo":
            return demo(options, tell)
        case "targets":
            return targets(options, tell)
        case "places":
            return places(options, folder, tell)
        case "backup":
            return backup(options, folder, tell)
        case "restore":
            return restored(options, folder, tell)
        case "backup-key":
            return backup_key(options, folder, tell)
        case "strategy":
            return strategy(tell)
        case _:
            return rebuild(tell)
