"""The observations behind devices, each column searched once for its values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.resolve.observation_table import OBSERVATION_FIELDS
from mapper.resolve.text_categories import categorised, taken, together, without
from mapper.validate.values_asked import Mask

Rows = npt.NDArray[np.int64]

OBSERVATION_NAMES: Final = (*OBSERVATION_FIELDS, *PUBLISHED_TAGS, "withheld_keys")
"""Columns of a published ``observations_<source>``, in released order."""


@dataclass(frozen=True, slots=True)
class ObservedTags:
    """
    The tags of all observations.

    Attributes
    ----------
    observations
        By source, in order.
    tags
        One row per observation: a text column for every key of ``PUBLISHED_TAGS`` and
        ``PRIVACY_TAGS``.
    device_of
        The place of each observation's device, -1 where it has none.
    """

    observations: Mapping[str, pd.DataFrame]
    tags: pd.DataFrame
    device_of: Rows

    @classmethod
    def of(
        cls, devices: gpd.GeoDataFrame, observations: Mapping[str, pd.DataFrame]
    ) -> "ObservedTags":
        """
        Lay out the observations behind devices.

        Parameters
        ----------
        devices
            Index ``camera_id``; columns ``source_id`` and ``source_ref``.
        observations
            By source; ``source_ref`` and a text column for every key of the tags.
        """
        by_source = dict(sorted(observations.items()))
        columns = {
            key: together([frame[key] for frame in by_source.values()])
            for key in (*PUBLISHED_TAGS, *PRIVACY_TAGS)
        }
        return cls(by_source, pd.DataFrame(columns, copy=False), _device_of(devices, by_source))

    def of_devices(self, count: int) -> pd.DataFrame:
        """Return the tags of so many devices, one row each; empty where none was observed."""
        # Nearly always every observation is a device, and in the same order.
        if np.array_equal(self.device_of, np.arange(count)):
            return self.tags
        observed = np.full(count, -1, dtype=np.int64)
        has_device = np.flatnonzero(self.device_of >= 0)
        observed[self.device_of[has_device]] = has_device
        return self.tags.reindex(observed).reset_index(drop=True)

    def published(
        self, is_kept: Mask, blanked: Mapping[str, Mask]
    ) -> Iterator[tuple[str, pd.DataFrame]]:
        """
        Yield by source the observations of published devices, sorted by their references.

        The privacy tags are not among them, nor are blanked values, also not among the categories
        of a column.

        Parameters
        ----------
        is_kept
            Whether each device is published.
        blanked
            By key, whether each device's value is left out.
        """
        begin = 0
        for source_id, frame in self.observations.items():
            own = np.arange(begin, begin + len(frame))
            begin += len(frame)
            refs = frame["source_ref"].to_numpy(dtype=object)
            device_of = self.device_of[own]
            order = in_order(refs, np.flatnonzero((device_of >= 0) & is_kept[device_of]))
            hidden = {key: mask[device_of[order]] for key, mask in blanked.items()}
            # Column by column, for a selection of rows and one of columns would copy the table
            # twice.
            columns = {name: taken(frame[name], order) for name in OBSERVATION_NAMES[:-1]}
            for key, mask in hidden.items():
                columns[key] = without(columns[key], np.flatnonzero(mask))
            columns["withheld_keys"] = _names_of(hidden, len(order))
            yield source_id, pd.DataFrame(columns, copy=False)


def camera_ids(source_id: str, frame: pd.DataFrame) -> pd.Index:
    """Return the ids of a source's observations as an index."""
    ids = [f"{source_id}:{source_ref}" for source_ref in frame["source_ref"].tolist()]
    return pd.Index(ids, dtype=object)


def _device_of(devices: gpd.GeoDataFrame, by_source: Mapping[str, pd.DataFrame]) -> Rows:
    ids = [camera_ids(source_id, frame) for source_id, frame in by_source.items()]
    index = pd.Index(np.concatenate([np.empty(0, dtype=object), *ids]), dtype=object)
    # Nearly always every observation is a device, and in the same order.
    if index.equals(devices.index):
        return np.arange(len(index))
    return np.asarray(devices.index.get_indexer(index), dtype=np.int64)


def in_order(refs: npt.NDArray[np.object_], rows: Rows) -> Rows:
    """Sort rows by their references, sign by sign."""
    # Arrow sorts by bytes, which is the order of signs; only a broken text has none in UTF-8.
    if all(map(str.isascii, refs)):
        order = pc.sort_indices(pa.array(refs[rows], pa.string()))
        return rows[np.asarray(order, dtype=np.int64)]
    return np.array(sorted(rows, key=refs.__getitem__), dtype=np.int64)


def _names_of(hidden: Mapping[str, Mask], count: int) -> pd.Series:
    """Name the keys of each row that are hidden, separated by semicolons."""
    number = np.zeros(count, dtype=np.int64)
    for place, is_hidden in enumerate(hidden.values()):
        number[is_hidden] |= 1 << place
    number_of, kinds = pd.factorize(number)
    texts = [
        ";".join(key for place, key in enumerate(hidden) if kind >> place & 1) or None
        for kind in kinds.tolist()
    ]
    return pd.Series(categorised(np.array(texts, dtype=object)).take(number_of))
