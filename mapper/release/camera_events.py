"""
What happened to each camera, from what was known of it at one moment after another.

A history file knows the instant of each change. Between two snapshots a change lies somewhere:
not before the first and not after the second, and nothing says more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class EventKind(StrEnum):
    """What happened."""

    CAME = "came"
    CAME_BACK = "came back"
    ENDED = "ended"
    MAKER = "maker"
    OPERATOR = "operator"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class State:
    """
    What a source says of one camera at one moment.

    Attributes
    ----------
    not_before_utc, not_after_utc
        ISO instants or days between which it became so; the first is empty where nothing bounds it.
    stands
        Whether it is a camera that stands; where not, ``why`` says what it is instead.
    maker, operator, direction
        As published; empty where not known or withheld.
    country_code
        ISO 3166-1; empty where not known.
    """

    camera_id: str
    not_before_utc: str
    not_after_utc: str
    stands: bool
    why: str = ""
    maker: str = ""
    operator: str = ""
    direction: str = ""
    country_code: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """
    One change of one camera.

    Attributes
    ----------
    before, after
        The value that changed; for an end ``after`` says how, for the others of its kind nothing.
    maker, country_code
        Of the camera as last known, by which growth is counted.
    """

    camera_id: str
    kind: EventKind
    not_before_utc: str
    not_after_utc: str
    before: str
    after: str
    maker: str
    country_code: str


def events_of(states: Iterable[State]) -> Iterator[Event]:
    """
    Yield the events of every camera.

    Parameters
    ----------
    states
        Those of one camera together, each camera's in the order of time.
    """
    for _, group in groupby(states, key=lambda state: state.camera_id):
        yield from _of_camera(list(group))


def _of_camera(states: Sequence[State]) -> Iterator[Event]:
    # By the last that is known of it, so that a maker who is added later counts from the beginning.
    last = next((state for state in reversed(states) if state.stands), None)
    if last is None:
        return
    stands = False
    sighting: State | None = None
    for state in states:
        if state.stands and not stands:
            kind = EventKind.CAME if sighting is None else EventKind.CAME_BACK
            yield _event(state, kind, "", "", last)
        elif stands and not state.stands:
            yield _event(state, EventKind.ENDED, "", state.why, last)
        stands = state.stands
        if not stands:
            continue
        # What changed while it was away changed between two sightings all the same.
        yield from _changes(sighting or state, state, last)
        sighting = state


def _changes(before: State, after: State, last: State) -> Iterator[Event]:
    for kind, old, new in (
        (EventKind.MAKER, before.maker, after.maker),
        (EventKind.OPERATOR, before.operator, after.operator),
        (EventKind.DIRECTION, before.direction, after.direction),
    ):
        if old != new:
            yield _event(after, kind, old, new, last)


def _event(state: State, kind: EventKind, before: str, after: str, last: State) -> Event:
    return Event(
        camera_id=state.camera_id,
        kind=kind,
        not_before_utc=state.not_before_utc,
        not_after_utc=state.not_after_utc,
        before=before,
        after=after,
        maker=last.maker,
        country_code=last.country_code,
    )
