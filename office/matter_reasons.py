"""Why did a rule hit? Said in words, from the figures that its query returned."""

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pandas as pd

from base.catalogue import catalogue
from base.formats import full_date, listed, period, share, wan, yuan
from base.formats import month as month_text
from base.words import _

Row = Mapping[Hashable, Any]


def reason_of(query: str, row: Row) -> str:
    """Return why a query returned a row.

    Args:
        query: of a rule: `checks/above_line`.
        row: as its file states.
    """
    return _SAID[query](row)


def _above_line(row: Row) -> str:
    return _(
        "今年累计 {amount}，刚过线：线上一小段有 {above} 个村，线下同样一段只有 "
        "{below} 个村",
        amount=wan(row["amount_yuan"]),
        above=row["above_count"],
        below=row["below_count"],
    )


def _round_numbers(row: Row) -> str:
    return _(
        "今年台账 {count} 个数里有 {round} 个是整千",
        count=row["told_count"],
        round=row["round_count"],
    )


def _same_amounts(row: Row) -> str:
    span = period(row["first_date"], row["last_date"])
    names = row["other_names"]
    if pd.isna(names):
        return _(
            "{span}的 {count} 个数与外镇（街）{others} 个村完全相同",
            span=span,
            count=row["told_count"],
            others=row["other_count"],
        )
    return _(
        "{span}的 {count} 个数与{names}完全相同",
        span=span,
        count=row["told_count"],
        names=listed(names.split(",")),
    )


def _december_jump(row: Row) -> str:
    return _(
        "{year}年{source}有 {share} 是十二月一个月的，这类收入平常是 {usual}",
        year=row["told_year"],
        source=_source(row),
        share=_share(row["december_share"]),
        usual=_share(row["usual_share"]),
    )


def _month_jump(row: Row) -> str:
    return _(
        "{month}{source} {amount}，以往 {count} 个月最多 {most}",
        month=month_text(row["last_date"]),
        source=_source(row),
        amount=yuan(row["amount_yuan"]),
        count=row["past_count"],
        most=yuan(row["most_yuan"]),
    )


def _split_payment(row: Row) -> str:
    parts = {
        "one": yuan(row["one_yuan"]),
        "other": yuan(row["other_yuan"]),
        "total": yuan(row["amount_yuan"]),
    }
    if row["pair_kind"] == "contracts":
        return _(
            "与{party}的两份合同：{one} 加 {other}，正好 {total}",
            party=row["party_name"],
            **parts,
        )
    return _(
        "{source}相邻两个月 {one} 加 {other}，正好 {total}，前后再无进账",
        source=_source(row),
        **parts,
    )


def _no_project(row: Row) -> str:
    parts = {"source": _source(row), "amount": wan(row["amount_yuan"])}
    if row["is_plant"]:
        return _("台账有{source}收入 {amount}，查不到这个村的电站", **parts)
    return _("台账有{source}收入 {amount}，查不到这个村的份额", **parts)


def _statements_differ(row: Row) -> str:
    entries = catalogue()
    return _(
        "{span}{source}：{one}写 {amount}，{other}写 {told}",
        span=period(row["period_start"], row["period_end"]),
        source=_source(row),
        one=entries.statements[row["statement"]].name,
        amount=_stated(row["one_amount_yuan"]),
        other=entries.statements[row["other_statement"]].name,
        told=_stated(row["other_amount_yuan"]),
    )


def _gap_large(row: Row) -> str:
    return _(
        "到{month}只有 {amount}，照去年剩下几个月再来 {rest}，也够不着线",
        month=month_text(row["last_date"]),
        amount=wan(row["so_far_yuan"]),
        rest=wan(row["rest_yuan"]),
    )


def _falling_months(row: Row) -> str:
    return _(
        "最近三个月台账 {now}，去年这三个月 {before}，月月都少",
        now=wan(row["now_yuan"]),
        before=wan(row["before_yuan"]),
    )


def _below_last_year(row: Row) -> str:
    return _(
        "今年到{month} {now}，去年同期 {before}",
        month=month_text(row["last_date"]),
        now=wan(row["now_yuan"]),
        before=wan(row["before_yuan"]),
    )


def _contract_ending(row: Row) -> str:
    return _(
        "{subject}（{party}承租）{day}到期，年租金 {rent}",
        subject=_or(row["subject_name"], _("标的没写")),
        party=_or(row["party_name"], _("某方")),
        day=full_date(row["end_date"]),
        rent=_stated(row["amount_yuan"]),
    )


def _no_report(row: Row) -> str:
    return _(
        "{count} 份报表逾期，最早的是{month}",
        count=row["paper_count"],
        month=month_text(row["first_date"]),
    )


def _plant_down(row: Row) -> str:
    return _(
        "{month}每千瓦发电 {hours} 度，同月电站的中位数是 {usual} 度",
        month=month_text(row["last_date"]),
        hours=f"{row['full_load_hours']:.0f}",
        usual=f"{row['usual_hours']:.0f}",
    )


def _source(row: Row) -> str:
    return catalogue().source_name(str(row["source_id"]))


def _share(part: float) -> str:
    return share(round(1000 * part), 1000)


def _or(said: str | None, otherwise: str) -> str:
    return otherwise if pd.isna(said) or not said else str(said)


def _stated(amount: Decimal | None) -> str:
    return _("没写") if pd.isna(amount) else yuan(amount)


_SAID: Mapping[str, Callable[[Row], str]] = MappingProxyType(
    {
        "checks/above_line": _above_line,
        "checks/round_numbers": _round_numbers,
        "checks/same_amounts": _same_amounts,
        "checks/december_jump": _december_jump,
        "checks/month_jump": _month_jump,
        "checks/split_payment": _split_payment,
        "checks/no_project": _no_project,
        "checks/statements_differ": _statements_differ,
        "checks/gap_large": _gap_large,
        "checks/falling_months": _falling_months,
        "checks/below_last_year": _below_last_year,
        "checks/contract_ending": _contract_ending,
        "checks/no_report": _no_report,
        "checks/plant_down": _plant_down,
    }
)
