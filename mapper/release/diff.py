"""What changed between two releases: rows added, ended, renumbered, moved, removed, changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mapper.model.columns import CAMERA_NAMES
from mapper.model.enums import STANDING
from mapper.release.concluded_again import read_rows
from mapper.release.manifest import read_manifest
from mapper.release.renumbering import Renumbered, distance_m, renumbered

IGNORED: Final = frozenset({"retrieved_at_utc"})
"""Columns that change with every collection and say nothing of a camera."""

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is another one now."""

    camera_id: str
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A camera at another position under the same id; metres on the sphere."""

    camera_id: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """
    The way from one release to another; ``applied`` walks it.

    Attributes
    ----------
    added
        The whole rows that are new, by ``camera_id``.
    removed
        Ids that are gone. The reason is not told: it may be that somebody asked for it.
    ended, planned, stands_now
        Ids of both releases whose ``lifecycle`` says so now and said otherwise before;
        ``stands_now`` was planned or had ended. Their rows are among ``changed``.
    renumbered
        Pairs of a removed and an added id at one position: the publisher counts anew.
    moved
        Ids of both releases at another position, the farthest first.
    changed
        Single values, by ``camera_id`` and then in released order of the columns.
    """

    old_id: str
    new_id: str
    added: Rows
    removed: tuple[str, ...]
    ended: tuple[str, ...]
    planned: tuple[str, ...]
    stands_now: tuple[str, ...]
    renumbered: tuple[Renumbered, ...]
    moved: tuple[Moved, ...]
    changed: tuple[FieldChange, ...]

    def applied(self, rows: Rows) -> dict[str, dict[str, Any]]:
        """Apply the difference to the old rows; gives the new ones."""
        # In this order the difference is exact: applied to the old rows it gives the new ones,
        # which a test proves.
        after = {key: dict(row) for key, row in rows.items() if key not in set(self.removed)}
        after |= {key: dict(row) for key, row in self.added.items()}
        for change in self.changed:
            after[change.camera_id][change.column] = change.after
        return after


def diff(old: Path, new: Path) -> ReleaseDiff:
    """
    Compare two releases row by row.

    Parameters
    ----------
    old, new
        Release folders; see ``store.find_release``.

    Raises
    ------
    VerificationError
        If a table of one of them cannot be read.
    """
    before, after = read_rows(old), read_rows(new)
    columns = [name for name in CAMERA_NAMES if name not in IGNORED]
    both = sorted(before.keys() & after.keys())
    changed = [
        FieldChange(camera_id, name, before[camera_id][name], after[camera_id][name])
        for camera_id in both
        for name in columns
        if before[camera_id][name] != after[camera_id][name]
    ]
    # Renumbered cameras stay among added and removed, where they are by id; the text counts them
    # apart.
    added = {key: after[key] for key in sorted(after.keys() - before.keys())}
    removed = {key: before[key] for key in sorted(before.keys() - after.keys())}
    now = {change.camera_id: change for change in changed if change.column == "lifecycle"}
    return ReleaseDiff(
        old_id=read_manifest(old)["release_id"],
        new_id=read_manifest(new)["release_id"],
        added=added,
        removed=tuple(removed),
        ended=tuple(key for key, change in now.items() if change.after == "ended"),
        planned=tuple(key for key, change in now.items() if change.after == "planned"),
        stands_now=tuple(
            key
            for key, change in now.items()
            # Empty before means that an older release did not say it; that is no return.
            if change.after in STANDING and change.before not in {None, *STANDING}
        ),
        renumbered=renumbered(removed, added),
        moved=_moved(before, after, both),
        changed=tuple(changed),
    )


def _moved(before: Rows, after: Rows, both: list[str]) -> tuple[Moved, ...]:
    places = [(key, before[key]["geometry"], after[key]["geometry"]) for key in both]
    moved = [
        Moved(key, round(distance_m(was, other), 1)) for key, was, other in places if was != other
    ]
    return tuple(sorted(moved, key=lambda one: (-one.distance_m, one.camera_id)))
