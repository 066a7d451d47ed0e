"""What is worked out of a whole registry once, and then asked for in several places."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from mapper.registry.registry import Registry

_ResultT = TypeVar("_ResultT")
_AT_HAND: Final = 2
"""One build holds two registries: all the evidence, and what of it is told."""


def per_registry(work: Callable[[Registry], _ResultT]) -> Callable[[Registry], _ResultT]:
    """
    Keep what a function made of the registries that were asked for last.

    By identity: to compare two registries row by row would cost what is to be saved. A registry
    never changes, and is held as long as its result is, so that no other takes its place in memory.
    """
    at_hand: list[tuple[Registry, _ResultT]] = []

    @wraps(work)
    def kept(registry: Registry) -> _ResultT:
        for known, result in at_hand:
            if known is registry:
                return result
        result = work(registry)
        at_hand.append((registry, result))
        del at_hand[:-_AT_HAND]
        return result

    return kept
