"""Ids in such batches as libosmium's index of ids can hold in bounded memory."""

from collections.abc import Iterator
from pathlib import Path

from mapper.errors import SourceFormatError
from mapper.sources.osm.elements import ID_MAX

_STRETCH_BITS = 25
# The node ids of 2026 lie in 400 stretches.
_STRETCHES_MAX = 1_600


def id_batches(path: Path, ids: set[int], stretches_at_once: int) -> Iterator[list[int]]:
    """
    Yield ids in rising order, so many at a time as an index of them can hold.

    libosmium's index takes 4 MB for each stretch of 2^25 ids that one of them lies in: the nodes
    of a country's ways would fill 1.6 GB at once, and a small crafted file any memory.

    Raises
    ------
    SourceFormatError
        If an id is none that a database gives, or they are more scattered than any are.
    """
    odd = [ref for ref in ids if not 0 < ref <= ID_MAX]
    if odd:
        what = f"an object with the id {min(odd, key=abs)}, which none has"
        raise _foreign_ids(path, what)
    stretches: dict[int, list[int]] = {}
    for ref in sorted(ids):
        stretches.setdefault(ref >> _STRETCH_BITS, []).append(ref)
    if len(stretches) > _STRETCHES_MAX:
        raise _foreign_ids(path, "objects whose ids are more scattered than any database gives")
    grouped = list(stretches.values())
    for first in range(0, len(grouped), stretches_at_once):
        yield [ref for part in grouped[first : first + stretches_at_once] for ref in part]


def _foreign_ids(path: Path, what: str) -> SourceFormatError:
    msg = f"{path}: a camera is made of {what}"
    return SourceFormatError(msg, next_step="Download the file again, from its publisher.")
