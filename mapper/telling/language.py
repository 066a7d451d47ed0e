"""
The language in which the registry is put into words: English, unless a page is written in another.

The words stand in this room in English, between ``gettext(...)``, and the catalogues of the site
hold them in the other languages. Which language is spoken belongs to the text that is being
written, not to each of the hundred functions that say a part of it; so whoever writes a page says
it once, with `speaking`. The terminal and the files of a release never do, and stay in English.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Final

from mapper.clean.british_english import LOCALE
from mapper.clean.country_names import country_name
from mapper.clean.date_words import format_date
from mapper.clean.partial_date import PartialDate


def _english(text: str) -> str:
    return text


def _english_plural(singular: str, several: str, count: int) -> str:
    return singular if count == 1 else several


@dataclass(frozen=True, slots=True)
class Language:
    """
    How one language says what is written here in English.

    Attributes
    ----------
    locale
        CLDR's name of how it writes numbers, lists and days.
    gettext, ngettext
        Translate a text; of two forms and a number, give the one that the number takes.
    country
        Name a country by its code.
    is_rtl
        Whether it is written from right to left.
    as_written
        What becomes of the words of others inside one of our sentences, which stay in English: a
        page marks them there. By itself nothing.
    """

    locale: str = LOCALE
    gettext: Callable[[str], str] = _english
    ngettext: Callable[[str, str, int], str] = _english_plural
    country: Callable[[str], str] = country_name
    is_rtl: bool = False
    as_written: Callable[[str], str] = _english


ENGLISH: Final = Language()

_SPOKEN: Final[ContextVar[Language]] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Put into words in another language for as long as the block runs."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """Return the language that is spoken now."""
    return _SPOKEN.get()


def gettext(text: str, /, **values: str) -> str:
    """
    Say a text in the language spoken.

    Parameters
    ----------
    text
        In English, as the catalogues have it.
    values
        What stands for ``{name}`` in it.
    """
    language = _SPOKEN.get()
    # Most texts have no place to fill, and a build of the site says 100,000 for its map alone.
    return _filled(language, language.gettext(text), values) if values else language.gettext(text)


def as_written(text: str) -> str:
    """Return a text of the registry as it stands inside a sentence of the language spoken."""
    return _SPOKEN.get().as_written(text)


def marked(text: str) -> str:
    """Return a text as it is; it stands here so that the catalogues have it, and is said later."""
    return text


def ngettext(singular: str, several: str, count: int, /, **values: str) -> str:
    """Say the form of a text that a number takes; ``{n}`` is the number as it is written."""
    language = _SPOKEN.get()
    return _filled(language, language.ngettext(singular, several, count), values)


def day(when: PartialDate | date | None) -> str:
    """Say a day as exactly as it is known, in the language spoken; empty for None."""
    language = _SPOKEN.get()
    return format_date(when, language.locale, language.gettext)


def _filled(language: Language, text: str, values: dict[str, str]) -> str:
    if not values:
        return text
    if language.is_rtl:
        # A Latin name would else take the brackets and full stops beside it along.
        values = {name: f"\u2068{value}\u2069" for name, value in values.items()}
    return text.format(**values)
