"""A real Chromium, and the page built from the hand-written town through the real rooms."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from tests.browser.visit import Visit

TOWN = Path(__file__).parents[1] / "fixtures" / "town" / "town.osm.json"

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium() -> str | None:
    """Find an installed Chromium; None leaves the choice to Playwright."""
    named = os.environ.get("CHROMIUM_PATH")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


def launched(playwright: Playwright) -> Browser:
    """Start Chromium as every test of the page sees it."""
    return playwright.chromium.launch(executable_path=_chromium(), args=list(_ARGUMENTS))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def town_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build Fixture Town; the folder holds ``release/`` and ``site/``."""
    out_dir = tmp_path_factory.mktemp("town")
    build([str(TOWN)], settings=Settings(out_dir=out_dir), progress=NoProgress())
    return out_dir


@pytest.fixture(scope="session")
def town_cameras(town_dir: Path) -> gpd.GeoDataFrame:
    """Read the released cameras of Fixture Town, with their position as columns."""
    (path,) = (town_dir / "release").rglob("cameras_osm.parquet")
    frame = gpd.read_parquet(path)
    return frame.assign(lon_deg=frame.geometry.x, lat_deg=frame.geometry.y)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Yield a function that opens a built site: ``visit(site_dir, "#14/60/24", width=390)``."""
    opened: list[Visit] = []

    def open_site(where: Path | str, fragment: str = "#map", **wishes: object) -> Visit:
        opened.append(Visit(browser, where, fragment, **wishes))  # type: ignore[arg-type]
        return opened[-1]

    yield open_site
    for one in opened:
        one.close()


@pytest.fixture
def over_http() -> Iterator[Callable[[Path], str]]:
    """Yield a function that serves a folder on this machine and gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        handler = partial(_Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""
