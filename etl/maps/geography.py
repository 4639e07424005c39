"""Where are townships and villages drawn, and how sure is that?

Boundaries and positions that the city has replace those that are computed here: cells
around the townships' seats, and a village laid out inside its township's cell.
"""

import io
import json
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from base.catalogue import Catalogue
from base.errors import ShownError
from base.formats import listed
from base.settings import settings
from base.viewer import Viewer
from base.words import _
from etl.maps.cells import (
    as_polygons,
    hatch_lines,
    label_point,
    lay_out,
    township_cells,
)
from etl.maps.geo_files import read_boundaries, read_positions
from etl.published import latest_sha256, publish_table
from etl.registry import Registry
from store import Store
from store.publish import OPEN
from store.vault import sha256_of

_HATCH_DEG = 0.012
COMPUTED, OFFICIAL = "computed", "official"
LAID_OUT, MEASURED = "laid_out", "measured"


def shape_rows(
    shapes: dict[str, BaseGeometry], shape_kind: str, approval_number: str
) -> pa.Table:
    """Return one row per township with its polygons, hatching and label as JSON."""
    rows = []
    for township_code, outline in sorted(shapes.items()):
        lon, lat = label_point(outline)
        rows.append(
            {
                "township_code": township_code,
                "shape_kind": shape_kind,
                "approval_number": approval_number,
                "polygons_json": json.dumps(as_polygons(outline)),
                "hatch_json": json.dumps(_rounded(hatch_lines(outline, _HATCH_DEG))),
                "label_lon_deg": lon,
                "label_lat_deg": lat,
            }
        )
    return pa.Table.from_pylist(rows)


def _rounded(lines: list[list[list[float]]]) -> list[list[list[float]]]:
    return [[[round(x, 5), round(y, 5)] for x, y in line] for line in lines]


def position_rows(
    shapes: dict[str, BaseGeometry], registry: Registry, measured: pd.DataFrame
) -> pa.Table:
    """Return one row per village: measured where known, else laid out in its cell."""
    measured = measured[measured["village_code"].isin(list(registry.villages))]
    known = set(measured["village_code"])
    frames = [measured.assign(position_kind=MEASURED)]
    for township_code, outline in sorted(shapes.items()):
        codes = [
            code
            for code, village in registry.villages.items()
            if village.township_code == township_code and code not in known
        ]
        if codes:
            frames.append(lay_out(outline, codes).assign(position_kind=LAID_OUT))
    columns = ["village_code", "lon_deg", "lat_deg", "position_kind"]
    filled = [frame[columns] for frame in frames if len(frame)]
    return pa.Table.from_pandas(pd.concat(filled), preserve_index=False)


def publish_computed(
    store: Store, registry: Registry, entries: Catalogue, by: Viewer, at: datetime
) -> None:
    """Draw cells, unless the city's own boundaries are there, and lay villages out.

    Villages are laid out again when cells or the villages of the registry change.
    """
    is_new = _publish_cells(store, entries, by, at)
    if is_new or _placed(store) != _to_place(store, registry):
        measured = _measured(store)
        _publish_positions(store, registry, measured, entries, by, at)


def _publish_cells(store: Store, entries: Catalogue, by: Viewer, at: datetime) -> bool:
    folder = settings().data / "geo"
    outline, seats = folder / "outline.geojson", folder / "township_seats.csv"
    is_official = OFFICIAL in _in_force(store, "shape_kind", "core.township_shape")
    if is_official or not seats.exists():
        return False
    content = outline.read_bytes() + b"\n" + seats.read_bytes()
    if latest_sha256(store, "boundaries") == sha256_of(content):
        return False
    shapes = township_cells(
        _outline(outline),
        pd.read_csv(seats, dtype=str).astype({"lon_deg": float, "lat_deg": float}),
    )
    rows = shape_rows(shapes, COMPUTED, "")
    number = publish_table(
        store, "boundaries", content, seats.name, rows, entries, by, at
    )
    return number is not None


def _placed(store: Store) -> set[str]:
    return _in_force(store, "village_code", "core.village_position")


def _to_place(store: Store, registry: Registry) -> set[str]:
    drawn = _in_force(store, "township_code", "core.township_shape")
    measured = set(_measured(store)["village_code"])
    return {
        code
        for code, village in registry.villages.items()
        if village.township_code in drawn or code in measured
    }


def _outline(path: Path) -> Polygon | MultiPolygon:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    outline = shape(features[0]["geometry"])
    assert isinstance(outline, (Polygon, MultiPolygon))
    return outline


def import_boundaries(
    store: Store,
    content: bytes,
    file_name: str,
    datum: str,
    approval_number: str,
    registry: Registry,
    entries: Catalogue,
    by: Viewer,
    at: datetime,
) -> None:
    """Put the city's own township boundaries in the place of the computed cells.

    Raises:
        ShownError: when the file cannot be used, or lacks a township.
    """
    shapes = read_boundaries(content, registry.townships, datum)
    missing = [name for code, name in registry.townships.items() if code not in shapes]
    if missing:
        raise ShownError(
            _(
                "边界文件缺少：{names}。请补齐全部乡镇后再导入。",
                names=listed(missing),
            )
        )
    rows = shape_rows(shapes, OFFICIAL, approval_number)
    publish_table(store, "boundaries", content, file_name, rows, entries, by, at)
    _publish_positions(store, registry, _measured(store), entries, by, at)


def import_positions(
    store: Store,
    content: bytes,
    datum: str,
    registry: Registry,
    entries: Catalogue,
    by: Viewer,
    at: datetime,
) -> int:
    """Put measured positions in the place of laid-out or older ones.

    Returns:
        How many villages the file places.

    Raises:
        ShownError: when the file cannot be used.
    """
    given = read_positions(content, datum, registry.villages)
    known = _measured(store)
    kept = known[~known["village_code"].isin(given["village_code"])]
    measured = pd.concat([kept, given]) if len(kept) else given
    _publish_positions(store, registry, measured, entries, by, at)
    return len(given)


def _shapes(store: Store) -> dict[str, BaseGeometry]:
    """Return the shapes in force, as they are drawn."""
    drawn = store.frame(
        "select township_code, polygons_json from core.township_shape "
        "where to_no = $open",
        {"open": OPEN},
    )
    return {
        row.township_code: _from_json(row.polygons_json) for row in drawn.itertuples()
    }


def _from_json(polygons_json: str) -> BaseGeometry:
    pieces = [Polygon(ring) for ring in json.loads(polygons_json)]
    return shapely.union_all(shapely.make_valid(pieces))


def _publish_positions(
    store: Store,
    registry: Registry,
    measured: pd.DataFrame,
    entries: Catalogue,
    by: Viewer,
    at: datetime,
) -> None:
    rows = position_rows(_shapes(store), registry, measured)
    out = io.BytesIO()
    rows.to_pandas().to_csv(out, index=False)
    publish_table(
        store, "positions", out.getvalue(), "positions.csv", rows, entries, by, at
    )


def _measured(store: Store) -> pd.DataFrame:
    return store.frame(
        "select village_code, lon_deg, lat_deg from core.village_position "
        "where to_no = $open and position_kind = $kind",
        {"open": OPEN, "kind": MEASURED},
    )


def _in_force(store: Store, column: str, table: str) -> set[str]:
    frame = store.frame(
        f"select distinct {column} from {table} where to_no = $open", {"open": OPEN}
    )
    return set(frame[column])
