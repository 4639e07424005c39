"""What do pages ask about the end of the year? Remembered like every answer."""

import pandas as pd

from base.catalogue import catalogue
from base.formats import wan
from base.words import _
from office.gaps import open_money, ways_out
from queries.forecast import Outlook, outlook
from queries.joint_projects import free_shares
from ui.answers import key_of, of_target, remember
from ui.looking import Looking


def at_money(look: Looking) -> Looking:
    """Return a look at a target that counts money: the one asked, or the headline."""
    target = look.target
    is_money = bool(target.threshold_yuan and target.measure)
    return look if is_money else look.at_target(catalogue().headline())


def outlook_of(look: Looking, place_code: str) -> Outlook:
    """Return how the year may end in a place; the target must count money."""
    found: Outlook = of_target(look, place_code, outlook)
    return found


def dues_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return what is due to the villages of a place and has not come."""
    found: pd.DataFrame = of_target(look, place_code, open_money)
    return found


def ways_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return the villages of a place that remain, and what would close their gaps."""
    found: pd.DataFrame = remember(
        key_of(look, place_code, "ways"),
        lambda: ways_out(outlook_of(look, place_code), dues_of(look, place_code)),
    )
    return found


def offers_of(look: Looking) -> list[str]:
    """Say which joint projects have shares to give; or that none has."""
    found: pd.DataFrame = remember(
        key_of(look, look.home, "free_shares"),
        lambda: free_shares(look.store, look.moment),
    )
    if found.empty:
        return [_("现有联建项目的份额都已分完，要入股得新建项目或受让。")]
    return [
        _(
            "联建项目「{name}」还有 {free}% 份额，每 1% 一年约 {each}。",
            name=row.project_name,
            free=f"{row.free_pct.normalize():f}",
            each=wan(None if pd.isna(row.yuan_per_point) else row.yuan_per_point),
        )
        for row in found.itertuples()
    ]
