"""Administrative areas of a file, their rings joined and holes cut; what is open is told."""

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import osmium
import shapely

from mapper.clean.text import clean_text
from mapper.model.boundary_area import BoundaryArea
from mapper.sources.osm.block_reader import OsmObject, broken_file_refused, processor
from mapper.sources.osm.boundary_cut import (
    BOUNDARY_TAG,
    ISO_KEY,
    STREET_KEY,
    admin_level,
    write_boundaries,
)
from mapper.sources.osm.input_body import is_pbf

_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_METRES = re.compile(r"[0-9]{1,12}")
_COUNT = re.compile(r"[0-9]{1,10}")
_SIMPLIFIED_DEG = 0.00005
"""About 5 m: a line of a boundary is seldom mapped better."""
_DECIMALS = 5
_SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class BoundaryReading:
    """
    The areas of a file.

    Attributes
    ----------
    areas
        By level and number.
    open_refs
        Relations whose ring does not close with what the file holds: most lie on its edge.
    """

    areas: tuple[BoundaryArea, ...] = ()
    open_refs: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what was left out, in a sentence."""
        if not self.open_refs:
            return ()
        count, shown = len(self.open_refs), ", ".join(self.open_refs[:_SHOWN_MAX])
        more = f" and {count - _SHOWN_MAX:,} more" if count > _SHOWN_MAX else ""
        what = "boundaries do not close with what the extract holds, and tell of no area"
        return (f"{count:,} {what}: {shown}{more}",)


def read_boundaries(path: Path) -> BoundaryReading:
    """
    Read the areas of an extract, or of what ``write_boundaries`` cut out of one.

    Parameters
    ----------
    path
        An OSM PBF of one moment; any other format holds none.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    if not is_pbf(path):
        return BoundaryReading()
    with TemporaryDirectory(prefix="boundaries-") as folder:
        # Cut first: to join rings libosmium keeps every node of what it reads.
        small = Path(folder) / "boundaries.osm.pbf"
        if not write_boundaries(path, small):
            return BoundaryReading()
        return _read(small)


def _read(path: Path) -> BoundaryReading:
    areas = []
    with broken_file_refused(path):
        refs = {relation.id for relation in processor(path, osmium.osm.RELATION)}
        source = processor(path, osmium.osm.ALL)
        source.with_locations("flex_mem")
        source.with_areas(osmium.filter.TagFilter(BOUNDARY_TAG))
        to_wkb = osmium.geom.WKBFactory()
        for osm_object in source:
            if osm_object.is_area() and not osm_object.from_way():
                area = _area(osm_object, to_wkb)
                if area is not None:
                    areas.append((osm_object.orig_id(), area))
    closed = {ref for ref, _area in areas}
    ordered = sorted(areas, key=lambda each: (each[1].admin_level, each[0]))
    return BoundaryReading(
        tuple(area for _ref, area in ordered),
        tuple(f"relation/{ref}" for ref in sorted(refs - closed)),
    )


def _area(area: OsmObject, to_wkb: OsmObject) -> BoundaryArea | None:
    """Describe an area; None where no outline came of its ways."""
    level = admin_level(area)
    try:
        drawn = shapely.from_wkb(to_wkb.create_multipolygon(area))
    except RuntimeError:
        # Rings that cross one another: libosmium found no polygon in them.
        return None
    outline = shapely.set_precision(
        shapely.make_valid(shapely.simplify(drawn, _SIMPLIFIED_DEG)), 10**-_DECIMALS
    )
    polygons = polygons_of(outline)
    if level is None or not polygons:
        return None
    get = area.tags.get
    iso_code, count, day = get(ISO_KEY) or "", get("population"), get("population:date")
    street_m = get(STREET_KEY) or ""
    is_counted = bool(count and day and _COUNT.fullmatch(count) and _DAY.fullmatch(day))
    return BoundaryArea(
        area_ref=f"relation/{area.orig_id()}",
        admin_level=level,
        name=clean_text(get("name") or "").text,
        iso_code=iso_code if _ISO.fullmatch(iso_code) else "",
        population=int(count) if is_counted else None,
        population_on=day if is_counted else None,
        street_m=float(street_m) if _METRES.fullmatch(street_m) else None,
        # Rounded once more, to what five decimals in a text are read back as.
        outline_wkb=shapely.to_wkb(
            shapely.transform(
                shapely.normalize(shapely.multipolygons(polygons)),
                lambda corners: np.round(corners, _DECIMALS),
            )
        ),
    )


def polygons_of(outline: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons of a mended outline, without its loose lines and points."""
    # Where a ring touches itself, mending gives a collection: all polygons as one part of it, and
    # loose lines as others.
    parts = shapely.get_parts(shapely.get_parts(outline))
    return [each for each in parts if isinstance(each, shapely.Polygon)]
