"""What does somebody see when a page fails? Words and an id; the log has the rest."""

import logging

import streamlit as st

from base import log
from base.errors import ShownError
from base.meters import meters
from base.words import _, mark
from store import StoreError
from store.errors import Trouble
from ui.plain import plain

BROKEN = mark("这一页出了问题，已记入日志。请刷新；如仍这样，请把编号告诉管理员。")
_CONNECTION = "X-Request-ID"


def script_failed(problem: Exception) -> bool:
    """Tell of what failed apart from a page's run: a part of it, or an answer to it.

    Returns:
        True: the framework need not say so, which it would in English.
    """
    with log.under(log.new_id()):
        tell(problem)
    return True


def tell(problem: Exception) -> None:
    """Tell a problem in words; what nobody expected goes into the log."""
    if isinstance(problem, ShownError):
        st.error(plain(problem))
    elif isinstance(problem, Trouble):
        _write_down("store failed", problem, logging.ERROR)
        st.error(plain(problem))
    elif isinstance(problem, StoreError):
        _write_down("store refused", problem, logging.WARNING)
        st.error(_("数据库正忙或正在重建。请稍等片刻，刷新页面。"))
    else:
        meters().faults.labels("page").inc()
        _write_down("page failed", problem, logging.ERROR)
        st.error(broken(log.request_id()))


def broken(given_id: str) -> str:
    """Say that a page failed, with the id under which the log tells why."""
    number = _("编号：{number}", number=given_id)
    return f"{_(BROKEN)}\n\n{number}"


def _write_down(name: str, problem: Exception, level: int) -> None:
    said = {"connection": st.context.headers.get(_CONNECTION)}
    logging.getLogger(log.OWN).log(level, name, exc_info=problem, extra={"said": said})
