"""By which rules are places ranked, coloured and scored? In words, from the data."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from base.assessment import Band, assessment
from base.formats import listed, share
from base.words import _
from charts.palette import band_word


def rank_rule() -> str:
    """Return how ranks are given."""
    return _(
        "清零名次按清零率（名单村中已清零的占比）；进步名次按本月进步"
        "（本月新清零减退回线下的村，除以名单村）。名单村不足 {n} 个的只列不排；"
        "名次只在您能看的范围内排，并列的同名次。报表完整率只数镇、村自报的报表。同名同单位的第一书记算一人。",
        n=assessment().fewest_villages,
    )


def band_rules(passed: Decimal) -> list[str]:
    """Return what green, yellow and red take, and how far the year is."""
    lines = [
        _(
            "进度＝清零率÷今年已过的时间（到所看的日子为 {passed}）；缺的数不作条件。",
            passed=f"{passed:.0%}",
        )
    ]
    for band in assessment().bands:
        lines.append(
            _("{band}：{rule}。", band=band_word(band.id), rule=_conditions(band))
        )
    return lines


def _conditions(band: Band) -> str:
    told = []
    if band.pace_at_least is not None:
        told.append(_("进度不低于 {n}", n=f"{band.pace_at_least:.0%}"))
    if band.papers_at_least is not None:
        told.append(_("报表完整率不低于 {n}", n=f"{band.papers_at_least:.0%}"))
    if band.overdue_at_most is not None:
        told.append(_("逾期事项不超过 {n} 项", n=band.overdue_at_most))
    if band.fallen_at_most is not None:
        told.append(_("退回线下不超过 {n} 村", n=band.fallen_at_most))
    return listed(told) if told else _("其余")


def score_rules(kind: str) -> None:
    """Show how scores are made: the rule in words and the indicators as a table."""
    st.caption(
        _(
            "口径待确认。每项得分＝满分×（占比−零分线）÷（满分线−零分线），在零分和满分之间；"
            "总分按权重平均，满分 100。没有数据的指标不计分（不是零分），"
            "其余指标的权重按比例放大。只在显示时四舍五入到一位小数；"
            "名单村不足 {n} 个的不排名，同分同名次。",
            n=assessment().fewest_villages,
        )
    )
    chains = assessment().chains
    rows = [
        (
            chains[one.chain],
            one.name,
            one.measures,
            f"{one.zero_at:.0%}",
            f"{one.full_at:.0%}",
            str(one.full_marks),
            f"{one.weight:f}",
            _("已确认") if one.confirmed else _("口径待确认"),
        )
        for one in assessment().applying(kind)
    ]
    headings = [_("责任链条"), _("指标"), _("怎么算"), _("零分线"), _("满分线")]
    headings += [_("满分"), _("权重"), _("口径")]
    st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True)


def share_words(part: int, whole: int) -> str:
    """Return a share with what it is of: 87%（13/15）."""
    return _(
        "{share}（{part}/{whole}）", share=share(part, whole), part=part, whole=whole
    )
