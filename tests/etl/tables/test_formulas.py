"""Is a text that looks like a formula told, and never worked out?"""

import pytest

from etl.tables.formulas import is_formula_like
from tests.making import checked, codes_of, ledger, text, xlsx


@pytest.mark.parametrize(
    "value",
    ["=1+1", "=cmd|'/c calc'!A0", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "＝A1"],
)
def test_what_a_program_would_work_out_looks_like_a_formula(value: str) -> None:
    assert is_formula_like(value)
    [finding] = checked(text(ledger([["柳泉", value, 2, 3]])), "台账.csv").findings
    assert (finding.code, finding.found) == ("amount_unreadable", value)


@pytest.mark.parametrize("value", ["", "-5", "—", "--", "+86", "+5.5", "柳泉", 3, -3.0])
def test_numbers_strokes_and_words_do_not(value: object) -> None:
    assert not is_formula_like(value)  # type: ignore[arg-type]


def test_a_formula_in_a_text_is_told_once_and_its_line_is_read() -> None:
    headings = ["村名", "光伏", "备注"]
    lines = [["柳泉", 1, "@SUM(A1)"], ["东里", 2, "@SUM(A1)"]]
    result = checked(text(ledger(lines, headings)), "台账.csv")
    [finding] = result.findings
    assert (finding.code, finding.cell, finding.is_error) == (
        "formula_like",
        "C4",
        False,
    )
    assert "C5" in finding.message
    assert result.rows.num_rows == 2


def test_a_name_that_looks_like_one_has_one_finding() -> None:
    result = checked(text(ledger([["=cmd|'/c calc'!A0", 1, 2, 3]])), "台账.csv")
    assert codes_of(result.findings) == ["village_unknown"]


def test_a_workbook_knows_formulas_from_texts() -> None:
    headings = ["村名", "光伏", "备注"]
    result = checked(xlsx(ledger([["柳泉", 1, "@SUM"]], headings)))
    assert result.findings == []
