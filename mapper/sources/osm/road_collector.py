"""The larger roads of an extract, kept whole while the ground around cameras is read."""

from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from mapper.model.basemap import BasemapKind, Roads, RoadsState
from mapper.sources.osm.basemap_kinds import Shape
from mapper.sources.osm.block_reader import broken_file_refused, processor
from mapper.sources.osm.input_body import BodyKind, kind_of

POINTS_MAX = 1_000_000
"""A page that holds more corners than this, some 4 MB, is none that a telephone opens."""

_OUR_CUTS = ("whose-cameras ", "mapper ")
"""How the headers of files begin that we cut out of others: they hold the ground near cameras."""


class RoadCollector:
    """
    Takes the larger roads out of the shapes of a file that pass by.

    Parameters
    ----------
    points_max
        Above so many corners nothing is kept: a part of the roads would be a wrong answer.
    """

    def __init__(self, points_max: int = POINTS_MAX) -> None:
        self._points_max = points_max
        self._roads: Roads | None = Roads()

    def clear(self) -> None:
        """Begin anew: the file is read a second time."""
        self._roads = Roads()

    def take(self, shapes: Iterable[Shape]) -> None:
        """Keep the larger roads among shapes."""
        for shape in shapes:
            if self._roads is None:
                return
            if shape.kind is not BasemapKind.STREET_MAJOR:
                continue
            places = array("d")
            # No rounding: two roads meet where they have the very same corner.
            places.frombytes(shapely.get_coordinates(shape.geometry).astype(np.float64).tobytes())
            self._roads.append(shape.road_class, shape.name, places)
            if self._roads.offsets[-1] > self._points_max:
                self._roads = None

    def collected(self, covered: BaseGeometry | None) -> Roads | RoadsState:
        """Return the roads, with the box that their file covers, or that they were too many."""
        if self._roads is None:
            return RoadsState.TOO_MANY
        if covered is not None:
            west, south, east, north = covered.bounds
            self._roads.covered_deg = (west, south, east, north)
        return self._roads


def holds_whole_roads(path: Path) -> bool:
    """
    Tell an extract from an answer or a cut, which hold the roads near cameras alone.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    if kind_of(path) is not BodyKind.PBF:
        return False
    with broken_file_refused(path):
        generator = processor(path, osmium.osm.NOTHING).header.get("generator")
    return not str(generator).startswith(_OUR_CUTS)
