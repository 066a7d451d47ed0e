"""What changed between two releases: rows added, removed and changed, field by field."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mapper.model.columns import CAMERA_NAMES
from mapper.release.concluded_again import read_rows
from mapper.release.manifest import read_manifest

DIFF_VERSION: Final = 1
IGNORED: Final = frozenset({"retrieved_at_utc"})
"""Columns that change with every collection and say nothing of a camera."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is another one now."""

    camera_id: str
    column: str
    before: Any
    after: Any


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
    changed
        Single values, by ``camera_id`` and then in released order of the columns.
    """

    old_id: str
    new_id: str
    added: Mapping[str, Mapping[str, Any]]
    removed: tuple[str, ...]
    changed: tuple[FieldChange, ...]

    def applied(self, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Apply the difference to the old rows; gives the new ones."""
        after = {key: dict(row) for key, row in rows.items() if key not in set(self.removed)}
        after |= {key: dict(row) for key, row in self.added.items()}
        for change in self.changed:
            after[change.camera_id][change.column] = change.after
        return after

    def by_column(self) -> dict[str, int]:
        """Count the changed values by column, in alphabetical order."""
        return dict(sorted(Counter(change.column for change in self.changed).items()))

    def as_json(self) -> str:
        """Return the difference as JSON text; ``format_version`` tells its shape."""
        content = asdict(self) | {"format_version": DIFF_VERSION}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)

    def as_text(self) -> str:
        """Summarise the difference in a few lines."""
        lines = [
            f"{self.old_id} -> {self.new_id}",
            f"added    {len(self.added):,}",
            f"removed  {len(self.removed):,}",
            f"changed  {len({change.camera_id for change in self.changed}):,}",
        ]
        lines += [f"  {column}: {count:,}" for column, count in self.by_column().items()]
        return "\n".join(lines)


def diff(old: Path, new: Path) -> ReleaseDiff:
    """
    Compare two releases row by row.

    Parameters
    ----------
    old, new
        Release folders; see ``store.find_release``.
    """
    before, after = read_rows(old), read_rows(new)
    columns = [name for name in CAMERA_NAMES if name not in IGNORED]
    changed = [
        FieldChange(camera_id, name, before[camera_id][name], after[camera_id][name])
        for camera_id in sorted(before.keys() & after.keys())
        for name in columns
        if before[camera_id][name] != after[camera_id][name]
    ]
    return ReleaseDiff(
        old_id=read_manifest(old)["release_id"],
        new_id=read_manifest(new)["release_id"],
        added={key: after[key] for key in sorted(after.keys() - before.keys())},
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(changed),
    )
