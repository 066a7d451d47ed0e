"""A tag's value as the words that mappers mean by it."""

import re
from typing import Final

_PARTS: Final = re.compile(r"[;,/|+]|\s-\s")


def words_of(value: str) -> frozenset[str]:
    """Split a tag's value into its parts, folded, spaces and hyphens as underscores."""
    parts = (part.strip().casefold() for part in _PARTS.split(value))
    return frozenset(re.sub(r"[\s\-]+", "_", part) for part in parts if part)
