"""Which villages are wanted: by source, terrain, pilot level, poverty?"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed
from base.words import _
from ui.answers import Wanted, answer
from ui.looking import Looking

_SOURCE = "source"
# What the address calls a filter, and the attribute that it goes by.
_ATTRIBUTES = {"terrain": "terrain", "pilot": "pilot_level", "poor": "poor_village"}
_ALL = ""


def asked_filters() -> dict[str, str]:
    """Return the filters that the address names, as it names them."""
    return {
        name: chosen
        for name in (_SOURCE, *_ATTRIBUTES)
        if (chosen := str(st.query_params.get(name, ""))) in _options(name)
        and chosen != _ALL
    }


def _options(name: str) -> Mapping[str, str]:
    """Return what a filter offers: words by what the address says."""
    entries = catalogue()
    if name == _SOURCE:
        chosen = {one: source.name for one, source in entries.sources.items()}
    else:
        chosen = dict(entries.attributes[_ATTRIBUTES[name]].names)
    return {_ALL: _("全部"), **chosen}


def filter_bar(look: Looking) -> Wanted | None:
    """Let villages be chosen, and return those that fit.

    Args:
        look: who looks.

    Returns:
        Those villages, or None where all villages are wanted.
    """
    asked = asked_filters()
    labels = {
        _SOURCE: _("收入来源"),
        "terrain": _("地形"),
        "pilot": _("试点级别"),
        "poor": _("贫困村"),
    }
    words = listed(_options(name)[chosen] for name, chosen in asked.items())
    with st.popover(_("筛选：{words}", words=words) if words else _("筛选村")):
        for name, label in labels.items():
            options = _options(name)
            chosen = st.selectbox(
                label,
                list(options),
                index=list(options).index(asked.get(name, _ALL)),
                format_func=options.__getitem__,
                key=f"filter_{name}_{asked.get(name, _ALL)}",
            )
            if chosen != asked.get(name, _ALL):
                _remember_choice(name, chosen)
        st.caption(_("地形、试点、贫困村等属性来自村情属性表，多数待核。"))
    if not asked:
        return None
    return _fitting(look, asked)


def _remember_choice(name: str, chosen: str) -> None:
    if chosen == _ALL:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
    st.rerun()


def _fitting(look: Looking, asked: dict[str, str]) -> Wanted:
    every = dict.fromkeys((_SOURCE, *_ATTRIBUTES), _ALL)
    found = answer(look, look.home, "places/fitting", **{**every, **asked})
    return Wanted(tuple(found["village_code"]), tuple(sorted(asked.items())))


def fitting(villages: pd.DataFrame, wanted: Wanted | None) -> pd.DataFrame:
    """Return the villages that are wanted; all where nothing is asked of them."""
    if wanted is None:
        return villages
    return villages[villages["village_code"].isin(set(wanted.codes))]
