"""
Whether a written operator is an organisation's name by its own words.

A name is published only where something says that it is an organisation's; silence withholds.
A word counts only if no person is called so: what is a family name too (Hall, Park, Law, Bar)
is not listed, or counts beside a second word alone.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from mapper.validate.name_words import (
    SECTIONS,
    UNSPACED,
    Phrases,
    Words,
    script_of,
    words_of_name,
)

# Letters: a shorter word that ends like a compound is often a name.
_COMPOUND_LENGTH: Final = 7
_ABBREVIATION_LENGTH: Final = 3
_CODE_LENGTH_MIN: Final = 3
_UNSPACED_PERSON_LENGTH: Final = 3
_WITH_A_FORM: Final = 2

_INSTITUTIONS: Final = Phrases(SECTIONS["words"])
_BEGINNINGS: Final = Phrases(SECTIONS["begins"])
_ENDS: Final = Phrases(SECTIONS["ends"])
_SMALL_ENDS: Final = Phrases(SECTIONS["ends_small"])
# A saint's name makes a church of what is a family name too.
_SAINTLY: Final = re.compile(
    r"(st|saint|saints|holy|all|our|christ|trinity|first) .*"
    r"\b(church|chapel|parish|abbey|priory|hall)"
)
_ABBREVIATIONS: Final = frozenset(SECTIONS["begins"] + SECTIONS["ends"])
_LEGAL_FORMS: Final = Phrases(SECTIONS["legal_cyrillic"] + SECTIONS["legal_greek"])
_STEMS: Final = tuple(words_of_name(entry)[0] for entry in SECTIONS["stems"])
_ENDINGS: Final = tuple(words_of_name(entry)[0] for entry in SECTIONS["endings"])
_FORMS_IN_FRONT: Final = frozenset({"pt", "sia", "uab", "as", "sc", "cv", "vsi", "mtu", "oü"})
_CAPITALS: Final = frozenset(SECTIONS["capitals"])
_CAPITALS_NEVER_A_NAME: Final = frozenset(SECTIONS["capitals_never_a_name"])

# Searched for as they are: one pattern of all takes longer to make than all names to search.
_UNSPACED_WORDS: Final = tuple(e for e in SECTIONS["anywhere"] if script_of(e) in UNSPACED)
_UNSPACED_SIGNS: Final = frozenset(word[0] for word in _UNSPACED_WORDS)
_UNSPACED_ENDS: Final = SECTIONS["at_end"]
_UNSPACED_SURNAMES: Final = frozenset("".join(SECTIONS["surname_signs"]))
_THAI_BEGINNINGS: Final = tuple(e for e in SECTIONS["anywhere"] if script_of(e) == "THAI")
_SPACED: Final = Phrases(
    tuple(e for e in SECTIONS["anywhere"] if script_of(e) not in UNSPACED | {"THAI"})
)
_INFLECTED: Final = tuple(
    words[0]
    for entry in SECTIONS["anywhere"]
    if script_of(entry) in {"ARMENIAN", "GEORGIAN", "BENGALI"}
    and len(words := words_of_name(entry)) == 1
    and len(words[0]) > _ABBREVIATION_LENGTH
)
# What Arabic and Hebrew write in one piece with the next word: the, and, by the, in, to, of.
_PREFIXES: Final = {
    "ARABIC": ("وال", "بال", "لل", "ال", "و"),
    "HEBREW": ("וה", "ה", "ו", "ב", "ל", "מ"),  # noqa: RUF001 - Hebrew
}

# Surnames of Slavic languages that begin like a stem: one ends so, the word does not.
_SURNAME: Final = re.compile("(ов|ова|ев|ева|ин|ина|енко|чук|юк|сков|цев|цева|belediyeci|oglu)$")
# The same for words that are inflected behind a stem: -shvili, -dze, -ian, -yan.
_SURNAME_OF_A_STEM: Final = re.compile("(შვილი|ძე|იანი|ელი|უა|ავა|ծյան|յան|եան|յանց)$")
# One name with initials, or two with a comma between: a person's, whatever the names mean.
_WITH_INITIALS: Final = re.compile(
    r"(?:[^\W\d_]\.[\s-]?){1,3}[^\W\d_][\w'\u2019-]+|[^\W\d_][\w'\u2019-]+,?\s[^\W\d_]\."
)
_SURNAME_FIRST: Final = re.compile(r"[^\W\d_][\w'\u2019-]+,\s?[^\W\d_][\w'\u2019-]+")
_WITH_PARTNERS: Final = re.compile(
    r"&\s*(co|cie|co kg|sons?|sohne?|sohn|partners?|partner|fils|figli|hijos|filhos|zn|zonen"
    r"|son|soner|sonner|associates|associes|syn|synowie|synove)\b"
)
# Initials of a person are no abbreviation of an institution.
_INITIALS: Final = re.compile(r"(?<!\w)(?:[^\W\d_a-zа-яёα-ω]\.){1,3}(?!\w)")  # noqa: RUF001
_SMALL_FORM: Final = re.compile(
    r"[\w»\")][,\s]+(?:[az]\.\s?s\.|o\.\s?p\.\s?s\.|[sr]\.\s?p\.|k\.\s?s\.|z\.\s?[uú]\.|d\.\s?d\."
    r"|a\.\s?d\.|s\.\s?[cj]\.|sp\.\s?[jk]\.|v\.\s?o\.\s?s\.|s\.\s?r\.\s?o\.|d\.\s?o\.\s?o\.|n\.\s?p\."
    r"|s\.\s?p\.\s?a\.|s\.\s?r\.\s?l\.|[\u0391\u039f]\.\s?\u0395\.|\u0395\.\s?\u03a0\.\s?\u0395\."
    r"|\u0399\.\s?\u039a\.\s?\u0395\.|[AIKP]/[SF]|a/s|i/s)[,\s]*$|[\w»\")]\s(?:eG|e\.G\.|gGmbH|e\.K\.|eGmbH|SpA|Srl|Sarl|Lda|Oy|Ab|AöR|Kft|Zrt)\b"
)
_WIKIDATA: Final = re.compile(r"\s*Q[1-9]\d{0,11}\s*")
_CODE: Final = re.compile(r"[^\W\d_a-z][^\W\d_a-z&/\-]{1,7}")
_VOWELS: Final = frozenset("aeiouyаеиоуыэюяіє")  # noqa: RUF001 - both alphabets are meant
# In Slavic languages r and l carry a syllable: Vlk, Srb, Krk are names.
_SYLLABIC: Final = re.compile(r"[^rlрл][rlрл][^rlрл]")  # noqa: RUF001 - both alphabets


@lru_cache(maxsize=65_536)
def has_organisation_word(name: str) -> bool:
    """
    Whether a name carries a word that organisations have and persons do not.

    Notes
    -----
    Chinese, Japanese and Korean are searched whole, Thai names at their beginning; all others
    word by word, so that no surname is caught by a part of it.
    """
    # With initials a name is a person's however official its words sound; only a company's form
    # outweighs that.
    if _is_written_like_a_person(name):
        return _has_legal_form(name)
    words = words_of_name(_INITIALS.sub(" ", name))
    return (
        _INSTITUTIONS.within(words)
        or any(_is_compound(word) for word in words)
        or _has_beginning(name, words)
        or _has_end(name, words)
        or _has_legal_form(name)
        or _is_unspaced_organisation(name)
        or _has_word_of_another_script(words)
        or _WITH_PARTNERS.search(" ".join(words)) is not None
    )


def _is_written_like_a_person(name: str) -> bool:
    text = name.strip()
    return bool(_WITH_INITIALS.fullmatch(text) or _SURNAME_FIRST.fullmatch(text))


def _is_compound(word: str) -> bool:
    if word.startswith(_STEMS) and not _SURNAME.search(word):
        return True
    return len(word) >= _COMPOUND_LENGTH and word.endswith(_ENDINGS)


def _has_beginning(name: str, words: Words) -> bool:
    """Whether a name begins with an institution's word and goes on: ``Stadt Bochum``."""
    length = _BEGINNINGS.begin(words)
    # Something must follow: "Stadt" alone names no town.
    return 0 < length < len(words) and _is_long_or_capital(name, words[:length], first=True)


