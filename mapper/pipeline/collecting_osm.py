"""An area or an extract of OpenStreetMap into the archive, and what of cameras is in it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from mapper.clean.country_names import country_called
from mapper.clean.devices import device_type
from mapper.clean.gazetteer import FoundPlace, find, search
from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, SOURCE_ID
from mapper.fetch.extract import announced_bytes, told_size
from mapper.fetch.extract_index import INDEX_URL, choose, fetch_index
from mapper.fetch.guard import targets_of
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.overpass import (
    ENDPOINTS,
    REGION_DEG2_MAX,
    Layer,
    Overpass,
    place_key,
)
from mapper.fetch.overpass_area import Bbox, around, bbox_from_text
from mapper.fetch.overpass_boundary import Boundary
from mapper.model.enums import CAMERA_TYPES
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline.collecting import told_of
from mapper.pipeline.collecting_extract import collect_extract, extract_context
from mapper.pipeline.collecting_world import WORLD_KEY, collect_world
from mapper.pipeline.collecting_world_pieces import PIECES_KEY, collect_world_pieces
from mapper.settings import Settings
from mapper.sources import osm

_PLACE_HALF_DEG = 0.05
"""Half the height of the area taken around a place's point: about 11 km from south to north."""
_OTHERS_MAX = 4


@dataclass(frozen=True, slots=True)
class OsmRequest:
    """
    What of OpenStreetMap is asked for; one of bbox, place, pbf_url, region and country.

    Attributes
    ----------
    country
        Where the place or the region is looked for, a code or an English name; alone, what to
        collect, by the extract of the whole country.
    region
        Collected by its extract: the name or the id that the extracts' publisher gives it.
    boundary_ref
        ``relation/54517``: the boundary of a place that was collected before.
    index_url
        The index of the publisher of extracts.
    is_world
        Whether all extracts of the index are collected.
    is_by_overpass
        Whether the world is asked of Overpass instead, in pieces.
    is_old_allowed
        Whether data of more than 60 days ago are taken.
    keeps_extract
        Whether an extract is kept whole beside what is cut out of it.
    """

    bbox: str = ""
    place: str = ""
    pbf_url: str = ""
    endpoint: str = ""
    country: str = ""
    region: str = ""
    index_url: str = ""
    with_streets: bool = True
    is_offline: bool = False
    boundary_ref: str = ""
    is_world: bool = False
    is_by_overpass: bool = False
    is_old_allowed: bool = False
    keeps_extract: bool = False


def collect_osm(request: OsmRequest, *, settings: Settings, progress: Progress) -> str:
    """
    Collect an area, or an extract, of OpenStreetMap, and say what came.

    Returns
    -------
    str
        Which place was taken, what is kept, and how many cameras of which day are in it.

    Raises
    ------
    UsageError
        If not exactly one of bbox, place and extract is asked for, or the area is too large.
    FetchError
        If it did not come whole, its data are older than 60 days, or nothing may be asked and it
        is not in the archive.
    """
    boxes = [
        word
        for word in (request.bbox, request.place, request.pbf_url, request.boundary_ref)
        if word
    ]
    by_index = bool(request.region or (request.country and not request.place))
    if len(boxes) + by_index + request.is_world != 1:
        msg = "`mapper collect osm` takes one of --bbox, --place, --country, --region, --pbf and "
        msg += "--world"
        raise UsageError(msg, next_step='for example: mapper collect osm --place "Helsinki"')
    if request.is_by_overpass and (not request.is_world or request.index_url):
        msg = "--overpass goes with --world, and with no index of extracts"
        raise UsageError(msg, next_step="a place or a box is asked of Overpass without it.")
    _require_fitting(request, by_extract=bool(request.pbf_url or by_index))
    archive = Archive(settings.raw_dir)
    if request.is_world:
        return "\n".join(_world(request, settings, progress))
    if request.pbf_url or by_index:
        return "\n".join(_extract(request, archive, progress))
    return "\n".join(_area(request, archive, progress))


