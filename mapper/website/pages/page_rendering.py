"""Static pages from their templates, in each language, with the ways around the site."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jinja2.environment import TemplateModule
from markupsafe import Markup

from mapper.settings import Settings
from mapper.telling.language import speaking
from mapper.website.languages.page_way import PageWay, site_languages
from mapper.website.languages.page_words import page_words
from mapper.website.languages.quoted_words import mark_quoted
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.page_templates import english_attributes, page_templates


class PageRenderer:
    """
    The templates of all languages of a site, over what its pages are made from.

    Attributes
    ----------
    lang
        The site's first language.
    languages
        All that the site has pages in.
    """

    def __init__(self, inputs: PageInputs, settings: Settings) -> None:
        front_end, presentation = settings.site_source_dir, settings.presentation
        page = json.loads((front_end / "page.json").read_text(encoding="utf-8"))
        self.lang: str = page["lang"]
        self.languages = site_languages(page, settings.page_languages)
        self._words = {
            one: page_words(front_end / "i18n", one, own_title=presentation.title)
            for one in self.languages.of_pages
        }
        self._environments = {
            one: page_templates(front_end, page, inputs, presentation)
            for one, page in self._words.items()
        }
        self._foots: dict[tuple[str, int], str] = {}
        self._heads: dict[tuple[str, str, str], Markup] = {}
        self._macros: dict[tuple[str, str, int], TemplateModule] = {}

    def compile(self, *names: str) -> None:
        """Compile templates of the first language now, so that no copy of this process has to."""
        for name in names:
            self._environments[self.lang].get_template(name)

    def render(
        self,
        address: str,
        template: str,
        here: str,
        content: Callable[[], dict[str, Any]],
        lang: str,
    ) -> str:
        """Return a page without its foot."""
        way = self.languages.way_of_page(lang, address)
        environment = self._environments[lang]
        environment.begin_page()
        with speaking(self._words[lang].language):
            page = environment.get_template(template).render(
                root=way.pages,
                way=way,
                ways_around=self._ways_around(lang, way, here),
                footnotes=environment.footnotes,
                **content(),
            )
        return mark_quoted(page, english_attributes(self._words[lang]))

    def foot(self, address: str, lang: str) -> str:
        """Return the foot of a page: made once for all pages of a folder."""
        key = (lang, address.count("/"))
        if key not in self._foots:
            way = self.languages.way_of_page(lang, address)
            template = self._environments[lang].get_template("foot.html")
            self._foots[key] = template.render(root=way.pages, way=way)
        return self._foots[key]

    @contextmanager
    def telling(self, template: str, address: str, lang: str) -> Iterator[TemplateModule]:
        """Yield the macros of a template for a page, and speak its language meanwhile."""
        key = (template, lang, address.count("/"))
        if key not in self._macros:
            way = self.languages.way_of_page(lang, address)
            environment = self._environments[lang]
            seen = {"way": way, "footnotes": environment.footnotes}
            self._macros[key] = environment.get_template(template).make_module(seen)
        with speaking(self._words[lang].language):
            yield self._macros[key]

    def _ways_around(self, lang: str, way: PageWay, here: str) -> Markup:
        """Return the ways at the head of a page: made once for all pages of a folder."""
        key = (lang, way.pages, here)
        if key not in self._heads:
            environment, home = self._environments[lang], f"{way.pages}index.html"
            parts = (
                environment.get_template(name).render(home=home, way=way, here=here)
                for name in ("brand.html", "ways.html")
            )
            # Rendered with autoescape, so that the page takes it as it is.
            self._heads[key] = Markup("".join(parts))  # noqa: S704
        return self._heads[key]
