"""Can a code be read, typed, and not be told from what is kept?"""

import re

import pytest

from accounts.codes import hash_of, is_code, new_code


def test_a_code_has_two_groups_without_look_alikes() -> None:
    codes = {new_code() for _number in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert re.fullmatch(r"[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}", code)


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("ABCDE-23456", True),
        (" abcde 23456", True),
        ("ＡＢＣＤＥ－２３４５６", True),  # as an input method writes it
        ("ABCDE-23457", False),
        ("", False),
    ],
)
def test_a_code_is_known_however_it_is_typed(typed: str, fits: bool) -> None:
    kept = hash_of("ABCDE-23456")
    assert "ABCDE" not in kept
    assert kept != hash_of("ABCDE-23456")
    assert is_code(typed, kept) is fits


def test_where_there_is_no_code_nothing_fits() -> None:
    assert not is_code("", "")
    assert not is_code("ABCDE-23456", "")
