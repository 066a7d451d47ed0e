"""
Text from outside, made safe to store and compare, without changing what it says.

Removed: control characters, surrogates, unassigned and private-use code points, and every
invisible format character (bidirectional controls, zero-width characters, the byte order mark,
soft hyphens, tags). What breaks a line becomes one space, so that words stay apart. The rest is
brought to NFC, runs of combining marks are cut to four, and over-long values are cut.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

VALUE_CHARS_MAX = 1_000
"""Longest value kept; OpenStreetMap itself allows 255."""

TAGS_MAX = 100
"""Most tags kept of one object."""

PARTS_MAX = 50
"""Most parts kept of a value that is a list with ``;``."""

MARKS_MAX = 4
"""Most combining marks kept in a run; more is drawn over the neighbouring lines."""

# Cut before cleaning too, so that a value of megabytes costs no more than a long one. Eight times,
# for what cleaning takes away.
_RAW_CHARS_MAX = 8 * VALUE_CHARS_MAX
_LINE_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# The format characters that are drawn: Unicode's property Prepended_Concatenation_Mark.
_VISIBLE_FORMAT_CHARACTERS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """
    One cleaned value.

    Attributes
    ----------
    cleaned
        Whether characters were removed, replaced or normalised.
    cut
        Whether the value was shortened to a cap.
    """

    text: str
    cleaned: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class CleanTags:
    """The cleaned values of one object's tags, and whether any of them was cleaned or cut."""

    tags: dict[str, str]
    cleaned: bool
    cut: bool


def clean_text(value: str) -> CleanText:
    """
    Clean one value; cleaning a cleaned text changes nothing.

    Parameters
    ----------
    value
        Any string, lone surrogates included.

    Returns
    -------
    CleanText
        At most ``VALUE_CHARS_MAX`` characters and ``PARTS_MAX`` parts between ``;``.
    """
    if _is_plain(value):
        return CleanText(value, cleaned=False, cut=False)
    return _clean_odd(value) if len(value) <= VALUE_CHARS_MAX else _clean_uncached(value)


def clean_tags(tags: Mapping[str, str]) -> CleanTags:
    """
    Clean every value; of more than ``TAGS_MAX`` tags the first in the order given are kept.

    Keys are cleaned like values; of two keys that become one the first is kept, as a cut. A value
    of nothing but blanks says nothing and is left out.
    """
    # One look at all of it: where the whole is plain, every part is.
    if len(tags) <= TAGS_MAX and _is_plain(" ".join((*tags, *tags.values()))):
        said = {key: value for key, value in tags.items() if value.strip()}
        return CleanTags(said, cleaned=False, cut=False)
    kept: dict[str, str] = {}
    cleaned = False
    cut = len(tags) > TAGS_MAX
    for key, value in tags.items():
        if len(kept) == TAGS_MAX:
            break
        clean_key, clean_value = clean_text(key), clean_text(value)
        cleaned |= clean_key.cleaned or clean_value.cleaned
        # Two keys that differ in invisible signs only become one, and that something was lost must
        # show.
        cut |= clean_key.cut or clean_value.cut or clean_key.text in kept
        kept.setdefault(clean_key.text, clean_value.text)
    return CleanTags({key: text for key, text in kept.items() if text.strip()}, cleaned, cut)


def _is_plain(value: str) -> bool:
    """Tell the nine tenths of all values that need no look at their characters."""
    return (
        value.isascii()
        and value.isprintable()
        and len(value) <= VALUE_CHARS_MAX
        and value.count(";") < PARTS_MAX
    )


def _clean_uncached(value: str) -> CleanText:
    raw = value[:_RAW_CHARS_MAX]
    # Breaks become blanks before anything is removed, or two lines would grow together into a word.
    visible = "".join(filter(_is_kept, _LINE_BREAKS.sub(" ", raw)))
    whole = _cap_marks(unicodedata.normalize("NFC", visible))
    text = ";".join(whole[:VALUE_CHARS_MAX].split(";")[:PARTS_MAX])
    return CleanText(text, cleaned=whole != raw, cut=len(raw) < len(value) or text != whole)


_clean_odd = lru_cache(maxsize=16_384)(_clean_uncached)


def _is_kept(character: str) -> bool:
    return (
        unicodedata.category(character) not in _REMOVED_CATEGORIES
        or character in _VISIBLE_FORMAT_CHARACTERS
    )


def _cap_marks(text: str) -> str:
    """Cut every run of combining marks to ``MARKS_MAX``."""
    kept: list[str] = []
    run = 0
    for character in text:
        # Spacing marks (Mc) stand beside their letter and stay: Indic scripts need them.
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run <= MARKS_MAX:
            kept.append(character)
    return "".join(kept)
