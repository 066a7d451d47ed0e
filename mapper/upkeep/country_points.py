"""
Find where the name of each country stands on a map (``data/boundaries/country_points.csv``).

The point is the middle of the widest circle inside the country's largest piece of land, so a name
stands on its country and not in the sea between two halves of it. How large that circle is says
from which zoom on the name has room.
"""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from mapper.clean.durable_files import replace_file
from mapper.resolve.countries import Countries
from mapper.website.map.mercator import world_position

_GRID = 1 << 16
_TOLERANCE = 1e-4
_HEADER = "country_code,x,y,radius\n"


def write_country_points(boundaries_dir: Path, out_path: Path) -> int:
    """
    Write the points, by country code, and return how many there are.

    Parameters
    ----------
    boundaries_dir
        Holds the country polygons and ``land_50m.json``.
    out_path
        Columns ``country_code``, ``x``, ``y`` and ``radius`` on a grid of 2^16 cells of Web
        Mercator over the world.
    """
    countries = Countries.load(boundaries_dir)
    land = _land(boundaries_dir / "land_50m.json")
    pieces: dict[str, list[shapely.Geometry]] = {}
    at_sea: dict[str, list[shapely.Geometry]] = {}
    for polygon, code in zip(countries.polygons, countries.codes, strict=True):
        # On the map's own projection: the widest circle there is where the most letters fit.
        flat = shapely.make_valid(shapely.transform(polygon, _mercator))
        on_land = shapely.intersection(flat, land)
        # Some islands are too small for the drawn land; their polygon holds much of the sea.
        if not on_land.is_empty:
            pieces.setdefault(str(code), []).append(on_land)
        else:
            at_sea.setdefault(str(code), []).append(flat)
    rows = []
    for code, parts in sorted({**at_sea, **pieces}.items()):
        joined = shapely.get_parts(shapely.union_all(parts))
        largest = max(joined, key=shapely.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=_TOLERANCE)
        x, y = shapely.get_coordinates(circle)[0] * _GRID
        # Shapely gives the circle as the line from its middle to its edge; its length is the
        # radius.
        radius = circle.length * _GRID if code in pieces else 1
        rows.append(f"{code},{round(x)},{round(y)},{max(1, round(radius))}\n")
    replace_file(out_path, _HEADER + "".join(rows))
    return len(rows)


def _mercator(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.column_stack(world_position(corners[:, 0], corners[:, 1]))


def _land(path: Path) -> shapely.Geometry:
    body = json.loads(path.read_bytes())
    size = 1 << body["q"]
    rings = [
        np.cumsum(np.asarray(ring, dtype=np.float64).reshape(-1, 2), axis=0) / size
        for ring in body["rings"]
    ]
    # Lakes as large as the Caspian are rings too: what two rings cover is water.
    land: shapely.Geometry = shapely.symmetric_difference_all(
        [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
    )
    return land
