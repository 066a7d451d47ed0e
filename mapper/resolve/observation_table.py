"""Observations as a table: one row per object of a source, in natural order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.model.observation import Reading, Reject
from mapper.model.observation_columns import ObservationColumns
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.resolve.text_categories import categorised, together
from mapper.resolve.values import texts

TAG_COLUMNS: tuple[str, ...] = (*PUBLISHED_TAGS, *PRIVACY_TAGS)
"""The tag columns of a table; those of ``PRIVACY_TAGS`` never reach a release."""

OBSERVATION_FIELDS: Final = (
    "source_ref",
    "lon_deg",
    "lat_deg",
    "geometry_kind",
    "device_role",
    "version",
    "edited_on",
    "location_precision_m",
    "text_cleaned",
    "text_cut",
    "snapshot_sha256",
)
"""Fields of an observation before its tags, in released order."""

# The most that surely fit into 64 bits.
_DIGITS_MAX = 18
_NUMBERS = re.compile(r"([0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ObservationTable:
    """
    The observations of one source.

    Attributes
    ----------
    frame
        One row per object in the natural order of ``source_ref`` (unique): ``source_ref``,
        ``lon_deg``, ``lat_deg``, ``geometry_kind``, ``device_role``, ``version`` (Int64),
        ``edited_on``, ``location_precision_m``, ``text_cleaned``, ``text_cut``,
        ``snapshot_sha256`` and ``TAG_COLUMNS``; texts are categories, but for ``source_ref``.
    superseded
        Rows of objects that another reading describes too, in a later version.
    """

    frame: pd.DataFrame
    superseded: tuple[Reject, ...]


def natural_key(source_ref: str) -> tuple[object, ...]:
    """
    Return the key that sorts references as people do: ``node/9`` before ``node/10``.

    Numbers are compared by their length first, so that no text is too long to be one.
    """
    # OpenStreetMap's references, which are nearly all, and are sorted three times a build.
    kind, slash, digits = source_ref.partition("/")
    if kind.isalpha() and digits.isascii() and digits.isdigit():
        number = digits.lstrip("0")
        return (kind + slash, len(number), number, "", 0, "", source_ref)
    return _key_of_parts(source_ref)


def natural_order(source_refs: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the positions of references in the order of `natural_key`, equal ones as given."""
    # OpenStreetMap's references are sorted as columns, without a key for each of them.
    if (table := _kinds_and_numbers(source_refs)) is not None:
        by = [(name, "ascending") for name in table.column_names]
        return np.asarray(pc.sort_indices(table, sort_keys=by), dtype=np.int64)
    in_order = sorted(range(len(source_refs)), key=lambda row: natural_key(source_refs[row]))
    return np.array(in_order, dtype=np.int64)


def _kinds_and_numbers(source_refs: Sequence[str]) -> pa.Table | None:
    """Return references as ``kind``, ``number`` and ``ref``; None where one has no such parts."""
    joined = "".join(source_refs)
    if not joined.isascii():
        return None
    # A sign is a byte, so the texts are laid out by their lengths; one by one takes thrice as long.
    ends = np.cumsum(np.fromiter(map(len, source_refs), np.int64, count=len(source_refs)))
    offsets = pa.py_buffer(np.concatenate([[0], ends]).astype(np.int64))
    refs = pa.LargeStringArray.from_buffers(
        len(source_refs), offsets, pa.py_buffer(joined.encode("ascii"))
    )
    parts = pc.split_pattern(refs, "/")
    if not pc.all(pc.equal(pc.list_value_length(parts), 2)).as_py():
        return None
    kinds, digits = pc.list_element(parts, 0), pc.list_element(parts, 1)
    is_number = pc.and_(
        pc.ascii_is_decimal(digits), pc.less_equal(pc.binary_length(digits), _DIGITS_MAX)
    )
    if not pc.all(pc.and_(pc.ascii_is_alpha(kinds), is_number)).as_py():
        return None
    return pa.table({"kind": kinds, "number": digits.cast(pa.int64()), "ref": refs})


def _key_of_parts(source_ref: str) -> tuple[object, ...]:
    parts = _NUMBERS.split(source_ref)
    # "007" and "7" compare alike here; the reference itself, last in the key, tells them apart.
    numbers = [digits.lstrip("0") for digits in parts[1::2]]
    paired = [
        value
        for text, digits in zip(parts[::2], [*numbers, ""], strict=True)
        for value in (text, len(digits), digits)
    ]
    return (*paired, source_ref)


