"""
Why a release differs from the one before: the source, a rule, the evidence, or other cameras.

The cause of a change is read off what both releases publish. Why a camera is gone, or came, is
told only where nothing but the source can have changed: else it may be that somebody asked for
it, and that is nobody's business.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from mapper.errors import VerificationError
from mapper.release.concluded_again import read_observations
from mapper.release.diff import FieldChange, ReleaseDiff
from mapper.release.manifest import read_manifest


class Cause(StrEnum):
    """What made a released value another one."""

    SOURCE = "source"
    EVIDENCE = "evidence"
    RULE = "rule"
    EVIDENCE_OR_RULE = "evidence or rule"
    OTHER_CAMERAS = "other cameras"
    NOT_TOLD = "not told"


_FROM_EVIDENCE: Final = frozenset(
    {"vendor_id", "vendor_rung", "vendor_method", "vendor_as_written", "operator_id"}
    | {"operator_name", "operator_withheld"}
)
"""Columns for which the evidence is read; the others rest on the source and the rules alone."""
_OF_ITS_SNAPSHOT: Final = frozenset({"snapshot_sha256"})
_Observed = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class TableChange:
    """How many rows of a table of the evidence came, went, and say something else."""

    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Causes:
    """
    Why two releases differ.

    Attributes
    ----------
    changed
        One for each of `ReleaseDiff.changed`, in its order.
    added, removed
        Of all cameras that came or went.
    evidence
        By table, those that differ.
    """

    changed: tuple[Cause, ...]
    added: Cause
    removed: Cause
    evidence: Mapping[str, TableChange]

    def counted(self) -> dict[str, int]:
        """Count the changed values by cause, the most frequent first."""
        counts = Counter(str(cause) for cause in self.changed)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def causes_of(change: ReleaseDiff, old: Path, new: Path) -> Causes:
    """
    Say why two releases differ.

    Parameters
    ----------
    change
        Their difference.
    old, new
        Their folders.

    Raises
    ------
    VerificationError
        If their observations or tables cannot be read.
    """
    before, after = read_manifest(old), read_manifest(new)
    evidence = _evidence(old, new)
    has_other_rules = _rules(before) != _rules(after)
    cause = _CauseOfChange(old, new, has_other_rules=has_other_rules, evidence=bool(evidence))
    is_source_alone = not has_other_rules and not evidence
    # Releases before schema 1.1 do not say how long their list was.
    asked = [one.get("suppression_entries") for one in (before, after)]
    all_told = is_source_alone and asked[0] is not None and asked[0] == asked[1]
    whole = Cause.SOURCE if all_told else Cause.NOT_TOLD
    return Causes(tuple(cause.of(one) for one in change.changed), whole, whole, evidence)


def _rules(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    return str(manifest["code_version"]), str(manifest["rules_version"])


class _CauseOfChange:
    """Looks a camera's observation up in both releases; each source is read when asked for."""

    def __init__(self, old: Path, new: Path, *, has_other_rules: bool, evidence: bool) -> None:
        self._folders = old, new
        self._has_other_rules = has_other_rules
        self._has_other_evidence = evidence
        self._observed: dict[str, tuple[_Observed, _Observed]] = {}

    def of(self, change: FieldChange) -> Cause:
        source_id, _, source_ref = change.camera_id.partition(":")
        if source_id not in self._observed:
            old, new = self._folders
            self._observed[source_id] = _observed(old, source_id), _observed(new, source_id)
        before, after = (side.get(source_ref) for side in self._observed[source_id])
        if before is None or after is None:
            return Cause.NOT_TOLD
        if before != after:
            return Cause.SOURCE
        rests_on_evidence = self._has_other_evidence and change.column in _FROM_EVIDENCE
        if self._has_other_rules:
            return Cause.EVIDENCE_OR_RULE if rests_on_evidence else Cause.RULE
        return Cause.EVIDENCE if rests_on_evidence else Cause.OTHER_CAMERAS


def _observed(folder: Path, source_id: str) -> _Observed:
    """Return what a source said of each of its cameras; empty where it has no observations."""
    if not (folder / f"observations_{source_id}.parquet").is_file():
        return {}
    frame = read_observations(folder, source_id)
    names = [name for name in sorted(frame.columns) if name not in _OF_ITS_SNAPSHOT]
    # As text: two cells that are not known are the same, and NaN is not equal to itself.
    columns = [[str(cell) for cell in frame[name]] for name in names]
    return dict(zip(frame["source_ref"], zip(*columns, strict=True), strict=True))


def _evidence(old: Path, new: Path) -> dict[str, TableChange]:
    """Compare the tables of the evidence by what their rows are known by, their first cell."""
    changes = {}
    names = {path.stem for folder in (old, new) for path in (folder / "registry").glob("*.csv")}
    for name in sorted(names):
        before, after = (_rows(folder / "registry" / f"{name}.csv") for folder in (old, new))
        both = before.keys() & after.keys()
        change = TableChange(
            added=sum(len(after[key]) for key in after.keys() - both),
            removed=sum(len(before[key]) for key in before.keys() - both),
            changed=sum(before[key] != after[key] for key in both),
        )
        if change != TableChange(0, 0, 0):
            changes[name] = change
    return changes


def _rows(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """Read a table by the first cell of its rows; a table that is not there has none."""
    if not path.is_file():
        return {}
    grouped: dict[str, list[tuple[str, ...]]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            for cells in rows:
                grouped.setdefault(cells[0] if cells else "", []).append(tuple(cells))
    except (csv.Error, UnicodeDecodeError) as error:
        msg = f"{path.name} of release {path.parents[1].name} is no CSV table: {error}"
        raise VerificationError(msg, next_step="Run mapper verify on it.") from error
    return grouped
