"""
A route that somebody brings: GPX or GeoJSON, read whole or refused with the place.

The file stays where it is and its points are kept nowhere: where somebody walks is their own.
Times and heights in it are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError

import numpy as np
from defusedxml.ElementTree import fromstring

from mapper.clean.coordinates import lonlat_from_geojson, lonlat_from_text
from mapper.clean.strict_json import load_strict
from mapper.errors import CoordinateError, SourceFormatError, UsageError
from mapper.exposure.watched_lines import Lines
from mapper.resolve.earth import Floats

SIZE_BYTES_MAX: Final = 50_000_000
POINTS_MAX: Final = 500_000
_HALF_TURN_DEG: Final = 180.0
_PARTS: Final = {"trkseg": "trkpt", "rte": "rtept"}
_BESIDE: Final = frozenset({"Point", "MultiPoint", "Polygon", "MultiPolygon"})
_WANTED: Final = "give GPX with a track or a route, or GeoJSON with a LineString."


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """
    A route as it was read.

    Attributes
    ----------
    lines
        Its pieces; longitudes run on past 180 degrees where it crosses them.
    left_out
        How many points and areas stand in the file beside the lines; they are no route.
    """

    name: str
    lines: Lines
    left_out: int


def read_route(path: Path) -> Route:
    """
    Read the lines of a GPX or GeoJSON file.

    Raises
    ------
    UsageError
        If there is no such file, or it is larger than ``SIZE_BYTES_MAX``.
    SourceFormatError
        If it is neither of the two, is broken, holds no line, or a position that is none.
    """
    if not path.is_file():
        msg = f"there is no file {path}"
        raise UsageError(msg, next_step=_WANTED)
    if path.stat().st_size > SIZE_BYTES_MAX:
        msg = f"{path}: larger than {SIZE_BYTES_MAX // 1_000_000} MB"
        raise UsageError(msg, next_step="cut the route; one day of walking takes under 5 MB.")
    body = path.read_bytes()
    try:
        is_xml = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        parts, left_out = _gpx(body) if is_xml else _geojson(body)
    except CoordinateError as error:
        msg = f"{path}: {error}"
        raise SourceFormatError(msg, next_step=_WANTED) from error
    except (ParseError, ValueError, LookupError) as error:
        msg = f"{path}: neither whole GPX nor GeoJSON: {error}"
        raise SourceFormatError(msg, next_step=_WANTED) from error
    lines = Lines.of_parts([unrolled(part) for part in parts])
    if not len(lines):
        msg = f"{path}: there is no line of two points in it"
        raise SourceFormatError(msg, next_step=_WANTED)
    if len(lines) > POINTS_MAX:
        msg = f"{path}: more than {POINTS_MAX:,} points"
        raise SourceFormatError(msg, next_step="thin the route out; 5 m between points are enough.")
    return Route(path.name, lines, left_out)


def unrolled(part: list[tuple[float, float]]) -> Floats:
    """
    Let longitudes run on where a line crosses 180 degrees, so that it does not turn back.

    Parameters
    ----------
    part
        Longitude and latitude in degrees of each point.

    Returns
    -------
    Floats
        Shape (n, 2).
    """
    positions = np.array(part, dtype=np.float64).reshape(-1, 2)
    if len(positions) > 1:
        jumps = np.diff(positions[:, 0])
        turns = np.where(np.abs(jumps) > _HALF_TURN_DEG, -2 * _HALF_TURN_DEG * np.sign(jumps), 0.0)
        positions[1:, 0] += np.cumsum(turns)
    return positions


def _gpx(body: bytes) -> tuple[list[list[tuple[float, float]]], int]:
    root = fromstring(body, forbid_dtd=True)
    if _local(root) != "gpx":
        msg = f"XML of {_local(root)[:40]!r}, not GPX"
        raise ValueError(msg)
    parts: list[list[tuple[float, float]]] = []
    left_out = 0
    for element in root.iter():
        name = _local(element)
        if name in _PARTS:
            points = [point for point in element if _local(point) == _PARTS[name]]
            parts.append([_position(point) for point in points])
        left_out += name == "wpt"
    return parts, left_out


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _position(point: Element) -> tuple[float, float]:
    return lonlat_from_text(point.get("lon", ""), point.get("lat", ""))


def _geojson(body: bytes) -> tuple[list[list[tuple[float, float]]], int]:
    content = load_strict(body.decode("utf-8-sig"))
    parts: list[list[tuple[float, float]]] = []
    left_out = 0
    for geometry in _geometries(content):
        if geometry["type"] in _BESIDE:
            left_out += 1
        else:
            parts.extend(_lines(geometry))
    return parts, left_out


def _lines(geometry: dict[str, object]) -> Iterator[list[tuple[float, float]]]:
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    lines = _nested(coordinates) if kind == "MultiLineString" else [coordinates]
    if kind not in {"LineString", "MultiLineString"}:
        msg = f"a geometry of the type {str(kind)[:40]!r}, which is no line"
        raise ValueError(msg)
    for line in lines:
        yield [lonlat_from_geojson(_nested(position)) for position in _nested(line)]


def _nested(value: object) -> list[object]:
    if not isinstance(value, list):
        msg = f"coordinates hold {str(value)[:40]!r} where a list stands"
        raise ValueError(msg)  # noqa: TRY004 - as below
    return value


def _geometries(item: object) -> Iterator[dict[str, object]]:
    """Yield the geometries of a GeoJSON object of any kind."""
    if not isinstance(item, dict) or not isinstance(item.get("type"), str):
        msg = "no GeoJSON object with a type"
        raise ValueError(msg)  # noqa: TRY004 - every fault of the file is told in one way
    # RFC 7946 knows WGS 84 alone; an older file may name another frame, and be metres off.
    if "crs" in item and "CRS84" not in str(item["crs"]) and "4326" not in str(item["crs"]):
        msg = "its positions are in another frame than WGS 84"
        raise ValueError(msg)
    if item["type"] == "FeatureCollection":
        for feature in _listed(item, "features"):
            yield from _geometries(feature)
    elif item["type"] == "GeometryCollection":
        for geometry in _listed(item, "geometries"):
            yield from _geometries(geometry)
    elif item["type"] == "Feature":
        # A feature without a place is allowed, and is no line.
        if item.get("geometry") is not None:
            yield from _geometries(item["geometry"])
    else:
        yield item


def _listed(item: dict[str, object], name: str) -> list[object]:
    members = item.get(name)
    if not isinstance(members, list):
        msg = f"a {item['type']} without {name}"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return members
