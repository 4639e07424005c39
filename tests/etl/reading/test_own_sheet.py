"""Is this program's own sheet told from what people send?"""

import pytest

from etl.reading.own_sheet import SIGN, is_own


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["请先看", "", "", "", "", "", SIGN]], True),
        ([["请先看", "", "", "", "", SIGN, ""]], False),
        ([["请先看"], ["", "", "", "", "", "", SIGN]], False),
        ([["请先看"]], False),
        ([[]], False),
        ([], False),
    ],
)
def test_a_sheet_is_told_by_the_sign_in_its_place(
    rows: list[list[str]], expected: bool
) -> None:
    assert is_own(rows) is expected
