"""Which files are made to fill memory or time, or unpack to somewhere else?"""

import io
import stat
import zipfile
from collections.abc import Callable
from functools import partial

from tests.corpus.bad import Bad, harmless, refused
from tests.corpus.making import (
    SHEET,
    STRINGS,
    Member,
    changed,
    edited,
    good_csv,
    good_xls,
    good_xlsx,
    ledger_rows,
    lines_csv,
    members,
    numbered,
    old_stream,
    packed,
    page,
    page_table,
    record_changed,
    records,
    sheet_of,
    with_parts,
)

DAMAGED, TOO_LARGE, ELSEWHERE = "已损坏", "解压后过大", "指向别处"
# Names of members that lead out of the folder, or are no names.
PATHS = {
    "up": "../../柳泉.xlsx",
    "up-windows": "..\\..\\柳泉.xlsx",
    "absolute": "/etc/cron.d/柳泉.xlsx",
    "drive": "C:\\柳泉.xlsx",
    "up-inside": "a/../../柳泉.xlsx",
}


def _bundle(*parts: Member) -> Callable[[], bytes]:
    return lambda: packed(parts)


def _packed_as(name: str) -> bytes:
    return packed([(name, good_xlsx())])


def _linked() -> bytes:
    entry = zipfile.ZipInfo("柳泉.xlsx")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _nested(depth: int) -> bytes:
    inner = good_xlsx()
    for _level in range(depth):
        inner = packed([("a.zip", inner)])
    return inner


def _claims(content: bytes, member: str, size: int) -> bytes:
    """Have a zip claim another size of a member, where it is listed."""
    place = content.index(b"PK\x01\x02")
    while not content[place + 46 :].startswith(member.encode()):
        place = content.index(b"PK\x01\x02", place + 4)
    return numbered(content, place + 24, "<I", size)


def _overlapping(times: int) -> bytes:
    """Return a zip whose members are all the same bytes, listed many times."""
    whole = packed([("a.csv", b"a,b\n" * 1_000_000)])
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    listed = whole[start:end]
    copies = b"".join(
        listed.replace(b"a.csv", f"{number:01}.csv".encode()[-5:])
        for number in range(times)
    )
    closing = bytearray(whole[end:])
    closing[8:12] = times.to_bytes(2, "little") * 2
    closing[12:16] = len(copies).to_bytes(4, "little")
    return whole[:start] + copies + bytes(closing)


def _tag_without_end(repeated: str) -> bytes:
    """Return a sheet with one tag that never ends, and what a look for it repeats."""
    return sheet_of([*ledger_rows(), "<row>", repeated])


def _old_circle() -> bytes:
    """Return an xls whose table of sectors leads back to itself."""
    content = good_xls()
    table = int.from_bytes(content[76:80], "little")
    return numbered(content, (table + 1) * 512, "<I", 0)


