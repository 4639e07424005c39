"""Does the map of plants tell states by colour, sign and word, and fetch nothing?"""

import json
from typing import Any

import pandas as pd
import pytest

from charts.map_plants import plants_deck, plants_legend
from charts.palette import PLANTS, plant_colour, rgb
from tests.charts.plants import DOWN, SILENT, plants

RING = [[113.7, 36.0], [113.9, 36.0], [113.9, 36.1], [113.7, 36.0]]
TOWNSHIPS = pd.DataFrame(
    [("410581101", json.dumps([RING])), ("410581102", json.dumps([RING]))],
    columns=["township_code", "polygons_json"],
)


def layers(focus: str, is_dark: bool = False) -> dict[str, Any]:
    deck = plants_deck(TOWNSHIPS, plants(), focus, is_dark)
    assert deck.map_provider is None
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


@pytest.mark.parametrize("is_dark", [False, True])
def test_each_plant_has_colour_sign_and_words(is_dark: bool) -> None:
    found = layers("410581", is_dark)
    discs = {disc["place_code"]: disc for disc in found["plants"]["data"]}
    assert discs[DOWN]["fill"] == rgb(plant_colour("outage", is_dark))
    assert discs[SILENT]["fill"] == rgb(plant_colour("no_figure", is_dark))
    assert {one["text"] for one in found["signs"]["data"]} == {"◆", "×"}
    assert discs[DOWN]["note"].split("\n") == [
        "合涧镇 ◆ 疑似停机",
        "装机 100 千瓦",
        "本月满发 50 小时",
        "为同类电站的 55%",
        "位置为示意",
    ]
    assert discs[SILENT]["note"] == "临淇镇 × 没有数\n装机 90 千瓦"


def test_a_city_names_only_what_needs_a_look() -> None:
    city = layers("410581")["plant_names"]["data"]
    assert [one["text"] for one in city] == ["‹b›木纂"]
    near = layers("410581101")["plant_names"]["data"]
    assert {one["text"] for one in near} == {"‹b›木纂", "上庄"}


def test_the_chosen_plant_is_larger() -> None:
    discs = layers(SILENT)["plants"]["data"]
    radius = {disc["place_code"]: disc["radius"] for disc in discs}
    assert radius[SILENT] > radius[DOWN]


def test_the_legend_has_sign_and_word_of_each_state() -> None:
    found = plants_legend()
    assert [word for _chip, word in found] == [PLANTS[code][1] for code in PLANTS]
    for (chip, _word), (sign, *_more) in zip(found, PLANTS.values(), strict=True):
        assert sign in chip
