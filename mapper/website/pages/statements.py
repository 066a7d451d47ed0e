"""What the registry says, made ready for a page: claims, replies, supplies, shipments, counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mapper.answers.deployment_profile import stands_beside_mapped
from mapper.answers.relation_status import standing
from mapper.answers.supply import Edge
from mapper.registry.codes import Bound, Role, StatusWord, SubjectKind, ValuePer
from mapper.registry.codes import Counted as What
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Count,
    Deployment,
    OrganisationLink,
    Relation,
    Reply,
    Shipment,
)
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.footnotes import cited

CAMERA_COUNTS = (What.CAMERAS, What.FACE_RECOGNITION_CAMERAS, What.ALPR_CAMERAS)
"""Counts of cameras, the ones that lead a page."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A name and the address of its page below the site's folder; empty where it has none."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Statement:
    """
    Who says what of a thing, when; a reply is one too.

    Attributes
    ----------
    part
        In which part the speaker speaks.
    says
        What it does to its subject; empty for a reply.
    subject
        What it speaks of, where the page does not say so already.
    is_again
        Whether an equal statement stands above it on the page.
    """

    row_id: str
    who: Ref
    role: str
    part: str
    when: str
    says: str
    text: str
    subject: Ref | None
    sources: tuple[str, ...]
    is_reply: bool = False
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Supply:
    """
    A relation with everything that must stand beside it.

    Attributes
    ----------
    role
        What the supplier is in it.
    status
        The status' own word; ``status_text`` says what it means.
    named_by
        Claims of others that name the supply and say no more.
    said
        What others than the supplier say, by day.
    own
        The supplier's own claims, and replies, to be shown beside at the same size.
    """

    row_id: str
    supplier: Ref
    recipient: Ref | None
    deployment: Ref | None
    role: str
    layer: str
    product: str
    is_component: bool
    period: str
    money: str
    status: str
    status_text: str
    ended: str
    named_by: tuple[Statement, ...]
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """
    Goods that crossed a border, as a source reports customs records.

    Attributes
    ----------
    said
        What anybody says of them.
    """

    row_id: str
    goods: str
    origin: str
    destination: str
    period: str
    amounts: str
    sources: tuple[str, ...]
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """
    A count as its source gives it.

    Attributes
    ----------
    share
        Its length as a part of the longest of the same kind, 0 to 1.
    is_open
        Whether the true number may be larger.
    is_of_cameras
        Whether cameras were counted, of any state.
    is_installed
        Whether it may stand beside mapped cameras.
    """

    row_id: str
    what: str
    figure: str
    qualifier: str
    scope: str
    as_written: str
    when: str
    share: float
    is_open: bool
    is_of_cameras: bool
    is_installed: bool
    sources: tuple[str, ...]


