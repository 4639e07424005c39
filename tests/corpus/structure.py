"""Which files are broken in how they are built, or are something else than they say?"""

import gzip
import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from functools import partial

import xlsxwriter
import xlwt

from tests.corpus.bad import LINES, Bad, harmless, refused
from tests.corpus.making import (
    BOOK,
    RELS,
    SHEET,
    STRINGS,
    book,
    changed,
    edited,
    good_csv,
    good_xls,
    good_xlsx,
    ledger_rows,
    members,
    numbered,
    old_stream,
    overwritten,
    packed,
    page,
    page_table,
    record_changed,
    records,
    sheet_of,
    without,
)
from tests.making import ledger, xls, xlsx

SAVE_AGAIN, NO_TABLE, DAMAGED = "另存为 xlsx", "不是表格文件", "已损坏"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"
# What a file begins with that is no table, whatever it is called.
OTHERS = {
    "picture.xlsx": (b"\xff\xd8\xff\xe0" + b"\0" * 500, "图片"),
    "screenshot.xls": (PNG + b"\0" * 500, "图片"),
    "moving-picture.csv": (b"GIF89a" + b"\0" * 500, "图片"),
    "apple-picture.xlsx": (b"\0\0\0\x18ftypheic" + b"\0" * 500, NO_TABLE),
    "bitmap.xls": (b"BM\x36\x84\x03\0\0\0" + b"\0" * 500, NO_TABLE),
    "scan.xlsx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 20, "PDF"),
    "packed.xlsx": (b"Rar!\x1a\x07\x01\0" + b"\0" * 500, "压缩包"),
    "packed-7z.xls": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 500, "压缩包"),
    "program.xls": (b"MZ\x90\0\x03" + b"\0" * 500, NO_TABLE),
    "voice.xlsx": (b"ID3\x04\0\0\0" + b"\0" * 500, NO_TABLE),
    "film.xlsx": (b"\0\0\0\x20ftypmp42" + b"\0" * 500, NO_TABLE),
    "rich-text.xls": (rb"{\rtf1\ansi\ansicpg936 \u26449? 1,2}", NO_TABLE),
    "chat.csv": ("柳泉村六月光伏收入三千五百元".encode(), "没有分列"),
    "letter.xls": ("各镇：\n请于五日前报送。\n".encode("gb18030"), "没有分列"),
    "json.csv": (json.dumps([{"村名": "柳泉"}]).encode(), "没有分列"),
    "page-without-table.xls": ("<html>登录超时，请重新登录".encode(), NO_TABLE),
    "page-archive.xls": (b"MIME-Version: 1.0\r\n\r\n<table>", SAVE_AGAIN),
    "old-quattro.xls": (b"\0\0\x02\0\x06\x04\x06\0" + b"\0" * 99, NO_TABLE),
    "dbase.xls": (b"\x03\x12\x06\x1e\x01\0\0\0" + b"\0" * 99, NO_TABLE),
}
_RANDOM = bytes((n * 7919 + 13) % 251 for n in range(4096))


def _database() -> bytes:
    with sqlite3.connect(":memory:") as made:
        made.execute("create table 台账 (村名 text)")
        return made.serialize()


def _cut(make: Callable[[], bytes], share: float) -> bytes:
    whole = make()
    return whole[: int(len(whole) * share)]


def _document(*parts: str) -> bytes:
    """Make what another program of Office writes."""
    return packed((part, b"<x/>") for part in ("[Content_Types].xml", *parts))


def _locked_zip() -> bytes:
    """Return the good workbook as a zip that says that its members are locked."""
    content = good_xlsx()
    found = content.find(b"PK\x01\x02")
    while found >= 0:
        content = numbered(content, found + 8, "<H", 1)
        found = content.find(b"PK\x01\x02", found + 4)
    return content


def _wrong_sum() -> bytes:
    """Return the good workbook with a sum that its first member does not have."""
    content = good_xlsx()
    return numbered(content, content.index(b"PK\x01\x02") + 16, "<I", 4711)


