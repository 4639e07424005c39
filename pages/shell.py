"""Which pages are there for whom? The one script that the server runs."""

import streamlit as st

from base.catalogue import catalogue
from base.words import _
from pages import map_view, overview, village, welcome
from ui.frame import dress, guarded, know_pages
from ui.looking import has_ledgers, looking


def main() -> None:
    """Show the page that the address names."""
    title = _("{city}村集体经济清零看板", city=catalogue().city.short_name)
    st.set_page_config(page_title=title, page_icon="📍", layout="wide")
    dress(title)
    guarded(_navigate)


def _navigate() -> None:
    if not has_ledgers(looking()):
        st.navigation([st.Page(welcome.show, title=_("开始"))], position="hidden").run()
        return
    pages = {
        "overview": st.Page(overview.show, title=_("总览"), default=True),
        "map": st.Page(map_view.show, title=_("地图"), url_path="map"),
        "village": st.Page(village.show, title=_("一村一档"), url_path="village"),
    }
    know_pages(pages)
    st.navigation(list(pages.values()), position="top").run()


main()
