"""
The words by which names of organisations are told from names of persons, by language.

The lists lie in ``words/``, one file for a language or a family of languages, and say in
``ORIGIN.md`` where they come from. Each is cut into sections by the way its words are matched;
all languages are asked together, because nobody says in which language an operator is written.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Final

from mapper.clean.spelling import unaccented, words_alone

Words = tuple[str, ...]

_DOTTED: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
# Letters that NFKD leaves whole, and Arabic letters that Persian writes otherwise.
_LETTERS: Final = str.maketrans(
    {
        "\u0142": "l",
        "\u0131": "i",
        "\u00f8": "o",
        "\u0111": "d",
        "\u00f0": "d",
        "\u00fe": "th",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "'": " ",
        "\u2019": " ",
        "\u0640": "",
    }
)


@lru_cache(maxsize=65_536)
def normalise(name: str) -> str:
    """Fold a name for comparison: NFKD, no accents, casefolded, punctuation to one space."""
    # S.N.C.F. and SNCF are one; a full stop between words stays a blank.
    joined = _DOTTED.sub("", name)
    # Casefolded twice: what NFKD takes apart may hold capitals (a ligature, a long s).
    plain = unaccented(joined).casefold().translate(_LETTERS)
    # The vowel signs of Indic scripts belong to words, and "M&S" is one.
    return words_alone(plain, categories="LMN", signs="&")


@lru_cache(maxsize=65_536)
def words_of_name(name: str) -> Words:
    """Cut a name into folded words."""
    return tuple(normalise(name).split())


class Phrases:
    """Sequences of folded words, to be found in a longer one in linear time."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        by_first: defaultdict[str, set[Words]] = defaultdict(set)
        for phrase in phrases:
            words = words_of_name(phrase)
            # An entry of signs alone would match everywhere.
            if words:
                by_first[words[0]].add(words)
        self._by_first = {first: tuple(sorted(longer)) for first, longer in by_first.items()}

    def at(self, words: Words, start: int) -> int:
        """Return how many words the longest phrase at a position has; 0 where none begins."""
        return max(
            (
                len(phrase)
                for phrase in self._by_first.get(words[start], ())
                if words[start : start + len(phrase)] == phrase
            ),
            default=0,
        )

    def within(self, words: Words) -> bool:
        """Whether a phrase stands anywhere in a name."""
        return any(self.at(words, start) for start in range(len(words)))

    def begin(self, words: Words) -> int:
        """Return how many words of a phrase the name begins with; 0 for none."""
        return self.at(words, 0) if words else 0

    def end(self, words: Words) -> int:
        """Return how many words of a phrase the name ends with; 0 for none."""
        # The longest phrase that reaches the end, asked from every place it could begin at.
        ends = [n for n in range(1, len(words) + 1) if self.at(words, len(words) - n) == n]
        return max(ends, default=0)

    def whole(self, words: Words) -> bool:
        """Whether a name is nothing but such phrases, one after the other."""
        start = 0
        while start < len(words):
            length = self.at(words, start)
            if not length:
                return False
            start += length
        return bool(words)


def _read_sections() -> dict[str, tuple[str, ...]]:
    """Read all word lists: by section, the entries of every language as written."""
    sections: defaultdict[str, list[str]] = defaultdict(list)
    folder = files("mapper.validate").joinpath("words")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".txt"):
            continue
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith("#"):
                sections[section] += [entry.strip() for entry in line.split(",")]
    return {name: tuple(filter(None, entries)) for name, entries in sections.items()}


SECTIONS: Final = _read_sections()
"""By section, the entries of all languages as written in the files."""


def script_of(text: str) -> str:
    """Return the script of the first letter by its Unicode name, ``HANGUL``; empty for none."""
    letter = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


UNSPACED: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
"""Scripts that are searched for a word anywhere in a name."""
