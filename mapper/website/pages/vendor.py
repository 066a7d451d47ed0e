"""What stands on the page of an organisation, and in the list of all of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.supply import Edge, retraction_reason
from mapper.registry.codes import NameKind, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, OrganisationLink
from mapper.website.map.vocabulary import RUNGS
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import map_of_maker
from mapper.website.pages.deployment import spot_of
from mapper.website.pages.footnotes import cited
from mapper.website.pages.listings import (
    KinListing,
    Listing,
    Unlisted,
    kin_listings,
    listings_of,
    unlisted_of,
)
from mapper.website.pages.locator_map import Land, Locator
from mapper.website.pages.statements import Goods, Ref, Statement, Supply, Telling, money
from mapper.website.pages.tally import CameraTally
from mapper.website.pages.timeline import Event, Strip, events_of, strip_of

_HIDDEN_NAMES = frozenset({NameKind.MISSPELLING})


@dataclass(frozen=True, slots=True)
class Name:
    """A name and when it was borne."""

    name: str
    kind: str
    language: str
    when: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another organisation, as a sentence of three parts."""

    left: Ref
    verb: str
    right: Ref
    details: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedCameras:
    """Cameras of the release that carry its name in one country."""

    country: Ref
    cameras: str
    rungs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VendorPage:
    """
    The page of an organisation.

    Attributes
    ----------
    on_map
        The address of the map with the cameras that carry its name; empty where there are none.
    """

    org_id: str
    name: str
    headline: str
    country: Ref | None
    website: str
    wikidata_id: str
    lei: str
    events: tuple[Event, ...]
    strip: Strip | None
    names: tuple[Name, ...]
    misspellings: tuple[str, ...]
    ties: tuple[Tie, ...]
    products: tuple[tuple[str, str, tuple[str, ...]], ...]
    locator: Locator | None
    supplies: tuple[Supply, ...]
    components: tuple[Supply, ...]
    received: tuple[Supply, ...]
    runs: tuple[Ref, ...]
    goods: tuple[Goods, ...]
    cameras: tuple[NamedCameras, ...]
    cameras_total: NamedCameras | None
    on_map: str
    listings: tuple[Listing, ...]
    unlisted: tuple[Unlisted, ...]
    kin_listings: tuple[KinListing, ...]
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    retracted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VendorRow:
    """
    A line in the list of organisations.

    Attributes
    ----------
    is_maker
        Whether it supplies, makes or is a part; else it runs, buys or is tied to others.
    """

    name: Ref
    is_maker: bool
    country: str
    kind: str
    deployments: int
    components: int
    listings: int
    cameras: int


def vendor_row(telling: Telling, profile: VendorProfile, tally: CameraTally) -> VendorRow:
    """Return the line of an organisation."""
    row = profile.organisation
    by_country = tally.vendors.get(row.org_id, {})
    return VendorRow(
        name=telling.org(row.org_id),
        is_maker=bool(profile.supplies or profile.components or profile.products or by_country),
        country=words.country(row.country_code) if row.country_code else "",
        kind=words.ORGANISATION_KINDS[row.kind],
        deployments=len(_places(profile.supplies)),
        components=len(profile.components),
        listings=len(profile.listings),
        cameras=sum(counter.total() for counter in by_country.values()),
    )


def vendor_page(
    telling: Telling, profile: VendorProfile, *, tally: CameraTally, land: Land
) -> VendorPage:
    """
    Gather the page of an organisation.

    Parameters
    ----------
    telling
        Fresh: it numbers the sources of this page alone.
    """
    registry = telling.registry
    row = profile.organisation
    by_country = tally.vendors.get(row.org_id, {})
    cameras_total = _named(None, sum(by_country.values(), Counter())) if by_country else None
    events = events_of(telling, profile)
    spots = [
        spot
        for place in _places(profile.supplies)
        if (spot := spot_of(registry.deployment[place], telling.index.deployment(place)))
    ]
    return VendorPage(
        org_id=row.org_id,
        name=row.name,
        headline=_headline(profile, registry, cameras_total),
        country=_country(telling, row.country_code),
        website=row.website or "",
        wikidata_id=row.wikidata_id or "",
        lei=row.lei or "",
        events=events,
        strip=strip_of(events),
        names=_names(profile),
        misspellings=tuple(
            sorted({name.name for name in profile.names if name.kind in _HIDDEN_NAMES})
        ),
        ties=tuple(_tie(telling, link) for link in profile.links),
        products=tuple(
            (product.name, words.LAYERS[product.layer], cited([product.source_id]))
            for product in profile.products
        ),
        locator=land.locator(spots),
        supplies=_supplies(telling, profile.supplies),
        components=_supplies(telling, profile.components),
        received=_supplies(telling, profile.received),
        runs=tuple(
            telling.deployment(deployment.deployment_id)
            for deployment in registry.deployments
            if deployment.operator_org == row.org_id
        ),
        goods=tuple(map(telling.goods, profile.shipments)),
        cameras=tuple(
            _named(_country(telling, code), counter)
            for code, counter in sorted(
                by_country.items(), key=lambda one: (-one[1].total(), one[0] or "")
            )
        ),
        cameras_total=cameras_total,
        on_map=map_of_maker(row.org_id) if by_country else "",
        listings=listings_of(telling, profile),
        unlisted=unlisted_of(registry, profile),
        kin_listings=kin_listings(telling, row.org_id),
        said=telling.claims(profile.claims_about),
        own=_own(telling, profile),
        retracted=tuple(
            (edge.relation.relation_id, retraction_reason(registry, edge) or "")
            for edge in profile.retracted
        ),
    )


