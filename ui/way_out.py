"""What does a village's own page say of its year's end and of what closes its gap?"""

from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import listed, wan
from base.place import LENGTHS
from base.words import _
from charts.palette import outlook_colour, outlook_word
from office.gaps import WAYS, step_name
from queries import ask
from queries.forecast import year_end_sources
from ui.answers import key_of, known_of, of_target, remember
from ui.bits import badge
from ui.looking import Looking, is_dark
from ui.shared import of_all, shared
from ui.year_end import dues_of, offers_of, outlook_of, ways_of

_PEERS = 3


def way_out(look: Looking, village_code: str) -> list[str]:
    """Show how the year may end for a village, what is due to it, and what to do next.

    Args:
        look: who looks, at a target that counts money.
        village_code: of which village.

    Returns:
        What is to be collected, most money first, as actions might be called.
    """
    villages = shared(look, village_code, _all_outlooks)
    if villages.empty:
        return []
    row = villages.iloc[0]
    st.subheader(_("年底会怎样，下一步做什么"))
    chance = _chance(row)
    colour = outlook_colour(row["outlook"], is_dark())
    word = badge(outlook_word(row["outlook"]), colour)
    dues = shared(look, village_code, dues_of)
    dues = dues.sort_values("open_yuan", ascending=False)
    lines = [*_next_steps(look, village_code, dues), *_peers(look, village_code, row)]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(
        f'<div class="v-pair">{word}<span>{escape(chance)}</span></div>'
        f'<ol class="v-todo" style="margin-top:.5rem">{items}</ol>'
    )
    _sources(look, village_code)
    return [_due(one) for one in dues.itertuples() if one.is_counted]


def _all_outlooks(look: Looking, place_code: str) -> pd.DataFrame:
    return outlook_of(look, place_code).villages


def _all_sources(look: Looking, place_code: str) -> pd.DataFrame:
    found: pd.DataFrame = of_target(look, place_code, year_end_sources)
    return found


def _all_peers(look: Looking, county_code: str) -> pd.DataFrame:
    """Return what carried others; it is pooled over the county and names nobody."""
    whole, moment = of_all(look, county_code), look.moment
    now = [(moment.as_of, moment.version_no)]
    found: pd.DataFrame = remember(
        key_of(whole, county_code, "peers", is_figure=True),
        lambda: ask("gaps/peers", look.target, whole.viewer, look.store, moment, now),
    )
    return found


def _due(row: Any) -> str:
    return _(
        "{step}：还有 {open} 未到账。",
        step=step_name(str(row.source_id), str(row.item_id or "")),
        open=wan(row.open_yuan),
    )


def _chance(row: pd.Series) -> str:
    if row["outlook"] == "unknown":
        return _("资料不足，不预测。")
    if row["outlook"] == "done":
        return _("今年已过线。")
    chance = min(max(float(row["chance"]), 0.01), 0.99)
    return _("到年底过线的把握约 {chance}（预测，仅供参考）。", chance=f"{chance:.0%}")


def _next_steps(look: Looking, village_code: str, dues: pd.DataFrame) -> list[str]:
    ways = shared(look, village_code, ways_of)
    lines = []
    for due in dues.itertuples():
        says = _due(due)
        lines.append(says if due.is_counted else _("{says}（不计入本口径）", says=says))
    if ways.empty:
        return lines
    row = ways.iloc[0]
    months = look.target.deadline_in(look.moment.as_of.year).month
    left = months - look.moment.as_of.month
    short, why = WAYS[row["way"]]
    head = _(
        "还差 {gap}，离年底 {months} 个月；{short}：{why}。",
        gap=wan(row["gap_yuan"]),
        months=left,
        short=_(short),
        why=_(why),
    )
    offers = offers_of(look) if row["way"] == "new" else []
    return [head, *lines, *offers]


def _peers(look: Looking, village_code: str, row: pd.Series) -> list[str]:
    """Say what carried the villages that are alike and cleared this year."""
    peers = _all_peers(look, village_code[: LENGTHS["county"]])
    terrain = known_of(look, village_code)["terrain"]
    last = 0 if pd.isna(row["last_yuan"]) else row["last_yuan"]
    band = min(int(last / (float(look.reading.line_yuan) / 5)), 5)
    alike = peers[(peers["band_no"] == band)]
    alike = alike[
        alike["terrain"].isna() if pd.isna(terrain) else alike["terrain"] == terrain
    ]
    if alike.empty or row["standing"] != "remaining":
        return []
    count = int(alike["village_count"].iloc[0])
    cleared = int(alike["cleared_count"].iloc[0])
    carried = alike.dropna(subset="source_id").head(_PEERS)
    if carried.empty:
        return [_("同类村（地形、去年收入相近）{n} 个，今年还没有过线的。", n=count)]
    said = listed(_carried(one) for one in carried.itertuples())
    return [
        _(
            "同类村（地形、去年收入相近）{n} 个，今年 {cleared} 个过线，主要靠{said}。",
            n=count,
            cleared=cleared,
            said=said,
        )
    ]


def _carried(row: Any) -> str:
    name = catalogue().source_name(row.source_id)
    if pd.isna(row.median_yuan):
        return _("{source}（{n} 村）", source=name, n=int(row.with_count))
    return _(
        "{source}（{n} 村，中位 {yuan}）",
        source=name,
        n=int(row.with_count),
        yuan=wan(row.median_yuan),
    )


def _sources(look: Looking, village_code: str) -> None:
    found = shared(look, village_code, _all_sources)
    rows = found[(found["expected_yuan"] > 0) | found["known_yuan"].notna()]
    if rows.empty:
        return
    entries = catalogue()
    with st.expander(_("各来源往年规律还会来多少")):
        st.dataframe(
            pd.DataFrame(
                {
                    _("来源"): rows["source_id"].map(entries.source_name),
                    _("今年已到账"): [_money(yuan) for yuan in rows["known_yuan"]],
                    _("去年全年"): [_money(yuan) for yuan in rows["last_yuan"]],
                    _("往年此时已到"): [f"{one:.0%}" for one in rows["usual_share"]],
                    _("还会来（推算）"): [
                        _money(yuan) for yuan in rows["expected_yuan"]
                    ],
                    _("依据"): [
                        _("合同应缴") if one else _("往年规律")
                        for one in rows["is_by_contract"]
                    ],
                }
            ),
            hide_index=True,
        )


def _money(yuan: float) -> str:
    return "–" if pd.isna(yuan) else wan(Decimal(round(yuan)))
