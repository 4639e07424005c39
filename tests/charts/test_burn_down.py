from datetime import date

import pandas as pd
import pytest

from base.month import month_ends
from charts.burn_down import burn_down

ENDS = month_ends(date(2018, 1, 1), date(2018, 12, 31))


def path_of(*remaining: int) -> pd.DataFrame:
    days = ENDS[: len(remaining)]
    table = {"as_of_date": days, "remaining": remaining, "cleared": 0, "villages": 100}
    return pd.DataFrame(table)


def plan_of(villages: int, kind: str = "linear") -> pd.DataFrame:
    planned = [villages - villages * month // 12 for month in range(1, 13)]
    return pd.DataFrame({"as_of_date": ENDS, "planned": planned, "kind": kind})


NO_PLAN = plan_of(100).head(0)


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def texts(figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations)


def test_the_line_runs_from_the_first_of_january_to_what_remains():
    line = named(burn_down(path_of(95, 90, 82), plan_of(100), 100), "实际")
    assert list(line.x) == [date(2018, 1, 1), *ENDS[:3]]
    assert list(line.y) == [100, 95, 90, 82]


def test_the_plan_ends_at_zero_on_the_deadline():
    line = named(burn_down(path_of(95), plan_of(100), 100), "计划")
    assert (line.x[-1], line.y[-1]) == (date(2018, 12, 31), 0)
    assert line.line.dash == "dash"


@pytest.mark.parametrize(
    ("remaining", "said"),
    [(82, "比计划多 7 村"), (70, "比计划少 5 村"), (75, "与计划相同")],
)
def test_the_gap_at_the_last_point_is_said_and_drawn(remaining, said):
    figure = burn_down(path_of(95, 90, remaining), plan_of(100), 100)
    assert said in texts(figure)
    assert f"<b>{remaining} 村</b>" in texts(figure)
    drawn = [(shape.x0, shape.y0, shape.y1) for shape in figure.layout.shapes]
    assert drawn == ([(ENDS[2], remaining, 75)] if remaining != 75 else [])


def test_a_last_point_on_the_right_is_named_where_the_line_has_left_room():
    figure = burn_down(path_of(*range(90, 46, -4)), plan_of(100), 100)
    words = next(note for note in figure.layout.annotations if "50 村" in note.text)
    assert words.xanchor == "right"
    assert words.y == 66


def test_months_are_on_the_axis_and_no_title_and_no_tools():
    figure = burn_down(path_of(95), plan_of(100), 100)
    months = [f"{month}月" for month in range(1, 13)]
    assert list(figure.layout.xaxis.ticktext) == ["年初", *months]
    assert figure.layout.title.text is None
    assert figure.layout.dragmode is False
    assert figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_hover_says_which_plan():
    line = named(burn_down(path_of(95), plan_of(12, "last_year_path"), 12), "计划")
    assert line.hovertext[-1] == "计划（按上年进度） 0 村"


def test_without_a_plan_only_the_path_is_drawn():
    figure = burn_down(path_of(95), NO_PLAN, 100)
    assert [trace.name for trace in figure.data] == ["实际"]
    assert "计划" not in texts(figure)


def test_without_a_path_only_the_plan_is_drawn():
    figure = burn_down(path_of(), plan_of(100), 100)
    assert named(figure, "计划").y[0] == 100
    assert "实际" not in [trace.name for trace in figure.data]


def test_without_both_it_says_so():
    figure = burn_down(path_of(), NO_PLAN, 0)
    assert len(figure.data) == 0
    assert texts(figure) == "暂无数据"


def test_timestamps_are_days():
    path = path_of(95).assign(as_of_date=pd.to_datetime(["2018-01-31"]))
    assert named(burn_down(path, plan_of(100), 100), "实际").x[-1] == ENDS[0]


def test_one_village():
    figure = burn_down(path_of(1, 1, 0), plan_of(1), 1)
    assert list(named(figure, "实际").y) == [1, 1, 1, 0]
    assert figure.layout.yaxis.dtick == 1


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_is_light_to_send(is_dark):
    path = path_of(*range(99, 87, -1))
    assert len(burn_down(path, plan_of(100), 100, is_dark).to_json()) < 8_000
