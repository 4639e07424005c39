"""The slides of a meeting: the screen's messages, with charts that can be edited."""

import io
from datetime import datetime

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Pages
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import Font, _Run
from pptx.util import Emu, Inches, Pt

from base.papers import faces
from reports.meeting.deck import Bars, Big, Deck, Grid, Lines, Message
from reports.meeting.packed import packed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_LEFT, _WIDTH = Inches(0.7), Inches(11.93)
_INK, _QUIET = RGBColor(0x14, 0x23, 0x2B), RGBColor(0x4A, 0x5A, 0x62)
_STRONG, _PALE = RGBColor(0x8F, 0x2F, 0x22), RGBColor(0xE6, 0xEB, 0xED)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_BLANK = 6
_LONG_NUMBER, _LONG_TITLE = 4, 18


def slides(deck: Deck, made_at: datetime) -> bytes:
    """Return the slides as a pptx.

    Args:
        deck: what is said.
        made_at: when, local time in China.
    """
    pages = Presentation()
    pages.slide_width, pages.slide_height = _WIDE, _HIGH
    pages.core_properties.title = deck.title
    pages.core_properties.author = ""
    pages.core_properties.created = pages.core_properties.modified = made_at
    count = len(deck.messages) + 1
    _cover(pages, deck, count)
    for number, message in enumerate(deck.messages, 2):
        page = pages.slides.add_slide(pages.slide_layouts[_BLANK])
        _text(page, message.title, (0.45, 1.0), 30, bold=True)
        _fill(page, message)
        _foot(page, deck.foot, number, count)
    out = io.BytesIO()
    pages.save(out)
    return packed(out.getvalue(), made_at)


def _cover(pages: Pages, deck: Deck, count: int) -> None:
    page = pages.slides.add_slide(pages.slide_layouts[_BLANK])
    size = 44 if len(deck.title) <= _LONG_TITLE else 32
    box = _text(page, deck.title, (1.5, 2.3), size, bold=True)
    box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _text(page, deck.subtitle, (3.9, 0.8), 24, colour=_QUIET)
    _foot(page, deck.foot, 1, count)


def _foot(page: Slide, words: str, number: int, count: int) -> None:
    line = page.shapes.add_connector(1, _LEFT, Inches(6.9), _LEFT + _WIDTH, Inches(6.9))
    line.line.color.rgb = _PALE
    box = _text(page, words, (6.93, 0.4), 11, colour=_QUIET)
    box.width = Inches(10.8)
    numbers = page.shapes.add_textbox(
        Inches(11.6), Inches(6.93), Inches(1.03), Inches(0.4)
    )
    _write(numbers, f"{number} / {count}", 11, _QUIET)
    numbers.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _fill(page: Slide, message: Message) -> None:
    top = 1.55
    if message.bigs:
        _bigs(page, message.bigs, top)
        top += 1.75
    if message.lines:
        _lines_of(page, message.lines, top)
    bottom = 6.35 if message.note else 6.8
    if isinstance(message.picture, Bars):
        _bar_chart(page, message.picture, top, bottom)
    elif isinstance(message.picture, Lines):
        _line_chart(page, message.picture, top, bottom)
    elif isinstance(message.picture, Grid):
        _grid(page, message.picture, top)
    if message.note:
        _text(page, message.note, (6.35, 0.5), 11, colour=_QUIET)


def _bigs(page: Slide, bigs: tuple[Big, ...], top: float) -> None:
    each = 11.93 / len(bigs)
    for place, big in enumerate(bigs):
        left = Inches(0.7 + place * each)
        rule = page.shapes.add_shape(1, left, Inches(top), Inches(0.07), Inches(1.45))
        rule.fill.solid()
        rule.fill.fore_color.rgb = _STRONG
        rule.line.fill.background()
        box = page.shapes.add_textbox(
            left + Inches(0.12), Inches(top - 0.08), Inches(each - 0.2), Inches(1.6)
        )
        _write(box, big.label, 15, _QUIET)
        size = 40 if len(big.number) <= _LONG_NUMBER else 24
        _write(box, big.number, size, _INK, bold=True, is_more=True)
        _write(box, big.note, 12, _QUIET, is_more=True)


def _lines_of(page: Slide, lines: tuple[str, ...], top: float) -> None:
    box = page.shapes.add_textbox(_LEFT, Inches(top), _WIDTH, Inches(6.7 - top))
    for place, line in enumerate(lines):
        _write(box, line, 20, _INK, is_more=bool(place))
    for paragraph in box.text_frame.paragraphs:
        paragraph.space_after = Pt(10)


