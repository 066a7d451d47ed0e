"""
What lies near a camera: selecting shapes by distance and cutting what runs on.

Distances are metres on a sphere, turned into degrees at each camera's own latitude; within the
kilometre that matters here this is exact to a few parts in a thousand.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on the sphere of 6,371 km."""

_CORNERS = 32
_COS_MIN = 0.01

Geometries = npt.NDArray[np.object_]


class Vicinity:
    """
    The surroundings of a set of cameras.

    Parameters
    ----------
    lon_deg, lat_deg
        Positions of the cameras, WGS 84.
    radius_m
        How near a shape must come to a camera.
    line_reach_m, area_reach_m
        How far from a camera long lines and large areas are drawn; both larger than the radius.
    """

    def __init__(
        self,
        lon_deg: Sequence[float],
        lat_deg: Sequence[float],
        *,
        radius_m: float,
        line_reach_m: float,
        area_reach_m: float,
    ) -> None:
        places = np.unique(np.column_stack([lon_deg, lat_deg]).astype(float), axis=0)
        self._near = shapely.STRtree(around(places, radius_m, corners=_CORNERS))
        self._line_reach_m = line_reach_m
        self._line_tree = shapely.STRtree(around(places, line_reach_m, corners=_CORNERS))
        self._area_reach_m = area_reach_m
        self._area_tree = shapely.STRtree(around(places, area_reach_m, corners=4))

    def is_near(self, geometries: Geometries) -> npt.NDArray[np.bool_]:
        """Tell for each geometry whether it comes within the radius of a camera."""
        return _touching(self._near, geometries)

    def is_reached(self, geometries: Geometries) -> npt.NDArray[np.bool_]:
        """Tell for each geometry whether it comes within the reach of areas."""
        return _touching(self._area_tree, geometries)

    def cut_line(self, line: BaseGeometry) -> BaseGeometry:
        """Cut a line to the circles it runs through; a short one is given back whole."""
        if _extent_m(line) <= self._line_reach_m:
            return line
        return shapely.intersection(line, self._region(self._line_tree, line))

    def cut_area(self, area: BaseGeometry) -> BaseGeometry:
        """Cut an area to the squares it lies in; a small one is given back whole."""
        if _extent_m(area) <= 2 * self._area_reach_m:
            return area
        return shapely.intersection(shapely.make_valid(area), self._region(self._area_tree, area))

    def area_region(self, geometries: Geometries) -> BaseGeometry:
        """Return the union of the squares that geometries touch, empty where they touch none."""
        touched = np.unique(self._area_tree.query(geometries, predicate="intersects")[1])
        return shapely.union_all(self._area_tree.geometries.take(touched))

    @staticmethod
    def _region(tree: shapely.STRtree, geometry: BaseGeometry) -> BaseGeometry:
        touched = tree.query(geometry, predicate="intersects")
        return shapely.union_all(tree.geometries.take(touched))


def _touching(tree: shapely.STRtree, geometries: Geometries) -> npt.NDArray[np.bool_]:
    """Tell for each geometry whether it touches one of a tree's."""
    touching = np.zeros(len(geometries), dtype=bool)
    # What is looked for is prepared, once each: so the fewer are looked for among the more.
    if len(tree) < len(geometries):
        _, touched = shapely.STRtree(geometries).query(tree.geometries, predicate="intersects")
    else:
        touched, _ = tree.query(geometries, predicate="intersects")
    touching[touched] = True
    return touching


def around(places: npt.NDArray[np.float64], radius_m: float, *, corners: int) -> Geometries:
    """
    Draw a regular polygon round each place: a circle of many corners, or a square of 4.

    The polygon contains the circle of the radius, so nothing within it is missed.
    """
    turn = 2 * np.pi / corners
    angles = turn / 2 + turn * np.arange(corners)
    lat_radius = radius_m / METRES_PER_DEGREE / np.cos(turn / 2)
    lon_radius = lat_radius / np.maximum(np.cos(np.radians(places[:, 1])), _COS_MIN)
    lon = places[:, :1] + lon_radius[:, None] * np.cos(angles)
    lat = places[:, 1:] + lat_radius * np.sin(angles)
    return np.asarray(shapely.polygons(np.stack([lon, lat], axis=-1)), dtype=object)


def _extent_m(geometry: BaseGeometry) -> float:
    """Return the larger side of the bounding box in metres."""
    west, south, east, north = geometry.bounds
    cos_lat = max(float(np.cos(np.radians((south + north) / 2))), _COS_MIN)
    return max((east - west) * cos_lat, north - south) * METRES_PER_DEGREE
