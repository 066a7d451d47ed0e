"""A small hand-written registry, and a copy of its files that a test may break."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from mapper.registry.checked import load
from mapper.registry.registry import Registry

# A busy machine must not decide over a test of invariants.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

pytest_plugins = ["tests.osm_fixtures"]

GOOD = Path(__file__).parent / "fixtures" / "registry"


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    """Return a copy of the good files."""
    return Path(shutil.copytree(GOOD, tmp_path / "registry"))


@pytest.fixture(scope="session")
def good() -> Registry:
    """Return the good files, loaded."""
    return load(GOOD)
