import json
from decimal import Decimal

import pandas as pd
import pytest

from charts.map_layers import legend_entries, map_deck

CITY, EAST, WEST = "410581", "410581101", "410581102"
VILLAGE = "410581101201"
TOWNSHIPS = [
    "township_code",
    "township_name",
    "polygons_json",
    "hatch_json",
    "label_lon_deg",
    "label_lat_deg",
    "remaining",
    "villages",
    "not_reported",
    "village_count",
]
VILLAGES = [
    "village_code",
    "village_name",
    "township_code",
    "township_name",
    "lon_deg",
    "lat_deg",
    "position_kind",
    "standing",
    "worst_state",
    "amount_yuan",
    "gap_yuan",
]


def square(west: float) -> str:
    ring = [[west, 36.0], [west + 0.1, 36.0], [west + 0.1, 36.1], [west, 36.0]]
    return json.dumps([ring])


def townships(not_reported: int = 0) -> pd.DataFrame:
    hatch = json.dumps([[[113.8, 36.0], [113.812345, 36.1]]])
    rows = [
        (EAST, "合涧镇", square(113.8), hatch, 113.85, 36.03, 1, 2, not_reported, 4),
        (WEST, "临淇镇", square(113.7), hatch, 113.75, 36.03, 0, 1, 0, 2),
    ]
    return pd.DataFrame(rows, columns=TOWNSHIPS)


def villages() -> pd.DataFrame:
    east, west = (EAST, "合涧镇"), (WEST, "临淇镇")
    gap = (Decimal("32150.50"), Decimal("17849.50"))
    rows = [
        (VILLAGE, "木纂", *east, 113.84, 36.02, "laid_out", "remaining")
        + ("not_reported", *gap),
        ("410581101202", "<b>上庄</b>", *east, 113.87, 36.01, "measured", "cleared")
        + ("reported", None, None),
        ("410581101203", "小庄", *east, 113.88, 36.05, "measured", "met_last_year")
        + ("reported", None, None),
        ("410581102201", "白象井", *west, 113.76, 36.02, "measured", "remaining")
        + ("reported", *gap),
        ("410581102202", "石村", *west, None, None, None, "remaining")
        + (None, None, None),
    ]
    return pd.DataFrame(rows, columns=VILLAGES)


def layers(focus: str, not_reported: int = 0, is_dark: bool = False) -> dict[str, dict]:
    deck = map_deck(townships(not_reported), villages(), focus, is_dark)
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def codes(layer: dict) -> list[str]:
    return [item["place_code"] for item in layer["data"]]


@pytest.mark.parametrize("focus", [CITY, EAST, VILLAGE])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_is_fetched(focus, is_dark):
    deck = map_deck(townships(1), villages(), focus, is_dark)
    assert deck.map_provider is None
    text = deck.to_json()
    assert "http" not in text and "data:" not in text and "carto" not in text
    # The page takes any other style, also an empty one, for an order to fetch a map.
    assert json.loads(text)["mapStyle"] == "__MAP_STYLE__"


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        (CITY, ["townships", "hatching", "villages", "names"]),
        (
            EAST,
            ["townships", "hatching", "villages", "squares", "unreported"]
            + ["village_names", "names"],
        ),
        (
            VILLAGE,
            ["townships", "hatching", "focus", "villages", "squares", "unreported"]
            + ["village_names", "names"],
        ),
    ],
)
def test_layers(focus, expected):
    assert list(layers(focus)) == expected


def test_townships_and_villages_can_be_picked_by_code():
    drawn = layers(EAST)
    picked = {name for name, layer in drawn.items() if layer.get("pickable")}
    assert picked == {"townships", "villages"}
    assert codes(drawn["townships"]) == [EAST, WEST]
    assert codes(drawn["villages"]) == [VILLAGE, "410581101202", "410581101203"]


def test_a_city_shows_the_villages_that_remain_and_have_a_position():
    assert codes(layers(CITY)["villages"]) == [VILLAGE, "410581102201"]


@pytest.mark.parametrize(("not_reported", "lines"), [(0, 0), (1, 1), (4, 1)])
def test_hatching_from_a_quarter_not_reported(not_reported, lines):
    hatching = layers(CITY, not_reported)["hatching"]["data"]
    assert len(hatching) == lines
    assert [item["path"] for item in hatching] == lines * [
        [[113.8, 36.0], [113.8123, 36.1]]
    ]


def test_no_hatching_below_a_quarter():
    few = townships(1).assign(village_count=5)
    deck = json.loads(map_deck(few, villages(), CITY).to_json())
    assert deck["layers"][1]["data"] == []


