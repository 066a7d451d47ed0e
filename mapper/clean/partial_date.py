"""
Partial dates: a day that is known only to the year, the month, or from one side.

A partial date is always one day that lies somewhere between ``earliest`` and ``latest``, both
included. It is never a period: a period is a pair of partial dates.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from mapper.errors import ValueRefusedError

_YEAR_MIN, _YEAR_MAX = 1700, 2199
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)

ALLOWED = "2022, 2022-03, 2022-03-05, before:2020, after:2019-06 or 2016/2017"
"""The spellings, for messages."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """
    One day, known as exactly as its source tells it.

    Attributes
    ----------
    text
        The written form: ``2022``, ``2022-03``, ``2022-03-05``, ``before:X`` (a day before the
        first day of X), ``after:X`` (a day after the last day of X) or ``X/Y`` (a day from the
        first day of X to the last day of Y).
    earliest, latest
        The first and the last day it can be; ``date.min`` and ``date.max`` where a side is open.
    """

    text: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        """Return the written form."""
        return self.text

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest

    def certainly_before(self, other: "PartialDate") -> bool:
        """Whether every day this can be lies before every day ``other`` can be."""
        return self.latest < other.earliest

    def certainly_after(self, other: "PartialDate") -> bool:
        """Whether every day this can be lies after every day ``other`` can be."""
        return self.earliest > other.latest

    def certainly_not_after(self, other: "PartialDate") -> bool:
        """Whether no day this can be lies after any day ``other`` can be."""
        return self.latest <= other.earliest

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether both can be one and the same day."""
        return not self.certainly_before(other) and not self.certainly_after(other)

    def sort_key(self) -> tuple[date, date, str]:
        """Order by the earliest day, then the latest, then the text."""
        return (self.earliest, self.latest, self.text)


def _bounds(text: str, whole: str) -> tuple[date, date]:
    match = _PLAIN.fullmatch(text)
    if match is None:
        msg = f"{whole!r} is no partial date; allowed: {ALLOWED}"
        raise ValueRefusedError(msg)
    # Widened to the first and last day it can be; comparisons then work on both bounds.
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not _YEAR_MIN <= year <= _YEAR_MAX:
        msg = f"{whole!r} lies outside the years {_YEAR_MIN} to {_YEAR_MAX}"
        raise ValueRefusedError(msg)
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        msg = f"{whole!r} names a day that does not exist"
        raise ValueRefusedError(msg) from error


def parse(text: str) -> PartialDate:
    """
    Read a partial date.

    Parameters
    ----------
    text
        One of the spellings of `ALLOWED`, without spaces; years 1700 to 2199.

    Returns
    -------
    PartialDate
        With ``text`` as given, so that parsing the text again gives the same value.

    Raises
    ------
    ValueRefusedError
        If the text is spelt otherwise, names a day that does not exist, or a range ends before
        it begins.

    Notes
    -----
    The plain spellings are ISO 8601 calendar dates of reduced precision; ``X/Y`` is the interval
    spelling of the same standard.
    """
    if text.startswith("before:"):
        first, _ = _bounds(text.removeprefix("before:"), text)
        return PartialDate(text, date.min, first - timedelta(days=1))
    if text.startswith("after:"):
        _, last = _bounds(text.removeprefix("after:"), text)
        return PartialDate(text, last + timedelta(days=1), date.max)
    begin, slash, end = text.partition("/")
    earliest, latest = _bounds(begin, text)
    if not slash:
        return PartialDate(text, earliest, latest)
    end_first, end_last = _bounds(end, text)
    # 2020/2020 says no more than 2020.
    if end_first <= earliest:
        msg = f"{text!r} ends before it begins"
        raise ValueRefusedError(msg)
    return PartialDate(text, earliest, end_last)


def from_day(day: date) -> PartialDate:
    """Return the partial date of a known day."""
    return PartialDate(day.isoformat(), day, day)


def not_after(last: PartialDate) -> PartialDate:
    """
    Return a day that is ``last`` or any earlier one: ``before:`` the day after it.

    Raises
    ------
    ValueRefusedError
        If ``last`` is open towards the future, or its next day lies outside the years read.
    """
    if last.latest == date.max:
        msg = f"{last.text!r} has no last day"
        raise ValueRefusedError(msg)
    return parse(f"before:{(last.latest + timedelta(days=1)).isoformat()}")
