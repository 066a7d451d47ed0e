"""
How many cameras left a dataset in each month, in each country, and why.

A camera that is withheld since some day has no events: its id alone would lead to somebody's home.
It is a number here, with month and country only where that number is large enough to hide whose.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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
"""Where a count by country would be too small to hide whose it is."""

_MONTH_CHARS = len("2026-11")


class Unnamed(NamedTuple):
    """
    What is told of a camera that left, where it has no event.

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


class Left(NamedTuple):
    """A camera that one release had and the next one had not."""

    camera_id: str
    told: Unnamed


@dataclass(frozen=True, slots=True)
class Departure:
    """
    Cameras that left in one month for one reason.

    Attributes
    ----------
    month
        ``2026-11``: the latest in which it can have been; empty for withheld cameras of several
        months, of which none had enough.
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
        Withheld cameras of a country and month are counted together with those of other countries
        where they are fewer, then with those of other months, and are no row where all are fewer.
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
    # What ended can be looked up in the source by everybody; what is withheld must not be.
    for month, country_code, count in _large_enough(withheld, smallest_count):
        counts[month, country_code, WITHHELD] += count
    for (month, country_code, why), count in sorted(counts.items()):
        yield Departure(month, country_code, why, count)


def _large_enough(
    withheld: Mapping[tuple[str, str], int], smallest_count: int
) -> Iterator[tuple[str, str, int]]:
    """Yield numbers by month and country, else by month, else of all months; none that is small."""
    of_months: Counter[str] = Counter()
    rest = 0
    for (month, country_code), count in withheld.items():
        if country_code and count >= smallest_count:
            yield month, country_code, count
        else:
            of_months[month] += count
    for month, count in of_months.items():
        if count >= smallest_count:
            yield month, ELSEWHERE, count
        else:
            rest += count
    if rest >= smallest_count:
        yield "", ELSEWHERE, rest


def beside_few_withheld(
    left: Iterable[Left], hidden_ids: AbstractSet[str], *, smallest_count: int
) -> frozenset[str]:
    """
    Return who is gone from a country at the release at which a few of it were withheld.

    Their events would point at the few: they are what one release had, the next has not, and no
    event tells of.

    Parameters
    ----------
    left
        Every camera that a release had and the next one had not.
    hidden_ids
        Cameras that have no events.
    smallest_count
        How many are no few any more.
    """
    missing: dict[tuple[str, str], set[str]] = {}
    for each in left:
        # Another device or a reject is in a table of the release, and covers nobody.
        if each.told.why not in {NO_CAMERA, UNREADABLE}:
            key = (each.told.not_after_utc, each.told.country_code)
            missing.setdefault(key, set()).add(each.camera_id)
    beside: set[str] = set()
    for camera_ids in missing.values():
        if 0 < len(camera_ids & hidden_ids) < smallest_count:
            beside |= camera_ids
    return frozenset(beside - hidden_ids)
