"""Answers that several pages rest on, worked out once and noted for each page that asks."""

from collections.abc import Callable
from typing import Generic, TypeVar

from mapper.registry.asked_registry import Question

_ResultT = TypeVar("_ResultT")


class NotedOnce(Generic[_ResultT]):
    """
    A function of a row's id, called once for each.

    What it asked the first time is noted anew for every page that asks again: a page that was
    kept without those notes would stay when the answer changes.
    """

    def __init__(self, work: Callable[[str], _ResultT], questions: list[Question]) -> None:
        """
        Stand for a function.

        Parameters
        ----------
        questions
            What the page that is being made has asked; whatever ``work`` asks is added at its end.
        """
        self._work = work
        self._questions = questions
        self._results: dict[str, tuple[_ResultT, frozenset[Question]]] = {}

    def __call__(self, row_id: str) -> _ResultT:
        """Return the answer for a row."""
        if row_id in self._results:
            result, asked = self._results[row_id]
            self._questions.extend(asked)
            return result
        begin = len(self._questions)
        result = self._work(row_id)
        self._results[row_id] = (result, frozenset(self._questions[begin:]))
        return result
