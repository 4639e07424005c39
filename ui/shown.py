"""How is a table shown, opened row by row, and taken away as a file?"""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from base.formats import listed
from base.formats import month as month_text
from base.words import _
from queries.table import Asked, Column, Table
from ui.answers import key_of, month_of, remember
from ui.frame import go
from ui.looking import Looking

# Pages hand down which tables there are: reports are a floor of their own.
Tables = Mapping[str, Table]
# More rows than people read on a screen; the file has them all.
_MOST = 300
_ROW_PX = 35


def asked_for(
    look: Looking, place_code: str, said: Mapping[str, str] | None = None
) -> Asked:
    """Return who asks for a table: whoever looks, of a place within their scope."""
    return Asked(
        look.store,
        look.within(place_code),
        look.moment,
        look.target,
        place_code,
        dict(said or {}),
    )


def answer_of(
    look: Looking,
    table: Table,
    place_code: str,
    said: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the answer behind a table, remembered like every answer."""
    asked = asked_for(look, place_code, said)
    key = key_of(look, place_code, "table", table.table_id, *sorted(asked.said.items()))
    found: pd.DataFrame = remember(key, lambda: table.ask(asked))
    return found


def show_table(
    look: Looking,
    table: Table,
    place_code: str,
    said: Mapping[str, str] | None = None,
    rows: pd.DataFrame | None = None,
    key: str = "",
    most_px: int = 460,
    is_opening: bool = True,
    answer: pd.DataFrame | None = None,
) -> "pd.Series[Any] | None":
    """Show a table; a chosen row opens its village; two links take it away whole.

    Args:
        look: who looks.
        table: which.
        place_code: of which place.
        said: what the table is told besides; it goes into the links.
        rows: the rows to show, where it is not all of the answer.
        key: of the widget, where a page shows a table twice.
        most_px: its height at most.
        is_opening: whether a chosen row opens its village; else it is handed back.
        answer: all of the answer, where the page has it at hand; else it is asked for.

    Returns:
        The row of the answer that is chosen, where it opens nothing.
    """
    chosen: pd.Series[Any] | None = None
    answer = answer_of(look, table, place_code, said) if answer is None else answer
    shown = answer if rows is None else rows
    if shown.empty:
        st.caption(_("没有这样的行。"))
    else:
        key = f"{table.table_id}{key}"
        chosen = _grid(look, table, shown.head(_MOST), key, most_px, is_opening)
    take_away(look, table, place_code, dict(said or {}), len(shown), len(answer))
    return chosen


def _grid(
    look: Looking,
    table: Table,
    rows: pd.DataFrame,
    key: str,
    most_px: int,
    is_opening: bool,
) -> "pd.Series[Any] | None":
    shown: dict[str, Any] = {
        "hide_index": True,
        "key": f"table_{key}",
        "height": min(38 + _ROW_PX * len(rows), most_px),
        # a column that is configured as nothing would be hidden
        "column_config": {
            _(one.heading): how
            for one in table.columns
            if (how := _config(one)) is not None
        },
        "placeholder": "",
    }
    if is_opening and "village_code" not in rows:
        st.dataframe(_displayed(table, rows), **shown)
        return None
    event: Any = st.dataframe(
        _displayed(table, rows),
        on_select="rerun",
        selection_mode="single-cell",
        **shown,
    )
    chosen = event["selection"]["cells"]
    if not chosen:
        return None
    row = rows.iloc[chosen[0][0]]
    if is_opening:
        go(look, "village", str(row["village_code"]))
    return row


def _displayed(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as the grid takes them: plain numbers and texts."""
    shown = table.worded(rows)
    for column in table.columns:
        heading = _(column.heading)
        if column.kind == "share":
            # whole per cent
            shown[heading] = shown[heading].astype("Float64").astype(float).round(2)
        elif column.kind in ("yuan", "number", "score"):
            shown[heading] = shown[heading].astype("Float64").astype(float)
        elif column.kind == "count":
            shown[heading] = shown[heading].astype("Int64")
        elif column.kind == "month":
            shown[heading] = shown[heading].map(
                lambda day: "" if pd.isna(day) else month_text(day)
            )
    return shown


def _config(column: Column) -> Any:
    if column.kind == "yuan":
        return st.column_config.NumberColumn(format="localized")
    if column.kind == "number":
        return st.column_config.NumberColumn(format="%.2f")
    if column.kind == "score":
        return st.column_config.NumberColumn(format="%.1f")
    if column.kind == "share":
        return st.column_config.NumberColumn(format="percent")
    if column.kind == "day":
        return st.column_config.DateColumn(format="YYYY-MM-DD")
    return None


def take_away(
    look: Looking,
    table: Table,
    place_code: str,
    said: dict[str, str],
    count: int,
    total: int,
) -> None:
    """Say how many rows there are, and link the files that hold all of them.

    Args:
        look: who looks.
        table: which.
        place_code: of which place.
        said: what the table is told besides.
        count: how many rows fit what is looked at.
        total: how many there are.
    """
    query = urlencode(
        {
            "place": place_code,
            "as_of": month_of(look.moment.as_of),
            "target": look.target.id,
            **said,
        }
    )
    address = f"/files/table/{table.table_id}"
    notes = [_("共 {count} 行", count=f"{count:,}")]
    if count > _MOST:
        notes.append(_("只显示前 {most} 行", most=_MOST))
    whole = _("下载全部 {total} 行：", total=f"{total:,}")
    links = "&ensp;".join(
        f'<a href="{address}.{ending}?{escape(query)}" target="_self" download>'
        f"{ending}</a>"
        for ending in ("xlsx", "csv")
    )
    said_all = escape(listed(notes))
    st.html(f'<div class="v-quiet">{said_all}&ensp;{escape(whole)}{links}</div>')
