"""Which amounts of a year are drawn, over which months, and in which colour?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from base.formats import month_name, wan
from base.money import WAN
from base.words import _
from charts.figure import days


@dataclass(frozen=True)
class Amount:
    """Money of one source and period; months are numbers in the year it counts in."""

    source: str
    first: int
    last: int
    yuan: Decimal
    counts: bool

    @property
    def is_long(self) -> bool:
        """Tell whether the period is longer than a month."""
        return self.first < self.last

    def of(self, source: str) -> "Amount":
        """Return the same amount under another source."""
        return replace(self, source=source)

    def span_word(self) -> str:
        """Return what money of so many months is called: 全年数, 季度数."""
        if (self.first, self.last) == (1, 12):
            return _("全年数")
        if self.first == self.last:
            return month_name(self.last)
        if self.last % 6 == 0 and self.last - self.first == 5:
            return _("半年数")
        if self.last % 3 == 0 and self.last - self.first == 2:
            return _("季度数")
        return _("{first}–{last}月合计数", first=self.first, last=self.last)

    def said(self) -> str:
        """Return the line that is shown over a bar."""
        parts = {"span": self.span_word(), "source": self.source}
        if self.counts:
            return _("{span} {source} {amount}", amount=wan(self.yuan), **parts)
        return _("{span} {source} {amount}（不计入）", amount=wan(self.yuan), **parts)


def amounts_of(figures: pd.DataFrame, as_of: date) -> list[Amount]:
    """Return the stated amounts whose period ends in the year of a day.

    Args:
        figures: source_name, period_start, period_end, amount_received_yuan, counts.
        as_of: what ends later does not count, but is drawn.

    Returns:
        Amounts as the rows come; a period from an earlier year starts in January.
    """
    rows = zip(
        figures["source_name"],
        days(figures["period_start"]),
        days(figures["period_end"]),
        figures["amount_received_yuan"],
        figures["counts"],
        strict=True,
    )
    return [
        Amount(
            str(source),
            start.month if start.year == end.year else 1,
            end.month,
            Decimal(yuan),
            bool(counts) and end <= as_of,
        )
        for source, start, end, yuan, counts in rows
        if end.year == as_of.year and not pd.isna(yuan)
    ]


def coloured(
    amounts: Sequence[Amount], colours: Sequence[str], others: str
) -> dict[str, str]:
    """Give the largest sources a colour each, all others together the last one.

    Args:
        amounts: what is drawn.
        colours: as many as can be told apart.
        others: the name for the sources without a colour of their own.

    Returns:
        Colour by source, the largest first.
    """
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for amount in amounts:
        totals[amount.source] += abs(amount.yuan)
    names = sorted(totals, key=lambda name: (-totals[name], name))
    if len(names) > len(colours):
        names = [*names[: len(colours) - 1], others]
    return dict(zip(names, colours, strict=False))


def lanes(amounts: Sequence[Amount]) -> list[list[Amount]]:
    """Put amounts into lanes in which none overlaps another, the longest first."""
    found: list[list[Amount]] = []
    for amount in sorted(amounts, key=lambda a: (a.first - a.last, a.source, a.first)):
        for lane in found:
            if all(amount.last < a.first or amount.first > a.last for a in lane):
                lane.append(amount)
                break
        else:
            found.append([amount])
    return found


def height(yuan: Decimal) -> float:
    """Return ten thousands of yuan as a height; only the drawing is inexact."""
    return float(yuan / WAN)
