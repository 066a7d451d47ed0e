"""The map in other languages: their words, numbers and direction, from the same data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from tests.browser.axe_views import RULES
from tests.browser.conftest import TOWN
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _violations(seen: Visit) -> list[str]:
    answer = Axe().run(seen.page, options=RULES)
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in answer.response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "caméras cartographiées dans cette vue"),
        ("zh", "个摄像头标绘在此视图中"),
        ("ru", "камер на карте в этом окне"),
    ],
)
def test_the_map_speaks_the_language_of_its_address(
    visit: Open, town_dir: Path, lang: str, said: str
) -> None:
    seen = visit(town_dir / "site", page_name=f"{lang}/index.html")

    assert said in seen.text("#count-what")
    assert seen.page.evaluate("document.documentElement.lang") == lang
    assert seen.said == []
    assert seen.foreign == []


def test_arabic_runs_from_the_right_and_the_map_does_not(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", page_name="ar/index.html")
    left = {
        name: seen.page.locator(f"#{name}").evaluate("one => one.getBoundingClientRect().left")
        for name in ("panel", "map-tools")
    }

    assert seen.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert left["panel"] > left["map-tools"] + 400
    # West stays left.
    west, _, east, _ = seen.bounds()
    assert seen.screen_point(west, 0)[0] < seen.screen_point(east, 0)[0]
    assert seen.number_of_cameras_drawn() > 0
    assert "2025" in seen.text("#credit")
    assert seen.said == []


@pytest.mark.parametrize("lang", ["", "ar/"])
def test_what_an_address_asks_for_lies_beside_its_drawer(
    visit: Open, town_dir: Path, lang: str
) -> None:
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", page_name=f"{lang}index.html")
    drawer = seen.page.locator("#drawer")
    drawer.wait_for(state="visible")

    moscow = seen.screen_point(37.6173, 55.7558)[0]

    box = drawer.evaluate("one => one.getBoundingClientRect().toJSON()")
    window = seen.page.evaluate("innerWidth")
    assert 0 < moscow < window
    assert not box["left"] - 20 < moscow < box["right"] + 20


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("lang", ["ar", "ru"])
def test_nothing_scrolls_sideways_on_a_phone(
    visit: Open, town_dir: Path, lang: str, width: int
) -> None:
    for fragment in ("", "#map"):
        seen = visit(town_dir / "site", fragment, page_name=f"{lang}/index.html", width=width)

        assert seen.page.evaluate("document.documentElement.scrollWidth") == width
        seen.close()


@pytest.mark.parametrize(("lang", "width"), [("ar", 1280), ("ar", 390), ("fr", 1280), ("zh", 390)])
def test_axe_finds_nothing_wrong_in_another_language(
    visit: Open, town_dir: Path, lang: str, width: int
) -> None:
    seen = visit(town_dir / "site", page_name=f"{lang}/index.html", width=width)

    assert _violations(seen) == []


def test_the_switch_leads_to_the_same_view_in_the_other_language(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "#kind=plate_reader")
    count = seen.text("#count")
    seen.page.locator("#languages summary").click()
    seen.page.locator("#languages a", has_text="Deutsch").click()
    seen.wait_ready()

    assert "/de/index.html#" in seen.page.url
    assert "kind=plate_reader" in seen.page.url
    assert seen.text("#count") == count
    assert "Kennzeichenleser" in seen.text("#pane-filter")


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build Fixture Town with plain pages in Arabic."""
    out_dir = tmp_path_factory.mktemp("arabic")
    settings = Settings(out_dir=out_dir, page_languages=("ar",))
    build([str(TOWN)], settings=settings, progress=NoProgress())
    return out_dir / "site"


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("places/index.html", 1280),
        ("places/index.html", 320),
        ("places/fi.html", 1280),
        ("places/fi.html", 320),
        ("vendors/index.html", 1280),
        ("vendors/index.html", 320),
        ("deployments/index.html", 320),
        ("vendors/hikvision.html", 1280),
        ("deployments/moscow-city-video.html", 320),
        ("data.html", 320),
    ],
)
def test_an_arabic_page_fits_its_window_and_axe_finds_nothing_wrong(
    visit: Open, arabic_site: Path, name: str, width: int
) -> None:
    seen = visit(arabic_site, "", page_name=f"ar/{name}", width=width, wait=False)

    assert seen.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    # What was laid out before the width of the window held is laid out again.
    seen.wait_until(f"document.documentElement.scrollWidth === {width}")
    assert _violations(seen) == []
    assert seen.foreign == []


@pytest.mark.parametrize(
    ("lang", "own", "english"),
    [
        ("fr", ("statut : confirmé", "caméras", "2017"), ("status: confirmed", " from 2018")),
        ("ar", ("الوضع:", "كاميرا"), ("status: confirmed", "installed")),
    ],
)
def test_the_drawer_of_a_system_speaks_the_language_of_the_map(
    visit: Open, town_dir: Path, lang: str, own: tuple[str, ...], english: tuple[str, ...]
) -> None:
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", page_name=f"{lang}/index.html")
    drawer = seen.page.locator("#drawer")
    drawer.locator(".claim").first.wait_for(state="attached")
    drawer.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    told = drawer.evaluate(
        "drawer => { const copy = drawer.cloneNode(true);"
        " copy.querySelectorAll('[lang=en]').forEach(one => one.remove());"
        " return copy.textContent; }"
    )
    assert [word for word in own if word not in told] == []
    assert [word for word in english if word in told] == []
    assert seen.said == []


def test_sentences_of_the_registry_say_that_they_are_english(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", page_name="fr/index.html")
    drawer = seen.page.locator("#drawer")
    drawer.locator(".claim").first.wait_for(state="attached")
    sentences = drawer.locator(".claim > p")

    assert sentences.count() > 0
    assert set(sentences.evaluate_all("all => all.map(one => one.lang)")) == {"en"}
    assert "reconnaissance faciale" in drawer.inner_text()
    # The French map of this site has no French pages, so it leads to the English ones.
    href = drawer.get_by_text("Page de ce système").first.get_attribute("href") or (
        drawer.locator("a", has_text="Page de ce système").first.get_attribute("href")
    )
    assert href == "../deployments/moscow-city-video.html"
