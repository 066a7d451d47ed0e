"""Deployments for the page: what sources say of a place (docs/page-format.md, deployments)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mapper.answers.relation_status import standing
from mapper.answers.statement_scope import edge_here
from mapper.answers.supply import Edge, edge_of
from mapper.answers.supply_chain import ChainNode, chain
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Role, StatusWord, SubjectKind
from mapper.registry.per_registry import per_registry
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Count, Deployment, Relation
from mapper.telling import words
from mapper.telling.figures import figures_of
from mapper.telling.footnotes import Footnotes
from mapper.telling.repeats import pool_sources
from mapper.telling.row_words import period, place_of
from mapper.telling.statements import Presenter, Statement, Supply
from mapper.website.languages.quoted_words import unquoted
from mapper.website.map.data_file import packed_json

NO_SUPPLY = frozenset({Role.FINANCIER, Role.OPERATOR})
"""Parts in which an organisation supplies nothing: it pays, or it runs what others made."""


_IN_DRAWER = ("counts", "claims", "sources")
"""What only a drawer shows; two thirds of the bytes, most of them sources."""

_OF_SUPPLY = ("claims", "parts")
"""The same of each supplier."""


def deployments_file(payload: dict[str, Any]) -> dict[str, Any]:
    """
    Return the payload of ``data/deployments.js``, packed: what the map draws, filters and finds.

    Parameters
    ----------
    payload
        As `deployments_payload` gives it.
    """
    rows = [
        {
            **{name: value for name, value in row.items() if name not in _IN_DRAWER},
            "suppliers": [
                {name: value for name, value in supplier.items() if name not in _OF_SUPPLY}
                for supplier in row["suppliers"]
            ],
            "said": _said(row),
        }
        for row in payload["deployments"]
    ]
    return {"schema": 4, "n": len(rows), "gz": packed_json(rows)}


def evidence_file(payload: dict[str, Any]) -> dict[str, Any]:
    """
    Return the payload of ``data/deployment-evidence.js``: who says what, for the drawers.

    Parameters
    ----------
    payload
        As `deployments_payload` gives it; the rows keep their order.
    """
    rows = [
        {
            **{name: row[name] for name in _IN_DRAWER},
            **{
                f"supplier_{name}": [supplier[name] for supplier in row["suppliers"]]
                for name in _OF_SUPPLY
            },
        }
        for row in payload["deployments"]
    ]
    return {"schema": 1, "n": len(rows), "gz": packed_json(rows)}


def counted_of(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what other files count of each system: short enough to be handed on."""
    return [
        {
            **{
                name: row[name] for name in ("lon_deg", "lat_deg", "country_code", "technology_ids")
            },
            "suppliers": [
                {name: supplier[name] for name in ("supplier_id", "supplies")}
                for supplier in row["suppliers"]
            ],
        }
        for row in payload["deployments"]
    ]


def _said(row: dict[str, Any]) -> int:
    """Count what is said of a system: the opening view leads to the one of which most is."""
    of_supply = sum(len(supplier["claims"]) for supplier in row["suppliers"])
    return len(row["counts"]) + len(row["claims"]) + of_supply


def supplier_counts(systems: Iterable[dict[str, Any]]) -> Counter[str]:
    """Count the systems that each organisation supplies, by the rule of the filter."""
    return Counter(
        org_id
        for system in systems
        for org_id in {row["supplier_id"] for row in system["suppliers"] if row["supplies"]}
    )


def system_countries(
    systems: Iterable[dict[str, Any]], held: Iterable[str | None]
) -> list[dict[str, Any]]:
    """Return the countries that have a system and no camera, those of most systems first."""
    counts = Counter(str(system["country_code"]) for system in systems)
    others = sorted(set(counts) - set(held), key=lambda code: (-counts[code], code))
    return [{"id": code, "count": 0, "rows": 0} for code in others]


