"""What do pages say of solar plants: a sentence, a few numbers, one plant's year?"""

from collections.abc import Iterable
from decimal import Decimal
from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import full_date, listed, month, wan
from base.solar import Bounds, solar_rules
from base.words import _
from charts.figure import PLOTLY_CONFIG
from charts.palette import plant_colour, plant_sign, plant_word, surface
from charts.plant_year import AGE_WORDS, PART_WORDS, arrears_by_age, plant_year
from queries.plant_sums import Summary, plant_list, summary
from queries.plants import LOOK_AT, plant_months
from ui.answers import answer, key_of, remember
from ui.bits import badge
from ui.frame import has_page, link
from ui.looking import Looking, is_dark
from ui.shared import shared

_NAMED = 3


def months_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return what each plant of a place made month by month, and how it is judged."""
    return shared(look, place_code, _all_months)


def _all_months(look: Looking, place_code: str) -> pd.DataFrame:
    found: pd.DataFrame = remember(
        key_of(look, place_code, "plant_months", is_figure=True),
        lambda: plant_months(look.store, look.within(place_code), look.moment),
    )
    return found


def _all_households(look: Looking, place_code: str) -> pd.DataFrame:
    return answer(look, place_code, "solar/households")


def arrears_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return what is open for the energy of each plant of a place, by age."""
    return shared(
        look, place_code, lambda one, code: answer(one, code, "solar/arrears")
    )


def plants_of(look: Looking, place_code: str) -> pd.DataFrame:
    """Return the plants of a place, one row each, those to look at first."""
    found: pd.DataFrame = remember(
        key_of(look, place_code, "plants"),
        lambda: plant_list(
            months_of(look, place_code),
            arrears_of(look, place_code),
            shared(look, place_code, _all_households),
        ),
    )
    return found


def summary_of(look: Looking, place_code: str) -> Summary:
    """Return what is to be said of a place's plants."""
    return summary(plants_of(look, place_code), arrears_of(look, place_code))


def said(look: Looking, found: Summary) -> str:
    """Return the one sentence about a place's plants."""
    parts = [
        _(
            "截至{month}，{n} 座村级光伏电站并网",
            month=month(look.moment.as_of),
            n=found.plants,
        )
    ]
    names = [
        f"{row.township_name}{row.village_name}" for row in found.looked_at.itertuples()
    ]
    if names:
        told = listed(names[:_NAMED])
        if len(names) > _NAMED:
            told = _("{names}等", names=told)
        parts.append(_("这个月有 {n} 座要去看：{names}", n=len(names), names=told))
    elif found.unknown < found.plants:
        parts.append(_("这个月有数的都正常"))
    if found.unknown:
        parts.append(_("{n} 座没有数", n=found.unknown))
    parts.append(_owed(found))
    return _("，").join(parts) + _("。")


def _owed(found: Summary) -> str:
    if found.subsidy_open_yuan is None:
        return _("补贴到账没有报，欠多少不知道")
    return _("补贴还有 {amount}没到", amount=wan(found.subsidy_open_yuan))


def _late(found: Summary) -> str:
    if found.subsidy_late_yuan is None:
        return _("没有报过实付")
    if not found.subsidy_late_yuan:
        return _("没有满6个月的")
    return _("其中满6个月的 {amount}", amount=wan(found.subsidy_late_yuan))


def cards(found: Summary, months: pd.DataFrame) -> None:
    """Show four numbers: plants, those to look at, hours of the month, subsidy open."""
    last = months[months["period_start"] == months["period_start"].max()]
    middle = last["full_load_hours"].median()
    lost = months["lost_yuan"].dropna()
    entries = [
        (
            _("并网电站"),
            _("{n} 座", n=found.plants),
            _("共 {kw} 千瓦", kw=f"{float(found.capacity_kw):,.10g}"),
        ),
        (
            _("这个月要看"),
            _("{n} 座", n=len(found.looked_at)),
            _(
                "疑似停机 {n}，没有数 {unknown}；近 {months} 个月有过异常 {ever} 座",
                n=found.outages,
                unknown=found.unknown,
                months=solar_rules().months,
                ever=found.ever_looked_at,
            ),
        ),
        (
            _("满发小时（中位数）"),
            "–" if pd.isna(middle) else _("{n} 小时", n=f"{middle:.0f}"),
            _("异常月份少收约 {amount}", amount=wan(Decimal(sum(lost)))),
        ),
        (
            _("补贴未到"),
            wan(found.subsidy_open_yuan),
            _late(found),
        ),
    ]
    blocks = "".join(
        f'<div class="v-card"><div class="v-h">{escape(heading)}</div>'
        f'<div class="v-amount">{escape(number)}</div>'
        f'<div class="v-quiet">{escape(note)}</div></div>'
        for heading, number, note in entries
    )
    columns = "grid-template-columns:repeat(auto-fit,minmax(170px,1fr))"
    st.html(f'<div class="v-grid" style="{columns}">{blocks}</div>')


def one_plant(look: Looking, village_code: str) -> None:
    """Show a plant: its months against peers and light, and its money."""
    months = months_of(look, village_code)
    row = plants_of(look, village_code).iloc[0]
    arrears = arrears_of(look, village_code)
    st.subheader(
        _(
            "{town} {village}：{say}",
            town=row["township_name"],
            village=row["village_name"],
            say=_of_the_month(row),
        )
    )
    facts = [badge(plant_word(row["state"]), surface(is_dark()).text), *_facts(row)]
    pairs = "".join(f"<span>{one}</span>" for one in facts)
    st.html(f'<div class="v-pair">{pairs}</div>')
    left, right = st.columns([1.5, 1])
    dark = is_dark()
    with left:
        figure = remember(
            key_of(look, village_code, "plant_year", dark),
            lambda: plant_year(months, dark),
        )
        st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG, key="plant_year")
    with right:
        st.markdown(f"**{owed_words(arrears)}**")
        figure = remember(
            key_of(look, village_code, "plant_arrears", dark),
            lambda: arrears_by_age(arrears, dark),
        )
        st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG, key="plant_arrears")


