"""Is a whole file read the same each time, with nothing lost in silence?"""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.catalogue import catalogue
from etl.check import check
from etl.registry import registry
from etl.said import as_dict
from etl.tables.context import Answers
from tests.making import TODAY, Grid, checked, codes_of, ledger, text, xls, xlsx

LINES: Grid = [["河顺", 100, 200, 3], ["柳泉", 50.5, "无", "—"]]
JUNE = ledger(LINES)
JULY = ledger(LINES, title="林州市河顺镇2018年7月台账")
# Without the village of the township's name, which its sums may turn into a subtotal.
HENGSHUI = [
    v
    for v in registry().villages.values()
    if v.township_name == "横水镇" and v.short_name != "横水"
]
SOURCES = {key: source.name for key, source in catalogue().sources.items()}


def book(*sheets: tuple[str, Grid, str]) -> bytes:
    """Make a workbook of sheets, each with name, grid and state."""
    made = openpyxl.Workbook()
    for number, (name, grid, state) in enumerate(sheets):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title, sheet.sheet_state = name, state
        for row in grid:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_all_sheets_and_tables_of_a_file_are_read() -> None:
    content = book(("6月", JUNE, "visible"), ("7月", JULY, "visible"))
    result = checked(content)
    assert (result.rows.num_rows, result.rejected, result.findings) == (10, 0, [])
    assert result.layouts == ("township_ledger",)
    stacked = checked(xlsx([*JUNE, ["填表人：张三"], ["2018年7月5日"], [], *JULY]))
    assert (stacked.rows.num_rows, stacked.findings) == (10, [])
    months = pc.unique(stacked.rows["period_start"]).to_pylist()
    assert months == [date(2018, 6, 1), date(2018, 7, 1)]


def test_a_unit_in_two_tables_is_read_once_and_told() -> None:
    content = book(("甲", JUNE, "visible"), ("乙", JUNE[:4], "visible"))
    result = checked(content)
    [finding] = result.findings
    assert (finding.code, finding.sheet, finding.cell) == ("unit_twice", "乙", "B4")
    assert "（甲 B4）" in finding.message
    assert "C4、D4" in finding.message
    assert (result.rows.num_rows, result.rejected) == (5, 3)
    assert set(result.rows["sheet"].to_pylist()) == {"甲"}


def test_hidden_sheets_are_told_and_not_read() -> None:
    content = book(("6月", JUNE, "visible"), ("旧", JULY, "hidden"))
    result = checked(content)
    assert [(f.code, f.sheet) for f in result.findings] == [("sheet_hidden", "旧")]
    assert (result.rows.num_rows, result.has_errors) == (5, False)


def test_a_file_whose_ledgers_are_all_hidden_is_no_clean_file() -> None:
    content = book(("说明", [["见附表"]], "visible"), ("旧", JULY, "hidden"))
    result = checked(content)
    assert codes_of(result.findings) == ["no_table", "sheet_hidden"]
    assert "取消隐藏" in result.findings[0].message


@pytest.mark.parametrize(
    ("grid", "codes"),
    [
        ([["村名", "苗木"], ["柳泉", 3], ["东里", 4], ["河顺", 5]], ["sheet_not_read"]),
        ([["填表说明"], ["按月填报", 1]], []),
        ([], []),
    ],
)
def test_a_sheet_with_figures_is_not_passed_over_in_silence(
    grid: Grid, codes: list[str]
) -> None:
    result = checked(book(("6月", JUNE, "visible"), ("附", grid, "visible")))
    assert codes_of(result.findings) == codes


def test_a_file_without_a_ledger_is_told_once() -> None:
    result = checked(xlsx([["村名", "苗木"], ["柳泉", 3], ["东里", 4], ["河顺", 5]]))
    assert codes_of(result.findings) == ["no_table"]


def test_a_form_that_was_not_filled_in_is_told() -> None:
    result = checked(xlsx(ledger([["河顺", "", "", ""], ["柳泉", "", "", ""]])))
    assert codes_of(result.findings) == ["nothing_stated"]
    assert (result.rows.num_rows, result.has_errors) == (0, False)


def test_what_concerns_a_whole_table_rejects_all_of_it() -> None:
    result = checked(xlsx(ledger(LINES)), "2018年7月.xlsx")
    assert codes_of(result.findings) == ["period_conflict"]
    assert (result.rows.num_rows, result.rejected) == (0, 5)
    answered = checked(xlsx(ledger(LINES)), "2018年7月.xlsx", month=date(2018, 7, 1))
    assert (answered.rows.num_rows, answered.findings) == (5, [])


def test_a_known_error_is_mended_while_it_is_read() -> None:
    content = xlsx(ledger([["柳泉", "12000元元", 5, ""]]))
    entry = {"sha256": "abc", "sheet": "Sheet1", "cell": "B4", "put": "12000元"}
    entries = catalogue().model_copy(
        update={"corrections": ({**entry, "expect": "12000元元"},)}
    )
    for sha256, rows in (("abc", 2), ("def", 1)):
        result = check(
            content, "台账.xlsx", sha256, Answers(), registry(), entries, TODAY
        )
        assert (result.rows.num_rows, result.rejected) == (rows, 2 - rows)


