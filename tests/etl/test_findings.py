"""Is a finding said as a person needs it: where, what, and how to mend it?"""

import pytest

from etl.findings import Finding, error, in_order, warning


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (
            error("a", "改。", "6月", "B12", "约3"),
            "表.xlsx，6月，B12，读到「约3」：改。",
        ),
        (error("a", "改。", "6月"), "表.xlsx，6月：改。"),
        (error("a", "改。", "", "B12", "约3"), "表.xlsx，B12，读到「约3」：改。"),
        (warning("a", "改。"), "表.xlsx：改。"),
    ],
)
def test_a_line_says_where_what_and_how(finding: Finding, line: str) -> None:
    assert finding.line("表.xlsx") == line


def test_file_comes_first_then_sheet_then_cells_errors_before() -> None:
    file, sheet = warning("file", "。"), error("sheet", "。", "6月")
    bad, odd = error("bad", "。", "6月", "B2"), warning("odd", "。", "6月", "A1")
    assert in_order([odd, bad, sheet, file]) == [file, sheet, bad, odd]
    assert (bad.is_error, odd.is_error) == (True, False)
