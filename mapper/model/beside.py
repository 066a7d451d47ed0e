"""How a room has a part of its work done beside the rest, without knowing by whom."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

_Result = TypeVar("_Result")


class Beside(Protocol):
    """Who does work beside the caller: a second process, or the caller itself."""

    def __call__(
        self, work: Callable[[], _Result], row_count: int
    ) -> AbstractContextManager[Callable[[], _Result]]:
        """
        Begin work, and lend what waits for its result.

        Parameters
        ----------
        work
            Changes nothing but what it returns, which is small and can be pickled.
        row_count
            How many rows it is about: for few, a second process takes longer than it saves.
        """


@contextmanager
def in_turn(work: Callable[[], _Result], row_count: int) -> Iterator[Callable[[], _Result]]:  # noqa: ARG001 - no second process
    """Do the work in this process, when its result is asked for."""
    yield work
