"""
Dates as people write them in tags, read into partial dates; never guessed.

Read: ISO days, months and years, with single digits or slashes or dots after a leading year;
instants (their day); ``2020-05..2021`` and ``2020/2021`` (somewhere between); decades
(``1990s``); ``before`` and ``after`` a date; a day or month with the English name of the month.

Refused: about (``~2020``) and perhaps (``2024?``), because a partial date cannot say so; several
dates; seasons, centuries, parts of a year; and every date that begins with the day or the month
(``01/02/2019``), because the text does not say which of the two it is.
"""

import re
from functools import lru_cache

from mapper.clean import partial_date
from mapper.errors import ValueRefusedError

_YEAR_MIN, _YEAR_MAX = 1800, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, 1)}
_MONTH_NUMBER |= {name: number for number, name in enumerate(_FULL_MONTHS, 1)}
_MONTH_NUMBER["sept"] = 9

# Only with the year in front does the order of the rest follow: the same sign twice (\2), so that
# "2020-05/06" is no day.
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_NAMED_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?,? (\d{4})", re.ASCII)
_NAMED_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}), (\d{4})", re.ASCII)
_YEAR_NAMED_MONTH = re.compile(r"(\d{4})[ -]([a-z]{3,9})(?:[ -](\d{1,2}))?", re.ASCII)
# Read as the ten years of a decade.
_DECADE = re.compile(r"(\d{3})0s", re.ASCII)
_SIDE = re.compile(r"(before|after)[: ]\s*(.+)", re.ASCII)
_BETWEEN = re.compile(r"(.+?)\s*(?:\.\.|/)\s*(.+)", re.ASCII)


@lru_cache(maxsize=16_384)
def tag_date(text: str) -> str:
    """
    Read one written date as partial ISO text.

    Parameters
    ----------
    text
        The value of ``start_date``, ``check_date`` or ``survey:date`` as written.

    Returns
    -------
    str
        ``2022``, ``2022-03``, ``2022-03-05``, ``before:2020``, ``after:2019-06`` or
        ``2016/2017``; ``clean.partial_date.parse`` reads all of them.

    Raises
    ------
    ValueRefusedError
        If the text says less, more or something else, or the day does not exist or lies outside
        the years 1800 to 2100.
    """
    # Case and runs of blanks carry no meaning in any form read here.
    lowered = " ".join(text.lower().split())
    side = _SIDE.fullmatch(lowered)
    if side:
        result = f"{side[1]}:{_one_date(side[2], text)}"
    elif decade := _DECADE.fullmatch(lowered):
        result = f"{decade[1]}0/{decade[1]}9"
    else:
        result = _one_or_between(lowered, text)
    return partial_date.parse(result).text


def _one_or_between(lowered: str, text: str) -> str:
    try:
        # A whole date first: "2020/05" is a month, and only what is no date can be a range.
        return _one_date(lowered, text)
    except ValueRefusedError:
        between = _BETWEEN.fullmatch(lowered)
        if between is None:
            raise
    return f"{_one_date(between[1], text)}/{_one_date(between[2], text)}"


def _one_date(lowered: str, text: str) -> str:
    """Read one date that is not a range, as year, month and day with dashes."""
    if match := _YEAR_FIRST.fullmatch(lowered):
        year, month, day = match[1], match[3], match[4]
    elif match := _COMPACT.fullmatch(lowered):
        year, month, day = match.groups()
    elif match := _INSTANT.fullmatch(lowered):
        year, month, day = match[1].split("-")
    elif match := _NAMED_MONTH.fullmatch(lowered):
        day, month, year = match[1], _month(match[2], text), match[3]
    elif match := _NAMED_MONTH_FIRST.fullmatch(lowered):
        month, day, year = _month(match[1], text), match[2], match[3]
    elif match := _YEAR_NAMED_MONTH.fullmatch(lowered):
        year, month, day = match[1], _month(match[2], text), match[3]
    else:
        msg = f"the date {text!r} cannot be read without guessing"
        raise ValueRefusedError(msg)
    if not _YEAR_MIN <= int(year) <= _YEAR_MAX:
        msg = f"the date {text!r} lies outside the years {_YEAR_MIN} to {_YEAR_MAX}"
        raise ValueRefusedError(msg)
    # "2020-5-3" becomes ISO; whether such a day exists is asked by the parser below.
    parsed = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    return partial_date.parse(parsed).text


def _month(name: str, text: str) -> str:
    if name not in _MONTH_NUMBER:
        msg = f"the date {text!r} names no month of the English calendar"
        raise ValueRefusedError(msg)
    return str(_MONTH_NUMBER[name])
