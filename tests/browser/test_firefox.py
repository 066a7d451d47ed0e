"""The same page in Firefox, from a folder: it opens, holds its view, counts, finds and prints."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.marionette import Firefox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

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
