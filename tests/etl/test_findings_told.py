"""Does each finding reach the sender: where, what was found, and how to mend it?"""

import ast
from datetime import date, datetime
from pathlib import Path

import pytest

from base.catalogue import catalogue
from base.clock import FixedClock
from base.settings import ROOT
from etl.check import Checked, check
from etl.door import check_file, load_file
from etl.registry import registry
from etl.tables.context import Answers
from store import Store
from store.decisions import decide
from tests.etl.handed.telling import BROKEN, SEALED
from tests.etl.people import DONGLI, LIUQUAN, person
from tests.etl.telling import (
    GOOD,
    LOCKED,
    OF_SHEETS,
    OUTSIDE,
    TROUBLES,
    YEAR,
    Told,
    cell,
    line,
    sheets,
)
from tests.making import BY, NOW, TODAY, checked, ledger, text, xlsx

MAKERS = {"error", "warning", "Unresolved"}


TABLE = [
    *TROUBLES,
    *SEALED,
    # what concerns the file
    Told("not_readable", b"", "", "", "", "重新导出"),
    Told(
        "no_table",
        xlsx([["村名", "户数"], ["柳泉", 3]]),
        "",
        "",
        "",
        "表头要有「村名」",
    ),
    Told(
        "nothing_stated",
        xlsx(ledger([["柳泉", "", "", ""]])),
        "",
        "",
        "",
        "没有收入请填 0 或 无",
        is_error=False,
    ),
    *OF_SHEETS,
    # what concerns a column
    Told(
        "column_twice",
        xlsx(ledger([["柳泉", 1, 2]], ["村名", "光伏", "光伏收入"])),
        "Sheet1",
        "C3",
        "光伏收入",
        "只留一列",
    ),
    Told(
        "column_not_loaded",
        xlsx(ledger([["柳泉", 1, 2]], ["村名", "光伏", "苗木"])),
        "Sheet1",
        "C3",
        "苗木",
        "请用名称：光伏富村、",
        is_error=False,
    ),
    # what concerns a village
    Told(
        "village_missing",
        xlsx(ledger([["", 1, 2, 3], GOOD])),
        "Sheet1",
        "A4",
        "",
        "补上村名",
    ),
    Told(
        "village_unknown",
        xlsx(ledger([["柳全", 1, 2, 3]])),
        "Sheet1",
        "A4",
        "柳全",
        "是不是：柳泉？",
    ),
    Told(
        "village_ambiguous",
        line("", "上庄", "2018年6月", "光伏", 1, 1),
        "Sheet1",
        "B2",
        "上庄",
        "填写所属乡镇或 12 位村代码",
    ),
    Told(
        "village_twice",
        xlsx(ledger([["柳泉", 1, 2, 3], GOOD, ["柳泉村", 4, 5, 6]])),
        "Sheet1",
        "A6",
        "柳泉村",
        "另一处在第 4 行",
    ),
    Told(
        "township_unknown",
        line("林州", "柳泉", "2018年6月", "光伏", 1, 1),
        "Sheet1",
        "A2",
        "林州",
        "请填写：开元街道、",
    ),
    Told(
        "code_unknown",
        xlsx(ledger([["410581105999", 1]], ["村代码", "光伏"])),
        "Sheet1",
        "A4",
        "410581105999",
        "核对 12 位",
    ),
    Told(
        "code_name_differ",
        xlsx(ledger([[410581105201, "东里", 1]], ["村代码", "村名", "光伏"])),
        "Sheet1",
        "A4",
        "410581105201",
        "代码是「河顺镇柳泉」",
    ),
    Told(
        "taken_as_subtotal",
        xlsx(ledger([["河顺", 5, 7, 9], ["柳泉", 4, 5, 6], GOOD])),
        "Sheet1",
        "A4",
        "河顺",
        "按全镇小计处理",
        is_error=False,
    ),
    # what concerns a line's period or source
    Told(
        "period_unreadable",
        line("河顺镇", "柳泉", "六月", "光伏", 1, 1),
        "Sheet1",
        "C2",
        "六月",
        "请写成 2018年6月",
    ),
    Told(
        "period_ambiguous",
        line("河顺镇", "柳泉", 2018.1, "光伏", 1, 1),
        "Sheet1",
        "C2",
        "2018.1",
        "1 月还是 10 月",
    ),
    Told(
        "period_future",
        line("河顺镇", "柳泉", datetime(2018, 12, 1), "光伏", 1, 1),
        "Sheet1",
        "C2",
        "2018-12-01",
        "核对年份和月份",
    ),
    Told(
        "source_unknown",
        line("河顺镇", "柳泉", "2018年6月", "养鸡", 1, 1),
        "Sheet1",
        "D2",
        "养鸡",
        "请填：光伏富村、",
    ),
    Told(
        "source_twice",
        xlsx([["柳泉村2018年（元）"], YEAR, ["光伏", 1, 2, 3], ["村级光伏", 1, 2, 3]]),
        "Sheet1",
        "A4",
        "村级光伏",
        "合成一行",
    ),
    Told(
        "unit_twice",
        sheets(ledger([["柳泉", 5, "", ""]]), ledger([["柳泉", 6, "", ""]])),
        "表1",
        "B4",
        "",
        "前面（表0 B4）已经报过",
    ),
    Told(
        "formula_like",
        text(ledger([["柳泉", 1, "@SUM(A1)"]], ["村名", "光伏", "备注"])),
        "",
        "C4",
        "@SUM(A1)",
        "改成文字或数字",
        is_error=False,
    ),
    # what concerns an amount
    Told("amount_unreadable", cell("约3"), "Sheet1", "B4", "约3", "请只填数字"),
    Told("amount_unreadable", cell("#REF!"), "Sheet1", "B4", "#REF!", "改正公式"),
    Told(
        "amount_unreadable",
        sheets(ledger([["柳泉", "=1+2", "", ""]])),
        "表0",
        "B4",
        "=1+2",
        "打开，保存后再交",
    ),
    Told("amount_too_large", cell(6e8), "Sheet1", "B4", "600000000", "元还是万元"),
    Told(
        "amount_negative",
        cell(-100),
        "Sheet1",
        "B4",
        "-100",
        "按冲减计",
        is_error=False,
    ),
    Told(
        "total_mismatch",
        xlsx(ledger([GOOD, ["合计", 1, 2, 4]])),
        "Sheet1",
        "D5",
        "4",
        "各行之和是 3",
        is_error=False,
    ),
]


