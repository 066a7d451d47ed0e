"""Everything the registry holds on one deployment."""

from dataclasses import dataclass

from mapper.answers.relation_status import standing
from mapper.answers.rulings import RulingRecord, rulings_at
from mapper.answers.supply import Edge, by_day, edge_of
from mapper.registry.codes import STANDS_BESIDE_MAPPED, Counted, SubjectKind
from mapper.registry.names import find_deployment
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Count, Deployment, Relation

# Counts of screens, servers or court cases never stand beside a number of mapped cameras.
_CAMERAS = frozenset({Counted.CAMERAS, Counted.FACE_RECOGNITION_CAMERAS, Counted.ALPR_CAMERAS})


@dataclass(frozen=True, slots=True)
class DeploymentProfile:
    """
    One deployment: what was counted when, who supplies it, who says what.

    Attributes
    ----------
    operator_name
        Empty where no source names the operator.
    counts
        By day, then id; disagreeing ones are all there.
    suppliers
        Supplies at the deployment that a claim states, by supplier's name.
    claims
        On the deployment and its counts, by day.
    rulings
        Of courts and regulators on it, by day.
    source_ids
        Every source of the above, sorted.
    """

    deployment: Deployment
    operator_name: str
    counts: tuple[Count, ...]
    suppliers: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    rulings: tuple[RulingRecord, ...]
    source_ids: tuple[str, ...]


def deployment_profile(registry: Registry, deployment_id: str) -> DeploymentProfile:
    """
    Gather what the registry holds on a deployment.

    Raises
    ------
    UsageError
        If there is no such deployment; ``next_step`` names those with a like id.
    """
    deployment = find_deployment(registry, deployment_id)
    counts = [
        row
        for row in registry.rows(Count, "deployment_id", deployment_id)
        if registry.retraction(SubjectKind.COUNT, row.count_id) is None
    ]
    suppliers = [
        edge
        for edge in (
            edge_of(registry, row.relation_id)
            for row in registry.rows(Relation, "deployment_id", deployment_id)
        )
        if edge.is_supply
    ]
    subjects = {(SubjectKind.DEPLOYMENT, deployment_id)}
    # A dispute of a number is a claim on the count, not on the system: both are told here.
    subjects |= {(SubjectKind.COUNT, count.count_id) for count in counts}
    claims = [claim for subject in sorted(subjects) for claim in registry.claims_on(*subject)]
    standing_claims = by_day(standing(registry, claims))
    rulings = rulings_at(registry, deployment_id)
    sources = {count.source_id for count in counts}
    sources |= {source_id for record in rulings for source_id in record.source_ids}
    sources |= {claim.source_id for claim in standing_claims}
    sources |= {source_id for edge in suppliers for source_id in edge.source_ids}
    return DeploymentProfile(
        deployment=deployment,
        operator_name=registry.name(deployment.operator_org) if deployment.operator_org else "",
        counts=tuple(sorted(counts, key=lambda row: (row.as_of.sort_key(), row.count_id))),
        suppliers=tuple(
            sorted(
                suppliers,
                key=lambda edge: (edge.supplier_name.casefold(), edge.relation.relation_id),
            )
        ),
        claims=standing_claims,
        rulings=rulings,
        source_ids=tuple(sorted(sources)),
    )


def stands_beside_mapped(count: Count) -> bool:
    """
    Whether a count may be shown beside the number of mapped cameras.

    Only cameras that a source says are installed or working may; planned, announced,
    contracted and merely stated numbers say what they are and stand apart.
    """
    return count.what in _CAMERAS and count.qualifier in STANDS_BESIDE_MAPPED
