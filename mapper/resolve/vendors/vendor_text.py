"""
How a written maker's name is folded, cut into parts and cut into words.

Nothing here knows a registry. The rules serve both sides alike, the names of the registry and
the values of tags, so that case, accents, punctuation and company forms never decide.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mapper.clean.spelling import unaccented
from mapper.resolve.vendors.vendor_words import (
    DOUBT_WORDS,
    JOINING_WORDS,
    LEGAL_AFFIXES,
    LEGAL_HEADS,
    LEGAL_TAILS,
    NOT_KNOWN,
)

KEY_LETTERS_MIN = 3
"""Removing a company form never leaves a name shorter than this ("LT" is not a name)."""

_LEGAL_WORDS_MAX = max(len(tail) for tail in LEGAL_TAILS)
_MARKS = str.maketrans("", "", "™®©℠\u00ad")
# The dotless i of Turkish, the crossed l of Polish, the o and ae of Danish.
_UNDECOMPOSED = str.maketrans({0x131: "i", 0x142: "l", 0xF8: "o", 0xE6: "ae"})
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_DOUBT_MARKS = re.compile(r"[\s(\[]*[?\uff1f]+[\s)\]]*")
_PARTS = re.compile(r"[;/|,+&\uff0c\uff1b\u3001]")
_CHUNKS = re.compile(r"[^\w.-]+|(?<!\w)[.-]+|[.-]+(?!\w)|_+")
_INNER = re.compile(r"[.-]+")
_QID_TEXT = re.compile(
    r"\s*(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wikidata\s*[=:]\s*)?"
    r"(?P<qid>[Qq][1-9][0-9]*)\s*",
    re.ASCII,
)
_SITE = re.compile(
    r"\s*(?:https?://)?(?:www\.)?(?P<name>[a-z0-9][a-z0-9-]+)\.(?:com|net|org|io|ai|eu|[a-z]{2})/?\s*",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenName:
    """
    A tag value, cut into what it names.

    Attributes
    ----------
    whole
        All words, the joining ones too.
    parts
        Each part as words, in the order written; empty where the value says nothing.
    is_uncertain
        Whether the mapper put a question mark or a word of doubt to it.
    """

    whole: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    is_uncertain: bool


def fold(text: str) -> str:
    """
    Fold a text for comparison: trade marks and possessives off, NFKC, small, no accents.

    Accents are taken off Latin letters alone; in other scripts they make another letter.
    """
    plain = _POSSESSIVE.sub("", text.translate(_MARKS))
    bare = unaccented(plain, is_joined_first=True, is_of_latin_only=True)
    return unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED)


# Several rules in turn ask a written name for its words, and each name of the registry too.
@lru_cache(maxsize=65_536)
def words_of(text: str, *, keep_hyphens: bool = False) -> tuple[str, ...]:
    """
    Cut a text into folded words.

    Full stops inside a word vanish (``S.p.A.`` is ``spa``). Hyphens separate words, unless
    ``keep_hyphens`` asks for a type number such as ``wv-sw316l`` in one piece.
    """
    words: list[str] = []
    for chunk in _CHUNKS.split(fold(text)):
        plain = chunk.replace(".", "")
        words += [plain] if keep_hyphens else plain.split("-")
    return tuple(word for word in words if word)


def without_legal_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """
    Take company forms off both ends, as long as a name of three letters or more remains.

    Examples
    --------
    ``("verkada", "inc")`` gives ``("verkada",)``; ``("lt", "security")`` stays; ``("ge", "co")``
    stays, for ``ge`` is too short to stand alone.
    """
    while True:
        shorter = _one_form_less(words)
        if shorter == words or sum(map(len, shorter)) < KEY_LETTERS_MIN:
            return words
        words = shorter


def _one_form_less(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(_LEGAL_WORDS_MAX, len(words) - 1), 0, -1):
        if words[-length:] in LEGAL_TAILS:
            return words[:-length]
    if len(words) > 1 and words[0] in LEGAL_HEADS:
        return words[1:]
    for affix in LEGAL_AFFIXES if words else ():
        if words[-1].endswith(affix):
            return tuple(filter(None, (*words[:-1], words[-1].removesuffix(affix))))
        if words[0].startswith(affix):
            return tuple(filter(None, (words[0].removeprefix(affix), *words[1:])))
    return words


def key_of(words: tuple[str, ...]) -> str:
    """
    Return the key under which a name is looked up: no company form, no spaces, no hyphens.

    ``HIK Vision``, ``Hik-Vision`` and ``HIKVISION Ltd.`` share one key.
    """
    plain = tuple(part for word in words for part in _INNER.split(word) if part)
    return "".join(without_legal_form(plain))


def qid_in(text: str) -> str | None:
    """Return the Wikidata id that a text consists of (``wikidata=q42``), or None."""
    match = _QID_TEXT.fullmatch(text)
    return match["qid"].upper() if match else None


def without_site(text: str) -> str:
    """Return the name in a web address of a maker (``www.name.com``), else the text."""
    match = _SITE.fullmatch(text)
    return match["name"] if match else text


def is_not_known(text: str) -> bool:
    """Whether a value says that nobody knows: ``Unknown``, ``?``, ``generic``, punctuation."""
    words = words_of(text)
    return not words or " ".join(words) in NOT_KNOWN


def read_written(text: str, *, keep_hyphens: bool = False) -> WrittenName:
    """
    Cut a value into the names it may hold.

    Semicolon, slash, comma, bar, plus, ampersand and the word "and" separate parts; parts that
    say nothing are dropped. A question mark or a word of doubt in front makes it uncertain.
    """
    certain = _DOUBT_MARKS.sub(" ", text)
    pieces = [words_of(piece, keep_hyphens=keep_hyphens) for piece in _PARTS.split(certain)]
    sure = [words[1:] if words[:1] and words[0] in DOUBT_WORDS else words for words in pieces]
    parts = [part for words in sure for part in _joined_parts(words)]
    return WrittenName(
        whole=tuple(word for words in sure for word in words),
        parts=tuple(part for part in parts if part and " ".join(part) not in NOT_KNOWN),
        is_uncertain=certain != text or sure != pieces,
    )


def _joined_parts(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    parts: list[tuple[str, ...]] = [()]
    for word in words:
        if word in JOINING_WORDS:
            parts.append(())
        else:
            parts[-1] = (*parts[-1], word)
    return parts
