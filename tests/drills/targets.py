"""What is asked of the readers with any bytes, and which errors are theirs to give?"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from base.errors import ShownError
from etl.findings import Finding
from etl.reading import biff
from etl.reading.amounts import read_amount, read_amounts, states_amount
from etl.reading.bundle import files_in
from etl.reading.days import read_day, read_due_days, read_term
from etl.reading.periods import bare_month, find_odd_year, find_period, find_year
from etl.reading.periods import read_period as period_of
from etl.reading.workbook import Value, read
from etl.registry import registry
from etl.resolve import Named, Unresolved, resolve
from tests.corpus.making import good_csv, good_xls, good_xlsx, packed, page, page_table
from tests.etl.statements.grids import JOINT, MONTHLY, SETTLEMENT, SHARES
from tests.making import Grid, checked, text, xls, xlsx

SEEDS = Path(__file__).resolve().parents[1] / "corpus" / "seeds"
_ON, _LARGEST = date(2018, 6, 30), 50_000_000
# A byte below so many is a word of these; the others are letters of their own.
WORDS = (
    *("村名", "村代码", "乡镇", "月份", "收入来源", "光伏", "合作社", "门面", "备注"),
    *(
        "应收",
        "实收",
        "合计",
        "小计",
        "累计",
        "本年累计",
        "份额",
        "生效日期",
        "联建项目",
    ),
    *("柳泉", "东里", "河顺镇", "上庄", "河顺", "任村", "410581105201", "开元街道"),
    *("2018年6月", "201806", "2018.1", "上半年", "6月", "一季度", "2018年", "2108年"),
    *("单位：元", "（万元）", "元", "1.2万", "3,500", "无", "—", "撤销", "-5", "50%"),
    *("0", "1", "12", "3500.55", "=SUM(A1)", "#REF!", '"', "\ufeff", "\u202e", "\n"),
    *("\n", "\n", ",", ",", ",", "\t", ";", "(", ")", "年", "月", "日", "-", "/", "."),
    *("林州市河顺镇2018年6月村级集体经济收入台账\n单位：元\n", "村名,光伏,合作社\n"),
    *("乡镇,村名,月份,收入来源,应收（元）,实收（元）\n", "项目编号,", "承办镇,承办村,"),
    *(
        "电站名称,",
        "上网电量(万kWh),",
        "装机容量(kW),",
        "合同编号,",
        "承包方,",
        "租金,",
    ),
    *("收入来源,1月,2月,3月\n", "养殖户数", "投产年份", "是否完成,完成日期,"),
)


@dataclass(frozen=True)
class Target:
    """A way to ask with any bytes; what it raises is a defect.

    `seeds` are inputs to begin with. `is_guided` where coverage tells what is new; the
    parser of workbooks is no Python, and real workbooks are changed instead.
    """

    ask: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    is_guided: bool = True


def written(data: bytes) -> str:
    """Write a text of words and letters that bytes stand for."""
    return "".join(WORDS[b] if b < len(WORDS) else chr(b) for b in data)


def _letters(data: bytes) -> str:
    """Return any text: as UTF-8 where it is, else letter by letter."""
    return data.decode("utf-8", "surrogateescape")


def _read(data: bytes) -> None:
    with suppress(ShownError):
        read(data)


def _check(data: bytes) -> list[Finding]:
    return checked(written(data).encode("utf-8"), "台账.csv").findings


def _check_file(data: bytes) -> list[Finding]:
    return checked(data, "台账.xlsx").findings


def _resolve(data: bytes) -> None:
    said = [*_either(data).split("\n", 3), "", "", ""]
    for code in ("", said[2]):
        named = Named(code, said[1], said[0], said[3] or None)
        with suppress(Unresolved):
            resolve(named, registry(), _ON)


def _either(data: bytes) -> str:
    return written(data[1:]) if data[:1] < b"\x80" else _letters(data[1:])


def _amounts(data: bytes) -> None:
    said = _either(data)
    cells = said.split("\n")
    for unit in (1, 10_000):
        read_amounts([*cells], unit)
        with suppress(ValueError):
            read_amount(said, unit)
    states_amount(said)
    for number in _numbers(data):
        read_amounts([number, said], 1)
        with suppress(ValueError):
            read_amount(number, 10_000)


def _numbers(data: bytes) -> list[float]:
    with suppress(ValueError):
        return [float(data[:40].decode("ascii", "replace"))]
    return []


def _periods(data: bytes) -> None:
    said = _either(data)
    values: list[Value] = [said, *_numbers(data)]
    for value in values:
        for is_text in (True, False):
            with suppress(ValueError):
                period_of(value, is_text)
        with suppress(ValueError):
            read_day(value)
        bare_month(value)
    for found in (find_period, find_year, find_odd_year):
        found(said)
    find_period(said, is_whole=True)
    for read_text in (read_term, read_due_days):
        with suppress(ValueError):
            read_text(said)


def _unpack(data: bytes) -> None:
    with suppress(ShownError):
        files_in(data, "材料.zip", _LARGEST)


def _texts() -> list[bytes]:
    encodings = ("utf-8", "gb18030", "utf-16", "utf-16-le")
    return [*map(good_csv, encodings), page(page_table())]


def _words() -> list[bytes]:
    place = {word: bytes([number]) for number, word in enumerate(WORDS)}
    said = [
        "林州市河顺镇2018年6月村级集体经济收入台账\n单位：元\n",
        "村名,光伏,合作社\n",
    ]
    said += ["柳泉", ",", "3,500", ",", "无", "\n", "合计", ",", "1", ",", "0", "\n"]
    listed = ["乡镇,村名,月份,收入来源,应收（元）,实收（元）\n", "河顺镇", ",", "柳泉"]
    listed += [",", "201806", ",", "光伏", ",", "12", ",", "0", "\n"]
    return [b"".join(place[word] for word in one) for one in (said, listed)]


def _says(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: [b"\xff" + one.encode() for one in texts]


@lru_cache(maxsize=1)
def _grids() -> tuple[Grid, ...]:
    return (SHARES, JOINT, MONTHLY, SETTLEMENT)


def _books() -> list[bytes]:
    return [good_xlsx(), *map(xlsx, _grids())]


def _old_books() -> list[bytes]:
    return [good_xls(), *map(xls, _grids())]


def _bundles() -> list[bytes]:
    inner = [("河顺/台账.xlsx", good_xlsx()), ("二.csv", text(JOINT))]
    return [packed(inner), packed([("a.zip", packed(inner))])]


TARGETS = {
    "texts": Target(_read, _texts),
    "tables": Target(_check, _words),
    "resolve": Target(_resolve, _says("柳泉\n河顺镇\n410581105201", "上庄", "姚村村")),
    "amounts": Target(_amounts, _says("1.2万元", "(3,500.00)", "-¥3\n无\n—")),
    "periods": Target(
        _periods, _says("2018年6月至2019年3月", "二〇一八年上半年", "2018-06-30")
    ),
    "records": Target(biff.passed_over, _old_books),
    "workbooks": Target(_check_file, _books, is_guided=False),
    "old workbooks": Target(_check_file, _old_books, is_guided=False),
    "bundles": Target(_unpack, _bundles, is_guided=False),
}
