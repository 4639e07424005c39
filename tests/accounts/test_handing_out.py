"""Are codes given out once, to whoever imported, and not for long?"""

from datetime import timedelta

import pytest

from accounts.handing_out import keep, take, waiting
from tests.accounts.people import MINUTE, NOW


def test_codes_are_given_out_once() -> None:
    kept = keep("a", b"codes", 2, 1, NOW)
    assert (kept.has_codes, kept.new_count, kept.known_count) == (True, 2, 1)
    assert waiting("a", NOW) == [kept]
    assert take("a", kept.handle, NOW) == b"codes"
    assert take("a", kept.handle, NOW) is None
    assert waiting("a", NOW) == []


@pytest.mark.parametrize(
    ("session", "after", "is_given"),
    [
        ("b", timedelta(), True),
        ("b", 9 * MINUTE, True),
        ("b", 10 * MINUTE, False),
        ("another", timedelta(), False),
        ("", timedelta(), False),
    ],
)
def test_codes_are_for_one_session_and_for_ten_minutes(
    session: str, after: timedelta, is_given: bool
) -> None:
    kept = keep("b", b"codes", 1, 0, NOW)
    assert (take(session, kept.handle, NOW + after) is not None) == is_given
    take("b", kept.handle, NOW)


def test_where_nobody_is_new_there_is_nothing_to_fetch() -> None:
    kept = keep("c", b"", 0, 3, NOW)
    assert [one.known_count for one in waiting("c", NOW)] == [3]
    assert not kept.has_codes
    assert take("c", kept.handle, NOW) is None


def test_a_handle_cannot_be_guessed() -> None:
    first, second = (keep("d", b"x", 1, 0, NOW).handle for _time in range(2))
    assert first != second
    assert min(len(first), len(second)) >= 32
