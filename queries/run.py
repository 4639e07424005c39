"""How is a question asked of the store? By the name of its file, for a viewer."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.errors import ShownError
from base.masking import WRITTEN_BY_PEOPLE, masked_within
from base.meters import QUERY, timed
from base.place import LENGTHS, NATION, level_of
from base.viewer import Viewer
from base.words import _
from store import Store

# Of which source the rents that are agreed in contracts are a part.
RENT_SOURCE = "contracting"
_HERE = Path(__file__).parent
_PARTS = _HERE / "parts"
_BUILDS_ON = re.compile(r"^-- builds on: (?P<names>.+)$", re.MULTILINE)
_TOTAL_OF = re.compile(r"^-- total of: \$(?P<name>\w+)$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*")
_COUNTY_DIGITS = LENGTHS["county"]
_OF_THE_OFFICE = re.compile(r"\bops\.(?!version\b|acceptance\b)")
_PARAMETER = re.compile(r"\$(\w+)")


def _built_on(text: str) -> list[str]:
    match = _BUILDS_ON.search(text)
    return match["names"].split(", ") if match else []


@lru_cache(maxsize=256)
def text_of(name: str, target_query: str = "") -> str:
    """Return the whole statement of a question.

    A file says in its head what it builds on: `answer` is the query of the target
    that is asked about, any other name a file of `parts/`; each becomes a named step
    before the file's own. What the target's query builds on comes before it.

    Args:
        name: topic and file, without ending: `progress/path`.
        target_query: the query of the target, where the question builds on one.
    """
    own = _own_text(name)
    body = _COMMENT.sub("", own).strip()
    steps: dict[str, str] = {}
    for part in _built_on(own):
        path = _PARTS / f"{part}.sql"
        if part == "answer":
            path = _HERE / f"{target_query}.sql"
            for needed in _built_on(path.read_text(encoding="utf-8")):
                steps.setdefault(needed, _step(_PARTS / f"{needed}.sql"))
        steps.setdefault(part, _step(path))
    if not steps:
        return body
    rest = f",\n{body[4:]}" if body.startswith("with") else f"\n{body}"
    named = [f"{name} as (\n{step}\n)" for name, step in steps.items()]
    return "with " + ",\n".join(named) + rest


@lru_cache(maxsize=256)
def _own_text(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def is_figure(name: str) -> bool:
    """Tell whether an answer is the same until the next number is in force.

    It is where a question reads nothing of the office's papers but what was published.

    Args:
        name: topic and file, without ending.
    """
    return not _OF_THE_OFFICE.search(text_of(name))


def _scope(name: str, viewer: Viewer, given: dict[str, Any]) -> list[str]:
    """Return the places that a question reads: the viewer's, or one whole township.

    A file that says `total of: $place_code` returns counts of a township that anyone
    with a place of their own may see. Of a smaller place they would tell a secret.
    """
    match = _TOTAL_OF.search(_own_text(name))
    if match is None or not viewer.scope:
        return list(viewer.scope)
    code = str(given[match["name"]])
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


def _step(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8")).strip()


def parameters(name: str, target_query: str = "") -> set[str]:
    """Return the names of the parameters that a question takes."""
    return set(_PARAMETER.findall(text_of(name, target_query)))


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
    named = {
        # the database takes a list for a list, and a tuple for something else
        key: list(given[key]) if isinstance(given[key], tuple) else given[key]
        for key in parameters(name, target_query)
    }
    with timed(QUERY, name):
        answer = store.frame(text_of(name, target_query), named)
    for column in WRITTEN_BY_PEOPLE.intersection(answer.columns):
        shown = answer[column].map(_shown, na_action="ignore")
        # a column without any text would become one of numbers
        answer[column] = shown.astype(answer[column].dtype)
    return answer
