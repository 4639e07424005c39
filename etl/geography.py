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
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from base.catalogue import Catalogue
from base.errors import ShownError
from base.settings import settings
from base.words import _
from etl.cells import as_polygons, hatch_lines, label_point, lay_out, township_cells
from etl.geo_files import read_boundaries, read_positions
from etl.published import publish_table
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
    store: Store, registry: Registry, entries: Catalogue, actor: str, at: datetime
) -> None:
    """Draw cells and lay villages out, unless the city's own boundaries are there."""
    folder = settings().data / "geo"
    kind = _in_force(store, "shape_kind", "core.township_shape")
    if kind == OFFICIAL or not (folder / "township_seats.csv").exists():
        return
    inputs = [folder / "outline.geojson", folder / "township_seats.csv"]
    content = b"\n".join(path.read_bytes() for path in inputs)
    if kind == COMPUTED and not _changed(store, content):
        return
    shapes = township_cells(
        _outline(inputs[0]),
        pd.read_csv(inputs[1], dtype=str).astype({"lon_deg": float, "lat_deg": float}),
    )
    rows = shape_rows(shapes, COMPUTED, "")
    publish_table(
        store, "boundaries", content, "township_seats.csv", rows, entries, actor, at
    )
    _publish_positions(store, shapes, registry, _measured(store), entries, actor, at)


def _changed(store: Store, content: bytes) -> bool:
    return not store.value(
        "select count(*) from ops.submission where statement = 'boundaries' "
        "and sha256 = $sha256 and state = 'accepted'",
        {"sha256": sha256_of(content)},
    )


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
    actor: str,
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
                names="、".join(missing),
            )
        )
    rows = shape_rows(shapes, OFFICIAL, approval_number)
    publish_table(store, "boundaries", content, file_name, rows, entries, actor, at)
    _publish_positions(store, shapes, registry, _measured(store), entries, actor, at)


def import_positions(
    store: Store,
    content: bytes,
    datum: str,
    registry: Registry,
    entries: Catalogue,
    actor: str,
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
    shapes = {
        row.township_code: _from_json(row.polygons_json)
        for row in store.frame(
            "select township_code, polygons_json from core.township_shape "
            "where to_no = $open",
            {"open": OPEN},
        ).itertuples()
    }
    measured = pd.concat([kept, given]) if len(kept) else given
    _publish_positions(store, shapes, registry, measured, entries, actor, at)
    return len(given)


def _from_json(polygons_json: str) -> BaseGeometry:
    rings = json.loads(polygons_json)
    return shape({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})


def _publish_positions(
    store: Store,
    shapes: dict[str, BaseGeometry],
    registry: Registry,
    measured: pd.DataFrame,
    entries: Catalogue,
    actor: str,
    at: datetime,
) -> None:
    rows = position_rows(shapes, registry, measured)
    out = io.BytesIO()
    rows.to_pandas().to_csv(out, index=False)
    publish_table(
        store, "positions", out.getvalue(), "positions.csv", rows, entries, actor, at
    )


def _measured(store: Store) -> pd.DataFrame:
    return store.frame(
        "select village_code, lon_deg, lat_deg from core.village_position "
        "where to_no = $open and position_kind = $kind",
        {"open": OPEN, "kind": MEASURED},
    )


def _in_force(store: Store, column: str, table: str) -> str | None:
    found = store.value(
        f"select max({column}) from {table} where to_no = $open", {"open": OPEN}
    )
    return None if found is None else str(found)
