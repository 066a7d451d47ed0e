"""
The headline numbers of a deployment: what is said to be installed or working leads.

A number of another state (announced, planned, stated without its state) begins with that state,
so that nobody reads it as cameras that are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapper.answers.deployment_profile import stands_beside_mapped
from mapper.registry.codes import Qualifier
from mapper.registry.tables import Count
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import as_written, day, gettext
from mapper.telling.row_words import count_day
from mapper.telling.statements import CAMERA_COUNTS

_FIGURES_MAX = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A headline number: what, and over which counts it ranges.

    Attributes
    ----------
    lead
        The state, said before the number; empty where the cameras are installed or working.
    state
        The same in a word or two.
    most
        The largest number of its range.
    """

    lead: str
    state: str
    value: str
    most: Decimal
    what: str
    when: str
    sources: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The number in one line: state, value, what, when."""
        lead = f"{self.lead} " if self.lead else ""
        return f"{lead}{self.value} {self.what} ({self.when})"

    @property
    def label(self) -> str:
        """The number and, unless the cameras are there, its state: no other number stands bare."""
        return f"{self.value} ({self.state})" if self.state else self.value


def headline_count(counts: Sequence[Count]) -> str:
    """Say the camera counts of a deployment in one line; empty where no source counts cameras."""
    figures = figures_of(counts)
    if not figures:
        return ""
    return figures[0].headline


def figures_of(counts: Sequence[Count]) -> tuple[Figure, ...]:
    """Return the counts of cameras by what and state, installed and working ones first."""
    groups: dict[tuple[bool, int, bool, Qualifier], list[Count]] = {}
    for count in sorted(counts, key=count_day):
        if count.what in CAMERA_COUNTS:
            # In the order in which a reader should meet them: what is there, then by kind; a number
            # without a state before one that is planned or announced.
            key = (
                not stands_beside_mapped(count),
                CAMERA_COUNTS.index(count.what),
                count.qualifier is not Qualifier.STATED,
                count.qualifier,
            )
            groups.setdefault(key, []).append(count)
    figures = [_figure(group) for _, group in sorted(groups.items()) if _is_leading(group, counts)]
    return tuple(figures[:_FIGURES_MAX])


def _is_leading(group: Sequence[Count], counts: Sequence[Count]) -> bool:
    """Whether a group may lead: counts of a part alone do so only where they are installed."""
    if stands_beside_mapped(group[0]) or any(count.scope is None for count in group):
        return True
    # A number for one district must not stand for a city of which the whole is counted too.
    return all(count.scope is not None for count in counts if count.what is group[0].what)


def _figure(group: Sequence[Count]) -> Figure:
    # Numbers of the whole alone make the range, where there are any.
    leading = [count for count in group if count.scope is None] or list(group)
    scopes = {count.scope for count in leading}
    # Of the whole there is no scope; of several no one.
    shared = scopes.pop() if len(scopes) == 1 else None
    scope = f" ({as_written(shared)})" if shared is not None else ""
    what = f"{words.counted(leading[0].what)}{scope}"
    is_there = stands_beside_mapped(leading[0])
    state = words.qualified(leading[0].qualifier)
    return Figure(
        lead="" if is_there else _lead(leading[0].qualifier),
        state="" if is_there else state,
        value=_range(leading),
        most=max(count.value for count in leading),
        what=f"{what}, {state}" if is_there else what,
        when=_span(leading),
        sources=cited(count.source_id for count in leading),
    )


def _lead(qualifier: Qualifier) -> str:
    if qualifier is Qualifier.STATED:
        return gettext("as sources state, not said to be installed:")
    return f"{words.qualified(qualifier)}:"


def _range(counts: Sequence[Count]) -> str:
    least = min(counts, key=lambda count: count.value)
    most = max(counts, key=lambda count: count.value)
    if least.value != most.value:
        return gettext(
            "{least} to {most}",
            least=words.format_number(least.value),
            most=words.format_number(most.value),
        )
    bounds = {count.bound for count in counts}
    # "About" and "at least" of equal numbers cannot be said in one word.
    bound = bounds.pop() if len(bounds) == 1 else None
    return words.bounded(bound, words.format_number(least.value))


def _span(counts: Sequence[Count]) -> str:
    days = list(dict.fromkeys(day(count.as_of) for count in counts))
    if len(days) == 1:
        return days[0]
    return gettext("{first} to {last}", first=days[0], last=days[-1])
