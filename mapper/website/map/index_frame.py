"""
The frame of ``index.html``: assembled by folium, from constants alone.

folium parses what it has rendered once more as a template, so a value ``{{...}}`` would run as
code on the machine that builds. Here it gets our own templates, file names of the front end, words
of a catalogue and the map's options. What else stands in a page is put in after folium has finished
(`index_html`). The frames of a build are kept, so that most builds do not import folium at all.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from mapper.website.languages.page_way import LanguageLink

STARTING_DATA: Final = ("meta",)
"""Data files without which the page's controls cannot answer: loaded before the map is made."""

LATE_DATA: Final = ("land-110m", "overview", "cameras")
"""Data files of the first picture and of every camera: waited for by no control."""


@dataclass(frozen=True, slots=True)
class FrameParts:
    """
    What the frame is made of: constants of the front end, never data.

    Attributes
    ----------
    lang, description
        For the head.
    js
        Addresses from the site's top folder, in load order; Leaflet is not among them.
    direction
        ``rtl`` where the language is written from right to left.
    top
        The way from the page to the site's top folder; scripts read it from the root element.
    own_pages
        Beginnings of the addresses that stand beside the page, in its language, and not at the
        site's top.
    alternates
        The same page in each language.
    """

    lang: str
    description: str
    js: Sequence[str]
    direction: str = "ltr"
    top: str = ""
    own_pages: Sequence[str] = ()
    alternates: Sequence[LanguageLink] = ()


def page_frame(parts: FrameParts) -> str:
    """Assemble the frame, with a place for each of what `index_html.page_html` puts in."""
    figure = _PageFigure(parts)
    site = _Site(parts)
    site.add_child(_CameraLayer())  # type: ignore[no-untyped-call] # branca publishes no types
    figure.add_child(site)
    text: str = figure.render()
    return text


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

    def __init__(self, parts: FrameParts) -> None:
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

    def __init__(self, parts: FrameParts) -> None:
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
