"""
Days, numbers and lists as CLDR writes them in British English, without asking CLDR.

The terminal speaks this language alone, and to load what CLDR has of it took a tenth of the time
of a short question. That both write the same is held by ``tests/clean/test_british_english.py``.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

LOCALE: Final = "en_GB"
"""CLDR's name of it: the day before the month, and no comma before the last of a list."""

# As `strftime` has them only where the machine is set to English.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(day: date) -> str:
    """Write a day: ``28 March 2023``."""
    return f"{day.day} {month_text(day)}"


def month_text(day: date) -> str:
    """Write the month of a day: ``March 2023``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def number_text(value: int | Decimal) -> str:
    """Write a number with the decimals it has: ``160,000``, ``1,234.5``."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def list_text(parts: Sequence[str]) -> str:
    """Write parts as a sentence joins them: ``a, b and c``."""
    *first, last = parts or ("",)
    return f"{', '.join(first)} and {last}" if first else last
