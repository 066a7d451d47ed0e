"""The rules inside a row: periods that run forward, sums with their currency, whole points."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mapper.registry.cells import Placed, Problem, Tables, each, problem
from mapper.registry.codes import Counted
from mapper.registry.references import periods
from mapper.registry.tables import (
    Contract,
    Count,
    Deployment,
    OrganisationLink,
    ProductPart,
    Relation,
    Shipment,
)

if TYPE_CHECKING:
    from mapper.clean.partial_date import PartialDate

_SUMS: dict[str, type[Relation | Contract | Shipment | OrganisationLink]] = {
    "relations": Relation,
    "contracts": Contract,
    "shipments": Shipment,
    "organisation_links": OrganisationLink,
}
_EVENTS: dict[str, type[Relation | Deployment]] = {
    "relations": Relation,
    "deployments": Deployment,
}


def problems_of_periods(tables: Tables) -> Iterator[Problem]:
    """Find the rows whose cells contradict each other."""
    for table, begin, end in periods():
        for placed in tables[table]:
            yield from _backwards(table, placed, begin, end)
    for table, with_sum in _SUMS.items():
        for placed, money in each(tables, with_sum):
            yield from _sum(table, placed, money)
    for table, with_event in _EVENTS.items():
        for placed, row in each(tables, with_event):
            yield from _events(table, placed, row)
    for placed, deployment in each(tables, Deployment):
        yield from _point(placed, deployment)
    yield from _single_cells(tables)
    yield from _shared_sums(tables)


def _single_cells(tables: Tables) -> Iterator[Problem]:
    for placed, count in each(tables, Count):
        if count.what is not Counted.STORAGE_PETABYTES and count.value % 1:
            yield problem("counts", placed, "value", "a whole number")
    for placed, relation in each(tables, Relation):
        if relation.recipient_org is None and relation.deployment_id is None:
            allowed = "a recipient, a deployment, or both"
            yield problem("relations", placed, "recipient_org", allowed)
    for placed, link in each(tables, OrganisationLink):
        if link.from_org == link.to_org:
            yield problem("organisation_links", placed, "to_org", "another than from_org")


def _shared_sums(tables: Tables) -> Iterator[Problem]:
    for placed, relation in each(tables, Relation):
        if relation.contract_id is not None and relation.value is not None:
            allowed = "empty where the contract holds the sum"
            yield problem("relations", placed, "value", allowed)
    for placed, contract in each(tables, Contract):
        told = (contract.outcome_told, contract.outcome_source_id)
        if any((cell is None) != (contract.outcome is None) for cell in told):
            allowed = "an outcome, its words and its source together, or none of them"
            yield problem("contracts", placed, "outcome", allowed)
    for placed, part in each(tables, ProductPart):
        if part.product_id == part.part_product_id:
            yield problem("product_parts", placed, "part_product_id", "another than product_id")


def _backwards(table: str, placed: Placed, begin: str, end: str) -> Iterator[Problem]:
    first: PartialDate | None = getattr(placed.row, begin)
    last: PartialDate | None = getattr(placed.row, end)
    # Only what is certainly backwards: "2022" may well end in "2022-03".
    if first is not None and last is not None and first.certainly_after(last):
        yield problem(table, placed, end, f"a day not before {begin} {first}")


def _sum(
    table: str, placed: Placed, row: Relation | Contract | Shipment | OrganisationLink
) -> Iterator[Problem]:
    if (row.value is None) != (row.currency is None):
        yield problem(table, placed, "currency", "a currency with a value, and none without")
    if row.value is None and row.value_bound is not None:
        yield problem(table, placed, "value_bound", "empty where there is no value")
    if isinstance(row, Relation) and row.value is None and row.value_per is not None:
        yield problem(table, placed, "value_per", "empty where there is no value")


def _events(table: str, placed: Placed, row: Relation | Deployment) -> Iterator[Problem]:
    begun = row.valid_from or row.valid_from_as_written
    ended = row.valid_to or row.valid_to_as_written
    if row.valid_from_event is not None and not begun:
        yield problem(table, placed, "valid_from_event", "empty where valid_from is empty")
    if row.valid_to_event is not None and not ended:
        yield problem(table, placed, "valid_to_event", "empty where valid_to is empty")


def _point(placed: Placed, row: Deployment) -> Iterator[Problem]:
    cells = (row.lon_deg, row.lat_deg, row.location_precision_m)
    if any(cell is None for cell in cells) and any(cell is not None for cell in cells):
        allowed = "lon_deg, lat_deg and location_precision_m together, or none of them"
        yield problem("deployments", placed, "lon_deg", allowed)
    if row.location_precision_m == 0:
        yield problem("deployments", placed, "location_precision_m", "metres above 0")
    # Spreadsheets write 0 for an empty cell.
    if row.lon_deg == 0 and row.lat_deg == 0:
        yield problem("deployments", placed, "lon_deg", "a place; 0, 0 is written for unknown")
