"""
Words that decide about privacy, in the languages of lists: inside, private, home, doorbell.

One vocabulary for every source, in ``privacy_words.txt``. What is not understood here is not taken
for safe by those who ask; they stop, or withhold.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Final

from mapper.clean.spelling import unaccented


class Privacy(StrEnum):
    """What a word says of where a camera stands, as OSM's tags would say it."""

    DOORBELL = "doorbell"
    HOME = "residential"
    PRIVATE = "private"
    INDOOR = "indoor"
    OUTDOOR = "outdoor"
    PUBLIC = "public"
    NOTHING = ""


_SAYS_NOTHING: Final = frozenset({"yes", "camera", "cctv", "webcam"})
# "and" in the languages of lists joins two words, each of which must be understood.
_SEPARATOR: Final = re.compile(
    r"[;,/|+&]|\s[-\u2013]\s|\s(?:and|und|et|y|e|en|i|och|og|ja|\u00e9s|\u0219i|ve|\u0438)\s"
)
_JOINTS: Final = re.compile(r"[\s_\-\u2019'\"().]+")


def _folded(text: str) -> str:
    """Return small letters without accents and signs, words one blank apart."""
    return _JOINTS.sub(" ", unicodedata.normalize("NFC", unaccented(text))).strip()


def _read_words() -> dict[str, Privacy]:
    meanings: dict[str, Privacy] = {}
    meaning = Privacy.NOTHING
    text = resources.files("mapper.clean").joinpath("privacy_words.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            meaning = Privacy(line.strip("[]"))
        elif line and not line.startswith("#"):
            for word in line.split("|"):
                # The strictest meaning stands first in the file and is kept.
                meanings.setdefault(_folded(word), meaning)
    return meanings


_MEANING: Final = _read_words()


@lru_cache(maxsize=4_096)
def privacy_of(value: str) -> frozenset[Privacy] | None:
    """
    Say what a value says about privacy.

    Parameters
    ----------
    value
        A value as written: one word or several, in any of the languages.

    Returns
    -------
    frozenset of Privacy or None
        What it says, ``NOTHING`` where a part says nothing about it; None where a part is not
        understood.
    """
    whole = _folded(value)
    # The whole value first: an entry of the file may hold a sign that separates.
    if whole in _MEANING:
        return frozenset({_MEANING[whole]})
    meanings = set()
    for part in _SEPARATOR.split(value.casefold()):
        word = _folded(part)
        if not word:
            continue
        if word in _SAYS_NOTHING:
            meanings.add(Privacy.NOTHING)
        elif word in _MEANING:
            meanings.add(_MEANING[word])
        else:
            # One part that is not understood may be the one that says "inside my house".
            return None
    return frozenset(meanings or {Privacy.NOTHING})


def as_osm_words(meanings: frozenset[Privacy]) -> str:
    """Write what was understood as OSM's words, joined by semicolons in a fixed order."""
    return ";".join(str(meaning) for meaning in Privacy if meaning in meanings and meaning)
