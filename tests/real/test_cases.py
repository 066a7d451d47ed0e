"""The small inputs that once failed stay right; `make cases` prints the same as a table."""

import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cases.__main__ import every_case, try_case
from tests.cases.trial import CASES_DIR, Case
from tests.cli.command import Door


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    """Yield the command, already imported."""
    opened = Door()
    yield opened
    opened.close()


@pytest.mark.real
@pytest.mark.xdist_group("cases")
@pytest.mark.filterwarnings("default:real data")
@pytest.mark.parametrize("case", every_case(), ids=lambda case: f"{case.name} {case.right}")
def test_what_once_failed_is_right(case: Case, door: Door, tmp_path: Path) -> None:
    if not CASES_DIR.is_dir():
        warnings.warn("real data not there, so not tested: the cases", stacklevel=1)
        return
    # Playwright takes one browser session a thread, and the worker's own may hold one.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(try_case, case, door, tmp_path).result()
