"""What do pages ask about the end of the year? Remembered like every answer."""

import pandas as pd

from base.catalogue import catalogue
from office.gaps import open_money, ways_out
from queries.forecast import Outlook, outlook
from ui.answers import key_of, remember
from ui.looking import Looking


def at_money(look: Looking) -> Looking:
    """Return a look at a target that counts money: the one asked, or the headline."""
    target = look.target
    is_money = bool(target.threshold_yuan and target.measure)
    return look if is_money else look.at_target(catalogue().headline())


def outlook_of(look: Looking, place_code: str) -> Outlook:
    """Return how the year may end in a place; the target must count money."""
    viewer = look.within(place_code)
    found: Outlook = remember(
        key_of(look, place_code, "outlook"),
        lambda: outlook(look.target, viewer, look.store, look.moment),
    )
    return found


def dues_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return what is due to the villages of a place and has not come."""
    viewer = look.within(place_code)
    found: pd.DataFrame = remember(
        key_of(look, place_code, "dues"),
        lambda: open_money(look.target, viewer, look.store, look.moment),
    )
    return found


def ways_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return the villages of a place that remain, and what would close their gaps."""
    found: pd.DataFrame = remember(
        key_of(look, place_code, "ways"),
        lambda: ways_out(outlook_of(look, place_code), dues_of(look, place_code)),
    )
    return found
