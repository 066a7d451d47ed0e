"""What a build is made of: the sample, files, or what was collected."""

import hashlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path

import geopandas as gpd

import mapper.sources
from mapper.errors import SourceChangedError, SourceFormatError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.model.context import Context
from mapper.model.enums import Completeness
from mapper.model.observation import Observation, Reading, Reject, Snapshot
from mapper.model.source import SourceInfo
from mapper.model.talk import Talk
from mapper.pipeline.own_lists import own_sources
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm.context import read_context
from mapper.website.context_choice import STREET_KINDS, Chosen, ContextChoice

SAMPLE = "sample"
# The reader of lists of one's own; its sources are described beside the archive.
_OWN_LISTS = "own"
SAMPLE_FILE = "helsinki.osm.pbf"
# How `fetch.overpass` names its two layers of an area.
_CAMERAS, _STREETS = "cameras ", "streets "


@dataclass(frozen=True, slots=True)
class Input:
    """One reading, and the file that holds the ground around it; None where there is none."""

    reading: Reading
    ground_path: Path | None


@cache
def sources_by_id() -> Mapping[str, SourceInfo]:
    """Find every published source: each module of ``sources/`` that describes one."""
    found = {}
    for module_info in pkgutil.iter_modules(mapper.sources.__path__):
        if module_info.name == _OWN_LISTS:
            continue
        module = import_module(f"mapper.sources.{module_info.name}")
        info: SourceInfo = module.INFO
        found[info.source_id] = info
    return found


def known_sources(settings: Settings) -> Mapping[str, SourceInfo]:
    """Give the published sources and the lists of one's own, by id."""
    own = {one.info.source_id: one.info for one in own_sources(settings.raw_dir).values()}
    return {**own, **sources_by_id()}


def read_inputs(names: Sequence[str], *, settings: Settings, talk: Talk) -> tuple[Input, ...]:
    """
    Read every input.

    Raises
    ------
    UsageError
        If one is neither the sample, nor a file, nor a collected source.
    SourceError
        If one cannot be read whole.
    """
    return tuple(_read(name, settings=settings, talk=talk) for name in dict.fromkeys(names))


def _read(name: str, *, settings: Settings, talk: Talk) -> Input:
    if name == SAMPLE:
        path = settings.sample_dir / SAMPLE_FILE
        return Input(osm.read(path, talk=talk), path)
    path = Path(name)
    if path.is_dir():
        msg = f"{name} is a folder"
        raise UsageError(msg, next_step="name a .osm.pbf or an Overpass .json in it.")
    if path.exists() or name not in known_sources(settings):
        return Input(osm.read(path, talk=talk), path)
    archive = Archive(settings.raw_dir)
    if name == osm.INFO.source_id:
        return _collected_osm(archive, talk)
    return Input(_collected(name, archive, settings), None)


def _collected_osm(archive: Archive, talk: Talk) -> Input:
    answers = archive.answers(osm.INFO.source_id)
    areas = [one for one in answers if not one.request_key.startswith(_STREETS)]
    if not areas:
        raise _not_collected(osm.INFO.source_id)
    newest = areas[-1]
    path = archive.body_path(newest.sha256)
    reading = osm.read(
        path,
        talk=talk,
        retrieved_at_utc=newest.retrieved_at_utc,
        url=newest.url,
        expected_size=newest.size_bytes,
    )
    _require_same(archive, newest, reading.snapshot.sha256)
    named = replace(reading.snapshot, file_name=newest.request_key, input_name=newest.request_key)
    area = newest.request_key.removeprefix(_CAMERAS)
    grounds = [one for one in answers if one.request_key == _STREETS + area]
    is_extract = not newest.request_key.startswith(_CAMERAS)
    ground = path if is_extract else None
    if grounds:
        ground = archive.body_path(grounds[-1].sha256)
    return Input(replace(reading, snapshot=named), ground)


def _collected(source_id: str, archive: Archive, settings: Settings) -> Reading:
    info = known_sources(settings)[source_id]
    answers = archive.answers(source_id)
    if not answers:
        raise _not_collected(source_id)
    newest = answers[-1]
    body = _kept_body(archive, newest)
    own = own_sources(settings.raw_dir).get(source_id)
    parse = own.parse if own else import_module(f"mapper.sources.{source_id}").parse
    rows = tuple(parse(body))
    observations = tuple(row for row in rows if isinstance(row, Observation))
    if len(observations) < info.row_count_min:
        msg = f"{source_id}: {len(observations):,} rows, expected at least {info.row_count_min:,}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    snapshot = Snapshot(
        source_id=source_id,
        file_name=source_id,
        sha256=newest.sha256,
        size_bytes=newest.size_bytes,
        license_id=newest.license_id,
        attribution=info.attribution,
        url=newest.url,
        retrieved_at_utc=newest.retrieved_at_utc,
        data_at_utc=own.data_on if own else newest.retrieved_at_utc,
        completeness=Completeness.PROVEN,
        completeness_basis=newest.proof,
        input_name=source_id,
    )
    return Reading(snapshot, observations, tuple(row for row in rows if isinstance(row, Reject)))


def _kept_body(archive: Archive, kept: Collected) -> bytes:
    """Give a body of the archive as it was collected."""
    path = archive.body_path(kept.sha256)
    if not path.is_file():
        msg = f"{kept.source_id}: {path} is gone from the archive"
        raise SourceFormatError(msg, next_step=f"run `mapper collect {kept.source_id}` again.")
    body = path.read_bytes()
    _require_same(archive, kept, hashlib.sha256(body).hexdigest())
    return body


def _require_same(archive: Archive, kept: Collected, sha256: str) -> None:
    """Refuse a body that changed in the archive, where nothing is ever changed."""
    if sha256 != kept.sha256:
        path = archive.body_path(kept.sha256)
        msg = f"{kept.source_id}: {path} is not what was collected"
        step = f"delete that file and run `mapper collect {kept.source_id}` again."
        raise SourceFormatError(msg, next_step=step)


def _not_collected(source_id: str) -> UsageError:
    msg = f"{source_id} was not collected yet"
    return UsageError(msg, next_step=f"run `mapper collect {source_id}` first.")


def read_context_of(
    inputs: Sequence[Input], cameras: gpd.GeoDataFrame, *, chosen: Chosen, talk: Talk
) -> Context | None:
    """
    Read the ground around the cameras from the first input that holds any.

    Parameters
    ----------
    cameras
        Point geometry in EPSG:4326.
    """
    grounds = [one.ground_path for one in inputs if one.ground_path is not None]
    if chosen.choice is ContextChoice.NONE or not grounds or cameras.empty:
        return None
    points = cameras.geometry
    lon_deg, lat_deg = points.x.to_list(), points.y.to_list()
    if chosen.choice is ContextChoice.STREETS:
        return read_context(
            grounds[0], lon_deg=lon_deg, lat_deg=lat_deg, kinds=STREET_KINDS, talk=talk
        )
    return read_context(grounds[0], lon_deg=lon_deg, lat_deg=lat_deg, talk=talk)
