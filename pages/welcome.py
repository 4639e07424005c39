"""What can be done with an empty system?"""

import streamlit as st

from base.catalogue import catalogue
from base.roles import DECIDE
from base.words import _
from etl.demo.run import TO_MONTH, load_demo
from etl.registry import registry
from ui.looking import looking


def show() -> None:
    """Offer the demonstration, and say how real files come in."""
    look = looking()
    st.title(_("{city}村集体经济清零看板", city=catalogue().city.name))
    st.write(
        _(
            "这里还没有台账。名录里有 {count} 个村级单位，"
            "载入台账后就能看到哪些村没有清零。",
            count=len(registry().villages),
        )
    )
    if not look.viewer.may(DECIDE):
        st.caption(_("台账由第一书记或镇（街）报送，市专班接收后入账。"))
        return
    st.subheader(_("先看看演示"))
    st.write(_("演示数据全部虚构，约需一分钟；有真实数据后不能再载入演示。"))
    if st.button(_("载入演示数据"), type="primary"):
        with st.status(_("正在载入演示数据……"), expanded=True) as status:
            load_demo(TO_MONTH, status.write, look.store)
        st.rerun()
    st.caption(_("也可以在命令行运行："))
    st.code("python -m etl demo", language="bash")
    st.subheader(_("载入自己的台账"))
    name = _("台账.xlsx")
    st.code(f"python -m etl check {name}\npython -m etl load {name}", language="bash")
