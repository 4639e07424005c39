"""What does a cell say once widths, blanks and invisible characters are folded?"""

import re
import unicodedata
from functools import lru_cache

# What is pasted along from chats, web pages and WPS without being seen: spaces of all
# widths, zero-width characters, direction marks, soft hyphen, byte-order mark, signs
# that choose how the letter before them is drawn.
INVISIBLE = re.compile(
    r"[\s\u00a0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]+"
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Fold a text for comparison: NFKC, no blanks, no invisible characters."""
    visible = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    # A sign and an accent that a blank kept apart are one letter now.
    return unicodedata.normalize("NFKC", visible)


def said(value: object) -> str:
    """Return what a cell says as Excel shows it: fifteen digits, TRUE, a day."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, bool):
        return str(value).upper()
    return str(value).strip().removesuffix(" 00:00:00")
