"""
How many cameras stood in a source at the end of each month, as far as its snapshots tell.

Growth of what is mapped, and never of what was installed: a camera of 2005 may be mapped today.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mapper.release.camera_events import Event, EventKind
from mapper.release.dating import OLDEST_EDIT

ALL = "all"
COUNTRY = "country"
MAKER = "maker"
NOT_KNOWN = "not known"

_MONTH_CHARS = len("2026-11")
_CAME = frozenset({EventKind.CAME, EventKind.CAME_BACK})
_GROUPS: tuple[tuple[str, Callable[[Event], str]], ...] = (
    (ALL, lambda _: ALL),
    (COUNTRY, lambda event: event.country_code or NOT_KNOWN),
    (MAKER, lambda event: event.maker or NOT_KNOWN),
)


@dataclass(frozen=True, slots=True)
class Growth:
    """
    One group in one month in which it may have changed.

    Attributes
    ----------
    grouped_by, group
        ``all``, ``country`` or ``maker``, and which.
    month
        ``2026-11``.
    came, ended
        Events whose latest possible moment lies in the month.
    standing_min, standing_max
        How many stood at its end, at least and at most.
    """

    grouped_by: str
    group: str
    month: str
    came: int
    ended: int
    standing_min: int
    standing_max: int


def growth_of(events: Iterable[Event]) -> Iterator[Growth]:
    """
    Yield the growth of all, of each country and of each maker.

    Parameters
    ----------
    events
        Of one source, in any order; the other kinds than coming and ending are passed over.
    """
    relevant = [event for event in events if event.kind in _CAME or event.kind is EventKind.ENDED]
    for grouped_by, group_of in _GROUPS:
        groups: dict[str, list[Event]] = {}
        for event in relevant:
            groups.setdefault(group_of(event), []).append(event)
        for group in sorted(groups):
            yield from _of_group(grouped_by, group, groups[group])


def _of_group(grouped_by: str, group: str, events: Iterable[Event]) -> Iterator[Growth]:
    bounds = [
        (event.kind in _CAME, _month(event.not_before_utc), _month(event.not_after_utc))
        for event in events
    ]
    came_first = sorted(first for is_coming, first, _ in bounds if is_coming)
    came_last = sorted(last for is_coming, _, last in bounds if is_coming)
    ended_first = sorted(first for is_coming, first, _ in bounds if not is_coming)
    ended_last = sorted(last for is_coming, _, last in bounds if not is_coming)
    came_before = ended_before = 0
    for month in sorted({month for _, first, last in bounds for month in (first, last)}):
        came, ended = bisect_right(came_last, month), bisect_right(ended_last, month)
        yield Growth(
            grouped_by=grouped_by,
            group=group,
            month=month,
            came=came - came_before,
            ended=ended - ended_before,
            # At least: what surely came, less what may have ended; at most the other way about.
            standing_min=max(0, came - bisect_right(ended_first, month)),
            standing_max=bisect_right(came_first, month) - ended,
        )
        came_before, ended_before = came, ended


def _month(instant: str) -> str:
    # Where nothing bounds it, it is no older than OpenStreetMap itself.
    return (instant or OLDEST_EDIT.isoformat())[:_MONTH_CHARS]
