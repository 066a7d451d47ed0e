"""
Why a camera of one release is not in the next: asked of the bytes that the next was made of.

A release says neither which objects it withheld nor which of them its source had. The archive of
the machine that made it does, and what is learnt there is told as a number alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from mapper.errors import SourceError, UsageError
from mapper.model.progress import NoProgress
from mapper.model.release import SourceCredit
from mapper.pipeline.inputs import Input, read_inputs
from mapper.pipeline.released_inputs import input_of
from mapper.release.camera_frames import CameraWish, load_cameras
from mapper.release.concluded_again import credits_of
from mapper.release.departures import ABSENT, GONE, NO_CAMERA, UNREADABLE, WITHHELD
from mapper.release.manifest import read_manifest
from mapper.settings import Settings


def why_absent(
    folder: Path, absent_ids: Iterable[str], *, files: Sequence[Path], settings: Settings
) -> dict[str, str]:
    """
    Say of cameras why a release does not have them.

    Parameters
    ----------
    folder
        The release.
    absent_ids
        Cameras of an earlier one.
    files
        Inputs that do not lie in the archive.

    Returns
    -------
    dict
        Camera id -> ``GONE``, ``NO_CAMERA``, ``UNREADABLE`` or ``WITHHELD``; ``ABSENT`` where the
        input is not here any more, or is damaged.
    """
    others = load_cameras(folder, layer="other_devices", wish=CameraWish(columns=["camera_id"]))
    answers = {camera_id: NO_CAMERA for camera_id in absent_ids if camera_id in others.index}
    by_source: dict[str, list[str]] = {}
    for camera_id in absent_ids:
        if camera_id not in answers:
            by_source.setdefault(camera_id.partition(":")[0], []).append(camera_id)
    named = credits_of(read_manifest(folder)).values()
    for source_id, camera_ids in by_source.items():
        mine = [credit for credit in named if credit.source_id == source_id]
        held = _held(mine, files, settings)
        for camera_id in camera_ids:
            ref = camera_id.removeprefix(f"{source_id}:")
            answers[camera_id] = ABSENT if held is None else held.get(ref, GONE)
    return answers


def _held(
    mine: Sequence[SourceCredit], files: Sequence[Path], settings: Settings
) -> Mapping[str, str] | None:
    """Return what became of each object that a source had; None where its bytes are not here."""
    held: dict[str, str] = {}
    for credit in mine:
        pinned = replace(settings, pinned_sha256=frozenset({credit.snapshot_sha256}))
        taken: tuple[Input, ...] = ()
        # Of a body that went or was harmed nothing is known, and that is what is then said.
        with suppress(UsageError, SourceError):
            name = input_of(credit, files, settings)
            taken = read_inputs([name], settings=pinned, progress=NoProgress())
        if not taken or taken[0].reading.snapshot.sha256 != credit.snapshot_sha256:
            return None
        reading = taken[0].reading
        held |= {reject.source_ref: UNREADABLE for reject in reading.rejects}
        # All that was read and is in no table of the release was left out by a rule of privacy.
        held |= {each.source_ref: WITHHELD for each in reading.observations}
    return held if mine else None
