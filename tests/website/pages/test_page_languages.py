"""The pages that are translated stand in the languages asked for, and lead to all the others."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.registry.checked import load
from mapper.settings import Settings
from mapper.website.languages.page_way import SiteLanguages, site_languages

TOWN = Path(__file__).parents[2] / "fixtures" / "town" / "town.osm.json"
LANGUAGES = SiteLanguages("en", ("en", "fr", "ar"), ("en", "fr"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("languages")
    settings = Settings(out_dir=out, page_languages=("fr", "ar", "ru"))
    build([str(TOWN)], settings=settings, progress=NoProgress())
    return out / "site"


def _links(page: Path) -> list[Path]:
    hrefs = re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', page.read_text("utf-8"))
    return [(page.parent / href).resolve() for href in hrefs]


def test_each_translated_page_stands_in_each_language_asked_for(site: Path) -> None:
    for lang in ("fr", "ar"):
        for address in (
            *("places/index.html", "vendors/index.html", "vendors/hikvision.html"),
            *("deployments/moscow-city-video.html", "data.html", "lists.html", "list.html"),
            "method.html",
        ):
            text = (site / lang / address).read_text("utf-8")
            assert f'<html lang="{lang}"' in text
            assert ('dir="rtl"' in text) == (lang == "ar")
    assert "Lieux" in (site / "fr/places/index.html").read_text("utf-8")
    assert "فرنسا" in (site / "ar/places/fr.html").read_text("utf-8")
    assert sorted(path.name for path in (site / "de").iterdir()) == ["index.html"]


def test_every_page_of_a_language_is_there_and_no_more(site: Path) -> None:
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    in_english = {
        str(page.relative_to(site))
        for page in site.rglob("*.html")
        if page.relative_to(site).parts[0] not in {"fr", "ar", "de", "es", "ru", "zh"}
    }

    assert {"fr", "ar", "de", "es", "ru", "zh"} <= folders
    for lang in ("fr", "ar"):
        there = {str(page.relative_to(site / lang)) for page in (site / lang).rglob("*.html")}
        assert there == in_english


def test_every_link_of_the_arabic_site_stays_in_arabic(site: Path) -> None:
    left = set()
    for page in (site / "ar").rglob("*.html"):
        text = page.read_text("utf-8")
        # The switch and the links for search engines are there to lead out of the language.
        text = re.sub(r'<(?:a|link)[^>]*hreflang="[^>]*>', "", text)
        for href in re.findall(r'<a [^>]*href="([^"#:]+)(?:#[^"]*)?"', text):
            target = (page.parent / href).resolve()
            if target.suffix == ".html" and not target.is_relative_to((site / "ar").resolve()):
                left.add(f"{page.relative_to(site)}: {href}")

    assert left == set()


def test_the_switch_of_a_page_leads_to_the_same_page_and_search_engines_are_told(
    site: Path,
) -> None:
    for address in ("vendors/hikvision.html", "deployments/moscow-city-video.html"):
        page = site / "ar" / address
        text = page.read_text("utf-8")
        switch = dict(re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang', text))
        to_lang = {lang: (page.parent / href).resolve() for href, lang in switch.items()}

        assert to_lang["fr"] == (site / "fr" / address).resolve()
        assert to_lang["en"] == (site / address).resolve()
        # German has its map alone here.
        assert to_lang["de"] == (site / "de/index.html").resolve()
        told = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', text)
        assert [lang for lang, _ in told] == ["en", "fr", "ru", "ar"]
        assert all((page.parent / href).is_file() for _, href in told)


def test_a_statement_is_english_and_says_so_and_our_words_are_not(site: Path) -> None:
    text = (site / "ar/deployments/moscow-city-video.html").read_text("utf-8")
    english = (site / "deployments/moscow-city-video.html").read_text("utf-8")
    said = re.findall(r'<blockquote class="claim[^>]*>\s*<p([^>]*)><bdi>([^<]+)<', text)
    in_english = re.findall(r'<blockquote class="claim[^>]*>\s*<p([^>]*)><bdi>([^<]+)<', english)

    assert len(said) > 5
    assert [words for _, words in said] == [words for _, words in in_english]
    assert {attributes for attributes, _ in said} == {' lang="en" dir="ltr"'}
    assert {attributes for attributes, _ in in_english} == {""}
    assert "سلسلة التوريد" in text
    assert "The supply chain" not in text


_WITH_MUCH_TO_TELL = 30_000  # bytes of a page

ENGLISH_LEFT = re.compile(
    r"\b(?:the|and|which|sources?|its|not known|says?|supplie[sr]s?)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    "address", ["vendors/hikvision.html", "deployments/moscow-city-video.html"]
)
def test_no_english_word_of_ours_is_left_in_an_arabic_page(site: Path, address: str) -> None:
    """What is English there says so, is a name, or is what somebody types."""
    text = (site / "ar" / address).read_text("utf-8").partition("<main")[2]
    text = re.sub(r'<(bdi|p|section)[^>]*lang="en".*?</\1>', " ", text, flags=re.DOTALL)
    # A note says the day of a source as its publisher writes it.
    text = re.sub(r'<(ol) class="notes".*?</ol>', " ", text, flags=re.DOTALL)
    text = re.sub(r"<(bdi|code|title|desc)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r'<text class="(?:name|product).*?</text>', " ", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]+>|\u2068[^\u2069]*\u2069", " ", text)

    assert ENGLISH_LEFT.findall(shown) == []


_ENGLISH = re.compile(
    r"\b(?:the|and|of|for|in|is|are|was|to|by|with|from|on|at|as|its|not|which|that|has|or|an?)\b",
    re.IGNORECASE,
)
_WITHOUT_END = {"meta", "link", "br", "input", "hr", "wbr", "img"}
_NO_PROSE = {"script", "style", "code", "title", "footer", "desc"}


class _Unmarked(HTMLParser):
    """Keeps the texts of a page that are of its own language, as far as their elements say."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.texts: list[str] = []
        self._open: list[tuple[str, str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the language that holds from here."""
        if tag in _WITHOUT_END:
            return
        given = dict(attrs)
        _, lang, is_prose = self._open[-1] if self._open else ("", "", True)
        is_name = given.get("class") == "id" or "name" in (given.get("class") or "").split()
        is_prose = is_prose and tag not in _NO_PROSE and not is_name
        self._open.append((tag, given.get("lang") or lang, is_prose))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over an element that holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Go back to the language around it."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text of the page's language."""
        if self._open and self._open[-1][1:] == (self.lang, True):
            self.texts.append(data)


def _names() -> re.Pattern[str]:
    """Return what is a name in every language: of whom, of where, of who publishes."""
    registry = load(Settings().registry_dir)
    names = {
        *(row.name for row in registry.organisations),
        *(row.name for row in registry.organisation_names),
        *(row.publisher for row in registry.sources),
        *(row.place or "" for row in registry.deployments),
        *(row.name_as_listed or "" for row in registry.designations),
        *(row.speaker_role or "" for row in registry.claims),
    }
    ordered = sorted(filter(None, names), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered)))


