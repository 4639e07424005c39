"""Where does money come from, does it grow and come in, on what does it hang?"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import wan
from base.words import _
from charts.composition import composition_figure
from charts.figure import PLOTLY_CONFIG
from charts.pairs import Pair, pairs_figure
from queries.source_asked import SPLITS, growth, share_of, split_of
from ui.answers import key_of, remember
from ui.looking import Looking, is_dark
from ui.shown import Tables, answer_of, show_table

_Say = Callable[[Mapping[str, Any]], str]
_TERRAIN_ORDER = ("mountain", "scenic", "urban", "town")
_PILOT_ORDER = ("province", "city", "township", "none")


def total_of(amounts: "pd.Series[Decimal]") -> Decimal | None:
    """Return the sum of the amounts that are known; None where there are none."""
    known = amounts.dropna()
    return sum(known, Decimal(0)) if len(known) else None


def per_cent(part: float | None) -> str:
    """Write a share of one in per cent, with one place; a dash where it is unknown."""
    return "–" if part is None or pd.isna(part) else f"{part:.1%}"


def sign_per_cent(part: float | None) -> str:
    """Write a growth with its sign: +12.3%."""
    return "–" if part is None or pd.isna(part) else f"{part:+.1%}"


def headline(look: Looking, tables: Tables, place: str) -> str:
    """Return the sentence that stands on top: how much, whence, growing, hanging."""
    sources = answer_of(look, tables["sources"], place)
    total = total_of(sources["received_yuan"])
    if total is None:
        return _("今年还没有已审核的收入。收到台账、审核后，这里说钱从哪里来。")
    first = sources.sort_values("received_yuan", ascending=False).iloc[0]
    leaning = answer_of(look, tables["source-leaning"], place)
    grown = growth(total_of(sources["now_yuan"]), total_of(sources["before_yuan"]))
    parts = [
        _(
            "今年1–{month}月到账 {total}，{source}最多，占 {share}",
            month=look.moment.as_of.month,
            total=wan(total),
            source=catalogue().source_name(first["source_id"]),
            share=per_cent(share_of(first["received_yuan"], total)),
        )
    ]
    if grown is not None:
        parts.append(_("与去年同月同口径比 {growth}", growth=sign_per_cent(grown)))
    parts.append(
        _(
            "{count} 村到账的 {share} 以上来自一个来源",
            count=int(leaning["is_leaning"].sum()),
            share=f"{catalogue().leaning.from_share:.0%}",
        )
    )
    return _("；").join(parts) + _("。")


def composition(look: Looking, tables: Tables, place: str, by: str) -> None:
    """Show of what the income consists, split as the address says (`?by=terrain`)."""
    found = answer_of(look, tables["source-composition"], place, {"by": by})
    st.subheader(_composition_title(found, by))
    options = {
        "source": _("按来源"),
        "township": _("按乡镇"),
        "terrain": _("按地形"),
        "pilot": _("按试点级别"),
    }
    chosen = st.segmented_control(
        _("怎么分"),
        list(SPLITS),
        default=by,
        format_func=options.__getitem__,
        key=f"split_{by}",
        label_visibility="collapsed",
    )
    if chosen and chosen != by:
        st.query_params["by"] = chosen
        st.rerun()
    dark = is_dark()
    names = {one: source.name for one, source in catalogue().sources.items()}
    figure = remember(
        key_of(look, place, "composition", by, dark),
        lambda: composition_figure(in_order(found, by), names, dark),
    )
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG)
    if by in ("terrain", "pilot"):
        st.caption(
            _("地形、试点级别来自村情属性表，多数待核；各组村数不同，看每村数。")
        )
    with st.expander(_("图后的表")):
        show_table(look, tables["source-composition"], place, {"by": by})


def in_order(parts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return classes as they are drawn: townships by amount, others as told."""
    if by == "township":
        order = parts.groupby("class_id")["received_yuan"].sum().astype(float)
        ranks = order.rank(method="first", ascending=False).to_dict()
    else:
        told = _TERRAIN_ORDER if by == "terrain" else _PILOT_ORDER
        ranks = {one: float(place) for place, one in enumerate(told)}
    return (
        parts.assign(turn=parts["class_id"].map(ranks).astype(float))
        .sort_values("turn", kind="stable", na_position="last")
        .drop(columns="turn")
    )


def _composition_title(found: pd.DataFrame, by: str) -> str:
    if found.empty:
        return _("收入构成")
    if by == "source":
        top = found.nlargest(3, "class_share")["class_share"].sum()
        return _("前三个来源占到账的 {share}", share=per_cent(float(top)))
    sums = found.groupby("class_name")["received_yuan"].sum()
    sizes = found.groupby("class_name")["class_village_count"].max()
    each = (sums / sizes).astype(float).sort_values(ascending=False)
    if len(each) == 1:
        return _(
            "{name}每村平均到账 {each}", name=each.index[0], each=_wan(each.iloc[0])
        )
    return _(
        "每村平均：{most} {high} 最多，{least} {low} 最少",
        most=each.index[0],
        high=_wan(each.iloc[0]),
        least=each.index[-1],
        low=_wan(each.iloc[-1]),
    )


