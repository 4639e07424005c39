"""What is a message of a meeting: its title, its numbers, and one picture?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Big:
    """A number to be read from afar: what it counts, the number, and what it means."""

    label: str
    number: str
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Amounts side by side: a name and, for each series, a value each."""

    names: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    is_share: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Lines:
    """Counts along months: what was, as far as it is known, and what was planned."""

    months: tuple[str, ...]
    series: Mapping[str, tuple[int | None, ...]]


@dataclass(frozen=True)
class Grid:
    """A small table: headings, and rows of texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Message:
    """One message: its title says it, and what stands below shows it.

    `place_code` is that of a township, where it is about one.
    """

    title: str
    bigs: tuple[Big, ...] = ()
    lines: tuple[str, ...] = ()
    picture: Bars | Lines | Grid | None = None
    note: str = ""
    place_code: str = ""


@dataclass(frozen=True)
class Deck:
    """All messages of a meeting; `foot` stands under each, with the page's number."""

    title: str
    subtitle: str
    foot: str
    messages: tuple[Message, ...] = field(default_factory=tuple)