@pytest.mark.parametrize("lang", ["ar", "ru"])
def test_what_the_registry_says_in_english_says_so_on_a_page_of_another_language(
    site: Path, lang: str
) -> None:
    names = _names()
    left: dict[str, str] = {}
    pages = [*(site / lang / "vendors").glob("*.html"), *(site / lang / "deployments").glob("*")]
    told = [page for page in sorted(pages) if page.stat().st_size > _WITH_MUCH_TO_TELL]
    for page in told:
        reader = _Unmarked(lang)
        reader.feed(page.read_text("utf-8"))
        for text in reader.texts:
            if len(_ENGLISH.findall(text)) > 1 and len(_ENGLISH.findall(names.sub("", text))) > 1:
                left.setdefault(text, page.name)

    assert len(told) > 20
    assert left == {}


def test_every_link_of_a_translated_page_leads_to_a_file(site: Path) -> None:
    pages = [page for lang in ("fr", "ar", "de") for page in (site / lang).rglob("*.html")]
    lost = {
        f"{page.relative_to(site)}: {target}"
        for page in pages
        for target in _links(page)
        if not target.is_file()
        # The release lies beside a site that was built without downloads.
        and "release" not in target.parts
    }

    assert len(pages) > 100
    assert lost == set()


def test_countries_stand_in_the_order_of_their_own_language(site: Path) -> None:
    text = (site / "fr/places/index.html").read_text("utf-8")
    names = re.findall(r'<th scope="row"><a[^>]*><bdi>([^<]+)</bdi>', text)

    assert names.index("Allemagne") < names.index("Brésil") < names.index("États-Unis")
    assert names.index("États-Unis") < names.index("France")


def test_the_way_leads_to_the_language_where_it_has_the_page_and_to_the_first_else() -> None:
    french = LANGUAGES.way_of_page("fr", "places/fr.html")
    only_map = SiteLanguages("en", ("en", "de"), ("en",)).way_of_map("de")
    arabic = LANGUAGES.way_of_map("ar")

    assert french.to("places/index.html") == "../places/index.html"
    assert french.to("vendors/index.html") == "../vendors/index.html"
    assert french.to("vendors/hikvision.html") == "../vendors/hikvision.html"
    assert only_map.to("list.html") == "../list.html"
    assert arabic.to("places/index.html") == "../places/index.html"
    # The Arabic map has no page of places of its own, so its switch leads to the map.
    assert [link.address for link in french.languages] == [
        "../../places/fr.html",
        "../../fr/places/fr.html",
        "../../ar/index.html",
    ]


def test_a_language_that_the_map_does_not_have_is_refused() -> None:
    page = {"lang": "en", "languages": ["en", "fr"]}

    with pytest.raises(UsageError, match="no pages in 'xx'") as failure:
        site_languages(page, ("xx",))
    assert "en, fr, all" in failure.value.next_step


def test_all_asks_for_the_pages_of_every_language_of_the_map() -> None:
    page = {"lang": "en", "languages": ["en", "fr", "ar"]}

    assert site_languages(page, ("all",)).of_pages == ("en", "fr", "ar")
    assert site_languages(page, ()).of_pages == ("en",)
