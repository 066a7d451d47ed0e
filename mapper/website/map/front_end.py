"""The front end's own files: copied into the built page, and the template of its body."""

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from xstatic.pkg import leaflet

from mapper.errors import StorageError
from mapper.settings import Presentation
from mapper.website.compiled_templates import CompiledTemplates
from mapper.website.languages.page_way import PageWay, SiteLanguages, site_languages
from mapper.website.languages.page_words import PageWords, page_words
from mapper.website.map.data_file import script_text
from mapper.website.presentation import own_colours

_COMPILED = CompiledTemplates()
_LEAFLET_SCRIPT = "leaflet.js"
_LEAFLET_STYLES = "leaflet.css"
_LEAFLET_LICENSE = "BSD-2-Clause-Leaflet.txt"
_SCRIPTS = "page.js"
_TOOLS = "tools.js"
# No text of our sheets or Leaflet's holds either: `tests/website/map/test_style_sheets.py`.
_REMARK = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(rb"\n\s+")
_LINE_END = re.compile(rb"(?<=[;{}])\n")
_NOSCRIPT_STYLES = "noscript.css"
_PICTURE = "share.png"


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """
    ``site/page.json``: what the front end wants copied and linked, in load order.

    Attributes
    ----------
    css
        File names in ``site/css``.
    bundle
        File name in ``site/built``: the modules of ``site/js`` as one classic script, since a
        browser loads no module from ``file://``. ``make bundle`` writes it, ``make check`` proves
        it current, so that a build needs no bundler.
    early_bundle, first_bundle
        File names in ``site/built`` of the scripts that stand in the page itself: what has to hold
        before it is drawn, and what lets the first screen answer before the other files have
        come. A front end may have none.
    tools_bundle
        The same for the tools that measure, which the page loads with the first press on one.
    picture
        File name in ``site/pictures`` of what a link to the site is shown by elsewhere; a front
        end may have none.
    noscript_css
        File name in ``site/css`` of what holds where JavaScript is switched off.
    languages
        Each but the first has ``site/i18n/<lang>.po``.
    """

    source_dir: Path
    own_title: str
    css: tuple[str, ...]
    bundle: str
    tools_bundle: str
    languages: SiteLanguages
    noscript_css: str
    early_bundle: str = ""
    first_bundle: str = ""
    picture: str = ""
    presentation: Presentation = field(default_factory=Presentation)
    _words: dict[str, PageWords] = field(default_factory=dict, compare=False, repr=False)

    def words(self, lang: str) -> PageWords:
        """Return the words of one language, with what the site says of itself; read once."""
        if lang not in self._words:
            folder = self.source_dir / "i18n"
            self._words[lang] = page_words(folder, lang, own_title=self.own_title)
        return self._words[lang]

    def take_words(self, words: Iterable[PageWords]) -> None:
        """Take words that an earlier build read from the same catalogues."""
        self._words.update({each.lang: each for each in words})

    def body(self, words: PageWords, way: PageWay, story: object) -> str:
        """
        Render the body's template: autoescape, and an undefined name is an error.

        Parameters
        ----------
        way
            Where the page stands, and where it leads.
        story
            What the first screen says (``pages.opening.Opening``).
        """
        environment = Environment(
            loader=FileSystemLoader(self.source_dir / "templates"),
            # One template in each language of the map.
            bytecode_cache=_COMPILED,
            autoescape=True,
            undefined=StrictUndefined,
        )
        environment.filters.update(number=words.number, iso_day=words.day)
        template = environment.get_template("page_body.html")
        return template.render(
            t=words.strings,
            say=words.say,
            story=story,
            first_screen=Markup(self._inline(self.first_bundle)),  # noqa: S704 - our own script
            lang=words.lang,
            way=way,
            root=way.pages,
            title=words.strings["title"],
            presentation=self.presentation,
        )

    def styles(self) -> str:
        """
        Read the styles of the page, Leaflet's first and a site's own colours last.

        All of them are one text: many small files would be as many requests before the first
        paint, and each would be compressed without the others.
        """
        own = [_joined(self.source_dir / "css", self.css), *own_colours(self.presentation)]
        sheets = (_joined(Path(leaflet.BASE_DIR), (_LEAFLET_STYLES,)), *own)
        return _fit_to_stand_in_a_page(b"\n".join(sheets).decode("utf-8"), "style", "site/css")

    def early_script(self) -> str:
        """Read the script of the page's head; empty where there is none."""
        return self._inline(self.early_bundle)

    def _inline(self, bundle: str) -> str:
        if not bundle:
            return ""
        text = (self.source_dir / "built" / bundle).read_text(encoding="utf-8").strip()
        return _fit_to_stand_in_a_page(text, "script", bundle)

    def js_addresses(self, lang: str) -> list[str]:
        """Return the scripts' addresses from the site's top, the strings last."""
        return [f"assets/{_SCRIPTS}", f"assets/i18n-{lang}.js"]


