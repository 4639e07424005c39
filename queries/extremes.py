"""Which villages stand at the top and at the bottom, ties and small numbers told?"""

from dataclasses import dataclass

import pandas as pd

# Of fewer villages there is no top and no bottom, only a list.
LEAST = 10


@dataclass(frozen=True)
class Ends:
    """The two ends of a list; both empty where there are too few to speak of ends.

    `count` is how many villages have a value; `top_tied` and `bottom_tied` are how many
    share the value at which an end is cut and are left out, all of them or none.
    """

    top: pd.DataFrame
    bottom: pd.DataFrame
    count: int
    top_tied: int = 0
    bottom_tied: int = 0


def ends_of(villages: pd.DataFrame, column: str, most: int = 5) -> Ends:
    """Return the first and the last villages by a column, with all of equal value.

    Args:
        villages: one row per village; who has no value takes no part.
        column: by which, the largest first.
        most: how many at each end. Where the next ones have the same value, they are
            there too; unless there are more than twice as many: then none of them is.

    Returns:
        Both ends with a column `rank`: equal values share the better rank.
    """
    known = villages[villages[column].notna()]
    nothing = known.iloc[:0].assign(rank=pd.Series(dtype=int))
    if len(known) < LEAST:
        return Ends(nothing, nothing, len(known))
    values = known[column].astype(float)
    ranked = known.assign(rank=values.rank(method="min", ascending=False).astype(int))
    down = ranked.sort_values(["rank", "village_code"])
    top, top_tied = _with_ties(down, column, most)
    bottom, bottom_tied = _with_ties(down.iloc[::-1], column, most)
    return Ends(top, bottom, len(known), top_tied, bottom_tied)


def _with_ties(
    ranked: pd.DataFrame, column: str, most: int
) -> tuple[pd.DataFrame, int]:
    is_cut = ranked[column] == ranked[column].iloc[most - 1]
    before = ranked[~is_cut].iloc[: int((~is_cut).to_numpy()[:most].sum())]
    tied = ranked[is_cut]
    if len(before) + len(tied) <= 2 * most:
        return pd.concat([before, tied]), 0
    return before, len(tied)
