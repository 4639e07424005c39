"""What do files of real boundaries and positions say, and are they fit for the map?"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from base.datum import datum_name, in_china, to_wgs84
from base.errors import ShownError
from base.formats import listed
from base.words import _

_SHOWN = 20
_COLUMNS = (
    ("村代码", "village_code"),
    ("经度", "lon_deg", "lng", "lon"),
    ("纬度", "lat_deg", "lat"),
)
_DEGREES = re.compile(r"[+-]?\d{1,9}(\.\d*)?")
_AROUND_TEXT = " \t\r\n\ufeff\u200b"


def read_boundaries(
    content: bytes, known_codes: Mapping[str, str], datum: str = ""
) -> dict[str, BaseGeometry]:
    """Read real boundaries of all or some townships from a GeoJSON file.

    Args:
        content: the file; a feature names its township by code, by name or by both.
        known_codes: the name of each township by its code.
        datum: of the coordinates, where neither feature nor file has a `datum`.

    Returns:
        A polygon or several per township_code, in degrees of WGS84.

    Raises:
        ShownError: with the first problems of the file and the count of the others.
    """
    try:
        collection = json.loads(_decoded(content))
        features = [_properties(feature) for feature in collection["features"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ShownError(_("文件不是 GeoJSON 要素集。请重新导出。")) from None
    problems = [] if features else [_("文件中没有图形。请导出乡镇边界。")]
    number_of: dict[str, int] = {}
    shapes: dict[str, BaseGeometry] = {}
    for number, (said, shape) in enumerate(features, start=1):
        code, found = _township(said, known_codes)
        if code and number_of.setdefault(code, number) != number:
            first = number_of[code]
            found.append(_("与第 {number} 个是同一乡镇。请合并。", number=first))
        stated = str(said.get("datum") or collection.get("datum") or datum)
        found += _wrong_datum(stated) + _wrong_shape(shape)
        if shape is not None and not found:
            shapes[code] = _converted(shape, stated)
        place = _("第 {number} 个图形", number=number)
        problems += [_("{place}：{wrong}", place=place, wrong=one) for one in found]
    _refuse(problems)
    return shapes


def read_positions(
    content: bytes, datum: str, known_codes: Collection[str]
) -> pd.DataFrame:
    """Read real positions of villages from a CSV file in UTF-8 or GB18030.

    Args:
        content: the file, with columns 村代码, 经度 and 纬度 or their English names.
        datum: of the coordinates.
        known_codes: the codes of all villages.

    Returns:
        One row per village, as in the file: village_code, lon_deg, lat_deg in WGS84.
        A line with neither longitude nor latitude states nothing and is left out.

    Raises:
        ShownError: with the first problems of the file and the count of the others.
    """
    datum_name(datum)
    known = frozenset(known_codes)
    line_of: dict[str, int] = {}
    places: list[tuple[str, float, float]] = []
    problems: list[str] = []
    for line, (code, lon, lat) in _lines(content):
        if not lon and not lat:
            continue
        found = _wrong_numbers({_("经度"): lon, _("纬度"): lat})
        if not found:
            found = _wrong_place(float(lon), float(lat))
        if code not in known:
            found.append(_("没有村代码「{code}」。请填 12 位代码。", code=code))
        elif line_of.setdefault(code, line) != line:
            first = line_of[code]
            found.append(_("与第 {line} 行是同一个村。请只留一行。", line=first))
        if not found:
            places.append((code, *to_wgs84(float(lon), float(lat), datum)))
        place = _("第 {line} 行", line=line)
        problems += [_("{place}：{wrong}", place=place, wrong=one) for one in found]
    if not line_of and not problems:
        problems.append(_("文件中没有一个村的位置。请填写经度和纬度。"))
    _refuse(problems)
    return pd.DataFrame(places, columns=["village_code", "lon_deg", "lat_deg"])


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ShownError(_("无法识别文件的编码。请另存为 UTF-8 编码。"))


def _properties(feature: Any) -> tuple[dict[str, Any], BaseGeometry | None]:
    text = json.dumps(feature["geometry"])
    said = feature["properties"] or {}
    return dict(said), shapely.from_geojson(text, on_invalid="ignore")


def _township(
    said: Mapping[str, Any], known_codes: Mapping[str, str]
) -> tuple[str, list[str]]:
    keys = ("township_code", "code", "adcode", "township_name", "name")
    texts = [str(said[key]).strip() for key in keys if said.get(key)]
    # Statistical tables fill a township's nine digits up to twelve with zeros.
    digits = {re.sub(r"^(\d{9})(000)?(\.0)?$", r"\1", text) for text in texts}
    by_code = digits & known_codes.keys()
    by_name = {code for code, name in known_codes.items() if name in texts}
    matches = by_code & by_name or by_code | by_name
    if len(matches) == 1:
        return matches.pop(), []
    found = listed(texts)
    return "", [_("「{found}」不是一个已知乡镇。请核对代码和名称。", found=found)]


def _wrong_datum(stated: str) -> list[str]:
    try:
        datum_name(stated or _("未写明"))
    except ShownError as error:
        return [str(error)]
    return []


def _wrong_shape(shape: BaseGeometry | None) -> list[str]:
    if shape is None or shape.is_empty or "Polygon" not in shape.geom_type:
        return [_("不是完整、闭合的面。请在制图软件中补全后重新导出。")]
    west, south, east, north = shape.bounds
    found = _wrong_place(west, south) or _wrong_place(east, north)
    if not found and not shape.is_valid:
        place = "".join(re.findall(r"\[(.*)\]", shapely.is_valid_reason(shape)))
        found = [_("边界在「{place}」处有误，如自相交。请修复。", place=place)]
    return found


def _wrong_place(lon: float, lat: float) -> list[str]:
    if in_china(lon, lat):
        return []
    place = f"{lon}, {lat}"
    if in_china(lat, lon):
        return [_("经度和纬度写反，现为「{place}」。请对调。", place=place)]
    return [_("坐标「{place}」不在中国境内。请填经纬度（度）。", place=place)]


def _wrong_numbers(texts: Mapping[str, str]) -> list[str]:
    return [
        _("{what}「{found}」不是数字。请填小数，如 36.07。", what=what, found=text)
        for what, text in texts.items()
        if not _DEGREES.fullmatch(text)
    ]


def _converted(shape: BaseGeometry, datum: str) -> BaseGeometry:
    return shapely.transform(
        shape,
        lambda places: np.array([to_wgs84(lon, lat, datum) for lon, lat in places]),
    )


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """Return code, longitude and latitude of each line below the headings, as text."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append((line, [_clean(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error:
        raise ShownError(
            _("第 {line} 行：引号不成对。请删去多余的引号。", line=line)
        ) from None
    rows = [(line, cells) for line, cells in rows if any(cells)]
    headings = [cell.casefold() for cell in rows[0][1]] if rows else []
    places = [
        [n for n, heading in enumerate(headings) if heading in names]
        for names in _COLUMNS
    ]
    _refuse(
        [
            _("表头应有且只有一列「{names}」。请改正。", names=" / ".join(names))
            for names, found in zip(_COLUMNS, places, strict=True)
            if len(found) != 1
        ]
    )
    columns = [found[0] for found in places]
    return [
        (line, [cells[n] if n < len(cells) else "" for n in columns])
        for line, cells in rows[1:]
    ]


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip(_AROUND_TEXT)


def _refuse(problems: list[str]) -> None:
    if not problems:
        return
    hidden = len(problems) - _SHOWN
    shown = problems[:_SHOWN]
    if hidden > 0:
        shown.append(_("另有 {count} 个问题未列出。", count=hidden))
    raise ShownError("\n".join(shown))
