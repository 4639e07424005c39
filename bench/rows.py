"""What is a figure of the bench, was its target reached, and how is it shown?"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Relation = Literal["at most", "at least", "under"]
# Four significant digits: more would be noise.
_DIGITS = 4


@dataclass(frozen=True)
class Target:
    """What a figure has to be."""

    relation: Relation
    bound: float

    def is_reached(self, value: float) -> bool:
        """Tell whether a value is what it has to be."""
        if self.relation == "at least":
            return value >= self.bound
        return value < self.bound if self.relation == "under" else value <= self.bound


@dataclass(frozen=True)
class Row:
    """A figure: its value in its unit, its target where it has one, what is beside it.

    `value` is None where the figure could not be measured; `beside` then says why.
    """

    name: str
    value: float | None
    unit: str
    target: Target | None = None
    beside: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the target is reached; None where there is no target."""
        if self.target is None:
            return None
        shown = self.shown_value
        return shown is not None and self.target.is_reached(shown)

    @property
    def shown_value(self) -> float | None:
        """Return the value as it is written down; the target is held against it."""
        return None if self.value is None else rounded(self.value)

    @property
    def verdict(self) -> str:
        """Return the word for it; a miss is called a miss."""
        if self.value is None:
            return "NOT MEASURED"
        return {None: "", True: "reached", False: "MISS"}[self.is_reached]

    def as_entry(self, part: str) -> dict[str, Any]:
        """Return the entry for `results.json`."""
        target = self.target
        return {
            "part": part,
            "name": self.name,
            "value": self.shown_value,
            "unit": self.unit,
            "target": target and {"relation": target.relation, "bound": target.bound},
            "is_reached": self.is_reached,
            "beside": {
                name: rounded(value) if isinstance(value, float) else value
                for name, value in self.beside.items()
            },
        }


def rounded(value: float) -> float:
    """Return a value with as many digits as mean something."""
    return float(f"{value:.{_DIGITS}g}")


def table(part: str, rows: Sequence[Row]) -> str:
    """Return the figures of a part as lines for people to read.

    Args:
        part: its name.
        rows: its figures.
    """
    cells = [
        (
            row.name,
            "–" if row.value is None else f"{row.shown_value:g} {row.unit}".strip(),
            f"{row.target.relation} {row.target.bound:g}" if row.target else "",
            row.verdict,
            ", ".join(_said(*item) for item in row.beside.items()),
        )
        for row in rows
    ]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(_filled(*one) for one in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    return "\n".join([f"\n{part}", *(f"  {line}" for line in lines), ""])


def _said(name: str, value: float | str) -> str:
    shown = f"{rounded(value):g}" if isinstance(value, float) else str(value)
    return f"{name.replace('_', ' ')} {shown}"


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
