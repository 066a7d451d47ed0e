"""The same page in Firefox, from a folder: it opens, holds its view, counts, finds and prints."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.marionette import Firefox

pytestmark = pytest.mark.browser

_ARROW_DOWN, _ENTER = "\ue015", "\ue007"  # as WebDriver names the keys
_READY = "document.documentElement.dataset.ready === 'true'"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    started = Firefox(tmp_path_factory.mktemp("firefox") / "profile")
    yield started
    started.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_a_deep_link_holds(firefox: Firefox, town_dir: Path, width: int, height: int) -> None:
    firefox.size(width, height)
    firefox.open((town_dir / "site" / "index.html").as_uri() + "#15/41.31200/-119.04500")
    firefox.wait(_READY)

    # Firefox shows a script no constant of the page: the address tells the view.
    assert firefox.run("return location.hash") == "#15/41.31200/-119.04500"
    assert firefox.run("return document.getElementById('count').textContent") == "59"


def test_a_camera_opens_by_its_id_and_a_place_is_found(firefox: Firefox, town_dir: Path) -> None:
    firefox.open(
        (town_dir / "site" / "index.html").as_uri() + "#3/0/100&camera=osm:node/900000100020"
    )
    firefox.wait("document.getElementById('drawer').dataset.camera === 'osm:node/900000100020'")

    firefox.run("document.getElementById('search').focus()")
    firefox.wait("document.documentElement.dataset.search === 'true'")
    found = firefox.run(
        "const box = document.getElementById('search'); box.value = 'helsnki';"
        " box.dispatchEvent(new Event('input'));"
        " return document.querySelector('#found bdi').textContent"
    )
    assert found == "Helsinki"


def test_the_map_is_on_paper(firefox: Firefox, town_dir: Path) -> None:
    firefox.size(1280, 800)
    firefox.open((town_dir / "site" / "index.html").as_uri() + "#3/30/10")
    firefox.wait("document.documentElement.dataset.deployments === 'true'")

    document = pypdfium2.PdfDocument(base64.b64decode(firefox.printed()))
    sheet = document[0].render(scale=2, rev_byteorder=True).to_numpy()[:, :, :3].astype(int)
    document.close()

    ring = abs(sheet - [0x7C, 0x3B, 0x69]).max(axis=2) <= 8
    sea = abs(sheet - [0xDB, 0xE5, 0xE8]).max(axis=2) <= 4
    assert ring.sum() > 200
    assert sea.sum() > 10_000


def test_the_walk_from_the_opening_by_supplier_place_and_camera_to_what_is_taken_away(
    firefox: Firefox, town_dir: Path
) -> None:
    firefox.size(1280, 800)
    firefox.open((town_dir / "site" / "index.html").as_uri())
    firefox.wait("document.documentElement.dataset.deployments === 'true'")
    firefox.wait(_READY)
    firefox.run(
        "window.broken = []; addEventListener('error', (event) => broken.push(event.message));"
        " addEventListener('unhandledrejection', (event) => broken.push(String(event.reason)));"
    )
    assert firefox.run("return document.getElementById('story').offsetWidth") > 300

    firefox.click('[data-supplier="huawei"]')
    firefox.wait("location.hash.includes('vendor=huawei')")
    pressed = "document.querySelector('[data-supplier=\"huawei\"]').getAttribute('aria-pressed')"
    assert firefox.run(f"return {pressed}") == "true"
    firefox.click('[data-supplier="huawei"]')
    firefox.wait("!location.hash.includes('vendor')")
    firefox.click("#story-close")

    firefox.type("#search", "Helsnki")
    firefox.wait("document.querySelector('#found bdi')?.textContent === 'Helsinki'")
    firefox.type("#search", _ARROW_DOWN + _ENTER)
    firefox.wait("document.getElementById('drawer-title').textContent.includes('Helsinki')")
    assert "place=" in firefox.run("return location.hash")
    firefox.click("#drawer-close")
    assert firefox.run("return broken") == []

    firefox.open((town_dir / "site" / "index.html").as_uri() + "#15/41.31200/-119.04500")
    firefox.wait(_READY)
    firefox.click("#tab-list")
    firefox.wait("document.querySelectorAll('#pane-list .rows button').length > 10")
    firefox.click("#pane-list .rows button")
    firefox.wait("Boolean(document.getElementById('drawer').dataset.camera)")
    firefox.wait("location.hash.includes('camera=')")
    assert firefox.run("return document.activeElement.id") == "drawer-title"

    firefox.click("#share-open")
    firefox.wait("document.getElementById('share').open")
    link = firefox.run("return document.querySelector('#share input, #share textarea').value")
    assert link.endswith(firefox.run("return location.hash"))
    firefox.click("#share .close")
    firefox.wait("!document.getElementById('share').open")

    document = pypdfium2.PdfDocument(base64.b64decode(firefox.printed()))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "OpenStreetMap contributors" in text
    assert "node/9000001000" in text, "the list is on paper, each camera with its id"
