"""Which workstreams has the strategy "369"? The city fills `data/` in."""

import tomllib
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from base.catalogue import catalogue
from base.errors import ShownError
from base.settings import settings
from base.words import _

GROUPS = (3, 6, 9)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Entry):
    """A workstream: one of the three, the six or the nine; unnamed until it is filled.

    `targets` are the targets that show how far it is.
    """

    id: str
    parent: str = ""
    name: str = ""
    owner: str = ""
    note: str = ""
    targets: tuple[str, ...] = ()

    @property
    def group(self) -> int:
        """Return whether it is of the three, the six or the nine."""
        return int(self.id.partition("-")[0])


class Strategy(_Entry):
    """All workstreams, and on whose word they are what they are."""

    name: str
    evidence: str
    confirmed: bool
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _is_a_tree(self) -> Self:
        """Refuse an item twice, of no group, below no wider one, of no known target."""
        known = {target.id for target in catalogue().targets}
        places = {
            f"{group}-{number}": group
            for group in GROUPS
            for number in range(1, group + 1)
        }
        ids = [item.id for item in self.items]
        for item in self.items:
            group, above = places.get(item.id), places.get(item.parent)
            # what is below a wider group is never below itself
            is_placed = not item.parent or item.parent in ids
            is_lower = above is None or (group is not None and above < group)
            is_linked = known.issuperset(item.targets)
            is_fitting = group is not None and is_placed and is_lower and is_linked
            if not is_fitting or ids.count(item.id) > 1:
                raise ShownError(
                    _(
                        "工作项「{name}」写得不对（data/strategy_369.toml）。",
                        name=item.id,
                    )
                )
        return self


@lru_cache(maxsize=1)
def strategy() -> Strategy:
    """Return the strategy as the file has it, read once per process.

    Source: `data/strategy_369.toml`.
    """
    path = settings().data / "strategy_369.toml"
    return Strategy(**tomllib.loads(path.read_text(encoding="utf-8")))
