"""Who did what, when, from where, on what, and is the record whole?"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from accounts.audit_read import Asked, entries
from accounts.audit_told import Told, told_of
from accounts.place_names import place_names
from base.place import LENGTHS
from base.roles import AUDIT
from base.words import _
from store.audit import broken_act
from ui.answers import key_of, remember
from ui.county_choice import names_offered
from ui.frame import ribbon, told
from ui.looking import Looking, looking

_SHOWN = 500


@dataclass(frozen=True)
class _Filters:
    """What is asked of the audit; what is empty does not narrow."""

    village: str
    file: str
    person: str
    since: date | None

    @property
    def asked(self) -> Asked:
        return Asked(self.village, self.file.strip(), self.person, self.since)

    @property
    def address(self) -> str:
        """Return the address of the same acts as a file."""
        since = self.since.isoformat() if self.since else ""
        named = {"village": self.village, "file": self.file, "person": self.person}
        given = {k: v for k, v in {**named, "since": since}.items() if v}
        return "/files/audit.xlsx" + (f"?{urlencode(given)}" if given else "")


def show() -> None:
    """Show the acts that the viewer may know, and check the chain when asked."""
    look = looking(may=AUDIT)
    ribbon(look)
    told()
    st.title(_("操作记录"))
    every: dict[str, str] = remember(
        key_of(look, look.home, "place_names"), lambda: place_names(look.store)
    )
    filters = _filters(look, names_offered(look, every, "audit_county"))
    found = entries(look.store, look.viewer, filters.asked)
    download, check = st.columns(2)
    download.link_button(_("下载这些记录"), filters.address, width="stretch")
    if check.button(_("核对链条"), width="stretch"):
        _check(look)
    if not found:
        st.info(_("没有这样的记录。"))
        return
    latest = found[::-1][:_SHOWN]
    if len(found) > _SHOWN:
        st.caption(
            _(
                "共 {count} 条，这里列最近 {shown} 条；全部请下载。",
                count=len(found),
                shown=_SHOWN,
            )
        )
    else:
        st.caption(_("共 {count} 条，新的在前。", count=len(found)))
    st.dataframe(
        _table(told_of(look.store, latest, every)),
        hide_index=True,
        height=min(38 + 35 * len(latest), 560),
        column_config={_("说明"): st.column_config.TextColumn(width="large")},
    )


def _filters(look: Looking, names: dict[str, str]) -> _Filters:
    is_all = look.viewer.role == "admin"
    villages = [
        code
        for code in sorted(names)
        if len(code) == LENGTHS["village"] and (is_all or look.viewer.scope.holds(code))
    ]
    village, file, person, since = st.columns([1.3, 1.3, 1, 1])
    return _Filters(
        village.selectbox(
            _("村"),
            ["", *villages],
            format_func=lambda code: names.get(code, _("全部")),
            key="audit_village",
        ),
        file.text_input(_("文件（名称或 SHA-256）"), key="audit_file"),
        person.text_input(_("谁（姓名或登录名）"), key="audit_person"),
        since.date_input(
            _("从哪天起"), value=None, format="YYYY-MM-DD", key="audit_since"
        ),
    )


def _table(acts: list[Told]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("编号"): [act.audit_no for act in acts],
            _("时间"): [act.acted_at for act in acts],
            _("谁"): [act.who for act in acts],
            _("角色"): [act.role for act in acts],
            _("做了什么"): [act.what for act in acts],
            _("地方"): [act.place for act in acts],
            _("对象"): [act.about for act in acts],
            _("文件"): [act.file_name for act in acts],
            _("说明"): [act.said for act in acts],
            _("从哪里"): [" ".join([act.way, act.address]).strip() for act in acts],
        }
    )


def _check(look: Looking) -> None:
    broken = broken_act(look.store)
    if broken is None:
        st.success(_("操作记录完整，没有改动。"))
    else:
        st.error(_("第 {number} 条起对不上：记录被改动过。", number=broken))
