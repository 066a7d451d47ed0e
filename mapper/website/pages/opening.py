"""
The first screen of the map: who supplies the systems, in numbers that are counted at every build.

Each number follows the rule of the page that it leads to. A supplier's systems are those of its
own page, without those that it only pays for or runs. An organisation is called listed where its
own page shows an entry that has not ended.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.supply import edge_of
from mapper.answers.supply_chain import ChainNode, chain
from mapper.registry.codes import SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Organisation
from mapper.telling.role_words import role_code
from mapper.website.map.deployment_file import NO_SUPPLY, listed_organisations
from mapper.website.mapped_world import MappedWorld
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.tally import CameraTally

SUPPLIERS_SHOWN = 12
CHAINS = {
    "moscow-city-video": "nvidia",
    "moscow-metro-face-pay": "intel",
    "belgrade-safe-city": "huawei",
    "nice-carnival-2019-frt": "anyvision",
    "johannesburg-vumacam": "hisilicon",
}
"""
Hand-picked for what they show: a deployment and the maker at which its strip ends. One that is
not there or names no supplier is skipped; where the maker is not there the longest way is shown.
"""

_CHAIN_BOXES_MAX = 6


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """
    A supplier and where sources name it.

    Attributes
    ----------
    systems, countries
        Of its own page.
    speaks
        Whether its page has statements of its own.
    is_listed
        Whether a legal or official list has an entry of it that has not ended.
    share
        Its countries as a share of those of the first supplier, in percent.
    """

    org_id: str
    name: str
    page: str
    systems: int
    countries: int
    speaks: bool
    is_listed: bool
    share: int


@dataclass(frozen=True, slots=True)
class ChainBox:
    """
    One box of a chain strip.

    Attributes
    ----------
    role, status
        How it is tied to the box before, as codes of the registry, and how sure that is; empty
        where nothing ties it.
    """

    name: str
    page: str
    role: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class ChainStrip:
    """A chain from a place to the deepest maker that sources name, and the page that shows all."""

    title: str
    page: str
    boxes: tuple[ChainBox, ...]


@dataclass(frozen=True, slots=True)
class WorldLine:
    """
    What is mapped in the world, in one sentence.

    Attributes
    ----------
    day
        Of the data, as in ISO 8601.
    cameras, named
        All, and those with a maker's name.
    top_maker, top_count
        The maker that most of these name, and how many.
    """

    day: str
    cameras: int
    named: int
    top_maker: str
    top_count: int


@dataclass(frozen=True, slots=True)
class Opening:
    """
    What the first screen says.

    Attributes
    ----------
    systems, countries
        Deployments that stand, and the countries they are in.
    with_supplier
        Of these, how many have a named supplier.
    with_listed, listed_countries
        Of these, how many have a supplier that is listed, and in how many countries.
    suppliers
        Those in most countries first, then those with most systems.
    most_systems
        The supplier with most systems, where it is not among those shown: one that sells to many
        agencies of one country would dwarf all others in a list by systems.
    place
        The town that most of the release's cameras lie in; empty where there is none.
    sites, site_cameras
        Of ``cameras``, the rows that are sites, and how many cameras their sources count there.
    cameras, cameras_named, top_maker
        Of the release: all, those with a maker's name, and the maker of most of them.
    world
        What is mapped in the world, beside a release that is not of the world.
    """

    systems: int
    countries: int
    with_supplier: int
    with_listed: int
    listed_countries: int
    suppliers: tuple[SupplierLine, ...]
    most_systems: SupplierLine | None
    supplier_count: int
    chains: tuple[ChainStrip, ...]
    place: str
    cameras: int
    cameras_named: int
    sites: int
    site_cameras: int
    top_maker: str
    world: WorldLine | None


def opening(
    registry: Registry, index: PageIndex, tally: CameraTally, world: MappedWorld | None = None
) -> Opening:
    """Count what the first screen says."""
    standing = {
        row.deployment_id: row.country_code
        for row in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
    }
    listed = listed_organisations(registry)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for org_id, deployment_id in _supplies(registry):
        if deployment_id in standing:
            places[org_id].add(deployment_id)
    with_supplier = set[str]().union(*places.values())
    with_listed = set[str]().union(*(places[org_id] for org_id in listed & places.keys()))
    countries = {org_id: {standing[place] for place in ids} for org_id, ids in places.items()}
    ranked = sorted(
        (registry.organisation[org_id] for org_id in places),
        key=lambda row: (
            -len(countries[row.org_id]),
            -len(places[row.org_id]),
            row.name.casefold(),
            row.org_id,
        ),
    )
    most = max(ranked, key=lambda row: len(places[row.org_id]), default=None)

    def line(row: Organisation) -> SupplierLine:
        return SupplierLine(
            org_id=row.org_id,
            name=row.name,
            page=index.org(row.org_id),
            systems=len(places[row.org_id]),
            countries=len(countries[row.org_id]),
            speaks=bool(vendor_profile(registry, row.org_id).own_statements),
            is_listed=row.org_id in listed,
            share=max(
                1, round(100 * len(countries[row.org_id]) / len(countries[ranked[0].org_id]))
            ),
        )

    shown = ranked[:SUPPLIERS_SHOWN]
    named = {org_id: sum(c.total() for c in by.values()) for org_id, by in tally.vendors.items()}
    top = min(named, key=lambda org_id: (-named[org_id], org_id), default=None)
    return Opening(
        systems=len(standing),
        countries=len(set(standing.values())),
        with_supplier=len(with_supplier),
        with_listed=len(with_listed),
        listed_countries=len({standing[place] for place in with_listed}),
        suppliers=tuple(map(line, shown)),
        most_systems=line(most) if most and most not in shown else None,
        supplier_count=len(ranked),
        chains=tuple(
            strip
            for deployment_id, last in CHAINS.items()
            if deployment_id in standing and (strip := _strip(registry, index, deployment_id, last))
        ),
        place=tally.main_place or "",
        cameras=tally.whole.cameras,
        cameras_named=tally.whole.named,
        sites=tally.whole.sites,
        site_cameras=tally.whole.site_cameras,
        top_maker=registry.name(top) if top else "",
        world=_world_line(registry, world) if world else None,
    )


def _world_line(registry: Registry, world: MappedWorld) -> WorldLine:
    (top, count), *_ = world.whole.ranked_makers()
    return WorldLine(
        day=world.data_on,
        cameras=world.whole.cameras,
        named=world.whole.named,
        top_maker=registry.organisation[top].name if top in registry.organisation else top,
        top_count=count,
    )


def _supplies(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield who supplies which deployment, as its own page tells; a lender supplies none."""
    for relation in registry.relations:
        if relation.deployment_id and relation.role not in NO_SUPPLY:
            edge = edge_of(registry, relation.relation_id)
            if edge.is_supply and not edge.is_inside_product:
                yield relation.supplier_org, relation.deployment_id


def _strip(
    registry: Registry, index: PageIndex, deployment_id: str, last: str
) -> ChainStrip | None:
    """Return the way down a chain to a maker, else the longest; None if it ends at the operator."""
    root = chain(registry, deployment_id).root
    way = _way_to(root, last) or _deepest(root)
    if sum(node.edge is not None for node in way) == 0:
        return None
    row = registry.deployment[deployment_id]
    boxes = (
        ChainBox(
            name=node.name,
            page=index.org(node.org_id),
            role=role_code(node.edge) if node.edge else "",
            status=node.edge.status.word if node.edge else "",
        )
        for node in way[1:_CHAIN_BOXES_MAX]
    )
    first = ChainBox(row.place or row.name, "")
    return ChainStrip(row.name, index.deployment(deployment_id), (first, *boxes))


def _way_to(node: ChainNode, org_id: str) -> list[ChainNode]:
    if node.org_id == org_id:
        return [node]
    ways = (_way_to(child, org_id) for child in node.children)
    return next(([node, *way] for way in ways if way), [])


def _deepest(node: ChainNode) -> list[ChainNode]:
    ways = [_deepest(child) for child in node.children if not child.is_gap]
    return [node, *max(ways, key=len, default=[])]
