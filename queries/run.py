"""How is a question asked of the store? By the name of its file, for a viewer."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.viewer import Viewer
from store import Store

_HERE = Path(__file__).parent
_PARTS = _HERE / "parts"
_BUILDS_ON = re.compile(r"^-- builds on: (?P<names>.+)$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*")
_PARAMETER = re.compile(r"\$(\w+)")


@lru_cache(maxsize=256)
def text_of(name: str, target_query: str = "") -> str:
    """Return the whole statement of a question.

    A file says in its head what it builds on: `answer` is the query of the target
    that is asked about, any other name a file of `parts/`; each becomes a named step
    before the file's own.

    Args:
        name: topic and file, without ending: `progress/path`.
        target_query: the query of the target, where the question builds on one.
    """
    own = (_HERE / f"{name}.sql").read_text(encoding="utf-8")
    match = _BUILDS_ON.search(own)
    body = _COMMENT.sub("", own).strip()
    steps = []
    for part in match["names"].split(", ") if match else []:
        path = (
            _HERE / f"{target_query}.sql"
            if part == "answer"
            else _PARTS / f"{part}.sql"
        )
        step = _COMMENT.sub("", path.read_text(encoding="utf-8")).strip()
        steps.append(f"{part} as (\n{step}\n)")
    if not steps:
        return body
    rest = f",\n{body[4:]}" if body.startswith("with") else f"\n{body}"
    return "with " + ",\n".join(steps) + rest


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
        viewer: who asks; nothing outside the viewer's scope is in the answer.
        store: where.
        target_query: the query of the target, where the question builds on one.
        params: what the question takes besides; more than it names is no error.
            Where `statements` are not named, all of the catalogue are meant.

    Returns:
        The answer, with the grain and columns that the file's head states.
    """
    sql = text_of(name, target_query)
    named = set(_PARAMETER.findall(sql))
    statements = params.get("statements", catalogue().statements)
    given = {**params, "statements": list(statements), "scope": list(viewer.scope)}
    return store.frame(sql, {key: given[key] for key in named})
