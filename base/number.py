"""Which number does a text from outside say? One that the store can hold, or none."""

# As many digits as a number of the store surely has.
_MOST_DIGITS = 18


def number_in(text: str) -> int | None:
    """Return the number that a text says in plain digits, or None.

    Args:
        text: from an address, as it came; `²` is a digit to Python, and no number.
    """
    is_plain = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_plain else None