def _require_fitting(request: OsmRequest, *, by_extract: bool) -> None:
    """Refuse an option that this way of collecting would pass over in silence."""
    asks_overpass = request.is_by_overpass or not (by_extract or request.is_world)
    if request.endpoint and not asks_overpass:
        msg = "--endpoint is a server of Overpass, and extracts are downloaded"
        step = "leave it out, or ask Overpass for the world with --overpass."
        raise UsageError(msg, next_step=step)
    if request.keeps_extract and not by_extract:
        what = "the extracts of the world" if request.is_world else "an area of Overpass"
        msg = f"--keep-extract goes with one extract, and not with {what}"
        step = "leave it out, or name extracts one by one with --country, --region or --pbf."
        raise UsageError(msg, next_step=step)
    if request.index_url and asks_overpass:
        msg = "--extract-index is an index of extracts, and Overpass is asked"
        raise UsageError(msg, next_step="leave it out, or take --country, --region or --world.")


def _extract(request: OsmRequest, archive: Archive, progress: Progress) -> Iterator[str]:
    named = targets_of(request.pbf_url) | targets_of(request.index_url)
    if request.is_offline:
        if not request.pbf_url:
            msg = "without a network an extract is named by its address"
            raise UsageError(msg, next_step="give it with --pbf.")
        yield told_of(archive.require(SOURCE_ID, request.pbf_url))
        return
    fetch_context = extract_context(named, archive, progress)
    url = request.pbf_url
    if not url:
        country_code = country_called(request.country) if request.country else ""
        index = fetch_index(fetch_context, request.index_url or INDEX_URL)
        chosen = choose(index, country_code=country_code, region=request.region)
        told = f"extract: {chosen.name} ({chosen.extract_id}), {chosen.pbf_url}, "
        told += _told_size(chosen.pbf_url, fetch_context)
        progress.remark(told)
        yield told
        url = chosen.pbf_url
    for kept in collect_extract(
        url,
        fetch_context,
        with_streets=request.with_streets,
        keeps_whole=request.keeps_extract,
        is_old_allowed=request.is_old_allowed,
    ):
        yield told_of(kept)
    yield _counted(archive, kept, "another extract")


def _told_size(url: str, fetch_context: FetchContext) -> str:
    """Say how long an extract is before it is asked for; one that does not say is asked for too."""
    try:
        return told_size(announced_bytes(url, fetch_context))
    except FetchError as error:
        return f"its size is not known: {error}"


def _world(request: OsmRequest, settings: Settings, progress: Progress) -> Iterator[str]:
    archive = Archive(settings.raw_dir)
    if request.is_offline:
        key = PIECES_KEY if request.is_by_overpass else WORLD_KEY
        yield told_of(archive.require(SOURCE_ID, key))
        return
    if request.is_by_overpass:
        yield from collect_world_pieces(
            request.endpoint,
            settings=settings,
            progress=progress,
            is_old_allowed=request.is_old_allowed,
        )
        return
    yield from collect_world(
        request.index_url, archive, progress, is_old_allowed=request.is_old_allowed
    )


def _area(request: OsmRequest, archive: Archive, progress: Progress) -> Iterator[str]:
    overpass = Overpass(
        archive,
        progress=progress,
        sleep=time.sleep,
        endpoints=(request.endpoint,) if request.endpoint else ENDPOINTS,
        named=targets_of(request.endpoint),
    )
    if request.is_offline:
        yield from _there_already(request, archive, progress)
        return
    bbox, boundary, chosen = _place_of(request, overpass, progress)
    if chosen:
        # Before the cameras are asked for, so that a wrong place costs little.
        progress.remark(chosen)
        yield chosen
    is_old_allowed = request.is_old_allowed
    cameras = overpass.collect(bbox, boundary=boundary, is_old_allowed=is_old_allowed)
    yield told_of(cameras)
    yield _counted(archive, cameras, "a larger --bbox, or check the place")
    if request.with_streets:
        streets = overpass.collect(
            bbox, Layer.STREETS, boundary=boundary, is_old_allowed=is_old_allowed
        )
        yield told_of(streets)


