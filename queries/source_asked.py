"""What does an address ask of the sources, and how do two of their amounts compare?"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.words import _, mark

# By what the composition may be split, as the address says it.
SPLITS = ("source", "township", "terrain", "pilot")
_UNKNOWN = mark("未认定")


def split_of(said: Mapping[str, str]) -> str:
    """Return by what the address splits the composition; by source where it is odd."""
    by = said.get("by", "")
    return by if by in SPLITS else SPLITS[0]


def source_of(said: Mapping[str, str], view: str = "") -> str:
    """Return the source that the address names, of those with a view.

    Args:
        said: what the address says.
        view: the view that the source must have; empty takes any, and none for all.
    """
    sources = catalogue().sources
    fitting = [
        one
        for one, source in sources.items()
        if not view or (source.own is not None and source.own.view == view)
    ]
    asked = said.get("source", "")
    if asked in fitting:
        return asked
    return fitting[0] if view and fitting else ""


def class_word(by: str, class_id: object, township_name: object = None) -> str:
    """Return what a class of villages is called."""
    if by == "source":
        return _("全部村")
    if pd.isna(class_id):
        return _(_UNKNOWN)
    if by == "township":
        return str(township_name)
    attribute = {"terrain": "terrain", "pilot": "pilot_level"}[by]
    return catalogue().attributes[attribute].names.get(str(class_id), str(class_id))


def share_of(part: Any, whole: Any) -> float | None:
    """Return a share of one; None where a part is unknown or there is no whole."""
    if pd.isna(part) or pd.isna(whole) or not whole:
        return None
    return float(Decimal(part) / Decimal(whole))


def growth(now: Any, before: Any) -> float | None:
    """Return by which share of it an amount grew; None from nothing or the unknown."""
    if pd.isna(now) or pd.isna(before) or before <= 0:
        return None
    return float(Decimal(now) / Decimal(before)) - 1
