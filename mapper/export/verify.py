"""Prove that a release is the one its manifest describes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from mapper.clean.file_digests import sha256_of
from mapper.errors import VerificationError
from mapper.export import database, registry_tables
from mapper.export.formats import BY_NAME, REFERENCE, count_rows
from mapper.export.layer import COUNTRY_FOLDER
from mapper.export.table_format import Cells, differences
from mapper.model.columns import RULES_VERSION
from mapper.release.concluded_again import Recompute, recomputed_differences
from mapper.release.manifest import MANIFEST_NAME, SUMS_NAME, read_manifest

_SUM_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_PARTS_OF_READ: Final = ("cameras", "not_standing", "other_devices", "withheld", "rejected")


@dataclass(frozen=True, slots=True)
class Verification:
    """
    What was looked at, and what is wrong.

    Attributes
    ----------
    release_id
        As the manifest says; empty where there is none.
    files, rows
        How many files were hashed, and the rows of each layer.
    faults
        One sentence each; empty for a whole release.
    """

    release_id: str
    files: int
    rows: dict[str, int]
    faults: tuple[str, ...]


def verify(folder: Path, *, deep: bool = False, recompute: Recompute | None = None) -> Verification:
    """
    Compare a release folder with its sums and its manifest.

    Every file's SHA-256, no file missing or extra, and the row counts of every format of a
    layer. With ``deep`` each format is read again in full by a reader that shares no code with
    its writer, and every value is compared with the reference format.

    Parameters
    ----------
    folder
        One release; see ``store.find_release``.
    recompute
        Where given, ``deep`` also concludes every row again from its observations.
    """
    faults = list(_check_sums(folder))
    if not (folder / MANIFEST_NAME).is_file():
        return Verification("", 0, {}, (*faults, f"{MANIFEST_NAME} is missing"))
    try:
        manifest = read_manifest(folder)
        files = {entry["path"]: entry for entry in manifest["files"]}
        faults += _check_manifest(folder, manifest, files)
    except (VerificationError, KeyError, TypeError) as error:
        return Verification("", 0, {}, (*faults, f"{MANIFEST_NAME} cannot be read: {error!r}"))
    if not faults:
        faults += _check_rows(folder, files)
    if deep and not faults and manifest["rules_version"] != RULES_VERSION:
        said = (
            f"the release was made by rules of version {manifest['rules_version']}, and this code "
            f"has version {RULES_VERSION}: its files are whole, but its values can be concluded "
            f"again by code {manifest['code_version']} alone"
        )
        faults += (said,)
    elif deep and not faults:
        faults += _check_values(folder, files)
        faults += _check_database(folder, files)
        faults += recomputed_differences(folder, recompute) if recompute else ()
    rows = {entry["layer"]: entry["rows"] for entry in files.values() if entry["layer"]}
    return Verification(manifest["release_id"], len(files) + 2, rows, tuple(faults))


def require_verified(
    folder: Path, *, deep: bool = False, recompute: Recompute | None = None
) -> Verification:
    """
    Verify, and raise where something is wrong.

    Raises
    ------
    VerificationError
        With every fault in its message.
    """
    result = verify(folder, deep=deep, recompute=recompute)
    if result.faults:
        msg = f"{folder.name} is not the release its manifest describes:\n" + "\n".join(
            f"  {fault}" for fault in result.faults
        )
        raise VerificationError(msg, next_step="Fetch it again, or build it again from its input.")
    return result


def _check_sums(folder: Path) -> Iterator[str]:
    """Hash every file that ``SHA256SUMS`` names, and look for others."""
    sums = folder / SUMS_NAME
    if not sums.is_file():
        yield f"{SUMS_NAME} is missing"
        return
    named = set()
    for line in sums.read_bytes().decode("utf-8", errors="replace").splitlines():
        match = _SUM_LINE.fullmatch(line)
        if match is None or not _lies_inside(match[2]):
            yield f"{SUMS_NAME} has a broken line: {line[:80]!r}"
            continue
        named.add(match[2])
        path = folder / match[2]
        if not path.is_file():
            yield f"{match[2]} is missing"
        elif sha256_of(path) != match[1]:
            yield f"{match[2]} differs from its hash"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted(there - named - {SUMS_NAME}):
        yield f"{name} is not in {SUMS_NAME}"


def _sums(folder: Path) -> dict[str, str]:
    """Read ``SHA256SUMS``: by path, the digest; empty where there is none."""
    sums = folder / SUMS_NAME
    if not sums.is_file():
        return {}
    lines = sums.read_text(encoding="utf-8", errors="replace").splitlines()
    matches = (_SUM_LINE.fullmatch(line) for line in lines)
    return {match[2]: match[1] for match in matches if match}


def _lies_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _check_manifest(
    folder: Path, manifest: dict[str, Any], files: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """Compare the manifest's own list with the sums and the files."""
    digests = _sums(folder)
    for name in sorted(files.keys() ^ (digests.keys() - {MANIFEST_NAME})):
        yield f"{name} stands in only one of {MANIFEST_NAME} and {SUMS_NAME}"
    for name in sorted(files.keys() & digests.keys()):
        entry = files[name]
        path = folder / name
        if entry["sha256"] != digests[name]:
            yield f"{name} has two hashes in {MANIFEST_NAME} and {SUMS_NAME}"
        if path.is_file() and path.stat().st_size != entry["size_bytes"]:
            yield f"{name} is not {entry['size_bytes']} bytes long"
    if folder.name != manifest["release_id"] and re.fullmatch(r"\d{4}-\d\d-\d\d\.\d+", folder.name):
        yield f"the folder {folder.name} holds release {manifest['release_id']}"
    counts = manifest["counts"]
    if counts["read"] != sum(counts[part] for part in _PARTS_OF_READ):
        yield f"the counts do not add up: {counts}"


