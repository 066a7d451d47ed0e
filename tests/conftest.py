"""A small hand-written registry, and a copy of its files that a test may break."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import PAGE_STORE_VARIABLE

# A busy machine must not decide over a test of invariants.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

GOOD = Path(__file__).parent / "fixtures" / "registry"

pytest_plugins = ["tests.osm_fixtures"]


@pytest.fixture(scope="session", autouse=True)
def shared_page_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let every build of the session, a command's included, keep its static pages in one place."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    (folder / "page-store").mkdir(exist_ok=True)
    os.environ[PAGE_STORE_VARIABLE] = str(folder / "page-store")


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    """Return a copy of the good files."""
    return Path(shutil.copytree(GOOD, tmp_path / "registry"))


@pytest.fixture(scope="session")
def good() -> Registry:
    """Return the good files, loaded."""
    return load(GOOD)
