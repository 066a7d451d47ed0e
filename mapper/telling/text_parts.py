"""Pieces of plain text that every rendering shares: claims, sums, periods, numbered sources."""

from collections.abc import Iterable
from decimal import Decimal

from mapper.answers.supply import Edge
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Bound, By, Counted, Role, Says, StatusWord, ValuePer
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Count,
    Deployment,
    OrganisationLink,
    Relation,
    Reply,
    Shipment,
    Source,
)

BOUND_WORDS: dict[Bound, str] = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.NEARLY: "nearly ",
    Bound.MORE_THAN: "more than ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
}

SAYS_WORDS: dict[Says, str] = {
    Says.SUPPORTS: "supports",
    Says.DISPUTES: "disputes",
    Says.LIMITS: "limits",
    Says.ENDS: "reports the end",
}

BY_WORDS: dict[By, str] = {
    By.AUTHORITY: "authority",
    By.SUPPLIER: "supplier",
    By.RECIPIENT: "recipient",
    By.THIRD_PARTY: "third party",
}

ROLE_WORDS: dict[Role, str] = {
    Role.MANUFACTURER: "manufacturer",
    Role.DEVELOPER: "developer",
    Role.RESELLER: "reseller",
    Role.INTEGRATOR: "integrator",
    Role.COMPONENT: "maker of a component",
    Role.OPERATOR: "runs it",
    Role.FINANCIER: "financier",
}


CASES = frozenset({Counted.COURT_CASES, Counted.DETENTIONS})
"""Counts of what was done to people, never shown among those of equipment."""


