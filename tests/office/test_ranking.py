"""Are ranks exact, shared by equals, and does the year pass day by day?"""

from datetime import date
from fractions import Fraction

from office.ranking import passed_share, ranks


def test_ranks_compare_exactly() -> None:
    third = Fraction(1, 3)
    values = [third, Fraction(333_333_333, 1_000_000_000), third, None]
    assert list(ranks(values, [True] * 4)[:3]) == [1, 3, 1]
    assert ranks(values, [True] * 4).isna().tolist() == [False, False, False, True]
    assert ranks([third, third], [False, True]).isna().all()
    assert ranks([third], [True]).isna().all()


def test_the_year_passes_day_by_day() -> None:
    assert passed_share(date(2018, 12, 31)) == 1
    assert passed_share(date(2018, 1, 1)) == Fraction(1, 365)
    assert passed_share(date(2020, 6, 30)) == Fraction(182, 366)