def _places(edges: Sequence[Edge]) -> list[str]:
    """Return the deployments of some supplies, each once, by id."""
    return sorted({edge.relation.deployment_id for edge in edges if edge.relation.deployment_id})


def _country(telling: Telling, code: str | None) -> Ref:
    return Ref(words.country(code), telling.index.place(code))


def _headline(profile: VendorProfile, registry: Registry, cameras: NamedCameras | None) -> str:
    row = profile.organisation
    kind = words.ORGANISATION_KINDS[row.kind]
    seat = f", {words.country(row.country_code)}" if row.country_code else ", country not known"
    parts = [f"{kind[0].upper()}{kind[1:]}{seat}."]
    places = _places(profile.supplies)
    if places:
        countries = {registry.deployment[place].country_code for place in places}
        where = words.of(len(countries), "country", "countries")
        what = words.of(len(places), "deployment", "deployments")
        parts.append(f"Sources name it at {what} in {where}.")
    if profile.components:
        makers = {edge.relation.recipient_org for edge in profile.components}
        inside = words.of(len(makers), "other maker", "other makers")
        parts.append(f"Sources name its products as components in those of {inside}.")
    runs = [
        deployment for deployment in registry.deployments if deployment.operator_org == row.org_id
    ]
    if runs:
        parts.append(f"It runs {words.of(len(runs), 'deployment', 'deployments')} listed here.")
    if profile.listings:
        entries = words.of(len(profile.listings), "entry", "entries")
        verb = "names" if len(profile.listings) == 1 else "name"
        parts.append(f"{entries} in legal or official lists {verb} it, each with its own effect.")
    if cameras is not None:
        verb = "carries" if cameras.cameras == "1" else "carry"
        noun = "camera" if cameras.cameras == "1" else "cameras"
        parts.append(f"{cameras.cameras} mapped {noun} of this release {verb} its name.")
    return " ".join(parts)


def _names(profile: VendorProfile) -> tuple[Name, ...]:
    shown = []
    for row in profile.names:
        is_item = row.kind is NameKind.ALIAS and row.name[:1] == "Q" and row.name[1:].isdigit()
        if row.kind in _HIDDEN_NAMES or is_item:
            continue
        span = [
            f"{word} {words.day(when)}"
            for word, when in (("from", row.valid_from), ("to", row.valid_to))
            if when is not None
        ]
        shown.append(
            Name(
                name=row.name,
                kind=words.plain(row.kind),
                language=row.language or "",
                when=" ".join(span),
                sources=cited([row.source_id]),
            )
        )
    return tuple(shown)


def _tie(telling: Telling, link: OrganisationLink) -> Tie:
    details = [f"{words.number(float(link.share_pct))} %"] if link.share_pct is not None else []
    details += [
        f"{word} {words.day(when)}"
        for word, when in (("from", link.valid_from), ("to", link.valid_to))
        if when is not None
    ]
    details += [money(link)] if money(link) else []
    return Tie(
        left=telling.org(link.from_org),
        verb=words.LINKS[link.kind],
        right=telling.org(link.to_org),
        details=", ".join(details),
        sources=cited([link.source_id]),
    )


def _supplies(telling: Telling, edges: Sequence[Edge]) -> tuple[Supply, ...]:
    return tuple(telling.supply(edge) for edge in edges)


def _named(country: Ref | None, counter: Counter[str]) -> NamedCameras:
    return NamedCameras(
        country=country or Ref("All countries", ""),
        cameras=words.number(counter.total()),
        rungs={rung: words.number(counter[rung]) for rung in RUNGS if counter[rung]},
    )


def _own(telling: Telling, profile: VendorProfile) -> tuple[Statement, ...]:
    found: dict[tuple[str, str], Statement] = {}
    for claim in profile.own_statements:
        if claim.statement is None:
            continue
        # One statement may bear on several relations; it was made once.
        key = (claim.as_of.text if claim.as_of else "", claim.statement)
        if key not in found:
            found[key] = telling.claim(claim, _subject(telling, claim, profile))
    return tuple(found.values())


def _subject(telling: Telling, claim: Claim, profile: VendorProfile) -> Ref | None:
    """Say what a statement speaks of, where that is not the organisation itself."""
    registry = telling.registry
    if claim.subject_kind is SubjectKind.DEPLOYMENT:
        return telling.deployment(claim.subject_id)
    if claim.subject_kind is SubjectKind.RELATION:
        relation = registry.relation[claim.subject_id]
        if relation.deployment_id is not None:
            return telling.deployment(relation.deployment_id)
        own_id = profile.organisation.org_id
        other = relation.recipient_org if relation.supplier_org == own_id else relation.supplier_org
        return telling.org(other) if other else None
    if claim.subject_kind is SubjectKind.PRODUCT:
        return Ref(registry.product[claim.subject_id].name, "")
    return None
