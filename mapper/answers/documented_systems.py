"""
Systems with everybody who stands behind them, and which of that reaches into a stretch of time.

What stands behind a system is what its chain shows: its suppliers, and the makers of components
inside their products. A component counts for a system only as long as the maker does that it
is inside of.
"""

from dataclasses import dataclass, replace
from datetime import date

from mapper.answers.supply import Edge, edge_of
from mapper.answers.supply_chain import ChainNode, chain, nodes
from mapper.answers.time_window import Window
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer, Event, Role, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Count, Deployment, Relation

_SEEN = frozenset({Event.IN_USE, Event.REPORTED, Event.FIRST_DESCRIBED})
"""Of a first day: it was there by then."""


@dataclass(frozen=True, slots=True)
class DocumentedSupply:
    """
    A supply behind a system.

    Attributes
    ----------
    inside_of
        The maker whose product the component is inside of; empty for a supply to the system.
    in_time
        Whether it reaches into the stretch asked for; yes where none was asked for.
    """

    edge: Edge
    inside_of: str
    in_time: Answer


@dataclass(frozen=True, slots=True)
class DocumentedSystem:
    """
    A system and who stands behind it.

    Attributes
    ----------
    deployment
        None for supplies that no source ties to one system; they share a recipient.
    operator_name, recipient_org
        Who runs it, empty where that is unknown; for supplies without a system, who received.
    counts
        As sources give them, retracted ones left out, by id.
    in_time
        Whether the system itself reaches into the stretch asked for.
    named
        Relations of the system that no claim states as a supply; never counted as one.
    """

    deployment: Deployment | None
    operator_name: str
    recipient_org: str | None
    counts: tuple[Count, ...]
    supplies: tuple[DocumentedSupply, ...]
    in_time: Answer
    named: tuple[Edge, ...] = ()

    @property
    def country_code(self) -> str:
        """The country it stands in; empty for supplies without a system."""
        return self.deployment.country_code if self.deployment is not None else ""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source of its counts and supplies, sorted."""
        sources = {count.source_id for count in self.counts}
        sources |= {one for supply in self.supplies for one in supply.edge.source_ids}
        sources |= {one for edge in self.named for one in edge.source_ids}
        return tuple(sorted(sources))

    def with_supplies(self, supplies: tuple[DocumentedSupply, ...]) -> "DocumentedSystem":
        """Return the same system with other supplies, such as those that fit a question."""
        return replace(self, supplies=supplies)


def system_of(
    registry: Registry, deployment: Deployment, window: Window | None = None
) -> DocumentedSystem:
    """
    Gather a system and every supply behind it, those outside of a stretch of time too.

    Parameters
    ----------
    window
        The stretch asked for; None asks for everything known.
    """
    in_time = Answer.YES
    if window is not None:
        in_time = window.meets(_begin(deployment), deployment.valid_to)
    # Asked without a day: the window is judged below, supply by supply, with its own three answers.
    root = chain(registry, deployment.deployment_id).root
    supplies = [
        supply for child in root.children for supply in _behind(child, "", window, Answer.YES)
    ]
    counts = [
        row
        for row in registry.counts
        if row.deployment_id == deployment.deployment_id
        and registry.retraction(SubjectKind.COUNT, row.count_id) is None
    ]
    operator = deployment.operator_org
    return DocumentedSystem(
        deployment=deployment,
        operator_name=registry.name(operator) if operator else "",
        recipient_org=operator,
        counts=tuple(counts),
        supplies=tuple(supplies),
        in_time=in_time,
        named=tuple(node.edge for node in nodes(root) if node.edge and not node.edge.is_supply),
    )


def standing_deployments(registry: Registry) -> tuple[Deployment, ...]:
    """Return the deployments that are not retracted, by name."""
    rows = [
        row
        for row in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.deployment_id)))


def untied_supplies(registry: Registry, window: Window | None) -> tuple[DocumentedSystem, ...]:
    """
    Return the supplies that no source ties to one system, by recipient.

    Components are left out: they stand behind every system of the maker they are inside of.
    """
    by_recipient: dict[str | None, list[DocumentedSupply]] = {}
    for row in registry.relations:
        # A component stands behind its maker's systems through the chain; here it would be told
        # twice.
        if row.deployment_id is not None or row.role is Role.COMPONENT:
            continue
        edge = edge_of(registry, row.relation_id)
        if edge.is_supply:
            supply = DocumentedSupply(edge, "", _in_time(edge, window))
            by_recipient.setdefault(row.recipient_org, []).append(supply)
    return tuple(
        DocumentedSystem(
            deployment=None,
            operator_name=registry.name(recipient) if recipient else "",
            recipient_org=recipient,
            counts=(),
            supplies=tuple(supplies),
            in_time=Answer.YES,
        )
        for recipient, supplies in sorted(by_recipient.items(), key=lambda row: row[0] or "")
    )


def _behind(
    node: ChainNode, inside_of: str, window: Window | None, above: Answer
) -> list[DocumentedSupply]:
    supplies = []
    if node.edge is not None:
        # A component is in time only as long as what it is inside of; so the answer is handed down.
        above = both(above, _in_time(node.edge, window))
        if not node.edge.is_supply:
            # What is inside the products of somebody who is only named stands behind nothing here.
            return []
        supplies.append(DocumentedSupply(node.edge, inside_of, above))
        inside_of = node.name
    for child in node.children:
        supplies += _behind(child, inside_of, window, above)
    return supplies


def _in_time(edge: Edge, window: Window | None) -> Answer:
    if window is None:
        return Answer.YES
    row = edge.relation
    # A claim may end a supply whose row names no last day.
    return window.meets(_begin(row), row.valid_to or edge.status.ended_on)


def _begin(row: Relation | Deployment) -> PartialDate | None:
    """Return the first day; a day on which it was seen in use may have many before it."""
    begin = row.valid_from
    # "Reported in 2021" says that it was there by then. Taken as a first day it would deny 2019,
    # which nobody said.
    if begin is not None and row.valid_from_event in _SEEN:
        return PartialDate(begin.text, date.min, begin.latest)
    return begin


def both(first: Answer, second: Answer) -> Answer:
    """Return yes only where both are, and no where one is."""
    if Answer.NO in {first, second}:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in {first, second} else Answer.YES
