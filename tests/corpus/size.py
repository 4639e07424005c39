"""Which files hold more than a table can: rows, columns, sheets, letters, findings?"""

from collections.abc import Iterator

from tests.corpus.bad import LINES, Bad, harmless, refused
from tests.corpus.making import (
    BOOK,
    RELS,
    SHEET,
    changed,
    good_csv,
    good_xlsx,
    ledger_rows,
    lines_csv,
    members,
    packed,
    page,
    page_table,
    sheet_of,
    told_row,
)
from tests.making import ledger, text, xls, xlsx

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 250_000, 16_384, 600
LONG, MILLION = "长" * 32_000, 1_000_000
WIDE = "行过长"


def _rows(count: int, cell: str = "<v>1</v>") -> Iterator[str]:
    """Write rows behind a ledger until a sheet has so many."""
    rows = ledger_rows()
    yield from rows
    for number in range(len(rows) + 1, count + 1):
        yield f'<row r="{number}"><c r="F{number}">{cell}</c></row>'


def _sheets(count: int) -> bytes:
    """Return the good workbook, its sheet followed by blank ones."""
    parts = dict(members(good_xlsx()))
    blank = parts[SHEET].split(b"<sheetData>")[0] + b"<sheetData/></worksheet>"
    numbers = range(2, count + 1)
    parts |= {SHEET.replace("1.xml", f"{n}.xml"): blank for n in numbers}
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="x{n}"/>' for n in numbers)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    linked = "".join(
        f'<Relationship Id="x{n}" Type="{kind}/worksheet"'
        f' Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts[BOOK] = parts[BOOK].replace(b"</sheets>", named.encode() + b"</sheets>")
    end = b"</Relationships>"
    parts[RELS] = parts[RELS].replace(end, linked.encode() + end)
    return packed(parts.items())


def _wide(columns: int) -> bytes:
    """Return a csv ledger whose heading goes on for so many columns."""
    headings = ["村名", "光伏", *(f"列{n}" for n in range(columns - 2))]
    return text(ledger([["柳泉", 1]], headings), "utf-8")


def _unknown(count: int, length: int = 0) -> bytes:
    """Return a csv in which no village is known; their names are so long."""
    return lines_csv(
        [[f"查无此村{n}" + "很" * length, n, "", ""] for n in range(count)]
    )


def _long_headings() -> bytes:
    """Return a csv whose first lines may all be headings, as long as a cell can be."""
    line = "村名," + ",".join(f"光伏{n}{LONG}" for n in range(30))
    return "\n".join(["河顺镇2018年6月", *[line] * 15]).encode()


def _merged(count: int) -> bytes:
    spans = "".join(f'<mergeCell ref="H{n}:I{n}"/>' for n in range(1, count + 1))
    inner = f'</sheetData><mergeCells count="{count}">{spans}</mergeCells>'
    return changed(SHEET, lambda data: data.replace(b"</sheetData>", inner.encode()))


def _styled_below() -> bytes:
    """Return a ledger below which each row to the sheet's end has a style."""
    below = range(7, 1_048_577)
    empty = (f'<row r="{n}" s="0" customFormat="1"/>' for n in below)
    return sheet_of([*ledger_rows(), *empty])


