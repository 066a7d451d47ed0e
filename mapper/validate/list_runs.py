"""
What came of each time that a source was asked, and when a list may not be used for its size.

A list is held against the median of the runs that were accepted and against the largest of the
last year, so that a fall in small steps is seen like a fall at once. Who accepts a change with a
reason starts the count anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from mapper.fetch.archive import Archive
from mapper.fetch.line_notes import add_note, read_notes
from mapper.model.source import SourceInfo

FEWEST: Final = 0.8
"""A list with fewer rows than this share of the median, or of the year's largest, blocks itself."""
_YEAR: Final = timedelta(days=366)


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
    accepted_reason
        Why somebody took a list that had blocked itself; empty where nobody had to.
    """

    source_id: str
    at_utc: str
    sha256: str = ""
    rows: int = 0
    rejects: int = 0
    trouble: str = ""
    accepted_reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a time that is none: what a damaged note says is not reckoned with."""
        _instant(self.at_utc)


def attempts(archive: Archive, source_id: str) -> list[Attempt]:
    """Return every attempt at a source, the oldest first."""
    return read_notes(archive.root / "health" / f"{source_id}.jsonl", Attempt)


def note_attempt(archive: Archive, attempt: Attempt) -> None:
    """Write down what came of an attempt."""
    add_note(archive.root / "health" / f"{attempt.source_id}.jsonl", attempt)


def size_trouble(info: SourceInfo, now: Attempt, before: Sequence[Attempt]) -> str:
    """
    Say why a list is too small or too large to be used; empty where it is not.

    Parameters
    ----------
    now
        The run that is judged.
    before
        Every earlier attempt, the oldest first.
    """
    if now.rows > info.row_count_max:
        most = f"{info.source_id}: {now.rows:,} rows, expected at most {info.row_count_max:,}"
        return f"{most}; another list may stand at its address"
    # Only what was taken: a list that blocked itself must not become the measure of the next.
    history = _comparable(before)
    if not history:
        return ""
    usual = median(attempt.rows for attempt in history)
    # Against the year's largest as well, else a list could lose a tenth a month and pull its median
    # down with it.
    since_utc = _instant(now.at_utc) - _YEAR
    of_year = [attempt for attempt in history if _instant(attempt.at_utc) >= since_utc]
    largest = max(of_year, key=lambda attempt: attempt.rows, default=history[-1])
    if now.rows >= FEWEST * max(usual, largest.rows):
        return ""
    fall = 1 - now.rows / largest.rows
    return (
        f"{info.source_id}: {now.rows:,} rows, {fall:.0%} fewer than the {largest.rows:,} of "
        f"{largest.at_utc} (median of accepted runs: {usual:,.0f})"
    )


def _comparable(before: Sequence[Attempt]) -> list[Attempt]:
    """Return the accepted runs since somebody last accepted a change, that one included."""
    accepted = [attempt for attempt in before if not attempt.trouble and attempt.sha256]
    # From the newest back: the last reason given is what counts from then on.
    for number in range(len(accepted) - 1, -1, -1):
        if accepted[number].accepted_reason:
            return accepted[number:]
    return accepted


def _instant(at_utc: str) -> datetime:
    instant = datetime.fromisoformat(at_utc)
    if instant.tzinfo is None:
        msg = f"{at_utc!r} names no time zone"
        raise ValueError(msg)
    return instant
