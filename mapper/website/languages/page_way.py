"""
Where the pages of each language lie, and the ways between them.

The map of the site's first language is ``index.html``, that of another ``<lang>/index.html``. They
share one copy of the data: what differs is the file of words. The static pages of a language lie
beside its map, where the site has them in that language; else its map links to those of the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


OWN_PAGES: Final = (
    "index.html",
    "places/",
    "vendors/index.html",
    "deployments/index.html",
    "method.html",
)
"""
Beginnings of the addresses that are translated; the other pages are sentences of the registry, in
English, and every language leads to the one copy of them.
"""


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
    """

    top: str
    pages: str
    languages: tuple[LanguageLink, ...]

    def to(self, address: str) -> str:
        """Return the way to a static page: in this language where it is translated."""
        return (self.pages if address.startswith(OWN_PAGES) else self.top) + address


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
        Those that have static pages of their own, the first among them.
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
        pages = "" if lang in self.of_pages else top
        return PageWay(top, pages, self._links(top, "index.html", self.of_map))

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
        links = {
            link.lang: link
            for target, langs in (("index.html", self.of_map), (address, self._langs_of(address)))
            for link in self._links(top, target, langs)
        }
        return PageWay(top, pages, tuple(links[one] for one in self.of_map))

    def _langs_of(self, address: str) -> tuple[str, ...]:
        return self.of_pages if address.startswith(OWN_PAGES) else (self.first,)

    def _links(self, top: str, target: str, langs: Sequence[str]) -> tuple[LanguageLink, ...]:
        return tuple(
            LanguageLink(lang, own_name(lang), f"{top}{self.folder(lang)}{target}")
            for lang in langs
        )


def site_languages(page: Mapping[str, Any], page_languages: Sequence[str]) -> SiteLanguages:
    """
    Return the languages that ``page.json`` names, and those asked for of the static pages.

    Raises
    ------
    UsageError
        If static pages are asked for in a language that the map does not have.
    """
    first, of_map = page["lang"], tuple(page["languages"])
    strange = [lang for lang in page_languages if lang not in of_map]
    if strange:
        msg = f"there are no pages in {strange[0]!r}"
        raise UsageError(msg, next_step=f"The languages are: {', '.join(of_map)}.")
    wanted = {first, *page_languages}
    return SiteLanguages(first, of_map, tuple(lang for lang in of_map if lang in wanted))


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
