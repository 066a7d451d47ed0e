"""A difference between two releases as text, as JSON, and as the notes of a release."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from mapper.release.change_causes import Causes
from mapper.release.diff import ReleaseDiff
from mapper.release.manifest import read_manifest

DIFF_VERSION: Final = 3
_SHOWN: Final = 10


def as_json(change: ReleaseDiff, causes: Causes) -> str:
    """Return the difference as JSON text; ``format_version`` tells its shape."""
    content = asdict(change)
    for row, cause in zip(content["changed"], causes.changed, strict=True):
        row["cause"] = str(cause)
    content |= {
        "format_version": DIFF_VERSION,
        "added_cause": str(causes.added),
        "removed_cause": str(causes.removed),
        "evidence": {table: asdict(counts) for table, counts in causes.evidence.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)


def as_text(change: ReleaseDiff, causes: Causes) -> str:
    """Summarise the difference in a few lines."""
    renamed = len(change.renumbered)
    lines = [
        f"{change.old_id} -> {change.new_id}",
        # A publisher that counts anew would otherwise seem to have replaced every camera.
        f"added    {len(change.added) - renamed:,}{_because(causes.added)}",
        f"gone     {len(change.removed) - renamed:,}{_because(causes.removed)}",
    ]
    if renamed:
        lines.append(f"renumbered {renamed:,} at the same position under another id")
    for word, ids in (
        ("ended", change.ended),
        ("planned", change.planned),
        ("stands now", change.stands_now),
    ):
        if ids:
            lines.append(f"{word}    {len(ids):,}: {_some(ids)}")
    if change.moved:
        far = ", ".join(f"{one.camera_id} {one.distance_m:,.1f} m" for one in change.moved[:3])
        lines.append(f"moved    {len(change.moved):,}, the farthest: {far}")
    lines.append(f"changed  {len({one.camera_id for one in change.changed}):,}")
    by_column: dict[str, Counter[str]] = {}
    for one, cause in zip(change.changed, causes.changed, strict=True):
        by_column.setdefault(one.column, Counter())[str(cause)] += 1
    for column, counts in sorted(by_column.items()):
        why = ", ".join(f"{cause} {count:,}" for cause, count in sorted(counts.items()))
        lines.append(f"  {column}: {counts.total():,} ({why})")
    lines += [f"evidence {line}" for line in _evidence(causes)]
    return "\n".join(lines)


def as_notes(change: ReleaseDiff, causes: Causes, new: Path) -> str:
    """
    Write the notes of a release: Markdown, to stand beside it where it is published.

    Parameters
    ----------
    new
        The folder of the later release.
    """
    manifest = read_manifest(new)
    renamed = len(change.renumbered)
    counted = ", ".join(f"{cause} {count:,}" for cause, count in causes.counted().items())
    causes_said = f", values by cause: {counted}" if counted else ""
    came = f"{len(change.added) - renamed:,} added{_because(causes.added)}"
    went = f"{len(change.removed) - renamed:,} gone{_because(causes.removed)}"
    lines = [
        *_heading(manifest),
        f"Compared with release {change.old_id}:",
        "",
        f"- {came}, {went}",
        f"- {len(change.ended):,} ended, {len(change.moved):,} moved, {renamed:,} renumbered",
        f"- {len({one.camera_id for one in change.changed}):,} changed{causes_said}",
    ]
    lines += [f"- new in {place}: {count:,}" for place, count in _countries(change)]
    lines += [f"- evidence, {line}" for line in _evidence(causes)]
    if manifest["accepted_change"]:
        # The reason is free text of whoever gave it, and no Markdown.
        lines += ["", f"A change in numbers was accepted: `{_code(manifest['accepted_change'])}`"]
    return "\n".join([*lines, *_sources(manifest), ""])


def first_notes(release: Path) -> str:
    """Write the notes of a release that has none before it to be compared with."""
    manifest = read_manifest(release)
    lines = [*_heading(manifest), "The first release of this input.", *_sources(manifest), ""]
    return "\n".join(lines)


def _heading(manifest: Mapping[str, Any]) -> list[str]:
    evidence = f", evidence as of {manifest['evidence_on']}" if manifest["evidence_on"] else ""
    cameras = f"{manifest['counts']['cameras']:,} cameras of {manifest['data_on']}{evidence}."
    return [f"# Release {manifest['release_id']}", "", cameras]


def _sources(manifest: Mapping[str, Any]) -> list[str]:
    head = ["", "| source | licence | data of | SHA-256 of the snapshot |", "|---|---|---|---|"]
    return head + [f"| {' | '.join(_cells(source))} |" for source in manifest["sources"]]


def _cells(source: Mapping[str, Any]) -> list[str]:
    words = (source["source_id"], source["license_id"], source["data_at_utc"] or "not stated")
    return [_code(word) for word in (*words, source["snapshot_sha256"])]


def _code(text: str) -> str:
    return " ".join(text.split()).replace("`", "'").replace("|", "/")


def _countries(change: ReleaseDiff) -> Iterator[tuple[str, int]]:
    counts = Counter(row["country_code"] or "no country" for row in change.added.values())
    yield from sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


def _evidence(causes: Causes) -> Iterator[str]:
    for table, counts in causes.evidence.items():
        yield (
            f"{table}: {counts.added:,} rows added, {counts.removed:,} removed, "
            f"{counts.changed:,} changed"
        )


def _because(cause: str) -> str:
    return f" ({cause})" if cause != "not told" else ""


def _some(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:_SHOWN])
    return f"{shown} and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else shown
