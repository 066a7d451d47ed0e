"""No search for cycles while rows are held, and none of all rows as soon as they were."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from mapper.pipeline.cycle_search import no_cycle_search


class _Node:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def searches() -> Iterator[list[str]]:
    """Note each search for cycles."""
    noted: list[str] = []

    def note(phase: str, _: dict[str, int]) -> None:
        noted.append(phase)

    gc.callbacks.append(note)
    yield noted
    gc.callbacks.remove(note)


def test_what_was_made_meanwhile_is_not_searched_as_soon_as_it_may_be(searches: list[str]) -> None:
    with no_cycle_search():
        rows = [[number] for number in range(gc.get_threshold()[0] + 1)]
    assert gc.isenabled()
    rows.append([])
    assert searches == []


def test_a_cycle_that_was_made_meanwhile_is_found_by_a_later_search() -> None:
    with no_cycle_search():
        there = weakref.ref(_Node())
    assert there() is not None
    gc.collect()
    assert there() is None
