"""Deployments for the page: what sources say of a place (docs/page-format.md, deployments)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mapper.answers.relation_status import standing
from mapper.answers.supply import Edge, edge_of
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Count, Deployment


def deployments_payload(registry: Registry) -> dict[str, Any]:
    """Return every deployment that stands, sorted by id, with all that speaks of it."""
    standing_rows = [
        deployment
        for deployment in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, deployment.deployment_id) is None
    ]
    return {"schema": 1, "deployments": [_deployment(registry, row) for row in standing_rows]}


class _SourceList:
    """The sources of one deployment, numbered in the order they are first named."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._numbers: dict[str, int] = {}

    def number(self, source_id: str) -> int:
        return self._numbers.setdefault(source_id, len(self._numbers))

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(source_id) for source_id in self._numbers]

    def _row(self, source_id: str) -> dict[str, Any]:
        source = self._registry.source[source_id]
        return {
            "title": source.title,
            "publisher": source.publisher,
            "kind": str(source.kind),
            "published_on": _day(source.published_on),
            "published_as_written": source.published_as_written,
            "url": source.url,
            "archive_url": source.archive_url,
            "language": source.language,
            "grade": str(source.grade),
        }


def _deployment(registry: Registry, row: Deployment) -> dict[str, Any]:
    sources = _SourceList(registry)
    counts = [
        _count(count, sources)
        for count in sorted(registry.counts, key=_newest_first)
        if count.deployment_id == row.deployment_id
        and registry.retraction(SubjectKind.COUNT, count.count_id) is None
    ]
    edges = (
        edge_of(registry, relation.relation_id)
        for relation in registry.relations
        if relation.deployment_id == row.deployment_id
    )
    claims = standing(registry, registry.claims_on(SubjectKind.DEPLOYMENT, row.deployment_id))
    return {
        "id": row.deployment_id,
        "name": row.name,
        "lon_deg": _number(row.lon_deg),
        "lat_deg": _number(row.lat_deg),
        "location_precision_m": _number(row.location_precision_m),
        "place": row.place,
        "country_code": row.country_code,
        "operator": registry.name(row.operator_org) if row.operator_org else None,
        "technologies": [str(technology) for technology in row.technologies],
        "valid_from": _day(row.valid_from),
        "valid_to": _day(row.valid_to),
        "counts": counts,
        "suppliers": [_supplier(registry, edge, sources) for edge in edges],
        "claims": _claims(registry, claims, sources),
        "sources": sources.rows(),
    }


def _newest_first(count: Count) -> tuple[int, str]:
    return (-count.as_of.latest.toordinal(), count.count_id)


def _count(count: Count, sources: _SourceList) -> dict[str, Any]:
    return {
        "what": str(count.what),
        "value": _number(count.value),
        "qualifier": str(count.qualifier),
        "bound": str(count.bound),
        "scope": count.scope,
        "as_written": count.value_as_written,
        "as_of": _day(count.as_of),
        "source": sources.number(count.source_id),
    }


def _supplier(registry: Registry, edge: Edge, sources: _SourceList) -> dict[str, Any]:
    relation = edge.relation
    return {
        "relation_id": relation.relation_id,
        "supplier": edge.supplier_name,
        "supplier_id": relation.supplier_org,
        "role": str(relation.role),
        "product": edge.product_name or None,
        "layer": str(relation.layer),
        "recipient": edge.recipient_name or None,
        "valid_from": _day(relation.valid_from),
        "valid_to": _day(relation.valid_to),
        "status": str(edge.status.word),
        "status_reason": edge.status.reason,
        "claims": _claims(registry, edge.claims, sources),
    }


def _claims(
    registry: Registry, claims: Iterable[Claim], sources: _SourceList
) -> list[dict[str, Any]]:
    return [
        {
            "says": str(claim.says),
            "about": str(claim.about),
            "by": str(claim.by),
            "speaker": registry.name(claim.speaker_org) if claim.speaker_org else None,
            "speaker_role": claim.speaker_role,
            "as_of": _day(claim.as_of),
            "statement": claim.statement,
            "source": sources.number(claim.source_id),
        }
        for claim in claims
    ]


def _day(day: PartialDate | None) -> str | None:
    return None if day is None else str(day)


def _number(value: Decimal | float | None) -> float | None:
    """Return a number as JSON's, whole ones without a decimal point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
