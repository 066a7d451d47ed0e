"""
Collected lists: how each was when it came, and the newest that can be used.

A list that lost a field, fell by more than a fifth or came empty blocks itself alone: it is kept as
evidence, said, and the last good one stays in use.
"""

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import import_module
from typing import Final

import numpy as np

from mapper.clean.gazetteer import places
from mapper.errors import SourceChangedError, SourceError, SourceFormatError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.model.observation import Observation, Reject
from mapper.model.source import SourceInfo

FEWEST: Final = 0.8
"""A list with fewer than this share of the last good one's rows blocks itself."""

Parse = Callable[[bytes], Iterable[Observation | Reject]]
Inside = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Attempt:
    """
    One time that a source was asked, and what came of it.

    Attributes
    ----------
    at_utc
        When it was asked, ISO, UTC.
    sha256
        Of the body that came; empty where none came whole.
    rows, rejects
        How many observations and rejects it gave.
    trouble
        Why it is not used; empty where it is good.
    """

    source_id: str
    at_utc: str
    sha256: str = ""
    rows: int = 0
    rejects: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one collected body."""

    kept: Collected
    observations: tuple[Observation, ...]
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()


def parser_of(source_id: str) -> Parse:
    """Return the parser of a published source."""
    parse: Parse = import_module(f"mapper.sources.{source_id}").parse
    return parse


def newest_good(
    info: SourceInfo, archive: Archive, parse: Parse, *, accepted_change: str = ""
) -> Listed:
    """
    Read the newest snapshot that can be used of a source that was collected.

    Parameters
    ----------
    accepted_change
        The reason somebody gives for a fall; with it the newest readable snapshot is used, and
        is the good one from then on.

    Raises
    ------
    SourceError
        If no snapshot can be used: what is wrong with the newest.
    UsageError
        If the source was never collected.
    """
    troubles = {
        attempt.sha256: attempt for attempt in attempts(archive, info.source_id) if attempt.sha256
    }
    first_error: SourceError | None = None
    notes: list[str] = []
    for kept in _newest_first(archive.answers(info.source_id)):
        known = troubles.get(kept.sha256)
        try:
            if known is not None and known.trouble and not accepted_change:
                raise SourceChangedError(known.trouble, next_step=f"look at {info.landing_page}.")
            listed = read_listed(info, kept, archive, parse)
        except SourceError as error:
            first_error = first_error or error
            notes.append(f"the snapshot of {kept.retrieved_at_utc} is not used: {error}")
            continue
        if known is not None and known.trouble:
            note_attempt(archive, replace(known, trouble=""))
        return replace(listed, notes=tuple(notes))
    if first_error is None:
        msg = f"{info.source_id} was not collected yet: "
        msg += f"the archive {archive.root} has nothing of it"
        raise UsageError(msg, next_step=f"run `mapper collect {info.source_id}` first.")
    raise first_error


def read_listed(info: SourceInfo, kept: Collected, archive: Archive, parse: Parse) -> Listed:
    """
    Read one snapshot.

    Raises
    ------
    SourceError
        If it is not what was collected, has another shape, or fewer rows than the source ever had.
    """
    is_inside = _inside(info.country_codes)
    rows = tuple(_placed(row, is_inside) for row in parse(_body(archive, kept)))
    observations = tuple(row for row in rows if isinstance(row, Observation))
    if len(observations) < info.row_count_min:
        msg = f"{info.source_id}: {len(observations):,} rows, "
        msg += f"expected at least {info.row_count_min:,}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    return Listed(kept, observations, tuple(row for row in rows if isinstance(row, Reject)))


def judge(info: SourceInfo, kept: Collected, archive: Archive, parse: Parse) -> Attempt:
    """Look at a snapshot that just came, and hold it against the last good one."""
    found = Attempt(info.source_id, kept.retrieved_at_utc, kept.sha256)
    try:
        listed = read_listed(info, kept, archive, parse)
    except SourceError as error:
        return replace(found, trouble=str(error))
    found = replace(found, rows=len(listed.observations), rejects=len(listed.rejects))
    good = [attempt for attempt in attempts(archive, info.source_id) if not attempt.trouble]
    if good and found.rows < good[-1].rows * FEWEST:
        fall = 1 - found.rows / good[-1].rows
        trouble = f"{info.source_id}: {found.rows:,} rows, {fall:.0%} fewer than the "
        trouble += f"{good[-1].rows:,} of {good[-1].at_utc}"
        return replace(found, trouble=trouble)
    return found


def attempts(archive: Archive, source_id: str) -> list[Attempt]:
    """Return every attempt at a source, the oldest first; a line cut by a crash is passed over."""
    path = archive.root / "health" / f"{source_id}.jsonl"
    if not path.is_file():
        return []
    found = []
    for line in path.read_text("utf-8").splitlines():
        try:
            found.append(Attempt(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def note_attempt(archive: Archive, attempt: Attempt) -> None:
    """Write down what came of an attempt."""
    path = archive.root / "health" / f"{attempt.source_id}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(attempt), ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _placed(row: Observation | Reject, is_inside: Inside) -> Observation | Reject:
    """Reject a camera that does not lie where its publisher is: axes swapped, a digit lost."""
    if isinstance(row, Reject) or is_inside(row.lon_deg, row.lat_deg):
        return row
    position = f"{row.lon_deg} {row.lat_deg}"
    return Reject(row.source_id, row.source_ref, "outside the publisher's country", position)


@cache
def _inside(country_codes: frozenset[str]) -> Inside:
    """
    Return a test for the neighbourhood of a country's towns: cells of a degree, and those beside.

    Coarse on purpose: it finds swapped and mangled positions, and never argues about a border.
    """
    if not country_codes:
        return lambda _lon_deg, _lat_deg: True
    known = places()
    of_country = np.isin(known.country_codes, sorted(country_codes))
    columns = np.floor(known.lon_deg[of_country]).astype(int)
    rows = np.floor(known.lat_deg[of_country]).astype(int)
    cells = set(zip(columns.tolist(), rows.tolist(), strict=True))
    near = {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return lambda lon_deg, lat_deg: (math.floor(lon_deg), math.floor(lat_deg)) in near


def _newest_first(answers: list[Collected]) -> Iterator[Collected]:
    """Yield each body once, by the last time that it came."""
    seen = set()
    for kept in reversed(answers):
        if kept.sha256 not in seen:
            seen.add(kept.sha256)
            yield kept


def _body(archive: Archive, kept: Collected) -> bytes:
    path = archive.body_path(kept.sha256)
    if not path.is_file():
        # No path of this machine: the sentence may end in a release's remarks.
        msg = f"{kept.source_id}: the body {kept.sha256[:12]} is gone from the archive"
        raise SourceFormatError(msg, next_step=f"run `mapper collect {kept.source_id}` again.")
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != kept.sha256:
        msg = f"{kept.source_id}: the body {kept.sha256[:12]} is not what was collected"
        step = f"delete {path} and run `mapper collect {kept.source_id}` again."
        raise SourceFormatError(msg, next_step=step)
    return body
