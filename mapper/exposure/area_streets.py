"""
How many metres of street each administrative area of an extract has.

A piece of a street counts to the area that its middle lies in. Only areas that lie wholly in the
box that the extract says it covers are measured: of others a part of the streets may be missing.
"""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from mapper.exposure.street_exposure import STREET_KINDS
from mapper.exposure.watched_lines import Lines
from mapper.model.boundary_area import BoundaryArea
from mapper.resolve.earth import points
from mapper.sources.osm.basemap_kinds import Shape
from mapper.sources.osm.basemap_pbf import known_area, shapes

_BATCH: Final = 20_000


def street_m_by_area(extract: Path, boundaries: Sequence[BoundaryArea]) -> dict[str, float]:
    """
    Measure the streets and paths of an extract by area.

    Parameters
    ----------
    extract
        An OSM PBF of one moment, with all its streets.

    Returns
    -------
    dict
        Metres by ``area_ref``, of the areas inside of the extract's box; none where its header
        has no box.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    covered = known_area(extract)
    outlines = {each.area_ref: shapely.from_wkb(each.outline_wkb) for each in boundaries}
    inside = {
        ref: outline
        for ref, outline in sorted(outlines.items())
        if covered is not None and shapely.covers(covered, outline)
    }
    if not inside:
        return {}
    parts, owner = shapely.get_parts(list(inside.values()), return_index=True)
    shapely.prepare(parts)
    sums = np.zeros(len(inside))
    streets = shapes(extract, frozenset(STREET_KINDS))
    while batch := list(islice(streets, _BATCH)):
        lines = _pieces(batch)
        middles = (lines.start_deg + lines.end_deg) / 2
        part, piece = shapely.STRtree(points(middles[:, 0], middles[:, 1])).query(
            parts, predicate="covers"
        )
        np.add.at(sums, owner[part], lines.lengths_m()[piece])
    return dict(zip(inside, sums.tolist(), strict=True))


def _pieces(batch: list[Shape]) -> Lines:
    """Cut streets into their straight pieces."""
    corners, way = shapely.get_coordinates([street.geometry for street in batch], return_index=True)
    is_piece = way[1:] == way[:-1]
    return Lines(corners[:-1][is_piece], corners[1:][is_piece])
