"""How do tests make the files that people send? From grids that read like the sheet."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
import xlwt
from xlsxwriter.utility import xl_cell_to_rowcol

from base.catalogue import catalogue
from base.viewer import operator
from etl.check import Checked, check
from etl.door import load_file
from etl.registry import registry
from etl.tables.context import Answers
from etl.tables.lines import NO_PROJECT, SCHEMA
from store import Store
from store.submissions import write_down
from store.vault import sha256_of

Grid = list[list[Any]]
BY = operator("测试")
TODAY = date(2018, 11, 16)
NOW = datetime(2018, 11, 16, 9)
# Three villages of 河顺镇 that the tests speak of.
HESHUN, VILLAGES = "河顺镇", ["河顺", "柳泉", "东里"]


def xlsx(grid: Grid, name: str = "Sheet1", merged: list[str] | None = None) -> bytes:
    """Make a workbook of one sheet; merged ranges show their first cell's text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # the same grid gives the same bytes, whenever it is made
    book.set_properties({"created": NOW})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm"})
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, (date, datetime)):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None and cell != "":
                sheet.write(row, column, cell)
    for span in merged or []:
        sheet.merge_range(span, _first(grid, span))
    book.close()
    return out.getvalue()


def _first(grid: Grid, span: str) -> Any:
    row, column = xl_cell_to_rowcol(span.split(":")[0])
    return grid[row][column]


def xls(grid: Grid, name: str = "Sheet1") -> bytes:
    """Make an old workbook of one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(grid: Grid, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Make a csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(grid)
    return out.getvalue().encode(encoding)


def ledger(
    lines: Grid,
    headings: list[str] | None = None,
    title: str = "林州市河顺镇2018年6月村级集体经济收入台账",
    unit: str = "单位：元",
) -> Grid:
    """Make the grid of a township's ledger; lines start with the village's name."""
    return [[title], [unit], headings or ["村名", "光伏", "合作社", "门面"], *lines]


def checked(
    content: bytes,
    file_name: str = "台账.xlsx",
    today: date = TODAY,
    **answers: Any,
) -> Checked:
    """Check a file against the registry and the catalogue that are shipped."""
    return check(
        content,
        file_name,
        sha256_of(content),
        Answers(**answers),
        registry(),
        catalogue(),
        today,
    )


def load(store: Store, grid: Grid, at: datetime = NOW, **how: Any) -> int:
    """Take a grid in through the door, as a workbook; return its submission number."""
    loaded = load_file(store, xlsx(grid), "台账.xlsx", BY, at, **how)
    assert loaded.submission is not None
    return loaded.submission.submission_no


def lines(
    *said: tuple[str, str, date, date, str | None, str | None],
) -> pa.Table:
    """Make lines as read: village, source, start, end, due and received yuan."""
    return pa.Table.from_pylist(
        [
            {
                "village_code": village,
                "source_id": source,
                "statement": "ledger",
                "project_id": NO_PROJECT,
                "line_kind": "income",
                "file_line": number,
                "period_start": start,
                "period_end": end,
                "category": "business_income",
                "amount_due_yuan": None if due is None else Decimal(due),
                "amount_received_yuan": None if got is None else Decimal(got),
                "is_one_off": False,
                "sheet": "Sheet1",
                "cell": f"B{number}",
            }
            for number, (village, source, start, end, due, got) in enumerate(said, 4)
        ],
        schema=SCHEMA,
    )


def send(store: Store, rows: pa.Table, at: datetime = NOW) -> int:
    """Write lines down as a submission that waits; return its number."""
    entry = {
        "statement": "ledger",
        "answers": "{}",
        "file_name": "台账.xlsx",
        "actor": "测试",
        "catalogue": catalogue().fingerprint,
        "rows_accepted": rows.num_rows,
        "rows_rejected": 0,
    }
    return write_down(store, entry, repr(rows.to_pylist()).encode(), rows, at)


def received(
    store: Store, as_of: date = date(9999, 1, 1), version_no: int | None = None
) -> dict[tuple[str, str, date], Decimal | None]:
    """Return what counts as received: by village, source and end of the period.

    As of the end of time each amount counts that no longer period tells.
    """
    frame = store.frame(
        """
        select village_code, source_id, period_end, amount_received_yuan
        from core.income_period
        where
            is_in_force(from_no, to_no, $version_no)
            and $as_of between period_end and received_until_date - interval 1 day
        """,
        {
            "as_of": as_of,
            "version_no": version_no
            or store.value("select version_no from ops.version"),
        },
    )
    keys = zip(
        frame["village_code"], frame["source_id"], frame["period_end"], strict=True
    )
    counted = list(zip(keys, frame["amount_received_yuan"], strict=True))
    assert len(dict(counted)) == len(counted)
    return dict(counted)


def codes_of(findings: list[Any]) -> list[str]:
    """Return the codes of findings, in order."""
    return [finding.code for finding in findings]


def shipped(name: str) -> Path:
    """Return the path of a shipped data file."""
    return Path(__file__).resolve().parent.parent / "data" / name
