"""What a person types, made comparable with what is kept: one folding, and likeness to propose."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

_NEAR_MIN: Final = 75
_NEAR_SHOWN: Final = 5


@lru_cache(maxsize=65_536)
def folded_words(text: str) -> str:
    """
    Fold a text to words for comparison: no case, no accents, no signs, single spaces.

    Letters of every script stay letters; ``Niš`` and ``nis`` become the same, ``Ниш`` does not.
    """
    # NFKC first joins what is one letter, casefold then knows it (ß to ss); NFKD last splits the
    # accents off, to be dropped.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (
        letter if unicodedata.category(letter)[0] in "LN" else " "
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return " ".join("".join(kept).split())


def nearest(wanted: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return at most five known texts that are like the wanted one, the likest first."""
    # Plain ratio: for whole names it ranks a missing letter above a shared word.
    near = process.extract(
        wanted, tuple(candidates), scorer=fuzz.ratio, score_cutoff=_NEAR_MIN, limit=_NEAR_SHOWN
    )
    return tuple(name for name, _, _ in near)
