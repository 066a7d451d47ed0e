"""A warm door to the command, and a release that was built through it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Door

RIVERTON = ROOT / "tests" / "fixtures" / "osm" / "riverton.json"


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """Give the command, already imported."""
    opened = Door()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def riverton_build(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the Riverton fixture once; tests copy it."""
    place = tmp_path_factory.mktemp("riverton")
    shutil.copy(RIVERTON, place / "riverton.json")
    told = door.run("build", "riverton.json", cwd=place)
    assert told.code == 0, told
    return place / "build"


@pytest.fixture
def built(tmp_path: Path, riverton_build: Path) -> Path:
    """Give a folder with the Riverton input and its build, to be broken freely."""
    shutil.copy(RIVERTON, tmp_path / "riverton.json")
    # The page plays no part in the faults of a release, and is large.
    shutil.copytree(riverton_build / "release", tmp_path / "build" / "release")
    return tmp_path