def _of_the_month(plant: pd.Series) -> str:
    if pd.isna(plant["full_load_hours"]):
        return plant_word(plant["state"])
    hours = f"{plant['full_load_hours']:.0f}"
    if pd.isna(plant["peers_share"]):
        return _("这个月满发 {hours} 小时", hours=hours)
    return _(
        "这个月满发 {hours} 小时，为同类的 {share}",
        hours=hours,
        share=f"{plant['peers_share']:.0%}",
    )


def _facts(plant: pd.Series) -> Iterable[str]:
    if not pd.isna(plant["capacity_kw"]):
        yield escape(_("装机 {kw} 千瓦", kw=f"{float(plant['capacity_kw']):g}"))
    if not pd.isna(plant["commissioned_date"]):
        yield escape(_("{day}并网", day=full_date(plant["commissioned_date"])))
    if not pd.isna(plant["expected_share"]):
        share = f"{plant['expected_share']:.0%}"
        yield escape(_("为理论值的 {share}（假设）", share=share))
    yield escape(_per_household(plant))


def _per_household(plant: pd.Series) -> str:
    if pd.isna(plant["household_count"]):
        return _("每户受益：缺户数")
    if plant["per_household_yuan"] is None:
        return _("{n} 户受益，今年到账没有报", n=int(plant["household_count"]))
    return _(
        "今年到账每户 {yuan} 元（{n} 户）",
        yuan=f"{plant['per_household_yuan']:,.0f}",
        n=int(plant["household_count"]),
    )


def owed_words(arrears: pd.DataFrame) -> str:
    """Return what is open by part, and since when the oldest of it."""
    known = arrears[arrears["open_yuan"].notna()].set_index("part")
    if known.empty:
        return _("应收或到账没有报，欠多少不知道")
    words = [
        _("{part} {amount}", part=_(PART_WORDS[part]), amount=wan(amount))
        for part, amount in known["open_yuan"].items()
        if amount
    ]
    oldest = [age for age in AGE_WORDS if known[age].sum() > 0]
    if not oldest:
        return _("电费和补贴都没有欠款")
    return _(
        "没到的：{words}；最早的已欠{age}",
        words=listed(words),
        age=_(AGE_WORDS[oldest[-1]]),
    )


def plant_box(look: Looking, village_code: str) -> None:
    """Show on a village's own page how its plant does; nothing where it has none."""
    months = months_of(look, village_code)
    if months.empty:
        return
    row = plants_of(look, village_code).iloc[0]
    st.subheader(_("光伏电站：{say}", say=_of_the_month(row)))
    dark = is_dark()
    cells = "".join(
        f'<div class="v-month" style="border-color:{plant_colour(one.state, dark)}" '
        f'title="{escape(month(one.period_start))} {escape(plant_word(one.state))}">'
        f"<b>{one.period_start:%y-%m}</b>"
        f"{plant_sign(one.state)} {_share_text(one.peers_share)}</div>"
        for one in months.itertuples()
    )
    owed = owed_words(arrears_of(look, village_code))
    note = escape(_("每格：状态和为同类电站的百分之几。{owed}。", owed=owed))
    st.html(f'<div class="v-months">{cells}</div><div class="v-quiet">{note}</div>')
    if row["looked_at_months"]:
        bad = months[months["state"].isin(LOOK_AT)]
        st.caption(
            _(
                "异常月份：{months}。请联系维护单位，并在一村一档里核对电量。",
                months=listed(month(day) for day in bad["period_start"]),
            )
        )
    if has_page("solar"):
        link(look, "solar", village_code, _("看光伏富村 →"))


def _share_text(share: float) -> str:
    return "" if pd.isna(share) else f"{share:.0%}"


def rule_words() -> list[str]:
    """Return by what plants are judged, and what of it nobody has confirmed."""
    rules = solar_rules()
    price = catalogue().solar_prices[-1]
    return [
        _(
            "◆ 疑似停机：发电不到同类电站的 {peers_outage}，或不到理论值的 "
            "{light_outage}；△ 偏弱：不到同类的 {peers_weak}，或不到理论值的 "
            "{light_weak}。两项取重。没有报数是「没有数」，不当作零。",
            **_bounds("peers", rules.bounds.peers),
            **_bounds("light", rules.bounds.expected),
        ),
        _(
            "同类：同一个月、每千瓦每天发电量的中位数；本乡镇有数的电站不足 {n} 座时用"
            "全县（市）。首月按并网日期折算天数。",
            n=rules.least_peers,
        ),
        _(
            "理论值是假设：晴空光照（朝南、倾角 {tilt}°）× 晴朗程度 × 系统效率 "
            "{ratio}，不含实际天气，只作旁证。",
            tilt=f"{rules.light.tilt_deg:g}",
            ratio=f"{rules.yield_.performance_ratio:.0%}",
        ),
        _(
            "未到的钱：已到账的先冲最早的月份；账龄按发电月份算。少收按每度 {price} "
            "元估算。",
            price=f"{price.benchmark_yuan_per_kwh + price.subsidy_yuan_per_kwh}",
        ),
        _("规则和假设都待市里确认（data/solar.toml）。") if not rules.confirmed else "",
    ]


def _bounds(prefix: str, bounds: Bounds) -> dict[str, str]:
    return {
        f"{prefix}_weak": f"{bounds.weak:.0%}",
        f"{prefix}_outage": f"{bounds.outage:.0%}",
    }
