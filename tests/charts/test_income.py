from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from base.month import last_day
from charts.income import income_by_month

COLUMNS = [
    "source_name",
    "period_start",
    "period_end",
    "amount_received_yuan",
    "counts",
]
LINE = Decimal(50_000)


def row(source, first, last, yuan, counts=True, year=2018):
    end = last_day(date(year, last, 1))
    amount = None if yuan is None else Decimal(yuan)
    return (source, date(year, first, 1), end, amount, counts)


def drawn(*rows, as_of=date(2018, 12, 31), is_dark=False):
    return income_by_month(pd.DataFrame(rows, columns=COLUMNS), LINE, as_of, is_dark)


def bars(figure, axis):
    return [t for t in figure.data if t.type == "bar" and t.yaxis == axis]


def sums(figure):
    return [float(y) for y in figure.data[0].y]


def texts(figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations)


def test_months_are_stacked_by_source_and_added_up():
    figure = drawn(
        row("光伏发电", 1, 1, "10000"),
        row("光伏发电", 2, 2, "20000"),
        row("厂房租金", 2, 2, "2345.60"),
        as_of=date(2018, 3, 31),
    )
    assert {t.name: (list(t.x), list(t.y)) for t in bars(figure, "y2")} == {
        "光伏发电": ([1, 2], [1.0, 2.0]),
        "厂房租金": ([2], [0.23456]),
    }
    assert sums(figure) == [1.0, 3.23456, 3.23456]
    assert "还差 1.77 万元" in texts(figure)


def test_money_of_a_year_is_not_spread():
    figure = drawn(row("土地流转", 1, 12, "60000"), row("利息", 1, 1, "10000"))
    [bar] = bars(figure, "y3")
    assert (list(bar.x), list(bar.width)) == ([6.5], [11.88])
    assert bar.marker.pattern.shape == "/"
    assert "全年数 6 万元" in texts(figure)
    assert sums(figure) == [1.0] * 11 + [7.0]
    assert "已过线" in texts(figure)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (1, 12, "全年数"),
        (4, 6, "季度数"),
        (7, 12, "半年数"),
        (2, 4, "2–4月合计数"),
        (1, 2, "1–2月合计数"),
    ],
)
def test_longer_periods_are_drawn_as_what_they_are(first, last, said):
    figure = drawn(row("土地流转", first, last, "3000"))
    assert said in texts(figure)
    assert sums(figure) == [0.0] * (last - 1) + [0.3] * (13 - last)


def test_overlapping_periods_get_lanes_of_their_own():
    figure = drawn(
        row("分红", 1, 3, "1"), row("分红", 4, 6, "1"), row("林地", 1, 12, "1")
    )
    lanes = {tuple(bar.x): bar.base[0] for bar in bars(figure, "y3")}
    assert lanes == {(6.5,): 1, (2.0,): 0, (5.0,): 0}


def test_what_does_not_count_is_pale_and_not_added():
    figure = drawn(row("光伏发电", 1, 1, "100"), row("光伏发电", 1, 1, "900", False))
    assert [bar.opacity for bar in bars(figure, "y2")] == [1, 0.35]
    assert sums(figure)[-1] == 0.01
    assert "浅色：不计入累计" in [trace.name for trace in figure.data]
    assert "不计入" in bars(figure, "y2")[1].hovertext[0]


def test_what_ends_later_is_not_added_yet():
    figure = drawn(
        row("光伏发电", 1, 1, "100"),
        row("土地流转", 1, 12, "900"),
        as_of=date(2018, 6, 30),
    )
    assert sums(figure) == [0.01] * 6
    assert bars(figure, "y3")[0].opacity == 0.35


def test_the_line_is_named():
    figure = drawn(row("光伏发电", 1, 1, "100"))
    assert "5万元线" in texts(figure)
    assert [shape.y0 for shape in figure.layout.shapes] == [5.0]


def test_more_sources_than_colours_become_others():
    rows = [row(f"来源{n}", 1, 1, str(1000 - n)) for n in range(9)]
    figure = drawn(*rows)
    names = {bar.name for bar in bars(figure, "y2")}
    assert names == {"来源0", "来源1", "来源2", "来源3", "来源4", "其他"}
    assert sum(sum(bar.y) for bar in bars(figure, "y2")) == pytest.approx(0.8964)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row("光伏发电", 1, 1, None)],
        [row("光伏发电", 1, 1, "100", year=2017)],
    ],
    ids=["no rows", "nothing stated", "another year"],
)
def test_without_an_amount_it_says_so(rows):
    figure = drawn(*rows)
    assert len(figure.data) == 0
    assert texts(figure) == "暂无数据"


@pytest.mark.parametrize("is_dark", [False, True])
def test_no_title_and_transparent(is_dark):
    figure = drawn(row("光伏发电", 1, 1, "100"), is_dark=is_dark)
    assert figure.layout.title.text is None
    assert figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert len(figure.to_json()) < 8_000
