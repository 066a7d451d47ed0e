"""What is known of a vendor, of a chain and of the law on a day, as tables: a line for each row."""

from collections.abc import Iterable, Iterator
from typing import Final

from mapper.answers.legal_status import ListStatus
from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.supply import Edge
from mapper.answers.supply_chain import Chain, ChainNode
from mapper.clean.partial_date import PartialDate
from mapper.registry.registry import Registry
from mapper.telling.reason_words import reason_words

_OF_AN_EDGE: Final = (
    *("relation_id", "supplier_id", "supplier", "recipient_id", "recipient", "layer", "role"),
    *("product", "supplied_from", "supplied_to", "stage", "status", "is_supply", "source_ids"),
)

VENDOR_COLUMNS: Final = ("part", "deployment_id", "deployment", "country_code", *_OF_AN_EDGE)
"""A line for each relation; ``part`` says in which list of `mapper vendor` it stands."""

CHAIN_COLUMNS: Final = (
    *("deployment_id", "depth", "step", "org_id", "name", "above_id", "is_in_system", "in_force"),
    *_OF_AN_EDGE,
)
"""
A line for each node, those above first.

``is_in_system`` is false for a component of a maker's products that no source ties to the system.
"""

STATUS_COLUMNS: Final = (
    *("org_id", "name", "on", "list_id", "list", "answer", "reason", "last_known_yes"),
    *("designation_id", "effect", "effective_on", "ended_on", "instrument", "last_read"),
    "source_ids",
)
"""A line for each list; the entry is the one that decided, or the next one to know of."""


def vendor_rows(registry: Registry, profile: VendorProfile) -> list[list[str]]:
    """Return a line for each relation of an organisation, the columns first."""
    parts = (
        ("supplies", profile.supplies),
        ("component", profile.components),
        ("named_only", profile.named),
        ("receives", profile.received),
    )
    lines = [list(VENDOR_COLUMNS)]
    for part, edges in parts:
        for edge in edges:
            place = edge.relation.deployment_id
            row = registry.deployment[place] if place else None
            head = (part, place, row.name if row else "", row.country_code if row else "")
            lines.append(_cells(*head, *_of(edge)))
    return lines


def chain_rows(chain: Chain) -> list[list[str]]:
    """Return a line for each node of a chain, and for what stands beside it, the columns first."""
    place = chain.deployment.deployment_id
    below = _of_node(chain.root, 0, "")
    return [list(CHAIN_COLUMNS), *(_cells(place, *line) for line in below)]


def status_rows(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus], on: PartialDate
) -> list[list[str]]:
    """Return a line for each list, the columns first."""
    lines = [list(STATUS_COLUMNS)]
    for answer in statuses:
        row, entry = answer.legal_list, answer.entry
        # The days as the table has them; a list without an entry has none.
        days: tuple[object, ...] = (None,) * 5
        if entry is not None:
            days = (entry.designation_id, entry.effect, entry.effective_on, entry.ended_on)
            days = (*days, entry.instrument)
        lines.append(
            _cells(
                *(org_id, registry.name(org_id), on, row.list_id, row.name, answer.answer),
                *(reason_words(registry, answer.reason), answer.last_known_yes, *days),
                *(answer.last_read, " ".join(answer.source_ids)),
            )
        )
    return lines


def _of_node(node: ChainNode, depth: int, above_id: str) -> Iterator[tuple[object, ...]]:
    # The place and its operator stand in the tree by no relation, so those cells are empty.
    edge = node.edge
    edge_cells = _of(edge) if edge is not None else ("",) * len(_OF_AN_EDGE)
    in_force = edge.in_force if edge is not None else ""
    own = (depth, node.step, node.org_id, node.name, above_id)
    yield (*own, _truth(value=True), in_force, *edge_cells)
    own_id = node.org_id or ""
    for one in node.untied:
        head = (depth + 1, "", one.relation.supplier_org, one.supplier_name, own_id)
        yield (*head, _truth(value=False), one.in_force, *_of(one))
    for child in node.children:
        yield from _of_node(child, depth + 1, own_id)


def _of(edge: Edge) -> tuple[object, ...]:
    row = edge.relation
    return (
        *(row.relation_id, row.supplier_org, edge.supplier_name),
        *(row.recipient_org, edge.recipient_name, row.layer, row.role, edge.product_name),
        *(row.valid_from, row.valid_to, row.stage, edge.status.word),
        *(_truth(value=edge.is_supply), " ".join(edge.source_ids)),
    )


def _truth(*, value: bool) -> str:
    return "true" if value else "false"


def _cells(*values: object) -> list[str]:
    return ["" if value is None else str(value) for value in values]
