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
from typing import Final

from mapper.clean.gazetteer_file import ROW_BEGINS, blocks_of_rows
from mapper.clean.spelling import unaccented

# Six digits and more are 100,000 people and more.
_LARGE: Final = re.compile(rb'"population": \d{6,},')

_LATIN: Final = "latn"
_ALPHABETS: Final = {"LATIN": _LATIN, "CYRILLIC": "cyrl", "ARABIC": "arab", "CJK": "hani"}
ALPHABETS: Final = tuple(_ALPHABETS.values())
"""Codes of ISO 15924 in small letters."""
_ALL: Final = frozenset(ALPHABETS)
_NOT_LATIN: Final = _ALL - {_LATIN}

_LATIN_LEAST: Final = 300_000
"""People; a smaller place is mostly written alike in all languages of these letters."""

_LETTERS_MAX: Final = 30

_COMMON_ACCENTS: Final = frozenset("äöüßàâçèéêëîïôùûœæñÄÖÜÀÂÇÈÉÊËÎÏÔÙÛŒÆÑ")
"""Of German and French, and the Spanish letter: whoever leaves these out is shown them."""

PlaceKey = tuple[str, str, int]
"""Name, ISO code of the country, population: what tells the places of the gazetteer apart."""


@cache
def names_by_place() -> dict[PlaceKey, dict[str, tuple[str, ...]]]:
    """Return of each place of 100,000 people and more its other names by alphabet."""
    decoder, names_of = json.JSONDecoder(), {}
    for block in blocks_of_rows():
        for large in _LARGE.finditer(block):
            # One row of forty is large, so that the others are never read.
            begin = block.rindex(ROW_BEGINS, 0, large.start())
            end = block.find(ROW_BEGINS, large.end())
            row_json = block[begin : end if end > 0 else len(block)].decode("ascii")
            row, _ = decoder.raw_decode(row_json)
            name, population = str(row["name"]), int(row["population"])
            alphabets = _ALL if population >= _LATIN_LEAST else _NOT_LATIN
            by_alphabet = _by_alphabet(name, row["alternatenames"], alphabets)
            if by_alphabet:
                names_of[name, str(row["countrycode"]), population] = by_alphabet
    return names_of


def _by_alphabet(
    name: str, listed: Iterable[str], alphabets: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    kept: dict[tuple[str, str], str] = {}
    bare: dict[str, set[str]] = {}
    own = unaccented(name)
    for other, alphabet in _names_in(listed, alphabets):
        # What differs by accents alone is found by the other; of such the one with most is kept:
        # GeoNames has "Munchen" beside "München".
        folded = unaccented(other)
        if folded != own and _accents(other) >= _accents(kept.get((alphabet, folded), "")):
            kept[alphabet, folded] = other
        if other.isascii():
            bare.setdefault(folded, set()).add(other)
    names: dict[str, list[str]] = {}
    for (alphabet, folded), other in sorted(kept.items()):
        names.setdefault(alphabet, []).append(other)
        # "Belgrad" is German and "Belgrád" Hungarian: who types the first is not shown the second.
        if folded in bare and not _is_common(other):
            names[alphabet] += sorted(bare[folded] - {other})
    return {alphabet: tuple(of_it) for alphabet, of_it in names.items()}


def _is_common(text: str) -> bool:
    return {sign for sign in text if not sign.isascii()} <= _COMMON_ACCENTS


def _accents(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def _names_in(listed: Iterable[str], alphabets: frozenset[str]) -> Iterator[tuple[str, str]]:
    for other in listed:
        if len(other) > _LETTERS_MAX:
            continue
        letter = next(filter(str.isalpha, other), "")
        alphabet = _alphabet_of(letter)
        if alphabet not in alphabets:
            continue
        # "mwnykh" is how somebody spells what he hears, "MUC" is an airport.
        if alphabet == _LATIN and (not other[0].isupper() or other.isupper()):
            continue
        yield other, alphabet


@cache
def _alphabet_of(letter: str) -> str:
    """Return the alphabet of a letter; empty for one that no language of the map is written in."""
    script = unicodedata.name(letter, "").split(" ")[0] if letter else ""
    return _ALPHABETS.get(script, "")
