"""
Collected lists: how each was when it came, and the newest that can be used.

A list that lost a field, fell by more than a fifth, outgrew its bound or came empty blocks itself
alone: it is kept as evidence, said, and the last good one stays in use.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from mapper.clean.country_area import Inside, near_places_of
from mapper.errors import SourceChangedError, SourceError, SourceFormatError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.model.observation import Observation, Reject
from mapper.model.source import SourceInfo
from mapper.validate.list_runs import Attempt, attempts, note_attempt, size_trouble

Parse = Callable[[bytes], Iterable[Observation | Reject]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one collected body."""

    kept: Collected
    observations: tuple[Observation, ...]
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()


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
    judged = {
        attempt.sha256: attempt for attempt in attempts(archive, info.source_id) if attempt.sha256
    }
    first_error: SourceError | None = None
    notes: list[str] = []
    for kept in _newest_first(archive.answers(info.source_id)):
        attempt = judged.get(kept.sha256)
        try:
            if attempt is not None and attempt.trouble and not accepted_change:
                raise SourceChangedError(attempt.trouble, next_step=f"look at {info.landing_page}.")
            listed = read_listed(info, kept, archive, parse)
        except SourceError as error:
            # If none can be used, what is wrong with the newest is what the user has to know.
            first_error = first_error or error
            notes.append(f"the snapshot of {kept.retrieved_at_utc} is not used: {error}")
            continue
        if attempt is not None and attempt.trouble:
            accepted = replace(attempt, trouble="", accepted_reason=accepted_change)
            # Its own rows: a list that could not be read at first was never counted.
            counted = replace(accepted, rows=len(listed.observations), rejects=len(listed.rejects))
            note_attempt(archive, counted)
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
    is_inside = near_places_of(info.country_codes)
    rows = tuple(_placed(row, is_inside) for row in parse(_body(archive, kept)))
    observations = tuple(row for row in rows if isinstance(row, Observation))
    if len(observations) < info.row_count_min:
        msg = f"{info.source_id}: {len(observations):,} rows, "
        msg += f"expected at least {info.row_count_min:,}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    return Listed(kept, observations, tuple(row for row in rows if isinstance(row, Reject)))


def judge(info: SourceInfo, kept: Collected, archive: Archive, parse: Parse) -> Attempt:
    """Look at a snapshot that just came, and hold it against the accepted ones."""
    attempt = Attempt(info.source_id, kept.retrieved_at_utc, kept.sha256)
    try:
        listed = read_listed(info, kept, archive, parse)
    except SourceError as error:
        return replace(attempt, trouble=str(error))
    attempt = replace(attempt, rows=len(listed.observations), rejects=len(listed.rejects))
    before = attempts(archive, info.source_id)
    return replace(attempt, trouble=size_trouble(info, attempt, before))


def _placed(row: Observation | Reject, is_inside: Inside) -> Observation | Reject:
    """Reject a camera that does not lie where its publisher is: axes swapped, a digit lost."""
    if isinstance(row, Reject) or is_inside(row.lon_deg, row.lat_deg):
        return row
    position = f"{row.lon_deg} {row.lat_deg}"
    return Reject(row.source_id, row.source_ref, "outside the publisher's country", position)


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
    # What is shown as evidence is what came; a body that somebody edited is not.
    if hashlib.sha256(body).hexdigest() != kept.sha256:
        msg = f"{kept.source_id}: the body {kept.sha256[:12]} is not what was collected"
        step = f"delete {path} and run `mapper collect {kept.source_id}` again."
        raise SourceFormatError(msg, next_step=step)
    return body
