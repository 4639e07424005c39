"""What can be done with a system that holds no ledgers yet?"""

import streamlit as st

from base.catalogue import catalogue
from base.roles import UPLOAD
from base.words import _
from etl.registry import registry
from ui.frame import go
from ui.looking import looking


def show() -> None:
    """Say what is missing, and lead to where it comes in."""
    look = looking()
    st.title(_("{city}村集体经济清零看板", city=catalogue().city.name))
    st.write(
        _(
            "这里还没有台账。名录里有 {count} 个村级单位，"
            "台账入账后就能看到哪些村没有清零。",
            count=len(registry().villages),
        )
    )
    if look.viewer.may(UPLOAD):
        if st.button(_("去报送"), type="primary"):
            go(look, "report", look.home)
    else:
        st.caption(_("请乡镇和第一书记在「报送」里上传台账，市专班在「审核」里入账。"))
    st.caption(_("管机器的人也可以在命令行载入："))
    name = _("台账.xlsx")
    st.code(f"python -m etl check {name}\npython -m etl load {name}", language="bash")