def observation_tables(readings: Sequence[Reading]) -> dict[str, ObservationTable]:
    """
    Lay out all readings, source by source.

    Parameters
    ----------
    readings
        In any order; several of one source may overlap.

    Returns
    -------
    dict of str to ObservationTable
        By ``source_id``, sorted. Where two readings hold the same object, the higher version
        counts, then the later edit; equal ones are told apart by the hash of the snapshot.
    """
    by_source: dict[str, list[Reading]] = {}
    # By their bytes, so that the order in which files were named does not matter.
    for reading in sorted(readings, key=lambda reading: reading.snapshot.sha256):
        by_source.setdefault(reading.snapshot.source_id, []).append(reading)
    return {source_id: _table(by_source[source_id]) for source_id in sorted(by_source)}


def _table(readings: Sequence[Reading]) -> ObservationTable:
    frames = [_frame(reading) for reading in readings]
    frame = pd.DataFrame(
        {name: together([each[name] for each in frames]) for name in frames[0]}, copy=False
    )
    repeats = frame["source_ref"].duplicated().to_numpy()
    superseded: tuple[Reject, ...] = ()
    if repeats.any():
        source_id = readings[0].snapshot.source_id
        superseded = tuple(_reject(source_id, ref) for ref in frame["source_ref"][repeats])
        frame = frame.iloc[_latest(frame)]
    order = natural_order(frame["source_ref"].tolist())
    if (order[1:] < order[:-1]).any():
        frame = frame.iloc[order]
    return ObservationTable(frame.reset_index(drop=True), superseded)


def _latest(frame: pd.DataFrame) -> list[int]:
    """Return the position of the row that counts for each reference, in any order."""
    ages = zip(
        # A reading without versions loses against one that has them.
        frame["version"].fillna(0).tolist(),
        [day or "" for day in texts(frame, "edited_on")],
        frame["snapshot_sha256"].tolist(),
        strict=True,
    )
    latest: dict[str, tuple[tuple[int, str, str], int]] = {}
    for row, (ref, age) in enumerate(zip(frame["source_ref"], ages, strict=True)):
        if ref not in latest or age > latest[ref][0]:
            latest[ref] = age, row
    return [row for _, row in latest.values()]


def _reject(source_id: str, source_ref: str) -> Reject:
    return Reject(
        source_id,
        source_ref,
        "the same object stands in another reading, in this or a later version",
    )


def _frame(reading: Reading) -> pd.DataFrame:
    seen = ObservationColumns.of(reading.observations)
    rows = np.asarray(seen.pattern_rows, dtype=np.int64)
    patterns = seen.patterns
    numbers: dict[str, Any] = {
        "lon_deg": np.asarray(seen.lon_deg, dtype=np.float64),
        "lat_deg": np.asarray(seen.lat_deg, dtype=np.float64),
        "version": pd.Series(seen.versions, dtype="Int64"),
        "location_precision_m": np.array(
            [each.location_precision_m for each in patterns], np.float64
        )[rows],
        "text_cleaned": np.array([each.text_cleaned for each in patterns], bool)[rows],
        "text_cut": np.array([each.text_cut for each in patterns], bool)[rows],
    }
    pattern_texts = {
        "geometry_kind": _texts([each.geometry_kind.value for each in patterns]),
        "device_role": _texts([each.device_role.value for each in patterns]),
        **_tag_columns([each.tags for each in patterns]),
    }
    sha256 = categorised(_texts([reading.snapshot.sha256]))
    columns = {
        "source_ref": _texts(seen.source_refs),
        "edited_on": categorised(_texts(seen.edited_on)),
        "snapshot_sha256": sha256.take(np.zeros(len(rows), np.int64)),
        **numbers,
        # Of the patterns, of which there are few, and not of the rows.
        **{name: categorised(cells).take(rows) for name, cells in pattern_texts.items()},
    }
    # With its type, for pandas would look at every text to guess it.
    typed = {
        name: pd.Series(columns[name], dtype=columns[name].dtype, copy=False)
        for name in (*OBSERVATION_FIELDS, *TAG_COLUMNS)
    }
    return pd.DataFrame(typed, copy=False)


def _tag_columns(patterns: Sequence[Mapping[str, str]]) -> dict[str, npt.NDArray[np.object_]]:
    columns: dict[str, list[str | None]] = {key: [None] * len(patterns) for key in TAG_COLUMNS}
    for row, tags in enumerate(patterns):
        for key, value in tags.items():
            columns[key][row] = value
    return {key: _texts(values) for key, values in columns.items()}


def _texts(values: Sequence[str | None]) -> npt.NDArray[np.object_]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