ENTRIES: tuple[Bad, ...] = (
    Bad("too-large.csv", lambda: b"a" * 50_000_001, "too_big", words="50 MB"),
    Bad(
        "too-large.xlsx",
        lambda: b"PK\x03\x04" + b"a" * 50_000_001,
        "too_big",
        words="50 MB",
    ),
    refused(
        "one-row-too-many.csv",
        lambda: good_csv() + b"x,1\n" * (MOST_ROWS - 5),
        "250000 行",
        is_heavy=True,
    ),
    refused(
        "one-row-too-many.xlsx",
        lambda: sheet_of(_rows(MOST_ROWS + 1)),
        "250000 行",
        is_heavy=True,
    ),
    refused(
        "last-row-of-all.xlsx",
        lambda: sheet_of([*ledger_rows(), told_row(1_048_576, 1)]),
        "250000 行",
    ),
    refused(
        "row-just-below-what-is-far.xlsx",
        lambda: sheet_of(
            [*ledger_rows(), '<row r="399999"><c r="Z399999"><v>1</v></c></row>']
        ),
        "250000 行",
        is_heavy=True,
    ),
    Bad(
        "last-row-of-an-old-book.xls",
        lambda: xls([["河顺镇2018年6月"], *[[]] * 65_533, ["柳泉", "光伏"]]),
        "no_table",
        words="表头",
        is_heavy=True,
    ),
    harmless("a-million-styled-rows.xlsx", _styled_below, is_heavy=True),
    harmless(
        "blank-lines-below.csv",
        lambda: good_csv() + b",,,\r\n" * 300_000,
        is_heavy=True,
    ),
    refused(
        "blank-lines-without-end.csv",
        lambda: good_csv() + b"\n" * 2_000_002,
        "250000 行",
        is_heavy=True,
    ),
    refused("a-column-too-many.csv", lambda: _wide(MOST_COLUMNS + 1), WIDE),
    harmless("all-columns.csv", lambda: _wide(MOST_COLUMNS), "1.00", is_heavy=True),
    harmless(
        "all-columns.xlsx",
        lambda: xlsx(ledger([["柳泉", 1]], ["村名", "光伏", *map(str, range(16_382))])),
        "1.00",
        is_heavy=True,
    ),
    refused("line-too-long.csv", lambda: good_csv() + b"a," * MILLION, WIDE),
    refused(
        "cell-too-long.csv", lambda: lines_csv([["柳泉", 1, 2, "9" * 32_768]]), "引号"
    ),
    Bad(
        "long-name.csv",
        lambda: lines_csv([[LONG, 1, 2, 3], *LINES]),
        "village_unknown",
        "",
        "A4",
        "按名录填写",
        yuan="4118.00",
    ),
    Bad(
        "long-amount.csv",
        lambda: lines_csv([["柳泉", "9" * 32_000, 2, 3]]),
        "amount_unreadable",
        "",
        "B4",
        "只填数字",
    ),
    Bad(
        "long-amount.xlsx",
        lambda: sheet_of(ledger_rows([["柳泉", "9" * MILLION, 2, 3]])),
        "amount_unreadable",
        "Sheet1",
        "B4",
        "只填数字",
    ),
    Bad(
        "long-heading.csv",
        lambda: text(ledger([["柳泉", 1, 2]], ["村名", "光伏", LONG]), "utf-8"),
        "column_not_loaded",
        "",
        "C3",
        "未读取",
        is_error=False,
    ),
    harmless(
        "long-title.csv",
        lambda: text(ledger(LINES, title="河顺镇2018年6月" + LONG), "utf-8"),
    ),
    harmless(
        "cell-of-five-million.xlsx",
        lambda: sheet_of(
            [*ledger_rows(), told_row(9, "", "", "", "", "", "a" * 5 * MILLION)]
        ),
    ),
    Bad(
        "long-names.csv",
        lambda: _unknown(480, 32_000),
        "village_unknown",
        "",
        "A4",
        "按名录填写",
        is_heavy=True,
    ),
    Bad("long-headings.csv", _long_headings, "no_table", words="表头", is_heavy=True),
    Bad(
        "no-village-known.csv",
        lambda: _unknown(20_000),
        "village_unknown",
        "",
        "A4",
        "按名录填写",
        is_heavy=True,
    ),
    Bad(
        "no-amount-known.csv",
        lambda: lines_csv([["柳泉", f"约{n}"] for n in range(20_000)]),
        "village_twice",
        "",
        "A5",
        "只留一行",
        also=("amount_unreadable",),
        is_heavy=True,
    ),
    refused("a-sheet-too-many.xlsx", lambda: _sheets(MOST_SHEETS + 1), "601 张工作表"),
    harmless("all-sheets.xlsx", lambda: _sheets(MOST_SHEETS), is_heavy=True),
    refused(
        "merged-too-often.xlsx",
        lambda: _merged(500_001),
        "合并单元格过多",
        is_heavy=True,
    ),
    harmless("merged-often.xlsx", lambda: _merged(100_000), is_heavy=True),
    refused(
        "page-too-long.xls",
        lambda: page(page_table() + "<p>" + "长" * 10_000_001),
        "网页里的表过大",
    ),
    refused(
        "page-of-too-many-tags.xls",
        lambda: page(page_table() + "<br>" * 600_001),
        "网页里的表过大",
        is_heavy=True,
    ),
    harmless(
        "page-of-many-tags.xls",
        lambda: page(page_table() + "<br>" * 300_000),
        is_heavy=True,
    ),
    refused(
        "cells-too-many.csv",
        lambda: good_csv() + ("," * 9_999 + "1\n").encode() * 1_001,
        WIDE,
        is_heavy=True,
    ),
    refused(
        "texts-too-long.xlsx",
        lambda: changed(
            "xl/styles.xml", lambda data: data + bytes(range(9, 127)) * 2_000_000
        ),
        "解压后过大",
        is_heavy=True,
    ),
    Bad(
        "rows-as-many-as-may-be.csv",
        lambda: good_csv() + b",,,1\n" * (MOST_ROWS - 6),
        "village_missing",
        "",
        "A7",
        "补上村名",
        is_heavy=True,
    ),
)
