"""
Rows of one kind, which are read once: their values are equal in all columns that a rule reads.

Hundreds of thousands of objects share a few thousand spellings. A column of answers is kept as one
answer a kind and a number a row, until it is published: so it costs little to make, and to hand
from one process to another.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

_Answer = TypeVar("_Answer")
_Taken = TypeVar("_Taken")

Column: TypeAlias = pd.Series | npt.NDArray[Any]
"""Texts or truths, one a row."""


@dataclass(frozen=True, slots=True)
class ByKind(Generic[_Answer]):
    """
    A column.

    Attributes
    ----------
    kind_of
        The kind of each row.
    answers
        What is concluded of each kind.
    """

    kind_of: npt.NDArray[np.int32]
    answers: list[_Answer]

    @classmethod
    def of(cls, values: npt.NDArray[np.object_]) -> "ByKind[_Answer]":
        """Tell the distinct values of a column apart: texts, None."""
        kind_of, distinct = pd.factorize(values, use_na_sentinel=True)
        # What is missing has number -1, and so stands last.
        answers = [*distinct.tolist(), None]
        return cls((kind_of % len(answers)).astype(np.int32), answers)

    def map(self, take: Callable[[_Answer], _Taken]) -> "ByKind[_Taken]":
        """Take something of each answer."""
        return ByKind(self.kind_of, [take(answer) for answer in self.answers])

    def series(self, dtype: object = object) -> pd.Series:
        """Return the value of each row; rows of one kind share it, lists too."""
        values = objects(self.answers) if dtype is object else self.answers
        distinct: pd.Series = pd.Series(values, dtype=dtype)  # type: ignore[call-overload]
        of_rows: pd.Series = distinct.take(self.kind_of)
        return of_rows.reset_index(drop=True)

    def rows(self) -> npt.NDArray[np.object_]:
        """Return the value of each row as an array of objects."""
        values: npt.NDArray[np.object_] = objects(self.answers)[self.kind_of]
        return values


def by_kind(
    columns: Sequence[Column],
    read: Callable[..., _Answer],
) -> ByKind[_Answer]:
    """
    Read rows, each kind once.

    Parameters
    ----------
    columns
        Equally long, of texts or truths; what is missing reaches ``read`` as None.
    read
        Takes the values of a row, one argument a column.
    """
    kind_of, firsts = kinds(columns)
    of_firsts = [
        pd.Series(np.asarray(column, dtype=object)[firsts], dtype=object) for column in columns
    ]
    values = [first.where(first.notna(), None).tolist() for first in of_firsts]
    return ByKind(kind_of, [read(*row) for row in zip(*values, strict=True)])


def kinds(
    columns: Iterable[Column],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """
    Return the number of each row's kind, by the order in which kinds first occur.

    Returns
    -------
    kind_of, firsts
        For each row the number of its kind, and for each kind the position of its first row.
    """
    kind_of: npt.NDArray[np.int64] | None = None
    for column in columns:
        number, distinct = pd.factorize(column, use_na_sentinel=True)
        if kind_of is None:
            kind_of, _ = pd.factorize(number)
        elif len(distinct):
            # Where nothing stands in a column at all, it tells no rows apart.
            kind_of, _ = pd.factorize(kind_of * (len(distinct) + 1) + number)
    if kind_of is None:
        msg = "no columns"
        raise ValueError(msg)
    _, firsts = np.unique(kind_of, return_index=True)
    return kind_of.astype(np.int32), firsts


def objects(values: Sequence[object]) -> npt.NDArray[np.object_]:
    """Return values as an array of objects, lists and tuples among them whole."""
    return np.fromiter(values, dtype=np.object_, count=len(values))
