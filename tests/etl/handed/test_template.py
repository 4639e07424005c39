"""Does a template, filled in as people do, load without a word and with its amounts?"""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from base.clock import FixedClock
from base.errors import ShownError
from base.viewer import Viewer
from etl.door import NO_ANSWERS, check_file, load_file
from etl.handed.seal import key_of, seal_of
from etl.handed.template import template
from store import Store
from tests.etl.handed.filling import (
    DONGLI,
    HESHUN,
    LIUQUAN,
    TOWNSHIP,
    edited,
    filled,
    place_of,
    rows_of,
    sender,
    sheet_of,
)
from tests.making import BY, NOW, Grid, codes_of, ledger, load, received, text, xls

JUNE = date(2018, 6, 1)
END = date(2018, 6, 30)
MAY = "林州市河顺镇2018年5月村级集体经济收入台账"
SECRETARY = sender("secretary", LIUQUAN)
OF_TOWN = sender("township", TOWNSHIP)
Resave = Callable[[Grid], bytes]


def made(store: Store, viewer: Viewer, code: str) -> tuple[str, bytes]:
    return template(store, viewer, code, date(2018, 6, 9), NOW)


@pytest.fixture
def told(store: Store) -> Store:
    """A store that knows what three villages told of May."""
    load(store, ledger([["河顺", 7, "", ""], ["柳泉", 100.5, "无", ""]], title=MAY))
    return store


def loaded(store: Store, name: str, content: bytes) -> dict[Any, Any]:
    """Check and load a file that must give no finding; return what counts of June."""
    clock = FixedClock(NOW)
    assert check_file(content, name, NO_ANSWERS, clock).findings == []
    found = load_file(store, content, name, BY, NOW)
    assert found.checked.findings == []
    assert found.submission is not None
    assert found.submission.state == "accepted"
    return {key[:2]: yuan for key, yuan in received(store).items() if key[2] == END}


def test_a_village_fills_in_its_own(told: Store) -> None:
    name, blank = made(told, SECRETARY, LIUQUAN)
    assert name == "河顺镇柳泉村2018年6月收入台账.xlsx"
    solar, spare = place_of(blank, "光伏富村"), "E17"
    content = filled(
        blank,
        {
            solar: 1234.56,
            place_of(blank, "村级集体合作社"): "无",
            place_of(blank, "经营支出"): 30,
            "C17": "光伏富村",
            spare: 0.44,
            "F17": "补发",
            "A27": "填报人：李某  电话 13800000000",
        },
    )
    assert loaded(told, name, content) == {
        (LIUQUAN, "solar"): Decimal("1235.00"),
        (LIUQUAN, "cooperative"): Decimal("0.00"),
        (LIUQUAN, "business_cost"): Decimal("30.00"),
    }
    rows = check_file(content, name, NO_ANSWERS, FixedClock(NOW)).rows.to_pylist()
    assert {(row["sheet"], row["cell"]) for row in rows} >= {
        ("填报", solar),
        ("填报", spare),
    }


def test_a_township_fills_in_all_its_villages(told: Store) -> None:
    name, blank = made(told, OF_TOWN, TOWNSHIP)
    assert name == "河顺镇2018年6月收入台账.xlsx"
    cells = {
        place_of(blank, "河顺", "光伏富村"): 10,
        place_of(blank, "柳泉", "光伏富村"): "1,000.5",
        place_of(blank, "柳泉", "补充耕地"): 0,
        place_of(blank, "东里", "管理费用"): 5.5,
    }
    assert loaded(told, name, filled(blank, cells)) == {
        (HESHUN, "solar"): Decimal("10.00"),
        (LIUQUAN, "solar"): Decimal("1000.50"),
        (LIUQUAN, "farmland"): Decimal("0.00"),
        (DONGLI, "admin_cost"): Decimal("5.50"),
    }


def as_worked_out(content: bytes) -> bytes:
    """Put the results of its sums in, as Excel and WPS do when they save."""

    def work_out(book: Any) -> None:
        sheet = book["填报"]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    cell.value = summed(sheet, cell.value[5:-1])
        book.calculation.fullCalcOnLoad = False

    return edited(content, work_out)


def summed(sheet: Any, cells: str) -> float:
    """Add up numbers as a spreadsheet does: texts count nothing."""
    total = 0.0
    for part in cells.split(","):
        found = sheet[part]
        lines = found if isinstance(found, tuple) else ((found,),)
        values = [cell.value for line in lines for cell in line]
        texts = [v for v in values if isinstance(v, str) and v.startswith("=SUM(")]
        total += sum(v for v in values if isinstance(v, (int, float)))
        total += sum(summed(sheet, text[5:-1]) for text in texts)
    return total


@pytest.mark.parametrize("code", [LIUQUAN, TOWNSHIP])
def test_worked_out_sums_agree(told: Store, code: str) -> None:
    name, blank = made(told, OF_TOWN, code)
    words = ("光伏富村",) if code == LIUQUAN else ("柳泉", "光伏富村")
    costs = ("其他支出",) if code == LIUQUAN else ("柳泉", "其他支出")
    content = filled(blank, {place_of(blank, *words): 12.3, place_of(blank, *costs): 4})
    content = as_worked_out(content)
    assert not any(str(v).startswith("=") for row in rows_of(content) for v in row)
    assert loaded(told, name, content) == {
        (LIUQUAN, "solar"): Decimal("12.30"),
        (LIUQUAN, "other_cost"): Decimal("4.00"),
    }


