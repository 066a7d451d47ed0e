"""The dated events of an organisation: a list, oldest first, and a strip that draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapper.answers.organisation_profile import VendorProfile
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import NameKind
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import as_written, day, gettext, marked
from mapper.telling.legal_words import EFFECT_NAMES
from mapper.telling.role_words import role_of
from mapper.telling.statements import Presenter, Ref

LANES: tuple[tuple[str, str], ...] = (
    ("name", marked("Names")),
    ("owner", marked("Owners and ties")),
    ("supply", marked("Supplies")),
    ("listing", marked("Listings")),
    ("statement", marked("Own statements")),
)
"""Kind of event -> the lane it is drawn in, from the top."""

_WIDTH, _LEFT, _RIGHT = 1000.0, 128.0, 16.0
_LANE, _TOP, _FOOT = 26.0, 8.0, 24.0
_TICK_STEPS = (1, 2, 5, 10, 20, 50)
_TICKS_MAX = 14


@dataclass(frozen=True, slots=True)
class Event:
    """
    Something that happened.

    Attributes
    ----------
    earliest, latest
        The first and last day it can have been; an open side is the known one.
    who
        Linked before the text, where there is one.
    """

    kind: str
    when: str
    earliest: date
    latest: date
    text: str
    who: Ref | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StripMark:
    """A drawn event; ``x_to`` is larger than ``x`` where the day is not known."""

    kind: str
    x: float
    x_to: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Strip:
    """
    The strip.

    Attributes
    ----------
    lanes
        (y of the middle, name) of each lane that has an event.
    ticks
        (x, year).
    """

    width: float
    height: float
    left: float
    right: float
    lanes: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[StripMark, ...]


def events_of(presenter: Presenter, profile: VendorProfile) -> tuple[Event, ...]:
    """Gather the dated events of an organisation, oldest first."""
    events = [
        *_births(profile),
        *_names(profile),
        *_links(presenter, profile),
        *_supplies(presenter, profile),
        *_listings(presenter, profile),
        *_statements(profile),
    ]
    order = [kind for kind, _ in LANES]
    return tuple(
        sorted(
            _together(events),
            key=lambda event: (event.earliest, event.latest, order.index(event.kind), event.text),
        )
    )


def _together(events: Iterable[Event]) -> list[Event]:
    """Make one of events that differ in nothing but their sources."""
    pooled: dict[tuple[str, str, str, Ref | None], Event] = {}
    for event in events:
        key = (event.kind, event.when, event.text, event.who)
        first = pooled.setdefault(key, event)
        if first is not event:
            pooled[key] = replace(first, sources=cited((*first.sources, *event.sources)))
    return list(pooled.values())


def _event(
    kind: str,
    when: PartialDate | None,
    text: str,
    sources: tuple[str, ...] = (),
    who: Ref | None = None,
) -> list[Event]:
    """Make an event, if its day is known at all."""
    if when is None:
        return []
    earliest = when.latest if when.earliest == date.min else when.earliest
    latest = when.earliest if when.latest == date.max else when.latest
    return [Event(kind, day(when), earliest, latest, text, who, sources)]


def _births(profile: VendorProfile) -> list[Event]:
    row = profile.organisation
    return _event("name", row.founded, gettext("Founded")) + _event(
        "name", row.dissolved, gettext("Dissolved")
    )


def _names(profile: VendorProfile) -> list[Event]:
    events: list[Event] = []
    for row in profile.names:
        if row.kind is NameKind.MISSPELLING:
            continue
        sources = cited([row.source_id])
        events += _event(
            "name", row.valid_from, gettext("Name from then on: {name}", name=row.name), sources
        )
        events += _event(
            "name", row.valid_to, gettext("Name until then: {name}", name=row.name), sources
        )
    return events


def _links(presenter: Presenter, profile: VendorProfile) -> list[Event]:
    events: list[Event] = []
    for row in profile.links:
        sources = cited([row.source_id])
        text = f"{gettext(words.LINKS[row.kind])} {presenter.registry.name(row.to_org)}"
        who = presenter.organisation(row.from_org)
        events += _event("owner", row.valid_from, text, sources, who)
        events += _event("owner", row.valid_to, gettext("{tie}: ends", tie=text), sources, who)
    return events


def _supplies(presenter: Presenter, profile: VendorProfile) -> list[Event]:
    events: list[Event] = []
    for edge in (*profile.supplies, *profile.components):
        relation = edge.relation
        place = relation.deployment_id
        name = presenter.registry.deployment[place].name if place else ""
        where = as_written(name) if name else edge.recipient_name
        inside = f"{gettext('in products of')} " if edge in profile.components else ""
        role = role_of(edge)
        text = f"{role[0].upper()}{role[1:]}: {inside}{where}"
        event = f", {words.said(relation.valid_from_event)}" if relation.valid_from_event else ""
        events += _event("supply", relation.valid_from, f"{text}{event}", cited(edge.source_ids))
    return events


def _listings(presenter: Presenter, profile: VendorProfile) -> list[Event]:
    events: list[Event] = []
    for row in profile.listings:
        sources = cited([row.source_id])
        listed = as_written(presenter.registry.legal_list[row.list].name)
        limited = f"; {as_written(row.scope)}" if row.scope else ""
        effect = gettext(EFFECT_NAMES[row.effect]) + limited
        for when, what in (
            (row.announced_on, gettext("announced")),
            (row.effective_on, gettext("in force")),
            (row.ended_on, gettext("no longer in force")),
        ):
            events += _event("listing", when, f"{listed} ({effect}): {what}", sources)
    return events


def _statements(profile: VendorProfile) -> list[Event]:
    events: list[Event] = []
    for claim in profile.own_statements:
        if claim.statement is not None:
            events += _event("statement", claim.as_of, claim.statement, cited([claim.source_id]))
    return events


def strip_of(events: Sequence[Event]) -> Strip | None:
    """Draw events as a strip with one lane a kind; None where there are fewer than two days."""
    days = {day for event in events for day in (event.earliest, event.latest)}
    if len(days) < 2:  # noqa: PLR2004 - one day needs no line
        return None
    first, last = min(days).year, max(days).year + 1
    lanes = [lane for lane in LANES if any(event.kind == lane[0] for event in events)]
    middle = {kind: _TOP + _LANE * (row + 0.5) for row, (kind, _) in enumerate(lanes)}
    scale = (_WIDTH - _LEFT - _RIGHT) / (date(last, 1, 1) - date(first, 1, 1)).days

    def across(day: date) -> float:
        return round(_LEFT + (day - date(first, 1, 1)).days * scale, 1)

    step = next(years for years in _TICK_STEPS if (last - first) / years <= _TICKS_MAX)
    years = range(first + (-first) % step, last + 1, step)
    return Strip(
        width=_WIDTH,
        height=_TOP + _LANE * len(lanes) + _FOOT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        lanes=tuple((middle[kind], gettext(name)) for kind, name in lanes),
        ticks=tuple((across(date(year, 1, 1)), str(year)) for year in years),
        marks=tuple(
            StripMark(
                kind=event.kind,
                x=across(event.earliest),
                x_to=across(event.latest),
                y=middle[event.kind],
                title=f"{event.when}: {event.who.name + ' ' if event.who else ''}{event.text}",
            )
            for event in events
        ),
    )
