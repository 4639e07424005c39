"""What does a place code say, and which codes lie inside a scope?

Statistical codes nest: 41 › 4105 › 410581 › 410581105 › 410581105203 (province,
prefecture, county, township, village). `CN` is the nation, the empty prefix.
"""

from collections.abc import Iterable
from os.path import commonprefix
from typing import Self

from base.errors import ShownError
from base.words import _

NATION = "CN"
LENGTHS = {"nation": 0, "province": 2, "prefecture": 4, "county": 6, "township": 9}
LENGTHS["village"] = 12
_LEVEL_OF = {length: level for level, length in LENGTHS.items()}


def prefix_of(code: str) -> str:
    """Return the prefix of a place code; the nation's is empty.

    Args:
        code: `CN` or 2, 4, 6, 9 or 12 digits.

    Raises:
        ShownError: when the code is neither.
    """
    if code == NATION:
        return ""
    if code.isascii() and code.isdigit() and len(code) in _LEVEL_OF:
        return code
    raise ShownError(
        _("「{code}」不是行政区划代码：应为 2、4、6、9 或 12 位数字。", code=code)
    )


def level_of(code: str) -> str:
    """Return `nation`, `province`, `prefecture`, `county`, `township` or `village`."""
    return _LEVEL_OF[len(prefix_of(code))]


def holds_counties(code: str) -> bool:
    """Tell whether a place is wider than a county: too many villages for one list."""
    return len(prefix_of(code)) < LENGTHS["county"]


def digits_below(code: str) -> int:
    """Return how many digits the codes of the places have that one is divided into.

    Whatever is wider than a county is divided into counties.
    """
    digits = len(prefix_of(code))
    wider = (LENGTHS["county"], LENGTHS["township"])
    return next((below for below in wider if digits < below), LENGTHS["village"])


def parent_of(code: str) -> str:
    """Return the code one level up; the nation is its own parent."""
    shorter = [n for n in _LEVEL_OF if n < len(prefix_of(code))]
    return prefix_of(code)[: max(shorter)] or NATION if shorter else NATION


class Scope(tuple[str, ...]):
    """A set of prefixes; an empty set sees nothing, the empty prefix everything."""

    __slots__ = ()

    @classmethod
    def of(cls, codes: Iterable[str]) -> Self:
        """Build a scope from place codes; codes inside another are dropped."""
        kept: list[str] = []
        for prefix in sorted({prefix_of(code) for code in codes}):
            # in order, what lies inside a prefix follows it at once
            if not (kept and prefix.startswith(kept[-1])):
                kept.append(prefix)
        return cls(kept)

    @property
    def common(self) -> str:
        """Return the smallest place that holds the whole scope; `CN` is the nation.

        An empty scope has none: the empty text.
        """
        if not self:
            return ""
        shared = commonprefix(list(self))
        return shared[: max(n for n in _LEVEL_OF if n <= len(shared))] or NATION

    def holds(self, code: str) -> bool:
        """Tell whether a place lies inside."""
        return any(prefix_of(code).startswith(prefix) for prefix in self)

    def narrowed(self, code: str) -> Self:
        """Return the part of this scope that lies inside a place."""
        inside = [p for p in self if p.startswith(prefix_of(code))]
        return type(self)([prefix_of(code)] if self.holds(code) else inside)
