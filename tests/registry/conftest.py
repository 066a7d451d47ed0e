"""A small hand-written registry, and ways to build and break one."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mapper.registry.evidence import Registry
from mapper.registry.read import load
from mapper.registry.tables import TABLES, Row, columns

GOOD = Path(__file__).parent / "good"


@pytest.fixture
def good_folder(tmp_path: Path) -> Path:
    """A copy of the good files that a test may break."""
    return Path(shutil.copytree(GOOD, tmp_path / "registry"))


@pytest.fixture(scope="session")
def good() -> Registry:
    """The good files, loaded."""
    return load(GOOD)


@pytest.fixture
def row() -> Callable[..., Row]:
    """Build a row of a table from the cells that matter; the others are empty."""

    def build(table: str, cells: Mapping[str, str]) -> Row:
        empty = dict.fromkeys(columns(table), "")
        return TABLES[table].model_validate({**empty, **cells})

    return build