def _wan(amount: float) -> str:
    return wan(Decimal(round(amount)))


def growth_and_due(look: Looking, tables: Tables, place: str) -> None:
    """Show growth against the same months, and what came in of what was due."""
    sources = answer_of(look, tables["sources"], place)
    left, right = st.columns(2)
    with left:
        _growth(look, place, sources)
    with right:
        _due(look, place, sources)
    with st.expander(_("各来源的数")):
        show_table(look, tables["sources"], place)


def _growth(look: Looking, place: str, sources: pd.DataFrame) -> None:
    compared = sources[sources["now_yuan"].notna()]
    rises = (compared["now_yuan"] > compared["before_yuan"]).sum()
    st.subheader(
        _(
            "与去年同月比：{rises} 个来源增，{falls} 个减",
            rises=int(rises),
            falls=int((compared["now_yuan"] < compared["before_yuan"]).sum()),
        )
        if len(compared)
        else _("还没有两年同月都报的数，不比增减")
    )
    pairs = _pairs(compared, ("now_yuan", "before_yuan"), _growth_said)
    _bars(look, place, "growth", pairs, (_("今年"), _("去年同月")))
    st.caption(
        _(
            "只比两年同一村、同一来源、同样月份都报了的数；只有一年报的不算增减："
            "仅今年有 {now}，仅去年有 {before}。",
            now=wan(total_of(sources["only_now_yuan"]) or Decimal(0)),
            before=wan(total_of(sources["only_before_yuan"]) or Decimal(0)),
        )
    )


def _growth_said(row: Mapping[str, Any]) -> str:
    return _(
        "{growth}（{count} 村）",
        growth=sign_per_cent(growth(row["now_yuan"], row["before_yuan"])),
        count=row["compared_count"],
    )


def _due(look: Looking, place: str, sources: pd.DataFrame) -> None:
    due = sources[sources["due_yuan"].notna()]
    still = total_of(due["open_yuan"])
    st.subheader(
        _("应收还有 {open} 没到账", open=wan(still))
        if still is not None
        else _("还没有报应收的数")
    )
    pairs = _pairs(due, ("paid_yuan", "due_yuan"), _due_said)
    _bars(look, place, "due", pairs, (_("已到账"), _("应收")))
    st.caption(_("只比应收和到账都报了的月份；没有报应收的来源不在图上，不当作零。"))


def _due_said(row: Mapping[str, Any]) -> str:
    if row["open_yuan"] == 0:
        return _("收齐")
    return _(
        "收 {share}，差 {open}",
        share=per_cent(share_of(row["paid_yuan"], row["due_yuan"])),
        open=wan(row["open_yuan"]),
    )


def _pairs(rows: pd.DataFrame, columns: tuple[str, str], say: _Say) -> list[Pair]:
    part, whole = columns
    ordered = rows.sort_values(whole, ascending=False, kind="stable")
    return [
        Pair(
            catalogue().source_name(row["source_id"]),
            row[part],
            row[whole],
            say(row),
        )
        for row in ordered.to_dict("records")
    ]


def _bars(
    look: Looking,
    place: str,
    what: str,
    pairs: list[Pair],
    names: tuple[str, str],
) -> None:
    if not pairs:
        return
    dark = is_dark()
    figure = remember(
        key_of(look, place, "source_pairs", what, dark),
        lambda: pairs_figure(pairs, *names, dark),
    )
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG)


def leaning(look: Looking, tables: Tables, place: str) -> None:
    """Show how many villages hang on one source, and how concentrated income is."""
    found = answer_of(look, tables["source-leaning"], place)
    if found.empty:
        return
    shares = found["largest_share"].dropna()
    count = int(found["is_leaning"].sum())
    alone = int((found["source_count"] == 1).sum())
    rule = catalogue().leaning
    st.subheader(
        _("{count} 村靠一个来源，其中 {alone} 村只有一个来源", count=count, alone=alone)
    )
    most = found.loc[found["is_leaning"], "source_id"].value_counts()
    lines = [
        _(
            "最大来源占比的中位数 {share}，集中度（HHI）中位数 {index:.2f}"
            "（1 表示只有一个来源）。",
            share=per_cent(float(shares.median()) if len(shares) else None),
            index=float(found["concentration_index"].median()),
        ),
        _(
            "规则：最大来源占到账 {share} 以上算靠一个来源",
            share=f"{rule.from_share:.0%}",
        )
        + (_("。") if rule.confirmed else _("，口径待确认。")),
    ]
    if len(most):
        name = catalogue().source_name(str(most.index[0]))
        lines.insert(
            0, _("靠得最多的是{name}：{count} 村。", name=name, count=int(most.iloc[0]))
        )
    st.html("".join(f'<div class="v-quiet">{escape(line)}</div>' for line in lines))
    with st.expander(_("各村的依赖程度")):
        show_table(look, tables["source-leaning"], place)


def asked_split() -> str:
    """Return by what the address splits the composition."""
    return split_of({"by": str(st.query_params.get("by", ""))})
