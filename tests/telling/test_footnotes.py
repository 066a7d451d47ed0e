"""Footnotes are numbered in the order in which a text first names their sources."""

from mapper.registry.registry import Registry
from mapper.telling.footnotes import Footnotes


def test_numbers_alone_are_those_of_the_marks_rising_and_each_once() -> None:
    footnotes = Footnotes(Registry())
    assert footnotes.numbers(["b", None, "a", "b"]) == [1, 2]
    assert [mark.number for mark in footnotes.marks(["c", "a"])] == [2, 3]
    assert footnotes.numbers(["c", "b"]) == [1, 3]
