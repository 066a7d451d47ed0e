"""
Plain text for the terminal: chains, legal status, profiles.

Words are neutral, every line that states something carries the numbers of its sources, and the
sources stand at the end. What the organisations say themselves stands beside what is said of
them. No text here holds a colour or a control character.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mapper.answers.product_parts import chips_at
from mapper.answers.supply import Edge, retraction_reason
from mapper.answers.supply_chain import Chain
from mapper.clean.date_words import format_date
from mapper.registry.registry import Registry
from mapper.registry.tables import Contract, Deployment, OrganisationLink, OrganisationName
from mapper.telling.legal_words import legal_wording
from mapper.telling.repeats import own_statements, pool_sources
from mapper.telling.row_words import contract_words, period, place_of, span, tie_details
from mapper.telling.statements import Presenter
from mapper.telling.text_writer import TextWriter
from mapper.telling.told_chain import ToldNode, told_chain
from mapper.telling.told_parts import tell_chips, tell_parts
from mapper.telling.told_rulings import tell_rulings
from mapper.telling.words import (
    LAYERS,
    LINKS,
    ORGANISATION_KINDS,
    country,
    join,
    plain,
    seat_words,
)

if TYPE_CHECKING:
    # A chain is told here too, and asks for no profile.
    from mapper.answers.organisation_profile import VendorProfile


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
    writer = TextWriter(registry)
    told = told_chain(Presenter(registry), chain)
    deployment = chain.deployment
    day = f", as of {format_date(chain.on)}" if chain.on is not None else ""
    lines = [
        f"{deployment.name} ({deployment.deployment_id}){day}",
        f"place: {place_of(deployment)}; {period(deployment) or 'period not known'}",
        *_branches(writer, told.root, "", with_day=chain.on is not None),
    ]
    if told.said or told.own:
        whole = [*writer.statements(told.said), *writer.statements(told.own)]
        lines += ["", "Said of the whole system", *(f"- {line}" for line in whole)]
    lines += [*_contracts(registry, deployment, writer), *_chips(registry, deployment, writer)]
    rulings = tell_rulings(Presenter(registry), chain.rulings)
    if rulings:
        lines += ["", "Rulings of courts and regulators", *writer.rulings(rulings)]
    for maker, rows in told.goods:
        lines += ["", f"Goods of {maker.name} that crossed a border; buyer not named"]
        for row in rows:
            lines.append(writer.line(f"- Reported shipments: {row.headline}", row.sources))
            lines += [f"  {line}" for line in writer.statements(row.said)]
    if chain.not_yet:
        lines += ["", f"Began later than that day: {', '.join(chain.not_yet)}"]
    for relation_id, reason in chain.retracted:
        lines += ["", f"Retracted here ({relation_id}): {reason}"]
    return writer.text(lines)


def _contracts(registry: Registry, deployment: Deployment, writer: TextWriter) -> list[str]:
    rows = registry.rows(Contract, "deployment_id", deployment.deployment_id)
    told = [
        writer.line(f"- {contract_words(row)}", [row.source_id, row.outcome_source_id])
        for row in rows
    ]
    return ["", "Contracts", *told] if told else []


def _chips(registry: Registry, deployment: Deployment, writer: TextWriter) -> list[str]:
    lines = []
    for chips in tell_chips(Presenter(registry), chips_at(registry, deployment.deployment_id)):
        lines.append(f"- {chips.sentence}")
        lines += [
            writer.line(f"  {part.product}: {part.of_product}", part.sources)
            for part in chips.parts
        ]
    return ["", "Chips in its cameras", *lines] if lines else []


def _branches(writer: TextWriter, node: ToldNode, indent: str, *, with_day: bool) -> list[str]:
    """Draw the nodes below one, with the branches of a tree in front."""
    lines = []
    for position, child in enumerate(node.children, start=1):
        is_last = position == len(node.children)
        # The line of a branch runs on beside everything that hangs below it, but below the last
        # one.
        below = f"{indent}{'   ' if is_last else '│  '}"
        lead = f"{below}{'│' if child.children else ' '}    "
        head, *beside = _node_lines(writer, child, with_day=with_day)
        lines.append(f"{indent}{'└─ ' if is_last else '├─ '}{head}")
        lines += [f"{lead}{line}" for line in beside]
        lines += _branches(writer, child, below, with_day=with_day)
    return lines


def _node_lines(writer: TextWriter, node: ToldNode, *, with_day: bool) -> list[str]:
    lines = [f"{node.step}: {node.name.name}"]
    if node.supply is not None:
        day = f"; in force on that day: {node.supply.in_force}" if with_day else ""
        lines = writer.supply(node.supply, f"{lines[0]}: {node.supply.headline}{day}")
        lines += writer.statements(node.statements)
    if node.untied:
        told = join(
            f"{one.supplier.name} ({one.product})" if one.product else one.supplier.name
            for one in node.untied
        )
        sources = [source_id for one in node.untied for source_id in one.sources]
        lines.append(writer.line(f"{node.untied_lead}: {told}.", sources))
    # What a maker says in general is the same at every system, so the tree only says where it
    # stands.
    if node.general:
        lines.append(f"What it says in general: mapper vendor {node.name.row_id}")
    return lines


def vendor_text(registry: Registry, profile: "VendorProfile") -> str:
    """Say what the registry holds on an organisation, part by part, with its sources."""
    presenter, writer = Presenter(registry), TextWriter(registry)
    row = profile.organisation
    parts = {
        "Names": [writer.line(_name(name), [name.source_id]) for name in profile.names],
        "Seats, as sources say": [
            writer.line(seat_words(seat), [seat.source_id]) for seat in profile.seats
        ],
        "Ties to other organisations": [
            writer.line(_tie(registry, link), [link.source_id]) for link in profile.links
        ],
        "Products": [f"{product.name} ({LAYERS[product.layer]})" for product in profile.products],
        "Parts of its products, by model": [
            writer.line(f"{part.product}: {part.of_product}", part.sources)
            for part in tell_parts(presenter, profile.parts)
        ],
        "Its parts in products of others, by model": [
            writer.line(f"{part.maker.name} {part.product}: {part.of_product}", part.sources)
            for part in tell_parts(presenter, profile.inside)
        ],
        "Deployments it supplies": _supplies(presenter, writer, profile.supplies),
        "Its products as components of other makers": _supplies(
            presenter, writer, profile.components
        ),
        "Named, and no supply stated": _supplies(presenter, writer, profile.named),
        "Receives from": _supplies(presenter, writer, profile.received, is_received=True),
        "Reported shipments": [
            writer.line(goods.headline, goods.sources)
            for goods in map(presenter.goods, profile.shipments)
        ],
        "Retracted here": [
            f"{_where(registry, edge)}{retraction_reason(registry, edge)}"
            for edge in profile.retracted
        ],
        "Legal and official lists": [
            writer.line(legal_wording(registry, entry), [entry.source_id])
            for entry in profile.listings
        ],
        "Its own statements": writer.statements(own_statements(presenter, profile)),
        "Said of it by others": writer.statements(
            pool_sources(presenter.claims(profile.claims_about))
        ),
    }
    kind = ORGANISATION_KINDS[row.kind]
    seat = country(row.country_code) if row.country_code else "country not known"
    lines = [f"{row.name} ({row.org_id}), {kind}, {seat}"]
    for heading, below in parts.items():
        if below:
            lines += ["", heading, *(f"- {line}" for line in below)]
    rulings = tell_rulings(presenter, profile.rulings)
    if rulings:
        lines += ["", "Rulings of courts and regulators", *writer.rulings(rulings)]
    return writer.text(lines)


def _where(registry: Registry, edge: Edge) -> str:
    place = edge.relation.deployment_id
    return f"{registry.deployment[place].name}: " if place else ""


def _name(name: OrganisationName) -> str:
    return f"{name.name} ({', '.join(part for part in (plain(name.kind), span(name)) if part)})"


def _tie(registry: Registry, link: OrganisationLink) -> str:
    details = tie_details(link)
    ends = f"{registry.name(link.from_org)} {LINKS[link.kind]} {registry.name(link.to_org)}"
    return f"{ends} ({details})" if details else ends


def _supplies(
    presenter: Presenter, writer: TextWriter, edges: Iterable[Edge], *, is_received: bool = False
) -> list[str]:
    lines = []
    for supply in map(presenter.supply, edges):
        head = supply.supplier if is_received else supply.deployment
        above = f"{head.name}: " if head is not None else ""
        lines.append(writer.line(f"{above}{supply.headline}", supply.sources))
        # The claims stand in parts of their own below; a reply stands beside what it answers.
        lines += writer.statements(reply for reply in supply.own if reply.is_reply)
    return lines
