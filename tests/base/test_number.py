"""Which texts from outside are numbers?"""

import pytest

from base.number import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)],
        *[("", None), ("-1", None), ("1.5", None), ("²", None), ("１", None)],
        *[("9" * 19, None), ("9" * 5000, None), ("1 ", None)],
    ],
)
def test_a_number_is_plain_digits(text: str, number: int | None) -> None:
    assert number_in(text) == number