class SourceNumbers:
    """Numbers sources from 1 in the order in which a text first names them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._numbers: dict[str, int] = {}

    def mark(self, source_ids: Iterable[str]) -> str:
        """Return the marks of some sources, ``[1][4]``; empty for none."""
        found = {self._numbers.setdefault(one, len(self._numbers) + 1) for one in source_ids}
        return "".join(f"[{number}]" for number in sorted(found))

    def lines(self) -> list[str]:
        """Return one line for every source named so far, under a heading."""
        if not self._numbers:
            return []
        return ["", "Sources"] + [
            f"[{number}] {source_text(self._registry.source[source_id])}"
            for source_id, number in self._numbers.items()
        ]


def source_text(source: Source) -> str:
    """Return title, publisher, date, grade and address; the title stands in quotation marks."""
    day = day_words(source.published_on) or source.published_as_written or "no date shown"
    read = ", only an excerpt was read" if source.excerpt_only else ""
    return f"“{source.title}”, {source.publisher}, {day}, grade {source.grade}{read}. {source.url}"


def day_words(day: PartialDate | None) -> str:
    """Say a day for a reader; empty where it is not known."""
    return "" if day is None else day.words


def number_text(value: Decimal) -> str:
    """Write a number with commas between thousands."""
    return f"{value:,f}"


def claim_text(registry: Registry, claim: Claim) -> str:
    """Say who says what, in which part, when; ends without a full stop for the marks."""
    said = claim.statement or "names this supply."
    return f"{_speaker_text(registry, claim)}, {SAYS_WORDS[claim.says]}: {said}"


def _speaker_text(registry: Registry, claim: Claim) -> str:
    speaker = registry.name(claim.speaker_org) if claim.speaker_org else ""
    if not speaker:
        speaker = claim.speaker_role or registry.source[claim.source_id].publisher
    elif claim.speaker_role:
        speaker = f"{speaker} ({claim.speaker_role})"
    day = f", {claim.as_of.words}" if claim.as_of is not None else ""
    return f"{speaker}, {BY_WORDS[claim.by]}{day}"


def claim_lines(registry: Registry, claims: Iterable[Claim], numbers: SourceNumbers) -> list[str]:
    """
    Say each claim once, with the marks of every source that tells it.

    Several sources may carry one and the same statement; a reader should see one statement and
    how many sources it has.
    """
    sources: dict[str, list[str]] = {}
    for claim in claims:
        sources.setdefault(claim_text(registry, claim), []).append(claim.source_id)
    return [f"{text} {numbers.mark(source_ids)}" for text, source_ids in sources.items()]


class ClaimsOnce:
    """
    Says each statement once in a whole text, with every source of the text that carries it.

    One statement may bear on several relations. Where it comes again, its speaker is named and
    the reader sent back, so that no relation seems to have nothing behind it.
    """

    def __init__(self, registry: Registry, numbers: SourceNumbers, claims: Iterable[Claim]) -> None:
        """
        Gather the sources of equal statements.

        Parameters
        ----------
        claims
            All of the text.
        """
        self._registry = registry
        self._numbers = numbers
        self._said: set[str] = set()
        self._sources: dict[str, list[str]] = {}
        for claim in claims:
            self._sources.setdefault(claim_text(registry, claim), []).append(claim.source_id)

    def lines(self, claims: Iterable[Claim]) -> list[str]:
        """Say the claims that were not said before, then name the speakers of the others."""
        lines: list[str] = []
        again: dict[str, list[str]] = {}
        here: set[str] = set()
        for claim in claims:
            text = claim_text(self._registry, claim)
            if text in self._said and text not in here:
                speaker = _speaker_text(self._registry, claim)
                again.setdefault(speaker, []).append(claim.source_id)
            elif text not in here:
                here.add(text)
                lines.append(f"{text} {self._numbers.mark(self._sources[text])}")
        self._said |= here
        named = [f"{speaker} {self._numbers.mark(found)}" for speaker, found in again.items()]
        return [*lines, f"As said above: {'; '.join(named)}"] if named else lines


def reply_text(registry: Registry, reply: Reply) -> str:
    """Say who answered what, and when."""
    return f"Reply of {registry.name(reply.org_id)}, {reply.answered_on.words}: {reply.text}"


def period_text(row: Relation | Deployment) -> str:
    """Say from when to when, each with its event, unknown sides left out."""
    parts = []
    for word, day, event, written in (
        ("from", row.valid_from, row.valid_from_event, row.valid_from_as_written),
        ("to", row.valid_to, row.valid_to_event, row.valid_to_as_written),
    ):
        if day is None and written is None:
            continue
        name = f" ({str(event).replace('_', ' ')})" if event is not None else ""
        parts.append(f"{word} {day_words(day) or written}{name}")
    return " ".join(parts) or "period not known"


def money_text(row: Relation | Shipment | OrganisationLink) -> str:
    """Say a sum with its bound and currency; empty where there is none."""
    if row.value is None or row.currency is None:
        return row.value_as_written or ""
    bound = BOUND_WORDS[row.value_bound] if row.value_bound is not None else ""
    per = ""
    if isinstance(row, Relation):
        if row.value_per not in {None, ValuePer.TOTAL}:
            per = f" a {str(row.value_per).replace('_', ' ')}"
        if row.value_scope is not None:
            per += f" ({str(row.value_scope).replace('_', ' ')})"
    return f"{bound}{number_text(row.value)} {row.currency}{per}"


def count_text(count: Count) -> str:
    """Say a count with its bound, what is counted, its state, its day and its scope."""
    scope = f", {count.scope}" if count.scope else ""
    number = f"{BOUND_WORDS[count.bound]}{number_text(count.value)}"
    state = str(count.qualifier).replace("_", " ")
    return f"{count.as_of.words}: {number} {count_words(count.what)}, {state}{scope}"


def count_words(what: Counted) -> str:
    """Name what is counted, as words."""
    return str(what).replace("_", " ").replace("alpr ", "plate-reading ")


def shipment_text(shipment: Shipment) -> str:
    """Say what crossed which border when, as the source reports it."""
    number = f"{number_text(shipment.count)} shipments" if shipment.count is not None else ""
    amounts = ", ".join(part for part in (number, money_text(shipment)) if part)
    origin = f" from {shipment.from_country}" if shipment.from_country else ""
    period = f"{shipment.period_from.words} to {shipment.period_to.words}"
    head = f"{shipment.goods}{origin} to {shipment.to_country}, {period}"
    return f"{head}: {amounts}" if amounts else head


def edge_text(edge: Edge, *, with_day: bool) -> str:
    """
    Say what a relation is, without naming the supplier: product, part, recipient, days, status.

    A component of another maker is said to be inside that maker's products, never to be
    supplied further; a component of a whole system is said to be a part of it.
    """
    is_part = edge.relation.role is Role.COMPONENT and not edge.is_inside_product
    role = "maker of a part of the system" if is_part else ROLE_WORDS[edge.relation.role]
    product = f" ({edge.product_name})" if edge.product_name else ""
    parts = [f"{role}{product}"]
    if edge.is_inside_product:
        parts = [f"{role}{product} in products of {edge.recipient_name}"]
    elif edge.recipient_name:
        parts.append(f"for {edge.recipient_name}")
    parts.append(period_text(edge.relation))
    money = money_text(edge.relation)
    if money:
        parts.append(money)
    if with_day:
        parts.append(f"in force on that day: {edge.in_force}")
    parts.append(f"status: {edge.status.word}")
    if edge.status.word is StatusWord.ENDED and edge.status.ended_on is not None:
        parts[-1] += f" {edge.status.ended_on.words}"
    return "; ".join(parts)
