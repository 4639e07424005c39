"""Do arcs go from the site to those who may be seen, and does nobody else get in?"""

import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from charts.map_joint import KINDS, joint_deck, joint_legend, kind_of, kind_word
from charts.palette import rgb

RING = [[113.7, 36.0], [113.9, 36.0], [113.9, 36.2], [113.7, 36.0]]
SITE = [113.8, 36.1]
HOLDER = ["village_name", "village_code", "lon_deg", "lat_deg", "share_pct"]
HOLDER += ["is_manager", "is_away", "is_together"]
HOLDERS = [
    ("柳泉", "410581105201", 113.8, 36.1, 40, True, False, True),
    ("东里", "410581105202", 113.82, 36.12, 35, False, False, True),
    ("任村", "410581106200", 113.75, 36.15, 25, False, True, False),
    ("石村", "410581106201", None, None, 0, False, True, False),
]


def deck(count: int = 4, **project: Any) -> dict[str, Any]:
    """Draw the deck of the first holders; return its layers by their ids."""
    shapes = pd.DataFrame(
        {"township_code": ["410581105"], "polygons_json": [json.dumps([RING])]}
    )
    said = {
        "project_id": "L01",
        "project_name": "食用菌<b>园",
        "manager_name": "柳泉",
        "site_township_name": "河顺镇",
        "site_lon_deg": SITE[0],
        "site_lat_deg": SITE[1],
        "holder_count": 4,
        "received_yuan": Decimal(100_000),
    }
    holders = pd.DataFrame(HOLDERS[:count], columns=HOLDER)
    drawn = joint_deck(
        shapes,
        pd.DataFrame([{**said, **project}]),
        holders.assign(
            project_id="L01", project_name="食用菌<b>园", township_name="镇"
        ),
    )
    assert drawn.map_provider is None
    text = drawn.to_json()
    assert "http" not in text and "<b>园" not in text
    return {layer["id"]: layer for layer in json.loads(text)["layers"]}


def test_arcs_go_from_the_site_to_each_holder_but_the_manager() -> None:
    arcs = deck()["arcs"]["data"]
    assert [arc["from"] for arc in arcs] == [SITE, SITE]
    assert [arc["to"] for arc in arcs] == [[113.82, 36.12], [113.75, 36.15]]
    assert arcs[0]["width"] > arcs[1]["width"]
    colours = [arc["colour"][:3] for arc in arcs]
    assert colours == [rgb(KINDS[one][2])[:3] for one in ("together", "away")]
    assert "份额 35%" in arcs[0]["note"] and "▲ 本镇抱团" in arcs[0]["note"]


def test_who_is_not_given_is_not_in_the_deck() -> None:
    """A township's viewer is given its own villages; the site and its total stay."""
    layers = deck(2)
    text = json.dumps(layers, ensure_ascii=False)
    assert "任村" not in text and "410581106" not in text and "25%" not in text
    [site] = layers["sites"]["data"]
    assert "4 村持股" in site["note"] and "10 万元" in site["note"]
    assert [one["place_code"] for one in layers["holders"]["data"]] == ["410581105202"]


def test_a_project_without_a_position_is_not_drawn() -> None:
    layers = deck(site_lon_deg=None, site_lat_deg=None)
    assert layers["sites"]["data"] == layers["arcs"]["data"] == []


@pytest.mark.parametrize(
    ("manager", "away", "together", "kind"),
    [
        (True, False, True, "manager"),
        (False, True, True, "away_together"),
        (False, True, False, "away"),
        (False, False, True, "together"),
        (False, False, False, "home"),
    ],
)
def test_how_a_share_is_held(
    manager: bool, away: bool, together: bool, kind: str
) -> None:
    row = pd.Series({"is_manager": manager, "is_away": away, "is_together": together})
    assert kind_of(row) == kind


def test_each_kind_has_a_sign_and_a_word_of_its_own() -> None:
    assert len({kind_word(kind) for kind in KINDS}) == len(KINDS)
    assert len({sign for sign, _word, _light, _dark in KINDS.values()}) == len(KINDS)
    assert [word for _sign, word in joint_legend()] == [
        kind_word(kind).split(" ")[1] for kind in KINDS
    ]
