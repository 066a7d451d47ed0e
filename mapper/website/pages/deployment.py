"""What stands on the page of a deployment, and in the list of all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mapper.answers.chain_steps import Step
from mapper.answers.deployment_profile import DeploymentProfile, deployment_profile
from mapper.answers.supply_chain import Chain, ChainNode, chain, nodes
from mapper.registry.codes import Role, SubjectKind
from mapper.registry.tables import Claim, Deployment, Retraction
from mapper.telling.text_parts import CASES
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import map_at
from mapper.website.pages.chain_picture import Picture, narrow_picture, wide_picture
from mapper.website.pages.figures import Figure, figures_of, headline_count
from mapper.website.pages.locator_map import Land, Locator, Spot
from mapper.website.pages.mapped_nearby import Beside, beside_of
from mapper.website.pages.repeats import Once, joined, without
from mapper.website.pages.statements import (
    Counted,
    Goods,
    Ref,
    Statement,
    Supply,
    Telling,
    period,
)
from mapper.website.pages.tally import CameraTally

_ZOOM = 11


@dataclass(frozen=True, slots=True)
class ChainItem:
    """A node of the chain in words, for the list that says what the picture shows."""

    step: str
    name: Ref
    text: str
    row_id: str
    sources: tuple[str, ...]
    is_gap: bool
    children: tuple["ChainItem", ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """
    One supply of the chain with what everybody says of it.

    Attributes
    ----------
    depth
        0 for a supply at the deployment, 1 for a component inside it, and so on.
    inside
        The maker whose products hold the component; empty at depth 0.
    statements
        What the supplier said of itself as far as it speaks of this place, said once a page.
    general
        What it said of itself in general, to stand behind a fold, said once a page.
    repeated
        Whether what it says of itself stands at an earlier supply.
    """

    supply: Supply
    step: str
    depth: int
    inside: str
    statements: tuple[Statement, ...]
    general: tuple[Statement, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class GoodsOf:
    """Goods of one maker that crossed the country's border; sources name no buyer."""

    maker: str
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class DeploymentPage:
    """
    The page of a deployment.

    Attributes
    ----------
    counts, cases
        Of cameras and other equipment, and of court cases and detentions.
    goods
        By maker, each once; by no means said to have come to this deployment.
    on_map
        The address of the map at its point; empty where it has none.
    retraction
        Where the whole row was an error of this project.
    retracted
        (relation id, reason) of relations that were.
    """

    deployment_id: str
    name: str
    headline: str
    place: str
    country: Ref
    operator: Ref | None
    technologies: str
    period: str
    figures: tuple[Figure, ...]
    counts: tuple[Counted, ...]
    cases: tuple[Counted, ...]
    beside: Beside
    wide: Picture
    narrow: Picture
    tree: ChainItem
    makers: tuple[Maker, ...]
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    goods: tuple[GoodsOf, ...]
    locator: Locator | None
    on_map: str
    retraction: Retraction | None
    retracted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """A line in a list of deployments."""

    deployment_id: str
    name: Ref
    place: str
    operator: Ref | None
    technologies: str
    figure: str
    suppliers: int
    is_retracted: bool


def deployment_page(
    telling: Telling,
    row: Deployment,
    *,
    tally: CameraTally,
    titles: Mapping[str, str],
    land: Land,
) -> DeploymentPage:
    """
    Gather the page of a deployment.

    Parameters
    ----------
    telling
        Fresh: it numbers the sources of this page alone.
    titles
        Source of cameras -> its title.
    """
    registry = telling.registry
    profile = deployment_profile(registry, row.deployment_id)
    grown = chain(registry, row.deployment_id)
    operator = telling.org(row.operator_org) if row.operator_org else None
    by_operator = [claim for claim in profile.claims if _is_of(claim.speaker_org, row.operator_org)]
    others = [claim for claim in profile.claims if not _is_of(claim.speaker_org, row.operator_org)]
    counts = telling.counts(count for count in profile.counts if count.what not in CASES)
    told = _told(telling, grown, others, by_operator)
    spot = spot_of(row, "")
    return DeploymentPage(
        deployment_id=row.deployment_id,
        name=row.name,
        headline=_headline(row, operator, profile, grown),
        place=row.place,
        country=Ref(words.country(row.country_code), telling.index.place(row.country_code)),
        operator=operator,
        technologies=_technologies(row),
        period=period(row),
        figures=figures_of(profile.counts),
        counts=counts,
        cases=telling.counts(count for count in profile.counts if count.what in CASES),
        beside=beside_of(row, counts, tally, titles),
        wide=wide_picture(grown, telling.index),
        narrow=narrow_picture(grown, telling.index),
        tree=_tree(telling, grown.root),
        makers=told.makers,
        said=told.said,
        own=told.own,
        goods=told.goods,
        locator=land.locator([spot]) if spot else None,
        on_map=map_at(spot.lon_deg, spot.lat_deg, _ZOOM, f"deployment={row.deployment_id}")
        if spot
        else "",
        retraction=registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id),
        retracted=grown.retracted,
    )


def spot_of(row: Deployment, address: str) -> Spot | None:
    """Return where a deployment is marked; None for a country-wide system."""
    if row.lon_deg is None or row.lat_deg is None:
        return None
    precision_m = float(row.location_precision_m or 0)
    return Spot(row.lon_deg, row.lat_deg, precision_m, row.name, address)