def _locked_xls() -> bytes:
    stream = records()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    lock = b"\x2f\0\x36\0\x01\0" + b"\x01\0\x01\0" + b"\x5a" * 48
    return old_stream(stream[:first] + lock + stream[first:])


def _with_sheet_kind(kind: str) -> bytes:
    """Make a workbook whose only ledger stands in something that is no plain sheet."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("台账")
    if kind == "chart":
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=台账!$B$1:$B$3"})
        made.add_chartsheet("图").set_chart(chart)
    elif kind == "picture":
        sheet.insert_image("A1", "台账.png", {"image_data": io.BytesIO(_dot())})
    elif kind == "hidden":
        for row, cells in enumerate(ledger(LINES)):
            sheet.write_row(row, 0, cells)
        made.add_worksheet("封面").activate()
        made.get_worksheet_by_name("封面").set_first_sheet()
        sheet.hide()
    else:
        sheet.insert_textbox("A1", "柳泉 光伏 3500 元")
    made.close()
    return out.getvalue()


def _dot() -> bytes:
    """Return the picture of one point."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360000002000001e221bc33000000"
        "0049454e44ae426082"
    )


def _old_sheets(*names: str) -> bytes:
    made = xlwt.Workbook()
    for name in names:
        made.add_sheet(name)
    out = io.BytesIO()
    made.save(out)
    return bytes(out.getvalue())


def _shuffled() -> bytes:
    """Return the good ledger with its rows written from the last to the first."""
    return sheet_of(reversed(ledger_rows()))


def _no_table(name: str, make: Callable[[], bytes]) -> Bad:
    return Bad(name, make, "no_table", words="表头")


