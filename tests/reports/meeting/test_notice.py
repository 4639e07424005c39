"""Is the notice laid out as official papers are, and does it say what was frozen?"""

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from tests.reports.meeting.conftest import APPEAL, FORMULA, SCRIPT, Made

pytestmark = pytest.mark.xdist_group("papers")


def paper_of(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def paper(second: Made) -> Document:
    return paper_of(second.content("brief"))


def face_of(run: Any) -> str:
    """Return the face of a run's Chinese signs."""
    return str(run._r.rPr.rFonts.get(qn("w:eastAsia")))


def part_of(of: Any, name: str) -> Any:
    """Return what is said of a paragraph or a row under a name."""
    [found] = of.iter(qn(name))
    return found


def test_the_page_is_that_of_official_papers(paper: Document) -> None:
    page = paper.sections[0]
    sides: Any = (page.page_width, page.page_height)
    across: Any = (page.left_margin, page.right_margin)
    down: Any = (page.top_margin, page.bottom_margin)
    told = [round(length.mm) for length in (*sides, *down, *across)]
    assert told == [210, 297, 37, 35, 28, 26]


def test_head_line_title_and_text_name_their_faces_and_sizes(paper: Document) -> None:
    head, number, title, to, heading, text = paper.paragraphs[:6]
    assert head.text == "林州市村集体经济清零工作专班"
    assert head.runs[0].font.color.rgb == RGBColor(0xC8, 0x10, 0x1E)
    assert face_of(head.runs[0]) == "方正小标宋简体"
    rule = part_of(number._p, "w:bottom")
    assert rule.get(qn("w:color")) == "C8101E"
    assert title.text == "关于截至2018年7月31日村集体经济清零进度的通报"
    assert (face_of(title.runs[0]), title.runs[0].font.size) == (
        "方正小标宋简体",
        Pt(22),
    )
    assert to.text.endswith("：")
    assert (heading.text, face_of(heading.runs[0])) == ("一、总体进度", "黑体")
    assert (face_of(text.runs[0]), text.runs[0].font.size) == ("仿宋_GB2312", Pt(16))
    assert text.runs[0].font.name == "Times New Roman"
    assert text.paragraph_format.line_spacing == Pt(28)
    assert text.paragraph_format.first_line_indent == 2 * Pt(16)


def test_the_foot_has_day_completeness_definition_and_the_page(
    second: Made, paper: Document
) -> None:
    foot, number = paper.sections[0].footer.paragraphs
    assert foot.text == second.deck.foot
    kinds = [one.get(qn("w:fldCharType")) for one in number._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "end"]
    assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_tables_repeat_their_head_and_break_no_row(paper: Document) -> None:
    assert len(paper.tables) == 5
    for table in paper.tables:
        head = part_of(table.rows[0]._tr, "w:tblHeader")
        assert head.get(qn("w:val")) == "true"
        for row in list(table.rows)[:3]:
            assert part_of(row._tr, "w:cantSplit") is not None
        wide = sum(cell.width for cell in table.rows[0].cells)
        assert wide <= Mm(210 - 28 - 26) + Pt(1)


def test_the_text_says_what_changed_who_appeals_and_by_which_rule(
    paper: Document,
) -> None:
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "与上次会议相比，新清零 1 村：河顺镇柳泉。" in said
    assert "退回线下 1 村：河顺镇东里。" in said
    assert "上次会议的数有 2 村更正" in said
    assert "上次会后办结 1 项，结转 2 项" in said
    assert "名单不足 5 村的只列数，不排名" in said
    assert "河顺镇的申诉、说明：" + " ".join(APPEAL.split()) in said
    assert "2018年8月15日" in said


def test_odd_texts_stand_as_they_were_written(paper: Document) -> None:
    said = [one.text for one in paper.paragraphs]
    for line in (FORMULA, SCRIPT, "#set page(width: 1cm)", "听取汇报"):
        assert f"会议议程：{line}" in said
    cells = [cell.text for table in paper.tables for cell in table._cells]
    [task] = [text for text in cells if text.startswith(FORMULA)]
    assert "第二行 第三行" in task
    assert not [text for text in cells if "nan" in text]


def test_a_township_has_a_page_with_its_own_villages(second: Made) -> None:
    page = paper_of(second.content("township"))
    said = [one.text for one in page.paragraphs]
    assert said[0] == "河顺镇村集体经济清零情况（截至2018年7月31日）"
    assert "名单 41 村，已清零 1，还剩 40，比上次会新清零 1 村、退回线下 1 村。" in said
    assert "最好的村：柳泉，到账 6.23 万元。" in said
    assert any(line.startswith("最难的村：") and "还没有数" in line for line in said)
    cells = {cell.text for table in page.tables for cell in table._cells}
    assert "开元街道" not in cells
    assert "河顺镇" in cells


@pytest.mark.parametrize("kind", ["brief", "township"])
def test_the_same_freeze_makes_the_same_notice(second: Made, kind: str) -> None:
    assert second.again[kind].content == second.content(kind)
