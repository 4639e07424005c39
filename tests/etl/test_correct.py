"""Does a correction mend its one cell, and only while that says what is expected?"""

import pytest

from etl.correct import corrected
from etl.reading.workbook import Sheet

SHEETS = [
    Sheet("6月", [["村名", "光伏"], ["柳泉", "12000元元"]]),
    Sheet("7月", [["", ""]]),
]
ENTRY = {
    "sha256": "abc",
    "sheet": "6月",
    "cell": "B2",
    "expect": "12000元元",
    "put": "12000元",
}


def test_a_cell_is_mended_and_the_file_is_not() -> None:
    sheets, findings = corrected(SHEETS, "abc", (ENTRY,))
    assert sheets[0].rows[1] == ["柳泉", "12000元"]
    assert (sheets[1], findings) == (SHEETS[1], [])
    assert SHEETS[0].rows[1] == ["柳泉", "12000元元"]


def test_another_file_is_left_alone() -> None:
    assert corrected(SHEETS, "def", (ENTRY,)) == (SHEETS, [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"expect": "12000"}, "12000元元"),
        ({"cell": "B9"}, ""),
        ({"cell": "C2"}, ""),
        ({"cell": "2"}, ""),
        ({"cell": "B"}, ""),
        ({"sheet": "8月"}, ""),
    ],
)
def test_a_correction_that_no_longer_fits_changes_nothing(
    change: dict[str, str], found: str
) -> None:
    sheets, [finding] = corrected(SHEETS, "abc", (ENTRY | change,))
    assert [sheet.rows for sheet in sheets] == [sheet.rows for sheet in SHEETS]
    assert (finding.code, finding.is_error) == ("correction_stale", False)
    assert (finding.found, finding.cell) == (found, (ENTRY | change)["cell"])


def test_correcting_twice_equals_correcting_once() -> None:
    sheets, _told = corrected(SHEETS, "abc", (ENTRY,))
    again, findings = corrected(sheets, "abc", (ENTRY,))
    assert again == sheets
    assert [finding.code for finding in findings] == ["correction_stale"]