def _has_end(name: str, words: Words) -> bool:
    if len(words) > 1 and _SAINTLY.fullmatch(" ".join(words)):
        return True
    # What is a family name too counts in small letters beside a name in capitals.
    if name[:1].isupper() and name.rsplit(maxsplit=1)[-1].islower() and _SMALL_ENDS.end(words):
        return len(words) > 1
    length = _ENDS.end(words)
    return 0 < length < len(words) and _is_long_or_capital(name, words[-length:], first=False)


def _is_long_or_capital(name: str, phrase: Words, *, first: bool) -> bool:
    """Whether a phrase is no abbreviation, or stands in capitals among other letters."""
    if len("".join(phrase)) > _ABBREVIATION_LENGTH or len(phrase) > 1:
        return True
    word = name.split()[0 if first else -1].strip(",;:()\"'")
    # Full stops would make it the initials of a person.
    # "as" is a word of many languages, "AS" a company's form.
    if not word.isupper() or word.casefold() not in _ABBREVIATIONS:
        return False
    return not name.isupper() or _VOWELS.isdisjoint(phrase[0])


def _has_legal_form(name: str) -> bool:
    """Whether a name carries a company's form: ``Müller GmbH``, ``Orange SA``, never ``Sá``."""
    pieces = [piece.strip(",;()\"'«»“”") for piece in name.split()]
    # A form alone is no name.
    if len(pieces) < _WITH_A_FORM:
        return False
    if (
        _SMALL_FORM.search(name)
        or _is_form_in_front(pieces[0])
        or "e.V." in pieces
        or "eV" in pieces
    ):
        return True
    return any(_is_form_behind(piece, is_capital=name.isupper()) for piece in pieces[1:])


