"""The server: `streamlit run dashboard.py`."""

import streamlit as st

from web.house import lifespan, middleware, routes

app = st.App(
    "pages/shell.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan(lambda: int(st.get_option("server.port"))),
)
