"""The boundaries that areas were told by, as a file of the release, and read back from it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry import mapping, shape

from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.errors import VerificationError
from mapper.model.boundary_area import BoundaryArea

NAME: Final = "boundaries_osm.geojson"
_DECIMALS: Final = 5


def outlines_text(boundaries: Iterable[BoundaryArea]) -> str:
    """Write boundaries as GeoJSON, one a line, by level and reference."""
    ordered = sorted(boundaries, key=lambda each: (each.admin_level, each.area_ref))
    lines = ",\n".join(_line(each) for each in ordered)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def read_outlines(folder: Path) -> tuple[BoundaryArea, ...]:
    """
    Read the boundaries of a release; none where it has no such file.

    Raises
    ------
    VerificationError
        If the file is no such GeoJSON.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        content: Any = load_strict(path.read_text("utf-8"))
        return tuple(
            BoundaryArea(
                **feature["properties"], outline_wkb=shapely.to_wkb(_outline(feature["geometry"]))
            )
            for feature in content["features"]
        )
    except (
        *(RefusedJsonError, ValueError, KeyError, TypeError, AttributeError),
        shapely.GEOSException,
    ) as error:
        msg = f"{NAME} of release {folder.name} is damaged: {error!r}"
        step = f"Run mapper verify on {folder}; fetch it again, or build it again."
        raise VerificationError(msg, next_step=step) from error


def _outline(geometry: Any) -> shapely.Geometry:  # noqa: ANN401 - parsed JSON
    """Read an outline that has ground: cameras are counted by it."""
    outline = shape(geometry)
    if outline.geom_type not in {"Polygon", "MultiPolygon"} or not outline.area > 0:
        msg = "an outline without ground"
        raise ValueError(msg)
    return outline


def _line(boundary: BoundaryArea) -> str:
    geometry = mapping(shapely.from_wkb(boundary.outline_wkb))
    polygons = [
        [[[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in ring] for ring in polygon]
        for polygon in geometry["coordinates"]
    ]
    content = {
        "type": "Feature",
        "properties": {
            "area_ref": boundary.area_ref,
            "admin_level": boundary.admin_level,
            "name": boundary.name,
            "iso_code": boundary.iso_code,
            "population": boundary.population,
            "population_on": boundary.population_on,
            "street_m": boundary.street_m,
        },
        "geometry": {"type": geometry["type"], "coordinates": polygons},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
