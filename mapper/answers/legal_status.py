"""
Legal lists on a day: was an organisation listed, with what effect, and how that is known.

The rule for one list, first match wins
---------------------------------------
1. **yes**: a text of that very day shows the entry, or an entry was certainly in force: its
   ``effective_on`` lies on or before the day, and the day lies before its ``ended_on``, or,
   where no end is recorded, not after the last text that shows it. Between two texts that both
   show an entry, it stood.
2. **no**: a whole text of that very day does not show it.
3. **unknown**: an entry may have been in force (a partial date straddles the day, or nobody
   looked since).
4. **no**: no entry was in force, and the day lies in the span of a reading, all versions of
   which were read.
5. **unknown**: everything else. The reason names the readings before and after the day.

An announcement is not yet an effect: without an ``effective_on`` no day is a "yes" by an entry.
Entries of parents, subsidiaries and owners are entries of their own: never inherited, but shown
beside (`listed_kin`). Where an owner is listed and the organisation is not, a "no" would say
more than was read, because some rules reach what a listed company owns: the answer is unknown.

Source of the rule: docs/decisions/0103-readings-of-lists.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mapper.answers.entry_in_force import doubt, in_force, last_known_yes, last_shown, reason_of
from mapper.answers.listed_kin import Kin, KinEntry, kin_of
from mapper.answers.reasons import Reason, Why
from mapper.answers.relation_status import standing
from mapper.answers.rulings import RulingRecord, rulings_on_entries
from mapper.answers.supply import by_day
from mapper.clean.partial_date import PartialDate, from_day
from mapper.errors import UsageError
from mapper.registry.codes import Answer, SubjectKind
from mapper.registry.law_codes import CheckResult
from mapper.registry.list_entries import Sight, begun_on, may_explain
from mapper.registry.names import did_you_mean
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Designation, DesignationEvent, LegalList


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """
    The answer of one entry on one day; a list may have several, such as the parts of a law.

    Attributes
    ----------
    answer, reason
        Whether this entry was in force, and why.
    last_shown
        The latest day of a text that shows it; None where none was read.
    last_known_yes
        Where the answer is unknown because no later text was read: the last day on which it
        certainly was in force.
    events
        Changes of it and decisions on it, by day.
    rulings
        Of courts on it, whenever they were given.
    claims
        What was said of this entry, by day.
    """

    entry: Designation
    answer: Answer
    reason: Reason
    last_shown: PartialDate | None
    last_known_yes: date | None
    events: tuple[DesignationEvent, ...]
    rulings: tuple[RulingRecord, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ListStatus:
    """
    The answer of one list for one organisation on one day.

    Attributes
    ----------
    answer
        Whether it was listed and the entry in force.
    entry
        The entry that decided, or the next one to know of; None where none is recorded. Its
        ``announced_on``, ``effective_on``, ``ended_on``, ``effect`` and ``instrument`` are
        dates and words of their own.
    entries
        Every entry of the organisation in this list, by effective day.
    by_entry
        The same entries, each with its own answer and days.
    sights
        What each reading of the list showed of it, by day of the text.
    kin
        Entries of its owners, subsidiaries and brands in this list, each with its answer.
    last_read
        The latest day of a text of the list that was read for this organisation.
    last_check
        The latest day on which the list, or a text showing the entry in force, was dated; None
        where neither was read.
    reason
        Why it has this answer.
    last_known_yes
        Where the answer is unknown because no later text was read: the last day with a yes.
    claims
        What was said of the entries, by day, such as that the company contests one.
    source_ids
        What the answer rests on, and of the claims, sorted.
    """

    legal_list: LegalList
    answer: Answer
    entry: Designation | None
    entries: tuple[Designation, ...]
    by_entry: tuple[EntryStatus, ...]
    sights: tuple[Sight, ...]
    kin: tuple[KinEntry, ...]
    last_read: PartialDate | None
    last_check: PartialDate | None
    reason: Reason
    last_known_yes: date | None
    claims: tuple[Claim, ...]
    source_ids: tuple[str, ...]


def status(
    registry: Registry, org_id: str, list_id: str | None, on: PartialDate
) -> tuple[ListStatus, ...]:
    """
    Answer for an organisation on a day, list by list.

    Parameters
    ----------
    org_id
        An id of ``organisations``; a name is resolved by `names.find_organisation` before.
    list_id
        One list, or None for every list of the registry.
    on
        The day asked for. A partial one is answered only where every day it can be has the
        same answer.

    Returns
    -------
    tuple of ListStatus
        Sorted by ``list_id``.

    Raises
    ------
    UsageError
        If the registry knows no such list.
    """
    if list_id is not None and list_id not in registry.legal_list:
        msg = f"The registry knows no list {list_id!r}."
        raise UsageError(msg, next_step=did_you_mean(list_id, tuple(registry.legal_list)))
    wanted = [row for row in registry.legal_lists if list_id in {None, row.list_id}]
    relatives = kin_of(registry, org_id, on)
    return tuple(_of_list(registry, org_id, row, relatives, on) for row in wanted)


def _of_list(
    registry: Registry,
    org_id: str,
    legal_list: LegalList,
    relatives: Sequence[Kin],
    on: PartialDate,
) -> ListStatus:
    sights = registry.sights.of(legal_list.list_id, org_id)
    entries = sorted(registry.entries(legal_list.list_id, org_id), key=_by_start)
    kin = tuple(
        KinEntry(one, entry, in_force(entry, theirs, on))
        for one in relatives
        for theirs in [registry.sights.of(legal_list.list_id, one.org_id)]
        for entry in sorted(registry.entries(legal_list.list_id, one.org_id), key=_by_start)
    )
    # After the rule of the list itself: kin never makes a yes, it only takes the certainty from a
    # no.
    decision = _beside_owners(_decide(entries, sights, on), entries, kin)
    by_entry = tuple(_of_entry(registry, row, sights, on, decision) for row in entries)
    answer, entry, reason = decision
    claims = by_day(claim for part in by_entry for claim in part.claims)
    days = [part.last_known_yes for part in by_entry if part.last_known_yes is not None]
    sources = {row.source_id for row in entries}
    sources |= {sight.reading.source_id for sight in _deciding(sights, on)}
    sources |= {event.source_id for part in by_entry for event in part.events}
    sources |= {claim.source_id for claim in claims}
    sources |= {one for part in by_entry for row in part.rulings for one in row.source_ids}
    return ListStatus(
        legal_list=legal_list,
        answer=answer,
        entry=entry,
        entries=tuple(entries),
        by_entry=by_entry,
        sights=sights,
        kin=kin,
        last_read=_latest(sight.as_of for sight in sights),
        last_check=_last_check(entries, sights),
        reason=reason,
        last_known_yes=max(days, default=None) if answer is Answer.UNKNOWN else None,
        claims=claims,
        source_ids=tuple(sorted(sources)),
    )


_Decision = tuple[Answer, Designation | None, Reason]


def _of_entry(
    registry: Registry,
    entry: Designation,
    sights: Sequence[Sight],
    on: PartialDate,
    decision: _Decision,
) -> EntryStatus:
    answer = in_force(entry, sights, on)
    reason = reason_of(entry, answer, sights, on)
    # The entry alone is in doubt, and the list as a whole is not: both must say the same.
    if answer is Answer.UNKNOWN and decision[0] is Answer.NO:
        # The whole list was read on that day without it.
        answer, reason = Answer.NO, decision[2]
    said = registry.claims_on(SubjectKind.DESIGNATION, entry.designation_id)
    return EntryStatus(
        entry=entry,
        answer=answer,
        reason=reason,
        last_shown=last_shown(entry, sights),
        last_known_yes=last_known_yes(entry, sights, on) if answer is Answer.UNKNOWN else None,
        events=registry.rows(DesignationEvent, "designation_id", entry.designation_id),
        rulings=rulings_on_entries(registry, [entry.designation_id]),
        claims=by_day(standing(registry, said)),
    )


def _decide(entries: list[Designation], sights: Sequence[Sight], on: PartialDate) -> _Decision:
    that_day = {
        sight.result for sight in sights if sight.as_of.is_day and _same_day(sight.as_of, on)
    }
    answers = {entry.designation_id: in_force(entry, sights, on) for entry in entries}
    standing_then = [row for row in entries if answers[row.designation_id] is Answer.YES]
    perhaps = [row for row in entries if answers[row.designation_id] is Answer.UNKNOWN]
    # Which entry to show beside the answer: one that decided, else one in doubt, else the nearest
    # in time, so that the dates a reader needs stand there even for a "no".
    shown = (standing_then or perhaps or _nearest(entries, on))[:1]
    entry = shown[0] if shown else None
    # A text of the very day goes before every conclusion from entries, which may be incomplete.
    if CheckResult.LISTED in that_day:
        return Answer.YES, entry, Reason(Why.SHOWN_THAT_DAY)
    if standing_then:
        return Answer.YES, entry, Reason(Why.SOME_ENTRY_IN_FORCE)
    if CheckResult.NOT_LISTED in that_day:
        return Answer.NO, entry, Reason(Why.NOT_SHOWN_THAT_DAY)
    if entry is not None and perhaps:
        return Answer.UNKNOWN, entry, doubt(entry, sights, on)
    covering = _known_absent(entries, sights, on)
    if covering is not None:
        span = (from_day(covering.first), from_day(covering.last))
        return Answer.NO, entry, Reason(Why.READ_THROUGHOUT, span)
    return Answer.UNKNOWN, entry, _unread(sights, on)


def _beside_owners(
    decision: _Decision,
    entries: Sequence[Designation],
    kin: Sequence[KinEntry],
) -> _Decision:
    """Turn a "no" into "unknown" where an owner is listed and the organisation never was."""
    # With an entry of its own, recorded even if ended, the organisation was judged by itself.
    if decision[0] is not Answer.NO or entries:
        return decision
    owners = [one for one in kin if one.kin.is_owner and one.answer is not Answer.NO]
    if not owners:
        return decision
    return Answer.UNKNOWN, None, Reason(Why.OWNER_LISTED, org_id=owners[0].kin.org_id)


def _unread(sights: Sequence[Sight], on: PartialDate) -> Reason:
    """Return between which readings the day lies, where none of them answers for it."""
    # The youngest reading that needs an explanation is the one a reader will come upon.
    for sight in reversed(sights):
        if sight.owner_org is not None:
            return Reason(Why.OWNER_LISTED, org_id=sight.owner_org)
        if sight.result is CheckResult.LIKE_NAME:
            return Reason(Why.LIKE_NAME_LISTED)
    absent = [sight for sight in sights if sight.is_absent]
    before = [sight.last for sight in absent if sight.last < on.earliest]
    after = [sight.first for sight in absent if sight.first > on.latest]
    if before and after:
        nearest = (from_day(max(before)), from_day(min(after)))
        return Reason(Why.ABSENT_BEFORE_AND_AFTER, nearest)
    if before:
        return Reason(Why.ABSENT_BEFORE, (from_day(max(before)),))
    if after:
        return Reason(Why.ABSENT_AFTER, (from_day(min(after)),))
    return Reason(Why.NOT_READ)


def _known_absent(
    entries: list[Designation], sights: Sequence[Sight], on: PartialDate
) -> Sight | None:
    """
    Return a reading that covers the day, with nothing that speaks against an absence.

    A reading that found an entry covers earlier days only if a recorded entry explains what it
    found; otherwise an entry is missing here, and its first day is not known.
    """
    # A text that showed it, or a namesake, and may be of that very day leaves no room for a certain
    # "no".
    if any(not sight.is_absent and sight.as_of.overlaps(on) for sight in sights):
        return None
    for sight in sights:
        explained = sight.is_absent or (
            sight.is_listed and any(may_explain(entry, sight.as_of) for entry in entries)
        )
        if explained and sight.covers(on):
            return sight
    return None


def _deciding(sights: Sequence[Sight], on: PartialDate) -> list[Sight]:
    """Return the readings that cover a day, or else the nearest before and after it."""
    covering = [sight for sight in sights if sight.covers(on)]
    before = [sight for sight in sights if sight.last < on.earliest]
    after = [sight for sight in sights if sight.first > on.latest]
    shown = [sight for sight in after if sight.is_listed]
    # A text that shows the entry is cited too, for its entry rests on it.
    return covering + shown[-1:] if covering else before[-1:] + after[:1] + shown[-1:]


def _same_day(day: PartialDate, on: PartialDate) -> bool:
    return on.is_day and day.earliest == on.earliest


def _by_start(entry: Designation) -> tuple[date, str]:
    start = entry.effective_on or entry.announced_on
    return (date.max if start is None else start.earliest, entry.designation_id)


def _nearest(entries: list[Designation], on: PartialDate) -> list[Designation]:
    """Return the latest entry that had begun, else the first to come."""
    begun = [row for row in entries if begun_on(row, on) is Answer.YES]
    return begun[-1:] or entries[:1]


def _last_check(entries: list[Designation], sights: Sequence[Sight]) -> PartialDate | None:
    days = [sight.as_of for sight in sights]
    return _latest(
        [*days, *(entry.checked_on for entry in entries if entry.checked_on is not None)]
    )


def _latest(days: Iterable[PartialDate]) -> PartialDate | None:
    return max(days, key=PartialDate.sort_key, default=None)