def _place_of(
    request: OsmRequest, overpass: Overpass, progress: Progress
) -> tuple[Bbox, Boundary | None, str]:
    """Return the area, its boundary where it has one, and which place it stands for in words."""
    if request.bbox:
        return bbox_from_text(request.bbox), None, ""
    if request.boundary_ref:
        boundary = overpass.boundary(int(request.boundary_ref.partition("/")[2]))
        return boundary.bbox, boundary, ""
    place = find(request.place, request.country)
    # Said before the network is asked, so that a wrong place costs nothing.
    progress.remark(f"place: {place}")
    names = (place.name, request.place.partition(",")[0])
    municipal = overpass.municipality(place.lon_deg, place.lat_deg, names)
    if municipal is not None and municipal.bbox.area_deg2 <= REGION_DEG2_MAX:
        how = f"within its boundary {municipal.ref}"
        return municipal.bbox, municipal, f"place: {place}, {how}{_others(request, place)}"
    bbox = around(place.lon_deg, place.lat_deg, _PLACE_HALF_DEG)
    why = "no municipality of that name has a boundary there"
    if municipal is not None:
        why = f"its boundary {municipal.ref} is too large"
    return bbox, None, f"place: {place}, the area {bbox} ({why}){_others(request, place)}"


def _there_already(request: OsmRequest, archive: Archive, progress: Progress) -> Iterator[str]:
    """Say what is kept of an area, without a connection."""
    if request.place:
        place = find(request.place, request.country)
        chosen = f"place: {place}"
        progress.remark(chosen)
        yield chosen
        boundary = archive.latest(BOUNDARIES_ID, place_key(place.lon_deg, place.lat_deg))
        box = str(around(place.lon_deg, place.lat_deg, _PLACE_HALF_DEG))
        area = boundary.proof if boundary else box
    else:
        area = str(bbox_from_text(request.bbox))
    layers = (Layer.CAMERAS, Layer.STREETS) if request.with_streets else (Layer.CAMERAS,)
    for layer in layers:
        yield told_of(archive.require(SOURCE_ID, f"{layer.value} {area}"))


def _others(request: OsmRequest, taken: FoundPlace) -> str:
    name = request.place.partition(",")[0]
    others = [place for place in search(name) if place != taken]
    if not others:
        return ""
    shown = "; ".join(str(place) for place in others[:_OTHERS_MAX])
    more = f"; and {len(others) - _OTHERS_MAX:,} more" if len(others) > _OTHERS_MAX else ""
    example = f"{name.strip()}, {others[0].country_code}"
    return f". Also called so: {shown}{more}. Another is taken by --place {example!r} or --country"


def _counted(archive: Archive, kept: Collected, advice: str) -> str:
    """Say how many cameras a collected body holds, and of which day it is."""
    reading = osm.read(
        archive.body_path(kept.sha256), progress=NoProgress(), expected_size=kept.size_bytes
    )
    types = [device_type(row.tags, row.device_role) for row in reading.observations]
    cameras = sum(kind in CAMERA_TYPES for kind in types)
    data_at_utc = reading.snapshot.data_at_utc
    day = data_at_utc.partition("T")[0] if data_at_utc else "an unknown day"
    if not types:
        return f"0 cameras: nobody has mapped one there as of {day}; try {advice}."
    other = f" and {len(types) - cameras:,} other devices" if len(types) > cameras else ""
    noun = "camera" if cameras == 1 else "cameras"
    return f"{cameras:,} {noun}{other}, as OpenStreetMap stood on {day}"
