"""Which day a release is of; never the day on which it is built."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from mapper.errors import UsageError
from mapper.model.observation import Reading

OLDEST_EDIT: Final = date(2004, 8, 9)
"""The day OpenStreetMap began; older edit dates are placeholders."""
_NEWEST_YEAR: Final = 2100


def release_date(readings: Sequence[Reading], as_of: str | None) -> str:
    """
    Give the ISO day that dates a release.

    It is ``as_of``; else the newest data time that the inputs state of themselves; else the
    newest plausible day on which an object was edited.

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
    stated = [_plausible((reading.snapshot.data_at_utc or "")[:10]) for reading in readings]
    known = [day for day in stated if day]
    if not known:
        edits = {
            observation.edited_on
            for reading in readings
            for observation in reading.observations
            if observation.edited_on
        }
        known = [day for edit in edits if (day := _plausible(edit))]
    if not known:
        msg = "The input does not say of which day it is, and none of its objects is dated."
        raise UsageError(msg, next_step="Give the day of the data: --as-of YYYY-MM-DD.")
    return max(known)


def _plausible(text: str) -> str | None:
    """Give the day back if it is one that OpenStreetMap data can bear."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.isoformat() if day >= OLDEST_EDIT and day.year <= _NEWEST_YEAR else None