TOO_BIG = Told("too_big", b"a" * 50_000_001, "", "", "", "50 MB")
STALE = Told(
    "correction_stale", cell(5), "Sheet1", "B4", "5", "12000元元", is_error=False
)
CROSSING = Told(
    "period_crosses",
    line("河顺镇", "柳泉", "2018年3-6月", "光伏", 1, 1),
    "Sheet1",
    "F2",
    "2018年3月至2018年6月",
    "与已有的2018年1月至2018年4月交叉",
)
# What only a store can tell.
OF_STORES = (CROSSING, OUTSIDE, LOCKED)


def one(result: Checked, told: Told) -> None:
    """Assert that a file has just this finding, word for word where it matters."""
    [finding] = result.findings
    assert (finding.code, finding.is_error) == (told.code, told.is_error)
    assert (finding.sheet, finding.cell) == (told.sheet, told.cell)
    assert finding.found == told.found
    assert told.words in finding.message
    assert finding.message.endswith("。")
    assert result.rejected > 0 or not finding.is_error or not result.layouts


@pytest.mark.parametrize("told", TABLE, ids=lambda told: f"{told.code}-{told.cell}")
def test_each_finding_says_where_what_and_how(told: Told) -> None:
    one(checked(told.content, told.file_name, **told.answers), told)


def test_a_file_that_is_too_big_is_told() -> None:
    clock = FixedClock(datetime(2018, 11, 16))
    one(check_file(TOO_BIG.content, "台账.xlsx", Answers(), clock), TOO_BIG)


def test_a_period_that_crosses_another_is_told(store: Store) -> None:
    at = datetime(2018, 11, 16, 9)
    first = line("河顺镇", "柳泉", "2018年1-4月", "光伏", 1, 1)
    assert load_file(store, first, "台账.xlsx", BY, at).checked.findings == []
    loaded = load_file(store, CROSSING.content, "台账.xlsx", BY, at)
    one(loaded.checked, CROSSING)


def test_a_village_outside_the_scope_is_told(store: Store) -> None:
    sender = person("secretary", DONGLI)
    loaded = load_file(store, OUTSIDE.content, "台账.xlsx", sender, NOW)
    one(loaded.checked, OUTSIDE)
    assert loaded.checked.rows.num_rows == 3


def test_a_month_that_is_locked_is_told(store: Store) -> None:
    entry = {"kind": "window", "period_end": date(2018, 6, 30), "due_date": None}
    entry |= {"place_code": LIUQUAN, "is_locked": True, "reason": "截止"}
    decide(store, {**BY.signed(), **entry}, NOW)
    sender = person("township", "410581105")
    one(load_file(store, LOCKED.content, "台账.xlsx", sender, NOW).checked, LOCKED)


def test_a_correction_that_no_longer_fits_is_told() -> None:
    entry = {"sha256": "abc", "sheet": "Sheet1", "cell": "B4"}
    entry |= {"expect": "12000元元", "put": "12000元"}
    entries = catalogue().model_copy(update={"corrections": (entry,)})
    given = (STALE.content, "台账.xlsx", "abc", Answers(), registry(), entries, TODAY)
    one(check(*given), STALE)


def test_a_seal_by_another_key_is_told() -> None:
    content, key = BROKEN.content, b"o" * 32
    given = (content, "台账.xlsx", "", Answers(), registry(), catalogue(), TODAY, key)
    one(check(*given), BROKEN)


def codes_in(source: str) -> set[str]:
    """Return the codes with which a module makes findings."""
    return {
        constant.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MAKERS
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }


def test_codes_are_found_in_the_source() -> None:
    source = 'error("a", "x"); warning("b" if c else d.code, "x"); other("e")'
    assert codes_in(source) == {"a", "b"}


def paper_modules() -> list[Path]:
    """Return the modules that tell of papers other than ledgers."""
    ledgers = {"ledger.py", "flat_list.py", "village_year.py"}
    folder = ROOT / "etl"
    statements = (folder / "statements").glob("*.py")
    return [
        *(module for module in statements if module.name not in ledgers),
        folder / "tables" / "records.py",
        folder / "compare.py",
    ]


def test_every_code_in_the_source_stands_in_the_table() -> None:
    # What papers that are no ledgers say stands in a table of its own.
    modules = {*(ROOT / "etl").rglob("*.py")} - set(paper_modules())
    codes = set().union(*(codes_in(m.read_text("utf-8")) for m in modules))
    told = {told.code for told in (*TABLE, *OF_STORES, TOO_BIG, STALE, BROKEN)}
    assert told == codes - {"plant_unknown", "column_unclear", "unit_doubtful"}
