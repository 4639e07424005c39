"""Are the slides whole, native and on their pages, whatever people wrote?"""

import io

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Pages

from reports.meeting.deck import Bars, Big, Deck, Lines, Message
from reports.meeting.slides import slides
from tests.reports.meeting.conftest import FORMULA, IMAGE, LONG, SCRIPT, SECOND, Made

pytestmark = pytest.mark.xdist_group("papers")


def pages_of(content: bytes) -> Pages:
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def pages(second: Made) -> Pages:
    return pages_of(second.content("slides"))


def texts_of(page: object) -> list[str]:
    """Return all texts of a page, the cells of its table among them."""
    found = []
    for shape in page.shapes:  # type: ignore[attr-defined]
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def test_each_message_has_a_page_with_title_number_and_foot(
    second: Made, pages: Pages
) -> None:
    count = len(second.deck.messages) + 1
    assert len(pages.slides) == count
    titles = [second.deck.title, *(one.title for one in second.deck.messages)]
    for number, (page, title) in enumerate(
        zip(pages.slides, titles, strict=True), start=1
    ):
        said = texts_of(page)
        assert title and title in said
        assert f"{number} / {count}" in said
        assert second.deck.foot in said
    for word in ("数据截至2018年7月31日", "台账报到", "五万元以下村清零", "口径待确认"):
        assert word in second.deck.foot


def test_charts_are_native_and_bear_their_figures(second: Made, pages: Pages) -> None:
    drawn = 0
    for page, message in zip(list(pages.slides)[1:], second.deck.messages, strict=True):
        charts = [shape.chart for shape in page.shapes if shape.has_chart]
        assert not [one for one in page.shapes if one.shape_type == 13], "a picture"
        picture = message.picture
        if not isinstance(picture, Bars | Lines):
            assert not charts
            continue
        [chart] = charts
        drawn += 1
        assert chart.part.chart_workbook.xlsx_part is not None
        told = {one.name: list(one.values) for one in chart.plots[0].series}
        wanted = {name: list(values) for name, values in picture.series.items()}
        if isinstance(picture, Bars):
            wanted = {name: values[::-1] for name, values in wanted.items()}
            assert list(chart.plots[0].categories) == list(picture.names)[::-1]
        assert told == wanted
    assert drawn >= 4


def test_nothing_lies_outside_a_page(pages: Pages) -> None:
    for page in pages.slides:
        for shape in page.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= pages.slide_width
            assert shape.top + shape.height <= pages.slide_height


def test_a_cell_is_short_enough_for_its_line(pages: Pages) -> None:
    cells = [
        cell.text
        for page in pages.slides
        for shape in page.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    assert any(text.endswith("…") for text in cells)
    assert LONG not in cells
    assert max(map(len, cells)) < 60
    assert not [text for text in cells if text == "nan" or "_x00" in text]


def test_odd_texts_are_texts_on_one_line(pages: Pages) -> None:
    title = texts_of(pages.slides[0])[0]
    assert title == f"{FORMULA} {SCRIPT}{IMAGE}"


def test_a_long_title_stands_above_what_is_below_it() -> None:
    deck = Deck("长" * 60, "林州市", "数据截至", (Message("题", (Big("一", "2"),)),))
    page = pages_of(slides(deck, SECOND)).slides[0]
    title, below = [one for one in page.shapes if one.has_text_frame][:2]
    size = title.text_frame.paragraphs[0].runs[0].font.size
    lines = -(-60 * size // title.width)
    assert lines * size * 1.25 <= title.height
    assert title.top + title.height <= below.top


def test_the_same_freeze_makes_the_same_slides(second: Made) -> None:
    assert second.again["slides"].content == second.content("slides")
