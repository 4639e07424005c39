"""Is a number of which somebody can call or be known masked, and nothing else?"""

import pytest

from base.masking import has_card, masked, masked_within, without_cards


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812345678", "138****5678"),
        ("张三13812345678、李四 139-1234-5678", "张三138****5678、李四 139****5678"),
        ("电话 0372-6812345", "电话 037****2345"),
        ("身份证41058119900101123X。", "身份证410****123X。"),
        ("410581199002301234", "410****1234"),
    ],
)
def test_numbers_of_people_are_masked(text: str, shown: str) -> None:
    assert masked_within(text) == shown
    assert masked_within(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "410581105203",
        "13812345678.50",
        "2018-06-30 12:00",
        "113812345678",
        "9f86d08188412345678",
        # no month is the 13th
        "410581199013011234",
        "12345678901",
    ],
)
def test_codes_days_and_amounts_stay(text: str) -> None:
    assert masked_within(text) == text


def test_a_card_is_known_and_a_telephone_is_none() -> None:
    assert has_card("王五 410581199001011234")
    assert not has_card("13812345678")
    assert without_cards("13812345678") == "13812345678"


@pytest.mark.parametrize(("phone", "shown"), [("", ""), ("6812345", "*******")])
def test_a_short_number_is_all_stars(phone: str, shown: str) -> None:
    assert masked(phone) == shown
