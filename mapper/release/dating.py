"""Which day a release is of; never the day on which it is built."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from mapper.errors import UsageError
from mapper.model.observation import Reading
from mapper.model.observation_columns import ObservationColumns

OLDEST_EDIT: Final = date(2004, 8, 9)
"""The day OpenStreetMap began; older edit dates are placeholders."""
# No clock is asked: an input must give the same release on every day. This only stops a typing
# error from dating it 3018.
_NEWEST_YEAR: Final = 2100
_SURVEY_KEYS: Final = ("check_date", "survey:date")
_SURVEYS_MIN: Final = 2
"""A day that one object alone names may be a slip of the pen."""


def release_date(readings: Sequence[Reading], as_of: str | None) -> str:
    """
    Return the ISO day that dates a release.

    It is ``as_of``; else the newest data time that the inputs state of themselves; else the
    newest plausible day on which an object was edited; else the newest day on which at least
    two objects say that somebody looked (docs/decisions/0003).

    Raises
    ------
    UsageError
        If ``as_of`` is no ISO day, or nothing gives a day.
    """
    if as_of is not None:
        if (day := _plausible(as_of)) is None:
            msg = f"--as-of {as_of!r} is not a day."
            raise UsageError(msg, next_step="Write it as YYYY-MM-DD.")
        return day
    # The inputs' own word first: an extract says of which moment it is, while the newest edit in a
    # small area may be years old.
    stated = [_plausible((reading.snapshot.data_at_utc or "")[:10]) for reading in readings]
    days = [day for day in stated if day]
    if not days:
        # A set: there are millions of edits and a few thousand days.
        edits = {edit for each in _columns(readings) for edit in each.edited_on if edit}
        days = [day for edit in edits if (day := _plausible(edit))]
    if not days:
        days = _survey_days(readings)
    if not days:
        msg = "The input does not say of which day it is, and none of its objects is dated."
        raise UsageError(msg, next_step="Give the day of the data: --as-of YYYY-MM-DD.")
    return max(days)


def _columns(readings: Sequence[Reading]) -> Iterator[ObservationColumns]:
    """Yield the observations of each reading without making an object of any that is none."""
    return (ObservationColumns.of(reading.observations) for reading in readings)


def _survey_days(readings: Sequence[Reading]) -> list[str]:
    """Return the days on which several objects were looked at; the data is no older than these."""
    days: Counter[str] = Counter()
    for each in _columns(readings):
        # Asked once for all that have the same tags.
        for pattern_row, objects in Counter(each.pattern_rows).items():
            tags = each.patterns[pattern_row].tags
            for key in _SURVEY_KEYS:
                if key in tags and (day := _plausible(tags[key])):
                    days[day] += objects
    return [day for day, surveys in days.items() if surveys >= _SURVEYS_MIN]


def _plausible(text: str) -> str | None:
    """Return the day back if it is one that OpenStreetMap data can bear."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.isoformat() if day >= OLDEST_EDIT and day.year <= _NEWEST_YEAR else None
