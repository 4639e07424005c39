"""Will we be at zero at the end of the year, who will not, and how sure is it?"""

from html import escape

import streamlit as st

from base.formats import full_date
from base.words import _
from charts.palette import outlook_word
from charts.year_end import OPEN, calibration_figure, outlook_bars
from queries.forecast import COVERAGE, LIKELY, WATCH, BackTest, Outlook
from reports.tables import TABLES
from ui.answers import key_of, remember
from ui.frame import link, ribbon, scope_note
from ui.looking import Looking, is_dark, looking
from ui.one_of import one_of
from ui.shown import answer_of, show_table
from ui.year_end import at_money, outlook_of

_ALL = ""


def show() -> None:
    """Show how the year may end."""
    look = at_money(looking())
    ribbon(look)
    scope_note(look)
    found = outlook_of(look, look.home)
    st.title(_("年底预测"))
    st.html(f'<div class="v-say">{escape(_sentence(look, found))}</div>')
    st.caption(_("预测不是数据：按已审核的台账和往年规律推算，每月更新。"))
    left, right = st.columns([1.5, 1])
    with left:
        _bars(look, found)
    with right:
        _groups(look, found)
    _villages(look, found)
    _tested(look, found)
    _steady(look)


def _sentence(look: Looking, found: Outlook) -> str:
    now = int((found.villages["standing"] == "remaining").sum())
    if found.remaining is None:
        return _(
            "现在还剩 {now} 村；往年数据太少，还不能预测年底。报满一年后再看。", now=now
        )
    return _(
        "现在还剩 {now} 村；照目前走法，到{day}大约还剩 {mean} 村"
        "（{coverage} 的把握在 {low} 到 {high} 村之间）。",
        now=now,
        day=full_date(look.target.deadline_in(look.moment.as_of.year)),
        mean=round(found.remaining.mean),
        coverage=f"{COVERAGE:.0%}",
        low=found.remaining.low,
        high=found.remaining.high,
    )


def _bars(look: Looking, found: Outlook) -> None:
    remaining = found.villages[found.villages["standing"] == "remaining"]
    doubtful = int((remaining["outlook"] == "at_risk").sum())
    st.subheader(_("未清零的村里，{n} 村照现在走法难过线", n=doubtful))
    dark = is_dark()
    figure = remember(
        key_of(look, look.home, "outlook_bars", dark),
        lambda: outlook_bars(remaining, dark),
    )
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False})


def _groups(look: Looking, found: Outlook) -> None:
    villages = found.villages
    remaining = villages[villages["standing"] == "remaining"]
    falling = villages[
        (villages["standing"] == "met_last_year")
        & villages["outlook"].isin(["watch", "at_risk"])
    ]
    lines = [
        _("{word}：{n} 村", word=outlook_word(code), n=int(n))
        for code in OPEN
        if (n := (remaining["outlook"] == code).sum())
    ]
    lines.append(_("上年达标、今年可能掉线：{n} 村", n=len(falling)))
    st.html(
        '<ul class="v-todo">'
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + "</ul>"
    )
    st.caption(
        _(
            "把握 {likely} 以上为有望，{watch} 到 {likely} 要盯住，再低为难过线。"
            "上年达标的村到年底按全年数再判，掉线的也算未清零。",
            likely=f"{LIKELY:.0%}",
            watch=f"{WATCH:.0%}",
        )
    )
    link(look, "gaps", look.home, _("怎么补缺口 →"))


def _villages(look: Looking, found: Outlook) -> None:
    st.subheader(_("逐村看"))
    words = {code: outlook_word(code) for code in OPEN}
    word = one_of("outlook", _("看哪些村"), {_ALL: _("全部"), **words}, "at_risk")
    table = TABLES["outlook"]
    rows = answer_of(look, table, look.home)
    if word:
        rows = rows[rows["outlook"] == word]
    show_table(look, table, look.home, rows=rows, key=word)


def _tested(look: Looking, found: Outlook) -> None:
    tested = found.tested
    st.subheader(_test_title(found))
    if tested.scores.empty:
        st.caption(
            _("还没有可检验的往年：每一年要有前一年的数，也要有更早的预测误差。")
        )
        return
    left, right = st.columns([1.15, 1])
    with left:
        _scores(tested)
    with right:
        st.markdown(_("**说几成把握，是不是真有几成过线**"))
        dark = is_dark()
        figure = remember(
            key_of(look, look.home, "calibration", dark),
            lambda: calibration_figure(tested.calibration, dark),
        )
        st.plotly_chart(figure, theme=None, config={"displayModeBar": False})
        st.caption(_("在虚线上就是说到做到；空心点不足 5 村，不足为凭。"))


def _test_title(found: Outlook) -> str:
    if found.tested.scores.empty:
        return _("预测准不准：还没有往年可比")
    return {
        "own": _("预测准不准：往年同月检验，好过两种简单算法"),
        "line": _("预测准不准：往年同月检验，直线外推更好，现用直线外推"),
        "last": _("预测准不准：往年同月检验，照去年全年更好，现用去年数"),
    }[found.rule]


def _scores(tested: BackTest) -> None:
    columns = {
        "year_no": _("年"),
        "village_count": _("检验村数"),
        "own": _("本方法"),
        "line": _("直线外推"),
        "last": _("去年全年"),
    }
    scores = tested.scores.rename(columns=columns).set_index(_("年"))
    st.dataframe(scores.style.format("{:.3f}", subset=list(columns.values())[2:]))
    said = [
        _(
            "{year}年：当时会说剩 {mean} 村（{low}–{high}），实际 {remaining} 村",
            year=int(row.year_no),
            mean=round(row.mean),
            low=int(row.low),
            high=int(row.high),
            remaining=int(row.remaining),
        )
        for row in tested.ranges.itertuples(index=False)
    ]
    st.caption(
        _(
            "数是布里尔评分，越小越准。只检验名单上、当时还没过线的村，"
            "三种算法用同样的办法配上各自往年的误差。"
            "回测只移动截止日，用的是现在所知的报表。"
        )
    )
    st.caption(" · ".join(said))
    if tested.widening > 1:
        st.caption(
            _("往年的区间偏窄，今年的区间已放宽到 {n} 倍。", n=f"{tested.widening:.1f}")
        )


def _steady(look: Looking) -> None:
    table = TABLES["steady"]
    rows = answer_of(look, table, look.home)
    only = int(rows["is_one_off_only"].sum())
    st.subheader(
        _(
            "明年可能返零：{only} 村靠一次性收入过线，{ending} 村合同到期后不够线",
            only=only,
            ending=len(rows) - only,
        )
    )
    show_table(look, table, look.home)
    st.subheader(_("三种口径对照：目标用经营性收入，另两种要扣成本"))
    show_table(look, TABLES["measures"], look.home)