def _check_rows(folder: Path, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Count the rows of every table again; formats of one layer must agree."""
    by_layer: dict[str, set[int]] = defaultdict(set)
    for name, entry in sorted(files.items()):
        if entry["rows"] is None:
            continue
        # A country's file has its table under the name that the whole layer has.
        table = entry["layer"].rpartition("/")[2]
        try:
            counted = count_rows(folder / name, entry["file_format"], table)
        except VerificationError as error:
            yield str(error)
            continue
        by_layer[entry["layer"] or name].add(counted)
        if counted != entry["rows"]:
            yield f"{name} has {counted} rows, not {entry['rows']}"
    for layer, counts in sorted(by_layer.items()):
        if len(counts) > 1:
            yield f"the formats of {layer} have different row counts: {sorted(counts)}"


def _check_values(folder: Path, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Read every format of every layer again and compare it with the reference."""
    layers = {
        entry["layer"]
        for entry in files.values()
        if entry["file_format"] == REFERENCE.name and "/" not in entry["layer"]
    }
    for layer in sorted(layers):
        reference = REFERENCE.read(folder / f"{layer}{REFERENCE.suffix}", layer)
        for name, entry in sorted(files.items()):
            part, _, whole = entry["layer"].rpartition("/")
            if whole != layer or name == f"{layer}{REFERENCE.suffix}":
                continue
            form = BY_NAME.get(entry["file_format"])
            if form is None:
                yield f"{name}: no reader for {entry['file_format']}"
                continue
            expected = _rows_of(reference, part)
            for difference in differences(expected, form.read(folder / name, layer)):
                yield f"{name}: {difference}"


def _rows_of(reference: Cells, part: str) -> Cells:
    """Return the rows that a part of a layer has: of the country that its folder names, or all."""
    if not part:
        return reference
    code = part.removeprefix(f"{COUNTRY_FOLDER}/")
    rows = [row for row, of in enumerate(reference["country_code"]) if of == code]
    return {name: [cells[row] for row in rows] for name, cells in reference.items()}


def _check_database(folder: Path, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Compare every evidence table of the database with its CSV file."""
    if database.FILE_NAME not in files:
        return
    for name in sorted(files):
        path = PurePosixPath(name)
        if path.parent.name == registry_tables.FOLDER and path.suffix == ".csv":
            for difference in database.differences(
                folder / database.FILE_NAME, path.stem, folder / name
            ):
                yield f"{database.FILE_NAME}: {difference}"
