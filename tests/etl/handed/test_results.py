"""Do formulas keep their results in a file that is handed back?"""

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from etl.handed.marked import marked_copy
from tests.etl.handed.opening import handed, made, opened, saved, swapped, without
from tests.making import checked, codes_of, ledger


def test_formulas_keep_their_results() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("6月")
    for row, cells in enumerate(ledger([["柳泉", "约3", 5, ""], ["东里", 1, 2, ""]])):
        sheet.write_row(row, 0, cells)
    sheet.write_formula("D4", "=C4*2", None, 10)
    sheet.write_formula("D5", '="无"&""', None, "无")
    sheet.write_formula("E4", "=A4>1", None, True)
    sheet.write_formula("E5", "=1/0", None, "#DIV/0!")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_formula("F4", "=DATE(2018,7,5)", day, 43286)
    sheet.write_formula("F5", '=""', None, "")
    book.close()
    # Excel takes out what asks for the formulas to be worked out.
    content = without(out.getvalue(), b' fullCalcOnLoad="1"')
    result = checked(content)
    assert codes_of(result.findings) == ["amount_unreadable"]
    name, copy = marked_copy(content, result)
    values = openpyxl.load_workbook(io.BytesIO(copy), data_only=True)["6月"]
    assert [values[c].value for c in ("D4", "D5", "E4", "E5")] == [
        10,
        "无",
        True,
        "#DIV/0!",
    ]
    assert (values["F4"].value, values["F5"].value) == (datetime(2018, 7, 5), None)
    assert opened(copy)["6月"]["D4"].value == "=C4*2"
    assert codes_of(checked(copy, name).findings) == ["amount_unreadable"]


def test_formulas_that_nobody_worked_out_stay_so() -> None:
    content = saved(made(ledger([["柳泉", "约3", "=1+1", ""]])))
    result = checked(content)
    copy = marked_copy(content, result)[1]
    assert codes_of(checked(copy).findings) == codes_of(result.findings)
    assert opened(copy)["6月"]["C4"].value == "=1+1"


def test_links_to_other_workbooks_become_their_results() -> None:
    book = made(ledger([["柳泉", "约3", 5, "=[1]表!A1"], ["东里", 1, 2, 3]]))
    book.defined_names["外"] = DefinedName("外", attr_text="[1]表!$A$1")
    book.defined_names["内"] = DefinedName("内", attr_text="'6月'!$A$1")
    content = io.BytesIO(saved(book))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        sheet = "xl/worksheets/sheet1.xml"
        data = archive.read(sheet)
    # an empty element, as either writer of XML that openpyxl may find puts it
    worked_out = re.sub(rb"</f><v(?: ?/>|></v>)", b"</f><v>8</v>", data)
    assert worked_out != data
    marked = handed(swapped(content.getvalue(), sheet, worked_out))
    assert marked["6月"]["D4"].value == 8
    assert list(marked.defined_names) == ["内"]
