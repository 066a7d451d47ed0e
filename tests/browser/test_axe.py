"""What axe finds wrong for people who cannot see, point or tell colours apart: nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.axe_views import TESTED, VIEWS, faults, opened
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_wrong_with_a_view_on_any_screen(visit: Open, town_dir: Path, name: str) -> None:
    found = faults(opened(visit, town_dir / "site", VIEWS[name]), VIEWS[name], TESTED)

    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}