ENTRIES: tuple[Bad, ...] = (
    # archives
    refused(
        "one-part-shrank.xlsx",
        lambda: with_parts(("xl/media/a.bin", b"\0" * 60_000_000)),
        TOO_LARGE,
        is_heavy=True,
    ),
    refused(
        "sheet-shrank.xlsx",
        lambda: changed(
            SHEET,
            lambda data: data.replace(
                b"<sheetData>", b"<sheetData>" + b" " * 60_000_000
            ),
        ),
        TOO_LARGE,
        is_heavy=True,
    ),
    refused(
        "claims-less.xlsx",
        lambda: _claims(
            with_parts(("xl/media/a.bin", b"\0" * 60_000_000)), "xl/media/a.bin", 10
        ),
        TOO_LARGE,
        is_heavy=True,
    ),
    refused(
        "claims-more.xlsx", lambda: _claims(good_xlsx(), STRINGS, 0xFFFFFFF0), TOO_LARGE
    ),
    refused(
        "claims-endless.zip",
        lambda: _claims(packed([("a.csv", good_csv())]), "a.csv", 0xFFFFFFF0),
        TOO_LARGE,
    ),
    refused("one-table-shrank.zip", _bundle(("a.csv", b"0," * 30_000_000)), TOO_LARGE),
    refused("same-bytes-listed-often.zip", lambda: _overlapping(100), TOO_LARGE),
    refused(
        "many-members.zip",
        _bundle(*((f"{n}.txt", b"") for n in range(10_001))),
        TOO_LARGE,
    ),
    refused(
        "many-parts.xlsx",
        lambda: with_parts(*((f"xl/{n}", b"") for n in range(10_001))),
        TOO_LARGE,
        is_heavy=True,
    ),
    refused(
        "many-tables.zip",
        lambda: packed((f"{n}.xlsx", good_xlsx()) for n in range(201)),
        "201 个表格",
    ),
    refused("zip-in-a-zip.zip", lambda: _nested(2), "还有压缩包"),
    refused("zip-in-a-zip-deep.zip", lambda: _nested(40), "还有压缩包"),
    refused(
        "zip-called-a-table.zip",
        lambda: packed([("a.xlsx", packed([("b.csv", good_csv())]))]),
        "还有压缩包",
    ),
    refused("rar-in-a-zip.zip", _bundle(("a.RAR", b"Rar!")), "还有压缩包"),
    refused("member-is-a-link.zip", _linked, ELSEWHERE),
    *(
        refused(f"path-{what}.zip", partial(_packed_as, name), ELSEWHERE)
        for what, name in PATHS.items()
    ),
    harmless(
        "path-in-a-book.xlsx",
        lambda: with_parts(("../../../tmp/evil.sh", b"#!/bin/sh")),
    ),
    harmless("long-name.zip", lambda: packed([("长" * 5_000 + ".xlsx", good_xlsx())])),
    harmless(
        "name-with-a-direction.zip",
        lambda: packed([("台账\u202excod.xlsx", good_xlsx())]),
    ),
    harmless(
        "same-name-twice.xlsx",
        lambda: packed(
            [*members(good_xlsx()), (STRINGS, dict(members(good_xlsx()))[STRINGS])]
        ),
    ),
    # what takes time or memory
    refused(
        "cell-far-away.xlsx",
        lambda: edited(SHEET, 'r="D6"', 'r="XFD1048576"'),
        "右边和下边",
    ),
    refused(
        "row-far-away.xlsx",
        lambda: edited(SHEET, '<row r="6"', '<row r="4294967295"'),
        "右边和下边",
    ),
    refused(
        "cell-far-away-behind-words.xlsx",
        lambda: edited(SHEET, 'r="D6"', 'r="XFD1048576" x="' + "a" * 5_000 + '"'),
        "右边和下边",
    ),
    refused(
        "cell-far-away-said-last.xlsx",
        lambda: edited(SHEET, 'r="D6"', 'xr:r="A1" r="XFD1048576"'),
        "右边和下边",
    ),
    refused(
        "rows-that-count-themselves.xlsx",
        lambda: sheet_of(
            [
                *ledger_rows(),
                "<row/>" * 1_000_000,
                '<row><c><v>1</v></c><c r="XFD9"><v>1</v></c></row>',
            ]
        ),
        "打不开",
        is_heavy=True,
    ),
    refused(
        "far-cell-with-a-blank.xlsx",
        lambda: edited(SHEET, 'r="D6"', 'r = "XFD1048576"'),
        "打不开",
    ),
    refused(
        "texts-claimed-without-end.xlsx",
        lambda: edited(STRINGS, 'count="', 'count="4294967295" x="'),
        DAMAGED,
    ),
    refused(
        "merged-over-all.xlsx",
        lambda: changed(
            SHEET,
            lambda data: data.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="9">'
                + b'<mergeCell ref="A1:XFD1048576"/>' * 60_000
                + b"</mergeCells>",
            ),
        ),
        "合并单元格过多",
        is_heavy=True,
    ),
    harmless(
        "merged-at-no-place.xlsx",
        lambda: changed(
            SHEET,
            lambda data: data.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="X1:ZZZ9"/></mergeCells>',
            ),
        ),
    ),
    refused(
        "tags-without-end.xlsx",
        lambda: _tag_without_end('<c r="A1" t="e" ' * 150_000),
        "打不开",
    ),
    refused(
        "one-tag-without-end.xlsx",
        lambda: _tag_without_end('<c t="e" <f ' + 'r="AA1" ' * 250_000),
        "打不开",
        is_heavy=True,
    ),
    refused(
        "formulas-without-end.xlsx",
        lambda: _tag_without_end('<c r="A1"><f' * 150_000),
        "打不开",
    ),
    refused(
        "hidden-without-end.xlsx",
        lambda: _tag_without_end('<row hidden="1" ' * 150_000),
        "打不开",
        is_heavy=True,
    ),
    Bad(
        "digits-in-brackets.csv",
        lambda: lines_csv([["柳泉", "(" + "1" * 30_000, 1, 2]]),
        "amount_unreadable",
        "",
        "B4",
        "只填数字",
    ),
    Bad(
        "digits-in-brackets.xlsx",
        lambda: sheet_of(ledger_rows([["柳泉", "(" + "9" * 900_000, 1, 2]])),
        "amount_unreadable",
        "Sheet1",
        "B4",
        "只填数字",
    ),
    refused(
        "spans-over-all.xls",
        lambda: page(
            "<table>"
            + "<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 3_000
            + "</table>"
        ),
        "过",
        is_heavy=True,
    ),
    refused("tables-in-tables.xls", lambda: page("<table><tr><td>" * 200_001), "过大"),
    harmless(
        "boxes-in-boxes.xls",
        lambda: page("<div>" * 50_000 + page_table()),
        is_heavy=True,
    ),
    harmless("comment-without-end.xls", lambda: page(page_table() + "<!--" * 100_000)),
    refused("sectors-in-a-circle.xls", _old_circle, "打不开"),
    refused(
        "rows-claimed-without-end.xls",
        lambda: record_changed(
            0x0200, lambda data: numbered(data, 8, "<I", 0x7FFFFFFF)
        ),
        "打不开",
    ),
    harmless(
        "texts-claimed-without-end.xls",
        lambda: record_changed(
            0x00FC, lambda data: numbered(data, 8, "<I", 0xFFFFFFF0)
        ),
    ),
    Bad(
        "records-of-nothing.xls",
        lambda: old_stream(records()[:20] + b"\0" * 4_000_000),
        "no_table",
        words="表头",
        is_heavy=True,
    ),
)
