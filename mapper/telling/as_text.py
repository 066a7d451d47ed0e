"""
Plain text for the terminal: chains, legal status, profiles.

Words are neutral, every line that states something carries the numbers of its sources, and the
sources stand at the end. What the organisations say themselves stands beside what is said of
them. No text here holds a colour or a control character.
"""

from collections.abc import Iterable

from mapper.answers.deployment_profile import DeploymentProfile, stands_beside_mapped
from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.supply import Edge, retraction_reason
from mapper.answers.supply_chain import Chain, ChainNode, nodes
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import LinkKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, OrganisationLink
from mapper.telling.legal_words import legal_wording
from mapper.telling.text_parts import (
    CASES,
    ClaimsOnce,
    SourceNumbers,
    claim_lines,
    claim_text,
    count_text,
    edge_text,
    money_text,
    period_text,
    reply_text,
    shipment_text,
)

LINK_WORDS: dict[LinkKind, str] = {
    LinkKind.PARENT: "is the parent of",
    LinkKind.ACQUIRER: "acquired",
    LinkKind.BRAND_OF: "is a brand of",
    LinkKind.SUCCESSOR: "is the successor of",
    LinkKind.RESELLER_OF: "resells",
    LinkKind.DISTRIBUTOR_OF: "distributes",
    LinkKind.SUBCONTRACTOR_OF: "is a subcontractor of",
    LinkKind.INVESTOR: "is an investor in",
    LinkKind.SHAREHOLDER: "is a shareholder of",
    LinkKind.CONSORTIUM_MEMBER: "is a member of the consortium",
    LinkKind.PARTNER: "is a partner of",
    LinkKind.AFFILIATE: "is an affiliate of",
    LinkKind.DIVISION_OF: "is a division of",
    LinkKind.ECOSYSTEM_MEMBER: "belongs to the ecosystem of",
    LinkKind.OEM_SUPPLIER: "makes products sold under the name of",
}


def chain_text(registry: Registry, chain: Chain) -> str:
    """
    Draw a chain as a tree of text.

    Parameters
    ----------
    chain
        As built from the same registry.

    Returns
    -------
    str
        Lines joined by newlines, the last without one: the tree, what is said of the whole
        deployment, corrections, and the numbered sources.
    """
    numbers = SourceNumbers(registry)
    deployment = chain.deployment
    day = f", as of {chain.on.words}" if chain.on is not None else ""
    lines = [
        f"{deployment.name} ({deployment.deployment_id}){day}",
        f"place: {deployment.place}, {deployment.country_code}; {period_text(deployment)}",
    ]
    told = ClaimsOnce(registry, numbers, _claims_of(chain))
    drawing = _Drawing(registry, numbers, told, with_day=chain.on is not None)
    lines += drawing.children(chain.root, "")
    beside = {claim.claim_id for node in nodes(chain.root) for claim in node.statements}
    whole = [claim for claim in chain.claims if claim.claim_id not in beside]
    if whole:
        lines += ["", "Said of the whole system"]
        lines += [f"- {line}" for line in told.lines(whole)]
    for goods in chain.goods:
        lines += ["", f"Goods of {goods.name} that crossed a border; buyer not named"]
        lines += [
            f"- Reported shipments: {shipment_text(row)} {numbers.mark([row.source_id])}"
            for row in goods.shipments
        ]
        lines += [f"- {line}" for line in told.lines(goods.claims)]
    if chain.not_yet:
        lines += ["", f"Began later than that day: {', '.join(chain.not_yet)}"]
    for relation_id, reason in chain.retracted:
        lines += ["", f"Retracted here ({relation_id}): {reason}"]
    return "\n".join([*lines, *numbers.lines()])


def _claims_of(chain: Chain) -> list[Claim]:
    found = [
        claim
        for node in nodes(chain.root)
        for claim in (*(node.edge.claims if node.edge is not None else ()), *node.statements)
    ]
    found += chain.claims
    found += [claim for goods in chain.goods for claim in goods.claims]
    return found


class _Drawing:
    """Draws nodes with the branches of a tree in front."""

    def __init__(
        self, registry: Registry, numbers: SourceNumbers, told: ClaimsOnce, *, with_day: bool
    ) -> None:
        self._registry = registry
        self._numbers = numbers
        self._told = told
        self._with_day = with_day

    def children(self, node: ChainNode, indent: str) -> list[str]:
        lines = []
        for position, child in enumerate(node.children, start=1):
            is_last = position == len(node.children)
            lines.append(f"{indent}{'└─ ' if is_last else '├─ '}{self._head(child)}")
            below = f"{indent}{'   ' if is_last else '│  '}"
            lead = f"{below}{'│' if child.children else ' '}    "
            lines += [f"{lead}{line}" for line in self._beside(child)]
            lines += self.children(child, below)
        return lines

    def _head(self, node: ChainNode) -> str:
        if node.is_gap:
            return f"{node.step}: unknown"
        if node.edge is None:
            return f"{node.step}: {node.name}"
        marks = self._numbers.mark(node.edge.source_ids)
        text = edge_text(node.edge, with_day=self._with_day)
        return f"{node.step}: {node.name}: {text} {marks}"

    def _beside(self, node: ChainNode) -> list[str]:
        claims = node.edge.claims if node.edge is not None else ()
        lines = self._told.lines(claim for claim in claims if claim.statement is not None)
        if node.edge is not None:
            lines += _replies(self._registry, node.edge, self._numbers)
        told_here = {claim_text(self._registry, claim) for claim in claims}
        lines += self._told.lines(
            claim for claim in node.statements if claim_text(self._registry, claim) not in told_here
        )
        if node.general:
            lines.append(f"What it says in general: mapper vendor {node.org_id}")
        return lines


