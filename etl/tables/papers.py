"""Is a table a paper other than a ledger, and what are its columns?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from base.catalogue import Statement, catalogue
from etl.reading.text import fold
from etl.tables.headings import Heading, heading_of, strip_unit

# Columns of any paper whose headings `sources.toml` lists.
_SHARED = ("village_name", "village_code", "township_name", "period", "sequence")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
DETAIL = "detail"
# Roles of a list's columns that say what a source counts, and parts of its money.
QUANTITY, ITEM = "quantity", "item"
_AMOUNTS = ("amount", "due", "received")
_LOOSE = ("unknown", "note", "total", "sequence")
# Columns that hold yuan, by role.
MONEY_ROLES = frozenset(
    [
        "electricity_due",
        "electricity_received",
        "subsidy_due",
        "subsidy_received",
        "project_due",
        "project_received",
        "arrears_due",
        "arrears_received",
        "relet_due",
        "relet_received",
        "funds",
        "assets",
        "rent",
        "invested",
    ]
)
# What was paid in once does not make a paper one of income.
_OF_INCOME = MONEY_ROLES - {"invested"}
_ENGLISH = re.compile(r"[a-z_ ]+", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """A table that is a paper: its statement, and a heading for each column."""

    statement: str
    columns: tuple[Heading, ...]


def bare(text: str) -> str:
    """Fold a heading and take what it says of units off: 上网电量(万kWh)."""
    stripped = strip_unit(text)[0]
    without = _BRACKETS.sub("", stripped) or stripped
    before, slash, unit = without.rpartition("/")
    return (before if slash and unit.lower() in _quantity_units() else without).lower()


@lru_cache(maxsize=1)
def _quantity_units() -> frozenset[str]:
    return frozenset(u for units in catalogue().quantity_units.values() for u in units)


@lru_cache(maxsize=16)
def _roles(statement_id: str) -> dict[str, str]:
    columns = catalogue().statements[statement_id].columns
    return {
        bare(synonym): role
        for role, synonyms in columns.items()
        for synonym in synonyms
    }


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    words = {word for one in catalogue().statements for word in _roles(one)}
    return frozenset(words | set(_counts()))


@lru_cache(maxsize=65_536)
def is_paper_word(text: str) -> bool:
    """Tell whether a text is the heading of some paper."""
    return bool(text) and bare(text) in _all_words()


def paper_of(columns: Iterable[tuple[str, ...]]) -> Paper | None:
    """Find the paper that headings belong to.

    Args:
        columns: what the heading cells of each column say, from the top down.

    Returns:
        The paper of which most columns are known, or None.
    """
    texts = [tuple(dict.fromkeys(t for t in column if fold(t))) for column in columns]
    entries = catalogue()
    # A paper that tells of no money is no home for a column of amounts.
    has_amounts = any(heading_of(column).role in _AMOUNTS for column in texts)
    found: list[tuple[int, Paper]] = []
    for statement_id, statement in entries.statements.items():
        if not statement.needs:
            continue
        headings = tuple(_heading(column, statement_id) for column in texts)
        own = {heading.role for heading in headings} & set(statement.columns)
        if _has_needs(headings, statement) and not (
            has_amounts and _OF_INCOME.isdisjoint(statement.columns)
        ):
            found.append((len(own), Paper(statement_id, headings)))
    if found:
        return max(found, key=lambda one: one[0])[1]
    return _detail(texts)


def _has_needs(headings: tuple[Heading, ...], statement: Statement) -> bool:
    roles = {heading.role for heading in headings}
    return all(roles & set(group) for group in statement.needs)


@lru_cache(maxsize=16_384)
def _heading(texts: tuple[str, ...], statement_id: str) -> Heading:
    """Read a column's heading with a paper's own words, then with those of all."""
    roles = _roles(statement_id)
    units = [unit for unit in (strip_unit(text)[1] for text in texts) if unit]
    unit = units[-1] if units else None
    shown = " / ".join(texts)
    # 电费 above 应付 is 电费应付; a word alone is its own.
    own = [bare(text) for text in texts]
    for candidate in (*reversed(own), "".join(own)):
        role = roles.get(candidate)
        if role is not None:
            return Heading(role, shown, unit=unit)
    shared = heading_of(texts)
    if shared.role in _SHARED:
        return shared
    is_note = shared.role == "note"
    return Heading("note" if is_note else "unknown", shown, unit=unit)


@lru_cache(maxsize=1)
def _counts() -> dict[str, tuple[str, str]]:
    """Return role and source of the headings that only lists of one source have."""
    words: dict[str, tuple[str, str]] = {}
    for source_id, source in catalogue().sources.items():
        for name, quantity in source.quantities.items():
            for word in quantity.synonyms:
                words[bare(word)] = (f"{QUANTITY}:{name}", source_id)
        for name, item in source.items.items():
            for word in item.synonyms:
                words[bare(word)] = (f"{ITEM}:{name}", source_id)
        for role, called in (("due", source.due), ("received", source.received)):
            for word in called.synonyms if called else ():
                words[bare(word)] = (role, source_id)
    return words


def _detail(texts: list[tuple[str, ...]]) -> Paper | None:
    """Recognise a list of one source by what only that source counts."""
    words = _counts()
    headings = [heading_of(column) for column in texts]
    if not any(h.role in ("village_name", "village_code") for h in headings):
        return None
    found: dict[str, int] = {}
    for column, heading in zip(texts, headings, strict=True):
        _role, source_id = words.get(bare(column[-1]) if column else "", ("", ""))
        if source_id and heading.role in (*_LOOSE, "due", "received"):
            found[source_id] = found.get(source_id, 0) + 1
    named = {heading.source_id for heading in headings if heading.role == "amount"}
    if len(named) > 1 or not found:
        return None
    source_id = max(found, key=lambda one: (one in named, found[one]))
    if named - {source_id}:
        return None
    columns = tuple(
        _detail_heading(column, heading, source_id, words)
        for column, heading in zip(texts, headings, strict=True)
    )
    has_money = any(
        h.role in ("due", "received") or h.role.startswith(ITEM) for h in columns
    )
    return Paper(DETAIL, columns) if has_money else None


def _detail_heading(
    texts: tuple[str, ...],
    heading: Heading,
    source_id: str,
    words: dict[str, tuple[str, str]],
) -> Heading:
    role, of_source = words.get(bare(texts[-1]) if texts else "", ("", ""))
    if of_source == source_id and heading.role in (*_LOOSE, "due", "received"):
        return Heading(role, heading.text, source_id, unit=heading.unit)
    if heading.role == "amount":
        return Heading(heading.measure, heading.text, source_id, unit=heading.unit)
    return heading


def is_english(text: str) -> bool:
    """Tell whether a heading is a key of a platform rather than a word."""
    return _ENGLISH.fullmatch(text) is not None
