"""A small hand-written registry, and a copy of its files that a test may break."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import PAGE_STORE_VARIABLE, bundled_root

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


LONGEST_FIRST = ("browser", "real", "cli", "release", "pipeline", "own_site")
"""Folders of tests in the order in which the workers take them, the others after them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Give each file of tests to one worker, and begin with the longest.

    A fixture of a module, a page or a reading of 192,514 objects that a file keeps, is made once
    and not once a worker; and no worker is left alone with a long file at the end.
    """
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}

    def rank(item: pytest.Item) -> int:
        return ranks.get(item.path.relative_to(GOOD.parents[1]).parts[0], len(ranks))

    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            name = item.path.relative_to(GOOD.parents[1]).as_posix()
            item.add_marker(pytest.mark.xdist_group(name))
    items.sort(key=rank)


@pytest.fixture(scope="session")
def small_bundled_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Return the bundled files with the small registry in place of the evidence.

    A build with it takes a quarter of the time; the files themselves are linked, not copied.
    """
    folder, root = tmp_path_factory.mktemp("bundled"), bundled_root()
    (folder / "data").mkdir()
    for path in (root / "site", root / "LICENSES", *(root / "data").iterdir()):
        if path.name not in {"registry", "raw"}:
            (folder / path.relative_to(root)).symlink_to(path)
    (folder / "data" / "registry").symlink_to(GOOD)
    return folder


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    """Return a copy of the good files."""
    return Path(shutil.copytree(GOOD, tmp_path / "registry"))


@pytest.fixture(scope="session")
def good() -> Registry:
    """Return the good files, loaded."""
    return load(GOOD)
