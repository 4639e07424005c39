"""What does one income model count besides money, and how does it stand?"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from html import escape
from types import MappingProxyType

import pandas as pd
import streamlit as st

from base.catalogue import Own, Source, catalogue
from base.formats import month, period, wan, yuan
from base.words import _
from charts.figure import PLOTLY_CONFIG
from charts.pairs import Pair, pairs_figure
from queries.source_asked import share_of
from ui.answers import key_of, remember
from ui.frame import has_page, link
from ui.looking import Looking, is_dark
from ui.shown import Tables, answer_of, show_table
from ui.sources_all import per_cent, total_of

_Show = Callable[[Looking, Tables, str, str, Own], None]


def own_quantity(look: Looking, tables: Tables, place: str, source_id: str) -> None:
    """Show a source's own quantity, by the view that `data/sources.toml` names."""
    own = catalogue().sources[source_id].own
    if own is None:
        return
    _VIEWS[own.view](look, tables, place, source_id, own)


def _numbers(numbers: Mapping[str, str]) -> None:
    cells = "".join(
        f"<span>{escape(name)} <b>{escape(value)}</b></span>"
        for name, value in numbers.items()
    )
    st.html(f'<div class="v-pair">{cells}</div>')


def _per_unit(
    look: Looking, tables: Tables, place: str, source_id: str, own: Own
) -> None:
    said = {"source": source_id}
    table = tables["source-per-unit"]
    found = answer_of(look, table, place, said)
    source = catalogue().sources[source_id]
    name = source.quantities[own.quantity].name
    if found.empty:
        st.subheader(own.name)
        st.caption(
            _(
                "今年和去年都没有报{name}。请报分项明细表（数量和金额同一张表）。",
                name=name,
            )
        )
        return
    groups = [rows for _key, rows in found.groupby(["period_end", "item_id"])][::-1]
    _per_unit_head(groups[0], own, name, look.moment.as_of)
    pairs_said = [_per_unit_line(rows, own, source) for rows in groups]
    st.html(
        "".join(f'<div class="v-quiet">{escape(line)}</div>' for line in pairs_said)
    )
    _unit_price(source)
    show_table(look, table, place, said)


def _per_unit_head(rows: pd.DataFrame, own: Own, name: str, as_of: date) -> None:
    each = rows["per_unit_yuan"].dropna()
    end = rows["period_end"].iloc[0]
    st.subheader(
        _(
            "{name}中位数 {each}（{count} 村报，{period}）",
            name=own.name,
            each=yuan(each.median()) if len(each) else _("未知"),
            count=len(each),
            period=period(rows["period_start"].min(), end),
        )
    )
    if end.year < as_of.year:
        st.caption(_("今年还没有报{name}，这是去年的数。", name=name))


def _per_unit_line(rows: pd.DataFrame, own: Own, source: Source) -> str:
    units = rows["quantity_unit"].iloc[0]
    item = source.items.get(str(rows["item_id"].iloc[0]))
    paired = rows[rows["per_unit_yuan"].notna()]
    quantity = paired["quantity"].sum()
    money = total_of(paired["received_yuan"])
    whole = period(rows["period_start"].min(), rows["period_end"].iloc[0])
    return _(
        "{period}{item}：{villages} 村，{quantity} {unit}，到账 {money}，{name} {each}",
        period=whole,
        item=f" {item.name}" if item else "",
        villages=len(paired),
        quantity=f"{quantity:,.1f}".removesuffix(".0"),
        unit=units,
        money=wan(money),
        name=own.name,
        each=yuan(round(money / quantity, 2)) if money and quantity else "–",
    )


def _unit_price(source: Source) -> None:
    if len(source.quantities) > 1:
        names = [one.name for one in source.quantities.values()]
        st.caption(
            _(
                "按到账÷{quantity}算；明细表里自报的{price}不参加计算。",
                quantity=names[0],
                price=names[1],
            )
        )


def _pledges(
    look: Looking, tables: Tables, place: str, source_id: str, own: Own
) -> None:
    said = {"source": source_id}
    found = answer_of(look, tables["source-pledges"], place, said)
    if found.empty:
        st.subheader(_("还没有报认捐的数"))
        return
    both = found[found["received_yuan"].notna()]
    pledged, arrived = total_of(both["due_yuan"]), total_of(both["received_yuan"])
    rate = per_cent(share_of(arrived, pledged))
    st.subheader(
        _(
            "认捐 {due}，到位 {got}，{name} {rate}",
            due=wan(pledged),
            got=wan(arrived),
            name=own.name,
            rate=rate,
        )
    )
    still_open = both[both["open_yuan"] > 0].sort_values(["period_end", "village_code"])
    if len(still_open):
        first = still_open.iloc[0]
        st.markdown(
            _(
                "未到位 {open}，{count} 村；最早的一笔是{town} {village} "
                "{month}以前认捐的，还差 {rest}。",
                open=wan(total_of(still_open["open_yuan"])),
                count=still_open["village_code"].nunique(),
                town=first["township_name"],
                village=first["village_name"],
                month=month(first["period_end"]),
                rest=wan(first["open_yuan"]),
            )
        )
    st.caption(
        _("认捐和到位以同一份明细为准；以后另报的捐款分不清是补缴还是新捐，不冲抵。")
    )
    show_table(look, tables["source-pledges"], place, said)


