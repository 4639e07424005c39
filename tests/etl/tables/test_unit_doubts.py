"""Is a unit asked for where the amounts speak against the one that is stated?"""

import pytest

from tests.making import Grid, checked, codes_of, ledger, xlsx

WAN, YUAN = "单位：万元", "单位：元"


@pytest.mark.parametrize(
    ("unit", "lines", "codes"),
    [
        (WAN, [["柳泉", 420, 1200, ""]], ["unit_doubtful"]),
        (WAN, [["柳泉", 42, 12.5, ""]], []),
        (WAN, [["柳泉", 6000, 12.5, ""]], ["amount_too_large"]),
        (YUAN, [["柳泉", 0.42, 1.2, 0.15], ["东里", 0.3, "", 0]], ["unit_doubtful"]),
        (YUAN, [["柳泉", 1, 2, 3], ["东里", 4, 5, 0.5]], []),
        (YUAN, [["柳泉", 0.42, 1.2, 1500.5], ["东里", 0.3, 0.1, 0]], []),
    ],
)
def test_amounts_speak_against_a_unit(unit: str, lines: Grid, codes: list[str]) -> None:
    found = checked(xlsx(ledger(lines, unit=unit)))
    assert codes_of(found.findings) == codes
    if codes == ["unit_doubtful"]:
        assert found.rows.num_rows == 0


def test_a_unit_that_was_given_is_not_asked_for_again() -> None:
    grid = ledger([["柳泉", 420, 1200, ""]], unit=WAN)
    assert checked(xlsx(grid), unit=10_000).findings == []


def test_totals_are_no_amounts_of_a_village() -> None:
    lines: Grid = [["柳泉", 420, "", ""], ["东里", 90, "", ""], ["合计", 510, "", ""]]
    assert checked(xlsx(ledger(lines, unit=WAN))).findings == []
