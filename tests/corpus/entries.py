"""Which bad files are there, by kind?"""

from tests.corpus import (
    bombs,
    columns,
    encoding,
    hostile,
    semantic,
    size,
    structure,
)
from tests.corpus.bad import Bad

KINDS: dict[str, tuple[Bad, ...]] = {
    "encoding": encoding.ENTRIES,
    "structure": structure.ENTRIES,
    "hostile": (*hostile.ENTRIES, *bombs.ENTRIES),
    "size": size.ENTRIES,
    "semantic": (*semantic.ENTRIES, *columns.ENTRIES),
}


def corpus() -> list[tuple[str, Bad]]:
    """Return each bad file with its kind."""
    return [(kind, one) for kind, entries in KINDS.items() for one in entries]
