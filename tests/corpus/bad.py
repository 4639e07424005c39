"""How is a bad file written down: what it is, how it is made, what it must give?"""

from collections.abc import Callable
from dataclasses import dataclass

REFUSED = "not_readable"
# What a township tells of June 2018, and what it adds up to.
LINES = [["柳泉", 3500, "无", "—"], ["东里", 100, 200, 300], ["上坡", 5, 6, 7]]
WHOLE = "4118.00"


@dataclass(frozen=True)
class Bad:
    """A file that is not as it should be.

    `code` is the finding that the sender needs, with its place and some of its words;
    without a code the file is read as if nothing were wrong with it. `also` are further
    findings that follow from the same fault. `yuan` is what is accepted, where that
    matters. A file that takes seconds is heavy: only the drill makes it.
    """

    name: str
    make: Callable[[], bytes]
    code: str = ""
    sheet: str = ""
    cell: str = ""
    words: str = ""
    is_error: bool = True
    also: tuple[str, ...] = ()
    yuan: str | None = None
    is_heavy: bool = False


def refused(
    name: str, make: Callable[[], bytes], words: str, is_heavy: bool = False
) -> Bad:
    """Write down a file of which nothing is read, and what its sender is told."""
    return Bad(name, make, REFUSED, words=words, is_heavy=is_heavy)


def harmless(
    name: str,
    make: Callable[[], bytes],
    yuan: str = WHOLE,
    is_heavy: bool = False,
) -> Bad:
    """Write down an odd file that is read all the same, and its sum."""
    return Bad(name, make, yuan=yuan, is_heavy=is_heavy)
