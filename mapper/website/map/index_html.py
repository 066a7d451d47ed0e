"""
``index.html``: a frame, and in it what stands in this page alone, with not one value from the data.

The body comes from a Jinja2 template with autoescape. It is put in after folium has finished the
frame (`index_frame`), which parses what it renders once more as a template.
"""

import base64
import hashlib
import html
import re
from dataclasses import dataclass

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
    What is put into the frame: constants of the front end, never data.

    Attributes
    ----------
    frame
        As `index_frame.page_frame` gives it.
    title, description
        For the head.
    styles
        The text of all style sheets, Leaflet's among them: they stand in the page, for a file of
        their own would be a round trip more before anything is seen.
    body
        The rendered body, safe as it stands.
    early_script
        What runs in the head, before the styles; a script of our own, empty for none.
    osm_tiles
        Whether the page may offer OSM's raster tiles, which its policy must then allow.
    base_address
        Where the site will stand, ``https://.../``; empty where that is not known, and then
        what shows a link to it has no picture, for it must be told where that is.
    """

    frame: str
    title: str
    description: str
    styles: str
    body: str
    early_script: str = ""
    osm_tiles: bool = False
    base_address: str = ""


def page_html(parts: PageParts) -> str:
    """Assemble the page; the same parts give the same bytes."""
    text = parts.frame
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
