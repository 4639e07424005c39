"""Does a text that somebody wrote stand on one line, and no longer than may be?"""

import pytest

from reports.meeting.plain import plain, short


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("催收\n租金\t三月", "催收 租金 三月"),
        ("a\x00b\x0bc\x1fd", "ab c d"),
        ("\u202e反\ufeff写\ud800\uffff", "反写"),
        (float("nan"), ""),
        (None, ""),
    ],
)
def test_it_stands_on_one_line_without_odd_signs(words: object, wanted: str) -> None:
    assert plain(words) == wanted
    assert plain(plain(words)) == wanted


def test_what_is_too_long_says_so() -> None:
    assert short("一二三四", 4) == "一二三四"
    assert short("一二三四五", 4) == "一二三…"
