"""Are real boundaries and positions read as they are, or refused with reasons?"""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from base.datum import from_wgs84
from base.errors import ShownError
from etl.maps.geo_files import read_boundaries, read_positions

TOWNSHIPS = {"410581105": "河顺镇", "410581106": "任村镇", "410581107": "姚村镇"}
VILLAGES = [f"410581105{number:03}" for number in range(200, 240)]
SQUARE = [[113.8, 36.2], [113.9, 36.2], [113.9, 36.3], [113.8, 36.3], [113.8, 36.2]]
BOW_TIE = [[113.8, 36.2], [113.9, 36.3], [113.9, 36.2], [113.8, 36.3], [113.8, 36.2]]
HEADINGS = "村代码,经度,纬度\n"


def polygon(ring: list[list[float]]) -> dict[str, Any]:
    """Return the GeoJSON of a polygon."""
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object = None, **properties: object) -> dict[str, Any]:
    """Return a GeoJSON feature, by default a square."""
    geometry = polygon(SQUARE) if geometry is None else geometry
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features: object, **members: object) -> bytes:
    """Return a GeoJSON file."""
    collection = {"type": "FeatureCollection", "features": features, **members}
    return json.dumps(collection, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "properties",
    [
        {"township_code": "410581105"},
        {"code": 410581105},
        {"code": 410581105.0},
        {"adcode": "410581105000"},
        {"adcode": 410581, "name": "河顺镇"},
        {"code": "410581105", "township_name": "河顺"},
    ],
)
def test_township_is_found_by_code_or_name(properties: dict[str, object]) -> None:
    shapes = read_boundaries(geojson(feature(**properties)), TOWNSHIPS, "WGS84")
    assert list(shapes) == ["410581105"]
    assert shapes["410581105"].equals(Polygon(SQUARE))


def test_several_parts_and_heights_are_kept_flat() -> None:
    parts = [
        [[[*place, 900.0] for place in SQUARE]],
        [[[114, 36], [114, 37], [115, 36], [114, 36]]],
    ]
    content = geojson(
        feature({"type": "MultiPolygon", "coordinates": parts}, code="410581105"),
        feature(code="410581106"),
    )
    shapes = read_boundaries(b"\xef\xbb\xbf" + content, TOWNSHIPS, "cgcs2000")
    assert list(shapes) == ["410581105", "410581106"]
    assert isinstance(shapes["410581105"], MultiPolygon)
    assert not shapes["410581105"].has_z
    assert len(shapes["410581105"].geoms) == 2


@pytest.mark.parametrize(
    ("of_feature", "of_file", "given", "meant"),
    [
        ("GCJ-02", "BD-09", "WGS84", "GCJ-02"),
        (None, "BD-09", "WGS84", "BD-09"),
        (None, None, "gcj02", "GCJ-02"),
    ],
)
def test_the_nearest_statement_of_a_datum_counts(
    of_feature: str | None, of_file: str | None, given: str, meant: str
) -> None:
    ring = [list(from_wgs84(lon, lat, meant)) for lon, lat in SQUARE]
    content = geojson(
        feature(polygon(ring), code="410581105", datum=of_feature), datum=of_file
    )
    shape = read_boundaries(content, TOWNSHIPS, given)["410581105"]
    assert shape.equals_exact(Polygon(SQUARE), 1e-7)


