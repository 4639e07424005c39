"""What does a heading mean: a place, a period, a source, a measure, a total?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from base.catalogue import Catalogue, catalogue
from etl.reading.amounts import UNITS
from etl.reading.periods import bare_month, find_period
from etl.reading.text import fold

# What a column is about: a place, a period, amount, month, unknown …; papers other than
# ledgers have roles of their own, the names of their columns in `statements.toml`.
Role = str
_MONEY = ("amount", "due", "received")
_UNIT = re.compile(r"[(\[【]?(?:金额)?(?:单位)?[:,]?(万元|千元|百元|元)[)\]】]?$")
_LONGEST_UNIT = 16
_UNIT_MARKS, _UNIT_WORD = ("(", "[", "【"), "单位"
# 「单位：元家庄」 names a village; 「……台账（万元）」 states a unit at its end.
_STATED_UNIT = re.compile(
    r"(?:单位[:]?[(]?(?:人民币)?|[(](?:[^()]*[,:;、])?(?=[^(),:;、]*[)]$))"
    r"(万元|千元|百元|元|万(?=[)]|$))(?!家)"
)
_TOTAL = re.compile(
    r"^(?:本年|全年)?累计|(?:合计|小计|总计|共计|累计)(?:数|金额|收入)?$"
)
_CUMULATIVE = "累计"
# 上月（元，参考） is there for whoever fills the sheet in, not for the reader.
_REFERENCE = re.compile(r"[(\[【](?:[^()\[\]【】]*[,:;、])?参考[)\]】]$")
_LEAD = re.compile(r"^(?:其中[:]?|[一二三四五六七八九十]+、|[(]?\d+[)]?[、.])")


@dataclass(frozen=True)
class Heading:
    """What one column, or one line of a sheet turned round, is about.

    `role` amount stands for a source's column; `month` for a month's, whose number
    is `month`. `unit` is how many yuan one unit is worth, or None if not said.
    """

    role: Role
    text: str
    source_id: str = ""
    measure: str = "received"
    unit: int | None = None
    month: int = 0


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[Role, str]]:
    return vocabulary(catalogue())


def vocabulary(entries: Catalogue) -> dict[str, tuple[Role, str]]:
    """Return role and source id by folded heading."""
    words: dict[str, tuple[Role, str]] = {}
    for source_id, source in entries.lines().items():
        for synonym in source.synonyms:
            words[fold(synonym)] = ("amount", source_id)
    for role, synonyms in entries.columns.items():
        for synonym in synonyms:
            words.setdefault(fold(synonym), (role, ""))
    return words


def source_named(text: str) -> str | None:
    """Return the id of the source or cost of that name, or None."""
    role, source_id = _role_of(text)
    return source_id if role == "amount" else None


@lru_cache(maxsize=65_536)
def _role_of(text: str) -> tuple[Role, str]:
    words = _vocabulary()
    bare = strip_unit(text)[0]
    if _REFERENCE.search(bare):
        return ("note", "")
    for candidate in (fold(text), bare, _LEAD.sub("", bare)):
        if candidate in words:
            return words[candidate]
    if _TOTAL.search(bare):
        return ("total", "")
    return ("unknown", "")


def strip_unit(text: str) -> tuple[str, int | None]:
    """Part a heading from its unit: 光伏收入（万元） gives 光伏收入 and 10,000."""
    folded = fold(text)
    # it stands at the end; a cell may be as long as a book
    match = _UNIT.search(folded, max(len(folded) - _LONGEST_UNIT, 0))
    if match is None:
        return folded, None
    if match.start() == 0:
        return ("", UNITS[match[1]]) if match[0] != match[1] else (folded, None)
    bracketed = match[0].startswith(_UNIT_MARKS) or _UNIT_WORD in match[0]
    bare = folded[: match.start()]
    return (
        (bare.rstrip("/"), UNITS[match[1]])
        if bracketed or bare.endswith("/")
        else (
            folded,
            None,
        )
    )


def stated_unit(text: str) -> int | None:
    """Return the unit that a title line states (单位：万元), or None."""
    match = _STATED_UNIT.search(fold(text))
    return UNITS[match[1]] if match else None


def is_known(text: str) -> bool:
    """Tell whether a text is a heading that the catalogue knows."""
    return bool(text) and _role_of(text)[0] != "unknown"


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing else: （万元）."""
    bare, unit = strip_unit(text)
    return not bare and unit is not None


@lru_cache(maxsize=16_384)
def heading_of(texts: tuple[str, ...]) -> Heading:
    """Read the heading of a column.

    Args:
        texts: what its heading cells say, from the top down, merged cells repeated.

    Returns:
        The lowest text that says what the column is; texts above add a source to a
        measure (光伏 above 应收) and a unit. What stands below a source and is not
        known (装机容量) is no amount of it.
    """
    distinct = list(dict.fromkeys(text for text in texts if fold(text)))
    shown = " / ".join(distinct)
    units = [unit for unit in map(lambda t: strip_unit(t)[1], distinct) if unit]
    unit = units[-1] if units else None
    roles = [_role_of(text) for text in distinct]
    known = [role for role in roles if role[0] != "unknown"]
    role, source_id = known[-1] if known else ("unknown", "")
    sources = [found for kind, found in known if kind == "amount"]
    # 光伏 below 本年累计 is no figure of the month.
    if role in _MONEY and any(_CUMULATIVE in fold(text) for text in distinct):
        return Heading("total", shown, sources[-1] if sources else "", unit=unit)
    month = 0 if sources else _month_of(distinct)
    if month and role in ("unknown", "received", "note"):
        return Heading("month", shown, unit=unit, month=month)
    if month and role == "due":
        return Heading("unknown", shown, unit=unit)
    if role in ("due", "received") and sources:
        return Heading("amount", shown, sources[-1], role, unit)
    if role == "amount":
        if _role_of(distinct[-1])[0] == "unknown" and not is_unit(distinct[-1]):
            return Heading("unknown", shown, unit=unit)
        return Heading("amount", shown, source_id, "received", unit)
    return Heading(role, shown, unit=unit)


def _month_of(texts: list[str]) -> int:
    """Return the month that the lowest of some texts names, or 0."""
    for text in reversed(texts):
        month = bare_month(strip_unit(text)[0])
        period = find_period(text, is_whole=True)
        if month or (period and period.is_month):
            return month or (period.start.month if period else 0)
    return 0
