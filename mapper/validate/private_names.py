"""
Whether a written operator means a home or a private person, by its own words.

A device of such an operator stands on somebody's home, so its position is withheld, not only
the name, however often the words are written.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mapper.validate.name_words import SECTIONS, UNSPACED, Phrases, Words, script_of, words_of_name

_HOMES: Final = Phrases(SECTIONS["homes"])
_OF_HOMES: Final = Phrases(SECTIONS["homes"] + SECTIONS["fillers"])
_FILLERS: Final = Phrases(SECTIONS["fillers"])
_CONDOMINIUMS: Final = Phrases(SECTIONS["condominiums"])
_HOUSEHOLDS: Final = Phrases(SECTIONS["household"])
_HOUSEHOLD_ENDS: Final = Phrases(SECTIONS["household_ends"])
_TITLES: Final = Phrases(SECTIONS["titles"])
_HOUSES: Final = Phrases(SECTIONS["house_begins"])
_UNSPACED_HOMES: Final = re.compile(
    "|".join(sorted(entry for entry in SECTIONS["homes_anywhere"] if script_of(entry) in UNSPACED))
)
_SPACED_HOMES: Final = Phrases(
    tuple(e for e in SECTIONS["homes_anywhere"] if script_of(e) not in UNSPACED | {"THAI"})
)
_THAI_HOMES: Final = tuple(
    words_of_name(entry)[0] for entry in SECTIONS["homes_anywhere"] if script_of(entry) == "THAI"
)
_PRIVATE: Final = tuple(SECTIONS["fillers_anywhere"])
_THE_JOHNSONS: Final = re.compile(r"the \w+s")
_NUMBER: Final = re.compile(r"\d+[a-z]?|[a-z]")


class PrivateName(StrEnum):
    """What an operator's words say of a private person."""

    HOME = "home"
    """A house or flat, its owner or dwellers, a condominium, a household, a private person."""

    TITLED = "titled"
    """Begins like a person (Mr) or a house (Villa), unless an organisation's word follows."""

    PRIVATE = "private"
    """Says "private" or "owner" and no more."""

    NOT_SAID = "not said"


@lru_cache(maxsize=65_536)
def private_name(name: str) -> PrivateName:
    """Say what the words of an operator tell of a private person; see `PrivateName`."""
    words = words_of_name(name)
    if not words:
        return PrivateName.NOT_SAID
    # "Flat 4b" is a flat whatever its number.
    plain = tuple(word for word in words if not _NUMBER.fullmatch(word))
    # Nothing but such words: "home" inside a longer name may be a care home's.
    if plain and _OF_HOMES.whole(plain):
        return PrivateName.HOME if _HOMES.within(plain) else PrivateName.PRIVATE
    if (
        _CONDOMINIUMS.within(words)
        or _is_household(words)
        or _is_home_of_another_script(name, words)
    ):
        return PrivateName.HOME
    # In scripts without spaces a single word can hold it.
    if any(sign in name for sign in _PRIVATE) and len(words) == 1:
        return PrivateName.PRIVATE
    return PrivateName.TITLED if _is_titled(words) else PrivateName.NOT_SAID


def _is_household(words: Words) -> bool:
    return len(words) > 1 and _HOUSEHOLDS.begin(words) > 0


def _is_titled(words: Words) -> bool:
    if _TITLES.begin(words) or _HOUSES.begin(words) or _HOUSEHOLD_ENDS.end(words):
        return len(words) > 1
    return _THE_JOHNSONS.fullmatch(" ".join(words)) is not None


def _is_home_of_another_script(name: str, words: Words) -> bool:
    """Whether a name of a script without spaces, or of one searched by words, means a home."""
    if _SPACED_HOMES.within(words) or words[0].startswith(_THAI_HOMES):
        return True
    return _UNSPACED_HOMES.search(name) is not None
