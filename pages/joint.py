"""Which joint projects are there, who holds them, whom would one more share clear?"""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import full_date, listed, wan
from base.words import _
from charts.map_joint import joint_deck, joint_legend, kind_of
from queries.joint_projects import free_shares, illustrated
from reports.tables import TABLES
from ui.answers import answer, key_of, remember
from ui.frame import go, link, ribbon, scope_note
from ui.looking import Looking, asked_place, is_dark, looking
from ui.places import place_line
from ui.plain import plain
from ui.shown import answer_of, show_table
from ui.sources_all import total_of

MAP_PX = 620


def show() -> None:
    """Show the joint projects in which somebody of the scope has a part."""
    # a gap is money, so it is the headline's; other readings count none
    look = looking().at_target(catalogue().headline())
    place = asked_place(look.viewer)
    ribbon(look)
    scope_note(look)
    say = _headline(look, place)
    st.html(f'<div class="v-say">{escape(say)}</div>')
    place_line(look, "joint", place)
    projects = answer_of(look, TABLES["joint-projects"], place)
    if projects.empty:
        st.info(_("范围内没有村持有联建份额，也没有承办联建项目。"))
    else:
        left, right = st.columns([1.7, 1])
        with left:
            _map(look, place)
        with right:
            _reading(look, place)
        _projects(look, place)
        _holders(look, place)
    _without(look, place)
    _effect(look, place)


def _headline(look: Looking, place: str) -> str:
    projects = answer_of(look, TABLES["joint-projects"], place)
    shares = answer_of(look, TABLES["joint-shares"], place)
    without = answer_of(look, TABLES["joint-without"], place)
    parts = [
        _(
            "{projects} 个联建项目，{villages} 村持股，今年分到 {amount}",
            projects=len(projects),
            villages=shares["village_code"].nunique(),
            amount=wan(total_of(shares["received_yuan"])),
        )
        if len(projects)
        else _("还没有联建项目"),
        _(
            "{count} 村没有份额，其中 {remaining} 村未清零",
            count=len(without),
            remaining=int(without["is_remaining"].sum()),
        ),
    ]
    if len(projects) and _offers(look).empty:
        parts.append(_("份额都已分完，眼下没有可分的"))
    return _("；").join(parts) + _("。")


def _offers(look: Looking) -> pd.DataFrame:
    """Return the free shares: an offer to every village, so the same for all."""
    return remember(
        key_of(look, look.home, "free_shares"),
        lambda: free_shares(look.store, look.moment),
    )


def _chosen_project(projects: pd.DataFrame) -> str:
    """Let one project be chosen for the map; the address keeps it (`?project=`)."""
    names = dict(zip(projects["project_id"], projects["project_name"], strict=True))
    asked = str(st.query_params.get("project", ""))
    current = asked if asked in names else ""
    chosen = st.selectbox(
        _("看哪个项目"),
        ["", *names],
        index=["", *names].index(current),
        format_func=lambda one: names.get(one, _("全部项目")),
        key=f"project_{current}",
    )
    if chosen != current:
        st.query_params["project"] = chosen
        st.rerun()
    return current


def _map(look: Looking, place: str) -> None:
    dark = is_dark()
    projects = answer_of(look, TABLES["joint-projects"], place)
    shares = answer_of(look, TABLES["joint-shares"], place)
    project_id = _chosen_project(projects)
    if project_id:
        projects = projects[projects["project_id"] == project_id]
        shares = shares[shares["project_id"] == project_id]
    away = shares["is_away"].astype(bool)
    st.subheader(
        _(
            "{away} 村异地持股，{home} 村在本镇",
            away=shares.loc[away, "village_code"].nunique(),
            home=shares.loc[~away, "village_code"].nunique(),
        )
    )
    deck = remember(
        key_of(look, place, "joint_deck", project_id, dark),
        lambda: joint_deck(
            answer(look, look.home, "places/shapes"),
            projects,
            shares,
            dark,
            (340, MAP_PX - 10),
        ),
    )
    event = st.pydeck_chart(
        deck,
        height=MAP_PX,
        on_select="rerun",
        selection_mode="single-object",
        key=f"joint_map_{place}_{project_id}_{look.moment.as_of}_{look.moment.version_no}",
    )
    chosen = event["selection"]["objects"].get("holders", [])
    if chosen:
        go(look, "village", str(chosen[0]["place_code"]))
    signs = "".join(
        f"<span>{sign}{escape(word)}</span>" for sign, word in joint_legend(dark)
    )
    st.html(f'<div class="v-legend">{signs}</div>')
    note = _("弧线从项目所在（承办村）到持股村，越粗份额越多；位置、界线均为示意。")
    st.html(f'<div class="v-quiet">{escape(note)}</div>')


