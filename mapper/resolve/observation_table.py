"""Observations as a table: one row per object of a source, in natural order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.model.observation import Observation, Reading, Reject
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS

TAG_COLUMNS: tuple[str, ...] = (*PUBLISHED_TAGS, *PRIVACY_TAGS)
"""The tag columns of a table; those of ``PRIVACY_TAGS`` never reach a release."""

# 18 digits are the most that surely fit into 64 bits.
_KIND_AND_NUMBER = r"^(?P<kind>[A-Za-z]+)/0*(?P<number>[0-9]{1,18})$"
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
        ``snapshot_sha256`` and ``TAG_COLUMNS``; texts are ``str`` or None.
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
    if all(map(str.isascii, source_refs)):
        parts = pc.extract_regex(pa.array(source_refs, pa.string()), _KIND_AND_NUMBER)
        if not parts.null_count:
            kinds, numbers, refs = parts.field("kind"), parts.field("number"), source_refs
            table = {"kind": kinds, "number": numbers.cast(pa.int64()), "ref": refs}
            by = [(name, "ascending") for name in table]
            return np.asarray(pc.sort_indices(pa.table(table), sort_keys=by), dtype=np.int64)
    in_order = sorted(range(len(source_refs)), key=lambda row: natural_key(source_refs[row]))
    return np.array(in_order, dtype=np.int64)


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


def _table(readings: Iterable[Reading]) -> ObservationTable:
    latest: dict[str, tuple[Observation, str]] = {}
    superseded: list[Reject] = []
    for reading in readings:
        for observation in reading.observations:
            candidate = (observation, reading.snapshot.sha256)
            earlier = latest.setdefault(observation.source_ref, candidate)
            if earlier is candidate:
                continue
            kept, left = sorted((earlier, candidate), key=_age, reverse=True)
            latest[observation.source_ref] = kept
            superseded.append(_reject(left[0]))
    refs = list(latest)
    rows = [latest[refs[row]] for row in natural_order(refs)]
    return ObservationTable(_frame(rows), tuple(superseded))


def _age(row: tuple[Observation, str]) -> tuple[int, str, str]:
    observation, sha256 = row
    # A reading without versions loses against one that has them.
    return observation.version or 0, observation.edited_on or "", sha256


def _reject(observation: Observation) -> Reject:
    return Reject(
        observation.source_id,
        observation.source_ref,
        "the same object stands in another reading, in this or a later version",
    )


def _frame(rows: Sequence[tuple[Observation, str]]) -> pd.DataFrame:
    seen = [observation for observation, _ in rows]
    columns: dict[str, pd.Series] = {
        "source_ref": _texts(observation.source_ref for observation in seen),
        "lon_deg": pd.Series([observation.lon_deg for observation in seen], dtype=np.float64),
        "lat_deg": pd.Series([observation.lat_deg for observation in seen], dtype=np.float64),
        "geometry_kind": _texts(observation.geometry_kind.value for observation in seen),
        "device_role": _texts(observation.device_role.value for observation in seen),
        "version": pd.Series([observation.version for observation in seen], dtype="Int64"),
        "edited_on": _texts(observation.edited_on for observation in seen),
        "location_precision_m": pd.Series(
            [observation.location_precision_m for observation in seen], dtype=np.float64
        ),
        "text_cleaned": pd.Series([observation.text_cleaned for observation in seen], dtype=bool),
        "text_cut": pd.Series([observation.text_cut for observation in seen], dtype=bool),
        "snapshot_sha256": _texts(sha256 for _, sha256 in rows),
    }
    return pd.DataFrame(columns | _tag_columns(seen))


def _tag_columns(seen: Sequence[Observation]) -> dict[str, pd.Series]:
    columns: dict[str, list[str | None]] = {key: [None] * len(seen) for key in TAG_COLUMNS}
    for row, observation in enumerate(seen):
        for key, value in observation.tags.items():
            columns[key][row] = value
    return {key: _texts(values) for key, values in columns.items()}


def _texts(values: Iterable[str | None]) -> pd.Series:
    cells = list(values)
    # Given as an array of objects, for pandas looks at each value of a list to guess its type.
    column = np.empty(len(cells), dtype=object)
    column[:] = cells
    return pd.Series(column, dtype=object, copy=False)
