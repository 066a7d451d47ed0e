"""
Rows as text of pieces: each distinct piece is made once, and all are laid out by one copy.

A table of cameras has forty columns, most of which say few things. Rows name their pieces by
numbers, and Arrow puts those one after another: no column of joined, quoted or escaped texts is
made for all rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

ROWS_AT_ONCE: Final = 8_000
"""So many that the distinct pieces are few beside the rows, and their text some megabytes."""

_LOOKED_AT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """
    One piece of each row.

    Attributes
    ----------
    texts
        The pieces that there are; none is missing.
    rows
        Of each row, the number of its piece; of one alone, which every row has, the number.
    """

    texts: pa.StringArray
    rows: npt.NDArray[np.int32] | int

    @classmethod
    def same(cls, text: str) -> "Pieces":
        """Give every row the same piece."""
        return cls(pa.array([text], pa.string()), 0)

    @classmethod
    def one_each(cls, texts: pa.StringArray) -> "Pieces":
        """Give each row a piece of its own."""
        return cls(texts, np.arange(len(texts), dtype=np.int32))

    @classmethod
    def of(cls, values: pa.Array, in_words: Callable[[pa.Array], pa.StringArray]) -> "Pieces":
        """
        Write each distinct value once; a row without a value has an empty piece.

        Parameters
        ----------
        values
            Of a dictionary only what stands in a row is written.
        in_words
            Turns values into as many texts; what is missing stays so.
        """
        if values.null_count == len(values):
            return cls.same("")
        if pa.types.is_dictionary(values.type):
            used = values.indices.dictionary_encode()
            distinct, rows = values.dictionary.take(used.dictionary), used.indices
        else:
            # Ids and addresses stand once each: to tell them apart takes longer than to write them.
            first = values.slice(0, _LOOKED_AT)
            if 2 * len(first.unique()) > len(first):
                return cls.one_each(pc.fill_null(in_words(values), ""))
            coded = values.dictionary_encode()
            distinct, rows = coded.dictionary, coded.indices
        texts = pa.concat_arrays([in_words(distinct), pa.array([""], pa.string())])
        return cls(texts, pc.fill_null(rows, len(texts) - 1).to_numpy())


def holds_any(texts: pa.StringArray, letters: bytes) -> bool:
    """Whether one of the texts holds one of these bytes."""
    # One look at all bytes, where a regular expression looks at each text.
    _is_there, ends, together = texts.buffers()
    if together is None:
        return False
    first, last = (np.frombuffer(ends, np.int32)[texts.offset + at] for at in (0, len(texts)))
    held = together.slice(int(first), int(last - first)).to_pybytes()
    return len(held.translate(None, delete=letters)) < len(held)


def parts_of_rows(row_count: int) -> Iterator[slice]:
    """Yield the rows in parts of ``ROWS_AT_ONCE``."""
    for start in range(0, row_count, ROWS_AT_ONCE):
        yield slice(start, min(start + ROWS_AT_ONCE, row_count))


def laid_out(columns: Sequence[Pieces], row_count: int) -> pa.Buffer:
    """Return the text of rows: the pieces of the first one after another, then the next row's."""
    numbers = np.empty((row_count, len(columns)), dtype=np.int32)
    start = 0
    for place, column in enumerate(columns):
        numbers[:, place] = column.rows
        numbers[:, place] += start
        start += len(column.texts)
    texts = pa.concat_arrays([column.texts for column in columns])
    # What Arrow takes in this order lies in one buffer, which is the text.
    _is_there, ends, text = texts.take(pa.array(numbers.ravel())).buffers()
    return text.slice(0, int(np.frombuffer(ends, dtype=np.int32)[numbers.size]))
