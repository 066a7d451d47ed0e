"""An extract of OpenStreetMap into the archive: its cameras, and what lies around them."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from mapper.exposure.area_streets import street_m_by_area
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, BOUNDARIES_KEY, LICENSE_ID, SOURCE_ID
from mapper.fetch.extract import WholeExtract, downloaded
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress, Progress
from mapper.sources import osm
from mapper.sources.osm.basemap_objects import ALL_KINDS, RADIUS_M, select
from mapper.sources.osm.boundary_cut import write_boundaries
from mapper.sources.osm.ground_cut import Wanted, write_cut
from mapper.sources.osm.subset_file import cut, write_subset
from mapper.website.map.basemap_choice import STREET_KINDS, BasemapChoice, choose_context

GROUND_KEY = "streets "
"""Begins the request key of the ground around what another key names."""
CUT_WORDS = "; cut out of an extract of "
"""Stand in the proof of a body before the size and the hash of the extract that it comes from."""
_GENERATOR = "whose-cameras surroundings"
_TOTAL_S = 6 * 3600.0


def extract_context(named: frozenset[Target], archive: Archive, progress: Progress) -> FetchContext:
    """
    Return what extracts and their changes are fetched with.

    Parameters
    ----------
    named
        Targets that somebody typed, which may be private.
    """
    client = Client(limits=Limits(total_s=_TOTAL_S, attempts=1), named=named, progress=progress)
    return FetchContext(client, archive, progress)


def collect_extract(
    url: str,
    fetch_context: FetchContext,
    *,
    source_id: str = SOURCE_ID,
    with_streets: bool,
    keeps_whole: bool,
    is_old_allowed: bool,
) -> Iterator[Collected]:
    """
    Download an extract and keep what of it is needed: boundaries, ground, the cameras last.

    Parameters
    ----------
    source_id
        Under which it is kept.
    with_streets
        Whether what lies around the cameras is kept too.
    keeps_whole
        Whether the extract itself is kept; it then is the ground.

    Yields
    ------
    Collected
        Each body that was kept.

    Raises
    ------
    SourceError
        If the extract did not come whole, or is none.
    """
    progress = fetch_context.progress
    with downloaded(
        url,
        fetch_context,
        source_id=source_id,
        license_id=LICENSE_ID,
        sleep=time.sleep,
        is_old_allowed=is_old_allowed,
    ) as whole:
        progress.stage("picking the cameras")
        part = fetch_context.archive.part_path("subset")
        write_subset(cut(whole.path), part)
        told = _told_whole(whole)
        # Parts of the world are joined by their cameras alone.
        if source_id == SOURCE_ID:
            boundaries = fetch_context.archive.part_path("boundaries")
            if _write_boundaries(whole.path, boundaries, progress, with_streets=with_streets):
                key = BOUNDARIES_KEY + url
                yield whole.keep(boundaries, BOUNDARIES_ID, request_key=key, proof=told)
        if keeps_whole:
            yield whole.keep(whole.path, request_key=GROUND_KEY + url)
        elif with_streets:
            ground = fetch_context.archive.part_path("ground")
            if _write_ground(whole.path, part, ground, progress):
                yield whole.keep(ground, request_key=GROUND_KEY + url, proof=told)
        # Last, because the newest answer is what a build takes.
        yield whole.keep(part, proof=told)


def _told_whole(whole: WholeExtract) -> str:
    with whole.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size_bytes = whole.path.stat().st_size
    return f"{CUT_WORDS}{size_bytes:,} bytes with the sha256 {sha256}"


def _write_boundaries(source: Path, out: Path, progress: Progress, *, with_streets: bool) -> bool:
    """Write the boundaries of an extract; where streets are wanted, with how many they hold."""
    progress.stage("picking the boundaries")
    if not with_streets:
        return bool(write_boundaries(source, out))
    # Measured now, for what is kept of the extract has the streets near cameras alone.
    areas = osm.read_boundaries(source).areas
    return bool(write_boundaries(source, out, street_m_by_area(source, areas)))


def _write_ground(source: Path, cameras: Path, out: Path, progress: Progress) -> bool:
    """Write what a page would draw around the cameras; say whether it would draw anything."""
    places = osm.read(cameras, progress=NoProgress()).observations
    chosen = choose_context(len(places), streets=None)
    if chosen.choice is BasemapChoice.NONE or not places:
        progress.remark(f"no surroundings are kept: {chosen.reason if places else 'no cameras'}")
        return False
    selection = select(
        source,
        lon_deg=[each.lon_deg for each in places],
        lat_deg=[each.lat_deg for each in places],
        radius_m=RADIUS_M,
        kinds=ALL_KINDS if chosen.choice is BasemapChoice.FULL else STREET_KINDS,
        progress=progress,
    )
    wanted = Wanted()
    wanted.add_shapes(selection)
    write_cut(source, out, wanted, generator=_GENERATOR)
    return True
