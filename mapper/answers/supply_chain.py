"""
The supply chain of a deployment: place -> operator -> integrator -> cameras -> engine -> compute.

The tree is built from relations alone. A supply at the deployment hangs under the recipient that
its row names: a maker in the tree, the operator, or a recipient of its own beside the operator,
for who pays for a system need not be who runs it. A component (a chip inside an engine maker's
product) hangs under the maker it was supplied to, never under the operator: a chip maker does
not supply the police. It hangs there only where what supports it speaks of this system, its
country or a product that stands in it; what is known of a maker's products in general is kept
beside that maker and is no part of the tree. What no relation names is a gap of its own,
"integrator: unknown".

Goods that a country's customs recorded name no buyer. They stand once per maker beside the
tree, never at a node, where they would read as if they had come to this deployment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mapper.answers.chain_steps import ORDER, Step, missing_steps, step_of
from mapper.answers.maker_goods import MakerGoods, goods_of
from mapper.answers.relation_status import standing
from mapper.answers.rulings import RulingRecord, rulings_at
from mapper.answers.statement_scope import edge_here, is_tied_to, said_here, said_in_general
from mapper.answers.supply import Edge, by_day, edge_of, retraction_reason
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer, Role, SubjectKind
from mapper.registry.names import find_deployment
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Count, Deployment, Relation


@dataclass(frozen=True, slots=True)
class ChainNode:
    """
    One node of the tree, with the edge that leads to it.

    Attributes
    ----------
    name
        The organisation or the place; "unknown" for a gap.
    org_id
        None for the place and for a gap.
    edge
        The relation that puts the node here; None for the place, the operator, a recipient
        beside the operator, and a gap.
    statements
        What the organisation itself said of the deployment, or of itself as far as that speaks
        of this country, buyer or product; by day.
    general
        What it said of itself in general, by day; to be shown apart.
    children
        By step, then name, then relation id.
    untied
        Components of this maker's products that no source ties to this system, at its first
        node; they are not in the tree and count nowhere.
    """

    step: Step
    name: str
    org_id: str | None
    edge: Edge | None
    statements: tuple[Claim, ...]
    general: tuple[Claim, ...]
    children: tuple["ChainNode", ...]
    untied: tuple[Edge, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether nothing read names who stands here."""
        return self.step is not Step.PLACE and self.org_id is None


@dataclass(frozen=True, slots=True)
class Chain:
    """
    The chain of one deployment on a day.

    Attributes
    ----------
    root
        The place.
    claims
        On the deployment itself and on its counts, by day.
    rulings
        Of courts and regulators on the deployment, by day.
    goods
        Of the makers in the tree, each maker once, by name.
    retracted
        Relations of the deployment that were our error, and why.
    not_yet
        Relations that certainly began after the day asked for; not in the tree.
    source_ids
        Every source in the tree, the claims, the rulings and the goods, sorted.
    """

    deployment: Deployment
    on: PartialDate | None
    root: ChainNode
    claims: tuple[Claim, ...]
    rulings: tuple[RulingRecord, ...]
    goods: tuple[MakerGoods, ...]
    retracted: tuple[tuple[str, str], ...]
    not_yet: tuple[str, ...]
    source_ids: tuple[str, ...]


def chain(registry: Registry, deployment_id: str, on: PartialDate | None = None) -> Chain:
    """
    Build the chain of a deployment.

    Parameters
    ----------
    deployment_id
        An id of ``deployments``.
    on
        The day asked for: relations that certainly began later are left out and named, those
        that ended stay and say so. None shows everything known.

    Raises
    ------
    UsageError
        If there is no such deployment; ``next_step`` names those with a like id.
    """
    deployment = find_deployment(registry, deployment_id)
    grown = _edges(registry, deployment, on)
    root = _with_untied(_place(registry, deployment, grown.edges, on), dict(grown.untied))
    claims = by_day(standing(registry, _said_of(registry, deployment.deployment_id)))
    makers = {node.edge.relation.supplier_org for node in nodes(root) if node.edge is not None}
    goods = goods_of(registry, deployment.country_code, makers)
    rulings = rulings_at(registry, deployment.deployment_id)
    sources = {claim.source_id for claim in claims}
    sources |= {source_id for record in rulings for source_id in record.source_ids}
    for node in nodes(root):
        sources |= {claim.source_id for claim in (*node.statements, *node.general)}
        edges = (*node.untied, node.edge) if node.edge is not None else node.untied
        sources |= {source_id for edge in edges for source_id in edge.source_ids}
    for good in goods:
        sources |= {row.source_id for row in good.shipments}
        sources |= {claim.source_id for claim in good.claims}
    return Chain(
        deployment=deployment,
        on=on,
        root=root,
        claims=claims,
        rulings=rulings,
        goods=goods,
        retracted=grown.retracted,
        not_yet=grown.not_yet,
        source_ids=tuple(sorted(sources)),
    )


