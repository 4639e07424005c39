"""Which pages are there for whom? The one script that the server runs."""

from typing import Any

import streamlit as st

from base.catalogue import catalogue
from base.meters import PAGE, timed
from base.roles import ROLES, SEE
from base.viewer import Viewer
from base.words import _, mark
from pages import (
    actions,
    alerts,
    audit,
    doubts,
    duties,
    gaps,
    joint,
    map_view,
    meeting,
    outlook,
    overview,
    people,
    report,
    reporting,
    review,
    solar,
    sources,
    strategy,
    system,
    village,
    welcome,
)
from ui.at_once import in_turn
from ui.frame import dress, guarded, know_pages, who_is_here
from ui.looking import has_ledgers, opened_store, signed_in

# Groups of pages, in the order of the bar; pages of no group stand by themselves.
_GROUPS = (
    ("", ("welcome", "overview", "map", "village")),
    (mark("研判"), ("outlook", "gaps", "sources", "solar", "joint")),
    (mark("督办"), ("actions", "alerts", "doubts", "duties")),
    (mark("会议"), ("meeting", "strategy")),
    (mark("报送"), ("report", "review", "reporting")),
    (mark("管理"), ("people", "audit", "system")),
)


def main() -> None:
    """Show the page that the address names."""
    title = _("{city}村集体经济清零看板", city=catalogue().city.short_name)
    st.set_page_config(page_title=title, page_icon="📍", layout="wide")
    dress(title)
    with in_turn():
        guarded(_navigate)


def _navigate() -> None:
    viewer = signed_in()
    if viewer is None:
        # the guard lets nobody so far; a session may end while a page runs
        st.navigation([st.Page(_signed_out, title=_("登录"))], position="hidden").run()
        return
    who_is_here(viewer)
    is_empty = viewer.may(SEE) and not has_ledgers(opened_store())
    pages = _pages(viewer, is_empty)
    know_pages(pages)
    chosen = st.navigation(_grouped(pages), position="top")
    names = [name for name, page in pages.items() if page is chosen]
    with timed(PAGE, names[0] if names else chosen.url_path):
        chosen.run()


def _grouped(pages: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the pages as the bar groups them; of two in a group none is hidden away.

    A group of one page stands by itself.
    """
    groups: dict[str, list[Any]] = {"": []}
    for title, names in _GROUPS:
        members = [pages[name] for name in names if name in pages]
        is_alone = not title or len(members) < 2
        groups.setdefault("" if is_alone else _(title), []).extend(members)
    return {title: members for title, members in groups.items() if members}


def _pages(viewer: Viewer, is_empty: bool) -> dict[str, Any]:
    """Return the pages of a viewer, the first of which is opened by itself."""
    known = {
        "welcome": (welcome.show, _("开始")),
        "overview": (overview.show, _("总览")),
        "report": (report.show, _("报送")),
        "review": (review.show, _("审核")),
        "reporting": (reporting.show, _("报送情况")),
        "sources": (sources.show, _("增收模式")),
        "joint": (joint.show, _("联建项目")),
        "map": (map_view.show, _("地图")),
        "village": (village.show, _("一村一档")),
        "outlook": (outlook.show, _("年底预测")),
        "gaps": (gaps.show, _("补缺口")),
        "alerts": (alerts.show, _("预警")),
        "doubts": (doubts.show, _("值得再看")),
        "solar": (solar.show, _("光伏富村")),
        "duties": (duties.show, _("帮扶责任")),
        "actions": (actions.show, _("督办事项")),
        "meeting": (meeting.show, _("推进会")),
        "strategy": (strategy.show, _("战略工作项")),
        "people": (people.show, _("账号")),
        "audit": (audit.show, _("操作记录")),
        "system": (system.show, _("系统状况")),
    }
    names = ROLES[viewer.role].pages
    if is_empty and viewer.role != "secretary":
        names = ("welcome", *names)
    return {
        name: st.Page(
            known[name][0], title=known[name][1], url_path=name, default=place == 0
        )
        for place, name in enumerate(names)
    }


def _signed_out() -> None:
    st.info(_("登录已过期，请重新登录。"))
    st.link_button(_("登录"), "/sign-in")


main()
