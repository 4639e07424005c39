"""What is the same for all who ask of a county? Made once, and read by each in part.

To plan a statement of a dozen steps takes longer than to run it, and each township and
each team of a department had it planned anew. So a part that says `kept: for its
county` is made once for the county of whoever asks, and the statement reads the rows
of the own scope from that; tests/queries/test_kept.py holds that answers are the same.
"""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa

from base.memory import Memory
from base.place import LENGTHS
from queries.statement import is_figure, kept_in, parameters, text_of
from store import Store

# A county's year takes some megabytes; each target has three or four such parts.
_MOST, _FOR_S = 60, 3600.0
_COUNTY_DIGITS = LENGTHS["county"]
_memories: WeakKeyDictionary[Store, Memory] = WeakKeyDictionary()


def kept_tables(
    name: str, target_query: str, store: Store, given: Mapping[str, Any]
) -> dict[str, pa.Table]:
    """Return the tables that a statement reads in place of its parts, by their names.

    Args:
        name: topic and file of the question.
        target_query: the query of the target, where the question builds on one.
        store: where.
        given: its parameters; `activity_no` says which papers it knows of. Without
            that number nothing is kept, nor where the scope is not inside one county.
    """
    names = kept_in(name, target_query)
    county = _county_of(given["scope"])
    if not names or not county or not given.get("activity_no"):
        return {}
    return {
        table: _table(part, target_query, store, {**given, "scope": [county]})
        for table, part in names.items()
    }


def _county_of(scope: list[str]) -> str:
    """Return the county that holds all places of a scope, or "" where none does."""
    counties = {code[:_COUNTY_DIGITS] for code in scope}
    one = counties.pop() if len(counties) == 1 else ""
    return one if len(one) == _COUNTY_DIGITS else ""


def _table(
    part: str, target_query: str, store: Store, given: Mapping[str, Any]
) -> pa.Table:
    named = {key: given[key] for key in parameters(part, target_query)}
    # the number says what was known then, so that the second of asking does not count
    activity_no = 0 if is_figure(part, target_query) else given["activity_no"]
    key = (
        part,
        target_query,
        activity_no,
        *((one, _frozen(named[one])) for one in sorted(named) if one != "known_at"),
    )

    def ask() -> pa.Table:
        kept = kept_tables(part, target_query, store, given)
        text = text_of(part, target_query, bool(kept))
        needed = parameters(part, target_query, bool(kept))
        return store.table(text, {one: named[one] for one in needed}, kept)

    memory = _memories.setdefault(store, Memory(_MOST, _FOR_S))
    table: pa.Table = memory.of(key, ask)
    return table


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
