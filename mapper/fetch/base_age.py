"""Of what day the data of a body of OpenStreetMap are: believed, told, and refused where stale."""

from datetime import UTC, datetime, timedelta

from mapper.errors import FetchError
from mapper.model.progress import Progress

_FIRST = datetime(2004, 8, 9, tzinfo=UTC)
"""The day on which OpenStreetMap began."""
_CLOCK_SLACK = timedelta(days=1)
_OLD = timedelta(days=7)
_STALE = timedelta(days=60)


def base_instant(instant_as_written: object, whose: str, *, now_utc: datetime) -> datetime:
    """
    Read the time that a body says its data are of.

    Parameters
    ----------
    whose
        The server or the file, for the message.

    Raises
    ------
    FetchError
        If there is none, or one before OpenStreetMap began or after today.
    """
    try:
        instant = datetime.fromisoformat(str(instant_as_written))
    except ValueError as error:
        msg = f"{whose}: the answer lacks its elements or its data time"
        raise FetchError(msg) from error
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    if not _FIRST <= instant <= now_utc + _CLOCK_SLACK:
        msg = f"{whose} says that its data are of {instant:%Y-%m-%d}, which cannot be"
        step = "get it from another place, or look at the clock of this machine."
        raise FetchError(msg, next_step=step)
    return instant


def require_fresh(
    instant: datetime, whose: str, *, now_utc: datetime, is_old_allowed: bool, progress: Progress
) -> None:
    """
    Say that data are older than a week, and refuse them where they are older than 60 days.

    Parameters
    ----------
    whose
        The server or the file, for the message.

    Raises
    ------
    FetchError
        If they are older than 60 days, and that is not allowed.
    """
    age = now_utc - instant
    told = f"the data of {whose} are of {instant:%Y-%m-%d}, {age.days} days ago"
    if age > _STALE and not is_old_allowed:
        raise FetchError(told, next_step="use another server, or take them with --allow-old.")
    if age > _OLD:
        progress.remark(f"note: {told}")
