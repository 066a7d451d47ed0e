"""The rules inside a row: periods that run forward, sums with their currency, whole points."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from mapper.registry.rows import Placed, Problem, Tables, problem
from mapper.registry.words import Counted

if TYPE_CHECKING:
    from mapper.clean.partial_date import PartialDate
    from mapper.registry.tables import Count, Deployment, Relation, Row

_PERIODS = (
    ("organisations", "founded", "dissolved"),
    ("organisation_names", "valid_from", "valid_to"),
    ("organisation_links", "valid_from", "valid_to"),
    ("deployments", "valid_from", "valid_to"),
    ("relations", "valid_from", "valid_to"),
    ("shipments", "period_from", "period_to"),
    ("designations", "announced_on", "effective_on"),
    ("designations", "announced_on", "ended_on"),
    ("designations", "effective_on", "ended_on"),
    ("list_checks", "covers_from", "checked_on"),
    ("replies", "asked_on", "answered_on"),
)
_SUMS = ("relations", "shipments", "organisation_links")
_EVENTS = ("relations", "deployments")


def problems_of_periods(tables: Tables) -> Iterator[Problem]:
    """Find the rows whose cells contradict each other."""
    for table, begin, end in _PERIODS:
        for placed in tables[table]:
            yield from _backwards(table, placed, begin, end)
    rules: tuple[tuple[tuple[str, ...], Callable[[str, Placed], Iterator[Problem]]], ...] = (
        (_SUMS, _sum),
        (_EVENTS, _events),
        (("deployments",), _point),
        (("counts",), _whole),
        (("relations",), _ends_of_relation),
        (("organisation_links",), _ends_of_link),
    )
    for names, rule in rules:
        for table in names:
            for placed in tables[table]:
                yield from rule(table, placed)


def _backwards(table: str, placed: Placed, begin: str, end: str) -> Iterator[Problem]:
    first: PartialDate | None = getattr(placed.row, begin)
    last: PartialDate | None = getattr(placed.row, end)
    if first is not None and last is not None and first.certainly_after(last):
        yield problem(table, placed, end, f"a day not before {begin} {first}")


def _sum(table: str, placed: Placed) -> Iterator[Problem]:
    row: Row = placed.row
    value, currency = getattr(row, "value"), getattr(row, "currency")  # noqa: B009 - three models
    if (value is None) != (currency is None):
        yield problem(table, placed, "currency", "a currency with a value, and none without")
    for column in ("value_bound", "value_per", "value_scope"):
        if value is None and getattr(row, column, None) is not None:
            yield problem(table, placed, column, "empty where there is no value")


def _events(table: str, placed: Placed) -> Iterator[Problem]:
    for side in ("valid_from", "valid_to"):
        dated = getattr(placed.row, side) or getattr(placed.row, f"{side}_as_written")
        if getattr(placed.row, f"{side}_event") is not None and not dated:
            yield problem(table, placed, f"{side}_event", f"empty where {side} is empty")


def _point(table: str, placed: Placed) -> Iterator[Problem]:
    row = cast("Deployment", placed.row)
    cells = (row.lon_deg, row.lat_deg, row.location_precision_m)
    if any(cell is None for cell in cells) and any(cell is not None for cell in cells):
        allowed = "lon_deg, lat_deg and location_precision_m together, or none of them"
        yield problem(table, placed, "lon_deg", allowed)
    if row.location_precision_m is not None and row.location_precision_m == 0:
        yield problem(table, placed, "location_precision_m", "metres above 0")
    if row.lon_deg == 0 and row.lat_deg == 0:
        yield problem(table, placed, "lon_deg", "a place; 0, 0 is written for unknown")


def _whole(table: str, placed: Placed) -> Iterator[Problem]:
    row = cast("Count", placed.row)
    if row.what is not Counted.STORAGE_PETABYTES and row.value != int(row.value):
        yield problem(table, placed, "value", "a whole number")


def _ends_of_relation(table: str, placed: Placed) -> Iterator[Problem]:
    row = cast("Relation", placed.row)
    if row.recipient_org is None and row.deployment_id is None:
        yield problem(table, placed, "recipient_org", "a recipient, a deployment, or both")


def _ends_of_link(table: str, placed: Placed) -> Iterator[Problem]:
    if getattr(placed.row, "from_org") == getattr(placed.row, "to_org"):  # noqa: B009 - as above
        yield problem(table, placed, "to_org", "another organisation than from_org")
