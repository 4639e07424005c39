"""How does a text that somebody wrote stand in a paper: on one line, and how long?"""

import re

# As long as what is read from ten metres, on one line of a table.
SHORT = 20
# Control signs, halves of a sign, signs that turn the way of reading, and what is none.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def plain(words: object) -> str:
    """Return a text on one line, without signs that no paper bears; missing is empty.

    What is pasted from elsewhere brings line feeds and control signs along.
    """
    if not isinstance(words, str):
        return ""
    return _UNSEEN.sub("", " ".join(words.split()))


def short(words: object, most: int = SHORT) -> str:
    """Return a text on one line, of no more than so many signs, the last one a mark."""
    line = plain(words)
    return line if len(line) <= most else f"{line[: most - 1]}…"
