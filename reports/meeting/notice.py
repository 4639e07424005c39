"""The notice as a docx, laid out as official papers are.

Source: GB/T 9704-2012: A4 with margins of 37, 35, 28 and 26 mm; red head line in
小标宋; title 二号 小标宋; text 三号 仿宋 with lines of 28 points, two signs indented;
headings in 黑体; page numbers 四号. Faces are named, not shipped: an office has them,
and elsewhere the reader's own substitute is taken.
"""

import io
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from base.papers import faces
from reports.meeting.annexes import Annex
from reports.meeting.brief import Brief
from reports.meeting.packed import packed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Sizes by their names: 二号, 三号, 四号, 小四.
_SECOND, _THIRD, _FOURTH, _SMALL = Pt(22), Pt(16), Pt(14), Pt(12)
_HEAD_LINE, _TABLE = Pt(30), Pt(10.5)
_RED = RGBColor(0xC8, 0x10, 0x1E)
_SPACING = Pt(28)
_TEXT_MM = 210 - 28 - 26


def notice(brief: Brief, made_at: datetime) -> bytes:
    """Return a notice as a docx.

    Args:
        brief: what it says.
        made_at: when, local time in China.
    """
    paper = docx.Document()
    paper.core_properties.title = brief.title
    paper.core_properties.author = brief.issuer
    paper.core_properties.created = paper.core_properties.modified = made_at
    _page(paper, brief)
    if brief.issuer:
        _red_head(paper, brief)
    _line(paper, brief.title, faces().title, _SECOND, WD_ALIGN_PARAGRAPH.CENTER)
    if brief.to:
        _line(paper, brief.to)
    for part in brief.parts:
        _beside_the_next(_line(paper, part.heading, faces().heading, indent=True))
        for words in part.paragraphs:
            last = _line(paper, words, indent=True)
    # whoever signs never stands on a page alone
    _beside_the_next(last)
    right = WD_ALIGN_PARAGRAPH.RIGHT
    if brief.issuer:
        _beside_the_next(_line(paper, brief.issuer, align=right))
    _line(paper, brief.day, align=right)
    for annex in brief.annexes:
        _annex(paper, annex)
    out = io.BytesIO()
    paper.save(out)
    return packed(out.getvalue(), made_at)


def _beside_the_next(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.keep_with_next = True


def _page(paper: Document, brief: Brief) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = faces().latin, _THIRD
    style.element.get_or_add_rPr().get_or_add_rFonts().set(
        qn("w:eastAsia"), faces().text
    )
    below = section.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(below, brief.foot, faces().text, Pt(9))
    numbers = section.footer.add_paragraph()
    numbers.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(numbers, "— ", faces().text, _FOURTH)
    _field(numbers, "PAGE")
    _write(numbers, " —", faces().text, _FOURTH)


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the reader fills in, such as the number of the page."""
    run = paragraph.add_run()
    _face(run, faces().text, _FOURTH)
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
        run._r.append(element)


def _red_head(paper: Document, brief: Brief) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    head = _line(
        paper,
        brief.issuer,
        faces().title,
        _HEAD_LINE,
        centre,
        colour=_RED,
        spacing=None,
    )
    head.paragraph_format.space_after = Pt(10)
    number = _line(paper, brief.number, align=centre)
    border = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6")):
        rule.set(qn(f"w:{name}"), value)
    rule.set(qn("w:color"), str(_RED))
    border.append(rule)
    number._p.get_or_add_pPr().append(border)
    number.paragraph_format.space_after = Pt(24)


def _line(
    paper: Document,
    words: str,
    face: str = "",
    size: Pt = _THIRD,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    indent: bool = False,
    colour: RGBColor | None = None,
    spacing: Pt | None = _SPACING,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_after = form.space_before = Pt(0)
    if spacing is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    if size == _SECOND:
        form.line_spacing, form.space_after = Pt(33), Pt(14)
    if indent:
        form.first_line_indent = 2 * size
    _write(paragraph, words, face or faces().text, size, colour)
    return paragraph


def _write(
    paragraph: Paragraph,
    words: str,
    face: str,
    size: Pt,
    colour: RGBColor | None = None,
) -> None:
    run = paragraph.add_run(words)
    _face(run, face, size)
    if colour is not None:
        run.font.color.rgb = colour


def _face(run: Run, face: str, size: Pt) -> None:
    run.font.name, run.font.size = faces().latin, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _annex(paper: Document, annex: Annex) -> None:
    title = _line(paper, annex.title, faces().heading, _THIRD)
    title.paragraph_format.page_break_before = len(annex.rows) > 8
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(14)
    table = paper.add_table(rows=1, cols=len(annex.headings))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(_TEXT_MM * one / sum(annex.weights)) for one in annex.weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _row(table.rows[0], annex.headings, widths, faces().heading, annex.right)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for cells in annex.rows:
        _row(table.add_row(), cells, widths, faces().text, annex.right)
    if annex.note:
        _line(paper, annex.note, size=_SMALL, spacing=Pt(18))


def _row(
    row: _Row,
    cells: tuple[str, ...],
    widths: list[Mm],
    face: str,
    right: tuple[bool, ...],
) -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    columns = zip(row.cells, cells, widths, right, strict=True)
    for cell, words, width, is_right in columns:
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if is_right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, words, face, _TABLE)
