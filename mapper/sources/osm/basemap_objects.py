"""
The ground around cameras: streets, rails, water, parks and buildings of one OpenStreetMap file.

Shapes within the radius of a camera are kept. Long lines and large areas are cut, so that a
motorway past one camera does not run across the country; the sea is made from its coast.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from mapper.model.basemap import Basemap, BasemapKind
from mapper.model.progress import Progress
from mapper.sources.osm import basemap_json, basemap_pbf
from mapper.sources.osm.basemap_kinds import AREA_KINDS, LINE_KINDS, Shape
from mapper.sources.osm.block_reader import check_blocks
from mapper.sources.osm.coastline import sea_polygons
from mapper.sources.osm.input_body import BodyKind, kind_of, told_name
from mapper.sources.osm.json_elements import read_body
from mapper.sources.osm.road_collector import RoadCollector
from mapper.sources.osm.vicinity import Geometries, Vicinity

RADIUS_M = 300.0
LINE_MARGIN_M = 150.0
AREA_MARGIN_M = 700.0
ALL_KINDS = frozenset(BasemapKind)

_BATCH = 20_000
_DECIMALS = 7
Coordinates = npt.NDArray[np.float64]

_KIND_ORDER = {kind: order for order, kind in enumerate(BasemapKind)}


def read_basemap(  # noqa: PLR0913 - each is one wish
    path: Path,
    *,
    lon_deg: Sequence[float],
    lat_deg: Sequence[float],
    radius_m: float = RADIUS_M,
    kinds: frozenset[BasemapKind] = ALL_KINDS,
    with_roads: bool = False,
    progress: Progress,
) -> Basemap:
    """
    Read what lies within a radius of any camera.

    Parameters
    ----------
    path
        An OSM PBF, or OSM or Overpass JSON (``out geom``, or with its nodes), gzipped or not.
    lon_deg, lat_deg
        Positions of the cameras in decimal degrees, WGS 84; equally long.
    radius_m
        How near a shape must come to a camera, in metres. A long line ends ``LINE_MARGIN_M``
        further out, a large area ``AREA_MARGIN_M``.
    kinds
        What to read; streets alone need less time and memory.
    with_roads
        Whether the file's larger roads are wanted whole, however far from a camera.

    Returns
    -------
    Basemap
        Shapes sorted by kind, then by type and id in OpenStreetMap; the sea last, without a
        name. Positions have 7 decimals. Holes of waters and parks are joined to the outer ring
        by a line there and back, so that islands stay dry; holes of buildings are left out.

    Raises
    ------
    UsageError
        If there is no such file.
    SourceFormatError
        If the file is empty, foreign or broken.
    """
    context = Basemap()
    if not len(lon_deg):
        return context
    roads = RoadCollector() if with_roads else None
    near = select(
        path,
        lon_deg=lon_deg,
        lat_deg=lat_deg,
        radius_m=radius_m,
        kinds=kinds,
        roads=roads,
        progress=progress,
    )
    if roads is not None:
        context.roads = roads.collected(near.known_area)
    for shape in sorted(near.shapes, key=_order):
        _append(context, shape, near.vicinity)
    coast = [edge.geometry for edge in sorted(near.coast, key=_order)]
    region = near.vicinity.area_region(_column(coast))
    for sea in sorted(sea_polygons(coast, region, near.known_area), key=lambda each: each.bounds):
        _append_rings(context, BasemapKind.WATER_AREA, "", sea)
    return context


@dataclass(frozen=True, slots=True)
class Selection:
    """
    The shapes that a context is made of, whole.

    Attributes
    ----------
    shapes, coast
        What comes within the radius of a camera, and the edges of the sea as far as areas are
        drawn.
    known_area
        The box that the file says it covers; None where it says none.
    """

    shapes: list[Shape]
    coast: list[Shape]
    known_area: BaseGeometry | None
    vicinity: Vicinity


def select(  # noqa: PLR0913 - as of `read_basemap`
    path: Path,
    *,
    lon_deg: Sequence[float],
    lat_deg: Sequence[float],
    radius_m: float,
    kinds: frozenset[BasemapKind],
    roads: RoadCollector | None = None,
    progress: Progress,
) -> Selection:
    """
    Select the shapes near cameras, before anything is cut; arguments as of ``read_basemap``.

    Parameters
    ----------
    roads
        Takes the larger roads of the whole file on the way; None where nobody wants them.

    Raises
    ------
    UsageError, SourceFormatError
        As ``read_basemap``.
    """
    progress.stage(f"reading the surroundings in {told_name(path)}")
    vicinity = Vicinity(
        lon_deg,
        lat_deg,
        radius_m=radius_m,
        line_reach_m=radius_m + LINE_MARGIN_M,
        area_reach_m=radius_m + AREA_MARGIN_M,
    )
    try:
        return _select(*_shapes(path, kinds), vicinity, roads, progress)
    except basemap_pbf.UnsortedFileError:
        progress.remark(f"{path.name} is not in order; sorting a copy")
        with TemporaryDirectory() as folder:
            ordered = basemap_pbf.sorted_copy(path, Path(folder))
            if roads is not None:
                roads.clear()
            return _select(*_shapes(ordered, kinds), vicinity, roads, progress)


def _select(
    shapes: Iterator[Shape],
    known_area: BaseGeometry | None,
    vicinity: Vicinity,
    roads: RoadCollector | None,
    progress: Progress,
) -> Selection:
    selection = Selection([], [], known_area, vicinity)
    while batch := list(islice(shapes, _BATCH)):
        if roads is not None:
            roads.take(batch)
        coast = [shape for shape in batch if shape.is_coastline]
        others = [shape for shape in batch if not shape.is_coastline]
        selection.coast.extend(compress(coast, vicinity.is_reached(_geometries(coast))))
        selection.shapes.extend(compress(others, vicinity.is_near(_geometries(others))))
        progress.advance(len(batch))
    return selection


def _shapes(
    path: Path, kinds: frozenset[BasemapKind]
) -> tuple[Iterator[Shape], BaseGeometry | None]:
    body_kind = kind_of(path)
    if body_kind is BodyKind.PBF:
        check_blocks(path)
        return basemap_pbf.shapes(path, kinds), basemap_pbf.known_area(path)
    body = read_body(path, body_kind)
    return basemap_json.shapes(body, kinds), None


def _geometries(shapes: Sequence[Shape]) -> Geometries:
    return _column([shape.geometry for shape in shapes])


def _column(geometries: Sequence[BaseGeometry]) -> Geometries:
    column: Geometries = np.empty(len(geometries), dtype=object)
    column[:] = geometries
    return column


def _order(shape: Shape) -> tuple[object, ...]:
    return _KIND_ORDER[shape.kind], shape.ref, shape.geometry.bounds


def _append(context: Basemap, shape: Shape, vicinity: Vicinity) -> None:
    if shape.kind in LINE_KINDS:
        for line in _parts(vicinity.cut_line(shape.geometry)):
            if isinstance(line, LineString):
                context.append(shape.kind, shape.name, _flat(shapely.get_coordinates(line)))
    elif shape.kind in AREA_KINDS:
        _append_rings(context, shape.kind, shape.name, vicinity.cut_area(shape.geometry))


def _append_rings(context: Basemap, kind: BasemapKind, name: str, area: BaseGeometry) -> None:
    for polygon in _parts(area):
        if isinstance(polygon, Polygon):
            places = _outer_ring(polygon) if kind is BasemapKind.BUILDING else _one_ring(polygon)
            context.append(kind, name, _flat(places))


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the simple parts; a cut may leave points and lines beside what was cut."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if not part.is_empty]


def _outer_ring(polygon: Polygon) -> Coordinates:
    return shapely.get_coordinates(polygon.exterior)


def _one_ring(polygon: Polygon) -> Coordinates:
    """Join holes to the outer ring by a line there and back, which encloses nothing."""
    turned = orient(polygon)
    outer = _outer_ring(turned)
    places = [outer]
    for hole in turned.interiors:
        places += [shapely.get_coordinates(hole), outer[:1]]
    return np.concatenate(places)


def _flat(places: Coordinates) -> "array[float]":
    flat = array("d")
    flat.frombytes(np.round(places, _DECIMALS).tobytes())
    return flat