class Telling:
    """Makes rows of the registry ready for one page, and numbers the sources they name."""

    def __init__(self, registry: Registry, index: PageIndex) -> None:
        self.registry = registry
        self.index = index

    def org(self, org_id: str) -> Ref:
        """Return an organisation's name and page."""
        return Ref(self.registry.name(org_id), self.index.org(org_id))

    def deployment(self, deployment_id: str) -> Ref:
        """Return a deployment's name and page."""
        row = self.registry.deployment[deployment_id]
        return Ref(row.name, self.index.deployment(deployment_id))

    def claim(self, claim: Claim, subject: Ref | None = None) -> Statement:
        """Make a claim ready."""
        source = self.registry.source[claim.source_id]
        if claim.speaker_org is not None:
            who = self.org(claim.speaker_org)
        else:
            who = Ref(source.publisher, "")
        return Statement(
            row_id=claim.claim_id,
            who=who,
            role=claim.speaker_role or "",
            part=words.BY[claim.by],
            when=words.day(claim.as_of),
            says=words.SAYS[claim.says],
            text=claim.statement or "Names this supply and says no more.",
            subject=subject,
            sources=cited([claim.source_id]),
        )

    def claims(self, claims: Iterable[Claim]) -> tuple[Statement, ...]:
        """Make claims ready, in the order given."""
        return tuple(self.claim(claim) for claim in claims)

    def reply(self, reply: Reply) -> Statement:
        """Make a reply ready."""
        return Statement(
            row_id=reply.relation_id,
            who=self.org(reply.org_id),
            role="",
            part="reply",
            when=words.day(reply.answered_on),
            says="",
            text=reply.text,
            subject=None,
            sources=cited([reply.source_id]),
            is_reply=True,
        )

    def supply(self, edge: Edge) -> Supply:
        """Make a relation ready."""
        relation = edge.relation
        supplier = relation.supplier_org
        own = [claim for claim in edge.claims if claim.speaker_org == supplier]
        others = [claim for claim in edge.claims if claim.speaker_org != supplier]
        recipient, place = relation.recipient_org, relation.deployment_id
        ended = edge.status.word is StatusWord.ENDED
        return Supply(
            row_id=relation.relation_id,
            supplier=self.org(supplier),
            recipient=self.org(recipient) if recipient else None,
            deployment=self.deployment(place) if place else None,
            role=words.ROLES[relation.role],
            layer=words.LAYERS[relation.layer],
            product=edge.product_name,
            is_component=relation.role is Role.COMPONENT,
            period=period(relation),
            money=money(relation),
            status=str(edge.status.word),
            status_text=words.STATUSES[edge.status.word],
            ended=words.day(edge.status.ended_on) if ended else "",
            named_by=self.claims(other for other in others if other.statement is None),
            said=self.claims(other for other in others if other.statement is not None),
            own=(*self.claims(own), *(self.reply(reply) for reply in edge.replies)),
            sources=cited(edge.source_ids),
        )

    def goods(self, shipment: Shipment) -> Goods:
        """Make a shipment ready."""
        number = words.of(int(shipment.count), "shipment", "shipments") if shipment.count else ""
        value = money(shipment) if shipment.value is not None else ""
        return Goods(
            row_id=shipment.shipment_id,
            goods=shipment.goods,
            origin=words.country(shipment.from_country) if shipment.from_country else "",
            destination=words.country(shipment.to_country),
            period=f"{words.day(shipment.period_from)} to {words.day(shipment.period_to)}",
            amounts="; ".join(part for part in (number, value) if part)
            or shipment.value_as_written
            or "amount not given",
            sources=cited([shipment.source_id]),
            said=self.claims(
                standing(
                    self.registry,
                    self.registry.claims_on(SubjectKind.SHIPMENT, shipment.shipment_id),
                )
            ),
        )

    def counts(self, counts: Iterable[Count]) -> tuple[Counted, ...]:
        """Make counts ready, those of one kind together, by day."""
        rows = sorted(counts, key=count_day)
        longest: dict[What, Decimal] = {}
        for row in rows:
            longest[row.what] = max(longest.get(row.what, Decimal(0)), row.value)
        kinds = sorted(longest, key=lambda what: (what not in CAMERA_COUNTS, what))
        ranked = sorted(rows, key=lambda row: kinds.index(row.what))
        return tuple(self._counted(row, longest[row.what]) for row in ranked)

    def _counted(self, row: Count, longest: Decimal) -> Counted:
        return Counted(
            row_id=row.count_id,
            what=words.counted(row.what),
            figure=f"{words.BOUNDS[row.bound]}{words.number(float(row.value))}",
            qualifier=words.qualified(row.qualifier),
            scope=row.scope or "",
            as_written=row.value_as_written,
            when=words.day(row.as_of),
            share=float(row.value / longest) if longest else 0.0,
            is_open=row.bound in {Bound.AT_LEAST, Bound.MORE_THAN},
            is_of_cameras=row.what in CAMERA_COUNTS,
            is_installed=stands_beside_mapped(row),
            sources=cited([row.source_id]),
        )


def count_day(count: Count) -> tuple[date, date, str]:
    """Order counts by the first day they can be of; one known to be before a day, by that day."""
    earliest, latest = count.as_of.earliest, count.as_of.latest
    return (latest if earliest == date.min else earliest, latest, count.count_id)


def period(row: Relation | Deployment) -> str:
    """Say from when to when, each with its event; sides that are not known are left out."""
    parts = []
    for word, when, event, written in (
        ("from", row.valid_from, row.valid_from_event, row.valid_from_as_written),
        ("to", row.valid_to, row.valid_to_event, row.valid_to_as_written),
    ):
        if when is None and written is None:
            continue
        named = f" ({words.plain(event)})" if event is not None else ""
        parts.append(f"{word} {words.day(when) or written}{named}")
    return " ".join(parts)


def money(row: Relation | Shipment | OrganisationLink) -> str:
    """Say a sum with its bound and currency, as its source writes it where it is no number."""
    if row.value is None or row.currency is None:
        return row.value_as_written or ""
    bound = words.BOUNDS[row.value_bound] if row.value_bound is not None else ""
    per = ""
    if isinstance(row, Relation):
        if row.value_per not in {None, ValuePer.TOTAL}:
            per = f" a {words.plain(str(row.value_per))}"
        if row.value_scope is not None:
            per += f" ({words.plain(row.value_scope)})"
    return f"{bound}{words.number(float(row.value))} {row.currency}{per}"
