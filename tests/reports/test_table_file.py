"""Does a file hold what the table tells, and nothing that a program would run?"""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd

from base.catalogue import catalogue
from base.viewer import operator
from base.words import mark
from queries import Moment
from queries.table import Asked, Column, Table
from reports.table_file import table_file
from store import Store

DAY = date(2018, 6, 30)
MOMENT = Moment(DAY, 1, datetime(2018, 7, 12, 9))
ANSWER = pd.DataFrame(
    {
        "name": ["=1+1", "柳泉"],
        "note": ["已收", float("nan")],
        "yuan": [Decimal("12345.60"), None],
        "n": pd.array([3, None], dtype="Int64"),
        "part": [0.25, None],
        "month": [DAY, None],
        "kind": ["solar", None],
    }
)
TABLE = Table(
    "probe",
    mark("各村清零情况"),
    (
        Column("name", mark("村")),
        Column("yuan", mark("到账（元）"), "yuan"),
        Column("n", mark("份"), "count"),
        Column("part", mark("份额"), "share"),
        Column("month", mark("月份"), "month"),
        Column("kind", mark("收入来源"), words=lambda one: str(one).upper()),
        Column("note", mark("说明")),
    ),
    lambda _asked: ANSWER,
)


def asked(store: Store) -> Asked:
    return Asked(store, operator("测试"), MOMENT, catalogue().headline(), "410581")


def test_the_workbook_has_values_and_says_of_what(store: Store) -> None:
    name, content = table_file(TABLE, asked(store), "xlsx")
    assert name == "各村清零情况-410581-201806.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["各村清零情况"].iter_rows(values_only=True))
    assert book["各村清零情况"]["D2"].number_format == "0.0%"
    assert rows[1] == ("=1+1", 12345.6, 3, 0.25, "2018年6月", "SOLAR", "已收")
    assert rows[2][-1] is None
    assert rows[2][:4] == ("柳泉", None, None, None)
    about = dict(book["说明"].iter_rows(min_row=2, values_only=True))
    assert about["数据截至"] == "2018年6月30日"
    assert about["目标"].endswith("（口径待确认）")


def test_the_text_has_a_mark_and_no_formula(store: Store) -> None:
    content = table_file(TABLE, asked(store), "csv")[1]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1] == ["'=1+1", "12345.60", "3", "0.25", "2018年6月", "SOLAR", "已收"]
    assert rows[2][1:] == [""] * 6
