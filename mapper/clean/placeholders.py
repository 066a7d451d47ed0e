"""
Values that stand where a name should and name nobody: ``N/A``, ``unknown``, ``[Enter name]``.

Neither a person nor a maker nor an operator. Nor is an address of a web page or a stream, or a
bare Wikidata id: they are no names.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from mapper.clean.spelling import unaccented, words_alone

_QID: Final = re.compile(r"(wikidata\s*[=:]\s*)?q[1-9]\d*", re.IGNORECASE)
# A form's field that nobody filled in: [Enter name], %operator%, ${operator}.
_TEMPLATE: Final = re.compile(r"[\[<{(].*[\]>})]|%\w+%|\$\{?\w+\}?", re.DOTALL)
_ENTER: Final = re.compile(
    r"\b(enter|insert|add|type|fill|your|name|operator|here|please|placeholder|unknown|tbd|eingeben|hier|nom|nombre|nome|todo|fixme)\b",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.\S", re.IGNORECASE)
_PATH: Final = re.compile(
    r"(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,18}(?::\d{1,5})?/\S|\.(?:m3u8|mjpe?g|cgi|php|aspx?|sdp)\b",
    re.IGNORECASE,
)
# Only as the whole value: inside a longer one it may be part of a name.
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,18}(?::\d{1,5})?/?", re.IGNORECASE)


def _read_values() -> frozenset[str]:
    text = files("mapper.clean").joinpath("placeholders.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(_fold(entry) for line in lines for entry in line.split("|"))


def _fold(text: str) -> str:
    return words_alone(unaccented(text), signs="_")


_VALUES: Final = _read_values()


@lru_cache(maxsize=65_536)
def says_nothing(text: str) -> bool:
    """
    Whether a value says that nobody knows, or nothing at all.

    Parameters
    ----------
    text
        A value of a maker's or an operator's key, whole.
    """
    folded = _fold(text)
    if not folded or folded in _VALUES or _QID.fullmatch(text.strip()):
        return True
    return bool(_TEMPLATE.fullmatch(text.strip()) and _ENTER.search(text))


@lru_cache(maxsize=65_536)
def is_address(text: str) -> bool:
    """Whether a value holds an address of a page, a stream or a machine, or is one."""
    return bool(_SCHEME.search(text) or _PATH.search(text) or _HOST.fullmatch(text.strip()))


def is_placeholder(value: str) -> bool:
    """
    Whether no name stands in a value: it says nothing, or is an address or a bare Wikidata id.

    Such are ``N/A``, ``NaN``, ``-``, ``[Enter operator name]``, ``keine Angabe`` and the address
    of a stream or a page.
    """
    return says_nothing(value) or is_address(value)
