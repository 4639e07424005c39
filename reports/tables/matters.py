"""What is worth a second look or a warning, what lies behind, who is looked at?"""

from datetime import date
from typing import Any

import pandas as pd

import queries
from base.catalogue import catalogue
from base.formats import period
from base.number import number_in
from base.rules import CHECK, WARNING, rule_name, state_told
from base.words import _, mark
from charts.palette import state_word
from office.hits import hit_of
from office.matters import CHANGED, STILL, matters
from office.spot_checks import MOST, sample
from queries.table import Asked, Column, Table
from reports.tables.villages import SOURCE, TOWNSHIP, VILLAGE

# How many villages are drawn where nobody says how many.
USUAL_COUNT = 10
_AGAIN = {CHANGED: mark("再次出现：数变了"), STILL: mark("说已更正，数仍在")}


def _checks(asked: Asked) -> pd.DataFrame:
    return _told(asked, CHECK)


def _warnings(asked: Asked) -> pd.DataFrame:
    return _told(asked, WARNING)


def _told(asked: Asked, kind: str) -> pd.DataFrame:
    found = matters(asked.store, asked.viewer, asked.moment, kind)
    words = [_(_AGAIN[again]) if again else "" for again in found["again"]]
    late = [_("已过期") if is_late else "" for is_late in found["is_overdue"]]
    remarks = [
        _("；").join(part for part in parts if part)
        for parts in zip(late, words, found["note"], strict=True)
    ]
    return found.assign(remark=remarks)


def _matter_columns(due: str) -> tuple[Column, ...]:
    return (
        Column("rule_id", mark("规则"), words=rule_name),
        TOWNSHIP,
        VILLAGE,
        Column("reason", mark("为什么")),
        Column("amount_yuan", mark("涉及（元）"), "yuan"),
        Column("state", mark("状态"), words=state_told),
        Column("owner", mark("责任人")),
        Column("due_date", due, "day"),
        Column("remark", mark("说明")),
    )


_FIGURES = (
    "told_period",
    "source_id",
    "statement_name",
    "amount_received_yuan",
    "amount_due_yuan",
    "counts_word",
    "quantity",
    "quantity_unit",
    "file_name",
    "sheet",
    "cell",
    "remark",
)
_CONTRACTS = (
    "contract_id",
    "party_name",
    "subject_name",
    "start_date",
    "end_date",
    "rent_yuan_per_year",
    "file_name",
    "sheet",
    "cell",
)
_PAPERS = ("statement_name", "told_period", "due_date", "state")


def _figures(asked: Asked) -> pd.DataFrame:
    """Return the lines behind a hit: of its source and span, in every year of it."""
    hit = _hit(asked)
    if hit is None:
        return pd.DataFrame(columns=_FIGURES)
    first, last = _day(hit["first_date"]), _day(hit["last_date"])
    closes = [
        min(date(year, 12, 31), last) for year in range(last.year, first.year - 1, -1)
    ]
    found = pd.concat(
        _of_village(asked, "village/figures", hit, as_of_date=close) for close in closes
    )
    is_meant = found["period_end"].map(_day) >= first
    if not pd.isna(hit["source_id"]):
        is_meant &= found["source_id"] == hit["source_id"]
    kept = found[is_meant & (found["line_kind"] != "report")]
    return kept.assign(
        told_period=_periods(kept),
        statement_name=[_statement(one) for one in kept["statement"]],
        counts_word=[_("计入") if counts else "" for counts in kept["counts"]],
    )


def _contracts(asked: Asked) -> pd.DataFrame:
    hit = _hit(asked)
    if hit is None:
        return pd.DataFrame(columns=_CONTRACTS)
    return _of_village(asked, "village/contracts", hit)


def _papers(asked: Asked) -> pd.DataFrame:
    """Return the papers that are overdue, the earliest first."""
    hit = _hit(asked)
    if hit is None:
        return pd.DataFrame(columns=_PAPERS)
    found = _of_village(asked, "village/owed", hit)
    is_missing = found["state"].isin(["not_reported", "returned"])
    kept = found[is_missing].sort_values(["period_end", "statement"])
    return kept.assign(
        told_period=_periods(kept),
        statement_name=[_statement(one) for one in kept["statement"]],
    )