def _is_form_in_front(piece: str) -> bool:
    """Whether a piece is a form that stands before a name, in capitals and without full stops."""
    if not piece.isupper() or "." in piece:
        return False
    return piece.casefold() in _FORMS_IN_FRONT or _LEGAL_FORMS.whole(words_of_name(piece))


def _is_form_behind(piece: str, *, is_capital: bool) -> bool:
    """
    Whether a piece is a form that stands behind a name.

    In a name written in capitals throughout, a form that may be a family name says nothing.
    """
    bare = piece.replace(".", "").replace("/", "")
    if not bare.isupper():
        return False
    if not bare.isascii():
        return "." not in piece and _LEGAL_FORMS.whole(words_of_name(piece))
    form = bare.casefold()
    if form in _CAPITALS_NEVER_A_NAME:
        return True
    return form in _CAPITALS and (bare != piece.rstrip(".") or not is_capital)


def _is_unspaced_organisation(name: str) -> bool:
    """Whether a Chinese, Japanese or Korean name is an organisation's."""
    text = unicodedata.normalize("NFKC", name).strip()
    if _may_be_unspaced_person(text):
        return False
    # Of most names no sign begins such a word.
    if not _UNSPACED_SIGNS.isdisjoint(text) and any(word in text for word in _UNSPACED_WORDS):
        return True
    return len(text) >= _UNSPACED_PERSON_LENGTH and text.endswith(_UNSPACED_ENDS)


def _may_be_unspaced_person(text: str) -> bool:
    """Whether a text is as short as a person's name and begins with a family name's sign."""
    return len(text) <= _UNSPACED_PERSON_LENGTH and text[:1] in _UNSPACED_SURNAMES


def _has_word_of_another_script(words: Words) -> bool:
    if not words:
        return False
    if _SPACED.within(words) or any(_is_inflected(word) for word in words):
        return True
    if words[0].startswith(_THAI):
        return True
    return any(_without_prefix(word) for word in words)


def _is_inflected(word: str) -> bool:
    return word.startswith(_INFLECTED) and not _SURNAME_OF_A_STEM.search(word)


def _without_prefix(word: str) -> bool:
    """Whether a word is a listed one with an article or a preposition in front."""
    prefixes = _PREFIXES.get(script_of(word), ())
    return any(
        _SPACED.whole((word.removeprefix(prefix),))
        for prefix in prefixes
        if word.startswith(prefix) and len(word) > len(prefix)
    )


_THAI: Final = tuple(words_of_name(entry)[0] for entry in _THAI_BEGINNINGS)


def is_code(name: str) -> bool:
    """
    Whether a name is one unpronounceable code of Latin or Cyrillic capitals: ``MPD``, ``SNCF``.

    Capitals with a vowel may be a family name (LEE, KIM), and so may those with an r or an l
    between consonants (VLK, SRB). Scripts whose vowels are not known here give no codes.
    """
    text = name.strip()
    if len(text) < _CODE_LENGTH_MIN or not _CODE.fullmatch(text) or not text.isupper():
        return False
    # Accents off first: É is a vowel too.
    letters = "".join(words_of_name(text))
    if script_of(text) not in {"LATIN", "CYRILLIC"} or not _VOWELS.isdisjoint(letters):
        return False
    return _SYLLABIC.search(letters) is None


def is_wikidata_id(text: str) -> bool:
    """Whether a value is one Wikidata id, or several separated by a semicolon."""
    return all(_WIKIDATA.fullmatch(part) for part in text.split(";"))
