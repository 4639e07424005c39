"""What belongs to a village: attributes, people, shares, contracts, inventory?"""

from datetime import date
from decimal import Decimal
from html import escape

import pandas as pd
import streamlit as st

from base.catalogue import catalogue
from base.formats import full_date, period, yuan
from base.words import _
from ui.answers import answer, known_of
from ui.bits import yuan_or_dash
from ui.looking import Looking

_MARKS = (
    "terrain",
    "pilot_level",
    "poor_village",
    "exit_year",
    "solar_capacity_kw",
    "solar_households",
)


def attributes_of(look: Looking, village_code: str) -> None:
    """Show what is known of a village besides money, and what nobody has checked."""
    row = known_of(look, village_code)
    entries = catalogue()
    words = []
    for attribute_id in _MARKS:
        value = row[attribute_id]
        if pd.isna(value) or value in ("none", "no"):
            continue
        attribute = entries.attributes[attribute_id]
        shown = f"{value:g}" if isinstance(value, (float, Decimal)) else str(value)
        said = attribute.names.get(shown) or f"{attribute.name} {shown}"
        stem = attribute_id.removesuffix("_kw")
        unchecked = escape(_("待核"))
        doubt = "" if row[f"is_{stem}_checked"] else f"<i>{unchecked}</i>"
        title = escape(str(row[f"{stem}_evidence"] or ""))
        mark = f'<span class="v-mark" title="{title}">{escape(said)}{doubt}</span>'
        words.append(mark)
    if words:
        st.html(f'<div class="v-marks">{"".join(words)}</div>')


def people_of(look: Looking, village_code: str) -> None:
    """Show who answers for a village, and which duties nobody bears."""
    entries = catalogue()
    duties = [one for one, duty in entries.duties.items() if duty.is_required]
    found = answer(
        look,
        village_code,
        "village/people",
        village_code=village_code,
        duties=tuple(duties),
    )
    st.subheader(_("谁负责"))
    if found.empty:
        st.caption(_("还没有已审核的帮扶责任表。"))
        return
    order = list(entries.duties)
    shown = found.assign(place=found["duty_id"].map(order.index)).sort_values("place")
    st.dataframe(
        pd.DataFrame(
            {
                _("责任"): [entries.duties[one].name for one in shown["duty_id"]],
                _("责任人"): [
                    _("× 空缺") if row.is_vacant else _holder(row)
                    for row in shown.itertuples()
                ],
                _("起"): [_day(row.valid_from_date) for row in shown.itertuples()],
                _("出处"): [_place_of(row) for row in shown.itertuples()],
            }
        ),
        hide_index=True,
    )


def _holder(row: object) -> str:
    name = str(getattr(row, "holder_name", "") or "")
    organisation = str(getattr(row, "organisation_name", "") or "")
    is_same = organisation in ("", name)
    return name if is_same else _("{name}（{of}）", name=name, of=organisation)


def _day(day: object) -> str:
    return full_date(day) if isinstance(day, date) and not pd.isna(day) else "–"


def _place_of(row: object, prefix: str = "") -> str:
    parts = [getattr(row, f"{prefix}{name}") for name in ("file_name", "sheet", "cell")]
    return " ".join(str(part) for part in parts if isinstance(part, str) and part)


def projects_of(look: Looking, village_code: str) -> None:
    """Show the joint projects in which a village holds shares, and its own part."""
    found = answer(look, village_code, "village/projects", village_code=village_code)
    if found.empty:
        return
    names = answer(look, look.home, "places/names").set_index("village_code")
    entries = catalogue()
    st.subheader(_("联建项目：持股和分到的收入"))
    st.dataframe(
        pd.DataFrame(
            {
                _("项目"): found["project_name"],
                _("类型"): found["source_id"].map(entries.source_name),
                _("承办"): [_manager(code, names) for code in found["managing_code"]],
                _("份额"): [f"{share:f}%" for share in _normal(found["share_pct"])],
                _("期间"): [
                    period(row.period_start, row.period_end)
                    if isinstance(row.period_start, date)
                    else _("今年还没有报")
                    for row in found.itertuples()
                ],
                _("项目到账"): found["project_received_yuan"].map(yuan_or_dash),
                _("本村分得"): found["own_received_yuan"].map(yuan_or_dash),
                _("收入出处"): [_place_of(r, "income_") for r in found.itertuples()],
                _("份额出处"): [_place_of(r, "share_") for r in found.itertuples()],
            }
        ),
        hide_index=True,
    )


def _mu(area: object) -> str:
    return "–" if pd.isna(area) else _("{mu} 亩", mu=f"{area:,.2f}")


def _normal(shares: pd.Series) -> list[object]:
    return [share.normalize() for share in shares]


def _manager(code: object, names: pd.DataFrame) -> str:
    if code not in names.index:
        return str(code)
    row = names.loc[code]
    return f"{row['township_name']} {row['village_name']}"


def contracts_of(look: Looking, village_code: str) -> None:
    """Show the contracts that run, the first to end at the top."""
    found = answer(look, village_code, "village/contracts", village_code=village_code)
    if found.empty:
        return
    rents = found["rent_yuan_per_year"].dropna()
    st.subheader(
        _("合同 {n} 份，每年应收 {rent}", n=len(found), rent=yuan(rents.sum() or None))
    )
    st.dataframe(
        pd.DataFrame(
            {
                _("对方"): found["party_name"],
                _("标的"): found["subject_name"],
                _("到期"): [_day(row.end_date) for row in found.itertuples()],
                _("年租金"): found["rent_yuan_per_year"].map(yuan_or_dash),
                _("应缴日"): found["due_days"].fillna(""),
                _("出处"): [_place_of(row) for row in found.itertuples()],
            }
        ),
        hide_index=True,
        height=min(38 + 35 * len(found), 290),
    )


def inventory_of(look: Looking, village_code: str) -> None:
    """Show how far the inventory of funds, assets and resources is."""
    found = answer(look, village_code, "village/inventory", village_code=village_code)
    st.subheader(_("三资清查"))
    if found.empty:
        st.caption(_("还没有已审核的三资清查表。"))
        return
    row = found.iloc[0]
    state = _("√ 已完成") if row["is_complete"] else _("… 进行中")
    day = _day(row["completed_date"])
    parts = [state if day == "–" else f"{state} {day}"]
    parts += [
        _("资金 {yuan}", yuan=yuan_or_dash(row["funds_yuan"])),
        _("资产 {yuan}", yuan=yuan_or_dash(row["assets_yuan"])),
        _("资源 {area}", area=_mu(row["resources_mu"])),
    ]
    st.markdown(" · ".join(parts))
    st.caption(
        _(
            "截至{period}；出自 {place}",
            period=period(row["period_start"], row["period_end"]),
            place=_place_of(row),
        )
    )
