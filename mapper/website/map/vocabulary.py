"""The lists of words that the page's codes point into: kinds, vendors, zones, visibilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from mapper.errors import MapperError
from mapper.model.enums import STANDING, DeviceType, Lifecycle, Rung
from mapper.website.map import frame_columns
from mapper.website.map.frame_columns import EMPTY, Coded

KINDS: tuple[str, ...] = (
    DeviceType.CAMERA,
    DeviceType.PLATE_READER,
    DeviceType.ENFORCEMENT_CAMERA,
)
"""The kinds of camera in the order of their codes."""

RUNGS: tuple[str, ...] = (Rung.UNKNOWN, Rung.A, Rung.B, Rung.C)
"""The rungs in the order of their codes."""

LIFECYCLES: tuple[str, ...] = (
    Lifecycle.IN_USE,
    Lifecycle.UNKNOWN,
    Lifecycle.PLANNED,
    Lifecycle.ENDED,
)
"""The lifecycles in the order of their codes; those that stand come first."""

REST = "*"
"""Stands for all words too rare to be listed."""

_ZONES_MAX = 60
"""More would be no filter that a person can read."""

_VENDORS_MAX = 65_534
"""The vendor code has two bytes."""

_VISIBILITIES_MAX = 254

_COUNTRIES_MAX = 254

Codes = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """
    A list of words and the code of each row.

    Attributes
    ----------
    words
        Word of each code; None at code 0 is "not known".
    rows
        How many rows carry each code.
    counts
        How many of them stand: what a total of the page counts.
    codes
        One per row of the frame, in its order.
    """

    words: tuple[str | None, ...]
    rows: tuple[int, ...]
    counts: tuple[int, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Vocabularies:
    """All vocabularies of one release."""

    kinds: Vocabulary
    vendors: Vocabulary
    rungs: Vocabulary
    visibilities: Vocabulary
    zones: Vocabulary
    lifecycles: Vocabulary
    countries: Vocabulary
    stands: NDArray[np.bool_]
    """One per row of the frame: whether nothing says that the camera is planned or has ended."""


def vocabularies_of(cameras: gpd.GeoDataFrame) -> Vocabularies:
    """Read the vocabularies of a frame with the columns ``model.columns.CAMERA``."""
    stands = cameras["lifecycle"].isin(STANDING).to_numpy(dtype=np.bool_)

    def column(name: str) -> Coded[str]:
        return frame_columns.coded_texts(cameras, name)

    return Vocabularies(
        kinds=closed(column("device_type"), KINDS, stands),
        vendors=by_count(column("vendor_id"), _VENDORS_MAX, stands),
        rungs=closed(column("vendor_rung"), RUNGS, stands),
        visibilities=by_count(column("visibility"), _VISIBILITIES_MAX, stands),
        zones=by_count(column("zone"), _ZONES_MAX, stands),
        lifecycles=closed(column("lifecycle"), LIFECYCLES, stands),
        countries=by_count(column("country_code"), _COUNTRIES_MAX, stands),
        stands=stands,
    )


def closed(column: Coded[str], words: tuple[str, ...], stands: NDArray[np.bool_]) -> Vocabulary:
    """
    Code the values of a column by a closed list.

    Raises
    ------
    MapperError
        If a value is not in the list: an empty or a new word must not become another one.
    """
    code_of = {word: code for code, word in enumerate(words)}
    values = (*column.distinct, *([None] if (column.codes == EMPTY).any() else []))
    for value in values:
        if value not in code_of:
            msg = f"the page has no mark for {value!r}; it knows {', '.join(words)}"
            raise MapperError(msg)
    return _vocabulary(words, _recoded(column, [code_of[word] for word in column.distinct]), stands)


def by_count(column: Coded[str], words_max: int, stands: NDArray[np.bool_]) -> Vocabulary:
    """
    Code the values of an open column, the most frequent first, then by the alphabet.

    Code 0 is an empty value. Beyond ``words_max`` words the rarer ones share the last code,
    whose word is `REST`.
    """
    counted = column.counts()
    # The word that stands for the rest may not be anything else.
    counted.pop(REST, None)
    ranked = sorted(counted, key=lambda word: (-counted[word], word))[:words_max]
    code_of = {word: code for code, word in enumerate(ranked, start=1)}
    rest = len(ranked) + 1
    codes = _recoded(column, [code_of.get(value, rest) for value in column.distinct])
    words = (None, *ranked, REST) if (codes == rest).any() else (None, *ranked)
    return _vocabulary(words, codes, stands)


def _recoded(column: Coded[str], codes: Sequence[int]) -> Codes:
    """Return for each row the code given to its value; 0 where it has none."""
    # An empty row is numbered -1, and so takes the last.
    return np.array([*codes, 0], dtype=np.uint16)[column.codes]


def _vocabulary(
    words: tuple[str | None, ...], codes: Codes, stands: NDArray[np.bool_]
) -> Vocabulary:
    rows = np.bincount(codes, minlength=len(words))
    counts = np.bincount(codes[stands], minlength=len(words))
    return Vocabulary(words, tuple(rows.tolist()), tuple(counts.tolist()), codes)
