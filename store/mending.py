"""Which lines of the journal can be put back from what the audit keeps of them?"""

from datetime import datetime
from pathlib import Path

from base.words import _
from store.connect import DATABASE, Store
from store.errors import JournalDamaged
from store.journal import START, hash_of_line, is_next
from store.vault import write_durably

_TOLD = """
select journal_line, journal_hash, journal_text
from ops.audit
where journal_line is not null
order by journal_line
"""


def mended_journal(folder: Path, database: str = DATABASE) -> list[int]:
    """Put damaged and missing lines of a journal back, from the audit in a database.

    Each line that the audit tells is taken from it, its hash checked; lines that it
    does not tell, at the end, stay as they are. The whole must be one chain, else
    nothing is written. A line without an end that the audit does not tell was never
    written to its end and is left out. What the file was stays beside it.

    Args:
        folder: of an installation that nobody has open, with `journal/journal.jsonl`
            and a database; the rest of the vault is not touched.
        database: name of the database file whose audit is asked, in that folder.

    Returns:
        The numbers of the lines that were put back; none where all were whole, and
        then nothing was written.

    Raises:
        InUse: when another process holds the database.
        ShownError: when the database cannot be read.
        JournalDamaged: when a line cannot be put back; it is named, and nothing was
            written.
    """
    store = Store(folder, database, is_recovered=False)
    try:
        told = store.rows(_TOLD)
        path = store.journal.path
    finally:
        store.close()
    content = path.read_bytes()
    own = content.splitlines(keepends=True)
    whole, mended = _whole(own, told)
    if mended:
        at = datetime.now().strftime("%Y%m%d%H%M%S")
        write_durably(path.with_suffix(f".damaged-{at}"), content)
        write_durably(path, b"".join(whole))
    return mended


def _whole(
    own: list[bytes], told: list[tuple[int, str, str | None]]
) -> tuple[list[bytes], list[int]]:
    """Return the lines as they should be, and which of them were not."""
    lines: list[bytes] = []
    mended: list[int] = []
    previous = START
    for number, told_hash, text in told:
        line = own[number - 1] if number <= len(own) else b""
        if hash_of_line(line) != told_hash:
            line = (text or "").encode() + b"\n"
            mended.append(number)
        if hash_of_line(line) != told_hash or not is_next(line, number, previous):
            raise JournalDamaged(
                _(
                    "日志第 {line} 行补不回来：数据库没有它的原文，或对不上。"
                    "请用更早的备份恢复。",
                    line=number,
                )
            )
        previous = told_hash
        lines.append(line)
    for line in own:
        # who wrote these was not yet told that it was done
        if line.endswith(b"\n") and is_next(line, len(lines) + 1, previous):
            previous = hash_of_line(line)
            lines.append(line)
    return lines, mended