def read_front_end(
    source_dir: Path,
    presentation: Presentation | None = None,
    page_languages: tuple[str, ...] = (),
) -> FrontEnd:
    """
    Read ``site/page.json``; a title and colours of the site's own take the place of ours.

    Parameters
    ----------
    page_languages
        Those of the static pages beside the first.

    Raises
    ------
    StorageError
        If the front end's files are not there.
    UsageError
        If static pages are asked for in a language that the map does not have.
    """
    path = source_dir / "page.json"
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        msg = f"The web front end is missing: there is no {path}."
        raise StorageError(msg, next_step="Install the package again.") from error
    own = presentation or Presentation()
    return FrontEnd(
        source_dir,
        own_title=own.title,
        css=tuple(body["css"]),
        bundle=body["bundle"],
        tools_bundle=body["tools_bundle"],
        languages=site_languages(body, page_languages),
        noscript_css=body["noscript_css"],
        early_bundle=body.get("early_bundle", ""),
        first_bundle=body.get("first_bundle", ""),
        picture=body.get("picture", ""),
        presentation=own,
    )


def copy_assets(front_end: FrontEnd, licenses_dir: Path, site_dir: Path) -> None:
    """
    Copy Leaflet with its licence, the scripts and the strings into ``assets/``.

    The styles stand in the page (:meth:`FrontEnd.styles`).
    """
    assets = site_dir / "assets"
    assets.mkdir(parents=True)
    leaflet_dir = Path(leaflet.BASE_DIR)
    shutil.copyfile(leaflet_dir / _LEAFLET_SCRIPT, assets / _LEAFLET_SCRIPT)
    shutil.copyfile(licenses_dir / _LEAFLET_LICENSE, assets / "leaflet-LICENSE.txt")
    source_dir = front_end.source_dir
    shutil.copyfile(source_dir / "built" / front_end.bundle, assets / _SCRIPTS)
    shutil.copyfile(source_dir / "built" / front_end.tools_bundle, assets / _TOOLS)
    shutil.copyfile(source_dir / "css" / front_end.noscript_css, assets / _NOSCRIPT_STYLES)
    if front_end.picture:
        shutil.copyfile(source_dir / "pictures" / front_end.picture, assets / _PICTURE)
    for lang in front_end.languages.of_map:
        text = script_text(f"i18n-{lang}", front_end.words(lang).strings)
        (assets / f"i18n-{lang}.js").write_text(text, encoding="ascii", newline="\n")


def _fit_to_stand_in_a_page(text: str, element: str, name: str) -> str:
    # Markup would end or hide the element; the policy's hash would then fit nothing.
    if f"</{element}" in text or "<!--" in text:
        msg = f"{name} holds what ends a {element} in a page."
        raise StorageError(msg, next_step="Write that text in two parts, then: make bundle.")
    return text


def _joined(folder: Path, names: tuple[str, ...]) -> bytes:
    """Join style sheets, without remarks, indents and ends of lines: a fifth less is sent."""
    whole = b"\n".join((folder / name).read_bytes() for name in names)
    bare = _INDENT.sub(b"\n", _REMARK.sub(b"", whole.replace(b"\r\n", b"\n")))
    return _LINE_END.sub(b"", bare)
