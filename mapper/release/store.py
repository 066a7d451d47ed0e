"""
The folder of releases: stage, publish, point, find.

A release is written into a staging folder inside the same root, every file and folder is synced,
the folder is renamed to its id, and the pointer ``latest.json`` is replaced. Whoever kills a run
at any moment leaves the last release whole; the next run removes what was left.
"""

import filecmp
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from mapper.clean.durable_files import replace_file, sync_folder, write_text
from mapper.clean.file_digests import sha256_of
from mapper.errors import UsageError, VerificationError
from mapper.model.release import Earlier, LastRelease
from mapper.release.manifest import (
    MANIFEST_NAME,
    SUMS_NAME,
    ReleaseFacts,
    WrittenFile,
    manifest_text,
    read_manifest,
    sums_text,
)
from mapper.release.storage import storage_errors, sync_tree
from mapper.settings import Settings

POINTER_NAME: Final = "latest.json"
STAGING_NAME: Final = ".staging"
EARLIER_MAX: Final = 12
"""How many releases of an input the drop gate remembers: a year of monthly ones."""
RELEASE_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``publish`` did: the release that now stands, and whether it is new."""

    release_id: str
    folder: Path
    is_new: bool


def release_ids(root: Path) -> list[str]:
    """List the releases of a root, oldest data first, then by number."""
    if not root.is_dir():
        return []
    matches = (RELEASE_ID.fullmatch(path.name) for path in root.iterdir() if path.is_dir())
    # By number, not by text: .10 comes after .9.
    keys = sorted((match[1], int(match[2])) for match in matches if match)
    return [f"{day}.{number}" for day, number in keys]


def next_id(root: Path, data_on: str) -> str:
    """Return the id that new contents of a day would be published under."""
    return f"{data_on}.{_last_number(root, data_on) + 1}"


def latest_id(root: Path) -> str | None:
    """
    Return the id that the pointer names; None where nothing was published yet.

    Raises
    ------
    VerificationError
        If the pointer is damaged.
    """
    pointer = root / POINTER_NAME
    if not pointer.is_file():
        return None
    try:
        return str(json.loads(pointer.read_text(encoding="utf-8"))["release_id"])
    except (ValueError, KeyError, TypeError) as error:
        msg = f"The pointer {pointer} is damaged; the releases beside it are not."
        raise VerificationError(
            msg, next_step="Delete it and build again, or name a release folder itself."
        ) from error


def find_release(place: Path, release_id: str | None = None) -> Path:
    """
    Find a release folder from any folder around it.

    Parameters
    ----------
    place
        A release folder, the folder of releases, or the output folder that holds it; or the
        id of a release in the usual output folder.
    release_id
        Which one; None takes the one that the pointer names.

    Raises
    ------
    UsageError
        If there is none.
    """
    if release_id is None and RELEASE_ID.fullmatch(str(place)) and not place.exists():
        # By its id alone, as `mapper verify` and the site name it.
        place, release_id = Settings().release_root, str(place)
    # A folder named by hand is taken as it is; the pointer is not asked.
    if release_id is None and (place / MANIFEST_NAME).is_file():
        return place
    for root in (place, place / "release"):
        chosen = release_id or latest_id(root)
        # The pointer is a file that anybody may have edited: "../.." is no release.
        if chosen and RELEASE_ID.fullmatch(chosen) and (root / chosen).is_dir():
            return root / chosen
    wanted = f"release {release_id}" if release_id else "release"
    msg = f"No {wanted} in {place}."
    step = "Build one first: mapper build. A list without a licence makes a map and no release."
    if there := release_ids(place) or (release_ids(place / "release") if release_id else []):
        step = f"There are: {', '.join(there)}."
    raise UsageError(msg, next_step=step)


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """
    Yield an empty staging folder, and remove it when the work ends without a release.

    What a dead run left there is removed first. The caller holds the output lock.

    Raises
    ------
    StorageError
        If the file system refuses, here or in the caller's work.
    """
    stage = root / STAGING_NAME
    with storage_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        if stage.exists():
            shutil.rmtree(stage)
        # Left by a run that died while it replaced the pointer.
        (root / f".{POINTER_NAME}.partial").unlink(missing_ok=True)
        stage.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def publish(
    root: Path,
    stage: Path,
    facts: ReleaseFacts,
    files: Sequence[WrittenFile],
    *,
    becomes_latest: bool = True,
) -> Outcome:
    """
    Make a staged folder a release, and the latest one.

    The release is numbered after the last one of the same data date. Where it equals that one
    byte for byte nothing is added, and only the pointer is set right.

    Parameters
    ----------
    root
        The folder of releases; ``stage`` lies in it.
    stage
        The folder with every file but the manifest and ``SHA256SUMS``.
    files
        A description of every file in ``stage``.
    becomes_latest
        False leaves the pointer as it is; ``point_at`` moves it when what goes with the release
        is ready too.
    """
    with storage_errors(root):
        # Hashed once, a world's files by those who wrote them; the two seals below only arrange
        # these.
        told = {file.path: file.sha256 for file in files}
        digests = {path: told.get(path) or sha256_of(stage / path) for path in _paths_below(stage)}
        last = _last_number(root, facts.data_on)
        if last:
            standing = f"{facts.data_on}.{last}"
            # Sealed under the standing id first: the same inputs must be the same bytes, its own id
            # included.
            _seal(stage, standing, facts, files, digests)
            if _same_bytes(stage, root / standing):
                if becomes_latest:
                    point_at(root, standing)
                return Outcome(standing, root / standing, is_new=False)
        release_id = next_id(root, facts.data_on)
        # The manifest names its release, so it is written again for the new number.
        _seal(stage, release_id, facts, files, digests)
        # Everything is on the disk before the name appears, and the name before the pointer: at any
        # power cut a reader finds the old release or the whole new one.
        sync_tree(stage)
        os.rename(stage, root / release_id)  # noqa: PTH104 - counted by name in the tests of the order of calls
        sync_folder(root)
        if becomes_latest:
            point_at(root, release_id)
        return Outcome(release_id, root / release_id, is_new=True)


def _paths_below(folder: Path) -> list[str]:
    """List every file below a folder, with forward slashes, sorted; the seals left out."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if path not in {MANIFEST_NAME, SUMS_NAME})