def _periods(found: pd.DataFrame) -> list[str]:
    return [
        period(_day(row.period_start), _day(row.period_end))
        for row in found.itertuples()
    ]


def _hit(asked: Asked) -> dict[str, Any] | None:
    which = asked.said.get("matter", "")
    return hit_of(asked.store, asked.viewer, asked.moment, which)


def _of_village(
    asked: Asked, name: str, hit: dict[str, Any], **params: Any
) -> pd.DataFrame:
    """Ask of the village of a hit, which lies in the scope of whoever found it."""
    moment = asked.moment
    given = {"as_of_date": moment.as_of, **params}
    return queries.run(
        name,
        asked.viewer,
        asked.store,
        version_no=moment.version_no,
        today=moment.today,
        known_at=moment.known_at,
        village_code=hit["village_code"],
        **given,
    )


def _day(value: Any) -> date:
    day: date = pd.Timestamp(value).date()
    return day


def _statement(statement: str) -> str:
    return catalogue().statements[statement].name


def _drawn(asked: Asked) -> pd.DataFrame:
    """Draw as the address says: by seed, count and day; today's date is the usual."""
    today = asked.moment.today
    said = asked.said
    count = number_in(said.get("count", ""))
    return sample(
        asked.store,
        asked.viewer,
        drawn_on(said.get("drawn", ""), today),
        said.get("seed") or f"{today:%Y%m%d}",
        count if count is not None and count <= MOST else USUAL_COUNT,
    )


def drawn_on(said: str, today: date) -> date:
    """Return the day of a draw as an address says it; never one that is to come."""
    try:
        return min(date.fromisoformat(said), today)
    except ValueError:
        return today


TABLES = (
    Table("doubts", mark("值得再看"), _matter_columns(mark("核实期限")), _checks),
    Table("alerts", mark("预警"), _matter_columns(mark("办结期限")), _warnings),
    Table(
        "matter-figures",
        mark("背后的数"),
        (
            Column("told_period", mark("期间")),
            SOURCE,
            Column("statement_name", mark("报表")),
            Column("amount_received_yuan", mark("到账（元）"), "yuan"),
            Column("amount_due_yuan", mark("应收（元）"), "yuan"),
            Column("counts_word", mark("计入")),
            Column("quantity", mark("数量"), "number"),
            Column("quantity_unit", mark("单位")),
            Column("file_name", mark("文件")),
            Column("sheet", mark("工作表")),
            Column("cell", mark("单元格")),
            Column("remark", mark("备注")),
        ),
        _figures,
    ),
    Table(
        "matter-contracts",
        mark("背后的合同"),
        (
            Column("contract_id", mark("合同编号")),
            Column("party_name", mark("承租方")),
            Column("subject_name", mark("标的")),
            Column("start_date", mark("开始"), "day"),
            Column("end_date", mark("到期"), "day"),
            Column("rent_yuan_per_year", mark("年租金（元）"), "yuan"),
            Column("file_name", mark("文件")),
            Column("sheet", mark("工作表")),
            Column("cell", mark("单元格")),
        ),
        _contracts,
    ),
    Table(
        "matter-papers",
        mark("背后的报表"),
        (
            Column("statement_name", mark("报表")),
            Column("told_period", mark("期间")),
            Column("due_date", mark("截止日"), "day"),
            Column("state", mark("状态"), words=state_word),
        ),
        _papers,
    ),
    Table(
        "spot-checks",
        mark("抽查名单"),
        (
            Column("draw_no", mark("序号"), "count"),
            TOWNSHIP,
            VILLAGE,
            Column("weight", mark("风险权重"), "number"),
            Column("open_count", mark("未了事项"), "count"),
            Column("reasons", mark("命中的规则")),
            Column("amount_yuan", mark("今年到账（元）"), "yuan"),
            Column("reported_count", mark("已报（份）"), "count"),
            Column("due_count", mark("应报（份）"), "count"),
        ),
        _drawn,
    ),
)
_BY_ID = {table.table_id: table for table in TABLES}
# What each kind is listed in, and what lies behind a hit of each kind of evidence.
LISTS = {CHECK: _BY_ID["doubts"], WARNING: _BY_ID["alerts"]}
BEHIND = {
    "figures": _BY_ID["matter-figures"],
    "contracts": _BY_ID["matter-contracts"],
    "papers": _BY_ID["matter-papers"],
}
