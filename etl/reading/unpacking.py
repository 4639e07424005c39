"""What does a member of an archive hold, unless it is more than memory takes?"""

import zipfile

from base.errors import ShownError
from base.words import _

MOST_MEMBERS = 10_000
# Sheets shrink to a tenth or a fiftieth; a thousandth is made to fill memory.
_MOST_TIMES, _SMALL = 200, 20_000_000
_LOCKED = 0x1
_BLOCK = 65_536
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class NotReadable(ShownError):
    """The file is not a table that this program can read."""


def refuse_many(archive: zipfile.ZipFile, most_bytes: int) -> None:
    """Refuse an archive for what it says of itself.

    Args:
        archive: as opened; nothing is unpacked.
        most_bytes: that all members together may hold.

    Raises:
        NotReadable: when it has too many members, or they are too large or locked.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise NotReadable(_("文件有密码，打不开。请去掉密码后再交。"))
    declared = sum(entry.file_size for entry in entries)
    if declared > most_bytes or len(entries) > MOST_MEMBERS:
        raise too_large()


def unpacked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most_bytes: int
) -> bytes:
    """Unpack a member, whatever size it claims.

    Args:
        archive: where it is.
        entry: which.
        most_bytes: that it may hold.

    Returns:
        Its content.

    Raises:
        NotReadable: when it holds more, or shrank more than any table does.
        BadZipFile: when it is packed in a way that no spreadsheet program uses.
    """
    if entry.compress_type not in _METHODS:
        raise zipfile.BadZipFile(entry.filename)
    most = min(most_bytes, max(_SMALL, _MOST_TIMES * entry.compress_size))
    # Else no more would be unpacked than the entry claims, unlike other readers; what
    # ends before one more block would be called damaged.
    entry.file_size = most + _BLOCK
    with archive.open(entry) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise too_large()
    return content


def too_large() -> NotReadable:
    """Return the refusal of what unpacks to too much."""
    return NotReadable(_("文件解压后过大，不是正常的表格。请只保留要报的表。"))
