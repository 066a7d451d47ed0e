"""
Which form of a plural a number takes: gettext counts forms, CLDR names them, the page needs both.

A catalogue says in its header how a number gives the place of a form (``plural=(n != 1)``); a
browser's ``Intl.PluralRules`` and Babel give CLDR's name of it (``one``, ``few``). They are set
side by side on sample numbers, so a header that does not follow CLDR is found, not believed.
"""

from dataclasses import dataclass
from functools import cache
from gettext import c2py
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog

from mapper.errors import UsageError

OTHER: Final = "other"
_SAMPLES: Final = (*range(1_000), 1_000_000, 2_000_000, 1_000_000_000)


@dataclass(frozen=True, slots=True)
class PluralForms:
    """
    The forms of one catalogue.

    Attributes
    ----------
    places
        CLDR category -> place of its form in the catalogue, from 0, in CLDR's order.
    alone
        Categories that hold for a single number, as ``two`` in Arabic: such a form may say the
        number in a word. French ``one`` is not among them, for it holds for 0 too.
    """

    places: dict[str, int]
    alone: frozenset[str]

    @property
    def fallback(self) -> str:
        """The category whose form stands where no other does; Russian has no whole ``other``."""
        return OTHER if OTHER in self.places else list(self.places)[-1]


def category(lang: str, number: int) -> str:
    """Name the plural category of a whole number in a language: ``one``, ``few``, ``other``."""
    return str(_locale(lang).plural_form(number))


def plural_forms(lang: str, catalogue: Catalog) -> PluralForms:
    """
    Set a catalogue's own rule beside CLDR's.

    Raises
    ------
    UsageError
        If two numbers of one category have different forms by the catalogue's rule.
    """
    rule = c2py(catalogue.plural_expr)
    numbers: dict[str, list[int]] = {}
    name_of = _locale(lang).plural_form
    for number in _SAMPLES:
        numbers.setdefault(name_of(number), []).append(number)
    places: dict[str, int] = {}
    for name in ("zero", "one", "two", "few", "many", OTHER):
        if name not in numbers:
            continue
        given = sorted({rule(number) for number in numbers[name]})
        if len(given) != 1 or given[0] >= catalogue.num_plurals:
            msg = f"Plural-Forms of {lang}: what CLDR calls {name!r} has the forms {given}"
            raise UsageError(msg, next_step=f"CLDR's rule is: {_cldr_header(lang)}")
        places[name] = given[0]
    alone = frozenset(name for name, of_name in numbers.items() if len(of_name) == 1)
    return PluralForms(places, alone)


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


def _cldr_header(lang: str) -> str:
    return Catalog(locale=lang).plural_forms
