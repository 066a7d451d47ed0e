"""
The suppression list: objects whose owner asked to be left out, as salted hashes.

The list is a CSV file with the columns ``salt``, ``hash`` and ``added_on``. An entry stays when
the source is collected again, because it names the source's own reference and not a row. The
salt keeps the file from being read at a glance; it is no secret, and whoever compares a release
with its source can still see what is missing.
"""

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mapper.errors import GateError

COLUMNS = ("salt", "hash", "added_on")
_SALT = re.compile(r"[0-9a-f]{32,}")
_HASH = re.compile(r"[0-9a-f]{64}")


def suppression_hash(salt: str, source_id: str, source_ref: str) -> str:
    """Return the entry of one object: SHA-256 of salt, source and reference, 64 hex digits."""
    return hashlib.sha256(f"{salt}\n{source_id}\n{source_ref}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Suppression:
    """The list: the hashes under each salt."""

    hashes_by_salt: dict[str, frozenset[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the entries."""
        return sum(len(hashes) for hashes in self.hashes_by_salt.values())

    def suppressed(self, source_id: str, source_refs: Iterable[str]) -> list[bool]:
        """Say for each reference of a source whether it stands on the list, in order."""
        return [
            any(
                suppression_hash(salt, source_id, source_ref) in hashes
                for salt, hashes in self.hashes_by_salt.items()
            )
            for source_ref in source_refs
        ]


def read_suppression(path: Path) -> Suppression:
    """
    Read the list; a file that is not there is an empty list.

    Raises
    ------
    GateError
        If a row is broken. The build stops, because a lost entry would publish what
        somebody was promised to be left out.
    """
    if not path.exists():
        return Suppression()
    gathered: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            msg = f"{path.name}: columns are {reader.fieldnames}, expected {list(COLUMNS)}"
            raise GateError(msg, next_step="Restore the file from its history.")
        for row in reader:
            salt, entry = row["salt"] or "", row["hash"] or ""
            if not (_SALT.fullmatch(salt) and _HASH.fullmatch(entry)):
                msg = f"{path.name}, line {reader.line_num}: salt or hash is not hexadecimal"
                raise GateError(msg, next_step="Restore the row from the file's history.")
            gathered.setdefault(salt, set()).add(entry)
    return Suppression({salt: frozenset(hashes) for salt, hashes in gathered.items()})
