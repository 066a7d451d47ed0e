"""The pages that are translated stand in the languages asked for, and lead to all the others."""

import re
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from mapper.website.languages.page_way import SiteLanguages, site_languages

TOWN = Path(__file__).parents[2] / "fixtures" / "town" / "town.osm.json"
LANGUAGES = SiteLanguages("en", ("en", "fr", "ar"), ("en", "fr"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("languages")
    settings = Settings(out_dir=out, page_languages=("fr", "ar"))
    build([str(TOWN)], settings=settings, progress=NoProgress())
    return out / "site"


def _links(page: Path) -> list[Path]:
    hrefs = re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', page.read_text("utf-8"))
    return [(page.parent / href).resolve() for href in hrefs]


def test_each_translated_page_stands_in_each_language_asked_for(site: Path) -> None:
    for lang in ("fr", "ar"):
        for address in ("places/index.html", "vendors/index.html", "method.html"):
            text = (site / lang / address).read_text("utf-8")
            assert f'<html lang="{lang}"' in text
            assert ('dir="rtl"' in text) == (lang == "ar")
    assert "Lieux" in (site / "fr/places/index.html").read_text("utf-8")
    assert "فرنسا" in (site / "ar/places/fr.html").read_text("utf-8")
    assert sorted(path.name for path in (site / "de").iterdir()) == ["index.html"]


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
    arabic = LANGUAGES.way_of_map("ar")

    assert french.to("places/index.html") == "../places/index.html"
    assert french.to("vendors/index.html") == "../vendors/index.html"
    assert french.to("vendors/hikvision.html") == "../../vendors/hikvision.html"
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
    assert "en, fr" in failure.value.next_step
