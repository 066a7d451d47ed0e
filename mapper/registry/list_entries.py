"""An entry of a legal list beside the readings of that list: may the one explain the other."""

from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer
from mapper.registry.tables import Designation, ListCheck


def may_explain(entry: Designation, check: ListCheck) -> bool:
    """Whether an entry may have been in force on the day on which its list was read."""
    same = (entry.list, entry.org_id) == (check.list, check.org_id)
    day = check.checked_on
    over = entry.ended_on is not None and entry.ended_on.certainly_not_after(day)
    return same and not over and begun_on(entry, day) is not Answer.NO


def begun_on(entry: Designation, on: PartialDate) -> Answer:
    """
    Return whether an entry had taken effect on a day.

    Without an effective day, only a later announcement gives an answer: not yet.
    """
    if entry.effective_on is not None:
        if entry.effective_on.certainly_not_after(on):
            return Answer.YES
        return Answer.NO if entry.effective_on.certainly_after(on) else Answer.UNKNOWN
    if entry.announced_on is not None and entry.announced_on.certainly_after(on):
        return Answer.NO
    return Answer.UNKNOWN
