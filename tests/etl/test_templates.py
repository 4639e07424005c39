"""Does each blank paper, once filled in, load without a word?"""

from pathlib import Path

import openpyxl
import pytest

from base.catalogue import catalogue
from etl.reading.workbook import read
from etl.templates import TEMPLATES, Template, made, write_all
from tests.making import checked, codes_of, shipped, text, xlsx

IDS = [template.file_name for template in TEMPLATES]
FILLED = {"______镇": "河顺镇", "______村": "柳泉村", "______半年": "上半年"}
FILLED |= {"______年": "2018年", "______月": "6月"}


def filled(template: Template) -> bytes:
    """Return the template with its blanks filled in and one line, as a person would."""
    headings, examples = zip(*template.columns, strict=True)
    if template.encoding:
        return text([list(headings), list(examples)], template.encoding)
    line = list(map(_number, examples))
    title = template.title
    if template.layout == "village_year":
        title = title.replace("______年", "2017年")
    for blank, words in FILLED.items():
        title = title.replace(blank, words)
    rows = [[str(cell) for cell in row] for row in read(made(template))[0].rows]
    return xlsx([[title], *rows[1:], line])


def _number(example: str) -> float | str:
    is_number = example.replace(".", "", 1).isdigit()
    return float(example) if is_number else example


@pytest.mark.parametrize("template", TEMPLATES, ids=IDS)
def test_filled_in_it_is_recognised_and_says_nothing(template: Template) -> None:
    found = checked(filled(template), template.file_name)
    assert found.findings == []
    assert found.layouts == (template.layout,)
    assert found.rows.num_rows >= 1


@pytest.mark.parametrize("template", TEMPLATES, ids=IDS)
def test_what_is_shipped_is_what_is_made(template: Template) -> None:
    path = shipped("templates") / template.file_name
    kept, fresh = read(path.read_bytes()), read(made(template))
    assert [sheet.rows for sheet in kept] == [sheet.rows for sheet in fresh]


def test_every_kind_of_paper_has_one() -> None:
    ledgers = {"township_ledger", "village_year", "flat_list"}
    others = set(catalogue().statements) - {"ledger"}
    assert {template.layout for template in TEMPLATES} == ledgers | others
    names = {path.name for path in shipped("templates").iterdir()}
    assert names == set(IDS)


def test_a_blank_one_states_nothing(tmp_path: Path) -> None:
    for path in write_all(tmp_path):
        found = checked(path.read_bytes(), path.name)
        assert found.rows.num_rows == found.rejected == 0
        assert len(codes_of(found.findings)) <= 2


def test_a_workbook_explains_its_columns(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_all(tmp_path)[0])
    assert book.sheetnames == ["填报", "填写说明"]
    headings = [cell.value for cell in book["填报"][3]]
    assert [row[0].value for row in book["填写说明"].iter_rows()][1:4] == headings[:3]
