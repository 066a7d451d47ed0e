"""Whatever has a page, an id or a name is found, in the map's own search and by its address."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.website.unpack import read_payload

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _options(seen: Visit, text: str) -> list[str]:
    search = seen.page.locator("#search")
    search.focus()
    seen.page.locator("html[data-search=true]").wait_for(state="attached")
    search.fill(text)
    return [line.split("\n")[0] for line in seen.page.get_by_role("option").all_inner_texts()]


def test_every_page_of_the_site_is_found_by_its_name(visit: Open, town_dir: Path) -> None:
    site = town_dir / "site"
    payload = read_payload(site, "search")
    entries = [*payload["suppliers"], *payload["deployments"], *payload["countries"]]
    pages = {entry["page"] for entry in entries}
    on_disk = {
        path.relative_to(site).as_posix()
        for folder in ("vendors", "deployments", "places")
        for path in (site / folder).glob("*.html")
        if path.name != "index.html"
    }
    assert pages == on_disk
    seen = visit(site)
    _options(seen, "x")
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")

    missing = seen.page.evaluate(
        """names => { const box = document.getElementById('search');
        return names.filter(name => { box.value = name;
          box.dispatchEvent(new Event('input'));
          return ![...document.querySelectorAll('#found bdi')].some(b => b.textContent === name);
        }); }""",
        [entry["name"] for entry in entries],
    )
    assert missing == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("helsinki", "Helsinki"),
        ("Helsnki", "Helsinki"),
        ("Helsimki", "Helsinki"),
        ("rennes", "Rennes"),
        ("malmo", "Malm\u00f6"),
        ("germany", "Germany"),
        ("nvidia", "Nvidia"),
        ("Nivdia", "Nvidia"),
        ("Deutschland", "Germany"),
        ("Allemagne", "Germany"),
        ("德国", "Germany"),
    ],
)
def test_a_place_a_country_and_a_supplier_are_found_as_people_write_them(
    visit: Open, town_dir: Path, text: str, name: str
) -> None:
    assert name in _options(visit(town_dir / "site"), text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Safe City Belgrade", "deployment, Belgrade, Serbia"),
        ("Hikvision", "supplier, page, China"),
        ("node/999999999999", "look this id up in this release"),
    ],
)
def test_what_is_found_says_its_kind_and_its_country(
    visit: Open, town_dir: Path, text: str, said: str
) -> None:
    seen = visit(town_dir / "site")
    _options(seen, text)

    assert said in seen.page.locator("#found small").all_inner_texts()


@pytest.mark.parametrize(
    ("text", "place", "lang"),
    [
        ("München", "Munich", ""),
        ("Moskau", "Moscow", ""),
        ("Москва", "Moscow", ""),
        ("القاهرة", "Cairo", "ar/"),
        ("北京", "Beijing", "zh/"),
    ],
)
def test_a_large_place_is_found_by_its_name_in_any_language(
    visit: Open, town_dir: Path, text: str, place: str, lang: str
) -> None:
    seen = visit(town_dir / "site", page_name=f"{lang}index.html")
    _options(seen, text)
    first = seen.page.get_by_role("option").first

    expect(first).to_contain_text(text)
    expect(first).to_contain_text(place)
    # Its other names are no further places.
    under = seen.page.locator("#found small").all_inner_texts()
    assert sum(re.match(rf"{place}[,\u060c\uff0c]", line) is not None for line in under) == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("belgrad", "BelgradBelgrade, "),
        ("Belgrád", "BelgrádBelgrade, "),
        ("Moscou", "MoscouMoscow, "),
        ("munchen", "MünchenMunich, "),
    ],
)
def test_a_place_is_shown_in_the_spelling_that_was_typed(
    visit: Open, town_dir: Path, typed: str, shown: str
) -> None:
    seen = visit(town_dir / "site")
    _options(seen, typed)

    expect(seen.page.get_by_role("option").first).to_have_text(re.compile(f"^{shown}"))


def test_a_place_that_is_chosen_is_shown(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    _options(seen, "Helsinki")

    seen.page.keyboard.press("Enter")

    west, south, east, north = seen.bounds()
    assert west < 24.94 < east
    assert south < 60.17 < north


@pytest.mark.parametrize("text", ["belgrade", "belgra"])
def test_enter_on_a_city_opens_the_city_and_not_a_system_in_it(
    visit: Open, town_dir: Path, text: str
) -> None:
    seen = visit(town_dir / "site")
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    search = seen.page.locator("#search")

    search.focus()
    search.fill(text)
    search.press("Enter")  # before the files of names are there

    expect(seen.page.locator("#drawer-title")).to_have_text("Belgrade")
    expect(seen.page.locator("#drawer-under")).to_contain_text("Place")


def test_every_camera_opens_by_its_id_alone(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site", "#3/0/100")

    for camera in town_cameras.to_dict("records")[::6]:
        seen.page.goto("about:blank")
        seen.page.goto(f"{seen.base}/index.html#3/0/100&camera={camera['camera_id']}")
        drawer = seen.page.locator(f'#drawer[data-camera="{camera["camera_id"]}"]')
        expect(drawer).to_be_visible()
        west, south, east, north = seen.bounds()
        assert west < camera["lon_deg"] < east
        assert south < camera["lat_deg"] < north
    assert seen.said == []


def test_an_address_of_nothing_but_a_camera_opens_it(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    camera_id = str(town_cameras["camera_id"].iloc[7])

    seen = visit(town_dir / "site", f"#camera={camera_id}")

    expect(seen.page.locator(f'#drawer[data-camera="{camera_id}"]')).to_be_visible()
    assert seen.page.evaluate("site_map.getZoom()") >= 17


def test_a_bare_number_is_an_object_of_openstreetmap(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    assert _options(seen, "900000100020")[:2] == [
        "osm:node/900000100020",
        "osm:way/900000100020",
    ]


def test_names_that_do_not_load_are_said_and_can_be_asked_for_again(
    visit: Open, town_dir: Path
) -> None:
    broken = [True]
    seen = visit(
        town_dir / "site",
        routes={"**/data/places.js": lambda r: r.abort() if broken else r.continue_()},
    )
    seen.page.locator("#search").focus()
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("could not be loaded")

    broken.clear()
    notice.get_by_role("button", name="Try again").click()

    seen.page.locator("html[data-search=true]").wait_for(state="attached")


def test_names_are_not_loaded_before_somebody_searches(visit: Open, town_dir: Path) -> None:
    asked: list[str] = []
    seen = visit(town_dir / "site", wait=False)
    seen.page.on("request", lambda request: asked.append(request.url))
    seen.wait_ready()

    assert not [url for url in asked if re.search(r"data/(?:places|search|ids)", url)]
    assert json.dumps(asked)
