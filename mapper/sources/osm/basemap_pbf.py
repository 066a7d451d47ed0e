"""
Shapes of the map from an OSM PBF file.

pyosmium keeps the positions of nodes (in memory, above a gigabyte of file in a scratch file) and
assembles multipolygons; lines and areas leave it as WKB, so Python never walks over nodes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.errors import SourceFormatError
from mapper.model.basemap import BasemapKind
from mapper.sources.osm.basemap_kinds import (
    AREA_KINDS,
    LINE_KINDS,
    Shape,
    area_kind,
    is_coastline,
    line_kind,
    road_class,
    shown_name,
)
from mapper.sources.osm.block_reader import OsmObject, broken_file_refused, processor

_IN_MEMORY_BYTES_MAX = 1024**3
_STREET_KEYS = ("highway",)
_LINE_KEYS = (*_STREET_KEYS, "railway", "waterway", "natural")
_AREA_KEYS = (*_LINE_KEYS, "landuse", "leisure", "building")
_STREET_KINDS = frozenset({BasemapKind.STREET_MAJOR, BasemapKind.STREET_MINOR, BasemapKind.PATH})


def known_area(path: Path) -> BaseGeometry | None:
    """Return the box that the header says the file covers; None where it says none."""
    with broken_file_refused(path):
        box = processor(path, osmium.osm.NOTHING).header.box()
    if not box.valid():
        return None
    west_south, east_north = box.bottom_left, box.top_right
    area: BaseGeometry = shapely.box(west_south.lon, west_south.lat, east_north.lon, east_north.lat)
    return area


def shapes(path: Path, kinds: frozenset[BasemapKind]) -> Iterator[Shape]:
    """
    Read all shapes of the kinds asked for, wherever they lie; coastlines as water areas.

    Raises
    ------
    UnsortedFileError
        If areas are asked for and the file is not in order.
    SourceFormatError
        If the file is broken.
    """
    with broken_file_refused(path), _disorder_told_apart(path):
        source = processor(path, osmium.osm.ALL)
        in_memory = path.stat().st_size <= _IN_MEMORY_BYTES_MAX
        source.with_locations("flex_mem" if in_memory else "sparse_file_array")
        source.with_filter(osmium.filter.KeyFilter(*_keys(kinds)))
        if kinds & AREA_KINDS:
            source.with_areas(osmium.filter.KeyFilter(*_keys(kinds)))
        to_wkb = osmium.geom.WKBFactory()
        for osm_object in source:
            if osm_object.is_way():
                yield from _line_shapes(osm_object, kinds, to_wkb)
            elif osm_object.is_area():
                yield from _area_shapes(osm_object, kinds, to_wkb)


class UnsortedFileError(SourceFormatError):
    """The objects of a file are not in the order of type and id that areas are assembled in."""


@contextmanager
def _disorder_told_apart(path: Path) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        if "out of order" not in str(error):
            raise
        msg = f"{path}: the objects are not in order of type and id"
        raise UnsortedFileError(msg, next_step="Sort it: osmium sort.") from error


def sorted_copy(path: Path, folder: Path) -> Path:
    """Write a copy in order of type and id into a folder; the whole file passes through memory."""
    copy = folder / "sorted.osm.pbf"
    with broken_file_refused(path):
        merger = osmium.MergeInputReader()
        merger.add_buffer(path.read_bytes(), "pbf")
        with osmium.SimpleWriter(
            str(copy), header=processor(path, osmium.osm.NOTHING).header
        ) as to:
            merger.apply(to)
    return copy


def _keys(kinds: frozenset[BasemapKind]) -> tuple[str, ...]:
    if kinds <= _STREET_KINDS:
        return _STREET_KEYS
    return _LINE_KEYS if kinds <= LINE_KINDS else _AREA_KEYS


def _line_shapes(
    way: OsmObject, kinds: frozenset[BasemapKind], to_wkb: OsmObject
) -> Iterator[Shape]:
    get = way.tags.get
    kind = line_kind(get)
    if kind is None or kind not in kinds:
        return
    name = shown_name(kind, get)
    for line in _lines(way, to_wkb):
        yield Shape(kind, (1, way.id), name, line, is_coastline(get), road_class(kind, get))


def _area_shapes(
    area: OsmObject, kinds: frozenset[BasemapKind], to_wkb: OsmObject
) -> Iterator[Shape]:
    get = area.tags.get
    kind = area_kind(get)
    if kind is None or kind not in kinds:
        return
    polygon = shapely.from_wkb(to_wkb.create_multipolygon(area))
    ref = (1 if area.from_way() else 2, area.orig_id())
    yield Shape(kind, ref, shown_name(kind, get), polygon)


def _lines(way: OsmObject, to_wkb: OsmObject) -> list[BaseGeometry]:
    """Return the way as one line, or as several where nodes are missing from the extract."""
    try:
        return [shapely.from_wkb(to_wkb.create_linestring(way))]
    except (osmium.InvalidLocationError, RuntimeError):
        return _runs(way)


def _runs(way: OsmObject) -> list[BaseGeometry]:
    runs: list[list[tuple[float, float]]] = [[]]
    for node in way.nodes:
        if not node.location.valid():
            runs.append([])
        elif not runs[-1] or runs[-1][-1] != (node.lon, node.lat):
            runs[-1].append((node.lon, node.lat))
    return [shapely.linestrings(run) for run in runs if len(run) > 1]
