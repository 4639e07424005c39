"""Is a csv read no further than a table can reach?"""

from collections.abc import Iterator

import pytest

from base.settings import settings as installed
from etl.reading.separated import read_separated
from etl.reading.unpacking import NotReadable


@pytest.fixture
def four_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation that reads four rows."""
    monkeypatch.setenv("VILLAGE_MOST_ROWS", "4")
    installed.cache_clear()
    yield
    installed.cache_clear()


def test_blank_lines_keep_their_place_but_not_at_the_end(four_rows: None) -> None:
    assert read_separated("\na,b\n,\n1\n" + ",,\n" * 100_000) == [
        ["", ""],
        ["a", "b"],
        ["", ""],
        ["1", ""],
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n" * 5, "超过 4 行"),
        ("a,b\n\n\n\n1,2\n", "超过 4 行"),
        ("a,b\n" + "\n" * 2_000_001, "超过 4 行"),
        ("a" + "," * 16_384, "行过长"),
        ("a,b" * 700_000, "行过长"),
        ('a,"' + "b" * 1_000_001, "引号或换行有误"),
        ("a\nb\n", "没有分列"),
    ],
)
def test_what_is_more_than_a_table_is_refused(
    four_rows: None, text: str, message: str
) -> None:
    with pytest.raises(NotReadable, match=message) as refusal:
        read_separated(text)
    assert str(refusal.value).endswith("。")


def test_short_rows_below_a_wide_one_do_not_fill_memory() -> None:
    with pytest.raises(NotReadable, match="行过长"):
        read_separated("," * 16_000 + "a\n" + "a,b\n" * 1_000)
