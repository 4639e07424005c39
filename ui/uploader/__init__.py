"""How do files get from a browser to the server over a weak network?

The framework's own uploader keeps files in memory, belongs to one connection and
speaks English. This one sends each file to a route of the server, which keeps it.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from base.settings import settings
from base.words import _
from etl.door import too_large

_HERE = Path(__file__).parent
_HTML = (
    '<div class="v-drop"><button type="button"></button>'
    '<input type="file" tabindex="-1"><div class="v-hint"></div>'
    '<ul class="v-files" aria-live="polite"></ul></div>'
)
TABLES = ".xlsx,.xls,.csv,.et,.xlsm,.zip"
PICTURES = "image/*,.pdf"


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "village_uploader",
        html=_HTML,
        css=(_HERE / "uploader.css").read_text(encoding="utf-8"),
        js=(_HERE / "uploader.js").read_text(encoding="utf-8"),
    )


def uploader(
    address: str,
    hint: str,
    key: str,
    accept: str = TABLES,
    is_several: bool = True,
    has_camera: bool = False,
) -> bool:
    """Show a place to drop files, and tell whether some have just arrived.

    Args:
        address: the route that takes them.
        hint: what may be sent.
        key: of the widget.
        accept: kinds of files, as browsers name them.
        is_several: whether more than one may be chosen.
        has_camera: whether a phone opens its camera.
    """
    found = _component()(
        key=key,
        data={
            "address": address,
            "accept": accept,
            "several": is_several,
            "capture": has_camera,
            "largest": settings().largest_file_bytes,
            "words": {
                "choose": _("选择文件"),
                "hint": hint,
                "sending": _("正在上传"),
                "reading": _("正在检查"),
                "done": _("已收到"),
                "again": _("网络断开，稍后自动重传"),
                "lost": _("没有传上去。请检查网络后重选文件。"),
                "out": _("登录已过期，请重新登录后再传。"),
                "large": too_large(),
            },
        },
        on_sent_change=lambda: None,
    )
    return found.sent is not None
