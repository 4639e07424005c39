"""Which tables came packed into one zip? They are unpacked in memory, never to disk."""

import io
import posixpath
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from base.settings import settings
from base.words import _
from etl.reading.unpacking import NotReadable, refuse_many, unpacked

TABLES = frozenset([".xlsx", ".xls", ".csv", ".et", ".xlsm"])
_ARCHIVES = frozenset([".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"])
_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
# What Office and OpenDocument files have inside; other zips are bundles.
_DOCUMENT = ("[Content_Types].xml", "content.xml", "mimetype")
_PARTS = ("xl/", "word/", "ppt/")
_RUBBISH = (".", "~", "__MACOSX")
_TIMES_LARGEST = 4
_UTF8_NAME = 0x800
_OUTSIDE = re.compile(r"/|[A-Za-z]:|.*(?:^|/)\.\.(?:/|$)", re.DOTALL)


@dataclass(frozen=True)
class File:
    """A file of a bundle; `problem` says why its content could not be had."""

    name: str
    content: bytes
    problem: str = ""


def files_in(content: bytes, file_name: str, largest_bytes: int) -> list[File]:
    """Return the tables in a zip, or the file itself where it is none.

    Args:
        content: the file as it arrived.
        file_name: as sent.
        largest_bytes: that one file may hold; all together may hold four times that.

    Returns:
        The tables, named `archive.zip/inner.xlsx`; hidden rubbish is left out. A
        workbook is a zip, too, and is returned as it is, like what is larger than
        `largest_bytes`, which the door refuses.

    Raises:
        NotReadable: when the zip cannot be unpacked safely; says what to do.
    """
    itself = [File(file_name, content)]
    if not content.startswith((_ZIP, _EMPTY_ZIP)) or len(content) > largest_bytes:
        return itself
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _is_document(archive.namelist()):
                return itself
            return _tables(archive, file_name, largest_bytes)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise NotReadable(_("压缩包已损坏，打不开。请重新打包后再交。")) from error


def _is_document(names: list[str]) -> bool:
    return any(name in _DOCUMENT or name.startswith(_PARTS) for name in names)


def _tables(archive: zipfile.ZipFile, file_name: str, largest_bytes: int) -> list[File]:
    left = _TIMES_LARGEST * largest_bytes
    refuse_many(archive, left)
    named = [(_name(entry), entry) for entry in archive.infolist()]
    for name, entry in named:
        _refuse_tricks(name, entry)
    wanted = [
        (name, entry)
        for name, entry in named
        if PurePosixPath(name).suffix.lower() in TABLES and not _is_rubbish(name)
    ]
    most = settings().most_packed_files
    if len(wanted) > most:
        raise NotReadable(
            _(
                "压缩包里有 {count} 个表格，最多读 {most} 个。请分成几个压缩包。",
                count=len(wanted),
                most=most,
            )
        )
    if not wanted:
        raise NotReadable(_("压缩包里没有表格。请放入 xlsx、xls 或 csv 后再交。"))
    files = []
    for name, entry in wanted:
        file = _file(archive, entry, f"{file_name}/{name}", left)
        left -= len(file.content)
        files.append(file)
    return files


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a name as its writer meant it: Windows writes GB18030 and says nothing."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    # What a terminal would obey, or a page show in another order, is no name.
    shown = "".join("?" if unicodedata.category(c)[0] == "C" else c for c in name)
    return shown.replace("\\", "/")


def _refuse_tricks(name: str, entry: zipfile.ZipInfo) -> None:
    if _OUTSIDE.match(name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise NotReadable(
            _(
                "压缩包里「{name}」的路径指向别处，未读取。请把表格放进一个文件夹后重新打包。",
                name=name[-80:],
            )
        )
    if PurePosixPath(name).suffix.lower() in _ARCHIVES and not _is_rubbish(name):
        raise _nested(name)


def _nested(name: str) -> NotReadable:
    return NotReadable(
        _(
            "压缩包里还有压缩包「{name}」，未读取。请解压后只打一层包再交。",
            name=name[-80:],
        )
    )


def _is_rubbish(name: str) -> bool:
    return any(part.startswith(_RUBBISH) for part in name.split("/"))


def _file(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int
) -> File:
    try:
        content = unpacked(archive, entry, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        problem = _("压缩包里的这个文件已损坏。请重新打包，或单独交这个文件。")
        return File(name, b"", problem)
    if content.startswith((_ZIP, _EMPTY_ZIP)) and _is_bundle(content):
        raise _nested(posixpath.basename(name))
    return File(name, content)


def _is_bundle(content: bytes) -> bool:
    """Tell whether a table by its name is an archive by its content."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            return not _is_document(inner.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
