"""
``index.html``: assembled by folium, with local assets only and not one value from the data.

folium parses what it has rendered once more as a template, so a value ``{{...}}`` would run as
code on the machine that builds. Here it gets nothing but constants: our own templates, file
names of the front end, and the map's options. The body comes from a Jinja2 template with
autoescape and is put in after folium has finished.
"""

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from mapper.website.languages.page_way import LanguageLink

STARTING_DATA = ("meta",)
"""Data files without which the page's controls cannot answer: loaded before the map is made."""

LATE_DATA = ("land-110m", "overview", "cameras")
"""Data files of the first picture and of every camera: waited for by no control."""

_POLICY_PLACE = "@@POLICY@@"
_BODY_PLACE = "@@BODY@@"
_TITLE_PLACE = "@@TITLE@@"
_PREVIEW_PLACE = "@@PREVIEW@@"
_EARLY_PLACE = "@@EARLY@@"
_STYLES_PLACE = "@@STYLES@@"
_PREVIEW_PICTURE = "assets/share.png"
_OSM_TILE_HOST = "https://tile.openstreetmap.org"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INLINE_STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageParts:
    """
    What the page is made of: constants of the front end, never data.

    Attributes
    ----------
    title, description, lang
        For the head.
    styles
        The text of all style sheets, Leaflet's among them: they stand in the page, for a file of
        their own would be a round trip more before anything is seen.
    js
        Addresses from the site's top folder, in load order; Leaflet is not among them.
    body
        The rendered body, safe as it stands.
    early_script
        What runs in the head, before the styles; a script of our own, empty for none.
    osm_tiles
        Whether the page may offer OSM's raster tiles, which its policy must then allow.
    direction
        ``rtl`` where the language is written from right to left.
    base_address
        Where the site will stand, ``https://.../``; empty where that is not known, and then
        what shows a link to it has no picture, for it must be told where that is.
    top
        The way from the page to the site's top folder; scripts read it from the root element.
    own_pages
        Beginnings of the addresses that stand beside the page, in its language, and not at the
        site's top.
    alternates
        The same page in each language.
    """

    title: str
    description: str
    lang: str
    styles: str
    js: Sequence[str]
    body: str
    early_script: str = ""
    osm_tiles: bool = False
    direction: str = "ltr"
    top: str = ""
    base_address: str = ""
    own_pages: Sequence[str] = ()
    alternates: Sequence[LanguageLink] = ()


class _PageFigure(Figure):
    """The frame of the page: styles in the head, scripts at the end of the body."""

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.parts.lang | e }}"{{ this.root_attributes() }}>\n'
        "<head>\n"
        '<meta http-equiv="Content-Security-Policy" content="@@POLICY@@">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="icon" href="data:,">\n'
        "<title>@@TITLE@@</title>\n"
        '<meta name="description" content="{{ this.parts.description | e }}">\n'
        "{% for link in this.parts.alternates %}"
        '<link rel="alternate" hreflang="{{ link.lang | e }}" href="{{ link.address | e }}">\n'
        "{% endfor %}"
        "@@EARLY@@"
        "@@PREVIEW@@"
        "{% for address in this.script_addresses() %}"
        '<link rel="preload" as="script" href="{{ address | e }}">\n'
        "{% endfor %}"
        "<style>@@STYLES@@</style>\n"
        "</head>\n"
        "<body>\n"
        "@@BODY@@\n"
        "{% for address in this.late_addresses() %}"
        '<link rel="preload" as="script" fetchpriority="low" href="{{ address | e }}">\n'
        "{% endfor %}"
        "{% for link in this.script_links() %}{{ link }}\n{% endfor %}"
        "<script>{{ this.script.render(**kwargs) }}</script>\n"
        "</body>\n"
        "</html>\n"
    )

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self.parts = parts

    def root_attributes(self) -> str:
        """Return what the root element says beside its language; nothing for the first one."""
        said = {"data-top": self.parts.top, "data-own": " ".join(self.parts.own_pages)}
        if self.parts.direction != "ltr":
            said["dir"] = self.parts.direction
        return "".join(f' {name}="{html.escape(way)}"' for name, way in said.items() if way)

    def script_links(self) -> list[str]:
        """Return the rendered links to scripts that the map asked for, in its order."""
        children = self.header._children.values()  # noqa: SLF001 - branca has no public way
        scripts = [child for child in children if type(child).__name__ == "JavascriptLink"]
        return [script.render().strip() for script in scripts]

    def script_addresses(self) -> list[str]:
        """
        Return the scripts' addresses, to be fetched side by side.

        A policy in a ``meta`` switches off the look-ahead by which Chromium finds scripts, so
        they would be fetched one after the other.
        """
        addresses = ("assets/leaflet.js", *self.parts.js, *_data_addresses(STARTING_DATA))
        return [f"{self.parts.top}{address}" for address in addresses]

    def late_addresses(self) -> list[str]:
        """
        Return the addresses of the first picture's data and of every camera's.

        The parser comes to them behind the body: by then what is read and pressed on the first
        screen has come, and a line would stand idle until the map's scripts have run too.
        """
        return [f"{self.parts.top}{address}" for address in _data_addresses(LATE_DATA)]


