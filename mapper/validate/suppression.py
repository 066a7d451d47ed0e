"""
The suppression list: objects whose owner asked to be left out, as salted hashes.

The list is a CSV file with the columns ``salt``, ``hash`` and ``added_on``, and ``reason`` where
its keeper wants one. An object has two
entries: one for the source's own reference, one for the place. The first holds when the object is
collected again and when its id is written a little differently; the second when it is drawn anew,
numbered anew, or stands in another list. The salt keeps the file from being read at a glance; it
is no secret, and whoever compares a release with its source can still see what is missing.
"""

import csv
import hashlib
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from mapper.clean.durable_files import replace_file
from mapper.errors import GateError

COLUMNS = ("salt", "hash", "added_on")
REASON: Final = "reason"
"""A column that a list may have too, for whoever keeps it; nothing is decided by it."""
CELL_M: Final = 25.0
"""
Side of a place's cell.

A device is held against its cell and the eight around it, so one that is drawn up to 25 m away is
found, and none is that stands farther than 71 m.
"""

_METRES_PER_DEGREE: Final = 111_195.08
_SALT = re.compile(r"[0-9a-f]{32,}")
_HASH = re.compile(r"[0-9a-f]{64}")
_AROUND: Final = (0, -1, 1)
# Separators, signs that cannot be seen, and marks that join: nobody counts by them.
_PASSED_OVER: Final = frozenset({"C", "Z"})

Floats = npt.NDArray[np.float64]


def suppression_hash(salt: str, source_id: str, source_ref: str) -> str:
    """Return an object's entry: SHA-256 of salt, source and reference, 64 hex digits."""
    return _sha256(salt, source_id, source_ref)


def place_hash(salt: str, lon_deg: float, lat_deg: float) -> str:
    """Return the entry of the place at a position in degrees, WGS 84."""
    row = _row(lat_deg)
    return _place_hash(salt, row, _column(lon_deg, row))


def plain_ref(source_ref: str) -> str:
    """Return a reference without what people vary: capitals, blanks, signs that are not seen."""
    signs = unicodedata.normalize("NFKC", source_ref)
    return "".join(
        sign for sign in signs if unicodedata.category(sign)[0] not in _PASSED_OVER
    ).casefold()


def entries_of(
    salt: str, source_id: str, source_ref: str, lon_deg: float, lat_deg: float
) -> tuple[str, str]:
    """Return the two hashes that leave one object out: its reference's and its place's."""
    return (
        suppression_hash(salt, source_id, plain_ref(source_ref)),
        place_hash(salt, lon_deg, lat_deg),
    )


