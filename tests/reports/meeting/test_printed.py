"""Is there something to print, and is nothing that people wrote read as markup?"""

import json
import re
from dataclasses import asdict

import pytest
import typst

from reports.meeting.brief import brief
from reports.meeting.printed import _PAPER
from tests.reports.meeting.conftest import FORMULA, SCRIPT, Made

pytestmark = pytest.mark.xdist_group("papers")


def test_a_pdf_with_pages_and_faces_inside(second: Made) -> None:
    content = second.content("pdf")
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 3
    assert b"/FontFile" in content


def test_texts_stay_texts(second: Made) -> None:
    told = brief(second.said, False)
    said = {**asdict(told), "lang": "zh", "right": [one.right for one in told.annexes]}
    found = json.loads(
        typst.query(
            _PAPER, "par", sys_inputs={"said": json.dumps(said, ensure_ascii=False)}
        )
    )
    words = json.dumps(found, ensure_ascii=False)
    for line in (FORMULA, SCRIPT, "#set page(width: 1cm)"):
        assert f"会议议程：{line}" in words


def test_the_same_freeze_makes_the_same_print(second: Made) -> None:
    assert second.again["pdf"].content == second.content("pdf")
