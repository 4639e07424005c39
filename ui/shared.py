"""What is asked of a whole county once, and shown to each in the part that is theirs?

Hundreds of first secretaries open the pages of their own villages at once. Asked of
each village alone, the same statement is planned hundreds of times; asked of the county
once, each is shown the rows of the own scope. Only answers may be shared in which the
rows of a village say the same whoever asks; `tests/ui/test_shared.py` holds them to it.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from base.place import LENGTHS, Scope
from base.viewer import system_viewer
from ui.looking import Looking

Ask = Callable[[Looking, str], pd.DataFrame]
_COUNTY = LENGTHS["county"]


def of_all(look: Looking, code: str) -> Looking:
    """Return the same look by the eyes of the system, at a place as a whole."""
    return replace(look, viewer=replace(system_viewer(), scope=Scope.of([code])))


def shared(
    look: Looking, place_code: str, ask: Ask, digits: int = _COUNTY
) -> pd.DataFrame:
    """Ask of the whole around a place, and return the rows that a viewer may see.

    Args:
        look: who looks.
        place_code: of which place; its own rows are returned.
        ask: asks, for whom it is given, of a place; remembers; its rows bear the
            village's code in `village_code`.
        digits: of the code of the whole, a county or a township; a place that is wider
            is asked for as it is, in the viewer's own scope.
    """
    if len(place_code) < digits or not place_code.isdigit():
        return ask(look, place_code)
    whole = place_code[:digits]
    rows = ask(of_all(look, whole), whole)
    inside = look.within(place_code).scope
    if inside.holds(whole):
        return rows
    own: pd.DataFrame = rows[rows["village_code"].str.startswith(tuple(inside))]
    return own.reset_index(drop=True)
