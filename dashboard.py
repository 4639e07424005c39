"""The server: `streamlit run dashboard.py`."""

import streamlit as st

from ui.faults import script_failed
from ui.logs import take_over_logs
from web.faults import fault_handlers
from web.house import lifespan, middleware, routes

take_over_logs()
app = st.App(
    "pages/shell.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=lifespan(lambda: int(st.get_option("server.port"))),
    on_script_error=script_failed,
    exception_handlers=fault_handlers(),
)
