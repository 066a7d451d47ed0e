"""A stretch of days asked for, and whether a period with open sides reaches into it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from mapper.clean.partial_date import PartialDate
from mapper.errors import UsageError
from mapper.registry.codes import Answer


@dataclass(frozen=True, slots=True)
class Window:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    def cut(self, first: date, last: date) -> Self | None:
        """Return the part of it that lies in another stretch; None where they do not meet."""
        begin, end = max(self.first, first), min(self.last, last)
        return type(self)(begin, end) if begin <= end else None

    def meets(self, begin: PartialDate | None, end: PartialDate | None) -> Answer:
        """
        Say whether a period from ``begin`` to ``end`` has a day in the window.

        A side that is not known is never assumed: a supply that began before the window and has
        no recorded end is unknown in it, and so is one without any day.
        """
        if begin is not None and begin.earliest > self.last:
            return Answer.NO
        if end is not None and end.latest < self.first:
            return Answer.NO
        # A first or a last day inside the window is a day of the supply inside it, whatever the
        # other side is.
        ends = (side for side in (begin, end) if side is not None)
        if any(self.first <= side.earliest and side.latest <= self.last for side in ends):
            return Answer.YES
        begun = begin is not None and begin.latest <= self.first
        lasting = end is not None and end.earliest >= self.first
        return Answer.YES if begun and lasting else Answer.UNKNOWN


def window_of(first: PartialDate, last: PartialDate) -> Window:
    """
    Return the stretch from the first day of one partial date to the last day of another.

    Raises
    ------
    UsageError
        If it ends before it begins.
    """
    if last.latest < first.earliest:
        msg = f"{first.text} to {last.text} ends before it begins"
        raise UsageError(msg, next_step="for example --between 2019 2022.")
    return Window(first.earliest, last.latest)
