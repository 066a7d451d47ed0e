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


class Unnamed(NamedTuple):
    """
    A camera that left, and has no event: it is withheld now, or was once.

    Attributes
    ----------
    not_after_utc
        ISO day or instant, not later than which it left.
    country_code
        ISO 3166-1 of where it stood; empty where not known.
    why
        ``WITHHELD``, or as an event that ended tells it.
    """

    not_after_utc: str
    country_code: str
    why: str


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
    events: Iterable[Event], unnamed: Iterable[Unnamed], *, smallest_count: int
) -> Iterator[Departure]:
    """
    Yield what left, by month, country and reason.

    Parameters
    ----------
    events
        Of one source; those that are no end are passed over.
    unnamed
        Of the same source: what left beside those events.
    smallest_count
        Withheld cameras of a country and month are counted together with those of others where
        they are fewer.
    """
    counts = Counter(
        (event.not_after_utc[:_MONTH_CHARS], event.country_code, event.after)
        for event in events
        if event.kind is EventKind.ENDED
    )
    withheld: Counter[tuple[str, str]] = Counter()
    for each in unnamed:
        month = each.not_after_utc[:_MONTH_CHARS]
        if each.why == WITHHELD:
            withheld[month, each.country_code] += 1
        else:
            counts[month, each.country_code, each.why] += 1
    for (month, country_code), count in withheld.items():
        # What ended can be looked up in the source by everybody; what is withheld must not be.
        shown = country_code if country_code and count >= smallest_count else ELSEWHERE
        counts[month, shown, WITHHELD] += count
    for (month, country_code, why), count in sorted(counts.items()):
        yield Departure(month, country_code, why, count)
