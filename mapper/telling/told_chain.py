"""A supply chain in words: its tree once, with each statement told where it first bears."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapper.answers.chain_steps import Step
from mapper.answers.supply import by_day
from mapper.answers.supply_chain import Chain, ChainNode, nodes
from mapper.registry.tables import Claim
from mapper.telling.language import gettext
from mapper.telling.repeats import Repeats, pool_sources, without
from mapper.telling.statements import Goods, Presenter, Ref, Statement, Supply


@dataclass(frozen=True, slots=True)
class ToldNode:
    """
    A node of the chain in words.

    Attributes
    ----------
    depth
        0 for the place.
    name
        Who or what stands here; "unknown" for a gap.
    detail
        The product of a supply, the name of the deployment at the place, else empty.
    supply
        The relation that puts the node here; None for the place, the operator, a recipient
        beside the operator, and a gap.
    statements
        What a supplier said of the deployment, or of itself as far as it speaks of this place,
        apart from what stands in ``supply``.
    general
        What it said of itself in general, at its first node; to be shown apart.
    untied
        Components of this maker's products that no source ties to this system.
    """

    step: Step
    depth: int
    name: Ref
    detail: str
    is_gap: bool
    supply: Supply | None
    statements: tuple[Statement, ...]
    general: tuple[Statement, ...]
    children: tuple["ToldNode", ...]
    untied: tuple[Supply, ...] = ()

    @property
    def untied_lead(self) -> str:
        """What the components are that stand beside this maker; empty where there are none."""
        if not self.untied:
            return ""
        return gettext("In products of {maker}, not said of this system", maker=self.name.name)

    def walk(self) -> Iterator["ToldNode"]:
        """Yield the node and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ToldChain:
    """
    A chain in words.

    Attributes
    ----------
    said, own
        Of the whole system, by others and by its operator.
    goods
        Maker -> goods that crossed the country's border; sources name no buyer.
    """

    root: ToldNode
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    goods: tuple[tuple[Ref, tuple[Goods, ...]], ...]


def told_chain(presenter: Presenter, chain: Chain) -> ToldChain:
    """Put a chain into words, equal statements once with the sources of all."""
    deployment = chain.deployment
    root = replace(
        _node(presenter, chain.root, 0),
        name=Ref(deployment.place, "country", deployment.country_code),
        detail=deployment.name,
    )
    operator_org = deployment.operator_org
    whole = _of_the_whole(chain)
    own = presenter.claims(claim for claim in whole if _is_of(claim, operator_org))
    said = presenter.claims(claim for claim in whole if not _is_of(claim, operator_org))
    goods = [
        (presenter.organisation(maker.org_id), tuple(map(presenter.goods, maker.shipments)))
        for maker in chain.goods
    ]
    repeats = Repeats(
        [
            *(statement for node in root.walk() for statement in _all_of(node)),
            *said,
            *own,
            *(statement for _, rows in goods for row in rows for statement in row.said),
        ]
    )
    return ToldChain(
        # General statements are counted apart: they are shown in another place than the rest.
        root=_marked(root, repeats, Repeats(())),
        said=repeats.mark_repeats(said),
        own=repeats.mark_repeats(own),
        goods=tuple(
            (maker, tuple(replace(row, said=repeats.mark_repeats(row.said)) for row in rows))
            for maker, rows in goods
        ),
    )


def _of_the_whole(chain: Chain) -> tuple[Claim, ...]:
    """Return what is said of the deployment, and what its operator and recipients say."""
    of_parties = [
        claim for node in nodes(chain.root) if node.edge is None for claim in node.statements
    ]
    # The operator's own words hang at its node and are told with the system, not twice.
    each_once = {claim.claim_id: claim for claim in (*chain.claims, *of_parties)}
    return by_day(each_once.values())


def _is_of(claim: Claim, operator_org: str | None) -> bool:
    return operator_org is not None and claim.speaker_org == operator_org


def _node(presenter: Presenter, node: ChainNode, depth: int) -> ToldNode:
    supply = presenter.supply(node.edge) if node.edge is not None else None
    statements: tuple[Statement, ...] = ()
    if supply is not None:
        # The same words as the supplier's own claim just above need no second line.
        statements = without(presenter.claims(node.statements), supply.own)
    return ToldNode(
        step=node.step,
        depth=depth,
        name=presenter.organisation(node.org_id) if node.org_id else _unnamed(node),
        detail=supply.product if supply is not None else "",
        is_gap=node.is_gap,
        supply=supply,
        statements=statements,
        general=presenter.claims(node.general),
        children=tuple(_node(presenter, child, depth + 1) for child in node.children),
        untied=tuple(map(presenter.supply, node.untied)),
    )


def _unnamed(node: ChainNode) -> Ref:
    """Name what is no organisation of the registry: the place, a gap, an unknown party."""
    return Ref(node.name if node.step is Step.PLACE else gettext("unknown"))


def _all_of(node: ToldNode) -> tuple[Statement, ...]:
    supply = node.supply
    return (*(supply.said + supply.own if supply is not None else ()), *node.statements)


def _marked(node: ToldNode, repeats: Repeats, general: Repeats) -> ToldNode:
    supply = node.supply
    if supply is not None:
        supply = replace(
            supply,
            named_by=pool_sources(supply.named_by),
            said=repeats.mark_repeats(supply.said),
            own=repeats.mark_repeats(supply.own),
        )
    return replace(
        node,
        supply=supply,
        statements=repeats.mark_repeats(node.statements),
        general=tuple(
            statement for statement in general.mark_repeats(node.general) if not statement.is_again
        ),
        children=tuple(_marked(child, repeats, general) for child in node.children),
    )