@pytest.mark.parametrize(
    ("case", "geometry", "message"),
    [
        ("crossed", polygon(BOW_TIE), "边界在「113.85 36.25」处有误"),
        ("open", polygon(SQUARE[:-1]), "不是完整、闭合的面"),
        ("empty", {"type": "Polygon", "coordinates": []}, "不是完整、闭合的面"),
        ("line", {"type": "LineString", "coordinates": SQUARE}, "不是完整、闭合的面"),
        (
            "swapped",
            polygon([[lat, lon] for lon, lat in SQUARE]),
            "经度和纬度写反，现为「36.2, 113.8」。请对调。",
        ),
        (
            "metres",
            polygon([[lon * 5000, lat * 100000] for lon, lat in SQUARE]),
            "不在中国境内",
        ),
    ],
)
def test_unfit_shapes_are_refused(case: str, geometry: object, message: str) -> None:
    content = geojson(feature(code="410581106"), feature(geometry, code="410581105"))
    with pytest.raises(ShownError) as refusal:
        read_boundaries(content, TOWNSHIPS, "WGS84")
    assert str(refusal.value).startswith("第 2 个图形："), case
    assert message in str(refusal.value), case


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"code": "410581999"}, "「410581999」不是一个已知乡镇。请核对代码和名称。"),
        ({"code": "410581105", "name": "任村镇"}, "「410581105、任村镇」不是一个"),
        ({}, "「」不是一个已知乡镇"),
        ({"code": "410581106"}, "与第 1 个是同一乡镇。请合并。"),
        ({"code": "410581105", "datum": "火星"}, "坐标系「火星」无法识别"),
    ],
)
def test_wrong_properties_are_refused(
    properties: dict[str, object], message: str
) -> None:
    content = geojson(feature(code="410581106"), feature(**properties))
    with pytest.raises(ShownError, match="^第 2 个图形：") as refusal:
        read_boundaries(content, TOWNSHIPS, "WGS84")
    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "不是 GeoJSON 要素集"),
        (b"[]", "不是 GeoJSON 要素集"),
        (b'{"type": "FeatureCollection"}', "不是 GeoJSON 要素集"),
        (b'{"features": [1]}', "不是 GeoJSON 要素集"),
        (b"[" * 100_000, "不是 GeoJSON 要素集"),
        (b"\xff\xfe\x00", "无法识别文件的编码"),
    ],
)
def test_other_files_are_no_boundaries(content: bytes, message: str) -> None:
    with pytest.raises(ShownError, match=message):
        read_boundaries(content, TOWNSHIPS, "WGS84")


def test_file_without_features_is_refused() -> None:
    with pytest.raises(ShownError, match="文件中没有图形"):
        read_boundaries(geojson(), TOWNSHIPS, "WGS84")


def test_a_datum_is_never_guessed() -> None:
    with pytest.raises(ShownError, match="坐标系「未写明」无法识别。请写 WGS84"):
        read_boundaries(geojson(feature(code="410581105")), TOWNSHIPS)


def test_all_problems_of_boundaries_are_told_at_once() -> None:
    content = geojson(
        feature(polygon(BOW_TIE), code="410581105"),
        feature(code="410581105"),
        feature(polygon(SQUARE[:-1]), name="火星镇"),
    )
    with pytest.raises(ShownError) as refusal:
        read_boundaries(content, TOWNSHIPS, "WGS84")
    places = [line.split("：")[0] for line in str(refusal.value).split("\n")]
    assert places == ["第 1 个图形", "第 2 个图形", "第 3 个图形", "第 3 个图形"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("村代码,经度,纬度\n410581105203,113.92,36.16\n", "utf-8"),
        ("村代码,经度,纬度\r\n410581105203,113.92,36.16\r\n", "utf-8-sig"),
        ("村名,村代码,纬度,经度\n圪垱,410581105203,36.16,113.92\n", "gb18030"),
        ("village_code,lon_deg,lat_deg\n410581105203,113.92,36.16\n", "utf-8"),
        ("Lat,LNG,Village_Code\n36.16,113.92,410581105203\n", "utf-8"),
        ("村代码, 经度 ,纬度\n ４１０５８１１０５２０３,１１３．９２,36.16\n", "utf-8"),
    ],
)
def test_position_is_read_whatever_the_headings(text: str, encoding: str) -> None:
    places = read_positions(text.encode(encoding), "WGS84", VILLAGES)
    assert list(places.columns) == ["village_code", "lon_deg", "lat_deg"]
    assert places.to_numpy().tolist() == [["410581105203", 113.92, 36.16]]


@pytest.mark.parametrize("datum", ["GCJ-02", "bd09"])
def test_positions_of_other_maps_are_converted(datum: str) -> None:
    lon, lat = from_wgs84(113.92, 36.16, datum)
    content = f"{HEADINGS}410581105203,{lon!r},{lat!r}\n".encode()
    [place] = read_positions(content, datum, VILLAGES).to_numpy().tolist()
    assert place[1:] == pytest.approx([113.92, 36.16], abs=1e-7)


