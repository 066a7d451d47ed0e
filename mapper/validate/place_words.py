"""
What a tag's value says of the place, and whether all of it was understood.

A value that is understood only in part is told so: whoever decides about privacy by it must not
take the rest for safe.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from mapper.clean.privacy_words import Privacy, privacy_of
from mapper.validate.private_names import PrivateName, private_name
from mapper.validate.published_values import is_vocabulary

_PARTS: Final = re.compile(r"[;,/|+]|\s-\s")
_JOINTS: Final = re.compile(r"[\s_\-\u2011()\"]+")
# Short words mean another thing in another language, so beside others they say nothing; nor do
# those that beside another word name a part of a tower, a town or a charger.
_LETTERS_MIN: Final = 4
_ALONE_ONLY: Final = frozenset(
    ["bell", "public", "street", "outside", "flat", "fora", "inne", "inde", "bent", "ulko", "sees"]
)
# Words by which `private_name` knows a home, and which beside no other say nothing of one.
_NO_HOME: Final = frozenset(["unknown", "no", "local", "and", "building", "i", "a", "v", "number"])


class PlaceWords(NamedTuple):
    """What was understood of a value, and whether that is all of it."""

    meanings: frozenset[Privacy]
    is_understood: bool


@lru_cache(maxsize=65_536)
def place_words(value: str) -> PlaceWords:
    """
    Read a value of a tag that says where a device is, in any language.

    Parameters
    ----------
    value
        As written; parts are separated by semicolons, commas, slashes, bars or plus signs.
    """
    # As a whole first, since entries of the vocabulary may hold a sign that separates.
    whole = privacy_of(value)
    if whole is not None:
        return PlaceWords(whole - {Privacy.NOTHING}, is_understood=True)
    read = [_part(part.strip()) for part in _PARTS.split(value) if part.strip()]
    meanings = frozenset(meaning for part in read for meaning in part.meanings)
    return PlaceWords(meanings, all(part.is_understood for part in read))


def _may_say(word: str) -> bool:
    # Short words of Latin letters are words of other languages too; short words of other scripts
    # are not.
    return word not in _ALONE_ONLY and (len(word) >= _LETTERS_MIN or not word.isascii())


def _part(part: str) -> PlaceWords:
    whole = privacy_of(part)
    if whole is not None:
        return PlaceWords(whole - {Privacy.NOTHING}, is_understood=True)
    words = [word for word in _JOINTS.split(part.casefold()) if word]
    meanings = {
        meaning
        for word in words
        if _may_say(word)
        for meaning in privacy_of(word) or ()
        if meaning is not Privacy.NOTHING
    }
    spaced = " ".join(words)
    # The words by which an operator is known as a home tell a place as well.
    if spaced not in _NO_HOME and private_name(spaced) is PrivateName.HOME:
        meanings.add(Privacy.HOME)
    return PlaceWords(frozenset(meanings), bool(meanings) or is_vocabulary(part))
