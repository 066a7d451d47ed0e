"""
The status of a relation, computed from its claims by one rule.

The rule, first match wins
--------------------------
A claim counts if it is not retracted and speaks ``about`` supply. A *party* is a speaker by
supplier or recipient, or an authority that is the recipient, the operator of the deployment, or
a body of one of them (``organisation_links``: division, or owned by it). *First hand* is a claim
that supports, says something of its own, stands in a source graded A, A- or B, and comes

- from a party, or
- from anybody in a procurement document, or
- from an authority in a court's judgment, the text of a law or a register.

An authority that accuses from outside is not a party: what it says is reported. A row that
names a source and states nothing is a bare naming and never first hand.

1. **retracted**: the relation is retracted, or every claim on it is.
2. **disputed**: a party disputes it and no other claim settles that dispute; or nothing supports,
   limits or ends it and anybody disputes it.
3. **ended**: a claim ends it, the end lies on or before the day asked for, and no later first-hand
   claim takes it up again. The end is the relation's ``valid_to`` where that is not before the
   claim's own day (an end announced ahead), else the claim's day, else a day before its source.
4. **confirmed**: a first-hand claim supports it.
5. **named_only**: no claim states the supply in words: sources name the pair and say no more, or
   only limit it. It is shown, and never counted as a supply.
6. **reported**: everything else, such as press reports, another authority's word, or a party's word
   known only through a mirror (grade C).

Evidence is not filtered by the day asked for: a report of 2023 tells of 2022. Only an end has a
day of its own.

Source of the rule: docs/decisions/0100-relation-status.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mapper.clean.partial_date import PartialDate, not_after
from mapper.errors import RegistryError
from mapper.registry.codes import (
    About,
    Answer,
    By,
    Grade,
    LinkKind,
    Says,
    SourceKind,
    StatusWord,
    SubjectKind,
)
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, OrganisationLink, Relation

_PARTIES = frozenset({By.SUPPLIER, By.RECIPIENT})
_OFFICIAL_RECORDS = frozenset({SourceKind.COURT, SourceKind.LAW, SourceKind.REGISTRY})


@dataclass(frozen=True, slots=True)
class RelationStatus:
    """
    What the claims amount to, and which of them decided.

    Attributes
    ----------
    word
        The status.
    claim_ids
        The claims that decided it, sorted.
    ended
        Whether the supply had ended on the day asked for, by a claim; with no day asked for,
        whether it ever ended.
    ended_on
        When, as far as known; None where nothing ends it.
    """

    word: StatusWord
    claim_ids: tuple[str, ...]
    ended: Answer
    ended_on: PartialDate | None


def relation_status(
    registry: Registry, relation_id: str, on: PartialDate | None = None
) -> RelationStatus:
    """
    Compute the status of a relation.

    Parameters
    ----------
    relation_id
        An id of ``relations``.
    on
        The day asked for; None asks for everything known.

    Raises
    ------
    RegistryError
        If no claim speaks of the relation, which a checked registry excludes.
    """
    relation = registry.relation[relation_id]
    claims = registry.claims_on(SubjectKind.RELATION, relation_id)
    if not claims:
        msg = f"Relation {relation_id!r} rests on no claim."
        raise RegistryError(msg, next_step="Run `mapper registry check`.")
    retracted = _retracted(registry, relation_id, claims)
    if retracted is not None:
        return retracted
    # Claims about other matters (a price, a date, a use) neither confirm nor dispute that there was
    # a supply.
    live = tuple(claim for claim in standing(registry, claims) if claim.about is About.SUPPLY)
    ended, ended_on, ending = _end(registry, relation, live, on)
    disputes = _disputes(registry, relation, live)
    # Before the end and the confirmation: a reader must see that a party denies it, whatever else
    # is known.
    if disputes:
        return _result(StatusWord.DISPUTED, disputes, ended, ended_on)
    if ended is Answer.YES:
        return _result(StatusWord.ENDED, ending, ended, ended_on)
    confirming = [claim for claim in live if _is_first_hand(registry, relation, claim)]
    if confirming:
        return _result(StatusWord.CONFIRMED, confirming, ended, ended_on)
    supporting = [claim for claim in live if claim.says is Says.SUPPORTS]
    # Limits alone name a supply without vouching for it; then they are what decided.
    if all(claim.statement is None for claim in supporting):
        return _result(StatusWord.NAMED_ONLY, supporting or live, ended, ended_on)
    return _result(StatusWord.REPORTED, supporting, ended, ended_on)


def standing(registry: Registry, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims that are not retracted, in the order given."""
    return tuple(
        claim for claim in claims if registry.retraction(SubjectKind.CLAIM, claim.claim_id) is None
    )


def is_party(registry: Registry, claim: Claim, relation: Relation) -> bool:
    """Whether a claim is the word of the supplier, the recipient, the operator or their body."""
    # The part of the speaker in this very relation, as the claim records it.
    if claim.by in _PARTIES:
        return True
    if claim.by is not By.AUTHORITY or claim.speaker_org is None:
        return False
    return claim.speaker_org in _public_side(registry, relation)


