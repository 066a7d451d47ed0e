"""The front end's own files: copied into the built page, and the template of its body."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from xstatic.pkg import leaflet

from mapper.errors import StorageError
from mapper.settings import Presentation
from mapper.website.map.data_file import script_text
from mapper.website.presentation import own_colours, own_strings

_LEAFLET_FILES = ("leaflet.js", "leaflet.css")
_LEAFLET_LICENSE = "BSD-2-Clause-Leaflet.txt"
_SCRIPTS = "page.js"
_STYLES = "page.css"
_NOSCRIPT_STYLES = "noscript.css"


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
    noscript_css
        File name in ``site/css`` of what holds where JavaScript is switched off.
    languages
        Each has ``site/i18n/<lang>.json``; ``lang`` is the one the page starts in.
    """

    source_dir: Path
    title: str
    description: str
    lang: str
    css: tuple[str, ...]
    bundle: str
    languages: tuple[str, ...]
    noscript_css: str
    presentation: Presentation = field(default_factory=Presentation)

    def strings(self, lang: str) -> dict[str, Any]:
        """Read the strings of one language, with what the site says of itself."""
        strings: dict[str, Any] = json.loads(
            (self.source_dir / "i18n" / f"{lang}.json").read_text(encoding="utf-8")
        )
        return own_strings(strings, self.presentation)

    def body(self, story: object) -> str:
        """
        Render the body's template: autoescape, and an undefined name is an error.

        Parameters
        ----------
        story
            What the first screen says (``pages.opening.Opening``).
        """
        environment = Environment(
            loader=FileSystemLoader(self.source_dir / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
        )
        template = environment.get_template("page_body.html")
        strings = self.strings(self.lang)
        return template.render(
            t=strings,
            say=partial(_say, strings),
            story=story,
            lang=self.lang,
            title=self.title,
            presentation=self.presentation,
        )

    def css_addresses(self) -> list[str]:
        """Return the styles' addresses in the built page; Leaflet's own come first."""
        return [f"assets/{_STYLES}"]

    def js_addresses(self) -> list[str]:
        """Return the scripts' addresses in the built page, the strings last."""
        return [f"assets/{_SCRIPTS}", f"assets/i18n-{self.lang}.js"]


def _say(strings: Mapping[str, str], key: str, **values: int | str) -> str:
    """Put values into a string; a key with ``_one`` beside it follows ``n``."""
    form = f"{key}_one" if values["n"] == 1 else key
    shown = {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()
    }
    return strings[form].format(**shown)


def read_front_end(source_dir: Path, presentation: Presentation | None = None) -> FrontEnd:
    """
    Read ``site/page.json``; a title and colours of the site's own take the place of ours.

    Raises
    ------
    StorageError
        If the front end's files are not there.
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
        title=own.title or body["title"],
        description=body["description"],
        lang=body["lang"],
        css=tuple(body["css"]),
        bundle=body["bundle"],
        languages=tuple(body["languages"]),
        noscript_css=body["noscript_css"],
        presentation=own,
    )


def copy_assets(front_end: FrontEnd, licenses_dir: Path, site_dir: Path) -> None:
    """
    Copy Leaflet with its licence, the styles, the scripts and the strings into ``assets/``.

    All styles become one file: eight small files would be eight requests before the first
    paint, and each would be compressed without the others.
    """
    assets = site_dir / "assets"
    assets.mkdir(parents=True)
    for name in _LEAFLET_FILES:
        shutil.copyfile(Path(leaflet.BASE_DIR) / name, assets / name)
    shutil.copyfile(licenses_dir / _LEAFLET_LICENSE, assets / "leaflet-LICENSE.txt")
    source_dir = front_end.source_dir
    sheets = [_joined(source_dir / "css", front_end.css), *own_colours(front_end.presentation)]
    (assets / _STYLES).write_bytes(b"\n".join(sheets))
    shutil.copyfile(source_dir / "built" / front_end.bundle, assets / _SCRIPTS)
    shutil.copyfile(source_dir / "css" / front_end.noscript_css, assets / _NOSCRIPT_STYLES)
    for lang in front_end.languages:
        text = script_text(f"i18n-{lang}", front_end.strings(lang))
        (assets / f"i18n-{lang}.js").write_text(text, encoding="ascii")


def _joined(folder: Path, names: tuple[str, ...]) -> bytes:
    # A line break ends a line comment that a file may close with.
    return b"\n".join((folder / name).read_bytes() for name in names)
