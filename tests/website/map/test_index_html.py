"""The page: own files only, a policy by hash, and nothing evaluated."""

import base64
import dataclasses
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mapper.website.map.index_frame import FrameParts, page_frame
from mapper.website.map.index_html import PageParts, page_html

_FRAME = FrameParts("en", "What it is", ["assets/one.js", "assets/two.js"])
_PARTS = PageParts(
    page_frame(_FRAME),
    title='A "title" <with> & signs',
    description="What it is",
    styles=".a > .b { color: #123 }",
    body='<h1>Map</h1><div id="map"></div>',
)


class _Reader(HTMLParser):
    """Collects start tags, and the text of inline scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.inline.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _policy(reader: _Reader) -> dict[str, list[str]]:
    content = reader.all("meta")[0]["content"]
    assert content is not None
    directives = (part.split() for part in content.split(";"))
    return {name: values for name, *values in directives}


def test_the_policy_comes_first_and_allows_own_files_and_the_inline_scripts_alone() -> None:
    reader = _Reader(page_html(_PARTS))
    names = [tag for tag, _ in reader.tags]
    assert names[names.index("head") + 1] == "meta"
    assert reader.all("meta")[0]["http-equiv"] == "Content-Security-Policy"
    assert len(reader.inline) == 1
    hashes = [f"'sha256-{_hash(text)}'" for text in reader.inline]
    assert _policy(reader) == {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'", f"'sha256-{_hash(_PARTS.styles)}'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_what_holds_before_the_first_paint_runs_ahead_of_the_styles_and_is_allowed() -> None:
    reader = _Reader(page_html(replace(_PARTS, early_script="early('a & b')")))
    names = [tag for tag, _ in reader.tags]

    assert reader.inline[0] == "early('a & b')"
    assert names.index("script") < names.index("body")
    assert names.index("script") < names.index("style") < names.index("body")
    hashed = _hash("early('a & b')")
    assert f"'sha256-{hashed}'" in _policy(reader)["script-src"]


def test_the_head_says_language_title_and_nothing_that_forbids_zooming() -> None:
    text = page_html(_PARTS)
    reader = _Reader(text)
    assert reader.all("html") == [{"lang": "en"}]
    assert "<title>A &quot;title&quot; &lt;with&gt; &amp; signs</title>" in text
    metas = {meta["name"]: meta["content"] for meta in reader.all("meta") if "name" in meta}
    assert metas["referrer"] == "no-referrer"
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert metas["description"] == "What it is"
    assert {"rel": "icon", "href": "data:,"} in reader.all("link")


def test_scripts_come_in_order_and_all_addresses_are_relative() -> None:
    reader = _Reader(page_html(_PARTS))
    assert [tag["src"] for tag in reader.all("script") if "src" in tag] == [
        "assets/leaflet.js",
        "assets/one.js",
        "assets/two.js",
        "data/meta.js",
    ]
    early = [tag for tag in reader.all("link") if tag["rel"] == "preload"]
    # The first picture's data comes behind what the controls need.
    assert [tag["href"] for tag in early if "fetchpriority" not in tag] == [
        tag["src"] for tag in reader.all("script") if "src" in tag
    ]
    assert [tag["href"] for tag in early if tag.get("fetchpriority") == "low"] == [
        "data/land-110m.js",
        "data/overview.js",
        "data/cameras.js",
    ]
    text = page_html(_PARTS)
    # Not before the first screen stands: on a slow line it would wait for them.
    assert text.index(_PARTS.body) < text.index('"data/land-110m.js"')
    assert text.index('"data/cameras.js"') < text.index('src="assets/leaflet.js"')
    assert [tag for tag in reader.all("link") if tag["rel"] == "stylesheet"] == []
    # On their way while the styles are still coming.
    assert text.index('rel="preload"') < text.index("<style>")
    assert "//" not in page_html(_PARTS)


def test_the_styles_stand_in_the_page_as_they_are_and_no_element_has_a_style_or_a_handler() -> None:
    text = page_html(_PARTS)
    reader = _Reader(text)
    assert reader.all("style") == [{}]
    assert f"<style>{_PARTS.styles}</style>" in text
    for _, attributes in reader.tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_inline_script_makes_the_map_and_starts_the_front_end() -> None:
    (script,) = _Reader(page_html(_PARTS)).inline
    assert re.search(r'const site_map = L\.map\("map", ', script)
    assert script.strip().endswith("WC.start(site_map);")


def test_the_same_parts_give_the_same_bytes() -> None:
    assert page_html(_PARTS) == page_html(replace(_PARTS, frame=page_frame(_FRAME)))


def test_osm_tiles_are_in_the_policy_only_where_asked_for() -> None:
    with_tiles = page_html(dataclasses.replace(_PARTS, osm_tiles=True))
    assert "https://tile.openstreetmap.org" in with_tiles
    assert "openstreetmap" not in page_html(_PARTS)


@pytest.mark.parametrize("payload", ["{{ 1234567 * 7 }}", "{% raw %}", "{# gone #}", "@@POLICY@@"])
def test_a_body_is_put_in_as_it_stands(payload: str) -> None:
    text = page_html(dataclasses.replace(_PARTS, body=f"<p>{payload}</p>"))
    assert f"<p>{payload}</p>" in text
    assert "8641969" not in text


def test_a_title_that_looks_like_a_template_or_a_place_stays_text() -> None:
    title = "{{ 1/0 }} @@BODY@@ @@POLICY@@"
    text = page_html(replace(_PARTS, title=title))
    assert f"<title>{title}</title>" in text
    assert text.count(_PARTS.body) == 1


def test_a_link_to_the_page_has_a_picture_only_where_the_site_knows_where_it_stands() -> None:
    alone = page_html(_PARTS)
    assert 'property="og:title" content="' in alone
    assert "og:image" not in alone

    placed = page_html(
        dataclasses.replace(
            _PARTS, title='A "title" {{ 7 * 7 }}', base_address="https://a.example/"
        )
    )

    assert 'property="og:image" content="https://a.example/assets/share.png"' in placed
    assert 'content="A &quot;title&quot; {{ 7 * 7 }}"' in placed