@pytest.mark.parametrize("save", [xls, text])
def test_saved_in_another_form_it_still_loads(told: Store, save: Resave) -> None:
    for code, words in (
        (LIUQUAN, ("光伏富村",)),
        (TOWNSHIP, ("柳泉", "光伏富村")),
    ):
        name, blank = made(told, OF_TOWN, code)
        content = as_worked_out(filled(blank, {place_of(blank, *words): 8}))
        rows = [["" if v is None else v for v in row] for row in rows_of(content)]
        found = check_file(save(rows), name, NO_ANSWERS, FixedClock(NOW))
        assert found.findings == []
        [line] = found.rows.to_pylist()
        assert (line["village_code"], line["amount_received_yuan"]) == (LIUQUAN, 8)


@pytest.mark.parametrize("code", [LIUQUAN, TOWNSHIP])
def test_one_not_filled_in_says_only_that(told: Store, code: str) -> None:
    name, blank = made(told, OF_TOWN, code)
    for content in (blank, edited(blank, lambda book: None), as_worked_out(blank)):
        found = check_file(content, name, NO_ANSWERS, FixedClock(NOW))
        assert codes_of(found.findings) == ["nothing_stated"]
        assert (found.rows.num_rows, found.rejected) == (0, 0)


def test_the_month_before_stands_beside_the_blanks(told: Store) -> None:
    rows = rows_of(made(told, SECRETARY, LIUQUAN)[1])
    assert rows[2][2:5] == ["收入来源", "上月（元，参考）", "本月到账（元）"]
    beside = {row[2]: row[3:5] for row in rows[3:16]}
    assert beside["光伏富村"] == [100.5, None]
    # reported as nothing, and not reported
    assert beside["村级集体合作社"] == [0, None]
    assert beside["补充耕地"] == ["—", None]
    wide = rows_of(made(told, OF_TOWN, TOWNSHIP)[1])
    assert wide[2][2:7] == ["光伏富村", None, "村级集体合作社", None, "补充耕地"]
    assert [row[2] for row in wide[4:7]] == [7, 100.5, "—"]
    # a source that nobody reported needs no column for it
    assert wide[3][2:7] == [
        *["上月（元，参考）", "本月到账（元）"] * 2,
        "本月到账（元）",
    ]


def test_it_shows_what_was_known_then(told: Store) -> None:
    early = datetime(2018, 1, 1)
    rows = rows_of(template(told, SECRETARY, LIUQUAN, JUNE, early)[1])
    assert {row[3] for row in rows[3:16]} == {"—"}


@pytest.mark.parametrize(
    ("viewer", "code"),
    [
        (SECRETARY, DONGLI),
        (SECRETARY, TOWNSHIP),
        (sender("secretary"), LIUQUAN),
        (sender("leader", "410581"), LIUQUAN),
        (sender("department", LIUQUAN), LIUQUAN),
        (sender("township", "410581106"), LIUQUAN),
        (sender("office", "410581"), "410581105999"),
        (sender("office", "410581"), "410581"),
        (sender("office", "410581"), "柳泉"),
    ],
)
def test_others_get_none(store: Store, viewer: Viewer, code: str) -> None:
    with pytest.raises(ShownError):
        made(store, viewer, code)


def test_only_the_blanks_can_be_typed_in(store: Store) -> None:
    for viewer, code in ((SECRETARY, LIUQUAN), (OF_TOWN, TOWNSHIP)):
        blank = made(store, viewer, code)[1]
        sheet = sheet_of(blank)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes
        for cell in ("A1", "A3", "A5", "B5", "C3"):
            assert sheet[cell].protection.locked
        rules = sheet.data_validations.dataValidation
        checked = {
            str(cell) for rule in rules for span in rule.sqref for cell in span.cells
        }
        assert len(checked) > 16
        assert {rule.type for rule in rules} <= {"custom", "list"}
        assert any('="无"' in rule.formula1 for rule in rules)


def test_a_source_is_chosen_from_those_above(store: Store) -> None:
    sheet = sheet_of(made(store, SECRETARY, LIUQUAN)[1])
    [rule] = [r for r in sheet.data_validations.dataValidation if r.type == "list"]
    span = rule.formula1.replace("$", "").removeprefix("=")
    names = [cell.value for (cell,) in sheet[span]]
    assert names[0] == "光伏富村"
    assert "其他收入" in names
    assert None not in names


def test_its_seal_survives_another_program(store: Store) -> None:
    blank = made(store, SECRETARY, LIUQUAN)[1]
    seal = seal_of(edited(blank, lambda book: None))
    assert seal is not None
    assert seal == seal_of(blank)
    assert (seal.place_code, seal.month) == (LIUQUAN, JUNE)
    assert seal.is_genuine(key_of(store.folder))


def test_every_village_and_township_is_read_again(store: Store) -> None:
    """What a place is called must not lead its readers astray."""
    office = sender("office", "410581")
    for code in ("410581001001", "410581105200", "410581001", "410581104"):
        name, blank = made(store, office, code)
        row = 4 if len(code) == 12 else 5
        column = 5 if len(code) == 12 else 3
        cell = openpyxl.utils.get_column_letter(column)
        content = filled(blank, {f"{cell}{row}": 8})
        found = check_file(content, name, NO_ANSWERS, FixedClock(NOW))
        assert found.findings == []
        [line] = found.rows.to_pylist()
        assert line["village_code"].startswith(code)
        assert (line["source_id"], line["period_start"]) == ("solar", JUNE)


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    first, second = (made(store, SECRETARY, LIUQUAN)[1] for _time in range(2))
    assert first == second
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book.sheetnames == ["填报", "填写说明"]
