"""Which files are wrong in how their letters are written?"""

from functools import partial

from tests.corpus.bad import LINES, WHOLE, Bad, harmless, refused
from tests.corpus.making import book, good_csv, lines_csv, page, page_table
from tests.making import ledger, text

UTF8_BOM = b"\xef\xbb\xbf"
CODING, NO_TABLE = "编码", "不是表格文件"
# In each of these a village's name or an amount holds what nobody sees.
UNSEEN = {
    "zero-width-space": "柳\u200b泉",
    "zero-width-joiner": "柳\u200d泉",
    "byte-order-mark-inside": "柳\ufeff泉",
    "soft-hyphen": "柳\u00ad泉",
    "no-break-space": "柳\u00a0泉",
    "ideographic-space": "　柳　泉　",
    "right-to-left-override": "\u202e柳泉\u202c",
    "bidi-isolate": "\u2068柳泉\u2069",
    "arabic-letter-mark": "柳泉\u061c",
    "variation-selector": "柳泉\ufe0f",
    "ideographic-selector": "柳\U000e0100泉",
    "word-joiner": "柳\u2060泉",
    "mongolian-separator": "柳\u180e泉",
    "line-separator": "柳\u2028泉",
    "next-line": "柳\u0085泉",
    "tab-inside": "柳\t泉",
    "line-end-inside": "柳\n泉",
    "compatibility-ideograph": "\uf9c9泉",
}
AMOUNTS = {
    "full-width-digits": "３５００",
    "full-width-comma": "３，５００",
    "full-width-point": "３５００．００",
    "zero-width-in-digits": "35\u200b00",
    "bidi-around-digits": "\u202d3500\u202c",
    "isolate-around-digits": "\u20663500\u2069",
    "narrow-space-thousands": "3\u202f500",
    "mathematical-digits": "𝟛𝟝𝟘𝟘",
    "emoji-selector": "3500\ufe0f",
}


def _lines(name: str = "柳泉", amount: object = 3500) -> list[list[object]]:
    return [[name, amount, "无", "—"], *LINES[1:]]


def _broken(encoding: str, damage: bytes) -> bytes:
    """Return a csv with the first letter of 东里 broken."""
    name = "东里".encode(encoding)
    whole = good_csv(encoding)
    assert name in whole
    return whole.replace(name, damage + name[len("东".encode(encoding)) :])


def _mixed() -> bytes:
    """Return what comes of two exports pasted together by a program."""
    first, second = ledger(LINES[:1]), LINES[1:]
    return text(first, "utf-8") + text(second, "gb18030")


def _big5() -> bytes:
    lines, headings = [["柳泉", 1]], ["村名", "光伏"]
    title = "河順鎮2018年6月臺賬"
    return text(ledger(lines, headings, title, unit="單位：元"), "big5")


