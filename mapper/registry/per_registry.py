"""What is worked out of a whole registry once, and then asked for in several places."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Final, Generic, TypeVar

from mapper.registry.registry import Registry

_ResultT = TypeVar("_ResultT")
_AT_HAND: Final = 2
"""One build holds two registries: all the evidence, and what of it is told."""


class PerRegistry(Generic[_ResultT]):
    """A function of a registry that has what it made of those it was asked for last."""

    def __init__(self, work: Callable[[Registry], _ResultT]) -> None:
        self._work = work
        self._at_hand: list[tuple[Registry, _ResultT]] = []
        update_wrapper(self, work)

    def __call__(self, registry: Registry) -> _ResultT:
        """Return what the function makes of a registry."""
        for known, result in self._at_hand:
            if known is registry:
                return result
        result = self._work(registry)
        self.keep(registry, result)
        return result

    def keep(self, registry: Registry, result: _ResultT) -> None:
        """Take a result that somebody has already."""
        self._at_hand.append((registry, result))
        del self._at_hand[:-_AT_HAND]


def per_registry(work: Callable[[Registry], _ResultT]) -> PerRegistry[_ResultT]:
    """
    Keep what a function made of the registries that were asked for last.

    By identity: to compare two registries row by row would cost what is to be saved. A registry
    never changes, and is held as long as its result is, so that no other takes its place in memory.
    """
    return PerRegistry(work)