ENTRIES: tuple[Bad, ...] = (
    *(
        refused(name, partial(bytes, content), words)
        for name, (content, words) in OTHERS.items()
    ),
    refused("biff-without-container.xls", records, NO_TABLE),
    refused("database.xls", _database, NO_TABLE),
    refused("gzip.xlsx", lambda: gzip.compress(good_xlsx(), mtime=0), "压缩包"),
    refused("noise.xlsx", lambda: _RANDOM, "另存为 xlsx"),
    refused("nothing.xlsx", lambda: b"", "文件是空的"),
    refused("nothing.zip", lambda: packed([]), "没有表格"),
    refused("word.xlsx", lambda: _document("word/document.xml"), "Word"),
    refused("slides.xlsx", lambda: _document("ppt/presentation.xml"), "Excel 表格"),
    refused("binary.xlsx", lambda: _document("xl/workbook.bin"), SAVE_AGAIN),
    refused("open-document.xlsx", lambda: _document("content.xml"), SAVE_AGAIN),
    refused("old-word.xls", lambda: old_stream(b"\xec\xa5", "WordDocument"), "打不开"),
    refused("old-mail.xls", lambda: old_stream(b"\0", "__properties"), "打不开"),
    harmless("xls-called-xlsx.xlsx", good_xls),
    harmless("xlsx-called-et.et", good_xlsx),
    harmless("csv-called-xlsx.xlsx", good_csv),
    harmless("page-called-xls.xls", lambda: page(page_table())),
    harmless(
        "page-without-ends.xls",
        lambda: page(page_table().replace("</td>", "").replace("</tr>", "")),
    ),
    harmless("page-cut-off.xls", lambda: page(page_table())[:-18]),
    refused("locked.xlsx", lambda: old_stream(_RANDOM, "EncryptedPackage"), "密码"),
    refused("locked-zip.xlsx", _locked_zip, "密码"),
    refused("locked.xls", _locked_xls, "密码"),
    *(
        refused(f"cut-at-{share:.2f}{ending}", partial(_cut, make, share), "打不开")
        for share in (0.1, 0.5, 0.9)
        for ending, make in ((".xlsx", good_xlsx), (".xls", good_xls))
    ),
    refused(
        "zip-cut-off.zip", lambda: packed([("a.xlsx", good_xlsx())])[:-30], "打不开"
    ),
    refused(
        "zeros-in-the-middle.xlsx",
        lambda: overwritten(good_xlsx(), 0.3, b"\0" * 500),
        DAMAGED,
    ),
    refused(
        "letters-in-the-directory.xlsx",
        lambda: overwritten(good_xlsx(), 0.9, b"?" * 60),
        DAMAGED,
    ),
    refused("wrong-sum.xlsx", _wrong_sum, DAMAGED),
    refused(
        "unusual-packing.xlsx",
        lambda: packed(members(good_xlsx()), zipfile.ZIP_LZMA),
        DAMAGED,
    ),
    refused("no-book.xlsx", lambda: without(BOOK), "打不开"),
    refused("no-links.xlsx", lambda: without(RELS), "打不开"),
    refused("no-sheet.xlsx", lambda: without(SHEET), "打不开"),
    refused("no-texts.xlsx", lambda: without(STRINGS), "打不开"),
    harmless("no-styles.xlsx", lambda: without("xl/styles.xml")),
    harmless("no-content-types.xlsx", lambda: without("[Content_Types].xml")),
    refused("no-first-links.xlsx", lambda: without("_rels/.rels"), "打不开"),
    harmless("no-theme.xlsx", lambda: without("xl/theme/theme1.xml")),
    harmless(
        "wrong-content-types.xlsx",
        lambda: edited("[Content_Types].xml", "worksheet+xml", "chartsheet+xml"),
    ),
    refused(
        "texts-cut-off.xlsx",
        lambda: changed(STRINGS, lambda data: data[: len(data) // 2]),
        "打不开",
    ),
    refused(
        "texts-are-no-xml.xlsx", lambda: changed(STRINGS, lambda _: _RANDOM), "打不开"
    ),
    refused(
        "texts-too-few.xlsx", lambda: edited(SHEET, "<v>3</v>", "<v>999</v>"), "打不开"
    ),
    Bad(
        "texts-number-is-none.xlsx",
        lambda: edited(SHEET, 't="s"><v>3</v>', 't="s"><v>x</v>'),
        "column_not_loaded",
        "Sheet1",
        "B3",
        "未读取",
        is_error=False,
    ),
    refused(
        "sheet-cut-off.xlsx",
        lambda: changed(SHEET, lambda data: data[: len(data) // 2]),
        "打不开",
    ),
    refused("sheet-is-empty.xlsx", lambda: changed(SHEET, lambda _: b""), "打不开"),
    refused(
        "sheet-is-no-xml.xlsx", lambda: changed(SHEET, lambda _: _RANDOM), "打不开"
    ),
    _no_table(
        "sheet-is-a-page.xlsx", lambda: changed(SHEET, lambda _: page(page_table()))
    ),
    refused(
        "book-cut-off.xlsx", lambda: changed(BOOK, lambda data: data[:300]), DAMAGED
    ),
    refused(
        "link-to-nothing.xlsx",
        lambda: edited(RELS, "sheet1.xml", "sheet9.xml"),
        "打不开",
    ),
    refused(
        "sheet-without-a-link.xlsx",
        lambda: edited(BOOK, 'r:id="rId1"', 'r:id="rId77"'),
        "打不开",
    ),
    Bad(
        "amount-is-no-number.xlsx",
        lambda: edited(SHEET, "<v>3500</v>", "<v>3五00</v>"),
        "amount_unreadable",
        "Sheet1",
        "B4",
        "只填数字",
    ),
    refused(
        "cell-at-no-place.xlsx", lambda: edited(SHEET, 'r="B4"', 'r="4B"'), "打不开"
    ),
    refused("cell-at-row-0.xlsx", lambda: edited(SHEET, 'r="B4"', 'r="B0"'), "打不开"),
    harmless(
        "cells-without-places.xlsx",
        lambda: changed(SHEET, lambda data: data.replace(b' r="B4"', b"")),
    ),
    harmless("rows-out-of-order.xlsx", _shuffled),
    Bad(
        "cell-written-twice.xlsx",
        lambda: edited(
            SHEET,
            '<c r="B4"><v>3500</v></c>',
            '<c r="B4"><v>1</v></c><c r="B4"><v>3500</v></c>',
        ),
    ),
    harmless(
        "style-of-nothing.xlsx",
        lambda: edited(SHEET, '<c r="B4">', '<c r="B4" s="4711">'),
    ),
    harmless(
        "sheet-with-no-name.xlsx", lambda: edited(BOOK, 'name="Sheet1"', 'name=""')
    ),
    harmless(
        "size-claimed-wrong.xlsx", lambda: edited(SHEET, 'ref="A1:D6"', 'ref="A1:B2"')
    ),
    harmless(
        "not-compressed.xlsx", lambda: packed(members(good_xlsx()), zipfile.ZIP_STORED)
    ),
    harmless("more-behind-the-end.xlsx", lambda: good_xlsx() + b"\0" * 100),
    harmless("more-before-the-beginning.xlsx", lambda: b"PK\x03\x04" + good_xlsx()),
    refused(
        "zeros-in-the-middle.xls",
        lambda: overwritten(good_xls(), 0.1, b"\0" * 700),
        "打不开",
    ),
    refused(
        "directory-in-a-circle.xls",
        lambda: numbered(good_xls(), 48, "<I", 0xFFFFFFFE),
        "打不开",
    ),
    refused(
        "sectors-too-large.xls", lambda: numbered(good_xls(), 30, "<H", 31), "打不开"
    ),
    refused(
        "record-too-long.xls",
        lambda: record_changed(0x00FC, lambda data: data[:2] + b"\xff\xff" + data[4:]),
        "打不开",
    ),
    refused(
        "sheet-begins-nowhere.xls",
        lambda: record_changed(
            0x0085, lambda data: numbered(data, 4, "<I", 0x7FFFFFFF)
        ),
        "打不开",
    ),
    _no_table("blank-sheet.xlsx", lambda: xlsx([])),
    _no_table("blank-sheets.xls", lambda: _old_sheets("一", "二")),
    _no_table("only-a-title.xlsx", lambda: xlsx([["林州市河顺镇2018年6月台账"]])),
    _no_table(
        "title-and-amounts.xlsx",
        lambda: xlsx([["林州市河顺镇2018年6月台账"], ["柳泉", 3500], ["东里", 100]]),
    ),
    _no_table("no-heading.xlsx", lambda: xlsx([list(row) for row in LINES])),
    _no_table(
        "heading-of-something-else.xlsx",
        lambda: xlsx([["姓名", "身份证号", "电话"], ["张三", "4105", "139"]]),
    ),
    Bad(
        "only-headings.xlsx",
        lambda: book([]),
        "nothing_stated",
        words="填 0 或 无",
        is_error=False,
    ),
    Bad(
        "only-headings.xls",
        lambda: xls(ledger([])),
        "nothing_stated",
        words="填 0 或 无",
        is_error=False,
    ),
    Bad(
        "only-names.xlsx",
        lambda: book([[row[0]] for row in LINES]),
        "nothing_stated",
        words="填 0 或 无",
        is_error=False,
    ),
    _no_table("only-a-picture.xlsx", lambda: _with_sheet_kind("picture")),
    _no_table("only-a-text-box.xlsx", lambda: _with_sheet_kind("text")),
    _no_table("only-a-chart.xlsx", lambda: _with_sheet_kind("chart")),
    Bad(
        "only-hidden.xlsx",
        lambda: _with_sheet_kind("hidden"),
        "no_table",
        words="取消隐藏",
        also=("sheet_hidden",),
    ),
)
