"""
Days as a reader says them, in the reader's language.

How a language writes a date comes from CLDR, by way of Babel, which is loaded for another
language than English alone.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final

from mapper.clean import partial_date
from mapper.clean.british_english import LOCALE, day_text, month_text
from mapper.clean.partial_date import PartialDate

BEFORE: Final = "before {day}"
AFTER: Final = "after {day}"
BETWEEN: Final = "between {first} and {last}"

_MONTH_AND_DAY = 2


def format_date(
    when: PartialDate | date | None, locale: str = LOCALE, say: Callable[[str], str] = str
) -> str:
    """
    Say a day as exactly as it is known: ``28 March 2023``, ``before 2020``; empty for None.

    Parameters
    ----------
    locale
        CLDR's name of how the day is written.
    say
        Translates `BEFORE`, `AFTER` and `BETWEEN`.
    """
    if when is None:
        return ""
    if isinstance(when, date):
        return format_iso_date(when.isoformat(), locale)
    # The written form is split rather than the bounds: "before 2020" must not become "before 1
    # January 2020", which claims more.
    side, colon, rest = when.text.partition(":")
    if colon:
        sentence = {"before": BEFORE, "after": AFTER}[side]
        return say(sentence).format(day=format_iso_date(rest, locale))
    begin, slash, end = when.text.partition("/")
    if slash:
        first, last = format_iso_date(begin, locale), format_iso_date(end, locale)
        return say(BETWEEN).format(first=first, last=last)
    return format_iso_date(begin, locale)


@cache
def format_iso_date(text: str, locale: str = LOCALE) -> str:
    """Say an ISO day, month or year: ``28 March 2023``, ``March 2023``, ``2023``."""
    first, parts = partial_date.parse(text).earliest, text.count("-")
    if locale == LOCALE:
        if parts == _MONTH_AND_DAY:
            return day_text(first)
        return month_text(first) if parts else str(first.year)
    from babel import dates  # noqa: PLC0415 - a question in English needs none of it

    if parts == _MONTH_AND_DAY:
        return dates.format_date(first, format="long", locale=locale)
    return dates.format_skeleton("yMMMM" if parts else "y", first, locale=locale)