def _bar_chart(page: Slide, bars: Bars, top: float, bottom: float) -> None:
    data = CategoryChartData(number_format="0%" if bars.is_share else "#,##0.##")
    # the first stands at the bottom of such a chart
    data.categories = list(reversed(bars.names))
    for name, values in bars.series.items():
        data.add_series(name, list(reversed(values)))
    frame = page.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED,
        _LEFT,
        Inches(top),
        _WIDTH,
        Inches(bottom - top),
        data,
    )
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = "0%" if bars.is_share else f'#,##0.## "{bars.unit}"'
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    _face(labels.font, 12, _INK)
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _STRONG
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    if bars.is_share:
        chart.value_axis.maximum_scale = 1
    _face(chart.category_axis.tick_labels.font, 12, _INK)
    chart.category_axis.format.line.color.rgb = _PALE


def _line_chart(page: Slide, lines: Lines, top: float, bottom: float) -> None:
    data = CategoryChartData(number_format="0")
    data.categories = list(lines.months)
    for name, counts in lines.series.items():
        data.add_series(name, list(counts))
    frame = page.shapes.add_chart(
        XL_CHART_TYPE.LINE_MARKERS,
        _LEFT,
        Inches(top),
        _WIDTH,
        Inches(bottom - top),
        data,
    )
    chart = frame.chart
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    _face(chart.legend.font, 14, _INK)
    _face(chart.category_axis.tick_labels.font, 12, _QUIET)
    _face(chart.value_axis.tick_labels.font, 12, _QUIET)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.major_gridlines.format.line.color.rgb = _PALE
    for place, series in enumerate(chart.plots[0].series):
        line = series.format.line
        line.color.rgb = _QUIET if place else _STRONG
        line.width = Pt(2 if place else 3.5)
        series.smooth = False
        if place:
            line.dash_style = MSO_LINE_DASH_STYLE.DASH
        else:
            labels = series.data_labels
            labels.show_value = True
            labels.position = XL_LABEL_POSITION.ABOVE
            _face(labels.font, 12, _INK)


def _grid(page: Slide, grid: Grid, top: float) -> None:
    rows, columns = len(grid.rows) + 1, len(grid.headings)
    shape = page.shapes.add_table(
        rows, columns, _LEFT, Inches(top), _WIDTH, Inches(0.45 * rows)
    )
    table = shape.table
    for place, width in enumerate(_widths(grid)):
        table.columns[place].width = width
    for row, cells in enumerate((grid.headings, *grid.rows)):
        for column, words in enumerate(cells):
            cell = table.cell(row, column)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = _WHITE if row else _PALE
            run = cell.text_frame.paragraphs[0].add_run()
            run.text = words
            _face(run.font, 14, _INK if row else _QUIET, bold=not row)
            _east(run)


def _widths(grid: Grid) -> list[Emu]:
    """Return widths by the longest text of each column, of some least and most."""
    longest = [
        min(max(4, *(len(row[column]) for row in (grid.headings, *grid.rows))), 34)
        for column in range(len(grid.headings))
    ]
    return [Emu(int(_WIDTH * one / sum(longest))) for one in longest]


def _text(
    page: Slide,
    words: str,
    place: tuple[float, float],
    size: int,
    bold: bool = False,
    colour: RGBColor = _INK,
) -> BaseShape:
    """Put a text box over the whole width; `place` is its top and height in inches."""
    box = page.shapes.add_textbox(_LEFT, Inches(place[0]), _WIDTH, Inches(place[1]))
    _write(box, words, size, colour, bold)
    return box


def _write(
    box: BaseShape,
    words: str,
    size: int,
    colour: RGBColor,
    bold: bool = False,
    is_more: bool = False,
) -> None:
    frame = box.text_frame
    frame.word_wrap = True
    paragraph = frame.add_paragraph() if is_more else frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = words
    _face(run.font, size, colour, bold)
    _east(run)


def _face(font: Font, size: int, colour: RGBColor, bold: bool = False) -> None:
    font.size, font.bold, font.name = Pt(size), bold, faces().slides
    font.color.rgb = colour


def _east(run: _Run) -> None:
    """Name the face for Chinese signs, which have a place of their own."""
    properties = run._r.get_or_add_rPr()
    east = properties.find(qn("a:ea"))
    if east is None:
        east = properties.makeelement(qn("a:ea"), {})
        properties.append(east)
    east.set("typeface", faces().slides)
