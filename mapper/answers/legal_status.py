"""
Legal lists on a day: was an organisation listed, with what effect, and how that is known.

The rule for one list, first match wins
---------------------------------------
1. **yes**: the list was read on that very day and showed the entry, or an entry was certainly in
   force: its ``effective_on`` lies on or before the day, and the day lies before its
   ``ended_on``, or, where no end is recorded, not after the last text that shows it in force.
2. **no**: the list was read on that very day and did not show it.
3. **unknown**: an entry may have been in force (a partial date straddles the day, or nobody
   looked since).
4. **no**: no entry was in force and a recorded check of that list covers the day, all entries
   of which are recorded here.
5. **unknown**: the list was not checked for that day.

An announcement is not yet an effect: without an ``effective_on`` no day is a "yes" by an entry.
Entries of parents, subsidiaries and owners are entries of their own and never inherited.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mapper.answers.relation_status import standing
from mapper.answers.supply import by_day
from mapper.clean.partial_date import PartialDate, from_day
from mapper.errors import UsageError
from mapper.registry.codes import Answer, CheckResult, SubjectKind
from mapper.registry.list_entries import begun_on, may_explain
from mapper.registry.names import did_you_mean
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Designation, LegalList, ListCheck


@dataclass(frozen=True, slots=True)
class EntryStatus:
    """
    The answer of one entry on one day; a list may have several, such as the parts of a law.

    Attributes
    ----------
    answer, reason
        Whether this entry was in force, and a sentence why.
    last_shown
        The latest day of a text that shows it; None where none was read.
    last_known_yes
        Where the answer is unknown because no later text was read: the last day on which it
        certainly was in force.
    claims
        What was said of this entry, by day.
    """

    entry: Designation
    answer: Answer
    reason: str
    last_shown: PartialDate | None
    last_known_yes: date | None
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
    last_read
        The latest day on which the list was read for this organisation.
    last_check
        The latest day on which the list, or a text showing the entry in force, was dated; None
        where neither was read.
    reason
        One sentence.
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
    last_read: PartialDate | None
    last_check: PartialDate | None
    reason: str
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
    return tuple(_one_list(registry, org_id, row, on) for row in wanted)


def _one_list(
    registry: Registry, org_id: str, legal_list: LegalList, on: PartialDate
) -> ListStatus:
    key = (legal_list.list_id, org_id)
    checks = [row for row in registry.list_checks if (row.list, row.org_id) == key]
    entries = sorted(
        (
            row
            for row in registry.designations
            if (row.list, row.org_id) == key
            and registry.retraction(SubjectKind.DESIGNATION, row.designation_id) is None
        ),
        key=_by_start,
    )
    decision = _decide(entries, checks, on)
    by_entry = tuple(_one_entry(registry, row, checks, on, decision) for row in entries)
    answer, entry, reason = decision
    claims = by_day(claim for one in by_entry for claim in one.claims)
    known = [one.last_known_yes for one in by_entry if one.last_known_yes is not None]
    sources = {row.source_id for row in entries} | {row.source_id for row in checks}
    sources |= {claim.source_id for claim in claims}
    return ListStatus(
        legal_list=legal_list,
        answer=answer,
        entry=entry,
        entries=tuple(entries),
        by_entry=by_entry,
        last_read=_latest(check.checked_on for check in checks),
        last_check=_last_check(entries, checks),
        reason=reason,
        last_known_yes=max(known, default=None) if answer is Answer.UNKNOWN else None,
        claims=claims,
        source_ids=tuple(sorted(sources)),
    )


_Decision = tuple[Answer, Designation | None, str]


def _one_entry(
    registry: Registry,
    entry: Designation,
    checks: list[ListCheck],
    on: PartialDate,
    decision: _Decision,
) -> EntryStatus:
    answer = _in_force(entry, checks, on)
    reason = _entry_reason(entry, answer, checks, on)
    if answer is Answer.UNKNOWN and decision[0] is Answer.NO:
        # The whole list was read on that day without it.
        answer, reason = Answer.NO, decision[2]
    said = registry.claims_on(SubjectKind.DESIGNATION, entry.designation_id)
    shown = [
        check.checked_on for check in checks if not _absent(check) and may_explain(entry, check)
    ]
    return EntryStatus(
        entry=entry,
        answer=answer,
        reason=reason,
        last_shown=_latest([*shown, *([entry.checked_on] if entry.checked_on else [])]),
        last_known_yes=_last_known_yes(entry, checks, on) if answer is Answer.UNKNOWN else None,
        claims=by_day(standing(registry, said)),
    )


def _entry_reason(
    entry: Designation, answer: Answer, checks: Iterable[ListCheck], on: PartialDate
) -> str:
    if answer is Answer.UNKNOWN:
        return _doubt(entry, checks, on)
    if answer is Answer.YES:
        return "It was in force."
    if begun_on(entry, on) is Answer.NO:
        return "It took effect later." if entry.effective_on else "It was announced later."
    return "It had ended."


def _last_known_yes(
    entry: Designation, checks: Iterable[ListCheck], on: PartialDate
) -> date | None:
    """Return the last day with a certain yes, unless the list was read without the entry since."""
    known = list(checks)
    until = _shown_until(entry, known)
    if entry.ended_on is not None or until >= on.latest:
        return None
    if _in_force(entry, known, from_day(until)) is not Answer.YES:
        return None
    gone = any(_absent(check) and check.checked_on.latest >= until for check in known)
    return None if gone else until


def _decide(entries: list[Designation], checks: list[ListCheck], on: PartialDate) -> _Decision:
    that_day = {
        check.result for check in checks if check.checked_on.is_day and _same_day(check, on)
    }
    answers = {entry.designation_id: _in_force(entry, checks, on) for entry in entries}
    in_force = [row for row in entries if answers[row.designation_id] is Answer.YES]
    perhaps = [row for row in entries if answers[row.designation_id] is Answer.UNKNOWN]
    shown = (in_force or perhaps or _nearest(entries, on))[:1]
    entry = shown[0] if shown else None
    if CheckResult.LISTED in that_day:
        return Answer.YES, entry, "The list was read on that day and showed the entry."
    if in_force:
        return Answer.YES, entry, "An entry was in force."
    if CheckResult.NOT_LISTED in that_day:
        return Answer.NO, entry, "The list was read on that day and did not show it."
    if entry is not None and perhaps:
        return Answer.UNKNOWN, entry, _doubt(entry, checks, on)
    if _known_absent(entries, checks, on):
        return Answer.NO, entry, "No entry was in force; the list was checked for that day."
    return Answer.UNKNOWN, entry, "The list was not checked for that day."


def _known_absent(entries: list[Designation], checks: list[ListCheck], on: PartialDate) -> bool:
    """
    Whether a check covers the day, with nothing that speaks against an absence.

    A check that found an entry covers earlier days only if a recorded entry explains what it
    found; otherwise an entry is missing here, and its first day is not known.
    """
    if any(not _absent(check) and check.checked_on.overlaps(on) for check in checks):
        return False
    return any(
        _covers(check, on)
        and (_absent(check) or any(may_explain(entry, check) for entry in entries))
        for check in checks
    )


def _in_force(entry: Designation, checks: Iterable[ListCheck], on: PartialDate) -> Answer:
    begun, over = begun_on(entry, on), _over(entry, checks, on)
    if begun is Answer.NO or over is Answer.YES:
        return Answer.NO
    return Answer.YES if begun is Answer.YES and over is Answer.NO else Answer.UNKNOWN


def _over(entry: Designation, checks: Iterable[ListCheck], on: PartialDate) -> Answer:
    if entry.ended_on is not None:
        if entry.ended_on.certainly_not_after(on):
            return Answer.YES
        return Answer.NO if entry.ended_on.certainly_after(on) else Answer.UNKNOWN
    return Answer.NO if on.latest <= _shown_until(entry, checks) else Answer.UNKNOWN


def _shown_until(entry: Designation, checks: Iterable[ListCheck]) -> date:
    """Return the last day for which some text certainly shows the entry in force."""
    days = [check.checked_on.earliest for check in checks if not _absent(check)]
    if entry.checked_on is not None:
        days.append(entry.checked_on.earliest)
    if entry.effective_on is not None:
        # On its first day an entry is in force by its own text.
        days.append(entry.effective_on.earliest)
    return max(days, default=date.min)


def _doubt(entry: Designation, checks: Iterable[ListCheck], on: PartialDate) -> str:
    if begun_on(entry, on) is Answer.UNKNOWN:
        if entry.effective_on is None:
            return "An entry is recorded, but not the day on which it took effect."
        return f"Known of the first day: {entry.effective_on.words}; it may lie before or after."
    if entry.ended_on is not None:
        return f"Known of the end: {entry.ended_on.words}; it may lie before or after."
    until = _shown_until(entry, checks)
    return f"No end is recorded, but no text read after {until.isoformat()} shows the entry."


def _absent(check: ListCheck) -> bool:
    return check.result is CheckResult.NOT_LISTED


def _same_day(check: ListCheck, on: PartialDate) -> bool:
    return on.is_day and check.checked_on.earliest == on.earliest


def _covers(check: ListCheck, on: PartialDate) -> bool:
    begin = check.covers_from or check.checked_on
    return begin.latest <= on.earliest and on.latest <= check.checked_on.earliest


def _by_start(entry: Designation) -> tuple[date, str]:
    start = entry.effective_on or entry.announced_on
    return (date.max if start is None else start.earliest, entry.designation_id)


def _nearest(entries: list[Designation], on: PartialDate) -> list[Designation]:
    """Return the latest entry that had begun, else the first to come."""
    begun = [row for row in entries if begun_on(row, on) is Answer.YES]
    return begun[-1:] or entries[:1]


def _last_check(entries: list[Designation], checks: list[ListCheck]) -> PartialDate | None:
    days = [check.checked_on for check in checks]
    return _latest(
        [*days, *(entry.checked_on for entry in entries if entry.checked_on is not None)]
    )


def _latest(days: Iterable[PartialDate]) -> PartialDate | None:
    return max(days, key=PartialDate.sort_key, default=None)
