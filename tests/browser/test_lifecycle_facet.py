"""What is planned or has ended: found by its id, shown when asked for, counted when asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

VIEW = "#16/41.00150/-119.00000"
LIVES: tuple[dict[str, str], ...] = (
    {},
    {},
    {"disused": "yes", "end_date": "2024-05-02"},
    {"proposed": "yes"},
    {"removed": "yes", "manufacturer": "Flock Safety"},
)


@pytest.fixture(scope="module")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build five cameras of which two stand."""
    folder = tmp_path_factory.mktemp("lives")
    elements = [
        {
            "type": "node",
            "id": 900_000 + number,
            "lat": 41.0 + number / 1_000,
            "lon": -119.0,
            "tags": {"man_made": "surveillance", "surveillance": "public"} | life,
        }
        for number, life in enumerate(LIVES)
    ]
    body = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": "2025-06-01T00:00:00Z"},
        "elements": elements,
    }
    path = folder / "lives.json"
    path.write_text(json.dumps(body), "utf-8")
    build([str(path)], settings=Settings(out_dir=folder / "out"), progress=NoProgress())
    return folder / "out" / "site"


def test_the_map_counts_what_stands_until_it_is_asked_for_the_rest(
    visit: Open, site_dir: Path
) -> None:
    seen = visit(site_dir, VIEW)
    assert seen.number("#count") == 2
    assert "of 2 in this release" in seen.text("#count-what")
    assert seen.facet("Lifecycle") == {"in use": 2, "planned": 1, "ended": 2}
    drawn = seen.number_of_cameras_drawn()
    expect(seen.page.locator("#clear")).to_be_hidden()

    seen.tick("Lifecycle", "ended")

    assert seen.number("#count") == 4
    assert seen.number_of_cameras_drawn() > drawn
    expect(seen.page.locator("#clear")).to_be_visible()
    assert seen.facet("Maker") == {"unknown": 3, "Flock Safety": 1}
    fragment = seen.address()
    assert fragment == VIEW + "&lifecycle=ended,in_use,unknown"
    assert visit(site_dir, fragment).number("#count") == 4

    seen.page.locator("#clear").click()
    assert seen.number("#count") == 2
    assert seen.address() == VIEW


def test_everything_at_once_has_an_address(visit: Open, site_dir: Path) -> None:
    seen = visit(site_dir, VIEW + "&lifecycle=all")
    assert seen.number("#count") == 5
    assert seen.address() == VIEW + "&lifecycle=all"
    again = visit(site_dir, VIEW + "&lifecycle=!in_use,unknown")
    assert again.number("#count") == 3
    assert again.address() == VIEW + "&lifecycle=!in_use,unknown"


def test_a_camera_that_ended_is_found_by_its_id_and_says_since_when(
    visit: Open, site_dir: Path
) -> None:
    seen = visit(site_dir, "#camera=osm:node/900002")
    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text("ended")
    expect(drawer).to_contain_text("since 2 May 2024")
    # The drawer tells of a mark that can be seen, and no count changes for it.
    assert seen.number_of_cameras_drawn() > 0
    assert seen.number("#count") == 0 or seen.number("#count") == 2
    assert seen.said == []


def test_a_list_says_which_of_its_rows_do_not_stand(visit: Open, site_dir: Path) -> None:
    seen = visit(site_dir, VIEW + "&lifecycle=planned")
    seen.page.locator("#tab-list").click()
    expect(seen.page.locator("#pane-list .rows").first).to_contain_text("planned")
