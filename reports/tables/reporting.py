"""How complete are the reports of each township and of each village?"""

from datetime import date

import pandas as pd

from base.errors import ShownError
from base.words import _, mark
from charts.palette import STATES
from office.completeness import completeness
from queries.table import Asked, Column, Table
from reports.tables.villages import TOWNSHIP, VILLAGE

_COUNTS = (
    Column("due_count", mark("应报（份）"), "count"),
    Column("filled_count", mark("已报（份）"), "count"),
    Column("on_time_count", mark("按时（份）"), "count"),
    *(Column(state, says[1], "count") for state, says in STATES.items()),
)


def _month(asked: Asked) -> date | None:
    said = asked.said.get("month", "")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise ShownError(_("日期写作 2018-06-30")) from error


def _townships(asked: Asked) -> pd.DataFrame:
    return completeness(
        asked.store, asked.viewer, asked.moment, _month(asked)
    ).townships


def _villages(asked: Asked) -> pd.DataFrame:
    return completeness(asked.store, asked.viewer, asked.moment, _month(asked)).villages


TABLES = (
    Table(
        "reporting-townships",
        mark("各镇街报送情况"),
        (TOWNSHIP, *_COUNTS),
        _townships,
    ),
    Table(
        "reporting-villages",
        mark("各村报送情况"),
        (TOWNSHIP, VILLAGE, *_COUNTS),
        _villages,
    ),
)
