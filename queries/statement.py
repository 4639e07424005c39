"""How does a file of `queries/` become a whole statement? By the heads of the files."""

import re
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_PARTS = _HERE / "parts"
_BUILDS_ON = re.compile(r"^-- builds on: (?P<names>.+)$", re.MULTILINE)
_TOTAL_OF = re.compile(r"^-- total of: \$(?P<name>\w+)$", re.MULTILINE)
_KEPT = re.compile(r"^-- kept: for its county(?P<pooled>, pooled)?$", re.MULTILINE)
_COMMENT = re.compile(r"--[^\n]*")
_READ = re.compile(r"\b(?:from|join)\s+(\w+)")
_OF_THE_OFFICE = re.compile(r"\bops\.(?!version\b|acceptance\b)")
_PARAMETER = re.compile(r"\$(\w+)")
_KEPT_PREFIX = "kept_"
# As the macro in_scope, which takes longer to plan and less to run over many rows.
_INSIDE = "len(list_filter($scope, lambda p: starts_with(village_code, p))) > 0"


@lru_cache(maxsize=512)
def text_of(name: str, target_query: str = "", has_kept: bool = False) -> str:
    """Return the whole statement of a question.

    A file says in its head what it builds on: `answer` is the query of the target
    that is asked about, any other name a file of `parts/`; each becomes a named step
    before the file's own. What the target's query builds on comes before it, and a
    step that nothing reads is left out.

    Args:
        name: topic and file, without ending: `progress/path`.
        target_query: the query of the target, where the question builds on one.
        has_kept: read what is kept for a county from the tables that `kept_in` names.
    """
    own = _own_text(name)
    body = _COMMENT.sub("", own).strip()
    steps: dict[str, str] = {}
    for part in _built_on(own):
        if part == "answer":
            for needed in _built_on(_own_text(target_query)):
                steps.setdefault(needed, _step(needed, has_kept))
            steps.setdefault(part, _COMMENT.sub("", _own_text(target_query)).strip())
        else:
            steps.setdefault(part, _step(part, has_kept))
    read = body
    for part, step in reversed(list(steps.items())):
        if part in _READ.findall(read):
            read += f"\n{step}"
        else:
            del steps[part]
    if not steps:
        return body
    rest = f",\n{body[4:]}" if body.startswith("with") else f"\n{body}"
    named = [f"{name} as (\n{step}\n)" for name, step in steps.items()]
    return "with " + ",\n".join(named) + rest


@lru_cache(maxsize=512)
def kept_in(name: str, target_query: str = "") -> dict[str, str]:
    """Return the parts that a statement reads as they are kept: by their tables."""
    text = text_of(name, target_query, has_kept=True)
    found = [one for one in _READ.findall(text) if one.startswith(_KEPT_PREFIX)]
    return {one: f"parts/{one.removeprefix(_KEPT_PREFIX)}" for one in found}


@lru_cache(maxsize=512)
def is_figure(name: str, target_query: str = "") -> bool:
    """Tell whether an answer is the same until the next number is in force.

    It is where a question reads nothing of the office's papers but what was published.

    Args:
        name: topic and file, without ending.
        target_query: the query of the target, where the question builds on one.
    """
    return not _OF_THE_OFFICE.search(text_of(name, target_query))


@lru_cache(maxsize=512)
def parameters(
    name: str, target_query: str = "", has_kept: bool = False
) -> frozenset[str]:
    """Return the names of the parameters that a question takes.

    Args:
        name: topic and file, without ending.
        target_query: the query of the target, where the question builds on one.
        has_kept: as for `text_of`.
    """
    return frozenset(_PARAMETER.findall(text_of(name, target_query, has_kept)))


def total_of(name: str) -> str:
    """Return the parameter that names the place whose total a file tells, or ""."""
    match = _TOTAL_OF.search(_own_text(name))
    return match["name"] if match else ""


def _step(part: str, has_kept: bool) -> str:
    text = _own_text(f"parts/{part}")
    kept = _KEPT.search(text)
    if not has_kept or kept is None:
        return _COMMENT.sub("", text).strip()
    rows = f"select * from {_KEPT_PREFIX}{part}"
    # what is pooled over a county is the same for all who ask
    return rows if kept["pooled"] else f"{rows} where {_INSIDE}"


def _built_on(text: str) -> list[str]:
    match = _BUILDS_ON.search(text)
    return match["names"].split(", ") if match else []


@lru_cache(maxsize=256)
def _own_text(name: str) -> str:
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