def _said_of(registry: Registry, deployment_id: str) -> list[Claim]:
    subjects = [(SubjectKind.DEPLOYMENT, deployment_id)]
    subjects += [
        (SubjectKind.COUNT, row.count_id)
        for row in registry.rows(Count, "deployment_id", deployment_id)
    ]
    return [claim for subject in subjects for claim in registry.claims_on(*subject)]


def nodes(root: ChainNode) -> list[ChainNode]:
    """Return a node and all below it, each before its children."""
    below = [root]
    for child in root.children:
        below += nodes(child)
    return below


@dataclass(frozen=True, slots=True)
class _Grown:
    """``untied``: maker -> components of its products that nothing ties to this system."""

    edges: tuple[Edge, ...]
    retracted: tuple[tuple[str, str], ...]
    not_yet: tuple[str, ...]
    untied: Mapping[str, tuple[Edge, ...]]


def _edges(registry: Registry, deployment: Deployment, on: PartialDate | None) -> _Grown:
    edges: list[Edge] = []
    retracted: list[tuple[str, str]] = []
    not_yet: list[str] = []
    untied: defaultdict[str, list[Edge]] = defaultdict(list)
    for relation in _relations(registry, deployment):
        whole = edge_of(registry, relation.relation_id, on)
        edge = edge_here(registry, whole, deployment)
        reason = retraction_reason(registry, edge)
        begin = relation.valid_from
        maker = None if is_tied_to(registry, whole, deployment) else relation.recipient_org
        if reason is not None:
            retracted.append((relation.relation_id, reason))
        elif on is not None and begin is not None and begin.certainly_after(on):
            not_yet.append(relation.relation_id)
        elif maker is not None:
            untied[maker].append(edge)
        else:
            edges.append(edge)
    return _Grown(
        edges=_with_their_makers(edges),
        retracted=tuple(retracted),
        not_yet=tuple(not_yet),
        untied={maker: tuple(below) for maker, below in untied.items()},
    )


def _with_untied(node: ChainNode, left: dict[str, tuple[Edge, ...]]) -> ChainNode:
    """Put beside each maker, at its first node, the components that nothing ties to the system."""
    # Taken out as it is given, so that a maker with several supplies has them once.
    own = left.pop(node.org_id, ()) if node.edge is not None and node.org_id is not None else ()
    children = tuple(_with_untied(child, left) for child in node.children)
    return replace(node, untied=own, children=children)


