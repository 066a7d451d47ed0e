"""
What the registry says, put into words once: claims, replies, supplies, shipments, counts.

Rows go in, words and ids come out. No address of a page stands here: who shows the words finds
the way to what a `Ref` names. The terminal, the static pages and the map show these very words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mapper.answers.deployment_profile import stands_beside_mapped
from mapper.answers.relation_status import standing
from mapper.answers.supply import Edge
from mapper.registry.codes import Answer, Bound, Role, StatusWord, SubjectKind
from mapper.registry.codes import Counted as What
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Count,
    Reply,
    Shipment,
)
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import as_written, day, gettext, ngettext
from mapper.telling.role_words import role_of
from mapper.telling.row_words import count_day, money, money_under, period

CAMERA_COUNTS = (What.CAMERAS, What.FACE_RECOGNITION_CAMERAS, What.ALPR_CAMERAS)
"""Counts of cameras, the ones that lead a page."""


@dataclass(frozen=True, slots=True)
class Ref:
    """
    A name, and what it names.

    Attributes
    ----------
    kind
        Of what ``row_id`` is the id: an organisation, a deployment or a country; empty where
        the name names nothing that has an id.
    """

    name: str
    kind: Literal["organisation", "deployment", "country", ""] = ""
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """
    Who says what of a thing, when; a reply is one too.

    Attributes
    ----------
    who
        The speaker: an organisation of the registry by name, else a person or group by role,
        else the publisher of the source.
    role
        What the speaker is for the organisation named; empty where ``who`` is the role itself.
    part
        In which part the speaker speaks.
    says
        What it does to its subject; empty where it supports it, and for a reply.
    subject
        What it speaks of, where that is not clear from where it stands.
    is_bare
        Whether the source names the supply and states nothing.
    is_again
        Whether an equal statement stands above it in the same text.
    """

    who: Ref
    role: str
    part: str
    when: str
    says: str
    text: str
    subject: Ref | None
    sources: tuple[str, ...]
    is_bare: bool = False
    is_reply: bool = False
    is_again: bool = False

    @property
    def byline(self) -> str:
        """The speaker, the role, the part and the day."""
        named = f"{self.who.name} ({self.role})" if self.role else self.who.name
        return ", ".join(part for part in (named, self.part, self.when) if part)


@dataclass(frozen=True, slots=True)
class Supply:
    """
    A relation with everything that must stand beside it.

    Attributes
    ----------
    role
        What the supplier is in it.
    to
        The word between the role and the recipient: a component is inside the products of
        another maker, never supplied further.
    is_supply
        Whether it may be counted as one.
    stage
        How far it came, where that is less than a supply; else empty.
    status
        The status, with the day of the end where one is known.
    in_force
        Whether the day asked for lies in its period; None where no day was asked for.
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
    to: str
    product: str
    is_component: bool
    is_inside_product: bool
    period: str
    money: str
    is_supply: bool
    stage: str
    status: StatusWord
    ended: str
    in_force: Answer
    named_by: tuple[Statement, ...]
    said: tuple[Statement, ...]
    own: tuple[Statement, ...]
    sources: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The relation without its supplier: role, product, recipient, period, sum, status."""
        product = f" ({as_written(self.product)})" if self.product else ""
        recipient = f" {self.to} {self.recipient.name}" if self.recipient else ""
        ended = f" {self.ended}" if self.ended else ""
        parts = (
            f"{self.role}{product}{recipient}",
            self.period or gettext("period not known"),
            self.money,
            self.stage,
            gettext("status: {status}", status=words.said(self.status)) + ended,
        )
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Goods:
    """
    Goods that crossed a border, as a source reports customs records.

    Attributes
    ----------
    said
        What anybody says of them.
    """

    goods: str
    origin: str
    destination: str
    period: str
    amounts: str
    sources: tuple[str, ...]
    said: tuple[Statement, ...]

    @property
    def headline(self) -> str:
        """The goods, from where to where, when, and how much."""
        # Of the terminal alone, which is in English.
        origin = f" from {self.origin}" if self.origin else ""
        return f"{self.goods}{origin} to {self.destination}, {self.period}: {self.amounts}"


@dataclass(frozen=True, slots=True)
class Counted:
    """
    A count as its source gives it.

    Attributes
    ----------
    row
        As the registry has it.
    figure
        The number with its bound.
    what, state, when
        What was counted, in which state the source says it is, as of which day.
    share
        Its length as a part of the longest of the same kind, 0 to 1.
    """

    row: Count
    figure: str
    what: str
    state: str
    when: str
    share: float
    sources: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the true number may be larger."""
        return self.row.bound in {Bound.AT_LEAST, Bound.MORE_THAN}

    @property
    def is_of_cameras(self) -> bool:
        """Whether cameras were counted, of any state."""
        return self.row.what in CAMERA_COUNTS

    @property
    def is_installed(self) -> bool:
        """Whether it may stand beside mapped cameras."""
        return stands_beside_mapped(self.row)

    @property
    def headline(self) -> str:
        """The day, the number, what it counts, in which state and scope."""
        scope = f", {self.row.scope}" if self.row.scope else ""
        return f"{self.when}: {self.figure} {self.what}, {self.state}{scope}"


