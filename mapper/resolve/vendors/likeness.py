"""
How like a written name is to the names of makers.

Likeness is the number of letters written wrongly (Damerau's distance: one too many, one too few,
another, two in the wrong order), where letters that sound or look alike count as one. Partial and
weighted ratios took "National Security Agency" for a maker (158 of 166 hits wrong on operators).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from mapper.resolve.vendors.vendor_words import OTHER_TRADE_WORDS

LETTERS_MIN: Final = 5
"""A shorter name is like too many others."""

SURE_LETTERS_MIN: Final = 7
"""From so many letters on, one wrong letter leaves no doubt of the name."""

_WRONG_LETTERS: Final = ((12, 3), (8, 2), (LETTERS_MIN, 1))
"""From so many letters of the longer name on, so many may be wrong."""

_LONG_TYPE_NUMBER: Final = re.compile(r"(?=(?:.*[a-z]){2})(?=(?:.*[0-9]){2})[a-z0-9-]{5,}")
# Vowels, and consonants that are heard or seen alike; c before k, so that one rule serves both.
_ALIKE: Final = str.maketrans("aeiouyckqszvwfpbmndtgj01", "aaaaaacccssvvfbbmmddggol")


_DOUBLED: Final = re.compile(r"(.)\1+")
# Foreign names in Cyrillic follow their sound: Hikvision is written with kh and zh.
_CYRILLIC: Final = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
            ("a b v g d e e s z i i k l m n o p r s t u f h c ch sh sh - y - e u a i i e g")
            .replace("-", "")
            .split(" "),
            strict=True,
        )
    )
)


def like_names(key: str, names: Iterable[str]) -> list[tuple[str, float]]:
    """
    Return the names that a key may have been meant for, the likest first.

    Parameters
    ----------
    key
        A folded name without spaces, as ``text.key_of`` makes it.
    names
        The folded names that exist.

    Returns
    -------
    list of (str, float)
        Name and ``rapidfuzz.fuzz.ratio`` (0 to 100), by ratio, then by name.
    """
    if len(key) < LETTERS_MIN:
        sounded = [name for name in names if len(key) == LETTERS_MIN - 1 and _sounds(name, key)]
        return [(name, float(fuzz.ratio(key, name))) for name in sorted(sounded)]
    near = process.extract(key, list(names), scorer=OSA.distance, score_cutoff=3, limit=None)
    kept = [name for name, _, _ in near if _is_like(key, name)]
    return sorted(((name, float(fuzz.ratio(key, name))) for name in kept), key=_likest_first)


def _sounds(name: str, key: str) -> bool:
    """Whether a name is heard as a key that is one letter shorter: ``floc``."""
    heard = name.replace("ck", "k")
    return heard[0] == key[0] and heard.translate(_ALIKE) == key.translate(_ALIKE)


def _likest_first(likeness: tuple[str, float]) -> tuple[float, str]:
    return -likeness[1], likeness[0]


def _is_like(key: str, name: str) -> bool:
    longer = max(len(key), len(name))
    allowed = next((wrong for letters, wrong in _WRONG_LETTERS if longer >= letters), 0)
    wrong = OSA.distance(key, name)
    if min(len(key), len(name)) < LETTERS_MIN or key[0].translate(_ALIKE) != name[0].translate(
        _ALIKE
    ):
        return False
    # A wrong letter that is heard or seen alike counts half.
    alike = OSA.distance(key.translate(_ALIKE), name.translate(_ALIKE))
    return (wrong + alike) / 2 <= allowed


def one_letter_off(key: str, names: Mapping[str, str]) -> str | None:
    """
    Return the name that a long key has one letter wrong of, where nothing else is like it.

    A letter doubled in the wrong place (``Tatille``) is one wrong letter.

    Parameters
    ----------
    names
        Folded name -> organisation. Names of another organisation within two letters forbid an
        answer.
    """
    if len(key) < SURE_LETTERS_MIN:
        return None
    near = process.extract(key, list(names), scorer=OSA.distance, score_cutoff=2, limit=None)
    if len({names[name] for name, _, _ in near}) != 1:
        return None
    name, wrong, _ = min(near, key=lambda found: (found[1], found[0]))
    is_one = wrong <= 1 or _DOUBLED.sub(r"\1", name) == _DOUBLED.sub(r"\1", key)
    return name if is_one and name[0] == key[0] else None


def in_latin(text: str) -> str:
    """Write Cyrillic letters as names are written in Latin ones; others stay."""
    return text.translate(_CYRILLIC)


def contained_names(words: tuple[str, ...], names: Mapping[str, str]) -> frozenset[str]:
    """Return the organisations whose one-word name of five letters stands among the words."""
    if not OTHER_TRADE_WORDS.isdisjoint(words):
        return frozenset()
    return frozenset(names[word] for word in words if len(word) >= LETTERS_MIN and word in names)


def is_model_behind(words: tuple[str, ...], leftovers: Sequence[str]) -> bool:
    """
    Whether the words that are not accounted for are a long type number and what follows it.

    They describe the model: ``Dahua IPC-HFW5442 Starlight``. In ``Bosch Car Service 24h`` the
    number is no type number and does not follow the name.
    """
    if not leftovers or _LONG_TYPE_NUMBER.fullmatch(leftovers[0]) is None:
        return False
    return words[len(words) - len(leftovers) :] == tuple(leftovers)
