"""What does a statement of this folder say? Each stands in a file of its own."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def sql_of(name: str) -> str:
    """Return a statement by the name of its file, without ending."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