def _recoveries(
    look: Looking, tables: Tables, place: str, source_id: str, own: Own
) -> None:
    found = answer_of(look, tables["source-recoveries"], place)
    if found.empty:
        st.subheader(_("今年还没有三资清查表"))
        return
    arrears = found[
        found["arrears_due_yuan"].notna() & found["arrears_received_yuan"].notna()
    ]
    due = total_of(arrears["arrears_due_yuan"])
    got = total_of(arrears["arrears_received_yuan"])
    st.subheader(
        _(
            "历年欠款 {due}，已清收 {got}，{name} {rate}",
            due=wan(due),
            got=wan(got),
            name=own.name,
            rate=per_cent(share_of(got, due)),
        )
    )
    let = found[found["relet_due_yuan"].notna() & found["relet_received_yuan"].notna()]
    contracts = found["relet_contracts"].dropna()
    done = int((found["is_complete"].astype("boolean").fillna(False)).sum())
    _numbers(
        {
            _("重新发包合同"): _("{n} 份", n=f"{int(contracts.sum()):,}"),
            _("应增收"): wan(total_of(let["relet_due_yuan"])),
            _("已增收"): wan(total_of(let["relet_received_yuan"])),
            _("清查完成"): _("{done} / {all} 村", done=done, all=len(found)),
        }
    )
    _by_township(look, place, arrears)
    show_table(look, tables["source-recoveries"], place)


def _by_township(look: Looking, place: str, arrears: pd.DataFrame) -> None:
    columns = ["arrears_due_yuan", "arrears_received_yuan"]
    sums = arrears.groupby("township_name")[columns].sum().reset_index()
    if len(sums) < 2:
        return
    ordered = sums.sort_values(columns[0], ascending=False).to_dict("records")
    pairs = [
        Pair(
            row["township_name"],
            row[columns[1]],
            row[columns[0]],
            per_cent(share_of(row[columns[1]], row[columns[0]])),
        )
        for row in ordered
    ]
    dark = is_dark()
    figure = remember(
        key_of(look, place, "arrears", dark),
        lambda: pairs_figure(pairs, _("已清收"), _("应清收欠款"), dark),
    )
    st.plotly_chart(figure, theme=None, config=PLOTLY_CONFIG)


def _rents(look: Looking, tables: Tables, place: str, source_id: str, own: Own) -> None:
    said = {"source": source_id}
    rents = answer_of(look, tables["source-rents"], place, said)
    if rents.empty:
        st.subheader(_("还没有合同台账"))
        return
    both = rents[rents["open_yuan"].notna()]
    short = both[both["open_yuan"] > 0]
    st.subheader(
        _(
            "{count} 村的租金比合同少收 {open}",
            count=len(short),
            open=wan(total_of(short["open_yuan"]) or Decimal(0)),
        )
    )
    soon = answer_of(look, tables["source-expiring"], place, said)
    _numbers(
        {
            _("在期合同"): _("{n} 份", n=f"{int(rents['contract_count'].sum()):,}"),
            _("年租金"): wan(total_of(rents["rent_yuan_per_year"])),
            _("今年已到期应收"): wan(total_of(both["due_yuan"])),
            _("发包到账"): wan(total_of(both["received_yuan"])),
            _("{days} 天内到期", days=own.within_days): _("{n} 份", n=len(soon)),
        }
    )
    st.caption(
        _(
            "应收＝合同上今年已到缴费日的租金；到账＝台账里的发包收入，可能含没有合同的"
            "发包。没有写缴费日、没有报到账的村不算相差。"
        )
    )
    show_table(look, tables["source-rents"], place, said)
    if len(soon):
        st.subheader(
            _("{days} 天内到期的合同", days=own.within_days),
        )
        show_table(look, tables["source-expiring"], place, said)


def _pilots(
    look: Looking, tables: Tables, place: str, source_id: str, own: Own
) -> None:
    found = answer_of(look, tables["source-pilots"], place)
    rows = {row["pilot_level"]: row for row in found.to_dict("records")}
    pilots, others = rows.get("pilots"), rows.get("none")
    if pilots is None or others is None:
        st.subheader(own.name)
        st.caption(_("范围内没有试点村，或没有其他村可比。"))
    else:
        st.subheader(
            _(
                "收入中位数：试点 {count} 村 {pilot}，其他 {rest} 村 {other}",
                count=pilots["village_count"],
                pilot=_median(pilots),
                rest=others["village_count"],
                other=_median(others),
            )
        )
    st.caption(
        _(
            "只是并列摆出，不说明试点带来增收：选试点时条件可能本来就好；"
            "村数少的级别，一两个村就会改变中位数。"
        )
    )
    show_table(look, tables["source-pilots"], place)


def _median(row: Mapping[str, object]) -> str:
    amount = row["median_yuan"]
    return _("未知") if pd.isna(amount) else wan(amount)  # type: ignore[arg-type]


def _elsewhere(
    look: Looking, tables: Tables, place: str, source_id: str, own: Own
) -> None:
    if not has_page(own.page):
        return
    words = {
        "joint": _("持股、分红、多一份份额的作用，见联建项目 →"),
        "solar": _("电站、发电量、电费补贴，见光伏富村 →"),
    }
    link(look, own.page, place, words.get(own.page, own.page))


_VIEWS: Mapping[str, _Show] = MappingProxyType(
    {
        "per_unit": _per_unit,
        "pledges": _pledges,
        "recoveries": _recoveries,
        "rents": _rents,
        "pilots": _pilots,
        "page": _elsewhere,
    }
)
