"""The words of the page in one language, with its numbers, days and countries."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.numbers import format_percent

from mapper.clean.british_english import LOCALE
from mapper.clean.country_names import country_name
from mapper.clean.date_words import format_iso_date
from mapper.telling import words
from mapper.telling.language import ENGLISH, Language
from mapper.website.languages.catalogue import Translations, translations
from mapper.website.languages.page_messages import page_messages
from mapper.website.languages.plural_forms import category
from mapper.website.languages.quoted_words import quoted

SOURCE_LANGUAGE: Final = "en"
"""The language of `en.json`, which every catalogue is proved against."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """
    One language.

    Attributes
    ----------
    strings
        Key -> words, a plural's other forms beside it (``key_few``).
    sentences
        Of the templates, see `catalogue.Translations`; None for the language they are written in.
    """

    lang: str
    strings: Mapping[str, str]
    sentences: Mapping[str, str | Mapping[str, str]] | None = None

    @property
    def direction(self) -> str:
        """``rtl`` for a language that is written from right to left, else ``ltr``."""
        return str(Locale.parse(self.lang).text_direction)

    @property
    def locale(self) -> str:
        """CLDR's name of how numbers and days are written."""
        return LOCALE if self.lang == SOURCE_LANGUAGE else self.lang

    @property
    def language(self) -> Language:
        """What the registry is put into words in, see `telling.language.speaking`."""
        if self.lang == SOURCE_LANGUAGE:
            return ENGLISH
        is_rtl = self.direction == "rtl"
        return Language(self.locale, self.gettext, self.ngettext, self.country, is_rtl, quoted)

    def number(self, value: int) -> str:
        """Write a whole number; in western digits in every language, as ids and dates have them."""
        return words.format_number(value, self.locale)

    def day(self, iso_text: str) -> str:
        """Say an ISO day, month or year."""
        return format_iso_date(iso_text, self.locale)

    def technologies(self, codes: Iterable[str]) -> str:
        """Say what a system does: ``video surveillance and face recognition``."""
        return words.join((self.strings[f"technology.{code}"] for code in codes), self.locale)

    def country(self, code: str | None) -> str:
        """Name a country by its code; None is no country, as `telling.words.country` has it."""
        if self.lang == SOURCE_LANGUAGE:
            return words.country(code)
        if code is None:
            return self.strings["value.no_country"]
        return _countries(self.lang).get(code) or country_name(code)

    def place_in_order(self, code: str | None) -> str:
        """Return what countries are sorted by: the name without case and accents."""
        letters = unicodedata.normalize("NFD", self.country(code).casefold())
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    def gettext(self, text: str) -> str:
        """Translate a sentence of a template."""
        if self.sentences is None:
            return text
        return str(self.sentences[text])

    def ngettext(self, singular: str, several: str, number: int) -> str:
        """Translate a sentence of a template that has plural forms."""
        if self.sentences is None:
            return singular if category(self.lang, number) == "one" else several
        forms = self.sentences[singular]
        return forms if isinstance(forms, str) else forms[category(self.lang, number)]

    def share(self, part: float) -> str:
        """Write a part of one in percent, to a tenth."""
        return format_percent(part, "0.0 %", locale=self.locale)

    def _apart(self, value: str) -> str:
        # A Latin name would else take the brackets and full stops beside it along.
        return f"\u2068{value}\u2069" if self.direction == "rtl" else value

    def say(self, key: str, **values: int | str) -> str:
        """Put values into a string; its plural form follows ``n``."""
        form = key
        if isinstance(values.get("n"), int):
            of_number = f"{key}_{category(self.lang, int(values['n']))}"
            form = of_number if of_number in self.strings else key
        shown = {
            name: self.number(value) if isinstance(value, int) else self._apart(value)
            for name, value in values.items()
        }
        return self.strings[form].format(**shown)


@cache
def _countries(lang: str) -> dict[str, str]:
    return dict(Locale.parse(lang).territories)


def page_words(folder: Path, lang: str, *, own_title: str = "") -> PageWords:
    """
    Read the words of a language.

    Parameters
    ----------
    folder
        Holds ``en.json`` and ``<lang>.po``.
    own_title
        What a site of one's own is called; empty leaves ours.

    Raises
    ------
    StorageError
        If the language has no catalogue.
    UsageError
        If its catalogue is not complete; the message names each key.
    """
    english: dict[str, str] = json.loads((folder / "en.json").read_text(encoding="utf-8"))
    words_of = Translations(english, {})
    if lang != SOURCE_LANGUAGE:
        sentences = page_messages(folder.parent / "templates")
        words_of = translations(folder / f"{lang}.po", lang, english, sentences)
    strings = words_of.strings
    return PageWords(
        lang,
        {**strings, "title": own_title} if own_title else strings,
        None if lang == SOURCE_LANGUAGE else words_of.sentences,
    )
