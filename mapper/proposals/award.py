"""An award as a notice tells it, and the rows that it proposes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapper.clean.partial_date import PartialDate
from mapper.proposals.proposed import LeftOut, Match, Party, Proposed
from mapper.proposals.publisher_codes import quoted_item, short_hash, shortened, slug
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Event, Layer, Role
from mapper.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Notice:
    """
    Where it was read.

    Attributes
    ----------
    origin, ref
        Id of the interface, and the publisher's number.
    published_on
        Day of publication, if a plain one was given.
    is_excerpt
        An interface gives some fields of a notice; a list or a CSV is read whole.
    """

    origin: str
    ref: str
    title: str
    publisher: str
    url: str
    license_id: str
    retrieved_on: str
    published_on: PartialDate | None = None
    language: str = ""
    kind: str = "procurement"
    grade: str = "A"
    is_excerpt: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum: as written, as a plain number or empty, and its ISO 4217 code or empty."""

    as_written: str
    number: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, each with what happened on it."""

    begins: PartialDate | None = None
    begins_with: Event | None = None
    ends: PartialDate | None = None
    ends_with: Event | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """
    One supplier of one contract.

    Attributes
    ----------
    award_ref
        The publisher's number of the award, where a notice tells several or an award goes on
        from one notice to the next; it alone makes the relation's id then.
    item
        What, in the notice's words; empty where they may hold a person's data.
    by
        In which part the notice speaks: ``recipient`` for a buyer's own, else ``third_party``.
    verb
        Ends the claim's first half: "A notice of BUYER names SUPPLIER".
    """

    notice: Notice
    buyer: Party
    supplier: Party
    item: str
    layer: Layer
    role: Role
    award_ref: str = ""
    amount: Amount | None = None
    period: Period = Period()
    note: str = ""
    by: str = "recipient"
    verb: str = "A contract notice of {buyer} names {supplier}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a source tells of awards, and what of it is not proposed."""

    awards: tuple[Award, ...]
    left_out: tuple[LeftOut, ...]


def parsed(told: Iterable[Award | LeftOut]) -> Parsed:
    """Part what is proposed from what is not."""
    every = tuple(told)
    return Parsed(
        tuple(item for item in every if isinstance(item, Award)),
        tuple(item for item in every if isinstance(item, LeftOut)),
    )


def rows_of_awards(
    awards: Iterable[Award], resolver: Resolver
) -> tuple[list[Proposed], list[LeftOut]]:
    """
    Return the rows that awards propose.

    Returns
    -------
    rows, left_out
        For each award a source, the organisations that are new, a relation and its claim; each
        row once, whatever the order of the awards.
    """
    rows: dict[str, Proposed] = {}
    left: list[LeftOut] = []
    for award in sorted(awards, key=_order):
        supplier = resolver.find(award.supplier)
        # A sole trader is a person. The award is left out whole: its sum and buyer would still
        # point at somebody.
        if supplier.is_withheld:
            reason = "the supplier's name does not say that it is an organisation's"
            left.append(LeftOut(award.notice.ref, reason))
            continue
        buyer = resolver.find(award.buyer)
        if buyer.is_withheld:
            left.append(LeftOut(award.notice.ref, "the buyer's name may be a person's"))
            continue
        # Several awards share a source and organisations; each row is proposed once.
        for row in _rows(award, buyer, supplier, resolver.registry):
            rows.setdefault(row.proposal_id, row)
    return list(rows.values()), left


def rows_of(parsed: Parsed, resolver: Resolver) -> tuple[list[Proposed], list[LeftOut]]:
    """Return the rows that awards propose, and all that is left out, by reading or by name."""
    rows, left_out = rows_of_awards(parsed.awards, resolver)
    return rows, [*parsed.left_out, *left_out]


def source_row(notice: Notice, source_id: str) -> Proposed:
    """Return the row of ``sources`` for what was read."""
    cells = {
        "source_id": source_id,
        "title": notice.title,
        "publisher": notice.publisher,
        "kind": notice.kind,
        "published_on": notice.published_on.text if notice.published_on else "",
        "url": notice.url,
        "language": notice.language,
        "license_id": notice.license_id,
        "retrieved_on": notice.retrieved_on,
        "grade": notice.grade,
        "excerpt_only": "true" if notice.is_excerpt else "false",
    }
    return Proposed(notice.origin, notice.ref, "sources", _filled(cells), url=notice.url)


