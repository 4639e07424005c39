"""By which rules are those who answer for villages compared? Read from `data/`."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from base.errors import ShownError
from base.settings import settings
from base.words import _


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(_Entry):
    """A colour and what it takes; a condition that is not said always holds.

    `pace_at_least` is the share cleared over the share of the year that has passed.
    """

    id: Literal["green", "yellow", "red"]
    pace_at_least: Decimal | None = None
    papers_at_least: Decimal | None = None
    overdue_at_most: int | None = None
    fallen_at_most: int | None = None


class Indicator(_Entry):
    """A share that is scored: full at one value, nothing at another, linear between."""

    id: str
    chain: str
    name: str
    measures: str
    part: str
    whole: str
    applies: tuple[Literal["township", "department"], ...]
    zero_at: Decimal
    full_at: Decimal
    full_marks: int = Field(gt=0)
    weight: Decimal = Field(gt=0)
    confirmed: bool

    @property
    def direction(self) -> str:
        """Return `up` where more is better, else `down`."""
        return "up" if self.full_at > self.zero_at else "down"


class Assessment(_Entry):
    """All of them; `chains` are the names of the links of responsibility."""

    fewest_villages: int
    board_size: int = Field(gt=0)
    bands: tuple[Band, ...]
    chains: Mapping[str, str]
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _can_be_scored(self) -> Self:
        """Refuse an indicator of no chain, twice, or with one value for all scores."""
        seen: set[str] = set()
        for one in self.indicators:
            is_bad = one.chain not in self.chains or one.zero_at == one.full_at
            if is_bad or one.id in seen:
                raise ShownError(
                    _(
                        "考核指标「{name}」写得不对（data/assessment.toml）。",
                        name=one.id,
                    )
                )
            seen.add(one.id)
        return self

    def applying(self, kind: str) -> tuple[Indicator, ...]:
        """Return the indicators for a `township` or a `department`."""
        return tuple(one for one in self.indicators if kind in one.applies)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Return an indicator by its id; None for one that is not there."""
        found = [one for one in self.indicators if one.id == indicator_id]
        return found[0] if found else None


@lru_cache(maxsize=1)
def assessment() -> Assessment:
    """Return the rules of this installation, read once per process.

    Source: `data/assessment.toml`.
    """
    path = settings().data / "assessment.toml"
    return Assessment(**tomllib.loads(path.read_text(encoding="utf-8")))
