"""What is shown of telephone numbers and identity cards that stand in a text?"""

import re

# Of a telephone number its first three and last four digits are shown.
_HEAD, _TAIL, _STARS = 3, 4, "****"
# Columns in which people write about people; others hold codes, amounts and names of
# places, which are never masked.
WRITTEN_BY_PEOPLE = frozenset(
    {
        *("agenda", "detail", "evidence", "evidence_name", "file_name", "holder_name"),
        *("note", "organisation_name", "owner", "owner_name", "owner_organisation"),
        *("party_name", "reason", "remark", "return_reason", "said", "subject"),
        *("subject_name", "title", "what"),
    }
)
# A number of 11 digits, perhaps in groups; or a code, a dash and seven or eight digits.
_MOBILE = r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_LANDLINE = r"0\d{2,3}-\d{7,8}"
_PHONE = re.compile(rf"(?<![\dA-Za-z.])(?:{_MOBILE}|{_LANDLINE})(?![\dA-Za-z]|\.\d)")
# A place, a day of birth, a running number and a digit that checks: GB 11643-1999.
_CARD = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)


def masked(phone: str) -> str:
    """Return a number of which nobody can call: 138****1234."""
    if len(phone) <= _HEAD + _TAIL:
        return "*" * len(phone)
    return phone[:_HEAD] + _STARS + phone[-_TAIL:]


def masked_within(text: str) -> str:
    """Return a text with the telephone numbers and identity cards in it masked."""
    return _PHONE.sub(_mask, without_cards(text))


def without_cards(text: str) -> str:
    """Return a text with the numbers of identity cards in it masked."""
    return _CARD.sub(_mask, text)


def has_card(text: str) -> bool:
    """Tell whether the number of an identity card stands in a text."""
    return _CARD.search(text) is not None


def _mask(found: re.Match[str]) -> str:
    return masked(found.group())
