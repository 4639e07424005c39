"""What is to be reported now, and how: a form, a file, and what became of it?"""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from base.formats import full_date, share
from base.formats import month as month_text
from base.month import add_months, first_day
from base.place import level_of
from base.roles import UPLOAD
from base.settings import settings
from base.words import _
from etl.accept import WAITING
from etl.door import clock_of
from etl.review import withdraw
from ui.answers import answer, answer_of_village, township_totals_of
from ui.bits import state_badge
from ui.county_choice import county_choice
from ui.drafts import waiting_files
from ui.evidence import evidence_of
from ui.frame import ribbon, told
from ui.looking import Looking, looking
from ui.plain import plain
from ui.report_form import report_form
from ui.submissions import submissions_of, submissions_table
from ui.uploader import uploader

_OPEN = (("returned",), ("not_reported", "not_due"))
_SHOWN = 200


def show() -> None:
    """Show what a sender has to send, and take it."""
    look = looking(may=UPLOAD)
    ribbon(look)
    told()
    county = county_choice(look, "report_county")
    names = answer(look, county, "places/names")
    if names.empty:
        st.info(_("您的账号还没有分配村。请与市专班联系。"))
        return
    st.title(_title(look, names))
    form, file = _("在线填报"), _("上传文件")
    kinds = [form, file] if _village(look, names) else [file, form]
    how = st.segmented_control(
        _("怎么报"), kinds, default=kinds[0], key="how_to_report", required=True
    )
    if how == form:
        _form(look, names)
    else:
        _files(look, names)
    waiting_files(look)
    _sent(look)
    _neighbours(look, names)


def _neighbours(look: Looking, names: pd.DataFrame) -> None:
    """Show a village where its township stands; counts only, and no other village."""
    if look.viewer.role != "secretary":
        return
    for row in names.drop_duplicates("township_code").itertuples():
        code = str(row.township_code)
        found = township_totals_of(look, code)
        st.subheader(_("{township}合计", township=row.township_name))
        columns = st.columns(3)
        columns[0].metric(_("未清零的村"), int(found["remaining"]))
        columns[1].metric(_("已清零的村"), int(found["cleared"]))
        due, done = int(found["due_count"]), int(found["reported_count"])
        columns[2].metric(_("填报率"), share(done, due) if due else "–")


def _title(look: Looking, names: pd.DataFrame) -> str:
    if len(names) == 1:
        row = names.iloc[0]
        return _(
            "{township}{village} · 报送",
            township=row["township_name"],
            village=row["village_name"],
        )
    townships = list(dict.fromkeys(names["township_name"]))
    if len(townships) == 1:
        return _("{township} · 报送", township=townships[0])
    return _("报送")


def _village(look: Looking, names: pd.DataFrame) -> str | None:
    return str(names["village_code"].iloc[0]) if len(names) == 1 else None


def _form(look: Looking, names: pd.DataFrame) -> None:
    village_code = _village(look, names) or _chosen_village(names)
    if village_code is None:
        return
    owed = answer_of_village(look, village_code, "village/owed")
    ledger = owed[owed["statement"] == "ledger"]
    states = {row.period_start: row for row in ledger.itertuples()}
    month = _chosen_month(look, village_code, states)
    row = states.get(month)
    if row is not None:
        due = escape(_("{day}前报", day=full_date(row.due_date)))
        st.html(f'{state_badge(str(row.state))} <span class="v-quiet">{due}</span>')
    report_form(look, village_code, month)


def _chosen_village(names: pd.DataFrame) -> str | None:
    labels = {
        str(row.village_code): f"{row.township_name} {row.village_name}"
        for row in names.itertuples()
    }
    chosen: str | None = st.selectbox(
        _("村"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("选一个村"),
        key="form_village",
    )
    return chosen


def _chosen_month(look: Looking, village_code: str, states: dict[date, object]) -> date:
    """Let the month be chosen; first offered is what was returned, then the latest."""
    last = add_months(first_day(look.moment.today), -1)
    months = sorted({*states, last}, reverse=True)
    open_months = [
        month
        for group in _OPEN
        for month in sorted(states, reverse=True)
        if getattr(states[month], "state", "") in group
    ]
    chosen: date = st.selectbox(
        _("月份"),
        months,
        index=months.index(open_months[0] if open_months else last),
        format_func=month_text,
        key=f"form_month_{village_code}",
        label_visibility="collapsed",
    )
    return chosen


def _files(look: Looking, names: pd.DataFrame) -> None:
    uploader(
        "/drafts",
        _(
            "可多选或拖到这里：xlsx、xls、csv，或它们的 zip；每个不超过 {limit} MB。"
            "传上来先检查，点「提交」才报送。",
            limit=settings().largest_file_mb,
        ),
        key="files",
    )
    _templates(look, names)


def _templates(look: Looking, names: pd.DataFrame) -> None:
    """Offer the workbook of last month for each place that may be reported."""
    month = add_months(first_day(look.moment.today), -1)
    places: dict[str, str] = {}
    for row in names.itertuples():
        if look.viewer.scope.holds(str(row.township_code)):
            places[str(row.township_code)] = str(row.township_name)
    if not places:
        places = {
            str(row.village_code): str(row.village_name) for row in names.itertuples()
        }
    if len(places) == 1:
        code = next(iter(places))
    else:
        code = st.selectbox(
            _("要哪里的样表"),
            list(places),
            format_func=places.__getitem__,
            key="template_of",
        ) or next(iter(places))
    st.link_button(
        _(
            "下载{place}{month}样表",
            place=places[code],
            month=month_text(month),
        ),
        f"/files/template/{code}/{month:%Y-%m}",
        icon=":material/download:",
    )


def _sent(look: Looking) -> None:
    found = submissions_of(look)
    found = found[found["actor"] == look.viewer.signature] if _is_own(look) else found
    st.subheader(_("报送记录"))
    if found.empty:
        st.caption(_("还没有报送过。"))
        return
    returned = found[found["state"].isin(["returned", "reopened"])]
    for row in returned.head(5).itertuples():
        st.warning(
            _(
                "第 {number} 号「{file}」被退回：{reason}。改好后重新报送。",
                number=row.submission_no,
                file=plain(row.file_name),
                reason=plain(row.reason),
            )
        )
    event = st.dataframe(
        submissions_table(found.head(_SHOWN)),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"sent_{look.moment.activity_no}",
    )
    chosen = event["selection"]["rows"]
    if chosen:
        _one(look, found.iloc[chosen[0]])


def _is_own(look: Looking) -> bool:
    return level_of(look.home) != "village" and look.viewer.role == "secretary"


def _one(look: Looking, row: pd.Series) -> None:
    number = int(row["submission_no"])
    with st.container(border=True):
        st.markdown(_("**第 {number} 号**", number=number))
        evidence_of(look, number, can_add=row["state"] in (*WAITING, "accepted"))
        if row["state"] in WAITING and st.button(_("撤回"), key=f"withdraw_{number}"):
            withdraw(look.store, number, look.viewer, clock_of(look.store).now())
            st.session_state["told"] = _("第 {number} 号已撤回。", number=number)
            st.rerun()
