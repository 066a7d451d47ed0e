"""Everything the registry holds on one organisation, with its own statements beside it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from mapper.answers.product_parts import parts_of, wholes_of
from mapper.answers.relation_status import standing
from mapper.answers.rulings import RulingRecord, rulings_naming
from mapper.answers.supply import Edge, by_day, edge_of
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import NameKind, StatusWord, SubjectKind
from mapper.registry.list_entries import Sight
from mapper.registry.names import find_organisation
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Designation,
    Footprint,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Product,
    ProductPart,
    Relation,
    Seat,
    Shipment,
)


class _Sourced(Protocol):
    @property
    def source_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class VendorProfile:
    """
    One organisation as maker, supplier and speaker.

    Attributes
    ----------
    names
        Over time: by first day, names without one last.
    seats
        Countries it is at home in, as sources say; several may disagree.
    links
        In which it is either end, by first day. Read: ``from_org`` is the ``kind`` of
        ``to_org``.
    parts
        Parts of its products, by product.
    inside
        Products of other makers that hold parts of it, by part.
    supplies
        Relations in which it supplies, parts of whole systems among them.
    components
        Relations in which its product is inside another maker's product. It is never said to
        supply the operators of that maker.
    named
        Relations in which it is named as a supplier and no claim states the supply, or that came
        no further than a plan or an offer; never counted as supplies.
    received
        Relations in which it is the recipient.
    retracted
        Relations in which it was named by our error; not among the others.
    listings
        Entries in legal lists, by day; each has its own effect.
    sights
        ``list_id`` and what each reading of that list showed of it, for the lists read for it.
    rulings
        Of courts and regulators that name it, and those it gave, by day.
    own_statements
        What it said itself, of anything, by day.
    claims_about
        What others said of it, its products, its listings and the shipments of its goods, by
        day.
    source_ids
        Every source of the above, sorted.
    """

    organisation: Organisation
    names: tuple[OrganisationName, ...]
    seats: tuple[Seat, ...]
    links: tuple[OrganisationLink, ...]
    products: tuple[Product, ...]
    parts: tuple[ProductPart, ...]
    inside: tuple[ProductPart, ...]
    footprints: tuple[Footprint, ...]
    supplies: tuple[Edge, ...]
    components: tuple[Edge, ...]
    named: tuple[Edge, ...]
    received: tuple[Edge, ...]
    retracted: tuple[Edge, ...]
    listings: tuple[Designation, ...]
    sights: tuple[tuple[str, tuple[Sight, ...]], ...]
    shipments: tuple[Shipment, ...]
    rulings: tuple[RulingRecord, ...]
    own_statements: tuple[Claim, ...]
    claims_about: tuple[Claim, ...]
    source_ids: tuple[str, ...]


def vendor_profile(registry: Registry, name_or_id: str) -> VendorProfile:
    """
    Gather what the registry holds on an organisation.

    Parameters
    ----------
    name_or_id
        An ``org_id`` or any of the organisation's names, compared exactly once normalised.

    Raises
    ------
    UsageError
        If no organisation has that name; ``next_step`` names those with a like one.
    """
    org_id = find_organisation(registry, name_or_id)
    products = registry.rows(Product, "org_id", org_id)
    every = _edges(registry, org_id)
    edges = [edge for edge in every if edge.status.word is not StatusWord.RETRACTED]
    supplied = [edge for edge in edges if edge.relation.supplier_org == org_id]
    names = [
        row
        for row in registry.rows(OrganisationName, "org_id", org_id)
        # A second Wikidata id is a key for tags and no name that a reader should see.
        if row.kind is not NameKind.SECOND_WIKIDATA_ID
    ]
    # By key: a tie of an organisation with itself would otherwise stand twice.
    links = {
        row.key: row
        for column in ("from_org", "to_org")
        for row in registry.rows(OrganisationLink, column, org_id)
    }
    listings = _listings(registry, org_id)
    shipments = _shipments(registry, org_id)
    subjects = {(SubjectKind.ORGANISATION, org_id)}
    subjects |= {(SubjectKind.PRODUCT, row.product_id) for row in products}
    subjects |= {(SubjectKind.DESIGNATION, row.designation_id) for row in listings}
    subjects |= {(SubjectKind.SHIPMENT, row.shipment_id) for row in shipments}
    rulings = rulings_naming(registry, org_id)
    told = {claim.claim_id for record in rulings for claim in record.claims}
    # "About" leaves out the organisation's own words, which have a part of their own: what somebody
    # says of itself must not look like what others say.
    own, about = _claims(registry, org_id, subjects)
    profile = VendorProfile(
        organisation=registry.organisation[org_id],
        names=tuple(sorted(names, key=lambda row: (_day(row.valid_from), row.key))),
        seats=registry.rows(Seat, "org_id", org_id),
        links=tuple(sorted(links.values(), key=lambda row: (_day(row.valid_from), row.key))),
        products=products,
        parts=tuple(part for row in products for part in parts_of(registry, row.product_id)),
        inside=tuple(part for row in products for part in wholes_of(registry, row.product_id)),
        footprints=registry.rows(Footprint, "org_id", org_id),
        supplies=tuple(e for e in supplied if e.is_supply and not e.is_inside_product),
        components=tuple(e for e in supplied if e.is_supply and e.is_inside_product),
        named=tuple(e for e in supplied if not e.is_supply),
        received=tuple(e for e in edges if e.relation.supplier_org != org_id),
        retracted=tuple(e for e in every if e.status.word is StatusWord.RETRACTED),
        listings=listings,
        sights=tuple(
            (list_id, registry.sights.of(list_id, org_id))
            for list_id in registry.sights.lists_of(org_id)
        ),
        shipments=shipments,
        rulings=rulings,
        # What stands beside a ruling is not said a second time.
        own_statements=tuple(claim for claim in own if claim.claim_id not in told),
        claims_about=about,
        # Filled below, once there is a profile whose parts can be asked for their sources.
        source_ids=(),
    )
    return replace(profile, source_ids=_sources(profile))


def _edges(registry: Registry, org_id: str) -> list[Edge]:
    relation_ids = {
        row.relation_id
        for column in ("supplier_org", "recipient_org")
        for row in registry.rows(Relation, column, org_id)
    }
    return [edge_of(registry, relation_id) for relation_id in sorted(relation_ids)]


def _claims(
    registry: Registry, org_id: str, subjects: set[tuple[SubjectKind, str]]
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    own = registry.rows(Claim, "speaker_org", org_id)
    about = [
        claim
        for subject in sorted(subjects)
        for claim in registry.claims_on(*subject)
        if claim.speaker_org != org_id
    ]
    return by_day(standing(registry, own)), by_day(standing(registry, about))


def _listings(registry: Registry, org_id: str) -> tuple[Designation, ...]:
    rows = [
        row
        for row in registry.rows(Designation, "org_id", org_id)
        if registry.retraction(SubjectKind.DESIGNATION, row.designation_id) is None
    ]
    return tuple(
        sorted(rows, key=lambda row: (_day(row.announced_on or row.effective_on), row.key))
    )


def _shipments(registry: Registry, org_id: str) -> tuple[Shipment, ...]:
    rows = [
        row
        for row in registry.rows(Shipment, "maker_org", org_id)
        if registry.retraction(SubjectKind.SHIPMENT, row.shipment_id) is None
    ]
    return tuple(sorted(rows, key=lambda row: (_day(row.period_from), row.key)))


def _day(day: PartialDate | None) -> date:
    # What has no day comes last, as in every list of the project.
    return date.max if day is None else day.earliest


def _sources(profile: VendorProfile) -> tuple[str, ...]:
    rows: tuple[_Sourced, ...] = (
        *profile.names,
        *profile.seats,
        *profile.links,
        *profile.products,
        *profile.parts,
        *profile.inside,
        *profile.footprints,
        *profile.listings,
        *profile.shipments,
        *profile.own_statements,
        *profile.claims_about,
    )
    sources = {row.source_id for row in rows if row.source_id is not None}
    for edge in (*profile.supplies, *profile.components, *profile.named, *profile.received):
        sources |= set(edge.source_ids)
    for record in profile.rulings:
        sources |= set(record.source_ids)
    return tuple(sorted(sources))
