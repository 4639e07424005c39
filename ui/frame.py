"""What surrounds every page: style, demonstration ribbon, links between pages?"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from base import log
from base.formats import full_date
from base.roles import ROLES
from base.viewer import Viewer
from base.words import _
from etl.door import is_province
from ui.answers import month_of
from ui.faults import tell
from ui.filters import asked_filters
from ui.looking import Looking, is_dark
from ui.plain import plain

_STYLE = Path(__file__).parent / "style.css"
_PAGES = "pages_by_name"
ACCENT, ACCENT_DARK = "#a3362b", "#e0796a"
# A house and a ring: village and zero. Greys and muted hues stand on light and dark.
_BRAND = """<svg xmlns="http://www.w3.org/2000/svg" width="250" height="32">
<path d="M4 26V12l7-6 7 6v14h-4v-8H8v8z" fill="#b5483b"/>
<circle cx="25" cy="21.5" r="4.6" fill="none" stroke="#2f8794" stroke-width="2.6"/>
<text x="38" y="22.5" font-size="17" font-weight="600" fill="#74858b"
font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif">{title}</text>
</svg>"""


@st.cache_resource(show_spinner=False)
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def dress(title: str) -> None:
    """Put style and name in; once a run, before anything is shown."""
    accent = ACCENT_DARK if is_dark() else ACCENT
    st.html(_style() + f"<style>:root {{ --v-accent: {accent}; }}</style>")
    st.logo(_BRAND.format(title=escape(title)), size="large")


def know_pages(pages: dict[str, Any]) -> None:
    """Remember the pages, so that a page can point at another by name."""
    st.session_state[_PAGES] = pages


def address(looking: Looking, place_code: str) -> dict[str, str]:
    """Return what the address says of a place, and what was chosen besides.

    Besides are a target that is not the headline, a day that is not the latest, and
    the filters of villages.
    """
    parts = {"place": place_code, **asked_filters()}
    if not looking.target.is_headline:
        parts["target"] = looking.target.id
    if looking.moment.as_of != looking.latest:
        parts["as_of"] = month_of(looking.moment.as_of)
    return parts


def has_page(page: str) -> bool:
    """Tell whether whoever looks has a page."""
    return page in st.session_state.get(_PAGES, {})


def link(looking: Looking, page: str, place_code: str, label: str, **more: str) -> None:
    """Show a link to a page about a place; `more` goes into its address."""
    pages = st.session_state.get(_PAGES, {})
    if page in pages:
        parts = {**address(looking, place_code), **more}
        st.page_link(pages[page], label=label, query_params=parts)
    else:
        st.markdown(label)


def go(looking: Looking, page: str, place_code: str) -> None:
    """Go to a page about a place."""
    pages = st.session_state.get(_PAGES, {})
    if page in pages:
        st.switch_page(pages[page], query_params=address(looking, place_code))


def ribbon(looking: Looking) -> None:
    """Say on every page that data are invented, where they are."""
    if looking.is_demo:
        what = _("演示数据")
        day = full_date(looking.moment.today)
        more = _("村名、代码真实，数字全部虚构。演示日期 {day}", day=day)
        if is_province(looking.store):
            more = _(
                "除林州外县、镇、村都是虚构，数字全部虚构，没有原始文件。"
                "演示日期 {day}",
                day=day,
            )
        st.html(
            f'<div class="v-ribbon" role="note"><b>{escape(what)}</b>'
            f"<span>{escape(more)}</span></div>"
        )


def scope_note(looking: Looking) -> None:
    """Say of which villages the figures are, where it is no whole place."""
    scope = looking.viewer.scope
    if len(scope) > 1:
        said = _("以下数字只含您负责的 {count} 处。", count=len(scope))
        st.html(f'<div class="v-quiet">{escape(said)}</div>')


def who_is_here(viewer: Viewer) -> None:
    """Say who is signed in, with the way out, where every page shows it."""
    role = _(ROLES[viewer.role].name)
    label = _("{name}（{role}）", name=viewer.name, role=role)
    account = escape(_("账号与退出"))
    st.html(
        f'<div class="v-who"><span>{escape(label)}</span>'
        f'<a href="/account" target="_self">{account}</a></div>'
    )


def told() -> None:
    """Say what has just been done, once."""
    said = st.session_state.pop("told", None)
    if said:
        st.success(plain(said))


def guarded(page: Callable[[], None]) -> None:
    """Run a page under an id; a problem is told in words, nobody sees a traceback."""
    with log.under(log.new_id()):
        try:
            page()
        except Exception as problem:
            tell(problem)
