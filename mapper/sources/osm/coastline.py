"""
The sea: OpenStreetMap maps its edge alone, so the water is made from the edge.

``natural=coastline`` runs with land to the left and the sea to the right. The coast cuts the
region around the cameras into faces; a face is the sea where the coast's right side looks into
it. A face that the coast does not bound, or that both sides look into (the coast ends within the
region, because the extract does), is left blank.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.sources.osm.vicinity import METRES_PER_DEGREE, Geometries

GAP_M_MAX = 150.0
"""An end that lies this near the extract's edge is taken to run straight on to it."""

_STEP_ASIDE_DEG = 1e-7
_STEP_ALONG_DEG = 2e-4
# Small contradictions are typing errors of the map; a larger share means an unknown face.
_CONTRADICTION_MAX = 0.01


def sea_polygons(
    coast: Sequence[BaseGeometry], region: BaseGeometry, known_area: BaseGeometry | None
) -> list[BaseGeometry]:
    """
    Make the polygons of the sea within a region.

    Parameters
    ----------
    coast
        Lines in their mapped direction, degrees, WGS 84.
    region
        Where the sea is wanted.
    known_area
        The box that the extract covers; None where it is not known.

    Returns
    -------
    list
        Polygons, possibly with holes (islands), in no particular order.
    """
    if not len(coast) or region.is_empty:
        return []
    lines: Geometries = np.array(coast, dtype=object)
    if known_area is not None:
        region = shapely.intersection(region, known_area)
        lines = _run_to_the_edge(lines, known_area)
    inside = shapely.get_parts(shapely.intersection(lines, region))
    inside = inside[shapely.get_type_id(inside) == shapely.GeometryType.LINESTRING]
    edges = shapely.union_all([*inside, shapely.boundary(region)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    return [face for face, is_sea in zip(faces, _is_sea(faces, lines), strict=True) if is_sea]


def _is_sea(faces: Geometries, coast: Geometries) -> npt.NDArray[np.bool_]:
    """
    Tell for each face whether the coast turns its right side to it, by the length seen.

    The coast is asked as it was mapped, since an intersection may turn a line round.
    """
    starts, ends = _segments(shapely.segmentize(coast, _STEP_ALONG_DEG))
    along = ends - starts
    length = np.hypot(along[:, 0], along[:, 1])
    aside = np.column_stack([along[:, 1], -along[:, 0]]) / length[:, None] * _STEP_ASIDE_DEG
    middle = (starts + ends) / 2
    seen = [np.zeros(len(faces)), np.zeros(len(faces))]
    tree = shapely.STRtree(faces)
    for side, points in enumerate((middle + aside, middle - aside)):
        segment, face = tree.query(shapely.points(points), predicate="within")
        np.add.at(seen[side], face, length[segment])
    right, left = seen
    sea: npt.NDArray[np.bool_] = (right > 0) & (left <= _CONTRADICTION_MAX * right)
    return sea


def _segments(
    lines: Geometries,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return begin and end of every segment that has a length."""
    coordinates, line_of = shapely.get_coordinates(lines, return_index=True)
    same_line = line_of[1:] == line_of[:-1]
    has_length = (coordinates[1:] != coordinates[:-1]).any(axis=1)
    chosen = same_line & has_length
    return coordinates[:-1][chosen], coordinates[1:][chosen]


def _run_to_the_edge(lines: Geometries, known_area: BaseGeometry) -> Geometries:
    """Lengthen lines whose end is loose and near the edge: the next node lies outside."""
    edge = shapely.boundary(known_area)
    ends = shapely.get_point(lines, -1)
    starts = shapely.get_point(lines, 0)
    both, counts = np.unique(
        shapely.get_coordinates(np.concatenate([starts, ends])), axis=0, return_counts=True
    )
    loose = {tuple(place) for place in both[counts == 1]}
    longer = []
    for line in lines:
        places = shapely.get_coordinates(line)
        first = _to_edge(places[0], loose, edge)
        last = _to_edge(places[-1], loose, edge)
        longer.append(shapely.linestrings(np.concatenate([first, places, last])))
    return np.array(longer, dtype=object)


def _to_edge(
    place: npt.NDArray[np.float64], loose: set[tuple[float, ...]], edge: BaseGeometry
) -> npt.NDArray[np.float64]:
    """Return the nearest place on the edge where a loose end is near it; else nothing."""
    nothing: npt.NDArray[np.float64] = np.empty((0, 2))
    if tuple(place) not in loose:
        return nothing
    # Degrees of longitude count less; nearness on a stretched map is compared in metres after.
    nearest = shapely.get_coordinates(shapely.shortest_line(edge, shapely.points(place)))[0]
    apart = (nearest - place) * [np.cos(np.radians(place[1])), 1.0]
    return nearest[None] if np.hypot(*apart) * METRES_PER_DEGREE <= GAP_M_MAX else nothing
