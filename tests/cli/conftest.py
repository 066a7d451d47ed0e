"""A warm door to the command, and a release that was built through it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Door, Told, run

RIVERTON = ROOT / "tests" / "fixtures" / "osm" / "riverton.json"


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """Yield the command, already imported."""
    opened = Door()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def riverton_told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    """Build the Riverton fixture once, from a fresh interpreter: the folder, and what was said."""
    place = tmp_path_factory.mktemp("riverton")
    shutil.copy(RIVERTON, place / "riverton.json")
    return place, run("build", "riverton.json", "--json", cwd=place)


@pytest.fixture(scope="session")
def riverton_build(riverton_told: tuple[Path, Told]) -> Path:
    """Return the build of the Riverton fixture; tests copy it."""
    place, told = riverton_told
    assert told.code == 0, told
    return place / "build"


@pytest.fixture
def built(tmp_path: Path, riverton_build: Path) -> Path:
    """Return a folder with the Riverton input and its build, to be broken freely."""
    shutil.copy(RIVERTON, tmp_path / "riverton.json")
    # The page plays no part in the faults of a release, and is large.
    shutil.copytree(riverton_build / "release", tmp_path / "build" / "release")
    return tmp_path
