"""
Where the pages of each language lie, and the ways between them.

The map of the site's first language is ``index.html``, that of another ``<lang>/index.html``. They
share one copy of the data: what differs is the file of words. The static pages of a language lie
beside its map. Those that the site has in the first language alone are linked to from all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from babel import Locale, UnknownLocaleError

from mapper.errors import UsageError


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """
    One language of the site, for its switch.

    Attributes
    ----------
    name
        In the language itself, as its readers look for it.
    address
        The way there from the page that shows the switch.
    """

    lang: str
    name: str
    address: str


EVERY_PAGE: Final = (
    "index.html",
    "places/",
    "vendors/",
    "deployments/",
    "data.html",
    "method.html",
    "list.html",
    "lists.html",
)
"""Beginnings of the addresses of all pages of a language."""

ALL: Final = "all"
"""Asks for the pages of every language."""


@dataclass(frozen=True, slots=True)
class PageWay:
    """
    Where a page stands, as ways from it.

    Attributes
    ----------
    top
        To the site's top folder, which holds assets and data: ``""``, ``"../"``.
    pages
        To the folder of the static pages that it links to.
    languages
        Each language of the map, its own among them.
    own
        Beginnings of the addresses of the pages that stand in this language.
    alternates
        The same page in each language that has it, where there are several.
    """

    top: str
    pages: str
    languages: tuple[LanguageLink, ...]
    own: tuple[str, ...] = EVERY_PAGE
    alternates: tuple[LanguageLink, ...] = ()

    def to(self, address: str) -> str:
        """Return the way to a static page: in this language where the site has it so."""
        return (self.pages if address.startswith(self.own) else self.top) + address


@dataclass(frozen=True, slots=True)
class SiteLanguages:
    """
    The languages of a site.

    Attributes
    ----------
    first
        That of ``index.html``.
    of_map
        All languages, the first among them, in the order of the switch.
    of_pages
        Those that have every static page, the first among them.
    """

    first: str
    of_map: tuple[str, ...]
    of_pages: tuple[str, ...]

    def folder(self, lang: str) -> str:
        """Return the folder of a language below the site's top, with its slash: ``fr/``."""
        return "" if lang == self.first else f"{lang}/"

    def way_of_map(self, lang: str) -> PageWay:
        """Return the ways from the map of a language."""
        top = "../" * self.folder(lang).count("/")
        links = self._links(top, "index.html", self.of_map)
        return PageWay(top, "", links, self.own(lang), links)

    def way_of_page(self, lang: str, address: str) -> PageWay:
        """
        Return the ways from a static page; the switch leads to the same page, else to the map.

        Parameters
        ----------
        address
            Of the page, below the folder of its language: ``vendors/index.html``.
        """
        pages = "../" * address.count("/")
        top = pages + "../" * self.folder(lang).count("/")
        alternates = self._links(top, address, self.langs_of(address))
        # A language without this page still has its map, so nobody's language is missing here.
        links = {link.lang: link for link in self._links(top, "index.html", self.of_map)}
        links |= {link.lang: link for link in alternates}
        switch = tuple(links[one] for one in self.of_map)
        same = alternates if len(alternates) > 1 else ()
        return PageWay(top, pages, switch, self.own(lang), same)

    def own(self, lang: str) -> tuple[str, ...]:
        """Return the beginnings of the addresses of the pages that a language has."""
        return EVERY_PAGE if lang in self.of_pages else ("index.html",)

    def langs_of(self, address: str) -> tuple[str, ...]:
        """Return the languages that a page stands in."""
        return tuple(lang for lang in self.of_map if address.startswith(self.own(lang)))

    def _links(self, top: str, target: str, langs: Sequence[str]) -> tuple[LanguageLink, ...]:
        return tuple(
            LanguageLink(lang, own_name(lang), f"{top}{self.folder(lang)}{target}")
            for lang in langs
        )


def site_languages(page: Mapping[str, Any], page_languages: Sequence[str]) -> SiteLanguages:
    """
    Return the languages that ``page.json`` names, and those asked for of the static pages.

    Parameters
    ----------
    page_languages
        Languages of the map, or ``all``.

    Raises
    ------
    UsageError
        If static pages are asked for in a language that the map does not have.
    """
    first, of_map = page["lang"], tuple(page["languages"])
    if ALL in page_languages:
        return SiteLanguages(first, of_map, of_map)
    strange = [lang for lang in page_languages if lang not in of_map]
    if strange:
        msg = f"there are no pages in {strange[0]!r}"
        raise UsageError(msg, next_step=f"The languages are: {', '.join((*of_map, ALL))}.")
    wanted = {first, *page_languages}
    return SiteLanguages(first, of_map, tuple(lang for lang in of_map if lang in wanted))


def require_language(lang: str, of_map: Sequence[str]) -> None:
    """
    Refuse a language that the site does not have, and name the one that may be meant.

    Parameters
    ----------
    lang
        A tag as somebody gave it.
    of_map
        The tags there are.

    Raises
    ------
    UsageError
        If it is none of them; a name of one, in itself or in English, leads to its tag.
    """
    if lang in of_map:
        return
    called = {one.casefold(): one for one in of_map}
    called |= {own_name(one).casefold(): one for one in of_map}
    called |= {str(Locale.parse(one).english_name).casefold(): one for one in of_map}
    near = get_close_matches(lang.casefold(), called, n=1)
    meant = f"Did you mean {called[near[0]]}? " if near else ""
    msg = f"there is no language {lang!r}"
    raise UsageError(msg, next_step=f"{meant}The languages are: {', '.join(of_map)}.")


@cache
def own_name(lang: str) -> str:
    """
    Name a language in itself, as CLDR does: ``français``.

    Raises
    ------
    UsageError
        If CLDR knows no such language.
    """
    try:
        return str(Locale.parse(lang).get_display_name(lang))
    except (ValueError, UnknownLocaleError) as error:
        msg = f"{lang!r} is no language that is known"
        raise UsageError(msg, next_step="give a tag such as fr.") from error
