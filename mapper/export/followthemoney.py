"""
FollowTheMoney JSON lines: the registry in the words of the investigative tools.

Organisations are `Company`, `PublicBody` or `Organization`; deployments are `Project`; a supply
is a `ProjectParticipant` with its role, and an `UnknownLink` to its recipient; ties are
`Ownership`, `Succession`, `Membership` or `UnknownLink`; claims and counts are `Note`.
Only an asset freeze becomes a `Sanction`: the name of that schema would say of an export
licence, a procurement rule or a public naming what they are not, so those are `Note` with the
neutral sentence of `mapper.telling.legal_words`. What was retracted is left out.

Notes
-----
Source: FollowTheMoney 4.11 schemata (Company, Project, ProjectParticipant, UnknownLink,
Ownership, Succession, Membership, Sanction, Note). Its dates are plain prefixes of ISO 8601, so
a partial date such as ``before:2020`` stands in the summary instead.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from mapper.answers.relation_status import standing
from mapper.answers.supply import Edge, edge_of
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import (
    Effect,
    LinkKind,
    NameKind,
    OrganisationKind,
    SubjectKind,
)
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Count,
    Designation,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Shipment,
)
from mapper.telling.legal_words import legal_wording
from mapper.telling.statements import Presenter
from mapper.telling.text_writer import statement_text

_SCHEMA_OF_KIND: Final = {
    OrganisationKind.COMPANY: "Company",
    OrganisationKind.STATE_COMPANY: "Company",
    OrganisationKind.BRAND: "Company",
    OrganisationKind.PUBLIC_BODY: "PublicBody",
    OrganisationKind.CONSORTIUM: "Organization",
    OrganisationKind.GROUP: "Organization",
    OrganisationKind.NGO: "Organization",
    OrganisationKind.ACADEMIC: "Organization",
    OrganisationKind.INTERNATIONAL: "Organization",
    OrganisationKind.OTHER: "Organization",
}
_PROPERTY_OF_NAME: Final = {
    NameKind.LEGAL: "alias",
    NameKind.BRAND: "alias",
    NameKind.ALIAS: "alias",
    NameKind.FORMER: "previousName",
    NameKind.MISSPELLING: "weakAlias",
    NameKind.SECOND_WIKIDATA_ID: "wikidataId",
}
_OWNS: Final = frozenset({LinkKind.PARENT, LinkKind.ACQUIRER, LinkKind.SHAREHOLDER})
_PLAIN_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


@dataclass(slots=True)
class _Entity:
    entity_id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> None:
        """Add the values that are there, once each, in the order given."""
        held = self.properties.setdefault(name, [])
        held += [value for value in dict.fromkeys(values) if value and value not in held]
        if not held:
            del self.properties[name]

    def line(self) -> str:
        content: dict[str, Any] = {
            "id": self.entity_id,
            "schema": self.schema,
            "properties": self.properties,
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def followthemoney_lines(registry: Registry) -> list[str]:
    """
    Write the registry as FollowTheMoney entities.

    Returns
    -------
    list of str
        One JSON object a line, without line ends, sorted by id; the same registry gives the
        same lines.
    """
    entities = [
        *_organisations(registry),
        *_deployments(registry),
        *_relations(registry),
        *(_link(registry, link) for link in registry.organisation_links),
        *_designations(registry),
        *_claims(registry),
        *_counts(registry),
    ]
    return [one.line() for one in sorted(entities, key=lambda one: one.entity_id)]


def _organisations(registry: Registry) -> Iterator[_Entity]:
    for row in registry.organisations:
        entity = _Entity(_org(row.org_id), _SCHEMA_OF_KIND[row.kind])
        entity.add("name", row.name)
        for name in registry.rows(OrganisationName, "org_id", row.org_id):
            if name.name != row.name:
                entity.add(_PROPERTY_OF_NAME[name.kind], name.name)
        entity.add("country", _country(row.country_code))
        entity.add("incorporationDate", _day(row.founded))
        entity.add("dissolutionDate", _day(row.dissolved))
        entity.add("wikidataId", row.wikidata_id)
        entity.add("leiCode", row.lei)
        entity.add("website", row.website)
        if row.kind is OrganisationKind.GROUP:
            entity.add("description", "A group as a source names it, not its members.")
        yield entity


def _deployments(registry: Registry) -> Iterator[_Entity]:
    for row in registry.deployments:
        entity = _Entity(f"wc-deployment-{row.deployment_id}", "Project")
        entity.add("name", row.name)
        entity.add("projectId", row.deployment_id)
        entity.add("country", _country(row.country_code))
        entity.add("startDate", _day(row.valid_from))
        entity.add("endDate", _day(row.valid_to))
        entity.add("summary", f"{row.place}: {', '.join(row.technologies)}")
        yield entity
        if row.operator_org is not None:
            part = _Entity(f"wc-operator-{row.deployment_id}", "ProjectParticipant")
            part.add("project", entity.entity_id)
            part.add("participant", _org(row.operator_org))
            part.add("role", "operator")
            yield part


def _relations(registry: Registry) -> Iterator[_Entity]:
    for row in registry.relations:
        edge = edge_of(registry, row.relation_id)
        # A plan or a tender is no supply, and the schema would say that it is one.
        if not edge.is_supply:
            continue
        # The maker of a part inside a product takes no part in the project: only who brought the
        # product does.
        if row.deployment_id is not None and not edge.is_inside_product:
            part = _Entity(f"wc-relation-{row.relation_id}-at", "ProjectParticipant")
            part.add("project", f"wc-deployment-{row.deployment_id}")
            part.add("participant", _org(row.supplier_org))
            yield _interest(registry, part, edge)
        if row.recipient_org is not None:
            link = _Entity(f"wc-relation-{row.relation_id}-to", "UnknownLink")
            link.add("subject", _org(row.supplier_org))
            link.add("object", _org(row.recipient_org))
            yield _interest(registry, link, edge)


def _interest(registry: Registry, entity: _Entity, edge: Edge) -> _Entity:
    row = edge.relation
    inside = "maker of a component in products of"
    entity.add("role", inside if edge.is_inside_product else str(row.role))
    entity.add("status", str(edge.status.word))
    entity.add("startDate", _day(row.valid_from))
    entity.add("endDate", _day(row.valid_to))
    entity.add("summary", Presenter(registry).supply(edge).headline)
    _cite(registry, entity, edge.source_ids)
    return entity


def _link(registry: Registry, link: OrganisationLink) -> _Entity:
    entity_id = f"wc-link-{'-'.join(part for part in link.key if part)}".replace(":", "-")
    entity_id = entity_id.replace("/", "-")
    ends = (registry.organisation[link.from_org], registry.organisation[link.to_org])
    entity = _tie(entity_id, link, *ends)
    entity.add("role", str(link.kind).replace("_", " "))
    entity.add("startDate", _day(link.valid_from))
    entity.add("endDate", _day(link.valid_to))
    _cite(registry, entity, [link.source_id])
    return entity


def _tie(entity_id: str, link: OrganisationLink, begin: Organisation, end: Organisation) -> _Entity:
    # Only a Company is an Asset in FollowTheMoney, so only a Company can be owned.
    if link.kind in _OWNS and _SCHEMA_OF_KIND[end.kind] == "Company":
        entity = _Entity(entity_id, "Ownership")
        entity.add("owner", _org(begin.org_id))
        entity.add("asset", _org(end.org_id))
        entity.add("percentage", str(link.share_pct) if link.share_pct is not None else None)
        return entity
    if link.kind is LinkKind.SUCCESSOR:
        entity = _Entity(entity_id, "Succession")
        entity.add("successor", _org(begin.org_id))
        entity.add("predecessor", _org(end.org_id))
        return entity
    # Any other tie is an UnknownLink with its role: the schemata have no word for reselling or
    # financing.
    if link.kind is LinkKind.CONSORTIUM_MEMBER:
        entity = _Entity(entity_id, "Membership")
        entity.add("member", _org(begin.org_id))
        entity.add("organization", _org(end.org_id))
        return entity
    entity = _Entity(entity_id, "UnknownLink")
    entity.add("subject", _org(begin.org_id))
    entity.add("object", _org(end.org_id))
    return entity


def _designations(registry: Registry) -> Iterator[_Entity]:
    for row in registry.designations:
        # Tools that read this have no word for taken back, so what was is not written at all.
        if registry.retraction(SubjectKind.DESIGNATION, row.designation_id) is not None:
            continue
        entity_id = f"wc-listing-{row.designation_id}"
        if row.effect is Effect.ASSET_FREEZE:
            yield _asset_freeze(registry, entity_id, row)
            continue
        entity = _Entity(entity_id, "Note")
        entity.add("entity", _org(row.org_id))
        entity.add("name", registry.legal_list[row.list].name)
        entity.add("description", legal_wording(registry, row))
        _cite(registry, entity, [row.source_id])
        yield entity


def _asset_freeze(registry: Registry, entity_id: str, row: Designation) -> _Entity:
    entity = _Entity(entity_id, "Sanction")
    entity.add("entity", _org(row.org_id))
    entity.add("authority", row.authority)
    entity.add("program", registry.legal_list[row.list].name)
    entity.add("country", _country(registry.legal_list[row.list].country_code))
    entity.add("listingDate", _day(row.announced_on))
    entity.add("startDate", _day(row.effective_on))
    entity.add("endDate", _day(row.ended_on))
    entity.add("provisions", "asset freeze")
    entity.add("summary", legal_wording(registry, row))
    _cite(registry, entity, [row.source_id])
    return entity


def _claims(registry: Registry) -> Iterator[_Entity]:
    for claim in standing(registry, registry.claims):
        subjects = _subjects(registry, claim)
        if claim.statement is None or not subjects:
            continue
        entity = _Entity(f"wc-claim-{claim.claim_id}", "Note")
        entity.add("entity", *subjects)
        entity.add("description", statement_text(Presenter(registry).claim(claim)))
        _cite(registry, entity, [claim.source_id])
        yield entity


def _subjects(registry: Registry, claim: Claim) -> tuple[str, ...]:
    """Return the entities a claim is shown at; none where its subject was retracted."""
    if registry.retraction(claim.subject_kind, claim.subject_id) is not None:
        return ()
    if claim.subject_kind is SubjectKind.RELATION:
        relation = registry.relation[claim.subject_id]
        place = f"wc-deployment-{relation.deployment_id}" if relation.deployment_id else None
        return tuple(part for part in (_org(relation.supplier_org), place) if part)
    if claim.subject_kind is SubjectKind.DEPLOYMENT:
        return (f"wc-deployment-{claim.subject_id}",)
    if claim.subject_kind is SubjectKind.RULING:
        return _concerned(registry, claim.subject_id)
    return (_owner(registry, claim.subject_kind, claim.subject_id),)


def _owner(registry: Registry, kind: SubjectKind, subject_id: str) -> str:
    """Return the entity that a count, a product, an entry of a list or a shipment is shown at."""
    if kind is SubjectKind.COUNT:
        (count,) = registry.rows(Count, "count_id", subject_id)
        return f"wc-deployment-{count.deployment_id}"
    if kind is SubjectKind.PRODUCT:
        return _org(registry.product[subject_id].org_id)
    if kind is SubjectKind.DESIGNATION:
        (designation,) = registry.rows(Designation, "designation_id", subject_id)
        return _org(designation.org_id)
    if kind is SubjectKind.ORGANISATION:
        return _org(subject_id)
    (shipment,) = registry.rows(Shipment, "shipment_id", subject_id)
    return _org(shipment.maker_org)


def _concerned(registry: Registry, ruling_id: str) -> tuple[str, ...]:
    """Return the entities a ruling is shown at: who gave it, whom it names, its system."""
    ruling = registry.ruling[ruling_id]
    parties = [row.org_id for row in registry.ruling_parties if row.ruling_id == ruling_id]
    place = [f"wc-deployment-{ruling.deployment_id}"] if ruling.deployment_id else []
    return (_org(ruling.body_org), *map(_org, parties), *place)


def _counts(registry: Registry) -> Iterator[_Entity]:
    for count in registry.counts:
        if registry.retraction(SubjectKind.COUNT, count.count_id) is not None:
            continue
        entity = _Entity(f"wc-count-{count.count_id}", "Note")
        entity.add("entity", f"wc-deployment-{count.deployment_id}")
        entity.add("description", Presenter(registry).count(count).headline)
        _cite(registry, entity, [count.source_id])
        yield entity


def _cite(registry: Registry, entity: _Entity, source_ids: Iterable[str]) -> None:
    for source_id in source_ids:
        source = registry.source[source_id]
        entity.add("publisher", source.publisher)
        entity.add("sourceUrl", source.url)


def _org(org_id: str) -> str:
    return f"wc-org-{org_id}"


def _country(code: str | None) -> str | None:
    return code.lower() if code is not None else None


def _day(day: PartialDate | None) -> str | None:
    return day.text if day is not None and _PLAIN_DATE.fullmatch(day.text) else None
