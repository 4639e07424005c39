"""Who has reported, who has not, who was late, and what is to be done about it?"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from base.formats import full_date, share
from base.formats import month as month_text
from base.month import add_months, first_day, last_day
from base.place import LENGTHS, holds_counties, level_of
from base.roles import WINDOWS
from base.words import _, mark
from charts.map_reporting import reporting_deck, reporting_legend
from charts.palette import state_word
from etl.door import clock_of
from office import windows
from office.completeness import Completeness, by_township, completeness, missing
from office.reminders import city_reminder, township_reminders
from reports.tables import TABLES
from ui.answers import answer, key_of, remember
from ui.county_choice import below, county_choice
from ui.frame import ribbon, told
from ui.looking import Looking, is_dark, looking
from ui.shown import take_away

_STATES = (
    "not_due",
    "not_reported",
    "in_review",
    "returned",
    "reported_zero",
    "reported",
)


_MAP_PX, _TABLE_PX = 560, 400
_HEADINGS = {
    "county_name": mark("县（市、区）"),
    "township_name": mark("乡镇"),
    "village_name": mark("村"),
}


def show() -> None:
    """Show how far the papers of a month are in, and the months' windows."""
    look = looking()
    ribbon(look)
    told()
    st.title(_("报送情况"))
    period_end = _month(look)
    area = look.home
    if holds_counties(area):
        area = _counties(look, period_end)
    found = _completeness(look, area, period_end)
    _numbers(found.townships)
    table, drawn = _("表"), _("地图")
    shown = st.segmented_control(
        _("怎么看"),
        [table, drawn],
        default=table,
        key="reporting_as",
        label_visibility="collapsed",
    )
    if shown == drawn:
        _map(look, area, found, period_end)
    else:
        _table(look, area, found, period_end)
    _reminders(look, area, period_end)
    _windows(look)


def _month(look: Looking) -> date | None:
    year = look.moment.as_of.year
    latest = last_day(add_months(first_day(look.moment.today), -1))
    months = [last_day(date(year, n, 1)) for n in range(12, 0, -1)]
    months = [day for day in months if day <= latest]
    chosen: date | None = st.selectbox(
        _("哪个月"),
        [*months, None],
        format_func=lambda day: (
            _("{year}年全年", year=year) if day is None else month_text(day)
        ),
        key="reporting_month",
    )
    return chosen


def _completeness(look: Looking, area: str, period_end: date | None) -> Completeness:
    viewer = look.within(area)
    found: Completeness = remember(
        key_of(look, area, "completeness", period_end),
        lambda: completeness(look.store, viewer, look.moment, period_end),
    )
    return found


def _counties(look: Looking, period_end: date | None) -> str:
    """Show the counties of all that the viewer sees, and let one be looked at."""
    townships: pd.DataFrame = remember(
        key_of(look, look.home, "by_township", period_end),
        lambda: by_township(look.store, look.viewer, look.moment, period_end),
    )
    _numbers(townships)
    digits = LENGTHS["county"]
    names = below(look, look.home, digits).set_index("place_code")["place_name"]
    counts = townships.select_dtypes("number").columns
    county = townships["township_code"].str[:digits].rename("place_code")
    by_county = townships.groupby(county)[[*counts]].sum()
    by_county["last_sent_at"] = townships.groupby(county)["last_sent_at"].max()
    by_county["county_name"] = names
    st.dataframe(_shown(by_county, "county_name"), hide_index=True, height=_TABLE_PX)
    return county_choice(look, "reporting_county")


def _numbers(townships: pd.DataFrame) -> None:
    due = int(townships["due_count"].sum())
    columns = st.columns(4)
    columns[0].metric(_("填报率"), share(int(townships["filled_count"].sum()), due))
    columns[1].metric(_("按时率"), share(int(townships["on_time_count"].sum()), due))
    columns[2].metric(_("未报或退回的村"), int(townships["missing_villages"].sum()))
    columns[3].metric(_("待审"), int(townships["in_review"].sum()))


def _map(
    look: Looking, area: str, found: Completeness, period_end: date | None
) -> None:
    """Draw townships and villages by the state of their papers."""
    dark = is_dark()
    shapes = answer(look, area, "places/shapes")
    if not shapes["township_code"].isin(found.townships["township_code"]).any():
        st.info(_("这里还没有边界数据，不画图；请看表。"))
        return

    def draw() -> Any:
        positions = answer(look, area, "places/positions")
        return reporting_deck(
            found.townships.merge(shapes, on="township_code"),
            found.villages.merge(positions, on="village_code"),
            area,
            dark,
            (340, _MAP_PX - 10),
        )

    key = key_of(look, area, "reporting_map", period_end, dark)
    st.pydeck_chart(
        remember(key, draw), height=_MAP_PX, key=f"drawn_{area}_{period_end}"
    )
    icons = "".join(
        f"<span>{icon}{escape(word)}</span>" for icon, word in reporting_legend(dark)
    )
    note = escape(_("示意图，非法定界线；村的位置为示意摆放。"))
    st.html(f'<div class="v-legend">{icons}</div><div class="v-quiet">{note}</div>')


