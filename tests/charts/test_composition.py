"""Do the bars add up to the rows, and can neighbours be told apart in grey?"""

from decimal import Decimal

import pandas as pd
import pytest

from charts.composition import composition_figure
from charts.pairs import Pair, pairs_figure

SOURCES = [f"s{place}" for place in range(8)]
NAMES = {one: f"来源{one}" for one in SOURCES}


def parts(*classes: str) -> pd.DataFrame:
    rows = [
        (name, 10, source_id, 2, Decimal(10_000 * (place + 1)))
        for name in classes
        for place, source_id in enumerate(SOURCES)
    ]
    columns = ["class_name", "class_village_count", "source_id", "village_count"]
    return pd.DataFrame(rows, columns=[*columns, "received_yuan"])


def test_one_class_is_a_bar_per_source_the_largest_on_top() -> None:
    figure = composition_figure(parts("全部村"), NAMES)
    [bar] = figure.data
    assert list(bar.x) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert list(figure.layout.yaxis.categoryarray)[-1] == "来源s7"
    assert "22.2%" in bar.text[0] and "2 村" in bar.text[0]
    assert figure.layout.xaxis.range[1] > 8


def test_classes_stack_the_largest_sources_and_sum_the_rest() -> None:
    figure = composition_figure(parts("山区", "景区"), NAMES)
    assert [bar.name for bar in figure.data][:2] == ["来源s7", "来源s6"]
    assert figure.data[-1].name == "其余来源"
    sums = [sum(bar.x[place] for bar in figure.data) for place in (0, 1)]
    assert sums == [36, 36]
    looks = [(bar.marker.color, bar.marker.pattern.shape) for bar in figure.data]
    assert len(set(looks)) == len(looks) == 6
    texts = [one.text for one in figure.layout.annotations]
    assert texts == ["36.0 万元，每村 3.6 万元"] * 2


@pytest.mark.parametrize("is_dark", [False, True])
def test_without_rows_the_figure_says_so(is_dark: bool) -> None:
    for figure in (
        composition_figure(parts(), NAMES, is_dark),
        pairs_figure([], "今年", "去年", is_dark),
    ):
        assert [one.text for one in figure.layout.annotations] == ["暂无数据"]


def test_pairs_stand_over_each_other_with_their_words() -> None:
    pairs = [
        Pair("光伏", Decimal(30_000), Decimal(20_000), "+50.0%"),
        Pair("其他", Decimal(-5_000), Decimal(0), "–"),
    ]
    figure = pairs_figure(pairs, "今年", "去年")
    whole, part = figure.data
    assert (whole.name, list(whole.x)) == ("去年", [2, 0])
    assert (part.name, list(part.x)) == ("今年", [3, -0.5])
    assert part.width < whole.width
    assert [one.text for one in figure.layout.annotations] == ["+50.0%", "–"]
    assert figure.layout.xaxis.range[0] == -0.5
