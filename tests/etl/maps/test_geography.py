"""Do the city's own boundaries and positions take the place of computed ones?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from base.catalogue import catalogue
from base.datum import from_wgs84
from base.errors import ShownError
from etl.door import opened
from etl.maps.geography import import_boundaries, import_positions, publish_computed
from etl.registry import Registry, registry
from store import Store
from store.publish import OPEN
from tests.making import BY, NOW

HESHUN, LIUQUAN, TOWNSHIP = "410581105200", "410581105201", "410581105"
DATUMS = ["WGS84", "CGCS2000", "GCJ-02", "BD-09"]
VERSION = "select version_no from ops.version"


def drawn(store: Store) -> dict[str, tuple[str, str, list[list[list[float]]]]]:
    """Return kind, approval number and rings of each township in force."""
    frame = store.frame(
        "select township_code, shape_kind, approval_number, polygons_json "
        "from core.township_shape where to_no = $open",
        {"open": OPEN},
    )
    return {
        row.township_code: (
            row.shape_kind,
            row.approval_number,
            json.loads(row.polygons_json),
        )
        for row in frame.itertuples()
    }


def placed(store: Store) -> dict[str, tuple[str, float, float]]:
    """Return kind, longitude and latitude of each village in force."""
    frame = store.frame(
        "select village_code, position_kind, lon_deg, lat_deg "
        "from core.village_position where to_no = $open",
        {"open": OPEN},
    )
    assert frame["village_code"].is_unique
    return {
        row.village_code: (row.position_kind, row.lon_deg, row.lat_deg)
        for row in frame.itertuples()
    }


def boundaries(
    rings: dict[str, list[list[list[float]]]], datum: str, shift: float = 0
) -> bytes:
    """Make a file of boundaries in a datum, moved to the east."""
    features = [
        {
            "type": "Feature",
            "properties": {"township_code": code},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[from_wgs84(x + shift, y, datum) for x, y in ring]]
                    for ring in pieces
                ],
            },
        }
        for code, pieces in rings.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def cells(store: Store) -> dict[str, list[list[list[float]]]]:
    return {code: pieces for code, (_kind, _number, pieces) in drawn(store).items()}


def draw(store: Store, content: bytes, datum: str) -> None:
    import_boundaries(
        store,
        content,
        "边界.geojson",
        datum,
        "豫S(2018)1号",
        registry(),
        catalogue(),
        BY,
        NOW,
    )


def place(store: Store, *lines: tuple[str, float, float], datum: str = "WGS84") -> int:
    text = "村代码,经度,纬度\n"
    for code, lon, lat in lines:
        x, y = from_wgs84(lon, lat, datum)
        text += f"{code},{x:.7f},{y:.7f}\n"
    return import_positions(
        store, text.encode(), datum, registry(), catalogue(), BY, NOW
    )


def area(pieces: list[list[list[float]]]) -> BaseGeometry:
    parts = [shapely.Polygon(ring) for ring in pieces]
    return shapely.union_all(parts)


def test_at_first_cells_are_computed_and_every_village_lies_in_its_own(
    store: Store,
) -> None:
    found = drawn(store)
    assert {kind for kind, _number, _pieces in found.values()} == {"computed"}
    assert set(found) == set(registry().townships)
    places = placed(store)
    assert set(places) == set(registry().villages)
    for code, (kind, lon, lat) in places.items():
        assert kind == "laid_out"
        assert area(found[code[:9]][2]).contains(shapely.Point(lon, lat)), code


@pytest.mark.parametrize("datum", DATUMS)
def test_boundaries_replace_the_cells_in_each_datum(store: Store, datum: str) -> None:
    before, version = cells(store), store.value(VERSION)
    draw(store, boundaries(before, datum, shift=0.05), datum)
    found = drawn(store)
    assert {one[:2] for one in found.values()} == {("official", "豫S(2018)1号")}
    for code, (_kind, _number, pieces) in found.items():
        moved = shapely.transform(area(before[code]), lambda xy: xy + [0.05, 0])
        assert area(pieces).symmetric_difference(moved).area < 1e-3 * moved.area
    # villages are laid out again, inside
    assert all(
        area(found[code[:9]][2]).contains(shapely.Point(lon, lat))
        for code, (_kind, lon, lat) in placed(store).items()
    )
    assert store.value(VERSION) == version + 2
    # and the computed cells do not come back when the store is opened again
    assert opened() is store
    assert drawn(store) == found
    assert store.value(VERSION) == version + 2


def test_the_same_boundaries_again_publish_nothing(store: Store) -> None:
    content = boundaries(cells(store), "WGS84", shift=0.05)
    draw(store, content, "WGS84")
    version = store.value(VERSION)
    draw(store, content, "WGS84")
    assert store.value(VERSION) == version


def test_boundaries_of_some_townships_are_refused(store: Store) -> None:
    before, version = drawn(store), store.value(VERSION)
    some = {code: rings for code, rings in cells(store).items() if code != TOWNSHIP}
    with pytest.raises(ShownError, match="河顺镇"):
        draw(store, boundaries(some, "WGS84"), "WGS84")
    with pytest.raises(ShownError):
        draw(store, boundaries(cells(store), "WGS84"), "")
    assert (drawn(store), store.value(VERSION)) == (before, version)


@pytest.mark.parametrize("datum", DATUMS)
def test_measured_positions_replace_laid_out_ones(store: Store, datum: str) -> None:
    before = placed(store)
    assert place(store, (HESHUN, 113.87, 36.11), datum=datum) == 1
    kind, lon, lat = placed(store)[HESHUN]
    assert kind == "measured"
    assert (lon, lat) == pytest.approx((113.87, 36.11), abs=2e-5)
    # a second file adds, and replaces what it names
    assert place(store, (LIUQUAN, 113.9, 36.2), (HESHUN, 113.88, 36.12)) == 2
    after = placed(store)
    assert set(after) == set(before)
    measured = {code: at for code, (kind, *at) in after.items() if kind == "measured"}
    assert measured == {
        HESHUN: pytest.approx([113.88, 36.12], abs=1e-6),
        LIUQUAN: pytest.approx([113.9, 36.2], abs=1e-6),
    }
    elsewhere = {code: at for code, at in before.items() if code[:9] != TOWNSHIP}
    assert {c: at for c, at in after.items() if c[:9] != TOWNSHIP} == elsewhere


def test_measured_positions_stay_when_boundaries_come(store: Store) -> None:
    place(store, (HESHUN, 113.87, 36.11))
    draw(store, boundaries(cells(store), "WGS84", shift=0.05), "WGS84")
    kind, lon, lat = placed(store)[HESHUN]
    assert (kind, lon, lat) == ("measured", 113.87, 36.11)


def test_a_village_that_is_new_is_laid_out_and_one_that_is_gone_is_not(
    store: Store,
) -> None:
    place(store, (HESHUN, 113.87, 36.11))
    villages = dict(registry().villages)
    gone, new = villages.pop(HESHUN), "410581105999"
    changed = Registry([*villages.values(), replace(gone, village_code=new)])
    publish_computed(store, changed, catalogue(), BY, NOW)
    found = placed(store)
    assert set(found) == {*villages, new}
    assert found[new][0] == "laid_out"
    version = store.value(VERSION)
    publish_computed(store, changed, catalogue(), BY, NOW)
    assert store.value(VERSION) == version


def test_seats_that_change_and_change_back_are_followed(
    store: Store, own_data: Path
) -> None:
    seats = own_data / "geo" / "township_seats.csv"
    first, text = cells(store), seats.read_text(encoding="utf-8")
    lines = text.splitlines()
    seats.write_text("\n".join([lines[0], *_moved(lines[1:])]), encoding="utf-8")
    publish_computed(store, registry(), catalogue(), BY, NOW)
    second = cells(store)
    assert second != first
    seats.write_text(text, encoding="utf-8")
    publish_computed(store, registry(), catalogue(), BY, NOW)
    assert cells(store) == first


def _moved(lines: list[str]) -> list[str]:
    """Let two townships change seats."""
    one, other = (line.split(",") for line in lines[:2])
    one[-3:], other[-3:] = other[-3:], one[-3:]
    return [",".join(one), ",".join(other), *lines[2:]]


def test_a_hole_stays_a_hole_when_villages_are_laid_out(store: Store) -> None:
    rings = cells(store)
    outer = area(rings[TOWNSHIP])
    hole = outer.centroid.buffer(0.01)
    content = json.loads(boundaries(rings, "WGS84"))
    for feature in content["features"]:
        if feature["properties"]["township_code"] == TOWNSHIP:
            feature["geometry"] = mapping(outer.difference(hole))
    draw(store, json.dumps(content).encode(), "WGS84")
    painted = area(cells(store)[TOWNSHIP])
    assert painted.intersection(hole).area < 0.01 * hole.area
    inside = [
        code
        for code, (_kind, lon, lat) in placed(store).items()
        if hole.contains(shapely.Point(lon, lat))
    ]
    assert inside == []
