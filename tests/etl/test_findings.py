"""Is a finding said as a person needs it: where, what, and how to mend it?"""

import pytest

from etl.findings import Finding, error, in_order, together, warning


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


def told(code: str, cell: str, found: str = "", message: str = "改。") -> Finding:
    """Make an error of sheet 6月."""
    return error(code, message, "6月", cell, found)


@pytest.mark.parametrize(
    "findings",
    [
        [told("a", "B4", "约3"), told("a", "B5", "约4")],
        [told("a", "B4", "柳全"), told("a", "C5", "柳全")],
        [told("a", "B4", "#N/A"), told("a", "C4", "#N/A")],
        [told("amount_negative", f"{c}4", c, f"{c}。") for c in "BC"],
        [told("a", "B4"), told("b", "B5")],
        [told("a", "B4"), told("a", "B5", message="删。")],
        [told("a", "B4"), warning("a", "改。", "6月", "B5")],
        [told("a", "B4"), error("a", "改。", "7月", "B5")],
    ],
)
def test_what_has_causes_of_its_own_stays_apart(findings: list[Finding]) -> None:
    assert together(findings) == findings


@pytest.mark.parametrize(
    "findings",
    [
        [told("a", "B4", "柳全"), told("a", "B5", "柳全")],
        [told("a", "B4", "=A1"), told("a", "B5", "=A2")],
        [told("a", "B4", "#N/A"), told("a", "B5", "#REF!")],
        [told("total_mismatch", "B4", "4"), told("total_mismatch", "B5", "5")],
        [told("amount_too_large", f"B{n}", str(n), f"是{n}。") for n in (4, 5)],
        [told("amount_negative", f"B{n}", str(n), f"是{n}。") for n in (4, 5)],
        [told("total_mismatch", f"B{n}", str(n), f"是{n}。") for n in (4, 5)],
    ],
)
def test_one_cause_is_told_once_at_its_first_cell(findings: list[Finding]) -> None:
    [one] = together(findings)
    assert (one.cell, one.found) == ("B4", findings[0].found)
    assert one.message == findings[0].message + "（同样的还有 B5。）"


@pytest.mark.parametrize(
    "findings",
    [
        [told("a", "B4", "=A1"), told("a", "C4", "=A2")],
        [told("amount_too_large", f"{c}4", c, f"{c}。") for c in "BC"],
        [told("total_mismatch", f"{c}4", c, f"{c}。") for c in "BC"],
    ],
)
def test_what_concerns_a_whole_sheet_is_told_once(findings: list[Finding]) -> None:
    assert together(findings)[0].message.endswith("（同样的还有 C4。）")
    assert len(together(findings)) == 1


def test_many_cells_are_named_up_to_five_and_counted() -> None:
    [one] = together([told("a", f"B{row}") for row in range(4, 54)])
    assert one.message == "改。（同样的还有 B5、B6、B7、B8、B9 等 49 处。）"


def test_the_same_told_twice_of_a_cell_is_told_once() -> None:
    assert together([told("a", "B4"), told("a", "B4")]) == [told("a", "B4")]


def test_all_cells_of_a_cause_are_kept_beside_the_message() -> None:
    [one] = together([told("a", f"B{row}") for row in range(4, 14)])
    assert one.others == tuple(f"B{row}" for row in range(5, 14))
    [again] = together([*together([told("total_mismatch", c) for c in ("B4", "B5")])])
    assert again.others == ("B5",)
    later = [told("total_mismatch", "B6"), told("total_mismatch", "B7")]
    [all_of_it] = together([again, *together(later)])
    assert (all_of_it.cell, all_of_it.others) == ("B4", ("B5", "B6", "B7"))
    assert told("a", "B4").others == ()