def test_villages_without_a_position_are_left_out() -> None:
    content = f"{HEADINGS}410581105200,,\n\n410581105203,113.92,36.16\n".encode()
    places = read_positions(content, "WGS84", VILLAGES)
    assert list(places["village_code"]) == ["410581105203"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("410581999203,113.9,36.1", "没有村代码「410581999203」。请填 12 位代码。"),
        ("4.10581E+11,113.9,36.1", "没有村代码「4.10581E+11」。"),
        ("410581105201,36.1,113.9", "经度和纬度写反，现为「36.1, 113.9」。请对调。"),
        ("410581105201,2.35,48.86", "坐标「2.35, 48.86」不在中国境内。"),
        ("410581105201,113°54′,36.1", "经度「113°54′」不是数字。请填小数"),
        ("410581105201,nan,36.1", "经度「nan」不是数字"),
        ("410581105201,113.9,", "纬度「」不是数字"),
        ("410581105201,113.9", "纬度「」不是数字"),
        ("410581105200,113.9,36.1", "与第 2 行是同一个村。请只留一行。"),
    ],
)
def test_wrong_lines_are_refused_under_their_number(line: str, message: str) -> None:
    # A blank line counts: the wrong line is the file's fifth.
    before = "410581105200,113.9,36.1\n\n410581105202,113.9,"
    content = f'{HEADINGS}{before}"36.1"\n{line}\n'.encode()
    with pytest.raises(ShownError) as refusal:
        read_positions(content, "WGS84", VILLAGES)
    assert str(refusal.value).startswith(f"第 5 行：{message}")


def test_cells_of_several_lines_keep_the_numbers_right() -> None:
    content = (
        '村代码,经度,纬度,备注\n410581105200,113.9,36.1,"一\n二\n三"\n1,113.9,36.1,\n'
    )
    with pytest.raises(ShownError, match="^第 5 行：没有村代码「1」"):
        read_positions(content.encode(), "WGS84", VILLAGES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "表头应有且只有一列「村代码 / village_code」。"),
        (b"village_code,lon_deg\n1,2\n", "「纬度 / lat_deg / lat」。请改正。"),
        (b"village_code,lng,lon,lat\n", "「经度 / lon_deg / lng / lon」"),
        (b"village_code,lng,lat\n", "没有一个村的位置"),
        (b"village_code,lng,lat\n410581105203,,\n", "没有一个村的位置"),
        (b'village_code,lng,lat\n1,"2,3\n4,5,6\n', "第 2 行：引号不成对"),
        ("村代码,经度".encode("utf-16"), "无法识别文件的编码"),
    ],
)
def test_unfit_files_of_positions_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ShownError) as refusal:
        read_positions(content, "WGS84", VILLAGES)
    assert message in str(refusal.value)


def test_unknown_datum_of_positions_is_refused() -> None:
    content = f"{HEADINGS}410581105203,113.92,36.16\n".encode()
    with pytest.raises(ShownError, match="坐标系「」无法识别"):
        read_positions(content, "", VILLAGES)


@pytest.mark.parametrize(("wrong", "hidden"), [(20, 0), (21, 1), (300, 280)])
def test_twenty_problems_are_shown_and_the_rest_counted(
    wrong: int, hidden: int
) -> None:
    content = HEADINGS + "1,113.9,36.1\n" * wrong
    with pytest.raises(ShownError) as refusal:
        read_positions(content.encode(), "WGS84", VILLAGES)
    shown = str(refusal.value).split("\n")
    assert [line for line in shown if line.startswith("第 ")] == shown[:20]
    assert shown[20:] == ([f"另有 {hidden} 个问题未列出。"] if hidden else [])


@given(st.lists(st.tuples(st.sampled_from(VILLAGES), st.floats(-180, 180)), max_size=9))
def test_every_line_is_kept_or_refused(lines: list[tuple[str, float]]) -> None:
    text = HEADINGS + "".join(f"{code},{lon:.6f},36.1\n" for code, lon in lines)
    good = {code for code, lon in lines if 72.1 < lon < 137.8}
    try:
        places = read_positions(text.encode(), "WGS84", VILLAGES)
    except ShownError:
        assert len(good) < len(lines) or not lines
    else:
        assert len(places) == len(lines)
        assert all(math.isfinite(lon) for lon in places["lon_deg"])
