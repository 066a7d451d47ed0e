"""Reads a static page the way a checker does: its text, links, ids and what it must not have."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import geopandas as gpd

from mapper.model.release import ReleaseInfo
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import Settings, bundled_root
from mapper.website.pages.write_pages import static_pages
from tests.website.frames import frame, release_info

GOOD_REGISTRY = Path(__file__).parents[2] / "fixtures" / "registry"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)

_BLOCKS = frozenset(
    {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "blockquote", "footer", "ul"}
    | {"caption", "text", "title", "desc", "figcaption", "summary", "tr", "section", "div"}
)


@dataclass
class StaticPage(HTMLParser):
    """
    One page, parsed.

    Attributes
    ----------
    text
        As a reader sees it, each block on lines of its own.
    tags
        Every start tag with its attributes, in order.
    """

    html: str
    text: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Parse."""
        super().__init__()
        self._parts: list[str] = []
        self.feed(self.html)
        self.text = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; a block begins a line."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line with its block."""
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self._parts.append(data)

    def count(self, tag: str) -> int:
        """Count the tags of a name."""
        return sum(name == tag for name, _ in self.tags)

    def values(self, attribute: str, tag: str | None = None) -> list[str]:
        """Return the values of an attribute, in order."""
        return [
            found[attribute]
            for name, found in self.tags
            if attribute in found and tag in {None, name}
        ]

    @property
    def words(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


def good_registry() -> Registry:
    """Load the small registry written by hand."""
    return load(GOOD_REGISTRY)


def write_static_pages(
    folder: Path,
    cameras: gpd.GeoDataFrame,
    registry: Registry,
    info: ReleaseInfo,
    *,
    settings: Settings,
) -> int:
    """Write every static page of a release that stands; return how many."""
    with static_pages(folder, cameras, registry, info, settings=settings) as finish:
        return finish(None)


def write_pages(
    folder: Path,
    registry: Registry,
    cameras: gpd.GeoDataFrame | None = None,
    settings: Settings | None = None,
) -> Path:
    """Write the static pages of a registry and some cameras; give the site's folder."""
    found = frame([]) if cameras is None else cameras
    site = folder / "site"
    (site / "assets").mkdir(parents=True)
    write_static_pages(
        site,
        found,
        registry,
        release_info(len(found)),
        settings=settings or Settings(out_dir=folder, bundled_dir=bundled_root()),
    )
    return site


def read_page(site: Path, address: str) -> StaticPage:
    """Read one page."""
    return StaticPage((site / address).read_text(encoding="utf-8"))
