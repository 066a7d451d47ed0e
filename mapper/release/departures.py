"""
How many cameras left a dataset in each month, in each country, and why.

A camera that is withheld since some day has no events: its id alone would lead to somebody's home.
It is a number here, with its country only where that number hides nobody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from mapper.release.camera_events import Event, EventKind

GONE: Final = "gone from its source"
NO_CAMERA: Final = "another kind of device"
UNREADABLE: Final = "in its source, and rejected for what is written there"
WITHHELD: Final = "withheld since"
ABSENT: Final = (
    "in the release before, and not in this one: gone from its source, or withheld for what is "
    "said of it now"
)
"""Where nothing that is here tells the one from the other."""
ELSEWHERE: Final = "elsewhere"
"""The countries that are counted together."""

_MONTH_CHARS = len("2026-11")


class WithheldSince(NamedTuple):
    """
    A camera that was published, and is withheld for what is said of it now.

    Attributes
    ----------
    since_utc
        ISO day or instant, not later than which it became so.
    country_code
        ISO 3166-1 of where it stood; empty where not known.
    """

    since_utc: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Departure:
    """
    Cameras that left in one month for one reason.

    Attributes
    ----------
    month
        ``2026-11``: the latest in which it can have been.
    country_code
        ISO 3166-1; ``ELSEWHERE`` where a count would be too small to hide whose it is.
    why
        As an event that ended tells it, or ``WITHHELD``.
    """

    month: str
    country_code: str
    why: str
    cameras: int


def departures_of(
    events: Iterable[Event], withheld: Iterable[WithheldSince], *, smallest_count: int
) -> Iterator[Departure]:
    """
    Yield what left, by month, country and reason.

    Parameters
    ----------
    events
        Of one source; those that are no end are passed over.
    smallest_count
        Withheld cameras of a country and month are counted together with those of others where
        they are fewer.
    """
    counts = Counter(
        (event.not_after_utc[:_MONTH_CHARS], event.country_code, event.after)
        for event in events
        if event.kind is EventKind.ENDED
    )
    by_country = Counter((each.since_utc[:_MONTH_CHARS], each.country_code) for each in withheld)
    for (month, country_code), count in by_country.items():
        # What ended can be looked up in the source by everybody; what is withheld must not be.
        shown = country_code if country_code and count >= smallest_count else ELSEWHERE
        counts[month, shown, WITHHELD] += count
    for (month, country_code, why), count in sorted(counts.items()):
        yield Departure(month, country_code, why, count)
