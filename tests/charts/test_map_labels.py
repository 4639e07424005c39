from hypothesis import given
from hypothesis import strategies as st

from charts.map_labels import beside, spread
from charts.map_view import view_of

PX_PER_DEGREE = 512 * 2**9 / 360


def test_names_that_do_not_touch_stay():
    assert spread([(113.7, 36.0, "合涧镇"), (113.9, 36.2, "任村镇")], 14, 9) == [
        (0.0, 0.0),
        (0.0, 0.0),
    ]


def test_names_that_cover_each_other_move_apart():
    places = [(113.82, 36.07, "开元街道 6"), (113.82, 36.071, "振林街道 3")]
    (_x, lower), (_y, upper) = spread(places, 14, 8.6)
    assert lower > 0 > upper
    assert lower - upper >= 14


@given(st.floats(-0.2, 0.2), st.sampled_from(["甲", "合涧镇 12", "开元街道 6"]))
def test_two_names_never_cover_each_other(east_deg, text):
    places = [(113.8, 36.0, text), (113.8 + east_deg, 36.0, text)]
    (first_x, first_y), (second_x, second_y) = spread(places, 14, 9)
    right = second_x + east_deg * PX_PER_DEGREE - first_x
    wide = 14 * sum(1.0 if letter > "⺀" else 0.58 for letter in text)
    assert abs(right) >= wide - 1 or abs(second_y - first_y) >= 14


def test_a_name_goes_below_its_mark_else_above():
    places = [(113.80, 36.0, "木纂"), (113.80, 35.998, "上庄")]
    first, second = beside(places, 12, 12, [6, 6])
    assert first is not None and second is not None
    assert first[1] < 0 < second[1]


def test_a_name_without_room_is_left_out():
    places = [(113.8, 36.0, "木纂")] * 6
    offsets = beside(places, 12, 12, [6] * 6)
    assert offsets.count(None) == 4


def test_a_view_without_a_place_shows_the_country():
    assert view_of([], (360, 520)).zoom == 3


def test_a_view_of_one_position_is_close():
    view = view_of([(113.8, 36.0)], (360, 520))
    assert (view.longitude, view.latitude, view.zoom) == (113.8, 36.0, 14.0)