@dataclass(frozen=True, slots=True)
class Suppression:
    """The list: the hashes under each salt."""

    hashes_by_salt: dict[str, frozenset[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the entries."""
        return sum(len(hashes) for hashes in self.hashes_by_salt.values())

    def suppressed(self, source_id: str, source_refs: Iterable[str]) -> list[bool]:
        """Say for each reference of a source whether it stands on the list, in order."""
        if not len(self):
            return [False for _source_ref in source_refs]
        return [
            any(
                suppression_hash(salt, source_id, spelling) in hashes
                for salt, hashes in self.hashes_by_salt.items()
                # Entries of before the spelling was folded hold the reference as it was written.
                for spelling in {source_ref, plain_ref(source_ref)}
            )
            for source_ref in source_refs
        ]

    def suppressed_places(self, lon_deg: Floats, lat_deg: Floats) -> list[bool]:
        """Say for each position in degrees whether its place or one beside it is on the list."""
        if not len(self):
            return [False] * len(lon_deg)
        return [
            any(
                _place_hash(salt, *cell) in hashes
                for salt, hashes in self.hashes_by_salt.items()
                for cell in _cells_around(float(lon), float(lat))
            )
            for lon, lat in zip(lon_deg, lat_deg, strict=True)
        ]

    def leaves_out(
        self, source_id: str, source_refs: Iterable[str], lon_deg: Floats, lat_deg: Floats
    ) -> list[bool]:
        """Say for each object of a source whether its reference or its place is on the list."""
        by_ref = self.suppressed(source_id, source_refs)
        by_place = self.suppressed_places(lon_deg, lat_deg)
        return [one or other for one, other in zip(by_ref, by_place, strict=True)]


def read_suppression(path: Path) -> Suppression:
    """
    Read the list.

    Raises
    ------
    GateError
        If there is no file, or a row is broken. The build stops, because a lost entry would
        publish what somebody was promised to be left out; an empty list is a file with its
        header alone.
    """
    gathered: dict[str, set[str]] = {}
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        # These and no other: one more may be the plain reference that the hashes are there to hide.
        if tuple(reader.fieldnames or ()) not in {COLUMNS, (*COLUMNS, REASON)}:
            msg = f"{path}: columns are {reader.fieldnames}, expected {list(COLUMNS)}"
            raise GateError(msg, next_step="Restore the file from its history.")
        for row in reader:
            salt, entry = row["salt"] or "", row["hash"] or ""
            if not (_SALT.fullmatch(salt) and _HASH.fullmatch(entry)):
                msg = f"{path}, line {reader.line_num}: salt or hash is not hexadecimal"
                raise GateError(msg, next_step="Restore the row from the file's history.")
            gathered.setdefault(salt, set()).add(entry)
    except csv.Error as error:
        # The inner reader counts the line that it failed in; the outer one only what it handed on.
        msg = f"{path}, line {reader.reader.line_num}: no row of a CSV file: {error}"
        raise GateError(msg, next_step="Restore the file from its history.") from error
    return Suppression({salt: frozenset(hashes) for salt, hashes in gathered.items()})


def read_suppressions(paths: Iterable[Path]) -> Suppression:
    """
    Read several lists as one.

    Raises
    ------
    GateError
        If one of them cannot be read; see `read_suppression`.
    """
    gathered: dict[str, frozenset[str]] = {}
    for path in paths:
        for salt, hashes in read_suppression(path).hashes_by_salt.items():
            gathered[salt] = gathered.get(salt, frozenset()) | hashes
    return Suppression(gathered)


def add_entries(path: Path, salt: str, hashes: Iterable[str], added_on: str, reason: str) -> None:
    """
    Add entries to a list, which is made where there is none; other rows stay as they are.

    Raises
    ------
    GateError
        If the list cannot be read.
    """
    rows: list[dict[str, str]] = []
    if path.exists() or path.is_symlink():
        read_suppression(path)
        rows = list(csv.DictReader(io.StringIO(_text(path), newline="")))
    rows += [dict(zip(COLUMNS, (salt, entry, added_on), strict=True)) for entry in hashes]
    if reason:
        rows[-1][REASON] = reason
    has_reasons = any(row.get(REASON) for row in rows)
    text = io.StringIO(newline="")
    names = (*COLUMNS, REASON) if has_reasons else COLUMNS
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.getvalue())


def _text(path: Path) -> str:
    """Read the file as UTF-8, with or without the mark that some editors put first."""
    step = "Restore it from its history; an empty list is a file with its header alone."
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        msg = f"{path}: the suppression list cannot be read: {error.strerror or error}"
        raise GateError(msg, next_step=step) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: the suppression list is not UTF-8 at byte {error.start:,}"
        raise GateError(msg, next_step=step) from error


def _sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _place_hash(salt: str, row: int, column: int) -> str:
    return _sha256(salt, "place", str(row), str(column))


def _row(lat_deg: float) -> int:
    return math.floor(lat_deg * _METRES_PER_DEGREE / CELL_M)


def _columns(row: int) -> int:
    """Return how many cells a row of cells has around the globe; one at the poles."""
    lat_deg = (row + 0.5) * CELL_M / _METRES_PER_DEGREE
    # Cells are 25 m wide at every latitude, so a row near the poles has fewer of them; else one
    # degree would be a handful of metres.
    around_m = 360 * _METRES_PER_DEGREE * max(0.0, math.cos(math.radians(lat_deg)))
    return max(1, math.floor(around_m / CELL_M))


def _column(lon_deg: float, row: int) -> int:
    count = _columns(row)
    return math.floor((lon_deg + 180) / 360 * count) % count


def _cells_around(lon_deg: float, lat_deg: float) -> Iterator[tuple[int, int]]:
    """Yield the cell of a position and the eight around it, across 180 degrees too."""
    own_row = _row(lat_deg)
    for up, aside in product(_AROUND, _AROUND):
        row = own_row + up
        # Each row has its own number of columns: the neighbour above is found by longitude, not by
        # number.
        yield row, (_column(lon_deg, row) + aside) % _columns(row)