def _table(
    look: Looking, area: str, found: Completeness, period_end: date | None
) -> None:
    said = {"month": period_end.isoformat()} if period_end else {}
    if level_of(area) in ("township", "village"):
        st.dataframe(_shown(found.villages, "village_name"), hide_index=True)
        villages, count = TABLES["reporting-villages"], len(found.villages)
        take_away(look, villages, area, said, count, count)
        return
    st.caption(_("点一行，看这个镇的村。"))
    event = st.dataframe(
        _shown(found.townships, "township_name"),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"by_township_{area}_{period_end}",
        height=38 + 35 * len(found.townships),
    )
    count = len(found.townships)
    take_away(look, TABLES["reporting-townships"], area, said, count, count)
    rows = event["selection"]["rows"]
    if rows:
        township = found.townships.iloc[rows[0]]
        is_inside = found.villages["township_code"] == township["township_code"]
        st.subheader(str(township["township_name"]))
        villages = found.villages[is_inside]
        st.dataframe(_shown(villages, "village_name"), hide_index=True)


def _shown(found: pd.DataFrame, name: str) -> pd.DataFrame:
    shown = {
        _(_HEADINGS[name]): found[name],
        _("填报率"): _shares(found["filled_count"], found["due_count"]),
        _("按时率"): _shares(found["on_time_count"], found["due_count"]),
        **{state_word(state): found[state] for state in _STATES},
        # the framework would say None of a place that has sent nothing yet
        _("最近报送"): pd.to_datetime(found["last_sent_at"])
        .dt.strftime("%Y-%m-%d %H:%M")
        .fillna("–"),
    }
    return pd.DataFrame(shown)


def _shares(parts: pd.Series, wholes: pd.Series) -> list[str]:
    return [
        share(int(part), int(whole)) if whole else "–"
        for part, whole in zip(parts, wholes, strict=True)
    ]


def _reminders(look: Looking, area: str, period_end: date | None) -> None:
    st.subheader(_("催报"))
    day = period_end or last_day(add_months(first_day(look.moment.today), -1))
    texts: dict[str, str] = remember(
        key_of(look, area, "reminders", day), lambda: _texts(look, area, day)
    )
    if not texts:
        st.caption(_("这个月没有要催的。"))
        return
    chosen = st.selectbox(_("给谁"), list(texts), key="reminder_to")
    st.caption(_("右上角可复制，贴到企业微信或钉钉。"))
    st.code(texts[chosen or next(iter(texts))], language=None, wrap_lines=True)


def _texts(look: Looking, area: str, day: date) -> dict[str, str]:
    """Return the reminders of a month by whom they are for; none where all is in."""
    lacking = missing(look.store, look.within(area), look.moment, day)
    if lacking.empty:
        return {}
    today = look.moment.today
    texts = {_("全市（各镇街一条）"): city_reminder(lacking, day, today)}
    for one in township_reminders(lacking, day, today):
        texts[one.place_name] = one.text
    return texts


def _windows(look: Looking) -> None:
    st.subheader(_("报送时段"))
    found = answer(look, look.home, "reporting/windows")
    st.dataframe(
        pd.DataFrame(
            {
                _("月份"): found["period_start"].map(month_text),
                _("截止日"): found["due_date"].map(full_date),
                _("宽限"): [
                    _(
                        "{count} 处，最晚{day}",
                        count=row.extension_count,
                        day=full_date(row.last_extension_date),
                    )
                    if row.extension_count
                    else ""
                    for row in found.itertuples()
                ],
                _("锁定"): [_("已锁定") if on else "" for on in found["is_locked"]],
            }
        ),
        hide_index=True,
    )
    if look.viewer.may(WINDOWS):
        _change(look, found)


def _change(look: Looking, found: pd.DataFrame) -> None:
    with st.expander(_("改截止日、宽限、锁定")):
        months = list(found["period_end"])
        month = st.selectbox(
            _("月份"),
            months,
            index=_last_ended(months, look.moment.today),
            format_func=month_text,
            key="window_month",
        )
        row = found[found["period_end"] == month].iloc[0]
        is_wide = holds_counties(look.home)
        level = "county" if is_wide else "township"
        names = below(look, look.home, LENGTHS[level])
        places = {look.home: _("全部") if is_wide else _("全市")}
        places |= dict(zip(names["place_code"], names["place_name"], strict=True))
        place = st.selectbox(
            _("范围"), list(places), format_func=places.__getitem__, key="window_place"
        )
        day = st.date_input(_("截止日"), value=row["due_date"], key="window_due")
        reason = st.text_input(_("原因"), key="window_reason")
        due, lock = st.columns(2)
        if due.button(_("定截止日"), width="stretch"):
            is_part = level_of(place) == "township" and place != look.home
            set_day = _extension if is_part else _due_day
            _do(look, partial(set_day, look, month, day, place, reason))
        is_locked = bool(row["is_locked"])
        label = _("解锁这个月") if is_locked else _("锁定这个月")
        if lock.button(label, width="stretch"):
            turn = windows.unlock if is_locked else windows.lock
            whole = look.home
            _do(
                look,
                lambda at: turn(look.store, look.viewer, month, at, reason, whole),
            )


def _due_day(
    look: Looking, month: date, day: date, place: str, reason: str, at: datetime
) -> None:
    windows.set_due(look.store, look.viewer, month, day, at, place, reason)


def _extension(
    look: Looking, month: date, day: date, place: str, reason: str, at: datetime
) -> None:
    windows.extend(look.store, look.viewer, month, day, place, reason, at)


def _do(look: Looking, act: Callable[[datetime], None]) -> None:
    act(clock_of(look.store).now())
    st.session_state["told"] = _("已改好。")
    st.rerun()


def _last_ended(months: list[date], today: date) -> int:
    ended = [place for place, day in enumerate(months) if day < today]
    return ended[-1] if ended else 0
