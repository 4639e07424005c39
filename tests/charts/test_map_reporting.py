"""Does the map of reports colour places by state, say it, and fetch nothing?"""

import json
from typing import Any

import pandas as pd
import pytest

from charts.map_reporting import reporting_deck, reporting_legend, worst_of
from charts.palette import STATES, rgb, state_colour, surface

CITY, EAST, WEST = "410581", "410581101", "410581102"
COUNTS = ["returned", "not_reported", "in_review", "reported", "reported_zero"]
COUNTS += ["not_due"]
TOWNSHIP = ["township_code", "township_name", "polygons_json", "label_lon_deg"]
TOWNSHIP += ["label_lat_deg", *COUNTS, "owed_count", "due_count", "filled_count"]
TOWNSHIP += ["on_time_count"]
VILLAGE = ["village_code", "village_name", "township_name", "lon_deg", "lat_deg"]
VILLAGE += ["position_kind", "worst_state", "due_count", "filled_count"]


def square(west: float) -> str:
    ring = [[west, 36.0], [west + 0.1, 36.0], [west + 0.1, 36.1], [west, 36.0]]
    return json.dumps([ring])


def townships() -> pd.DataFrame:
    rows = [
        (EAST, "<b>合涧镇", square(113.8), 113.85, 36.03, 0, 1, 0, 2, 1, 0, 4, 4, 3, 2),
        (WEST, "临淇镇", square(113.7), 113.75, 36.03, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0),
    ]
    return pd.DataFrame(rows, columns=TOWNSHIP)


def villages() -> pd.DataFrame:
    rows = [
        (f"{EAST}201", "木纂", "合涧镇", 113.84, 36.02, "laid_out", "not_reported", 1)
        + (0,),
        (f"{EAST}202", "上庄", "合涧镇", 113.87, 36.01, "measured", "reported", 1, 1),
        (f"{EAST}203", "小庄", "合涧镇", 113.88, 36.05, "measured", "returned", 1, 0),
        (f"{WEST}201", "白象井", "临淇镇", 113.76, 36.02, "measured", "not_due", 0, 0),
        (f"{WEST}202", "石村", "临淇镇", None, None, None, "not_reported", 1, 0),
    ]
    return pd.DataFrame(rows, columns=VILLAGE)


def layers(focus: str, is_dark: bool = False) -> dict[str, Any]:
    deck = reporting_deck(townships(), villages(), focus, is_dark)
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def fills(layer: dict[str, Any]) -> dict[str, list[int]]:
    return {item["place_code"]: item["fill"] for item in layer["data"]}


@pytest.mark.parametrize("focus", [CITY, EAST, f"{EAST}201"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_is_fetched(focus: str, is_dark: bool) -> None:
    deck = reporting_deck(townships(), villages(), focus, is_dark)
    assert deck.map_provider is None
    text = deck.to_json()
    assert "http" not in text
    assert "<b>合涧镇" not in text


def test_a_township_shows_its_worst_state_the_stronger_the_more() -> None:
    few = townships().iloc[0]
    assert worst_of(few) == "not_reported"
    assert worst_of(townships().iloc[1]) == "not_due"
    colour = rgb(state_colour("not_reported"))[:3]
    assert fills(layers(CITY)["townships"])[EAST] == [*colour, 111]
    assert fills(layers(CITY)["townships"])[WEST][3] == 235
    for state in COUNTS:
        alone = few.copy()
        alone[COUNTS] = 0
        alone[state] = 1
        assert worst_of(alone) == state


@pytest.mark.parametrize("is_dark", [False, True])
def test_villages_bear_colour_and_sign_of_their_state(is_dark: bool) -> None:
    drawn = layers(EAST, is_dark)
    states = ["not_reported", "reported", "returned"]
    assert list(fills(drawn["villages"]).values()) == [
        rgb(state_colour(state, is_dark)) for state in states
    ]
    signs = [item["text"] for item in drawn["signs"]["data"]]
    assert signs == [STATES[state][0] for state in states]
    neighbour = fills(drawn["townships"])[WEST]
    assert neighbour == rgb(surface(is_dark).grid, 70)


def test_a_city_shows_the_villages_that_lack_and_have_a_position() -> None:
    drawn = layers(CITY)
    assert list(drawn) == ["townships", "villages", "names"]
    assert list(fills(drawn["villages"])) == [f"{EAST}201", f"{EAST}203"]
    names = [item["text"] for item in drawn["names"]["data"]]
    assert names == ["‹b›合涧镇 3/4", "临淇镇 0/0"]


def test_the_village_in_focus_is_larger_and_named_first() -> None:
    drawn = layers(f"{EAST}202")
    radii = {item["place_code"]: item["radius"] for item in drawn["villages"]["data"]}
    assert radii[f"{EAST}202"] > radii[f"{EAST}201"] == radii[f"{EAST}203"]
    assert drawn["village_names"]["data"][0]["text"] == "上庄"
    assert layers(EAST)["village_names"]["data"][0]["text"] == "小庄"


def test_what_is_shown_over_places() -> None:
    drawn = layers(EAST)
    over = {item["place_code"]: item["note"] for item in drawn["townships"]["data"]}
    assert over[EAST].split("\n") == [
        "应报 4 份，已报送 3 份（75%）",
        "按时 2 份（50%）",
        "× 未报 1 份",
        "√ 已报 2 份",
        "□ 零申报 1 份",
    ]
    over = {item["place_code"]: item["note"] for item in drawn["villages"]["data"]}
    assert over[f"{EAST}201"] == (
        "合涧镇 × 未报\n应报 1 份，已报送 0 份（0%）\n位置为示意"
    )
    west = layers(WEST)["villages"]["data"]
    assert [item["note"] for item in west] == ["临淇镇 … 未到期"]


@pytest.mark.parametrize("focus", [CITY, EAST])
def test_empty_frames(focus: str) -> None:
    deck = reporting_deck(townships().head(0), villages().head(0), focus)
    assert all(layer["data"] == [] for layer in json.loads(deck.to_json())["layers"])


def test_the_legend_has_the_six_states() -> None:
    words = [word for _sign, word in reporting_legend()]
    assert len(words) == len(set(words)) == 6
    assert words[:2] == ["← 已退回", "× 未报"]
    assert len({sign for sign, _word in reporting_legend(True)}) == 6
