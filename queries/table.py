"""What is a table that a page shows and anybody may take away as a file?

One definition serves both: what is on the screen is what is in the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

import queries
from base.catalogue import Target, catalogue
from base.viewer import Viewer
from base.words import _
from queries.moment import Moment
from store import Store

# How a column is written: amounts in yuan, counts and other numbers, shares of one
# (0.25 is 25 %), scores of one place, days, months by their last day; everything else
# is a text.
KINDS = ("text", "yuan", "count", "number", "share", "score", "day", "month")
# What the address says besides place, day and target: month=2018-09.
Said = Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """Who asks for a table, of which place, as of when, by which target.

    `viewer` is narrowed to the place; `said` is what the address says besides.
    """

    store: Store
    viewer: Viewer
    moment: Moment
    target: Target
    place_code: str
    said: Said = field(default_factory=dict)

    @property
    def money_target(self) -> Target:
        """Return the target asked about, or the headline where it counts no money."""
        has_line = self.target.threshold_yuan and self.target.measure
        return self.target if has_line else catalogue().headline()

    def ask(self, name: str, **params: Any) -> pd.DataFrame:
        """Ask a question that builds on no target, of this place at this moment."""
        moment = self.moment
        return queries.run(
            name,
            self.viewer,
            self.store,
            version_no=moment.version_no,
            as_of_date=moment.as_of,
            today=moment.today,
            known_at=moment.known_at,
            **params,
        )


@dataclass(frozen=True)
class Column:
    """A column: where it stands in the answer, what it is called, how it is written.

    `words` turns a stored value into what people read: an id into a name.
    """

    name: str
    heading: str
    kind: str = "text"
    words: Callable[[Any], str] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind} is no kind of column")


@dataclass(frozen=True)
class Table:
    """A table: its id in addresses, its title, its columns and how it is asked for.

    The answer may have more columns than are shown: `village_code` and `township_code`
    tell where a row leads. `told` puts what the address says besides into words, for
    the file.
    """

    table_id: str
    title: str
    columns: tuple[Column, ...]
    ask: Callable[[Asked], pd.DataFrame]
    told: Callable[[Said], Said] = dict

    def worded(self, answer: pd.DataFrame) -> pd.DataFrame:
        """Return an answer as people read it: headings for names, words for ids.

        Values that are missing stay missing; amounts stay decimals.
        """
        return pd.DataFrame(
            {_(column.heading): _read(answer, column) for column in self.columns},
            index=answer.index,
        )


def _read(answer: pd.DataFrame, column: Column) -> pd.Series:
    values = answer[column.name]
    if column.words is None:
        return values
    say = column.words
    return values.map(lambda one: "" if pd.isna(one) else say(one)).astype(object)