def _reading(look: Looking, place: str) -> None:
    shares = answer_of(look, TABLES["joint-shares"], place)
    kinds = pd.Series([kind_of(row) for row in shares.itertuples()]).value_counts()
    together = int(kinds.get("away_together", 0) + kinds.get("together", 0))
    st.subheader(_("怎么看"))
    lines = [
        _("异地：项目所在村与持股村不在一个乡镇。"),
        _(
            "抱团：同一乡镇有两个以上村持同一项目；这里有 {count} 份。口径待确认。",
            count=together,
        ),
        _("每个百分点一年：项目最近连着报满的 12 个月到账 ÷ 100。"),
        _(
            "年回报率：同样 12 个月的到账 ÷ 各持股村出资之和；出资取自份额表，"
            "有村没报的项目不算。"
        ),
        _("范围外的村只见合计，不见各村的份额和分得。"),
    ]
    st.html("".join(f'<div class="v-quiet">{escape(line)}</div>' for line in lines))
    _misfits(shares)


def _misfits(shares: pd.DataFrame) -> None:
    """Say which kinds do not fit the terrain of those who hold them."""
    sources = catalogue().sources.values()
    names = catalogue().attributes["terrain"].names
    rule = listed(
        _(
            "{kind}–{terrain}",
            kind=source.name,
            terrain=listed(names[one] for one in source.fits_terrain),
        )
        for source in sources
        if source.fits_terrain
    )
    odd = shares[shares["is_fitting"].map(lambda fits: fits is False).astype(bool)]
    st.subheader(_("类型与地形：{count} 份不符", count=len(odd)))
    st.caption(_("适宜：{rule}。口径待确认，地形多数待核。", rule=rule))
    by_project = odd.groupby("project_name")["village_name"].agg(list)
    lines = [
        _("△ {project}：{villages}", project=project, villages=listed(villages))
        for project, villages in by_project.items()
    ]
    if lines:
        st.html("".join(f'<div class="v-quiet">{escape(line)}</div>' for line in lines))


def _projects(look: Looking, place: str) -> None:
    projects = answer_of(look, TABLES["joint-projects"], place)
    known = projects[projects["yuan_per_point"].notna()]
    if known.empty:
        st.subheader(_("联建项目：还没有连着报满 12 个月的收入"))
    else:
        best = known.sort_values("yuan_per_point", ascending=False).iloc[0]
        st.subheader(
            _(
                "每个百分点一年，{project}最多：{amount}",
                project=best["project_name"],
                amount=wan(best["yuan_per_point"]),
            )
        )
    show_table(look, TABLES["joint-projects"], place)


def _holders(look: Looking, place: str) -> None:
    st.subheader(_("谁持股，分到多少"))
    show_table(look, TABLES["joint-shares"], place, most_px=320)


def _without(look: Looking, place: str) -> None:
    without = answer_of(look, TABLES["joint-without"], place)
    st.subheader(
        _(
            "没有份额的 {count} 村，未清零的 {remaining} 村排在前面",
            count=len(without),
            remaining=int(without["is_remaining"].sum()),
        )
    )
    show_table(look, TABLES["joint-without"], place, most_px=320)


def _effect(look: Looking, place: str) -> None:
    effects = answer_of(look, TABLES["joint-effect"], place)
    offers = _offers(look)
    st.subheader(_("多一份份额能补多少（举例）"))
    given = remember(
        key_of(look, place, "joint_given"), lambda: illustrated(effects, offers)
    )
    if offers.empty:
        said = _(
            "各项目份额合计都是 100%，没有可分的份额；要给未清零的村，先要有村让出。"
        )
    elif given.empty:
        said = _("可分的份额还不够让一个村过线，或类型与地形不符。")
    else:
        said = _(
            "把可分的份额给离线最近的村，可让 {count} 村过线：{villages}。",
            count=len(given),
            villages=listed(given["village_name"].head(8)),
        )
    st.markdown(said)
    if len(offers):
        free = listed(
            _(
                "{project} {points}%",
                project=plain(row.project_name),
                points=f"{row.free_pct:f}".rstrip("0").rstrip("."),
            )
            for row in offers.itertuples()
        )
        st.markdown(_("可分：{free}。", free=free))
    ends = effects["full_year_date"].dropna()
    until = full_date(ends.max() if len(ends) else look.moment.as_of)
    st.caption(
        _(
            "按过去 12 个月（截至 {day}）的到账推算，只是举例，不是承诺；"
            "差额是今年到线还差的钱，要在年底前分到才算。",
            day=until,
        )
    )
    if effects.empty:
        st.caption(_("没有可推算的：没有未清零的村，或没有报满 12 个月的项目。"))
        return
    show_table(look, TABLES["joint-effect"], place)
    link(look, "map", place, _("在地图上看未清零的村 →"))
