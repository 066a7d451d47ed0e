"""
Systems and supplies that fit a question: words, place, time, supplier, part, law.

A question that names something about a supply (who, in which part, from where, on which list) is
answered by supplies; any other by systems with all their supplies. What certainly lies outside
of the time asked for is left out and counted; what nobody dates is kept and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mapper.answers.documented_systems import (
    DocumentedSupply,
    DocumentedSystem,
    both,
    standing_deployments,
    system_of,
    untied_supplies,
)
from mapper.answers.legal_status import ListStatus, status
from mapper.answers.search_words import SearchWords
from mapper.answers.supply import Edge
from mapper.answers.time_window import Window
from mapper.clean.country_names import Area
from mapper.clean.partial_date import PartialDate, parse
from mapper.registry.codes import Answer, Layer, Role, Technology
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment
from mapper.registry.technology_names import technologies_called


class Part(StrEnum):
    """The parts of a question, in the order in which they narrow the answer."""

    ALL = "all"
    AREA = "area"
    TECHNOLOGY = "technology"
    WORDS = "words"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True)
class Query:
    """
    What is asked for; an empty part asks for anything.

    Attributes
    ----------
    text
        Words that must all occur: in names, places, products, statements, titles. A text that
        is the name of a technology asks for that technology.
    home
        Where the supplier has its seat.
    listed
        The id of a legal list on which the supplier stood.
    listed_on
        The day for ``listed``; None takes the day on which the list was last read.
    """

    text: str = ""
    area: Area | None = None
    window: Window | None = None
    supplier_org: str | None = None
    technologies: frozenset[Technology] = frozenset()
    layers: frozenset[Layer] = frozenset()
    roles: frozenset[Role] = frozenset()
    home: Area | None = None
    listed: str | None = None
    listed_on: PartialDate | None = None

    @property
    def asks_for_supplies(self) -> bool:
        """Whether it names something that only a supply has."""
        return bool(
            self.supplier_org or self.layers or self.roles or self.home or self.listed is not None
        )


@dataclass(frozen=True, slots=True)
class SearchResult:
    """
    What fits, and how it came to that.

    Attributes
    ----------
    query
        As asked, with a text that names a technology read as one.
    systems
        By country, then name; each with the supplies that fit.
    outside
        How many systems or supplies certainly lie outside of the time asked for.
    steps
        What was asked, part by part, and how many systems were left after it.
    listing
        Supplier -> its answer for the list asked for.
    """

    query: Query
    systems: tuple[DocumentedSystem, ...]
    outside: int
    steps: tuple[tuple[Part, int], ...]
    listing: Mapping[str, ListStatus] = field(default_factory=dict)


def search(registry: Registry, query: Query) -> SearchResult:
    """
    Find the systems and supplies that fit a question.

    Raises
    ------
    UsageError
        If the registry knows no such list.
    """
    query = _technology_read(query)
    rows = standing_deployments(registry)
    steps = [(Part.ALL, len(rows))]
    if query.area is not None:
        rows = tuple(row for row in rows if _lies_in(query, row.country_code))
        steps.append((Part.AREA, len(rows)))
    if query.technologies:
        rows = tuple(row for row in rows if query.technologies & set(row.technologies))
        steps.append((Part.TECHNOLOGY, len(rows)))
    systems = [system_of(registry, row, _window(query, row)) for row in rows]
    # A supply without a system has no technology of its own, so a question for one cannot fit it.
    if not query.technologies:
        systems += _untied(registry, query)
    if query.text:
        searched = SearchWords(registry, query.text)
        systems = [narrowed for system in systems if (narrowed := searched.in_system(system))]
        steps.append((Part.WORDS, len(systems)))
    listing = _listing(registry, query, systems)
    kept, outside = [], 0
    for system in systems:
        fitting = _fitting(registry, query, system, listing)
        if query.asks_for_supplies and not fitting:
            continue
        # A supply cannot reach into a time in which its system certainly was not.
        in_time = [one for one in fitting if both(one.in_time, system.in_time) is not Answer.NO]
        # Left out and counted: a reader must see that the time asked for took something away.
        if system.in_time is Answer.NO or (query.asks_for_supplies and not in_time):
            outside += len(fitting) if query.asks_for_supplies else 1
            continue
        outside += len(fitting) - len(in_time) if query.asks_for_supplies else 0
        fits = tuple(edge for edge in system.named if _edge_fits(registry, query, edge))
        kept.append(replace(system, supplies=tuple(in_time), named=fits))
    if query.asks_for_supplies:
        steps.append((Part.SUPPLY, len(kept)))
    ordered = sorted(kept, key=lambda system: _order(system, query))
    return SearchResult(query, tuple(ordered), outside, tuple(steps), listing)


def _technology_read(query: Query) -> Query:
    meant = technologies_called(query.text)
    if not meant:
        return query
    return replace(query, text="", technologies=query.technologies | meant)


def _lies_in(query: Query, country_code: str) -> bool:
    if query.area is None:
        return True
    # A group of countries has members that came and left; each has the days on which it was one.
    span = query.area.spans.get(country_code)
    if span is None:
        return False
    if query.window is None:
        # With no day asked for, who has left a group is no part of it.
        return span[1] == max(last for _, last in query.area.spans.values())
    return query.window.cut(*span) is not None


def _window(query: Query, row: Deployment) -> Window | None:
    """Return the days asked for, as far as the country belonged to the group on them."""
    if query.window is None or query.area is None:
        return query.window
    return query.window.cut(*query.area.spans[row.country_code])


def _untied(registry: Registry, query: Query) -> Iterable[DocumentedSystem]:
    for system in untied_supplies(registry, query.window):
        recipient = system.recipient_org
        code = registry.organisation[recipient].country_code if recipient else None
        if query.area is None or (code is not None and _lies_in(query, code)):
            yield system


def _fitting(
    registry: Registry,
    query: Query,
    system: DocumentedSystem,
    listing: Mapping[str, ListStatus],
) -> tuple[DocumentedSupply, ...]:
    return tuple(
        supply
        for supply in system.supplies
        if _fits(registry, query, supply)
        and (query.listed is None or supply.edge.relation.supplier_org in listing)
    )


def _fits(registry: Registry, query: Query, supply: DocumentedSupply) -> bool:
    return _edge_fits(registry, query, supply.edge)


def _edge_fits(registry: Registry, query: Query, edge: Edge) -> bool:
    row = edge.relation
    if query.supplier_org is not None and row.supplier_org != query.supplier_org:
        return False
    if query.layers and row.layer not in query.layers:
        return False
    if query.roles and row.role not in query.roles:
        return False
    if query.home is not None:
        return registry.organisation[row.supplier_org].country_code in query.home.spans
    return True


def _listing(
    registry: Registry, query: Query, systems: Iterable[DocumentedSystem]
) -> dict[str, ListStatus]:
    """Return the suppliers that stood on the list asked for, or of whom that is not known."""
    if query.listed is None:
        return {}
    day = query.listed_on or _last_read(registry, query.listed)
    # Only suppliers that fit the rest of the question are looked up: one answer costs a walk over
    # all readings of the list.
    suppliers = {
        supply.edge.relation.supplier_org
        for system in systems
        for supply in system.supplies
        if _fits(registry, query, supply)
    }
    answers = {
        org_id: status(registry, org_id, query.listed, day)[0] for org_id in sorted(suppliers)
    }
    return {
        org_id: answer
        for org_id, answer in answers.items()
        # "Unknown" with an entry means that it may have been in force; without one it means that
        # nobody looked, which answers no question for a list.
        if answer.answer is Answer.YES or (answer.answer is Answer.UNKNOWN and answer.entries)
    }


def _last_read(registry: Registry, list_id: str) -> PartialDate:
    """Return the last day of which a text of the list was read; else the day of the evidence."""
    readings = registry.sights.readings(list_id)
    days = [row.as_of for row in readings if row.as_of.is_day]
    if days:
        return max(days, key=PartialDate.sort_key)
    return parse(registry.evidence_on)


def _order(system: DocumentedSystem, query: Query) -> tuple[bool, bool, str, str, str]:
    """Put what is certain first, then by country and name."""
    certain = any(supply.in_time is Answer.YES for supply in system.supplies)
    is_certain = certain if query.asks_for_supplies else system.in_time is Answer.YES
    row = system.deployment
    name = row.name.casefold() if row is not None else system.operator_name.casefold()
    key = row.deployment_id if row is not None else system.recipient_org or ""
    return (not is_certain, row is None, system.country_code, name, key)