def _public_side(registry: Registry, relation: Relation) -> frozenset[str | None]:
    """Return the recipient, the operator of the deployment, and the bodies of both."""
    sides = {relation.recipient_org}
    if relation.deployment_id is not None:
        sides.add(registry.deployment[relation.deployment_id].operator_org)
    sides.discard(None)
    bodies = {
        # Of "is a division of" the first end is the body, of "is the parent of" the second. One
        # step only: a ministry's word is not the word of every office below it.
        link.from_org if link.kind is LinkKind.DIVISION_OF else link.to_org
        for side in sides
        for link in (
            *registry.rows(OrganisationLink, "to_org", side),
            *registry.rows(OrganisationLink, "from_org", side),
        )
        if (link.kind is LinkKind.DIVISION_OF and link.to_org == side)
        or (link.kind is LinkKind.PARENT and link.from_org == side)
    }
    return frozenset(sides | bodies)


def _result(
    word: StatusWord,
    claims: Sequence[Claim],
    ended: Answer = Answer.NO,
    ended_on: PartialDate | None = None,
) -> RelationStatus:
    ids = tuple(sorted(claim.claim_id for claim in claims))
    return RelationStatus(word, ids, ended, ended_on)


def _retracted(
    registry: Registry, relation_id: str, claims: Sequence[Claim]
) -> RelationStatus | None:
    own = registry.retraction(SubjectKind.RELATION, relation_id)
    if own is None and standing(registry, claims):
        return None
    return _result(StatusWord.RETRACTED, claims)


def _disputes(registry: Registry, relation: Relation, live: Sequence[Claim]) -> list[Claim]:
    settled = {claim.settles for claim in live}
    disputes = [
        claim for claim in live if claim.says is Says.DISPUTES and claim.claim_id not in settled
    ]
    # A party's denial always counts. An outsider's does only where nobody supports the supply: else
    # any rival could dispute a documented contract away.
    by_party = [claim for claim in disputes if is_party(registry, claim, relation)]
    nothing_else = all(claim.says is Says.DISPUTES for claim in live)
    return by_party or (disputes if nothing_else else [])


@dataclass(frozen=True, slots=True)
class _End:
    day: PartialDate | None
    claim: Claim


def _end(
    registry: Registry, relation: Relation, live: Sequence[Claim], on: PartialDate | None
) -> tuple[Answer, PartialDate | None, list[Claim]]:
    ends = [
        _End(_end_day(registry, relation, claim), claim)
        for claim in live
        if claim.says is Says.ENDS
    ]
    # "They still run it" in the press does not undo an end that a party announced.
    taken_up = [claim for claim in live if _is_first_hand(registry, relation, claim)]
    ends = [end for end in ends if not _resumed(end, taken_up, on)]
    claims = [end.claim for end in ends]
    days = sorted((end.day for end in ends if end.day is not None), key=PartialDate.sort_key)
    day = days[0] if days else None
    if not ends:
        return Answer.NO, None, []
    if on is None:
        return Answer.YES, day, claims
    if day is None:
        return Answer.UNKNOWN, None, claims
    # An end whose day may lie before or after leaves the answer open, and the word as it was.
    if day.certainly_not_after(on):
        return Answer.YES, day, claims
    return (Answer.NO if day.certainly_after(on) else Answer.UNKNOWN), day, claims


def _end_day(registry: Registry, relation: Relation, claim: Claim) -> PartialDate | None:
    published_on = registry.source[claim.source_id].published_on
    said_on = claim.as_of or published_on
    term = relation.valid_to
    # A claim may end what the terms let run on: then the row's last day is older than the claim and
    # says nothing of this end.
    if term is not None and (said_on is None or not term.certainly_before(said_on)):
        return term
    # "Has ended", read in an undated text: some day up to the publication.
    if claim.as_of is not None or published_on is None or published_on.latest == date.max:
        return claim.as_of
    return not_after(published_on)


def _resumed(end: _End, supporting: Sequence[Claim], on: PartialDate | None) -> bool:
    return any(
        claim.as_of is not None
        and end.day is not None
        and claim.as_of.certainly_after(end.day)
        and (on is None or not claim.as_of.certainly_after(on))
        for claim in supporting
    )


def _is_first_hand(registry: Registry, relation: Relation, claim: Claim) -> bool:
    source = registry.source[claim.source_id]
    if claim.says is not Says.SUPPORTS or claim.statement is None or source.grade is Grade.C:
        return False
    # An authority that merely accuses is no party; what it decides in its own record is first hand.
    recorded = claim.by is By.AUTHORITY and source.kind in _OFFICIAL_RECORDS
    return source.kind is SourceKind.PROCUREMENT or recorded or is_party(registry, claim, relation)
