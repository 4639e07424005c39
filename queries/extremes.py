"""Which villages stand at the top and at the bottom, ties and small numbers told?"""

from dataclasses import dataclass

import pandas as pd

# Of fewer villages there is no top and no bottom, only a list.
LEAST = 10


@dataclass(frozen=True)
class Ends:
    """The two ends of a list; both empty where there are too few to speak of ends.

    `count` is how many villages have a value. Who shares the value at which an end is
    cut is there with all others of that value, or left out with them: `top_tied` and
    `bottom_tied` are those left out.
    """

    top: pd.DataFrame
    bottom: pd.DataFrame
    count: int
    top_tied: pd.DataFrame
    bottom_tied: pd.DataFrame


def ends_of(villages: pd.DataFrame, column: str, most: int = 5) -> Ends:
    """Return the first and the last villages by a column, with all of equal value.

    Args:
        villages: one row per village; who has no value takes no part.
        column: by which, the largest first.
        most: how many at each end. Where the next ones have the same value, they are
            there too; unless there are more than twice as many: then none of them is.

    Returns:
        Both ends with a column `rank`, counted from that end: equal values share one.
    """
    known = villages[villages[column].notna()]
    if len(known) < LEAST:
        nothing = known.iloc[:0].assign(rank=pd.Series(dtype=int))
        return Ends(nothing, nothing, len(known), nothing, nothing)
    top, top_tied = _end(known, column, most, is_top=True)
    bottom, bottom_tied = _end(known, column, most, is_top=False)
    return Ends(top, bottom, len(known), top_tied, bottom_tied)


def _end(
    known: pd.DataFrame, column: str, most: int, is_top: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    ranks = known[column].astype(float).rank(method="min", ascending=not is_top)
    ranked = known.assign(rank=ranks.astype(int)).sort_values(["rank", "village_code"])
    is_cut = ranked[column] == ranked[column].iloc[most - 1]
    before = ranked[~is_cut].iloc[: int((~is_cut).to_numpy()[:most].sum())]
    tied = ranked[is_cut]
    if len(before) + len(tied) <= 2 * most:
        return pd.concat([before, tied]), tied.iloc[:0]
    return before, tied
