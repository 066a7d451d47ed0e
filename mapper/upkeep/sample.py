"""
Cut a small extract out of a large one: the embedded default of the project.

What ``read`` and ``read_basemap`` make of the cut is what they make of the source: the cameras
with the tags that are read, their versions and time stamps, and the shapes around them with the
tags that decide over a shape. Nothing else is written, and never a user, a user id or a
changeset.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

from mapper.errors import SourceFormatError
from mapper.model.progress import Progress
from mapper.sources.osm.basemap_objects import ALL_KINDS, RADIUS_M, select
from mapper.sources.osm.ground_cut import Wanted, write_cut
from mapper.sources.osm.input_body import BodyKind, kind_of
from mapper.sources.osm.reading import read

_GENERATOR = "mapper sample cut"


class SampleCut(NamedTuple):
    """What was cut, for the note on its origin."""

    cameras: int
    shapes: int
    size_bytes: int
    sha256: str
    source_sha256: str


def cut_sample(
    source_path: Path, out_path: Path, *, radius_m: float = RADIUS_M, progress: Progress
) -> SampleCut:
    """
    Write the cameras of a PBF and what lies around them as a small PBF.

    Parameters
    ----------
    source_path
        An OSM PBF.
    out_path
        Replaced if it is there; its folder must exist.
    radius_m
        How far from a camera the surroundings reach.

    Returns
    -------
    SampleCut
        The same source gives the same bytes.

    Raises
    ------
    UsageError
        If there is no such source.
    SourceFormatError
        If the source is no readable PBF.
    StorageError
        If the cut cannot be written.
    """
    # By its first bytes and not by its name, which anybody may have changed.
    if kind_of(source_path) is not BodyKind.PBF:
        msg = f"{source_path}: a sample is cut from a PBF"
        raise SourceFormatError(msg, next_step="Give a .osm.pbf extract.")
    reading = read(source_path, progress=progress)
    selection = select(
        source_path,
        lon_deg=[each.lon_deg for each in reading.observations],
        lat_deg=[each.lat_deg for each in reading.observations],
        radius_m=radius_m,
        kinds=ALL_KINDS,
        progress=progress,
    )
    wanted = Wanted()
    for observation in reading.observations:
        osm_type, number = observation.source_ref.split("/")
        wanted.cameras[osm_type].add(int(number))
    wanted.add_shapes(selection)
    progress.stage(f"writing {out_path.name}")
    write_cut(source_path, out_path, wanted, generator=_GENERATOR)
    body = out_path.read_bytes()
    return SampleCut(
        cameras=len(reading.observations),
        shapes=len(wanted.ways | wanted.relations),
        size_bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        source_sha256=reading.snapshot.sha256,
    )
