"""Which workstreams has the strategy "369", who leads them, and how far are they?"""

from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.roles import ASSIGN, CONVENE, MEETINGS
from base.strategy import Item, strategy
from base.words import _
from office.strategy import ORIGIN, below, edit, works
from ui.action_form import action_line, begin_form, place_words
from ui.answers import actions_of, key_of, progress_of, remember
from ui.doing import do
from ui.frame import link, ribbon, told
from ui.looking import Looking, looking


def show() -> None:
    """Show the tree of workstreams; one that is chosen can be edited and acted on."""
    look = looking(may=MEETINGS)
    ribbon(look)
    told()
    whole = strategy()
    items = [work.item for work in works(look.store, look.viewer, look.moment.known_at)]
    actions = actions_of(look, look.home)
    undone = actions[actions["is_undone"].astype(bool)]
    st.title(whole.name)
    if not whole.confirmed:
        st.warning(
            _(
                "待市里填写：{evidence}已填 {named} 项，共 {count} 项。",
                evidence=whole.evidence,
                named=len([item for item in items if item.name]),
                count=len(items),
            )
        )
    tops = [item for item in items if not item.parent]
    for column, top in zip(st.columns(max(len(tops), 1)), tops, strict=False):
        with column, st.container(border=True):
            _branch(look, top, items, undone)
    _chosen(look, items, undone)
    st.caption(_("改动按日期记下，不改文件；要并入文件请运行：python -m etl strategy"))


def _called(item: Item) -> str:
    return _("{id} {name}", id=item.id, name=item.name or _("（待市里填写）"))


def _branch(look: Looking, top: Item, items: list[Item], undone: pd.DataFrame) -> None:
    """Show one of the three, with those of the six and the nine below it."""
    st.html(
        f'<div class="v-h">{escape(_called(top))}</div>'
        f'<div class="v-quiet">{escape(_about(top, undone))}</div>'
    )
    _targets(look, top)
    for item in below(items, top.id):
        st.html(
            f"<b>{escape(_called(item))}</b>"
            f'<div class="v-quiet">{escape(_about(item, undone))}</div>'
        )
        _targets(look, item)


def _targets(look: Looking, item: Item) -> None:
    for target in catalogue().targets:
        if target.id in item.targets:
            seen = look.at_target(target)
            count = progress_of(seen, look.home).remaining
            label = _("{target}：还剩 {n} 村 →", target=target.name, n=count)
            link(seen, "overview", look.home, label)


def _about(item: Item, undone: pd.DataFrame) -> str:
    count = int((undone["origin"] == f"{ORIGIN}{item.id}").sum())
    parts = [
        _("牵头：{owner}", owner=item.owner or _("待填")),
        _("未办结督办 {n} 项", n=count),
    ]
    if item.note:
        parts.append(item.note)
    return _("；").join(parts)


def _chosen(look: Looking, items: list[Item], undone: pd.DataFrame) -> None:
    """Let one workstream be chosen: its actions, and what may be said of it."""
    by_id = {item.id: item for item in items}
    asked = str(st.query_params.get("work", ""))
    chosen = st.selectbox(
        _("看一项：督办、修改"),
        list(by_id),
        index=list(by_id).index(asked) if asked in by_id else None,
        format_func=lambda one: _called(by_id[one]),
        placeholder=_("选一个工作项"),
    )
    if chosen is None:
        return
    st.query_params["work"] = chosen
    item = by_id[chosen]
    own = undone[undone["origin"] == f"{ORIGIN}{chosen}"]
    for row in own.itertuples():
        st.text(action_line(row))
    if own.empty:
        st.caption(_("这一项还没有未办结的督办事项。"))
    else:
        link(look, "actions", look.home, _("办理、看经过 →"))
    if look.viewer.may(ASSIGN):
        with st.expander(_("新建督办事项")):
            _begin(look, item)
    if look.viewer.may(CONVENE):
        with st.expander(_("改这一项")):
            _edit(look, item)


def _begin(look: Looking, item: Item) -> None:
    words: dict[str, str] = remember(
        key_of(look, look.home, "action_places"), lambda: place_words(look)
    )
    place = st.selectbox(
        _("哪个镇（街）或村"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder=_("输入村名或乡镇"),
        key=f"work_place_{item.id}",
    )
    if place is not None:
        begin_form(look, place, (item.name,) if item.name else (), ORIGIN + item.id)


def _edit(look: Looking, item: Item) -> None:
    targets = {target.id: target.name for target in catalogue().targets}
    with st.form(f"work_{item.id}", border=False):
        name = st.text_input(_("名称"), value=item.name)
        owner = st.text_input(_("牵头单位或人"), value=item.owner)
        note = st.text_input(_("说明"), value=item.note)
        linked = st.multiselect(
            _("看哪些目标"),
            list(targets),
            default=list(item.targets),
            format_func=targets.__getitem__,
            placeholder=_("选一个或几个"),
        )
        if not st.form_submit_button(_("保存")):
            return
    told_of = {"name": name, "owner": owner, "note": note, "targets": tuple(linked)}
    changed = item.model_copy(update=told_of)
    do(look, lambda at: edit(look.store, look.viewer, changed, at), _("已保存。"))
