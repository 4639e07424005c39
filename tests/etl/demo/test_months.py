"""Are spans called what the reader understands, and do they stand at their months?"""

import pytest

from etl.demo.months import COUNT, Span, at, day_of, half_yearly, monthly, yearly
from etl.reading.periods import find_period


def test_places_and_days_agree() -> None:
    assert [at(day_of(n).year, day_of(n).month) for n in range(COUNT)] == [
        *range(COUNT)
    ]


@pytest.mark.parametrize(
    "span", [monthly(2018)[5], *half_yearly(2015), *yearly(2014)], ids=lambda s: s.text
)
def test_the_reader_understands_what_a_span_is_called(span: Span) -> None:
    period = find_period(f"河顺镇{span.text}台账")
    assert period is not None
    assert (period.start.month, period.end) == (span.first, span.end)
