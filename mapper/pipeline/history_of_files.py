"""
The history of cameras out of history files of OpenStreetMap.

Reading is what grows with the planet: a file is a partition, read by any worker, and gives back the
versions of its cameras alone. What is concluded of them is concluded once, here, of all files.

What is published of a version is what a release would publish of it: the same rules conclude maker,
operator and country, and the same rules withhold. An object of which any version is withheld is
left out whole, for the others would say where it is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from mapper.clean.first_mapped import Calibration, first_mapped_days
from mapper.model.observation import Reading, Snapshot
from mapper.model.progress import NoProgress, Progress
from mapper.partitions import partition_addresses
from mapper.partitions.executors import opened_executor
from mapper.partitions.running import Partition, partitions_of, run
from mapper.pipeline.history_part import OSM_HISTORY, HistoryPart, state_fields, state_of
from mapper.pipeline.partitioned import Workers
from mapper.registry.names import names_by_organisation
from mapper.registry.registry import Registry
from mapper.release.camera_events import Event, EventKind, State, events_of
from mapper.release.departures import NO_CAMERA, WITHHELD, Unnamed
from mapper.resolve.cameras import resolve
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.settings import Settings
from mapper.sources import osm, sources_by_id
from mapper.sources.osm.history_file import HistoryReading, Version, read_history
from mapper.validate.privacy import Published, withhold
from mapper.validate.suppression import Suppression

_VERSION = re.compile(r"v[0-9]+$")
_APART_DAYS = 90
_SOURCE_ID = osm.INFO.source_id
_TYPES = ("node", "way", "relation")


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a worker gives back of one history file."""

    snapshot: Snapshot
    reading: HistoryReading


def read_files(
    addresses: Sequence[str], *, workers: Workers, progress: Progress
) -> tuple[FileRead, ...]:
    """
    Read history files, a partition each.

    Returns
    -------
    tuple
        One for each file, in the order of their names.

    Raises
    ------
    UsageError
        If there is no such file, or it holds one version of each object, or two have one name.
    SourceFormatError
        If one is broken.
    """
    parts = partitions_of(addresses)
    if workers.count == 1 and not workers.scheduler:
        # No process has to be started for that, and the reading itself is told.
        return tuple(read_part(part, progress) for part in parts)
    with opened_executor(workers=workers.count, scheduler=workers.scheduler) as executor:
        read = run(read_part, parts, executor, progress=progress, stage="reading histories")
    return tuple(read.values())


def read_part(part: Partition, progress: Progress | None = None) -> FileRead:
    """Read one history file by its address; see ``read_history``."""
    with partition_addresses.readable(part.address) as path:
        reading = read_history(path, progress=progress or NoProgress())
        return FileRead(_snapshot(path, part.name, reading), reading)


def part_of_files(
    files: Sequence[FileRead],
    registry: Registry,
    suppression: Suppression,
    *,
    settings: Settings,
    progress: Progress,
) -> HistoryPart:
    """Conclude what happened to each camera from all versions of all files."""
    versions_of, apart = _each_once(files)
    resolved = resolve(
        [
            Reading(file.snapshot, tuple(v.observation for v in own if v.observation is not None))
            for file, own in zip(files, versions_of, strict=True)
        ],
        registry=registry,
        settings=settings,
        progress=progress,
        sources=sources_by_id(),
    )
    progress.stage("privacy")
    names = names_by_organisation(registry).values()
    published = withhold(
        resolved.devices,
        resolved.observations,
        organisation_names=[name for group in names for name in group],
        suppression=suppression,
        names_maker=VendorResolver.of_registry(registry).names_maker,
    )
    versions = sorted((each for own in versions_of for each in own), key=_in_order)
    refs = sorted({each.ref for each in versions})
    # The versions have references of their own, which no list of suppressed objects holds.
    asked = suppression.suppressed(_SOURCE_ID, refs)
    asked_refs = {ref for ref, is_asked in zip(refs, asked, strict=True) if is_asked}
    shown = published.cameras.index.union(published.other_devices.index)
    left_out = asked_refs | {_ref(each) for each in resolved.devices.index.difference(shown)}
    events = tuple(events_of(_states(versions, published, left_out)))
    remarks = [f"{len(left_out):,} objects withheld whole, with all their versions"]
    if rejected := sum(len(file.reading.rejects) for file in files):
        remarks.append(f"{rejected:,} versions rejected, for want of a position or day")
    if apart:
        remarks.append(
            f"{apart:,} versions differ between two files, mostly ways that one holds in part; "
            "the first file by name counts"
        )
    remarks += _against_ids(events, Calibration.load(settings.calibration_dir))
    origins = tuple(_origin(file, left_out) for file in files)
    return HistoryPart(
        OSM_HISTORY,
        events,
        origins,
        tuple(remarks),
        unnamed=tuple(_withheld_since(versions, published, left_out - asked_refs)),
        left_out_ids=frozenset(f"{_SOURCE_ID}:{ref}" for ref in left_out),
    )