def vendor_text(registry: Registry, profile: VendorProfile) -> str:
    """Say what the registry holds on an organisation, part by part, with its sources."""
    numbers = SourceNumbers(registry)
    row = profile.organisation
    parts = {
        "Names": [
            f"{name.name} ({name.kind}{_span(name.valid_from, name.valid_to)}) "
            + numbers.mark([name.source_id] if name.source_id else [])
            for name in profile.names
        ],
        "Ties to other organisations": [
            f"{_link(registry, link)} {numbers.mark([link.source_id])}" for link in profile.links
        ],
        "Products": [f"{product.name} ({product.layer})" for product in profile.products],
        "Deployments it supplies": _edges(registry, profile.supplies, numbers),
        "Its products as components of other makers": _edges(registry, profile.components, numbers),
        "Receives from": _edges(registry, profile.received, numbers, supplier=True),
        "Reported shipments": [
            f"{shipment_text(shipment)} {numbers.mark([shipment.source_id])}"
            for shipment in profile.shipments
        ],
        "Retracted here": [
            f"{_where(registry, edge)}{retraction_reason(registry, edge)}"
            for edge in profile.retracted
        ],
        "Legal and official lists": [
            f"{legal_wording(registry, entry)} {numbers.mark([entry.source_id])}"
            for entry in profile.listings
        ],
        "Its own statements": claim_lines(registry, profile.own_statements, numbers),
        "Said of it by others": claim_lines(registry, profile.claims_about, numbers),
    }
    lines = [f"{row.name} ({row.org_id}), {row.kind}, {row.country_code or 'country not known'}"]
    for heading, found in parts.items():
        if found:
            lines += ["", heading, *(f"- {line.rstrip()}" for line in found)]
    return "\n".join([*lines, *numbers.lines()])


def deployment_text(registry: Registry, profile: DeploymentProfile) -> str:
    """Say what the registry holds on a deployment: counts over time, suppliers, statements."""
    numbers = SourceNumbers(registry)
    row = profile.deployment
    technologies = ", ".join(str(word).replace("_", " ") for word in row.technologies)
    lines = [
        f"{row.name} ({row.deployment_id}), {row.place}, {row.country_code}",
        f"operator: {profile.operator_name or 'unknown'}; {technologies}; {period_text(row)}",
    ]
    of_things = [count for count in profile.counts if count.what not in CASES]
    of_cases = [count for count in profile.counts if count.what in CASES]
    parts = {
        "Counts, as their sources give them": [
            f"{count_text(count)}{_apart(stands_beside_mapped(count))} "
            + numbers.mark([count.source_id])
            for count in of_things
        ],
        "Court cases and detentions, as their sources give them": [
            f"{count_text(count)} {numbers.mark([count.source_id])}" for count in of_cases
        ],
        "Suppliers": _edges(registry, profile.suppliers, numbers, supplier=True),
        "Said of it": claim_lines(registry, profile.claims, numbers),
    }
    for heading, found in parts.items():
        if found:
            lines += ["", heading, *(f"- {line}" for line in found)]
    return "\n".join([*lines, *numbers.lines()])


def _where(registry: Registry, edge: Edge) -> str:
    place = edge.relation.deployment_id
    return f"{registry.deployment[place].name}: " if place else ""


def _apart(is_comparable: bool) -> str:  # noqa: FBT001 - one fact, said in words
    return "" if is_comparable else " (not comparable with mapped cameras)"


def _span(first: PartialDate | None, last: PartialDate | None) -> str:
    begin = f", from {first.words}" if first is not None else ""
    return begin + (f", to {last.words}" if last is not None else "")


def _link(registry: Registry, link: OrganisationLink) -> str:
    share = f" ({link.share_pct} %)" if link.share_pct is not None else ""
    money = money_text(link)
    price = f", {money}" if money else ""
    verb = LINK_WORDS[link.kind]
    span = _span(link.valid_from, link.valid_to)
    return f"{registry.name(link.from_org)} {verb} {registry.name(link.to_org)}{share}{span}{price}"


def _edges(
    registry: Registry,
    edges: Iterable[Edge],
    numbers: SourceNumbers,
    *,
    supplier: bool = False,
) -> list[str]:
    lines = []
    for edge in edges:
        place = edge.relation.deployment_id
        where = registry.deployment[place].name if place else ""
        head = edge.supplier_name if supplier else where
        text = edge_text(edge, with_day=False)
        marks = numbers.mark(edge.source_ids)
        lines.append(f"{head}: {text} {marks}" if head else f"{text} {marks}")
        lines += _replies(registry, edge, numbers)
    return lines


def _replies(registry: Registry, edge: Edge, numbers: SourceNumbers) -> list[str]:
    return [f"{reply_text(registry, row)} {numbers.mark([row.source_id])}" for row in edge.replies]
