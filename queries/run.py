"""How is a question asked of the store? By the name of its file, for a viewer."""

from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.errors import ShownError
from base.masking import WRITTEN_BY_PEOPLE, masked_within
from base.meters import QUERY, timed
from base.place import LENGTHS, NATION, level_of
from base.viewer import Viewer
from base.words import _
from queries.kept import kept_tables
from queries.statement import parameters, text_of, total_of
from store import Store

# Of which source the rents that are agreed in contracts are a part.
RENT_SOURCE = "contracting"
_COUNTY_DIGITS = LENGTHS["county"]


def _scope(name: str, viewer: Viewer, given: dict[str, Any]) -> list[str]:
    """Return the places that a question reads: the viewer's, or one whole township.

    A file that says `total of: $place_code` returns counts of a township that anyone
    with a place of their own may see. Of a smaller place they would tell a secret.
    """
    place = total_of(name)
    if not place or not viewer.scope:
        return list(viewer.scope)
    code = str(given[place])
    if level_of(code) != "township":
        raise ShownError(_("「{code}」不是乡镇（街道）的代码。", code=code))
    return [code]


def _pool(viewer: Viewer) -> list[str]:
    """Return the prefix of the places from whose past habits are learnt.

    That is the county of the viewer's places, or all of a wider place; who sees
    nothing learns nothing. What is pooled names no village.
    """
    if not viewer.scope:
        return []
    return [viewer.scope.common.removeprefix(NATION)[:_COUNTY_DIGITS]]


def _unless_said() -> dict[str, Any]:
    """Return what is meant where a parameter is not given: all of the catalogue."""
    entries = catalogue()
    parts = [
        (measure_id, category, sign)
        for measure_id, measure in entries.measures.items()
        for sign, categories in ((1, measure.plus), (-1, measure.minus))
        for category in categories
    ]
    return {
        # all villages are wanted
        "codes": None,
        "statements": list(entries.statements),
        "duties": [i for i, duty in entries.duties.items() if duty.is_required],
        "measures": [measure_id for measure_id, _category, _sign in parts],
        "parts": [category for _id, category, _sign in parts],
        "signs": [sign for _id, _category, sign in parts],
        "rent_source": RENT_SOURCE,
    }


def _shown(value: object) -> object:
    return masked_within(value) if isinstance(value, str) else value


def run(
    name: str,
    viewer: Viewer,
    store: Store,
    target_query: str = "",
    **params: Any,
) -> pd.DataFrame:
    """Ask a question.

    Args:
        name: topic and file, without ending: `progress/path`.
        viewer: who asks; nothing outside the viewer's scope is in the answer, but
            counts of a township where the file says `total of`.
        store: where.
        target_query: the query of the target, where the question builds on one.
        params: what the question takes besides; more than it names is no error.
            Where `statements`, required `duties` or measures (`measures`, `parts`
            and `signs`, a row each) are not named, all of the catalogue are meant.
            Where `activity_no` is given, parts that say so are kept for their county.

    Returns:
        The answer, with the grain and columns that the file's head states; numbers
        of telephones and identity cards in what people wrote are masked.

    Raises:
        ShownError: when a total is asked of a place that is no township.
    """
    given = {
        **_unless_said(),
        "pool": _pool(viewer),
        **params,
        "scope": _scope(name, viewer, params),
    }
    # the database takes a list for a list, and a tuple for something else
    given = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in given.items()
    }
    with timed(QUERY, name):
        kept = kept_tables(name, target_query, store, given)
        named = {key: given[key] for key in parameters(name, target_query, bool(kept))}
        text = text_of(name, target_query, bool(kept))
        answer = store.frame(text, named, kept)
    for column in WRITTEN_BY_PEOPLE.intersection(answer.columns):
        shown = answer[column].map(_shown, na_action="ignore")
        # a column without any text would become one of numbers
        answer[column] = shown.astype(answer[column].dtype)
    return answer