def source_id_of(registry: Registry, notice: Notice) -> str:
    """Return the id of the source with that address, or the one a new row would have."""
    # By address, since the registry may have read the same notice under an id of its own.
    same = [row.source_id for row in registry.sources if row.url == notice.url]
    return same[0] if same else _id(notice.origin, notice.ref)


def organisation_row(notice: Notice, party: Party, match: Match) -> Proposed:
    """Return the row of a new organisation."""
    cells = {
        "org_id": match.org_id,
        "name": party.name,
        "kind": party.kind,
        "country_code": party.country_code,
    }
    return Proposed(
        notice.origin,
        notice.ref,
        "organisations",
        _filled(cells),
        {"org_id": match},
        "new: compare the like names before it is entered" if match.near else "new",
        notice.url,
    )


def _rows(award: Award, buyer: Match, supplier: Match, registry: Registry) -> Iterator[Proposed]:
    notice = award.notice
    source_id = source_id_of(registry, notice)
    yield source_row(notice, source_id)
    for party, match in ((award.buyer, buyer), (award.supplier, supplier)):
        if match.is_new:
            yield organisation_row(notice, party, match)
    relation_id = _id(
        supplier.org_id,
        buyer.org_id,
        # Two contracts between the same two are two relations; the publisher's number tells them
        # apart, the same at every run.
        short_hash(f"{notice.origin} {award.award_ref or notice.ref}"),
    )
    yield Proposed(
        notice.origin,
        notice.ref,
        "relations",
        _filled(_relation(award, relation_id, supplier.org_id, buyer.org_id)),
        {"supplier_org": supplier, "recipient_org": buyer},
        award.note,
        notice.url,
    )
    names = {
        "buyer": shortened(award.buyer.name, 70),
        "supplier": shortened(award.supplier.name, 70),
    }
    claim = {
        "claim_id": f"{relation_id}-claim",
        "subject_kind": "relation",
        "subject_id": relation_id,
        "says": "supports",
        "about": "supply",
        "by": award.by,
        # In its own notice the buyer speaks; in a register of others nobody of the two does.
        "speaker_org": buyer.org_id if award.by == "recipient" else "",
        "as_of": notice.published_on.text if notice.published_on else "",
        "statement": f"{award.verb.format(**names)}{quoted_item(award.item)}.",
        "source_id": source_id,
    }
    speaker = {"speaker_org": buyer} if award.by == "recipient" else {}
    yield Proposed(notice.origin, notice.ref, "claims", _filled(claim), speaker, url=notice.url)


def _relation(award: Award, relation_id: str, supplier: str, buyer: str) -> dict[str, str]:
    period = award.period
    cells = {
        "relation_id": relation_id,
        "supplier_org": supplier,
        "recipient_org": buyer,
        "product_as_written": award.item,
        "layer": award.layer,
        "role": award.role,
        "valid_from": period.begins.text if period.begins else "",
        "valid_from_event": period.begins_with or "" if period.begins else "",
        "valid_to": period.ends.text if period.ends else "",
        "valid_to_event": period.ends_with or "" if period.ends else "",
    }
    if award.amount is None:
        return cells
    amount = award.amount
    has_number = bool(amount.number)
    return cells | {
        "value": amount.number,
        # A sum that no number can hold is shown as written and counted nowhere.
        "value_bound": "exact" if has_number else "",
        "value_per": "total" if has_number else "",
        "value_scope": "contract" if has_number else "",
        "value_as_written": amount.as_written,
        "currency": amount.currency if has_number else "",
    }


# Ids are made of the publisher's numbers and not of a count, so that a second run proposes the
# same.
def _id(*parts: str) -> str:
    return "-".join(slug(part) for part in parts)


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {column: str(value) for column, value in cells.items() if value}


def _order(award: Award) -> tuple[str, ...]:
    return (
        award.notice.ref,
        award.award_ref,
        award.supplier.name,
        award.supplier.country_code,
        award.item,
        award.amount.as_written if award.amount else "",
        award.period.begins.text if award.period.begins else "",
    )
