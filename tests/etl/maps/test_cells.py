"""Do schematic cells and places hold what is claimed of them?"""

import json
import math

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from base.errors import ShownError
from base.settings import ROOT
from etl.maps.cells import (
    as_polygons,
    hatch_lines,
    label_point,
    lay_out,
    township_cells,
)

KM_PER_DEG = 111.195
LAT_DEG = 36.0
# A field of 0.1° by 0.1° with the town cut out of its middle.
RING = Polygon(
    [(113.0, 36.0), (113.1, 36.0), (113.1, 36.1), (113.0, 36.1)],
    [[(113.04, 36.04), (113.06, 36.04), (113.06, 36.06), (113.04, 36.06)]],
)
# Two arms whose common centre of gravity lies outside.
ANGLE = Polygon(
    [(113, 36), (114, 36), (114, 36.1), (113.1, 36.1), (113.1, 37), (113, 37)]
)
TWO_PARTS = MultiPolygon([box(113, 36, 113.1, 36.1), box(113.2, 36, 113.25, 36.05)])


def codes(count: int) -> list[str]:
    """Return so many village codes."""
    return [f"410581001{number:03}" for number in range(1, count + 1)]


def seats(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Return a table of seats."""
    return pd.DataFrame(rows, columns=["township_code", "lon_deg", "lat_deg"])


def on_the_ground(places: pd.DataFrame) -> list[Point]:
    """Return places in kilometres."""
    squeeze = math.cos(math.radians(LAT_DEG))
    lon_km = places["lon_deg"] * KM_PER_DEG * squeeze
    lat_km = places["lat_deg"] * KM_PER_DEG
    return [Point(place) for place in zip(lon_km, lat_km, strict=True)]


def nearest_neighbour_km(places: pd.DataFrame) -> float:
    """Return the distance of the two places closest to each other."""
    points = on_the_ground(places)
    return min(
        one.distance(other)
        for number, one in enumerate(points)
        for other in points[:number]
    )


@pytest.fixture(scope="module")
def outline() -> BaseGeometry:
    """Return the outline that is shipped."""
    content = json.loads((ROOT / "data/geo/outline.geojson").read_text("utf-8"))
    return shapely.from_geojson(json.dumps(content["features"][0]["geometry"]))


@pytest.fixture(scope="module")
def shipped_seats() -> pd.DataFrame:
    """Return the seats that are shipped."""
    return pd.read_csv(
        ROOT / "data/geo/township_seats.csv", dtype={"township_code": str}
    )


@pytest.fixture(scope="module")
def cells(outline: Polygon, shipped_seats: pd.DataFrame) -> dict[str, BaseGeometry]:
    """Return the cells of what is shipped."""
    return township_cells(outline, shipped_seats)


def test_cells_cover_the_outline_without_overlap(
    outline: Polygon, cells: dict[str, BaseGeometry]
) -> None:
    shapes = list(cells.values())
    assert all(shape.is_valid for shape in shapes)
    assert shapely.union_all(shapes).symmetric_difference(outline).area < 1e-9
    assert sum(shape.area for shape in shapes) == pytest.approx(outline.area, abs=1e-9)


def test_each_seat_lies_in_its_own_cell(
    shipped_seats: pd.DataFrame, cells: dict[str, BaseGeometry]
) -> None:
    assert list(cells) == list(shipped_seats["township_code"])
    for code, lon_deg, lat_deg in shipped_seats.iloc[:, [0, 2, 3]].itertuples(
        index=False
    ):
        holders = [c for c, s in cells.items() if s.contains(Point(lon_deg, lat_deg))]
        assert holders == [code]


def test_nearest_is_measured_on_the_ground() -> None:
    east, north = ("410581001", 113.5, 60.0), ("410581002", 113.0, 60.4)
    cells = township_cells(box(112, 59, 114, 61), seats(east, north))
    # 0.5° away in longitude is 28 km at 60° N, 0.4° in latitude is 44 km.
    assert cells["410581001"].contains(Point(113.0, 60.0))


@pytest.mark.parametrize(
    ("case", "wrong", "named"),
    [
        ("outside", ("410581002", 120.0, 36.05), "：410581002。"),
        ("doubled", ("410581002", 113.05, 36.05), "：410581001、410581002。"),
    ],
)
def test_seats_that_make_no_cell_are_refused(
    case: str, wrong: tuple[str, float, float], named: str
) -> None:
    good = ("410581001", 113.05, 36.05)
    with pytest.raises(ShownError, match="请改正驻地表") as refusal:
        township_cells(box(113, 36, 113.1, 36.1), seats(good, wrong))
    assert named in str(refusal.value), case


def test_a_single_seat_gets_the_whole_outline() -> None:
    outline = box(113, 36, 113.1, 36.1)
    cells = township_cells(outline, seats(("410581001", 113.05, 36.05)))
    assert cells["410581001"].symmetric_difference(outline).area < 1e-12


@pytest.mark.parametrize("shape", [RING, ANGLE, TWO_PARTS])
def test_hatch_lines_run_inside_at_45_degrees_on_the_ground(
    shape: BaseGeometry,
) -> None:
    lines = hatch_lines(shape, 0.01)
    middle = math.radians((shape.bounds[1] + shape.bounds[3]) / 2)
    assert len(lines) > 5
    for (west, south), (east, north) in lines:
        assert shape.buffer(2e-5).covers(
            shapely.LineString([(west, south), (east, north)])
        )
        assert (east - west) * math.cos(middle) == pytest.approx(
            north - south, abs=2e-5
        )


def test_hatch_lines_stand_as_far_apart_as_asked() -> None:
    shape = box(113, 36, 114, 37)
    squeeze = math.cos(math.radians(36.5))
    starts = sorted(
        (west * squeeze - south) / math.sqrt(2)
        for (west, south), _end in hatch_lines(shape, 0.05)
    )
    gaps = [after - before for before, after in zip(starts, starts[1:], strict=False)]
    assert len(gaps) > 15
    assert gaps == pytest.approx([0.05] * len(gaps), abs=2e-5)


@pytest.mark.parametrize("count", [1, 2, 10, 22, 50])
@pytest.mark.parametrize("shape", [RING, ANGLE, TWO_PARTS, box(113, 36, 113.01, 36.01)])
def test_every_village_gets_its_own_place_inside(
    shape: BaseGeometry, count: int
) -> None:
    places = lay_out(shape, codes(count))
    assert list(places.columns) == ["village_code", "lon_deg", "lat_deg"]
    assert list(places["village_code"]) == codes(count)
    assert not places.duplicated(["lon_deg", "lat_deg"]).any()
    assert shapely.contains_xy(shape, places["lon_deg"], places["lat_deg"]).all()


@pytest.mark.parametrize(
    ("cell", "width_deg", "count", "apart_km", "off_border_km"),
    [
        ("a street 1 km wide", 0.01, 10, 0.22, 0.09),
        ("a crowded street", 0.01, 20, 0.16, 0.07),
        ("a township", 0.1, 50, 1.1, 0.45),
    ],
)
def test_places_are_spread_well(
    cell: str, width_deg: float, count: int, apart_km: float, off_border_km: float
) -> None:
    shape = box(113, LAT_DEG, 113 + width_deg, LAT_DEG + width_deg)
    places = lay_out(shape, codes(count))
    assert nearest_neighbour_km(places) > apart_km, cell
    points = shapely.points(places["lon_deg"], places["lat_deg"])
    off_border_deg = shapely.distance(points, shape.boundary).min()
    assert off_border_deg * KM_PER_DEG > off_border_km, cell


def test_shipped_villages_stand_well_apart(cells: dict[str, BaseGeometry]) -> None:
    villages = pd.read_csv(ROOT / "data/registry/villages.csv", dtype=str)
    laid_out = {
        code: lay_out(cells[str(code)], list(rows))
        for code, rows in villages.groupby("township_code")["village_code"]
    }
    assert sum(len(places) for places in laid_out.values()) == len(villages)
    assert min(nearest_neighbour_km(places) for places in laid_out.values()) > 0.6


@settings(max_examples=10, deadline=None)
@given(st.permutations(codes(12)))
def test_places_do_not_depend_on_the_order_of_the_codes(order: list[str]) -> None:
    street = box(113, 36, 113.01, 36.01)
    pd.testing.assert_frame_equal(lay_out(street, order), lay_out(street, codes(12)))


def test_no_villages_need_no_places() -> None:
    places = lay_out(RING, [])
    assert list(places.columns) == ["village_code", "lon_deg", "lat_deg"]
    assert places.empty


@pytest.mark.parametrize("shape", [RING, ANGLE, TWO_PARTS])
def test_label_point_is_well_inside(shape: BaseGeometry) -> None:
    point = Point(label_point(shape))
    assert shape.contains(point)
    assert point.distance(shape.boundary) > 0.015


@pytest.mark.parametrize(
    ("shape", "rings"),
    [(ANGLE, 1), (TWO_PARTS, 2), (RING, 2), (Polygon(), 0)],
)
def test_polygons_paint_the_shape_and_no_hole(shape: BaseGeometry, rings: int) -> None:
    polygons = as_polygons(shape)
    assert len(polygons) == rings
    assert all(ring[0] == ring[-1] for ring in polygons)
    painted = [Polygon(ring) for ring in polygons]
    assert sum(one.area for one in painted) == pytest.approx(shape.area)
    assert shapely.union_all(painted).symmetric_difference(shape).area < 1e-9


def test_polygons_are_rounded_and_leave_lines_out() -> None:
    shape = shapely.GeometryCollection(
        [
            box(113.123456, 36.0, 113.2, 36.1),
            shapely.LineString([(113, 36), (114, 37)]),
        ]
    )
    [ring] = as_polygons(shape, digits=2)
    assert sorted({lon for lon, _lat in ring}) == [113.12, 113.2]
