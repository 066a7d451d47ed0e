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

from mapper.clean.file_digests import sha256_of
from mapper.model.enums import FirstMappedMethod
from mapper.model.progress import Progress
from mapper.pipeline.absence import why_absent
from mapper.pipeline.history_part import RELEASES, HistoryPart, state_fields, state_of
from mapper.pipeline.withheld_since import withheld_since
from mapper.registry.registry import Registry
from mapper.release.camera_events import Event, EventKind, State, events_of
from mapper.release.camera_frames import load_cameras
from mapper.release.concluded_again import credits_of
from mapper.release.departures import ABSENT, GONE, WITHHELD, Left, Unnamed, beside_few_withheld
from mapper.release.manifest import read_manifest
from mapper.release.store import release_ids
from mapper.resolve.observation_table import natural_key
from mapper.settings import Settings
from mapper.validate.privacy import SMALLEST_COUNT
from mapper.validate.suppression import Suppression

_RELEASES_MIN = 2
_IN_OR_OUT = frozenset({EventKind.CAME, EventKind.CAME_BACK, EventKind.ENDED})


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
        What a history file tells, where there is one: which objects are withheld, and how one
        ended that the inputs of a release do not hold any more.
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
    left: list[Left] = []
    by_rule: dict[str, str] = {}
    told_by_file = _in_or_out(of_file)
    before, earlier = "", ""
    for release_id in ids:
        day = str(read_manifest(root / release_id)["data_on"])
        cameras = _allowed(load_cameras(root / release_id), suppression)
        stood = {camera_id for camera_id, known in states.items() if known[-1].stands}
        why: dict[str, str] = {}
        if gone := stood - set(cameras["camera_id"]):
            # A rule of privacy that is newer than the release before is no end of a camera.
            caught = withheld_since(root / earlier, gone, registry)
            by_rule |= dict.fromkeys(sorted(caught), day)
            asked = sorted(gone - caught)
            why = why_absent(root / release_id, asked, files=files, settings=settings)
            why = _by_file(why, told_by_file, before, day) | dict.fromkeys(caught, WITHHELD)
        left += [
            Left(camera_id, Unnamed(day, _country(states[camera_id]), why[camera_id]))
            for camera_id in sorted(gone)
        ]
        _note(states, cameras, why, before, day)
        before, earlier = day, release_id
        progress.advance()
    # Withheld whole, with all that earlier releases said: an id alone leads to a place. Whoever
    # was withheld once is left out for good, as in a history file.
    once_withheld = frozenset(each.camera_id for each in left if each.told.why == WITHHELD)
    left_out = once_withheld | (of_file.left_out_ids if of_file else frozenset())
    withheld = _still_withheld(left, states)
    counted = beside_few_withheld(left, left_out, smallest_count=SMALLEST_COUNT)
    origin = {"source": RELEASES, "releases": ids}
    remarks = [f"{len(ids)} releases, {ids[0]} to {ids[-1]}"]
    remarks += [
        f"{count:,} cameras are withheld since {day} by a newer rule of privacy; they have no "
        "history here, and are not said to have ended"
        for day, count in sorted(
            Counter(day for camera_id, day in by_rule.items() if camera_id in withheld).items()
        )
    ]
    remarks += _foreign_inputs(root, ids, files)
    if unknown := sum(each.told.why == ABSENT for each in left):
        remarks.append(
            f"{unknown:,} cameras are gone, or withheld for what is said of them now: the inputs "
            "of those releases are not here (--raw, --input)"
        )
    if counted:
        remarks.append(
            f"{len(counted):,} cameras that are gone count in growth and departures alone: beside "
            "a few withheld ones of their country their events would point at these"
        )
    return HistoryPart(
        RELEASES,
        _events(states, states.keys() - left_out - counted),
        (origin,),
        tuple(remarks),
        counted_events=_events(states, counted),
        unnamed=tuple(_unnamed(left, left_out, withheld)),
        left_out_ids=left_out,
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


def _events(
    states: Mapping[str, Sequence[State]], camera_ids: AbstractSet[str]
) -> tuple[Event, ...]:
    in_order = sorted(camera_ids, key=natural_key)
    return tuple(events_of(state for camera_id in in_order for state in states[camera_id]))


def _in_or_out(of_file: HistoryPart | None) -> dict[str, list[Event]]:
    """Return by camera how a history file says that it came and ended, in the order of time."""
    told: dict[str, list[Event]] = {}
    for event in of_file.events if of_file else ():
        if event.kind in _IN_OR_OUT:
            told.setdefault(event.camera_id, []).append(event)
    return told


def _by_file(
    why: Mapping[str, str], told: Mapping[str, Sequence[Event]], before: str, day: str
) -> dict[str, str]:
    """
    Say by a history file how those ended that no input holds any more, as far as inputs are here.

    Of what the input still holds the file says nothing better. Only an end between the two releases
    counts, and none after which the camera came back: the file may be older than either release.
    """
    answers = dict(why)
    for camera_id, said in why.items():
        until = [each for each in told.get(camera_id, ()) if each.not_after_utc[:10] <= day]
        if said not in {GONE, ABSENT} or not until:
            continue
        last = until[-1]
        if last.kind is EventKind.ENDED and before <= last.not_after_utc[:10]:
            answers[camera_id] = last.after
    return answers


def _still_withheld(left: Sequence[Left], states: Mapping[str, Sequence[State]]) -> frozenset[str]:
    """Return who left by being withheld and has not come again since."""
    last = {each.camera_id: each.told.why for each in left}
    return frozenset(
        camera_id
        for camera_id, why in last.items()
        if why == WITHHELD and not states[camera_id][-1].stands
    )


def _unnamed(
    left: Sequence[Left], left_out: AbstractSet[str], withheld: AbstractSet[str]
) -> Iterator[Unnamed]:
    """Tell by number what left and has no events; who is still withheld counts once, at last."""
    last = {each.camera_id: each for each in left}
    for each in left:
        if each.told.why != WITHHELD:
            if each.camera_id in left_out:
                yield each.told
        elif each.camera_id in withheld and each is last[each.camera_id]:
            yield each.told


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