def _with_their_makers(edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """Leave out tied components of makers whose own supply is not in the tree."""
    kept = list(edges)
    while True:
        # Leaving one out may orphan the next, so it is repeated until nothing changes.
        suppliers = {edge.relation.supplier_org for edge in kept}
        still_held = [
            edge
            for edge in kept
            if edge.relation.deployment_id is not None or edge.relation.recipient_org in suppliers
        ]
        if len(still_held) == len(kept):
            return tuple(still_held)
        kept = still_held


def _relations(registry: Registry, deployment: Deployment) -> list[Relation]:
    """Return the supplies at the deployment, and the components of their makers, and theirs."""
    relations = list(registry.rows(Relation, "deployment_id", deployment.deployment_id))
    # The operator may also supply (a telecom that runs the system): what goes into its other
    # products must never hang below it here.
    makers = {row.supplier_org for row in relations} - {deployment.operator_org}
    while True:
        taken = {row.relation_id for row in relations}
        more = [
            row
            for maker in makers
            for row in registry.rows(Relation, "recipient_org", maker)
            if row.role is Role.COMPONENT
            and row.deployment_id is None
            and row.relation_id not in taken
        ]
        if not more:
            return sorted(relations, key=lambda row: row.relation_id)
        relations += more
        makers |= {row.supplier_org for row in more}


def _place(
    registry: Registry, deployment: Deployment, edges: Sequence[Edge], on: PartialDate | None
) -> ChainNode:
    operator_org = deployment.operator_org
    below = _children_of(edges, operator_org)
    by_recipient: defaultdict[str | None, list[ChainNode]] = defaultdict(list)
    for edge in below[None]:
        node = _node(registry, deployment, edge, below)
        by_recipient[edge.relation.recipient_org].append(node)
    makers = by_recipient.pop(operator_org, []) if operator_org else []
    operator = ChainNode(
        step=Step.OPERATOR,
        name=registry.name(operator_org) if operator_org else "unknown",
        org_id=operator_org,
        edge=None,
        statements=said_here(registry, deployment, operator_org),
        general=said_in_general(registry, operator_org),
        children=_sorted([*makers, *_gaps(deployment, edges, on)]),
    )
    recipients = [
        ChainNode(
            step=Step.RECIPIENT,
            name=registry.name(org_id) if org_id else "unknown",
            org_id=org_id,
            edge=None,
            statements=said_here(registry, deployment, org_id),
            general=said_in_general(registry, org_id),
            children=_sorted(supplied),
        )
        for org_id, supplied in by_recipient.items()
    ]
    return ChainNode(
        Step.PLACE, deployment.name, None, None, (), (), _sorted([operator, *recipients])
    )


def _children_of(
    edges: Sequence[Edge], operator_org: str | None
) -> Mapping[str | None, list[Edge]]:
    """Return relation id (None: no maker in the tree) -> the edges below it, each edge once."""
    anchor: dict[str, Edge] = {}
    for edge in sorted(edges, key=_anchor_key):
        anchor.setdefault(edge.relation.supplier_org, edge)
    parents: dict[str, str | None] = {}
    for edge in edges:
        recipient = edge.relation.recipient_org
        # What the operator receives stands under the operator, though it may be a maker elsewhere.
        above = anchor.get(recipient or "") if recipient != operator_org else None
        parents[edge.relation.relation_id] = above.relation.relation_id if above else None
    for relation_id in sorted(parents):
        # Two makers can each be inside the other's product; one of the ties is cut so that this is
        # a tree.
        if _is_circular(parents, relation_id):
            parents[relation_id] = None
    below: defaultdict[str | None, list[Edge]] = defaultdict(list)
    for edge in edges:
        below[parents[edge.relation.relation_id]].append(edge)
    return below


def _anchor_key(edge: Edge) -> tuple[bool, int, str]:
    # A maker that supplies several things has its components under its engine.
    step = step_of(edge.relation)
    return (step is not Step.ENGINE, ORDER[step], edge.relation.relation_id)


def _is_circular(parents: Mapping[str, str | None], relation_id: str) -> bool:
    seen = {relation_id}
    above = parents[relation_id]
    while above is not None and above not in seen:
        seen.add(above)
        above = parents[above]
    return above == relation_id


def _node(
    registry: Registry,
    deployment: Deployment,
    edge: Edge,
    below: Mapping[str | None, list[Edge]],
) -> ChainNode:
    relation = edge.relation
    step = step_of(relation)
    children = [
        _node(registry, deployment, child, below) for child in below.get(relation.relation_id, ())
    ]
    if step is Step.ENGINE and all(child.step is not Step.COMPUTE for child in children):
        children.append(_gap(Step.COMPUTE))
    beside_edge = {claim.claim_id for claim in edge.claims}
    return ChainNode(
        step=step,
        name=edge.supplier_name,
        org_id=relation.supplier_org,
        edge=edge,
        statements=tuple(
            claim
            for claim in said_here(registry, deployment, relation.supplier_org)
            if claim.claim_id not in beside_edge
        ),
        general=said_in_general(registry, relation.supplier_org),
        children=_sorted(children),
    )


def _gaps(deployment: Deployment, edges: Sequence[Edge], on: PartialDate | None) -> list[ChainNode]:
    # Who is only named fills no gap: nothing read says what he supplied.
    held = [
        edge.relation
        for edge in edges
        if edge.is_supply and (on is None or edge.in_force is not Answer.NO)
    ]
    return [_gap(step) for step in missing_steps(deployment, held)]


def _gap(step: Step) -> ChainNode:
    return ChainNode(step, "unknown", None, None, (), (), ())


def _sorted(children: Sequence[ChainNode]) -> tuple[ChainNode, ...]:
    return tuple(
        sorted(
            children,
            key=lambda node: (
                ORDER[node.step],
                node.name.casefold(),
                node.edge.relation.relation_id if node.edge is not None else "",
            ),
        )
    )
