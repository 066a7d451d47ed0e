"""What is concluded from the evidence, as tables of the database: never among its facts."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from mapper.answers.documented_systems import standing_deployments, system_of
from mapper.answers.entry_in_force import last_shown
from mapper.answers.supply import edge_of
from mapper.clean.country_names import CONTINENT_CODES, area_called, country_name
from mapper.registry.registry import Registry

_Rows = Iterator[tuple[Any, ...]]

SCHEMA: Final = """
CREATE TABLE supply_status (
    relation_id TEXT PRIMARY KEY REFERENCES relations (relation_id),
    status TEXT NOT NULL, ended_on TEXT,
    is_inside_product INTEGER NOT NULL, is_supply INTEGER NOT NULL
);
CREATE TABLE behind_systems (
    deployment_id TEXT NOT NULL REFERENCES deployments (deployment_id),
    relation_id TEXT NOT NULL REFERENCES relations (relation_id),
    inside_of TEXT NOT NULL, PRIMARY KEY (deployment_id, relation_id)
);
CREATE TABLE entry_spans (
    designation_id TEXT PRIMARY KEY REFERENCES designations (designation_id),
    certain_from TEXT NOT NULL, certain_until TEXT NOT NULL
);
CREATE TABLE countries (country_code TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE country_groups (
    group_name TEXT NOT NULL, country_code TEXT NOT NULL, first_on TEXT, last_on TEXT,
    PRIMARY KEY (group_name, country_code)
);
"""

CONCLUDED: Final[Mapping[str, str]] = {
    "supply_status": "What the claims on a relation amount to; is_supply: a claim states a supply.",
    "behind_systems": "Every supply in the chain of a system; inside_of: the maker it is inside.",
    "entry_spans": "First and last day on which an entry of a list certainly stood.",
    "countries": "Countries that some row names, by their English names.",
    "country_groups": "Members of the European Union (EU), with their days, and of continents.",
}
"""Table -> what it holds."""


def concluded_rows(registry: Registry, table: str) -> _Rows:
    """Yield the rows of a concluded table, sorted by its key."""
    return _ROWS[table](registry)


def _supply_status(registry: Registry) -> _Rows:
    for row in registry.relations:
        edge = edge_of(registry, row.relation_id)
        ended = edge.status.ended_on
        yield (
            row.relation_id,
            str(edge.status.word),
            None if ended is None else ended.text,
            int(edge.is_inside_product),
            int(edge.is_supply),
        )


def _behind_systems(registry: Registry) -> _Rows:
    rows = {
        (row.deployment_id, supply.edge.relation.relation_id, supply.inside_of)
        for row in standing_deployments(registry)
        for supply in system_of(registry, row).supplies
    }
    yield from sorted(rows)


def _entry_spans(registry: Registry) -> _Rows:
    for row in registry.designations:
        sights = registry.sights.of(row.list, row.org_id)
        shown = last_shown(row, sights)
        begin = None if row.effective_on is None else row.effective_on.latest
        if row.ended_on is not None:
            until = row.ended_on.earliest - timedelta(days=1)
        else:
            until = date.min if shown is None else shown.earliest
        if begin is None or begin == date.max or until < begin:
            continue
        yield row.designation_id, begin.isoformat(), until.isoformat()


def _countries(registry: Registry) -> _Rows:
    codes = {row.country_code for row in registry.deployments}
    codes |= {row.country_code for row in registry.organisations if row.country_code}
    yield from ((code, country_name(code)) for code in sorted(codes))


def _country_groups(_registry: Registry) -> _Rows:
    for group in ("EU", *CONTINENT_CODES):
        area = area_called(group)
        for code, (first, last) in sorted(area.spans.items()):
            days = (day.isoformat() for day in (first, last))
            first_on, last_on = days
            yield (
                area.code if group == "EU" else area.name,
                code,
                None if first == date.min else first_on,
                None if last == date.max else last_on,
            )


_ROWS: Final[Mapping[str, Callable[[Registry], _Rows]]] = {
    "supply_status": _supply_status,
    "behind_systems": _behind_systems,
    "entry_spans": _entry_spans,
    "countries": _countries,
    "country_groups": _country_groups,
}
