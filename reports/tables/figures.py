"""From which cell of which file does each figure of a village come?"""

import pandas as pd

from base.catalogue import catalogue
from base.formats import period
from base.place import level_of
from base.words import _, mark
from queries.table import Asked, Column, Table
from reports.tables.villages import SOURCE


def _figures(asked: Asked) -> pd.DataFrame:
    """Ask for the figures of a village; of a wider place there are none to show."""
    is_village = level_of(asked.place_code) == "village"
    code = asked.place_code if is_village else ""
    found = asked.ask("village/figures", village_code=code)
    return found.assign(
        period=[period(row.period_start, row.period_end) for row in found.itertuples()],
        item=[_item(row) for _place, row in found.iterrows()],
        counted=[_counted(row) for _place, row in found.iterrows()],
        accepted=[
            "" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M}" for at in found["accepted_at"]
        ],
        remark=found["remark"].fillna(""),
    )


def _item(row: pd.Series) -> str:
    """Return which part of a source a line tells, and what it counts."""
    source = catalogue().sources.get(str(row["source_id"]))
    name = ""
    if source is not None and row["item_id"]:
        names = {one: part.name for one, part in source.quantities.items()}
        names |= {one: part.name for one, part in source.items.items()}
        name = names.get(str(row["item_id"]), "")
    if pd.isna(row["quantity"]):
        return name
    return f"{name} {row['quantity']:,.10g} {row['quantity_unit']}".strip()


def _counted(row: pd.Series) -> str:
    if row["line_kind"] not in ("income", "cost") or pd.isna(
        row["amount_received_yuan"]
    ):
        return "–"
    if row["counts"]:
        return "✓"
    if row["is_superseded"]:
        return _("以另一报表或更长期间为准")
    return _("同期有未填的，不计入")


TABLES = (
    Table(
        "figures",
        mark("每个数出自哪里"),
        (
            Column("period", mark("期间")),
            SOURCE,
            Column("item", mark("分项")),
            Column("amount_received_yuan", mark("到账（元）"), "yuan"),
            Column("file_name", mark("文件")),
            Column("sheet", mark("工作表")),
            Column("cell", mark("单元格")),
            Column("sent_by", mark("报送人")),
            Column("accepted_by", mark("审核人")),
            Column("accepted", mark("审核时间")),
            Column("amount_due_yuan", mark("应收（元）"), "yuan"),
            Column("counted", mark("计入")),
            Column("remark", mark("备注")),
        ),
        _figures,
    ),
)
