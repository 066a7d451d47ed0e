"""
Camera nodes as columns, without an object in Python for each.

libosmium filters the nodes and writes them as OPL, a line each, and Arrow reads that as a table: a
twentieth of the time that one call for each part of each node takes. What stands in them is then
read once for each different set of tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import osmium
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from mapper.sources.osm.block_reader import CameraBlocks
from mapper.sources.osm.elements import known_edit
from mapper.sources.osm.tag_sets import NO_CAMERA, TagSets

# As OPL writes a node without the user: n17 v3 dV t2024-05-06T07:08:09Z Tname=A x24.9 y60.1
_METADATA = "add_metadata=version+timestamp"
_NAMES = ("id", "version", "visible", "timestamp", "tags", "lon_deg", "lat_deg")
_DAY_CHARS = 10
# What libosmium holds of blocks is written as seven times as much at most; more than this is no
# map, and is read object by object.
_OPL_BYTES_MAX = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """
    Nodes that are candidates, in the order of their file; one array each, of one length.

    Attributes
    ----------
    ids, versions
        As in the file, whatever they are.
    is_dated
        Whether version and day are known, as ``known_edit`` tells.
    days
        ISO days of the last edits, in UTC; only of those that are dated.
    tag_sets
        Positions in ``TagSets.sets``.
    lon_deg, lat_deg
        As in the file, in degrees.
    """

    ids: npt.NDArray[np.int64]
    versions: npt.NDArray[np.int64]
    is_dated: npt.NDArray[np.bool_]
    days: npt.NDArray[np.object_]
    tag_sets: npt.NDArray[np.int64]
    lon_deg: npt.NDArray[np.float64]
    lat_deg: npt.NDArray[np.float64]

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.ids)

    def rows(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "NodeColumns":
        """Return some of the nodes, by truths or positions."""
        return NodeColumns(
            self.ids[which],
            self.versions[which],
            self.is_dated[which],
            self.days[which],
            self.tag_sets[which],
            self.lon_deg[which],
            self.lat_deg[which],
        )


def joined(parts: Sequence[NodeColumns]) -> NodeColumns:
    """Return nodes of several parts of a file, in their order."""
    no_days = np.empty(0, object)
    return NodeColumns(
        np.concatenate([np.empty(0, np.int64), *(part.ids for part in parts)]),
        np.concatenate([np.empty(0, np.int64), *(part.versions for part in parts)]),
        np.concatenate([np.empty(0, bool), *(part.is_dated for part in parts)]),
        np.concatenate([no_days, *(part.days for part in parts)]),
        np.concatenate([np.empty(0, np.int64), *(part.tag_sets for part in parts)]),
        np.concatenate([np.empty(0), *(part.lon_deg for part in parts)]),
        np.concatenate([np.empty(0), *(part.lat_deg for part in parts)]),
    )


def node_columns(blocks: CameraBlocks, sets: TagSets) -> NodeColumns | None:
    """
    Read the camera nodes of blocks.

    Parameters
    ----------
    sets
        Gains the sets of tags that it has not met.

    Returns
    -------
    NodeColumns or None
        None where a node cannot be read in this way, as one without a position or with tags that
        OPL does not have as they are; the objects themselves tell what is wrong with it.
    """
    if not blocks.fit_opl():
        return None
    with TemporaryDirectory(prefix="nodes-") as folder:
        path = Path(folder) / "nodes.opl"
        try:
            blocks.write_nodes(osmium.io.File(str(path), f"opl,{_METADATA}"))
            table = _table(path)
        # libosmium's errors arrive as these, and Arrow's are of the second.
        except (RuntimeError, ValueError, OSError):
            return None
    return _columns(table, sets) if table is not None else None


def _table(path: Path) -> pa.Table | None:
    size = path.stat().st_size
    if size > _OPL_BYTES_MAX:
        return None
    texts = dict.fromkeys(_NAMES, pa.string())
    table = pa.schema(texts).empty_table()
    if size:
        table = csv.read_csv(
            path,
            # One block, since a node may be longer than any block but the whole.
            read_options=csv.ReadOptions(column_names=_NAMES, use_threads=False, block_size=size),
            # OPL quotes nothing: blanks, line ends and whatever separates are code points there.
            parse_options=csv.ParseOptions(delimiter=" ", quote_char=False),
            convert_options=csv.ConvertOptions(column_types=texts),
        )
    # Each value begins with the letter of its attribute. A node without a position has nothing
    # behind it, and Arrow refuses that as a number.
    bare = [pc.utf8_slice_codeunits(column, start=1) for column in table.columns]
    text, whole, decimal = pa.string(), pa.int64(), pa.float64()
    types = (whole, whole, text, text, text, decimal, decimal)
    columns = [column.cast(kind) for column, kind in zip(bare, types, strict=True)]
    return pa.table(columns, names=_NAMES)


def _columns(table: pa.Table, sets: TagSets) -> NodeColumns:
    versions = table["version"].to_numpy()
    days, is_day_known = _days(pc.utf8_slice_codeunits(table["timestamp"], 0, _DAY_CHARS))
    is_dated = is_day_known & (versions > 0)
    different = table["tags"].combine_chunks().dictionary_encode()
    numbers = np.array([sets.number_of(opl) for opl in different.dictionary.to_pylist()], np.int64)
    tag_sets = numbers[different.indices.to_numpy()]
    days[~is_dated] = None
    nodes = NodeColumns(
        table["id"].to_numpy(),
        versions,
        is_dated,
        days,
        tag_sets,
        table["lon_deg"].to_numpy(),
        table["lat_deg"].to_numpy(),
    )
    return nodes.rows(tag_sets != NO_CAMERA)


def _days(days: pa.ChunkedArray) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_]]:
    """Return days as one text for each different one, and whether a version counts beside them."""
    different = days.combine_chunks().dictionary_encode()
    texts = np.array(different.dictionary.to_pylist(), object)
    is_known = np.array([known_edit(1, day)[1] is not None for day in texts], bool)
    rows = different.indices.to_numpy()
    return texts[rows], is_known[rows]
