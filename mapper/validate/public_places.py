"""Where the public walks in: a shop, a platform, a square; only words that are listed say so."""

from collections import defaultdict
from functools import partial
from importlib.resources import files
from typing import Final

import numpy as np
import pandas as pd

from mapper.clean.privacy_words import Privacy
from mapper.validate.place_words import place_words
from mapper.validate.values_asked import Mask, by_value
from mapper.validate.written_words import words_of

_NO_SHOP: Final = frozenset({"no", "none", "vacant"})


def _read_places() -> dict[str, frozenset[str]]:
    """Read the values that mean a public place, by the key of their tag."""
    text = files("mapper.validate").joinpath("public_places.txt").read_text(encoding="utf-8")
    places: defaultdict[str, set[str]] = defaultdict(set)
    key = ""
    for line in text.splitlines():
        if line.startswith("["):
            key = line.strip("[]")
        elif not line.startswith("#"):
            places[key].update(line.split())
    return {key: frozenset(values) for key, values in places.items() if key}


_PLACES: Final = _read_places()


def is_public_zone(value: str) -> bool:
    """Whether every part of a zone is a place that the public walks into."""
    # Every part: "shop;garden" has one that is no public place.
    return words_of(value) <= _PLACES["surveillance:zone"]


def public_places(tags: pd.DataFrame) -> Mask:
    """Mark the rows that lie where the public walks in, by a tag that says so."""
    public = by_value(tags["shop"], _is_shop)
    for key in _PLACES:
        public |= by_value(tags[key], partial(_is_listed, key))
    for key in ("surveillance", "surveillance:zone"):
        public |= by_value(tags[key], _says_public)
    return np.asarray(public, dtype=bool)


def _is_listed(key: str, value: str) -> bool:
    return not _PLACES[key].isdisjoint(words_of(value))


def _is_shop(value: str) -> bool:
    """Whether a value names a kind of shop; a shop's kind is one of hundreds of plain words."""
    # shop=yes and shop=bakery are words; "Anna's" is what somebody typed.
    is_word = value.isascii() and value.replace("_", "").replace(";", "").isalpha()
    said = place_words(value).meanings & {Privacy.HOME, Privacy.PRIVATE}
    return is_word and not said and words_of(value).isdisjoint(_NO_SHOP)


def _says_public(value: str) -> bool:
    return Privacy.PUBLIC in place_words(value).meanings
