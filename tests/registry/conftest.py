"""A small hand-written registry, and a copy of its files that a test may break."""

import shutil
from pathlib import Path

import pytest

from mapper.registry.evidence import Registry
from mapper.registry.read import load

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    """Give a copy of the good files."""
    return Path(shutil.copytree(GOOD, tmp_path / "registry"))


@pytest.fixture(scope="session")
def good() -> Registry:
    """Give the good files, loaded."""
    return load(GOOD)
