"""The manifest: what a release says of itself and of each of its files."""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from mapper.errors import VerificationError
from mapper.model.columns import RULES_VERSION
from mapper.model.release import Counts, SourceCredit

SCHEMA_VERSION: Final = "1.4.0"
"""Semantic: a column that goes or changes its meaning raises the first number."""
MANIFEST_NAME: Final = "manifest.json"
SUMS_NAME: Final = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """
    One file of a release, as its writer describes it.

    Attributes
    ----------
    path
        Below the release folder, with forward slashes.
    rows
        Rows it holds; None where the file is no table.
    layer
        ``cameras_osm``; files of one layer hold the same rows. Empty for a single file.
    file_format
        ``geoparquet``, ``csv``, ``geojson``, ``geopackage``, ``parquet``, ``text`` ...
    sha256
        Of its bytes, where another file of the release says it too; else empty.
    """

    path: str
    file_format: str
    license_id: str
    layer: str = ""
    rows: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """
    Everything the manifest says that is not about single files.

    Attributes
    ----------
    data_on
        ISO day of the cameras, the first part of the release id.
    evidence_on
        ISO day of the evidence registry; empty where it has none.
    input_key
        Tells builds of the same input from others, for the drop gate.
    counts, withheld_by_country, withheld_elsewhere, withheld_by_reason, operators_withheld
        How the objects read were divided.
    rejected_by_reason, flags, by_country, by_vendor, by_source, by_kind
        Published rows by their kinds.
    accepted_change
        The user's reason to publish in spite of the drop gate; empty where there was none.
    remarks
        What a reader of the data should know of this build.
    suppression_entries
        Length of the suppression list that was applied; a shorter one later is a loss to ask about.
    recipe
        With the sources, what is needed to make the same bytes again: settings, the hash of the
        evidence, versions of the libraries that write files.
    values_withheld
        By tag key and reason: single values that were left out of published rows.
    """

    data_on: str
    code_version: str
    input_key: str
    credits: tuple[SourceCredit, ...]
    counts: Counts
    withheld_by_country: Mapping[str, int]
    withheld_elsewhere: int
    withheld_by_reason: Mapping[str, int]
    operators_withheld: int
    rejected_by_reason: Mapping[str, int]
    flags: Mapping[str, int]
    by_country: Mapping[str, int]
    by_vendor: Mapping[str, int]
    by_source: Mapping[str, int]
    by_kind: Mapping[str, int]
    evidence_on: str = ""
    accepted_change: str = ""
    remarks: tuple[str, ...] = ()
    suppression_entries: int = 0
    values_withheld: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    recipe: Mapping[str, Any] = field(default_factory=dict)


def count_words(values: Iterable[object]) -> dict[str, int]:
    """Count texts, missing ones left out, in alphabetical order."""
    return dict(sorted(Counter(str(value) for value in values if not _missing(value)).items()))


def count_flags(flags: Iterable[Iterable[str]]) -> dict[str, int]:
    """Count the flags of all rows, in alphabetical order."""
    return dict(sorted(Counter(flag for row in flags for flag in row).items()))


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def manifest_text(
    release_id: str,
    facts: ReleaseFacts,
    files: Iterable[WrittenFile],
    folder: Path,
    digests: Mapping[str, str],
) -> str:
    """
    Write the manifest as JSON, keys in alphabetical order.

    ``digests`` are the SHA-256 of the files by path; sizes are read from ``folder``.
    """
    described = {file.path: file for file in files}
    # A file that nobody describes would have no licence, and one that is missing a false promise.
    if described.keys() != digests.keys():
        odd = sorted(described.keys() ^ digests.keys())
        msg = f"files described and files written differ: {odd}"
        raise ValueError(msg)
    content = asdict(facts) | {
        "schema_version": SCHEMA_VERSION,
        "rules_version": RULES_VERSION,
        "release_id": release_id,
        "files": [
            asdict(described[path])
            | {"sha256": digests[path], "size_bytes": (folder / path).stat().st_size}
            for path in sorted(described)
        ],
    }
    content["sources"] = content.pop("credits")
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sums_text(digests: Mapping[str, str]) -> str:
    """Write ``SHA256SUMS`` as ``sha256sum --check`` reads it."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def read_manifest(folder: Path) -> dict[str, Any]:
    """
    Read a release's manifest.

    Raises
    ------
    VerificationError
        If it is missing or damaged: no JSON, or not the one that ``SHA256SUMS`` names.
    """
    step = "Run mapper verify on it; build it again, or move the folder away."
    try:
        body = (folder / MANIFEST_NAME).read_bytes()
        content: dict[str, Any] = json.loads(body)
        sums = folder / SUMS_NAME
        said = sums.read_text("utf-8", "replace") if sums.is_file() else ""
    except (OSError, ValueError) as error:
        msg = f"The manifest of {folder.name} cannot be read: {error}"
        raise VerificationError(msg, next_step=step) from error
    # Exactly one line: a second one for the same file would let either hash pass.
    lines = [line for line in said.splitlines() if line.endswith(f"  {MANIFEST_NAME}")]
    if lines and lines != [f"{hashlib.sha256(body).hexdigest()}  {MANIFEST_NAME}"]:
        msg = f"The manifest of {folder.name} cannot be read: it differs from its hash"
        raise VerificationError(msg, next_step=step)
    return content