def technologies_of(systems: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what systems do, in the order of the registry's list, as far as one does it."""
    held = {code for system in systems for code in system["technology_ids"]}
    return [
        {"id": str(code), "name": name}
        for code, name in words.TECHNOLOGIES.items()
        if str(code) in held
    ]


def listed_organisations(registry: Registry) -> frozenset[str]:
    """Return the organisations that a legal or official list names, by an entry not ended."""
    return frozenset(
        row.org_id
        for row in registry.designations
        if row.ended_on is None
        and registry.retraction(SubjectKind.DESIGNATION, row.designation_id) is None
    )


@dataclass(frozen=True, slots=True)
class _System:
    """
    A deployment with all that speaks of it, concluded and not yet put into words.

    Attributes
    ----------
    counts
        Those that stand, the newest first.
    supplies
        Each relation at the deployment, with what speaks of it here, and its place in the chain;
        None where it is in no chain.
    claims
        On the deployment itself, that stand.
    """

    row: Deployment
    counts: tuple[Count, ...]
    supplies: tuple[tuple[Edge, ChainNode | None], ...]
    claims: tuple[Claim, ...]


@per_registry
def _systems(registry: Registry) -> tuple[_System, ...]:
    """Return every deployment that stands, sorted by id: once for all languages of the map."""
    return tuple(
        _system(registry, row)
        for row in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
    )


def _system(registry: Registry, row: Deployment) -> _System:
    counts = [
        count
        for count in sorted(
            registry.rows(Count, "deployment_id", row.deployment_id), key=_newest_first
        )
        if registry.retraction(SubjectKind.COUNT, count.count_id) is None
    ]
    nodes = _nodes_by_relation(chain(registry, row.deployment_id).root)
    return _System(
        row,
        tuple(counts),
        tuple(
            (
                edge_here(registry, edge_of(registry, relation.relation_id), row),
                nodes.get(relation.relation_id),
            )
            for relation in registry.rows(Relation, "deployment_id", row.deployment_id)
        ),
        tuple(standing(registry, registry.claims_on(SubjectKind.DEPLOYMENT, row.deployment_id))),
    )


def deployments_payload(registry: Registry) -> dict[str, Any]:
    """Return every deployment that stands, sorted by id, with all that speaks of it, in words."""
    presenter = Presenter(registry)
    listed = listed_organisations(registry)
    return {
        "deployments": [_deployment(presenter, system, listed) for system in _systems(registry)]
    }


def _deployment(presenter: Presenter, system: _System, listed: frozenset[str]) -> dict[str, Any]:
    registry, footnotes, row = presenter.registry, Footnotes(presenter.registry), system.row
    # In this order, in which they number the sources.
    told_counts = [_count(presenter, count, footnotes) for count in system.counts]
    suppliers = [
        {
            **_supplier(presenter, edge, footnotes, listed),
            "parts": _parts(presenter, node, footnotes, listed),
        }
        for edge, node in system.supplies
    ]
    return {
        "id": row.deployment_id,
        "name": row.name,
        "lon_deg": _number(row.lon_deg),
        "lat_deg": _number(row.lat_deg),
        "place": row.place,
        "where": place_of(row),
        "country_code": row.country_code,
        "technology_ids": [str(code) for code in row.technologies],
        "years": [_first_year(row.valid_from), _last_year(row.valid_to)],
        "operator": registry.name(row.operator_org) if row.operator_org else None,
        "technologies": words.technologies(row.technologies) or None,
        "period": period(row) or None,
        "headline": _headline(system.counts),
        "counts": told_counts,
        "suppliers": suppliers,
        "claims": _statements(presenter.claims(system.claims), footnotes),
        "sources": _sources(footnotes),
    }


def _newest_first(count: Count) -> tuple[int, str]:
    # The last day it can be of: a year alone counts as its end.
    return (-count.as_of.latest.toordinal(), count.count_id)


def _headline(counts: Sequence[Count]) -> dict[str, Any] | None:
    """Return the number a deployment is shown by, in a line, as a label, and to sort by."""
    figures = figures_of(counts)
    if not figures:
        return None
    first = figures[0]
    return {
        "line": unquoted(first.headline),
        "label": unquoted(first.label),
        "size": _number(first.most),
    }


def _count(presenter: Presenter, row: Count, footnotes: Footnotes) -> dict[str, Any]:
    count = presenter.count(row)
    return {
        "figure": count.figure,
        "what": count.what,
        "state": count.state,
        "when": count.when,
        "scope": row.scope,
        "sources": _numbers(footnotes, count.sources),
    }


def _first_year(day: PartialDate | None) -> int | None:
    """Return the first year that a day can be in; of "before 2020" the last one before it."""
    if day is None:
        return None
    return day.latest.year if day.earliest == date.min else day.earliest.year


def _last_year(day: PartialDate | None) -> int | None:
    """Return the last year that a day can be in; of "after 2020" the first one after it."""
    if day is None:
        return None
    return day.earliest.year if day.latest == date.max else day.latest.year


def _supplier(
    presenter: Presenter, edge: Edge, footnotes: Footnotes, listed: frozenset[str]
) -> dict[str, Any]:
    supply = presenter.supply(edge)
    return {
        # Whether the filter by supplier takes this for a supply, by the rule of the pages' counts.
        "supplies": edge.relation.role not in NO_SUPPLY and edge.is_supply,
        "is_listed": edge.relation.supplier_org in listed,
        "supplier": supply.supplier.name,
        "supplier_id": supply.supplier.row_id,
        "product": supply.product or None,
        "headline": supply.headline,
        # The class of the drawer's line: what is no supply is drawn thin and grey.
        "status": str(_drawn_as(supply)),
        "claims": _statements((*supply.said, *supply.own, *supply.named_by), footnotes),
    }


def _nodes_by_relation(node: ChainNode) -> dict[str, ChainNode]:
    """Return the nodes of a tree by the relation that puts each there."""
    nodes = {} if node.edge is None else {node.edge.relation.relation_id: node}
    for child in node.children:
        nodes |= _nodes_by_relation(child)
    return nodes


def _parts(
    presenter: Presenter, node: ChainNode | None, footnotes: Footnotes, listed: frozenset[str]
) -> list[dict[str, Any]]:
    """
    Return who supplies a supplier for this system, down to the chip.

    The chain holds a component only where a source ties it to the system; a relation that is in
    no chain, one of a plan for instance, has no parts.
    """
    return [
        {
            **_supplier(presenter, child.edge, footnotes, listed),
            "parts": _parts(presenter, child, footnotes, listed),
        }
        for child in (node.children if node else ())
        if child.edge is not None
    ]


def _drawn_as(supply: Supply) -> StatusWord:
    is_drawn_thin = not supply.is_supply and supply.status is not StatusWord.RETRACTED
    return StatusWord.NAMED_ONLY if is_drawn_thin else supply.status


def _statements(statements: Iterable[Statement], footnotes: Footnotes) -> list[dict[str, Any]]:
    return [
        {
            "byline": statement.byline,
            "says": statement.says or None,
            "text": statement.text,
            "is_bare": statement.is_bare,
            "sources": _numbers(footnotes, statement.sources),
        }
        for statement in pool_sources(statements)
    ]


def _numbers(footnotes: Footnotes, source_ids: Iterable[str]) -> list[int]:
    """Return places in ``sources``, which begin at 0."""
    # Footnotes count from 1 for readers, the list in the file from 0.
    return [number - 1 for number in footnotes.numbers(source_ids)]


def _sources(footnotes: Footnotes) -> list[dict[str, Any]]:
    return [
        {
            "title": note.full_title,
            # Where no title was shown, what stands there is our own, and says so itself.
            "lang": None if note.is_described else note.source.language,
            "publisher": note.source.publisher,
            "details": "; ".join([note.details, *(tie.words for tie in note.medium)]),
            "url": note.source.url,
            "archive_url": note.source.archive_url,
        }
        for note in footnotes.notes()
    ]


def _number(value: Decimal | float | None) -> float | None:
    """Return a number as JSON's, whole ones without a decimal point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
