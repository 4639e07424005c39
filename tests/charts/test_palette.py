import colorsys

import pytest

from charts import palette


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (palette.standing_word("remaining"), "● 未清零"),
        (palette.standing_word("cleared"), "○ 已清零"),
        (palette.standing_word("met_last_year"), "■ 上年达标"),
        (palette.state_word("not_reported"), "× 未报"),
        (palette.state_word("reported_zero"), "□ 零申报"),
        (palette.pace_word("red"), "◆ 严重滞后"),
        (palette.plant_word("outage"), "◆ 疑似停机"),
    ],
)
def test_words_carry_their_sign(said, expected):
    assert said == expected


@pytest.mark.parametrize(
    "table",
    [palette.STANDINGS, palette.STATES, palette.PACES, palette.PLANTS],
    ids=["s", "t", "p", "l"],
)
def test_signs_words_and_colours_differ(table):
    for column in zip(*table.values(), strict=True):
        assert len(set(column)) == len(table)


@pytest.mark.parametrize("is_dark", [False, True])
def test_each_step_of_the_ramp_is_told_apart_in_grey(is_dark):
    greys = [grey(colour) for colour in palette.ramp(is_dark)]
    steps = [b - a for a, b in zip(greys, greys[1:], strict=False)]
    assert all(step > 0.025 if is_dark else step < -0.025 for step in steps)


@pytest.mark.parametrize("is_dark", [False, True])
def test_neighbouring_sources_differ_in_grey(is_dark):
    greys = [grey(colour) for colour in palette.series(is_dark)]
    assert all(abs(a - b) > 0.15 for a, b in zip(greys, greys[1:], strict=False))


@pytest.mark.parametrize("is_dark", [False, True])
def test_what_needs_a_look_stands_out_in_grey(is_dark):
    normal, weak, outage = (
        grey(palette.plant_colour(code, is_dark))
        for code in ("normal", "weak", "outage")
    )
    assert abs(normal - weak) > 0.15
    assert abs(normal - outage) > 0.3


@pytest.mark.parametrize("is_dark", [False, True])
def test_letters_are_read_on_the_colour_of_a_plant(is_dark):
    for code in palette.PLANTS:
        ground = palette.plant_colour(code, is_dark)
        assert abs(grey(ground) - grey(palette.ink_on(ground))) > 0.4


def test_rgb():
    assert palette.rgb("#1f5f6b") == [31, 95, 107, 255]
    assert palette.rgb("#ffffff", 60) == [255, 255, 255, 60]


def grey(colour: str) -> float:
    red, green, blue, _opacity = palette.rgb(colour)
    return colorsys.rgb_to_yiq(red / 255, green / 255, blue / 255)[0]