class _CameraLayer(MacroElement):
    """Hands the map to the front end, whose layer draws every camera."""

    _template = Template(
        "{% macro script(this, kwargs) %}WC.start({{ this._parent.get_name() }});\n{% endmacro %}"
    )

    def get_name(self) -> str:
        """Return a name that is the same in every build; folium's own are random."""
        return "camera_layer"


class _Site(folium.Map):
    """A folium map with our assets alone: no CDN, no jQuery, no viewport that forbids zooming."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        'const {{ this.get_name() }} = L.map("map", '
        "{center: {{ this.location | tojson }}, crs: L.CRS.{{ this.crs }}, "
        "...{{ this.options | tojavascript }}});\n"
        "{% endmacro %}"
    )

    def __init__(self, parts: PageParts) -> None:
        # The class lists of folium are shared by every map of the process; these are our own.
        self.default_css: list[tuple[str, str]] = []
        scripts = ("assets/leaflet.js", *parts.js, *_data_addresses(STARTING_DATA))
        self.default_js = [
            (f"js_{number}", f"{parts.top}{address}") for number, address in enumerate(scripts)
        ]
        super().__init__(
            location=[20, 0],
            zoom_start=2,
            tiles=None,
            prefer_canvas=True,
            zoom_control=False,
            # Options of Leaflet that folium hands on as they are.
            attributionControl=False,
            minZoom=1,
            maxZoom=19,
        )

    def get_name(self) -> str:
        """Return a name that is the same in every build; folium's own are random."""
        return "site_map"


def _data_addresses(names: Sequence[str]) -> list[str]:
    return [f"data/{name}.js" for name in names]


def page_html(parts: PageParts) -> str:
    """Assemble the page; the same parts give the same bytes."""
    figure = _PageFigure(parts)
    site = _Site(parts)
    site.add_child(_CameraLayer())  # type: ignore[no-untyped-call] # branca publishes no types
    figure.add_child(site)
    text: str = figure.render()
    early = f"<script>{parts.early_script}</script>\n" if parts.early_script else ""
    whole = early + text.replace(_BODY_PLACE, parts.body).replace(_STYLES_PLACE, parts.styles)
    allowed = policy(whole, osm_tiles=parts.osm_tiles)
    # A site's own title may hold anything, so folium must not see it; in one pass, so that what
    # is put in one place never becomes another.
    put = {
        _POLICY_PLACE: allowed,
        _BODY_PLACE: parts.body,
        _TITLE_PLACE: html.escape(parts.title),
        _PREVIEW_PLACE: _preview(parts),
        _EARLY_PLACE: early,
        _STYLES_PLACE: parts.styles,
    }
    return re.sub("|".join(put), lambda place: put[place[0]], text)


def _preview(parts: PageParts) -> str:
    """Write what a link to the page is shown by elsewhere; a reader's browser loads none of it."""
    said = {
        "og:type": "website",
        "og:title": parts.title,
        "og:description": parts.description,
    }
    if parts.base_address:
        said |= {
            "og:image": f"{parts.base_address}{_PREVIEW_PICTURE}",
            "og:image:width": "1200",
            "og:image:height": "630",
            "twitter:card": "summary_large_image",
        }
    return "".join(
        f'<meta property="{name}" content="{html.escape(text)}">\n' for name, text in said.items()
    )


def policy(text: str, *, osm_tiles: bool = False) -> str:
    """
    Write the content security policy of a page: its own files, and what stands in it, by hash.

    Works over HTTP and from ``file://``, where ``'self'`` is the file system.
    """
    scripts, styles = (_hashes(inline, text) for inline in (_INLINE_SCRIPT, _INLINE_STYLES))
    images = f"'self' data: {_OSM_TILE_HOST}" if osm_tiles else "'self' data:"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            f"style-src 'self' {styles}".strip(),
            f"img-src {images}",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(inline: re.Pattern[str], text: str) -> str:
    return " ".join(f"'sha256-{_sha256(body)}'" for body in inline.findall(text))


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