def _each_once(files: Sequence[FileRead]) -> tuple[list[list[Version]], int]:
    """
    Give each version to the first file that has it.

    Files overlap where regions do, and hold the same versions there. Returned beside them is how
    many were told differently by a later file.
    """
    first: dict[tuple[str, int], Version] = {}
    versions_of: list[list[Version]] = []
    apart = 0
    for file in files:
        own = []
        for each in file.reading.versions:
            before = first.setdefault((each.ref, each.version), each)
            if before is each:
                own.append(each)
            else:
                apart += before != each
        versions_of.append(own)
    return versions_of, apart


def _in_order(version: Version) -> tuple[int, int, int]:
    osm_type, _, osm_id = version.ref.partition("/")
    return _TYPES.index(osm_type), int(osm_id), version.version


def _snapshot(path: Path, name: str, reading: HistoryReading) -> Snapshot:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Snapshot(
        source_id=_SOURCE_ID,
        file_name=name,
        sha256=sha256,
        size_bytes=path.stat().st_size,
        license_id=osm.INFO.license_id,
        attribution=osm.INFO.attribution,
        data_at_utc=reading.data_at_utc or None,
    )


def _origin(file: FileRead, left_out: set[str]) -> Mapping[str, Any]:
    snapshot, reading = file.snapshot, file.reading
    return {
        "source": OSM_HISTORY,
        "file_name": snapshot.file_name,
        "sha256": snapshot.sha256,
        "size_bytes": snapshot.size_bytes,
        "data_at_utc": snapshot.data_at_utc,
        "license_id": snapshot.license_id,
        "attribution": snapshot.attribution,
        "versions": len(reading.versions),
        "versions_rejected": len(reading.rejects),
        "objects_withheld": len({each.ref for each in reading.versions} & left_out),
    }


def _ref(version_id: str) -> str:
    """Return the object's reference, ``node/123``, of a version's id, ``osm:node/123v4``."""
    return _VERSION.sub("", version_id).removeprefix(f"{_SOURCE_ID}:")


def _states(
    versions: Sequence[Version], published: Published, left_out: set[str]
) -> Iterator[State]:
    told = dict(state_fields(published.cameras))
    nothing = {"stands": False}
    for each in versions:
        if each.ref in left_out:
            continue
        bounds = (each.edited_at_utc, each.edited_at_utc)
        camera_id = f"{_SOURCE_ID}:{each.ref}"
        if each.observation is None:
            yield state_of(camera_id, bounds, {**nothing, "why": each.why_none})
            continue
        fields = told.get(f"{_SOURCE_ID}:{each.observation.source_ref}")
        yield state_of(camera_id, bounds, fields or {**nothing, "why": NO_CAMERA})


def _withheld_since(
    versions: Sequence[Version], published: Published, left_out: set[str]
) -> Iterator[Unnamed]:
    """Tell, without their ids, of objects that were published once and are withheld now."""
    told = dict(state_fields(published.cameras))
    others = set(published.other_devices.index)
    withheld = (each for each in versions if each.ref in left_out)
    for _, group in groupby(withheld, key=attrgetter("ref")):
        country_code, since = "", None
        stood = False
        for each in group:
            version_id = f"{_SOURCE_ID}:{each.observation.source_ref}" if each.observation else None
            if version_id in told:
                stood, since = bool(told[version_id]["stands"]), None
                country_code = told[version_id]["country_code"]
            elif version_id is None or version_id in others:
                # It ended, or is no camera: what left then had been withheld before, or left so.
                stood = False
            elif stood:
                stood, since = False, each.edited_at_utc
        if since is not None:
            yield Unnamed(since, country_code, WITHHELD)


def _against_ids(events: Sequence[Event], table: Calibration) -> list[str]:
    """Hold the days against those that the nodes' ids tell, which no tag can be older than."""
    prefix = f"{_SOURCE_ID}:node/"
    came = [
        event
        for event in events
        if event.kind is EventKind.CAME and event.camera_id.startswith(prefix)
    ]
    neither = np.zeros(len(came), dtype=np.bool_)
    days, _methods = first_mapped_days(
        np.array([int(event.camera_id.removeprefix(prefix)) for event in came], dtype=np.int64),
        [None] * len(came),
        table,
        is_node=~neither,
        is_first_version=neither,
    )
    lags = [
        (date.fromisoformat(event.not_after_utc[:10]) - date.fromisoformat(day)).days
        for event, day in zip(came, days, strict=True)
        if day is not None
    ]
    if not lags:
        return []
    odd = sum(lag < -_APART_DAYS for lag in lags)
    told = f"{len(lags):,} nodes have a day by their id too: they became cameras a median of "
    told += f"{median(lags):,.0f} days after it, {odd:,} of them over {_APART_DAYS} days before it"
    return [told]