def test_a_file_that_is_no_table_has_one_finding() -> None:
    result = checked(b"\x89PNG\r\n\x1a\n\0\0\0", "台账.xlsx")
    assert (codes_of(result.findings), result.is_readable) == (["not_readable"], False)
    assert (result.rows.num_rows, result.rejected) == (0, 0)


MESSY = st.sampled_from(
    [1, 2.5, "3,500元", "1.2万", "", "—", "/", "无", 0, "约3", -5, 9e9, "２００", True]
)


@settings(max_examples=25, deadline=None)
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(
                ["河顺", "柳泉村", "上庄", "不认识", "", "合计", "河顺镇东里"]
            ),
            MESSY,
            MESSY,
            MESSY,
        ),
        max_size=6,
    ),
    make=st.sampled_from([xlsx, xls, text]),
    unit=st.sampled_from(["单位：元", "单位：万元", ""]),
)
def test_rows_are_accepted_or_rejected_the_same_each_time(
    lines: list[Any], make: Any, unit: str
) -> None:
    content = make(ledger([list(line) for line in lines], unit=unit))
    result, again = checked(content, "台账.csv"), checked(content, "台账.csv")
    assert again.findings == result.findings
    assert again.rows.equals(result.rows)
    said = as_dict(result)
    assert said["rows"] == said["accepted"] + said["rejected"]
    parts = [
        a for a in result.rows["amount_received_yuan"].to_pylist() if a is not None
    ]
    assert Decimal(said["total_received_yuan"]) == sum(parts, Decimal(0))
    units = result.rows.select(
        ["village_code", "source_id", "period_start"]
    ).to_pylist()
    assert len({tuple(unit.values()) for unit in units}) == len(units)
    assert bool(result.rejected) <= result.has_errors


@st.composite
def clean_files(draw: st.DrawFn) -> tuple[bytes, str, int]:
    """Return a file as a careful accountant makes it, and how many rows it states."""
    make: Any = draw(st.sampled_from([xlsx, xls, text]))
    is_wan = draw(st.booleans())
    names = draw(
        st.lists(st.sampled_from(HENGSHUI), min_size=1, max_size=5, unique=True)
    )
    sources = draw(
        st.lists(st.sampled_from(sorted(SOURCES)), min_size=1, max_size=5, unique=True)
    )
    amount: st.SearchStrategy[Any] = st.integers(10_000, 4 * 10**8).map(
        lambda fen: fen / 100
    )
    cell: st.SearchStrategy[Any] = st.one_of(
        st.sampled_from(["", "无", "—", 0]), amount
    )
    unit = f"单位：{'万元' if is_wan else '元'}"
    divisor = 10_000 if is_wan else 1

    def cells(count: int) -> list[Any]:
        drawn = [draw(cell) for _ in range(count)]
        return [c if isinstance(c, str) else round(c / divisor, 6) for c in drawn]

    layout = draw(st.sampled_from(["township", "village", "list"]))
    if layout == "township":
        lines = [[v.short_name, *cells(len(sources))] for v in names]
        grid = ledger(
            lines,
            ["村名", *(SOURCES[s] for s in sources)],
            "林州市横水镇2018年6月村级集体经济收入台账",
            unit,
        )
        amounts = [c for line in lines for c in line[1:]]
    elif layout == "village":
        lines = [[SOURCES[s], *cells(10), "", ""] for s in sources]
        title = f"林州市横水镇{names[0].short_name}村2018年集体经济收入台账"
        months = [f"{month}月" for month in range(1, 13)]
        grid = [[title], [unit], ["收入来源", *months], *lines]
        amounts = [c for line in lines for c in line[1:]]
    else:
        lines = [
            ["横水镇", v.short_name, "2018年6月", SOURCES[s], *cells(2)]
            for v in names
            for s in sources
        ]
        headings = ["乡镇", "村名", "月份", "收入来源", "应收", "实收"]
        grid = [["收入清单"], [unit], headings, *lines]
        pairs = [line[4:] for line in lines]
        amounts = ["无" if any(_is_stated(c) for c in p) else "" for p in pairs]
    return make(grid), "台账.csv", sum(map(_is_stated, amounts))


def _is_stated(cell: Any) -> bool:
    return cell not in ("", "—")


@settings(max_examples=25, deadline=None)
@given(clean_files())
def test_a_clean_file_of_any_layout_gives_no_finding(
    file: tuple[bytes, str, int],
) -> None:
    content, name, stated = file
    result = checked(content, name)
    assert codes_of(result.findings) == ([] if stated else ["nothing_stated"])
    assert (result.rows.num_rows, result.rejected) == (stated, 0)
