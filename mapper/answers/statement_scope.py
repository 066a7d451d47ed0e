"""
Where a statement of an organisation belongs.

A claim on a deployment, or on a supply at one, stands there. A claim on an organisation, or on a
component of another maker's products, would stand under all systems of that maker: it may speak
of one country, one buyer or one product, and ``claim_scopes`` says of which. It appears under a
deployment only where that deployment is of that country, buyer or product, and so does the
component. What is said in general appears apart, and what nobody has read for its scope on the
page of the organisation alone.
"""

from collections.abc import Iterable
from dataclasses import replace

from mapper.answers.relation_status import standing
from mapper.answers.supply import Edge, by_day
from mapper.registry.codes import Says, ScopeKind, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, ClaimScope, Deployment, Relation


def said_here(registry: Registry, deployment: Deployment, org_id: str | None) -> tuple[Claim, ...]:
    """
    Return what an organisation said of a deployment, by day.

    That is what it said of the deployment itself, and what it said of itself as far as that
    speaks of this country, buyer or product.
    """
    # Of itself: on itself as subject. What it says of a supply stands at that supply.
    own = _own(registry, org_id)
    of_place = [
        claim
        for claim in registry.claims_on(SubjectKind.DEPLOYMENT, deployment.deployment_id)
        if org_id is not None and claim.speaker_org == org_id
    ]
    scoped = [claim for claim in own if speaks_of(registry, claim, deployment)]
    return by_day(standing(registry, [*of_place, *scoped]))


def said_in_general(registry: Registry, org_id: str | None) -> tuple[Claim, ...]:
    """Return what an organisation said of itself in general, by day."""
    general = [
        claim
        for claim in _own(registry, org_id)
        if any(row.kind is ScopeKind.GENERAL for row in registry.scopes_of(claim.claim_id))
    ]
    return by_day(standing(registry, general))


def edge_here(registry: Registry, edge: Edge, deployment: Deployment) -> Edge:
    """Leave out of a supply what its claims say of another country, buyer or product."""
    claims = tuple(
        claim
        for claim in edge.claims
        # A claim without a scope is on this very supply, so it stays.
        if not registry.scopes_of(claim.claim_id) or speaks_of(registry, claim, deployment)
    )
    if claims == edge.claims:
        return edge
    sources = {claim.source_id for claim in claims} | {reply.source_id for reply in edge.replies}
    return replace(edge, claims=claims, source_ids=tuple(sorted(sources)))


def speaks_of(registry: Registry, claim: Claim, deployment: Deployment) -> bool:
    """Whether a claim speaks of a deployment's country, of one of its buyers or products."""
    return any(
        _matches(registry, scope, deployment) for scope in registry.scopes_of(claim.claim_id)
    )


def is_tied_to(registry: Registry, edge: Edge, deployment: Deployment) -> bool:
    """
    Whether a supply is part of a deployment, and not only of its makers' products in general.

    A supply at the deployment is. A component, which no row ties to a system, is only where
    something that supports it speaks of this country, buyer or product: that chips of a firm
    are in cameras of a maker does not say that they are in these cameras.
    """
    if edge.relation.deployment_id is not None:
        return edge.relation.deployment_id == deployment.deployment_id
    return any(
        claim.says is Says.SUPPORTS and speaks_of(registry, claim, deployment)
        for claim in edge.claims
    )


def _matches(registry: Registry, scope: ClaimScope, deployment: Deployment) -> bool:
    if scope.kind is ScopeKind.COUNTRY:
        return scope.country_code == deployment.country_code
    here = registry.rows(Relation, "deployment_id", deployment.deployment_id)
    if scope.kind is ScopeKind.BUYER:
        buyers = {deployment.operator_org, *(row.recipient_org for row in here)}
        return scope.org_id in buyers
    if scope.kind is ScopeKind.PRODUCT:
        return scope.product_id in {row.product_id for row in here}
    # What is said in general, or of something that no row stands for, is of no deployment.
    return False


def _own(registry: Registry, org_id: str | None) -> Iterable[Claim]:
    if org_id is None:
        return ()
    about = registry.claims_on(SubjectKind.ORGANISATION, org_id)
    return tuple(claim for claim in about if claim.speaker_org == org_id)