ENTRIES: tuple[Bad, ...] = (
    harmless("utf16le-without-bom.csv", lambda: good_csv("utf-16-le")),
    harmless("utf16be-without-bom.csv", lambda: good_csv("utf-16-be")),
    harmless("utf16be-with-bom.csv", lambda: b"\xfe\xff" + good_csv("utf-16-be")),
    refused("utf16-odd-byte.csv", lambda: good_csv("utf-16")[:-1], CODING),
    refused(
        "utf16-lone-surrogate.csv",
        lambda: good_csv("utf-16").replace("泉".encode("utf-16-le"), b"\x00\xd8"),
        CODING,
    ),
    refused("utf32.csv", lambda: good_csv("utf-32"), "另存为 xlsx"),
    Bad("utf7.csv", lambda: good_csv("utf-7"), "no_table", words="乱码"),
    refused("utf8-broken-byte.csv", lambda: _broken("utf-8", b"\xe4\xff\xff"), CODING),
    refused(
        "utf8-lone-surrogate.csv", lambda: _broken("utf-8", b"\xed\xa0\x80"), CODING
    ),
    refused("utf8-overlong.csv", lambda: _broken("utf-8", b"\xc0\xaf\xaf"), CODING),
    refused(
        "utf8-cut-in-a-letter.csv",
        lambda: lines_csv([*LINES, ["河顺", 1, 2, "无"]])[:-3],
        CODING,
    ),
    refused("gb18030-broken-byte.csv", lambda: _broken("gb18030", b"\xff\xff"), CODING),
    refused(
        "gb18030-cut-in-a-letter.csv",
        lambda: lines_csv([*LINES, ["河顺", 1, 2, "无"]], "gb18030")[:-3],
        CODING,
    ),
    refused("utf8-then-gb18030.csv", _mixed, CODING),
    harmless("bom-before-gb18030.csv", lambda: UTF8_BOM + good_csv("gb18030")),
    harmless("two-boms.csv", lambda: UTF8_BOM * 2 + good_csv()),
    harmless(
        "bom-in-the-middle.csv",
        lambda: good_csv().replace("东里".encode(), UTF8_BOM + "东里".encode()),
    ),
    Bad("big5.csv", _big5, "no_table", words="乱码"),
    Bad(
        "shift-jis.csv",
        lambda: text([["村名", "光伏"], ["東里", 1]], "shift_jis"),
        "no_table",
        words="乱码",
    ),
    Bad(
        "utf8-read-as-gbk-and-saved.csv",
        lambda: good_csv().decode("gb18030", "replace").encode("utf-8"),
        "no_table",
        words="乱码",
    ),
    Bad(
        "utf8-read-as-latin1-and-saved.csv",
        lambda: good_csv().decode("latin-1").encode("utf-8"),
        "no_table",
        words="乱码",
    ),
    Bad(
        "question-marks-for-letters.csv",
        lambda: good_csv("gb18030").decode("ascii", "replace").encode("utf-8"),
        "no_table",
        words="乱码",
    ),
    Bad(
        "replacement-in-a-name.csv",
        lambda: lines_csv(_lines("柳\ufffd")),
        "village_unknown",
        cell="A4",
        words="按名录填写",
    ),
    refused("nul-in-a-cell.csv", lambda: _broken("utf-8", b"\0"), NO_TABLE),
    refused("nul-at-the-end.csv", lambda: good_csv() + b"\0" * 4096, NO_TABLE),
    refused("nul-and-nothing.csv", lambda: b"\0" * 65_536, "文件是空的"),
    refused("only-a-bom.csv", lambda: UTF8_BOM, "文件是空的"),
    refused("only-a-bom-of-utf16.csv", lambda: b"\xff\xfe", "文件是空的"),
    refused("only-blank-lines.csv", lambda: b"\r\n" * 100, "文件是空的"),
    refused("only-commas.csv", lambda: b",,,\r\n" * 100, "文件是空的"),
    refused("ebcdic.csv", lambda: "VILLAGE,AMOUNT\n".encode("cp037"), "分列"),
    harmless("mac-line-ends.csv", lambda: good_csv().replace(b"\r\n", b"\r")),
    harmless(
        "line-ends-of-all-kinds.csv",
        lambda: good_csv().replace(b"\r\n", b"\n", 2).replace(b"\r\n", b"\r", 1),
    ),
    harmless("excel-says-its-sign.csv", lambda: b"sep=,\r\n" + good_csv()),
    harmless("semicolons.csv", lambda: text(ledger(LINES), "utf-8", ";")),
    refused(
        "quote-never-closed.csv",
        lambda: good_csv().replace(b"\xe2\x80\x94", b'"\xe2\x80\x94'),
        "引号",
    ),
    refused("lone-quote-at-the-end.csv", lambda: good_csv() + b'"', "引号"),
    harmless(
        "page-names-no-encoding.xls",
        lambda: page(page_table()).decode().encode("gb18030"),
    ),
    harmless(
        "page-names-another-encoding.xls",
        lambda: page(page_table(), "<meta charset=big5>"),
    ),
    harmless(
        "page-names-what-nobody-knows.xls",
        lambda: page(page_table(), "<meta charset=x-no-such>"),
    ),
    *(
        harmless(f"name-{what}.xlsx", partial(book, _lines(name)))
        for what, name in UNSEEN.items()
    ),
    *(
        harmless(
            f"amount-{what}.csv",
            partial(lines_csv, _lines(amount=amount)),
            WHOLE,
        )
        for what, amount in AMOUNTS.items()
    ),
)