def deployment_rows(
    telling: Telling, profiles: Mapping[str, DeploymentProfile], rows: Sequence[Deployment]
) -> tuple[DeploymentRow, ...]:
    """Return the lines of a list of deployments, in the order given."""
    registry = telling.registry
    return tuple(
        DeploymentRow(
            deployment_id=row.deployment_id,
            name=telling.deployment(row.deployment_id),
            place=row.place,
            operator=telling.org(row.operator_org) if row.operator_org else None,
            technologies=_technologies(row),
            figure=headline_count(profiles[row.deployment_id].counts),
            suppliers=len(
                {edge.relation.supplier_org for edge in profiles[row.deployment_id].suppliers}
            ),
            is_retracted=registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is not None,
        )
        for row in rows
    )


def _is_of(speaker_org: str | None, operator_org: str | None) -> bool:
    return operator_org is not None and speaker_org == operator_org


def _technologies(row: Deployment) -> str:
    return words.listed(words.TECHNOLOGIES[technology] for technology in row.technologies)


def _headline(
    row: Deployment, operator: Ref | None, profile: DeploymentProfile, grown: Chain
) -> str:
    makers = {edge.relation.supplier_org for edge in profile.suppliers}
    components = {
        node.org_id
        for node in nodes(grown.root)
        if node.edge is not None and node.edge.relation.role is Role.COMPONENT
    } - makers
    run = f"run by {operator.name}" if operator else "operator unknown"
    where = words.country(row.country_code)
    place = row.place if row.place == where else f"{row.place}, {where}"
    technologies = _technologies(row)
    parts = [f"{technologies[0].upper()}{technologies[1:]} in {place}, {run}."]
    if makers:
        parts.append(f"Sources name {words.of(len(makers), 'supplier', 'suppliers')}")
        inside = words.of(len(components), "maker of components", "makers of components")
        parts[-1] += f" and {inside} in their products." if components else "."
        parts += _to_others(grown)
    else:
        parts.append("No source read names a supplier.")
    return " ".join(parts)


def _to_others(grown: Chain) -> list[str]:
    """Name the recipients that are not said to run the system."""
    others = [node.name for node in grown.root.children if node.step is Step.RECIPIENT]
    if not others:
        return []
    of_them = "a recipient" if len(others) == 1 else "recipients"
    return [f"They also name {of_them} not said to run it: {words.listed(others)}."]


def _tree(telling: Telling, node: ChainNode) -> ChainItem:
    text, row_id = "", ""
    sources: tuple[str, ...] = ()
    if node.edge is not None:
        supply = telling.supply(node.edge)
        row_id, sources = supply.row_id, supply.sources
        product = f" ({supply.product})" if supply.product else ""
        parts = [f"{supply.role}{product}"]
        if supply.recipient is not None:
            to = "in products of" if supply.is_component else "for"
            parts[0] += f" {to} {supply.recipient.name}"
        parts += [part for part in (supply.period, supply.money) if part]
        parts.append(f"{supply.status}{' ' + supply.ended if supply.ended else ''}")
        text = "; ".join(parts)
    name = Ref(node.name, telling.index.org(node.org_id))
    if node.is_gap:
        name = Ref("unknown", "")
    return ChainItem(
        step=str(node.step),
        name=name,
        text=text,
        row_id=row_id,
        sources=sources,
        is_gap=node.is_gap,
        children=tuple(_tree(telling, child) for child in node.children),
    )


def _makers(telling: Telling, grown: Chain) -> tuple[Maker, ...]:
    said: set[str] = set()
    found: list[Maker] = []

    def gather(node: ChainNode, depth: int, inside: str) -> None:
        if node.edge is not None and node.org_id is not None:
            is_repeated = node.org_id in said and bool(node.statements or node.general)
            is_first = node.org_id not in said
            said.add(node.org_id)
            found.append(
                Maker(
                    supply=telling.supply(node.edge),
                    step=str(node.step),
                    depth=depth,
                    inside=inside,
                    statements=telling.claims(node.statements) if is_first else (),
                    general=telling.claims(node.general) if is_first else (),
                    repeated=is_repeated,
                )
            )
        is_above = node.step in {Step.PLACE, Step.OPERATOR, Step.RECIPIENT}
        for child in node.children:
            gather(child, 0 if is_above else depth + 1, "" if is_above else node.name)

    gather(grown.root, 0, "")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    makers: tuple[Maker, ...]
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    goods: tuple[GoodsOf, ...]


def _told(
    telling: Telling, grown: Chain, others: Iterable[Claim], by_operator: Iterable[Claim]
) -> _Told:
    """Tell the page's statements in its order, equal ones once with the sources of all."""
    makers = _makers(telling, grown)
    said, own = telling.claims(others), telling.claims(by_operator)
    goods = [GoodsOf(good.name, tuple(map(telling.goods, good.shipments))) for good in grown.goods]
    once = Once(
        [
            *(row for maker in makers for row in (*maker.supply.said, *maker.supply.own)),
            *(row for maker in makers for row in maker.statements),
            *said,
            *own,
            *(row for good in goods for crossed in good.goods for row in crossed.said),
        ]
    )
    return _Told(
        makers=tuple(_maker_once(maker, once) for maker in makers),
        said=once.tell(said),
        own=once.tell(own),
        goods=tuple(
            GoodsOf(good.maker, tuple(replace(row, said=once.tell(row.said)) for row in good.goods))
            for good in goods
        ),
    )


def _maker_once(maker: Maker, once: Once) -> Maker:
    supply = maker.supply
    statements = without(maker.statements, supply.own)
    return replace(
        maker,
        supply=replace(
            supply,
            named_by=joined(supply.named_by),
            said=once.tell(supply.said),
            own=once.tell(supply.own),
        ),
        statements=once.tell(statements),
    )
