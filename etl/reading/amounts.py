"""How much money does a column of cells state, to the fen, and what is unreadable?

A number or 无 reports; 0 and 无 are zero; blanks, — and / state nothing. 撤销 takes
back what was stated before.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import numpy as np

from base.money import to_fen
from etl.reading.text import fold
from etl.reading.workbook import Value

# Strokes of any length and kind, slashes, dots left to be filled in.
_NOTHING = re.compile(r"[-‐‑‒–—―─━−ー_]*|[/\\]+|\.{2,}")
_ZERO = frozenset(["无", "没有", "零", "〇"])
_WITHDRAWN = re.compile(r"[(「【\[]?(?:撤销|作废)[)」】\]]?")
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?")
_MONEY = re.compile(
    r"(?P<lead>[-−]?(?:¥|￥|人民币|RMB)?|(?:¥|￥|人民币|RMB)[-−])"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>万(?:元整?)?|千元|百元|元整?)?"
)
_MINUS = re.compile(r"[-−]")
# Bookkeepers write what is below zero in parentheses.
_BELOW_ZERO = re.compile(r"[(](?P<amount>[^-−()]*\d[^-−()]*)[)]")
UNITS = {
    "元": 1,
    "元整": 1,
    "百元": 100,
    "千元": 1_000,
    "万元": 10_000,
    "万": 10_000,
    "万元整": 10_000,
}
_DIGITS = frozenset("0123456789.-")
_LARGEST_FEN, _LONGEST = 10**17, 200
_NAMES = {1: "元", 100: "百元", 1_000: "千元", 10_000: "万元"}
# Up to here a binary fraction of a fen is known to better than a thousandth, so that
# what lies this close to a whole fen rounds to it.
_QUICK_FEN, _WHOLE = 2**40, 0.001


@dataclass(frozen=True)
class Amounts:
    """A column as read: fen where something is stated, and what could not be read.

    `fen` and `is_stated` have one entry a cell; `unreadable` are positions, and so are
    `withdrawn`, the cells that say 撤销: they state nothing and are well understood.
    """

    fen: np.ndarray
    is_stated: np.ndarray
    unreadable: list[int]
    withdrawn: list[int] = field(default_factory=list)


class Withdrawn(ValueError):
    """A cell that takes an amount back instead of stating one."""


def read_amounts(values: list[Value], unit: int) -> Amounts:
    """Read a column of amounts.

    Args:
        values: the cells.
        unit: how many yuan one of the column's units is worth (1 or 10,000).

    Returns:
        The amounts in fen; what a cell itself says of its unit goes before `unit`.
    """
    numbers = _numbers(values)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = numbers * (unit * 100)
        rounded = np.rint(scaled)
        is_clean = np.abs(scaled - rounded) <= _WHOLE
        is_clean &= np.abs(scaled) < _QUICK_FEN
    fen = np.where(is_clean, rounded, 0).astype(np.int64)
    is_stated = is_clean.copy()
    unreadable, withdrawn = [], []
    for position in np.flatnonzero(~is_clean).tolist():
        value = values[position]
        if value == "":
            continue
        try:
            exact = read_amount(value, unit)
        except Withdrawn:
            withdrawn.append(position)
            continue
        except ValueError:
            unreadable.append(position)
            continue
        if exact is not None:
            fen[position] = exact
            is_stated[position] = True
    return Amounts(fen, is_stated, unreadable, withdrawn)


def _numbers(values: list[Value]) -> np.ndarray:
    """Return plain numbers as they are; anything else as not a number."""
    kinds = set(map(type, values))
    if kinds <= {float}:
        return np.array(values, np.float64)
    if kinds == {str} and _DIGITS.issuperset("".join(map(str, values))):
        texts = [value or "nan" for value in values]
        try:
            return np.array(list(map(float, texts)), np.float64)  # type: ignore[arg-type]
        except ValueError:
            pass  # signs in places where no number has them: cell by cell
    return np.fromiter(map(_quick, values), np.float64, len(values))


def _quick(value: Value) -> float:
    """Return a plain number as it is; anything else as not a number."""
    if type(value) is float:
        return value
    if type(value) is str and value and _PLAIN.fullmatch(value):
        return float(value)
    if type(value) is int:
        return float(value)
    return float("nan")


def read_amount(value: Value, unit: int) -> int | None:
    """Read one amount.

    Returns:
        Fen, or None where the cell states nothing.

    Raises:
        Withdrawn: when it says 撤销.
        ValueError: when it is neither an amount nor a sign for none.
    """
    if isinstance(value, (float, int)) and not isinstance(value, bool):
        # Fifteen digits, as Excel shows: what is beyond is noise of its sums.
        return _fen(Decimal(f"{value:.15g}"), unit)
    if isinstance(value, str):
        return _read_text(value, unit)
    raise ValueError(value)


def unit_name(unit: int) -> str:
    """Return what a unit of so many yuan is called."""
    return _NAMES[unit]


def states_amount(value: Value) -> bool:
    """Tell whether a cell states an amount, also as a text: 0, 无, 3,500元."""
    try:
        return read_amount(value, 1) is not None
    except ValueError:
        return False


@lru_cache(maxsize=65_536)
def _read_text(value: str, unit: int) -> int | None:
    text = fold(value)
    # a look at a bracket without an end takes the square of its length
    if len(text) > _LONGEST:
        raise ValueError(value[:_LONGEST])
    if _NOTHING.fullmatch(text):
        return None
    if text in _ZERO:
        return 0
    if _WITHDRAWN.fullmatch(text):
        raise Withdrawn(value)
    below = _BELOW_ZERO.fullmatch(text)
    match = _MONEY.fullmatch(below["amount"] if below else text)
    if match is None:
        raise ValueError(value)
    own = UNITS[match["unit"]] if match["unit"] else unit
    number = Decimal(match["number"].replace(",", ""))
    is_below = below or _MINUS.search(match["lead"])
    return _fen(-number if is_below else number, own)


def _fen(number: Decimal, unit: int) -> int:
    try:
        fen = int(to_fen(number * unit) * 100)
    except InvalidOperation as error:
        raise ValueError(number) from error
    if abs(fen) >= _LARGEST_FEN:
        raise ValueError(number)
    return fen
