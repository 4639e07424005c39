"""Are ties and small numbers told as they are?"""

import pandas as pd
import pytest

from queries.extremes import LEAST, ends_of


def villages(*amounts: float | None) -> pd.DataFrame:
    codes = [f"V{place:02}" for place in range(len(amounts))]
    return pd.DataFrame({"village_code": codes, "amount": amounts})


def test_the_first_and_the_last_with_their_ranks() -> None:
    ends = ends_of(villages(*range(20), None), "amount")
    assert list(ends.top["village_code"]) == ["V19", "V18", "V17", "V16", "V15"]
    assert list(ends.bottom["amount"]) == [0, 1, 2, 3, 4]
    assert list(ends.bottom["rank"]) == [1, 2, 3, 4, 5]
    assert ends.count == 20
    assert ends.top_tied.empty and ends.bottom_tied.empty


def test_of_few_there_are_no_ends() -> None:
    ends = ends_of(villages(*range(LEAST - 1), None, None), "amount")
    assert (ends.count, len(ends.top), len(ends.bottom)) == (LEAST - 1, 0, 0)


@pytest.mark.parametrize(
    ("tied", "shown", "left_out"),
    # four above them; up to ten in all the tie is shown whole, then not at all
    [(2, 6, 0), (6, 10, 0), (7, 4, 7)],
)
def test_equal_values_are_there_together_or_not_at_all(
    tied: int, shown: int, left_out: int
) -> None:
    low = [9 - place for place in range(9)]
    ends = ends_of(villages(100, 90, 80, 70, *[50] * tied, *low), "amount")
    assert (len(ends.top), len(ends.top_tied)) == (shown, left_out)
    ranks = [*ends.top["rank"], *ends.top_tied["rank"]]
    assert ranks == [1, 2, 3, 4, *[5] * tied]
