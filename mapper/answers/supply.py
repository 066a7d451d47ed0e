"""A relation as it is shown: what it says, on a day, with its claims and what stands behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mapper.answers.relation_status import RelationStatus, relation_status, standing
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import (
    Answer,
    OrganisationKind,
    Role,
    Stage,
    StatusWord,
    SubjectKind,
)
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Relation, Reply

_NO_SUPPLY = frozenset({StatusWord.RETRACTED, StatusWord.NAMED_ONLY})

# A test puts something in place, if for a time; what was only planned or offered did not.
_SHORT_OF_SUPPLY = frozenset(Stage) - {Stage.TEST}

# A component that goes to one of these goes into their system: they build no product around it.
_NO_MAKERS = frozenset({OrganisationKind.PUBLIC_BODY, OrganisationKind.GROUP})


@dataclass(frozen=True, slots=True)
class Edge:
    """
    A relation with all that must stand beside it.

    Attributes
    ----------
    is_inside_product
        Whether the supplier's product is inside a product of the recipient, another maker. A
        component for the operator or a public body is a part of their system instead.
    in_force
        Whether the day asked for lies in its period; with no day asked for, whether it is
        recorded as still running.
    claims
        Those that stand, sorted by day, then id.
    replies
        What the organisations answered, to be shown at the same size.
    source_ids
        Of the claims and replies, sorted.
    """

    relation: Relation
    supplier_name: str
    recipient_name: str
    product_name: str
    is_inside_product: bool
    in_force: Answer
    status: RelationStatus
    claims: tuple[Claim, ...]
    replies: tuple[Reply, ...]
    source_ids: tuple[str, ...]

    @property
    def is_supply(self) -> bool:
        """Whether it may be counted: a claim states it, and it is more than a plan or an offer."""
        return is_stated_supply(self.relation, self.status.word)


def is_stated_supply(relation: Relation, word: StatusWord) -> bool:
    """Whether a relation with a status is a supply that a claim states."""
    return word not in _NO_SUPPLY and relation.stage not in _SHORT_OF_SUPPLY


def edge_of(registry: Registry, relation_id: str, on: PartialDate | None = None) -> Edge:
    """
    Gather what stands beside a relation.

    Parameters
    ----------
    relation_id
        An id of ``relations``.
    on
        The day asked for, or None.
    """
    relation = registry.relation[relation_id]
    status = relation_status(registry, relation_id, on)
    claims = by_day(standing(registry, registry.claims_on(SubjectKind.RELATION, relation_id)))
    replies = registry.rows(Reply, "relation_id", relation_id)
    sources = {claim.source_id for claim in claims} | {reply.source_id for reply in replies}
    return Edge(
        relation=relation,
        supplier_name=registry.name(relation.supplier_org),
        recipient_name=registry.name(relation.recipient_org) if relation.recipient_org else "",
        product_name=product_name(registry, relation),
        is_inside_product=_is_inside_product(registry, relation),
        in_force=in_force(relation, status, on),
        status=status,
        claims=claims,
        replies=replies,
        source_ids=tuple(sorted(sources)),
    )


def _is_inside_product(registry: Registry, relation: Relation) -> bool:
    recipient = relation.recipient_org
    # The line that keeps a chip maker from being told as a supplier of every police force whose
    # contractor used the chip: a component belongs inside the maker's product.
    if relation.role is not Role.COMPONENT or recipient is None:
        return False
    place = registry.deployment[relation.deployment_id] if relation.deployment_id else None
    runs_it = place is not None and place.operator_org == recipient
    return not runs_it and registry.organisation[recipient].kind not in _NO_MAKERS


def retraction_reason(registry: Registry, edge: Edge) -> str | None:
    """Say why a relation was retracted; None where it stands."""
    if edge.status.word is not StatusWord.RETRACTED:
        return None
    relation_id = edge.relation.relation_id
    own = registry.retraction(SubjectKind.RELATION, relation_id)
    # The relation's own correction speaks for all of it; else it fell because every claim on it was
    # taken back, and each of those says why.
    if own is not None:
        return own.reason
    claims = registry.claims_on(SubjectKind.RELATION, relation_id)
    own_claims = [registry.retraction(SubjectKind.CLAIM, claim.claim_id) for claim in claims]
    return " ".join(dict.fromkeys(row.reason for row in own_claims if row is not None))


def in_force(relation: Relation, status: RelationStatus, on: PartialDate | None) -> Answer:
    """
    Say whether a relation's period holds a day.

    The period runs from ``valid_from`` to ``valid_to``, both included, or to the day a claim
    ends it. An open side is unknown for a day asked for, never assumed to hold.
    """
    if status.word is StatusWord.RETRACTED or status.ended is Answer.YES:
        return Answer.NO
    begin, end = relation.valid_from, relation.valid_to
    # Without a day the question is whether it still runs: a recorded end answers no, and no
    # recorded end is not a yes.
    if on is None:
        return Answer.UNKNOWN if end is None else Answer.NO
    if begin is not None and begin.certainly_after(on):
        return Answer.NO
    if end is not None and end.certainly_before(on):
        return Answer.NO
    # "Yes" needs both ends to be certain; one known day says nothing of another day.
    begun = begin is not None and begin.certainly_not_after(on)
    lasting = end is not None and on.certainly_not_after(end)
    return Answer.YES if begun and lasting else Answer.UNKNOWN


def product_name(registry: Registry, relation: Relation) -> str:
    """Return the product's name, else what the source calls it, else an empty text."""
    if relation.product_id is not None:
        return registry.product[relation.product_id].name
    return relation.product_as_written or ""


def by_day(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Sort claims by the day they speak of, those without one last, then by id."""
    return tuple(sorted(claims, key=_day_key))


def _day_key(claim: Claim) -> tuple[date, date, str]:
    if claim.as_of is None:
        return (date.max, date.max, claim.claim_id)
    return (claim.as_of.earliest, claim.as_of.latest, claim.claim_id)
