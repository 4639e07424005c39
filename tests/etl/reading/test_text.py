"""Are texts compared by what a person sees?"""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reading.text import fold, said


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("光 伏", "光伏"),
        ("　合　计　", "合计"),
        ("光伏（万元）", "光伏(万元)"),
        ("１２３", "123"),
        ("\ufeff村\u200b名\u00ad", "村名"),
        ("圪垱\n村", "圪垱村"),
    ],
)
def test_widths_and_invisible_characters_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_folding_twice_equals_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (410581105203.0, "410581105203"),
        (3500, "3500"),
        (0.1 + 0.2, "0.3"),
        (1.25, "1.25"),
        (True, "TRUE"),
        (" 河顺 ", "河顺"),
        (datetime(2018, 6, 1), "2018-06-01"),
        (datetime(2018, 6, 1, 8, 30), "2018-06-01 08:30:00"),
    ],
)
def test_a_cell_says_what_excel_shows(cell: object, text: str) -> None:
    assert said(cell) == text
