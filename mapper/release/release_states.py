"""One camera through the releases of a folder: when it came, what changed of it, when it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from mapper.model.columns import CAMERA_NAMES
from mapper.release.concluded_again import read_table
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release, release_ids

# When the source was read differs in every release, and says nothing of the camera.
_OF_THE_READING = frozenset({"retrieved_at_utc"})


@dataclass(frozen=True, slots=True)
class CameraState:
    """
    A camera as a release has it, where that is not as the release before has it.

    Attributes
    ----------
    release_id, data_on
        The release, and the ISO day of its data.
    cells
        Column -> value; None where the release does not have the camera. The change happened
        not after ``data_on``, and not before the day of the release before.
    changed
        Columns whose values are others than in the release before, in released order; empty
        where the camera came or went.
    """

    release_id: str
    data_on: str
    cells: Mapping[str, Any] | None
    changed: tuple[str, ...] = ()


def states_of(camera_id: str, path: Path | str = "build") -> tuple[CameraState, ...]:
    """
    Return the states of a camera, the oldest first.

    Parameters
    ----------
    camera_id
        ``osm:node/123``.
    path
        The output folder, or its folder of releases.

    Returns
    -------
    tuple of CameraState
        Empty where no release has the camera.

    Raises
    ------
    UsageError
        If there is no release.
    """
    root = find_release(Path(path)).parent
    states: list[CameraState] = []
    for release_id in release_ids(root):
        folder = root / release_id
        manifest = read_manifest(folder)
        values = _values(camera_id, folder, manifest)
        before = states[-1].cells if states else None
        if values == before:
            continue
        changed = _changed(before, values)
        if changed or values is None or before is None:
            states.append(CameraState(release_id, manifest["data_on"], values, changed))
    return tuple(states)


def _values(camera_id: str, folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any] | None:
    source_id = camera_id.partition(":")[0]
    for entry in manifest["files"]:
        if entry["file_format"] == "geoparquet" and entry["layer"] in {
            f"cameras_{source_id}",
            f"other_devices_{source_id}",
        }:
            table = read_table(folder / entry["path"], filters=pc.field("camera_id") == camera_id)
            for row in table.drop_columns(["geometry"]).to_pylist():
                place = row.pop("bbox")
                return {**row, "lon_deg": place["xmin"], "lat_deg": place["ymin"]}
    return None


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    names = ("lon_deg", "lat_deg", *(name for name in CAMERA_NAMES if name != "geometry"))
    # A release of before a column was there does not say that its value was another one.
    return tuple(
        name
        for name in names
        if name not in _OF_THE_READING
        and name in before
        and name in after
        and before[name] != after[name]
    )
