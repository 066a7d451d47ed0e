"""
The first screen of the map: who supplies the systems, in numbers that are counted at every build.

Each number follows the rule of the page that it leads to. A supplier's systems are those of its
own page, without those that it only pays for or runs. An organisation is called listed where its
own page shows an entry that has not ended.
"""

from collections import defaultdict
from dataclasses import dataclass

from mapper.answers.organisation_profile import VendorProfile, vendor_profile
from mapper.answers.supply_chain import ChainNode, chain
from mapper.registry.codes import Role, SubjectKind
from mapper.registry.registry import Registry
from mapper.telling.statements import Presenter
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.tally import CameraTally

SUPPLIERS_SHOWN = 12
CHAINS = (
    "moscow-city-video",
    "moscow-metro-face-pay",
    "belgrade-safe-city",
    "london-met-lfr",
    "johannesburg-vumacam",
)
"""Hand-picked for what they show; one that is not there or names no supplier is skipped."""

_CHAIN_BOXES_MAX = 6
_NO_SUPPLY = frozenset({Role.FINANCIER, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """
    A supplier and where sources name it.

    Attributes
    ----------
    systems, countries
        Of its own page.
    is_listed
        Whether a legal or official list has an entry of it that has not ended.
    share
        Its systems as a share of those of the first supplier, in percent.
    """

    org_id: str
    name: str
    page: str
    systems: int
    countries: int
    is_listed: bool
    share: int


@dataclass(frozen=True, slots=True)
class ChainBox:
    """
    One box of a chain strip.

    Attributes
    ----------
    edge
        How it is tied to the box before: the role and how sure that is; empty for the first two.
    """

    name: str
    page: str
    edge: str


@dataclass(frozen=True, slots=True)
class ChainStrip:
    """A chain from a place to the deepest maker that sources name, and the page that shows all."""

    title: str
    page: str
    boxes: tuple[ChainBox, ...]


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
    cameras, cameras_named, top_maker
        Of the release: all, those with a maker's name, and the maker of most of them.
    """

    systems: int
    countries: int
    with_supplier: int
    with_listed: int
    listed_countries: int
    suppliers: tuple[SupplierLine, ...]
    supplier_count: int
    chains: tuple[ChainStrip, ...]
    cameras: int
    cameras_named: int
    top_maker: str


def opening(registry: Registry, index: PageIndex, tally: CameraTally) -> Opening:
    """Count what the first screen says."""
    standing = {
        row.deployment_id: row.country_code
        for row in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
    }
    profiles = [
        vendor_profile(registry, row.org_id)
        for row in registry.organisations
        if row.org_id in index.org_ids
    ]
    places = {
        profile.organisation.org_id: supplied_places(profile) & standing.keys()
        for profile in profiles
    }
    listed = {row.organisation.org_id for row in profiles if _is_listed(row)}
    supplied_by: defaultdict[str, set[str]] = defaultdict(set)
    for org_id, ids in places.items():
        for deployment_id in ids:
            supplied_by[deployment_id].add(org_id)
    with_listed = [place for place, org_ids in supplied_by.items() if org_ids & listed]
    lines = _lines(profiles, places, standing, listed, index)
    named = {org_id: sum(c.total() for c in by.values()) for org_id, by in tally.vendors.items()}
    top = min(named, key=lambda org_id: (-named[org_id], org_id), default=None)
    return Opening(
        systems=len(standing),
        countries=len(set(standing.values())),
        with_supplier=len(supplied_by),
        with_listed=len(with_listed),
        listed_countries=len({standing[place] for place in with_listed}),
        suppliers=lines[:SUPPLIERS_SHOWN],
        supplier_count=len(lines),
        chains=tuple(
            strip
            for deployment_id in CHAINS
            if deployment_id in standing and (strip := _strip(registry, index, deployment_id))
        ),
        cameras=tally.whole.cameras,
        cameras_named=tally.whole.named,
        top_maker=registry.name(top) if top else "",
    )


def supplied_places(profile: VendorProfile) -> set[str]:
    """Return the deployments that an organisation supplies, each once; a lender supplies none."""
    return {
        edge.relation.deployment_id
        for edge in profile.supplies
        if edge.relation.deployment_id and edge.relation.role not in _NO_SUPPLY
    }


def _is_listed(profile: VendorProfile) -> bool:
    return any(entry.ended_on is None for entry in profile.listings)


def _lines(
    profiles: list[VendorProfile],
    places: dict[str, set[str]],
    standing: dict[str, str],
    listed: set[str],
    index: PageIndex,
) -> tuple[SupplierLine, ...]:
    ranked = sorted(
        (row.organisation for row in profiles if places[row.organisation.org_id]),
        key=lambda row: (-len(places[row.org_id]), row.name.casefold(), row.org_id),
    )
    most = len(places[ranked[0].org_id]) if ranked else 1
    return tuple(
        SupplierLine(
            org_id=row.org_id,
            name=row.name,
            page=index.org(row.org_id),
            systems=len(places[row.org_id]),
            countries=len({standing[place] for place in places[row.org_id]}),
            is_listed=row.org_id in listed,
            share=max(1, round(100 * len(places[row.org_id]) / most)),
        )
        for row in ranked
    )


def _strip(registry: Registry, index: PageIndex, deployment_id: str) -> ChainStrip | None:
    """Return the longest way down a chain; None where it ends at the operator."""
    whole = chain(registry, deployment_id)
    way = _deepest(whole.root)
    if sum(node.edge is not None for node in way) == 0:
        return None
    presenter = Presenter(registry)
    row = registry.deployment[deployment_id]
    boxes = [ChainBox(row.place or row.name, "", "")]
    for node in way[1:_CHAIN_BOXES_MAX]:
        said = presenter.supply(node.edge) if node.edge else None
        boxes.append(
            ChainBox(
                name=node.name,
                page=index.org(node.org_id),
                edge=f"{said.role}, {said.status}" if said else "",
            )
        )
    return ChainStrip(row.name, index.deployment(deployment_id), tuple(boxes))


def _deepest(node: ChainNode) -> list[ChainNode]:
    ways = [_deepest(child) for child in node.children if not child.is_gap]
    return [node, *max(ways, key=len, default=[])]