def test_names_carry_what_remains():
    names = [item["text"] for item in layers(CITY)["names"]["data"]]
    assert names == ["合涧镇 1", "临淇镇 0"]


def test_a_township_in_focus_alone_is_painted_and_names_its_villages():
    drawn = layers(EAST)
    fills = {item["place_code"]: item["fill"][3] for item in drawn["townships"]["data"]}
    assert fills == {EAST: 90, WEST: 70}
    assert [item["text"] for item in drawn["names"]["data"]] == ["临淇镇 0"]
    named = {item["text"] for item in drawn["village_names"]["data"]}
    assert {"木纂", "小庄"} <= named


def test_shapes_differ_and_not_only_colours():
    drawn = layers(EAST)
    assert [item["text"] for item in drawn["squares"]["data"]] == ["■"]
    assert [item["at"] for item in drawn["unreported"]["data"]] == [[113.84, 36.02]]
    assert "kind == 'cleared' ? 2.4" in drawn["villages"]["getLineWidth"]


def test_the_village_in_focus_is_marked_and_named_first():
    drawn = layers(VILLAGE)
    assert drawn["focus"]["data"] == [{"at": [113.84, 36.02]}]
    assert drawn["village_names"]["data"][0]["text"] == "木纂"


def test_what_is_shown_over_a_village():
    over = layers(EAST)["villages"]["data"]
    assert (over[0]["title"], over[0]["note"].split("\n")) == (
        "木纂",
        [
            "合涧镇 ● 未清零",
            "本年收入 3.22 万元",
            "还差 1.78 万元",
            "报表 × 未报",
            "位置为示意",
        ],
    )
    assert over[1]["note"] == "合涧镇 ○ 已清零\n报表 √ 已报"


def test_what_is_shown_over_a_township():
    over = layers(CITY, 2)["townships"]["data"][0]
    assert over["note"] == "未清零 1 村，名单共 2 村（50%）\n未报 2 村，全镇共 4 村"


def test_names_bring_no_markup():
    deck = map_deck(townships(), villages(), EAST)
    assert "<b>上庄" not in deck.to_json()
    assert "‹b›上庄‹/b›" in deck.to_json()
    assert deck._tooltip["html"] == "<b>{title}</b>\n{note}"


def test_the_view_fits_the_focus():
    views = [
        map_deck(townships(), villages(), focus).initial_view_state
        for focus in (CITY, EAST, VILLAGE)
    ]
    assert [view.pitch for view in views] == [0, 0, 0]
    assert views[0].zoom < views[1].zoom < views[2].zoom
    assert (views[0].longitude, views[1].longitude) == (113.8, 113.85)
    assert (views[2].longitude, views[2].latitude) == (113.84, 36.02)


def test_a_larger_box_is_filled():
    small, large = (
        map_deck(townships(), villages(), CITY, box_px=box).initial_view_state
        for box in ((360, 520), (720, 1040))
    )
    assert large.zoom - small.zoom == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize("focus", [CITY, EAST, VILLAGE])
def test_empty_frames(focus):
    deck = map_deck(townships().head(0), villages().head(0), focus)
    assert all(layer["data"] == [] for layer in json.loads(deck.to_json())["layers"])


def test_one_village_alone():
    deck = map_deck(townships().head(1), villages().head(1), VILLAGE)
    drawn = {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}
    assert codes(drawn["villages"]) == [VILLAGE]


def test_townships_without_a_shape_are_left_out():
    shapeless = townships().assign(polygons_json=None, hatch_json=None)
    shapeless["label_lon_deg"] = None
    deck = json.loads(map_deck(shapeless, villages(), CITY).to_json())
    assert [len(layer["data"]) for layer in deck["layers"]] == [0, 0, 2, 0]


def test_a_whole_city_is_light_to_send():
    many = pd.concat([villages().head(1)] * 589, ignore_index=True)
    codes_of_all = [f"410581101{n:03d}" for n in range(589)]
    many = many.assign(village_code=codes_of_all, lon_deg=113.8 + many.index / 9e3)
    for focus in (CITY, EAST):
        deck = map_deck(townships(1), many, focus)
        assert len(deck.to_json().encode()) < 250_000


def test_the_legend_has_a_sign_for_each_word():
    words = [word for _sign, word in legend_entries()]
    assert words[:2] == ["全部清零", "未清零占 1–25%"]
    assert words[-4:] == ["未清零", "已清零", "上年达标", "有应报未报"]
    assert len({sign for sign, _word in legend_entries()}) == len(words)
    in_city = [word for _sign, word in legend_entries(CITY)]
    assert in_city == words[:7]
