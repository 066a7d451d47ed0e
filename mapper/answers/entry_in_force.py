"""
One entry on one day: was it in force, and how far that is known.

An entry is in force from its first day to its last. Where no end is recorded, it stood on every
day before a text that shows it: between two texts that both show an entry, it stood. After the
latest text nothing is known, and across a whole reading that does not show it neither.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from mapper.answers.reasons import Reason, Why
from mapper.clean.partial_date import PartialDate, from_day
from mapper.registry.codes import Answer
from mapper.registry.list_entries import Sight, begun_on, may_explain
from mapper.registry.tables import Designation


def in_force(entry: Designation, sights: Sequence[Sight], on: PartialDate) -> Answer:
    """
    Return whether an entry was in force on a day.

    Parameters
    ----------
    sights
        What the readings of its list showed of its organisation.
    on
        A day; a partial one is answered only where every day it can be has the same answer.
    """
    # "No" needs one certain side, "yes" needs both: a doubt on either end is a doubt of the whole.
    begun, over = begun_on(entry, on), _over(entry, sights, on)
    if begun is Answer.NO or over is Answer.YES:
        return Answer.NO
    return Answer.YES if begun is Answer.YES and over is Answer.NO else Answer.UNKNOWN


def reason_of(
    entry: Designation, answer: Answer, sights: Sequence[Sight], on: PartialDate
) -> Reason:
    """Return why an entry has its answer."""
    if answer is Answer.UNKNOWN:
        return doubt(entry, sights, on)
    if answer is Answer.YES:
        return Reason(Why.ENTRY_IN_FORCE)
    if begun_on(entry, on) is Answer.NO:
        return Reason(Why.TAKES_EFFECT_LATER if entry.effective_on else Why.ANNOUNCED_LATER)
    return Reason(Why.ENTRY_ENDED)


def doubt(entry: Designation, sights: Sequence[Sight], on: PartialDate) -> Reason:
    """Return why nobody knows whether an entry was in force."""
    # The first day is asked about first: an entry that may not have begun needs no word on its end.
    if begun_on(entry, on) is Answer.UNKNOWN:
        if entry.effective_on is None:
            return Reason(Why.FIRST_DAY_NOT_RECORDED)
        return Reason(Why.FIRST_DAY_IN_DOUBT, (entry.effective_on,))
    if entry.ended_on is not None:
        return Reason(Why.END_IN_DOUBT, (entry.ended_on,))
    until = _shown_until(entry, sights, date.max)
    if on.latest <= until:
        return Reason(Why.MISSING_BETWEEN_TEXTS)
    return Reason(Why.NOT_SHOWN_SINCE, (from_day(until),))


def last_shown(entry: Designation, sights: Iterable[Sight]) -> PartialDate | None:
    """Return the latest day of a text that shows an entry; None where none was read."""
    days = [sight.as_of for sight in sights if sight.is_listed and may_explain(entry, sight.as_of)]
    if entry.checked_on is not None:
        days.append(entry.checked_on)
    return max(days, key=PartialDate.sort_key, default=None)


def last_known_yes(entry: Designation, sights: Sequence[Sight], on: PartialDate) -> date | None:
    """Return the last day with a certain yes, unless the list was read without the entry since."""
    until = _shown_until(entry, sights, date.max)
    if entry.ended_on is not None or until >= on.latest:
        return None
    if in_force(entry, sights, from_day(until)) is not Answer.YES:
        return None
    # "Last known: yes" would mislead where somebody has looked since and did not find it.
    gone = any(sight.is_absent and sight.as_of.latest >= until for sight in sights)
    return None if gone else until


def _over(entry: Designation, sights: Sequence[Sight], on: PartialDate) -> Answer:
    if entry.ended_on is not None:
        if entry.ended_on.certainly_not_after(on):
            return Answer.YES
        return Answer.NO if entry.ended_on.certainly_after(on) else Answer.UNKNOWN
    gaps = [sight.as_of for sight in sights if sight.is_absent and _after_start(entry, sight)]
    # Beyond a whole text that does not show it, no later text says that it stood all along.
    horizon = min((gap.earliest for gap in gaps), default=date.max)
    return Answer.NO if on.latest <= _shown_until(entry, sights, horizon) else Answer.UNKNOWN


def _after_start(entry: Designation, sight: Sight) -> bool:
    start = entry.effective_on
    return start is not None and start.certainly_not_after(sight.as_of)


def _shown_until(entry: Designation, sights: Iterable[Sight], horizon: date) -> date:
    """Return the last day before ``horizon`` for which some text certainly shows the entry."""
    days = [sight.as_of.earliest for sight in sights if sight.is_listed]
    if entry.checked_on is not None:
        days.append(entry.checked_on.earliest)
    if entry.effective_on is not None:
        # On its first day an entry is in force by its own text.
        days.append(entry.effective_on.earliest)
    return max((day for day in days if day < horizon), default=date.min)
