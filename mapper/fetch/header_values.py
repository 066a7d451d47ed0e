"""What servers write into their headers: read where it is well formed, passed over where not."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

_DIGITS_MAX: Final = 18
"""Of a whole number that fits into 64 bits, and that costs nothing to read."""
_ENTITY_TAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')
_CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})")
_UNSATISFIED_RANGE: Final = re.compile(r"bytes \*/([0-9]{1,18})")


def whole_number(text: str) -> int | None:
    """Return a number of ASCII digits that fits into 64 bits; None for any other text."""
    stripped = text.strip()
    is_number = stripped.isascii() and stripped.isdigit() and len(stripped) <= _DIGITS_MAX
    return int(stripped) if is_number else None


def content_range(text: str) -> tuple[int, int] | None:
    """Return at which byte a part begins and how many the whole has; None if it does not say."""
    match = _CONTENT_RANGE.fullmatch(text.strip())
    return (int(match[1]), int(match[2])) if match else None


def unsatisfied_range(text: str) -> int | None:
    """Return how many bytes the whole has, where a part behind its end was asked for."""
    match = _UNSATISFIED_RANGE.fullmatch(text.strip())
    return int(match[1]) if match else None


def entity_tag(text: str) -> str:
    """
    Return an ``ETag`` that may be sent back; empty for one with an odd byte.

    Notes
    -----
    Source: RFC 9110, section 8.8.3. Bytes above 126, which it allows, are left out on purpose: they
    have no one meaning as text, and a list without a validator is only fetched once more.
    """
    stripped = text.strip()
    # Sent back as it came, so it is checked as if it were typed by a stranger.
    return stripped if _ENTITY_TAG.fullmatch(stripped) else ""


def http_date(text: str) -> str:
    """Return a date that may be sent back in ``If-Modified-Since``; empty for one that is none."""
    stripped = text.strip()
    return stripped if stripped.isascii() and _instant(stripped) is not None else ""


def retry_after_s(text: str, *, now_utc: datetime, longest_s: float) -> float | None:
    """
    Return the pause that ``Retry-After`` asks for, in seconds; None if it asks for none.

    Parameters
    ----------
    longest_s
        More than this is not waited.
    """
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        asked_s = whole_number(stripped)
        return longest_s if asked_s is None else min(float(asked_s), longest_s)
    instant = _instant(stripped)
    if instant is None or instant.tzinfo is None:
        return None
    return min(max((instant - now_utc).total_seconds(), 0.0), longest_s)


def _instant(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