def _last_number(root: Path, data_on: str) -> int:
    numbers = [
        int(name.rpartition(".")[2]) for name in release_ids(root) if name.startswith(data_on)
    ]
    return max(numbers, default=0)


def _seal(
    stage: Path,
    release_id: str,
    facts: ReleaseFacts,
    files: Sequence[WrittenFile],
    digests: dict[str, str],
) -> None:
    """Write the manifest and ``SHA256SUMS`` for one id, over those of another id."""
    write_text(stage / MANIFEST_NAME, manifest_text(release_id, facts, files, stage, digests))
    all_digests = digests | {MANIFEST_NAME: sha256_of(stage / MANIFEST_NAME)}
    write_text(stage / SUMS_NAME, sums_text(all_digests))


def _same_bytes(stage: Path, standing: Path) -> bool:
    """Compare two folders byte for byte."""
    paths = [*_paths_below(stage), MANIFEST_NAME, SUMS_NAME]
    if not (standing / SUMS_NAME).is_file() or _paths_below(standing) != paths[:-2]:
        return False
    # Its cache goes by time and size, and a seal was just rewritten within the same second.
    filecmp.clear_cache()
    _, mismatch, errors = filecmp.cmpfiles(stage, standing, paths[::-1], shallow=False)
    return not mismatch and not errors


def point_at(root: Path, release_id: str) -> None:
    """Let the pointer name a release, in one step; nothing is written where it does already."""
    if latest_id(root) != release_id:
        replace_file(root / POINTER_NAME, json.dumps({"release_id": release_id}) + "\n")


def entries_before(root: Path) -> int:
    """Return how long the suppression list of the newest release was, of whatever input."""
    newest = release_ids(root)[-1:]
    # Releases before schema 1.1 do not say it.
    return max(
        (read_manifest(root / one).get("suppression_entries", 0) for one in newest), default=0
    )


def release_before(release: Path) -> Path | None:
    """Return the release before one, of the same input; None where it is the first."""
    root, input_key = release.parent, read_manifest(release)["input_key"]
    ids = release_ids(root)
    # A folder that was carried elsewhere has no others beside it.
    earlier = ids[: ids.index(release.name)] if release.name in ids else []
    for release_id in reversed(earlier):
        if read_manifest(root / release_id)["input_key"] == input_key:
            return root / release_id
    return None


def last_of_input(root: Path, input_key: str) -> LastRelease | None:
    """Find the newest release of the same input, for the drop gate; None where there is none."""
    counted: list[LastRelease] = []
    for release_id in reversed(release_ids(root)):
        manifest = read_manifest(root / release_id)
        if manifest["input_key"] != input_key:
            continue
        # Newest first: the comparison is with the last one, the medians with up to a year of them.
        counted.append(
            LastRelease(
                release_id=release_id,
                cameras=manifest["counts"]["cameras"],
                by_country=manifest["by_country"],
                by_vendor=manifest["by_vendor"],
                # Releases before schema 1.2 do not say these.
                by_source=manifest.get("by_source", {}),
                by_kind=manifest.get("by_kind", {}),
            )
        )
        # Whoever accepted a change started the count anew.
        if manifest["accepted_change"] or len(counted) == EARLIER_MAX:
            break
    if not counted:
        return None
    return replace(counted[0], suppression_entries=entries_before(root), earlier=_earlier(counted))


def _earlier(counted: Sequence[LastRelease]) -> Earlier:
    """Take the median of every group over the releases that say its kind, absent being none."""
    medians: dict[str, dict[str, float]] = {}
    for word in counted[0].groups():
        told = [groups for one in counted if (groups := one.groups()[word])]
        names = {name for groups in told for name in groups}
        medians[word] = {
            name: median(groups.get(name, 0) for groups in told) for name in sorted(names)
        }
    return Earlier(medians, len(counted), counted[-1].release_id)
