"""
The history of cameras out of one's own releases: what changed lies between two of them.

Releases of another input are passed over, as another city's cameras did not come or go.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np

from mapper.model.enums import FirstMappedMethod
from mapper.model.progress import Progress
from mapper.pipeline.absence import why_absent
from mapper.pipeline.history_part import RELEASES, HistoryPart, state_fields, state_of
from mapper.pipeline.withheld_since import withheld_since
from mapper.registry.registry import Registry
from mapper.release.camera_events import Event, EventKind, State, events_of
from mapper.release.camera_frames import load_cameras
from mapper.release.concluded_again import credits_of
from mapper.release.departures import ABSENT, WITHHELD, WithheldSince
from mapper.release.manifest import read_manifest, sha256_of
from mapper.release.store import release_ids
from mapper.resolve.observation_table import natural_key
from mapper.settings import Settings
from mapper.validate.suppression import Suppression

_RELEASES_MIN = 2


def part_of_releases(
    registry: Registry,
    suppression: Suppression,
    *,
    of_file: HistoryPart | None,
    files: Sequence[Path],
    settings: Settings,
    progress: Progress,
) -> HistoryPart | None:
    """
    Compare each release of the newest one's input with the one before it.

    Parameters
    ----------
    of_file
        What a history file tells, where there is one: how an object ended, and which of them are
        withheld, is known from it before anything else.
    files
        Inputs of the releases that do not lie in the archive.

    Returns
    -------
    HistoryPart or None
        None where there are fewer than two.
    """
    root = settings.release_root
    ids = _of_newest_input(root)
    if len(ids) < _RELEASES_MIN:
        return None
    progress.stage("comparing releases", len(ids))
    states: dict[str, list[State]] = {}
    withheld: dict[str, str] = {}
    by_rule: dict[str, str] = {}
    endings = _endings(of_file)
    before, earlier = "", ""
    for release_id in ids:
        day = str(read_manifest(root / release_id)["data_on"])
        cameras = _allowed(load_cameras(root / release_id), suppression)
        stood = {camera_id for camera_id, known in states.items() if known[-1].stands}
        if gone := stood - set(cameras["camera_id"]) - withheld.keys():
            # A rule of privacy that is newer than the release before is no end of a camera.
            caught = withheld_since(root / earlier, gone, registry)
            by_rule |= dict.fromkeys(sorted(caught), day)
            withheld |= dict.fromkeys(sorted(caught), day)
            gone -= caught
        why = _why(root / release_id, gone, day, endings, files=files, settings=settings)
        withheld |= {camera_id: day for camera_id, said in sorted(why.items()) if said == WITHHELD}
        _note(states, cameras, why, before, day)
        before, earlier = day, release_id
        progress.advance()
    # Withheld whole, with all that earlier releases said: an id alone leads to a place.
    left_out = withheld.keys() | (of_file.left_out_ids if of_file else frozenset())
    in_order = sorted(states.keys() - left_out, key=natural_key)
    events = tuple(events_of(state for camera_id in in_order for state in states[camera_id]))
    origin = {"source": RELEASES, "releases": ids}
    remarks = [f"{len(ids)} releases, {ids[0]} to {ids[-1]}"]
    remarks += [
        f"{count:,} cameras are withheld since {day} by a newer rule of privacy; they have no "
        "history here, and are not said to have ended"
        for day, count in sorted(Counter(by_rule.values()).items())
    ]
    remarks += _foreign_inputs(root, ids, files)
    if unknown := sum(event.after == ABSENT for event in events):
        remarks.append(
            f"{unknown:,} cameras are gone, or withheld for what is said of them now: the inputs "
            "of those releases are not here (--raw, --input)"
        )
    return HistoryPart(
        RELEASES,
        events,
        (origin,),
        tuple(remarks),
        withheld_since=tuple(_still_withheld(states, withheld)),
    )


def _foreign_inputs(root: Path, ids: Sequence[str], files: Sequence[Path]) -> Iterator[str]:
    """Say which files were given and are the input of none of the releases."""
    named = {
        (credit.file_name, sha256)
        for release_id in ids
        for (_, sha256), credit in credits_of(read_manifest(root / release_id)).items()
    }
    for path in files:
        if (path.name, sha256_of(path)) not in named:
            yield f"{path.name} is the input of none of them, by its name and hash"


def _endings(of_file: HistoryPart | None) -> dict[str, list[Event]]:
    """Return by camera how a history file says that it ended, in the order of time."""
    endings: dict[str, list[Event]] = {}
    for event in of_file.events if of_file else ():
        if event.kind is EventKind.ENDED:
            endings.setdefault(event.camera_id, []).append(event)
    return endings


def _why(
    folder: Path,
    gone: AbstractSet[str],
    day: str,
    endings: Mapping[str, Sequence[Event]],
    *,
    files: Sequence[Path],
    settings: Settings,
) -> dict[str, str]:
    """Say of each camera that a release has no more why, as far as anything here tells it."""
    why: dict[str, str] = {}
    for camera_id in gone:
        until = [event for event in endings.get(camera_id, ()) if event.not_after_utc[:10] <= day]
        if until:
            why[camera_id] = until[-1].after
    if asked := sorted(gone - why.keys()):
        why |= why_absent(folder, asked, files=files, settings=settings)
    return why


def _still_withheld(
    states: Mapping[str, Sequence[State]], withheld: Mapping[str, str]
) -> Iterator[WithheldSince]:
    """Tell of cameras that are withheld, less those that a later release has again."""
    for camera_id, day in withheld.items():
        last = states[camera_id][-1]
        if not last.stands:
            yield WithheldSince(day, _country(states[camera_id]))


def _country(states: Sequence[State]) -> str:
    """Return where a camera last stood; the state of an absence does not say it."""
    return next((state.country_code for state in reversed(states) if state.stands), "")


def _of_newest_input(root: Path) -> list[str]:
    keys = {one: read_manifest(root / one)["input_key"] for one in release_ids(root)}
    newest = list(keys)[-1:]
    return [one for one, key in keys.items() if newest and key == keys[newest[0]]]


def _allowed(cameras: gpd.GeoDataFrame, suppression: Suppression) -> gpd.GeoDataFrame:
    """Leave out what somebody asked to be left out after these releases were made."""
    if not len(suppression):
        return cameras
    points = cameras.geometry
    lon_deg, lat_deg = np.asarray(points.x, float), np.asarray(points.y, float)
    source_ids = cameras["source_id"].astype(object).to_numpy()
    is_asked = np.zeros(len(cameras), dtype=bool)
    for source_id in sorted(set(source_ids)):
        rows = source_ids == source_id
        refs = cameras.loc[rows, "source_ref"]
        is_asked[rows] = suppression.leaves_out(source_id, refs, lon_deg[rows], lat_deg[rows])
    kept: gpd.GeoDataFrame = cameras[~is_asked]
    return kept


def _note(
    states: dict[str, list[State]],
    cameras: gpd.GeoDataFrame,
    why: Mapping[str, str],
    before: str,
    day: str,
) -> None:
    """Add the states of one release, and the absence of what the one before had."""
    firsts = zip(
        cameras["camera_id"], cameras["first_mapped_on"], cameras["first_mapped_method"],
        strict=True,
    )  # fmt: skip
    first_days = {str(camera_id): (first, method) for camera_id, first, method in firsts}
    rows = dict(state_fields(cameras))
    for camera_id in states.keys() - rows.keys():
        if states[camera_id][-1].stands:
            absent = {"stands": False, "why": why.get(camera_id, ABSENT)}
            states[camera_id].append(state_of(camera_id, (before, day), absent))
    for camera_id, fields in rows.items():
        earlier = states.setdefault(camera_id, [])
        bounds = (before, day) if earlier else _first(first_days[camera_id], before, day)
        # Most cameras of most months are as they were.
        if not earlier or _differs(earlier[-1], fields):
            earlier.append(state_of(camera_id, bounds, fields))


def _differs(state: State, fields: Mapping[str, Any]) -> bool:
    return any(getattr(state, name) != value for name, value in fields.items())


def _first(first_mapped: tuple[object, object], before: str, day: str) -> tuple[str, str]:
    """Bound the coming of a camera by its own first day where the release says it."""
    first, method = first_mapped
    if not isinstance(first, str) or not before <= first <= day:
        return before, day
    # In its first version it was a camera from the first day; an id alone tells of the node.
    return (first, first) if method == FirstMappedMethod.VERSION_1 else (max(first, before), day)
