"""
Which written values may be published: words of a vocabulary, numbers, known names; no free text.

A tag can hold whatever somebody typed. A value under any key that is not understood here is
withheld and counted, whatever it is; nothing has to recognise it as a name, a plate or an address.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from mapper.clean.dates import tag_date
from mapper.clean.lifecycle import state_of_word
from mapper.clean.placeholders import says_nothing
from mapper.errors import ValueRefusedError
from mapper.model.tags import COUNT_TAG, END_DATE_TAG, LIFECYCLE_TAG, NOT_UNDERSTOOD
from mapper.validate.operators import is_organisation
from mapper.validate.organisation_names import is_wikidata_id

MAKER_KEYS: Final = ("manufacturer", "brand", "surveillance:brand", "model")
WORD_KEYS: Final = (
    "man_made",
    "highway",
    "surveillance",
    "surveillance:type",
    "surveillance:zone",
    "camera:type",
    "camera:mount",
    "enforcement",
    "operator:type",
)
_DATE_KEYS: Final = ("start_date", END_DATE_TAG, "check_date", "survey:date")
_MEASURE_KEYS: Final = ("direction", "camera:direction", "camera:angle", "height")
_WIKIDATA_KEYS: Final = tuple(
    f"{key}:wikidata" for key in ("manufacturer", "brand", "surveillance:brand", "operator")
)
# Parts. No documented value has nearly as many, and a sentence of plain words is still a sentence.
_WORDS_MAX: Final = 12

_SEPARATORS: Final = re.compile(r"[;,/|+&()=:]|\s-\s")
_JOINTS: Final = re.compile(r"[\s_\-\u2011]+")
_NUMBER: Final = r"-?\d{1,3}(?:[.,]\d{1,6})?"
_UNIT: Final = r"\s?(?:°|º|deg|degrees?|grad|m|meters?|metres?|ft|feet|'|\"|%|cm)?"
_BEARING: Final = r"(?:[NESW]|[NS][EW]|[NESW][NS][EW])"
_MEASURE: Final = rf"(?:~|ca\.?\s?|about\s)?(?:{_NUMBER}{_UNIT}|{_BEARING})"
_MEASURES: Final = re.compile(
    rf"{_MEASURE}(?:\s?(?:-|\u2013|\.\.|to)\s?{_MEASURE})?"
    rf"(?:\s?[;,|]\s?{_MEASURE}(?:\s?(?:-|\u2013|to)\s?{_MEASURE})?){{0,15}}",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r"[a-z_]{2,30}(?::[a-z_]{2,30})?")
_COUNT: Final = re.compile(
    r"\d{1,5}(?:[.,]0+)?(?: ?(?:cams?|cameras?|kameras?|kamery|caméras?|c[aá]maras?|telecamere|x"
    r"|units?|stk|камеры?|камер))?",
    re.IGNORECASE,
)
_DATE_LIST: Final = re.compile(r"\s*(?:;|\.\.|/|\u2013| - )\s*")
_DAY: Final = re.compile(r"[~<>]?(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\??")


def _read_vocabulary() -> frozenset[str]:
    text = files("mapper.validate").joinpath("tag_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


_VOCABULARY: Final = _read_vocabulary()


def may_publish(key: str, value: str, *, names_maker: Callable[[str, str], bool]) -> bool:
    """
    Whether a value of a published tag is understood, so that it cannot be free text.

    ``operator`` is decided elsewhere, by what kind of name it is.

    Parameters
    ----------
    names_maker
        Says of a key and a text whether every word of it is accounted for as a maker's name, a
        product, a type number or a word for a device.
    """
    if key in MAKER_KEYS:
        return _is_maker_text(key, value, names_maker)
    return _is_understood(key, value)


def _is_maker_text(key: str, value: str, names_maker: Callable[[str, str], bool]) -> bool:
    return says_nothing(value) or names_maker(key, value) or is_organisation(value)


@lru_cache(maxsize=65_536)
def _is_understood(key: str, value: str) -> bool:
    read = _READERS.get(key)
    # A key without a reader publishes nothing: forgetting one hides values, it never leaks them.
    return read is not None and read(value)


def _is_measure(value: str) -> bool:
    return _MEASURES.fullmatch(value.strip()) is not None or is_vocabulary(value)


def _is_id(value: str) -> bool:
    return is_wikidata_id(value) or says_nothing(value)


def _is_count(value: str) -> bool:
    return _COUNT.fullmatch(value.strip()) is not None


def is_vocabulary(value: str) -> bool:
    """
    Whether a value is made of words of the vocabulary alone; a digit may stand by itself.

    Parts are separated as mappers do it; of a part of several words each must be known, or the
    whole.
    """
    parts = [part for part in _SEPARATORS.split(value.casefold()) if part.strip()]
    if len(parts) > _WORDS_MAX:
        return False
    return all(_is_known_part(part) for part in parts) or says_nothing(value)


def _is_known_part(part: str) -> bool:
    words = [word.strip(".?!\"'#*°") for word in _JOINTS.split(part.strip())]
    # The vocabulary holds some values of several words that are not published word by word.
    if "_".join(words) in _VOCABULARY:
        return True
    # A digit beside a word may be a house number; alone it is a count.
    is_digit = len(words) == 1 and len(words[0]) == 1 and words[0].isdecimal()
    return is_digit or all(not word or word in _VOCABULARY for word in words)


def is_date(value: str) -> bool:
    """Whether a value is a date, several, or a span of them."""
    parts = [part for part in _DATE_LIST.split(value.strip()) if part]
    # "~2019?" is understood as a date for showing, though the rule of dates refuses to read a
    # doubt.
    return bool(parts) and (all(_DAY.fullmatch(part) for part in parts) or _reads(value))


def _reads(value: str) -> bool:
    try:
        tag_date(value)
    except ValueRefusedError:
        return False
    return True


def _is_lifecycle(value: str) -> bool:
    """Whether every part is a known state, or a plain key with a word or a date."""
    return value == NOT_UNDERSTOOD or all(
        _is_state(part.strip()) for part in value.split(";") if part.strip()
    )


def _is_state(part: str) -> bool:
    key, equals, said = part.partition("=")
    if state_of_word(part) is not None:
        return True
    # disused:man_made=surveillance: a key of letters and a value of known words cannot be free
    # text.
    is_plain = bool(equals) and _KEY.fullmatch(key) is not None
    return is_plain and (state_of_word(said) is not None or is_vocabulary(said) or is_date(said))


_READERS: Final[Mapping[str, Callable[[str], bool]]] = {
    **dict.fromkeys(WORD_KEYS, is_vocabulary),
    **dict.fromkeys(_MEASURE_KEYS, _is_measure),
    **dict.fromkeys(_DATE_KEYS, is_date),
    **dict.fromkeys(_WIKIDATA_KEYS, _is_id),
    LIFECYCLE_TAG: _is_lifecycle,
    COUNT_TAG: _is_count,
}