class Presenter:
    """Puts rows of the registry into words."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def organisation(self, org_id: str) -> Ref:
        """Name an organisation."""
        return Ref(self.registry.name(org_id), "organisation", org_id)

    def deployment(self, deployment_id: str) -> Ref:
        """Name a deployment."""
        return Ref(self.registry.deployment[deployment_id].name, "deployment", deployment_id)

    def country(self, code: str | None) -> Ref:
        """Name a country."""
        return Ref(words.country(code), "country", code or "")

    def claim(self, claim: Claim, subject: Ref | None = None) -> Statement:
        """Put a claim into words."""
        role = claim.speaker_role or ""
        # The organisation, else the office, else at least the publisher: somebody said it, and is
        # named.
        if claim.speaker_org is not None:
            who = self.organisation(claim.speaker_org)
        elif role:
            who, role = Ref(role), ""
        else:
            who = Ref(self.registry.source[claim.source_id].publisher)
        return Statement(
            who=who,
            role=role,
            part=gettext(words.BY[claim.by]),
            when=day(claim.as_of),
            says=gettext(words.SAYS[claim.says]) if words.SAYS[claim.says] else "",
            text=claim.statement or gettext(words.NAMES_ONLY),
            subject=subject,
            sources=cited([claim.source_id]),
            is_bare=claim.statement is None,
        )

    def claims(self, claims: Iterable[Claim]) -> tuple[Statement, ...]:
        """Put claims into words, in the order given."""
        return tuple(self.claim(claim) for claim in claims)

    def claims_on(self, kind: SubjectKind, row_id: str) -> tuple[Statement, ...]:
        """Put the claims on a row that stand into words, in the registry's order."""
        return self.claims(standing(self.registry, self.registry.claims_on(kind, row_id)))

    def subject(self, claim: Claim, org_id: str) -> Ref | None:
        """Say what a claim speaks of, where that is not the organisation ``org_id`` itself."""
        # Only where it is not clear from the page: on its own page an organisation speaks of
        # itself.
        if claim.subject_kind is SubjectKind.DEPLOYMENT:
            return self.deployment(claim.subject_id)
        if claim.subject_kind is SubjectKind.PRODUCT:
            return Ref(self.registry.product[claim.subject_id].name)
        if claim.subject_kind is SubjectKind.RULING:
            place = self.registry.ruling[claim.subject_id].deployment_id
            return self.deployment(place) if place else None
        if claim.subject_kind is not SubjectKind.RELATION:
            return None
        relation = self.registry.relation[claim.subject_id]
        if relation.deployment_id is not None:
            return self.deployment(relation.deployment_id)
        is_supplier = relation.supplier_org == org_id
        other = relation.recipient_org if is_supplier else relation.supplier_org
        return self.organisation(other) if other else None

    def reply(self, reply: Reply) -> Statement:
        """Put a reply into words."""
        return Statement(
            who=self.organisation(reply.org_id),
            role="",
            part=gettext("reply"),
            when=day(reply.answered_on),
            says="",
            text=reply.text,
            subject=None,
            sources=cited([reply.source_id]),
            is_reply=True,
        )

    def supply(self, edge: Edge) -> Supply:
        """Put a relation into words."""
        relation = edge.relation
        supplier = relation.supplier_org
        # Apart, so that a page can set a supplier's word beside what others say, at the same size.
        own = [claim for claim in edge.claims if claim.speaker_org == supplier]
        others = [claim for claim in edge.claims if claim.speaker_org != supplier]
        recipient, place = relation.recipient_org, relation.deployment_id
        ended = edge.status.word is StatusWord.ENDED
        under = relation.contract_id
        contract = self.registry.contract[under] if under is not None else None
        return Supply(
            row_id=relation.relation_id,
            supplier=self.organisation(supplier),
            recipient=self.organisation(recipient) if recipient else None,
            deployment=self.deployment(place) if place else None,
            role=role_of(edge),
            # "For" would make a chip maker a supplier of everybody who uses the product.
            to=gettext("in products of") if edge.is_inside_product else gettext("for"),
            product=edge.product_name,
            is_component=relation.role is Role.COMPONENT,
            is_inside_product=edge.is_inside_product,
            period=period(relation),
            money=money_under(contract) if contract is not None else money(relation),
            is_supply=edge.is_supply,
            stage=gettext(words.STAGES[relation.stage]) if relation.stage else "",
            status=edge.status.word,
            ended=day(edge.status.ended_on) if ended else "",
            in_force=edge.in_force,
            named_by=self.claims(claim for claim in others if claim.statement is None),
            said=self.claims(claim for claim in others if claim.statement is not None),
            own=(*self.claims(own), *(self.reply(reply) for reply in edge.replies)),
            sources=cited(edge.source_ids),
        )

    def goods(self, shipment: Shipment) -> Goods:
        """Put a shipment into words."""
        number = ""
        # A source may give a value and no number of shipments, or the other way round.
        if shipment.count:
            count = int(shipment.count)
            number = ngettext("{n} shipment", "{n} shipments", count, n=words.format_number(count))
        value = money(shipment) if shipment.value is not None else ""
        first, last = shipment.period_from, shipment.period_to
        return Goods(
            goods=shipment.goods,
            origin=words.country(shipment.from_country) if shipment.from_country else "",
            destination=words.country(shipment.to_country),
            period=gettext("{first} to {last}", first=day(first), last=day(last)),
            amounts="; ".join(part for part in (number, value) if part)
            or shipment.value_as_written
            or gettext("amount not given"),
            sources=cited([shipment.source_id]),
            said=self.claims_on(SubjectKind.SHIPMENT, shipment.shipment_id),
        )

    def counts(self, counts: Iterable[Count]) -> tuple[Counted, ...]:
        """Put counts into words, those of one kind together, by day."""
        rows = sorted(counts, key=count_day)
        longest: dict[What, Decimal] = {}
        for row in rows:
            # Bars are drawn beside those of the same kind alone: cameras against servers would say
            # nothing.
            longest[row.what] = max(longest.get(row.what, Decimal(0)), row.value)
        kinds = sorted(longest, key=lambda what: (what not in CAMERA_COUNTS, what))
        ranked = sorted(rows, key=lambda row: kinds.index(row.what))
        return tuple(self.count(row, longest[row.what]) for row in ranked)

    def count(self, row: Count, longest: Decimal = Decimal(0)) -> Counted:
        """Put a count into words; ``longest`` is the largest of those it is drawn beside."""
        return Counted(
            row=row,
            figure=words.bounded(row.bound, words.format_number(row.value)),
            what=words.counted(row.what),
            state=words.qualified(row.qualifier),
            when=day(row.as_of),
            share=float(row.value / longest) if longest else 0.0,
            sources=cited([row.source_id]),
        )
