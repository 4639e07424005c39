"""Which county is looked at, where a viewer sees so many that one list will not do?"""

import pandas as pd
import streamlit as st

from base.place import LENGTHS, holds_counties
from base.words import _
from ui.answers import answer
from ui.looking import Looking

# Browsers take so many options of a list without delay.
_MOST_OPTIONS = 5_000


def below(look: Looking, place_code: str, digits: int) -> pd.DataFrame:
    """Return the places inside one, as `queries/places/below.sql` states them."""
    return answer(look, place_code, "places/below", digits=digits)


def county_choice(look: Looking, key: str, place_code: str = "") -> str:
    """Return the county that is looked at; who sees no more than one is not asked.

    Args:
        look: who looks.
        key: of the widget.
        place_code: a place in the county that is offered first.
    """
    if not holds_counties(look.home):
        return look.home
    digits = LENGTHS["county"]
    found = below(look, look.home, digits)
    names = dict(zip(found["place_code"], found["place_name"], strict=True))
    return _chosen(names, key, place_code[:digits])


def names_offered(look: Looking, names: dict[str, str], key: str) -> dict[str, str]:
    """Return the names that lists offer: all, or of very many those of one county.

    Args:
        look: who looks; an admin sees the names of all places.
        names: of places, by code.
        key: of the widget.
    """
    if len(names) <= _MOST_OPTIONS:
        return names
    digits = LENGTHS["county"]
    counties = {
        code: name
        for code, name in sorted(names.items())
        if len(code) == digits
        and (look.viewer.role == "admin" or look.viewer.scope.holds(code))
    }
    chosen = _chosen(counties, key, "")
    return {
        code: name
        for code, name in names.items()
        if code.startswith(chosen) or len(code) <= digits
    }


def _chosen(names: dict[str, str], key: str, first: str) -> str:
    codes = list(names)
    chosen: str = st.selectbox(
        _("县（市、区）"),
        codes,
        index=codes.index(first) if first in names else 0,
        format_func=names.__getitem__,
        key=f"{key}_{first}",
    )
    return chosen
