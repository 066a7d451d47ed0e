"""Candidates of a file: nodes as columns, and the few others one by one."""

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mapper.clean.coordinates import LAT_DEG_MAX, LON_DEG_MAX
from mapper.clean.text import CleanTags
from mapper.model.observation import Observation, Reject
from mapper.model.observation_columns import ObservationColumns
from mapper.sources.osm.elements import ID_MAX, TYPES, VERSION_MAX, Candidate, Collector
from mapper.sources.osm.info import INFO
from mapper.sources.osm.node_columns import NodeColumns, joined
from mapper.sources.osm.tag_sets import TagSets

_NODE = TYPES[0]
_ORDER = {osm_type: order for order, osm_type in enumerate(TYPES)}


class ColumnCollector(Collector):
    """
    A collector that takes nodes as columns too, and gives columns.

    Attributes
    ----------
    tag_sets
        The sets of tags that the nodes are told by.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tag_sets = TagSets()
        self._nodes: list[NodeColumns] = []
        self._sorted_ids = np.empty(0, np.int64)

    def __len__(self) -> int:
        """Count the candidates."""
        return super().__len__() + sum(map(len, self._nodes))

    def holds(self, osm_type: str, osm_id: int) -> bool:
        """Tell whether the object was handed in."""
        return super().holds(osm_type, osm_id) or (osm_type == _NODE and self._has_node(osm_id))

    def take_nodes(self, nodes: NodeColumns) -> None:
        """Take nodes with their positions, whatever these are."""
        is_sound = _is_sound(nodes)
        # Each of the others is refused by `take`, which says why.
        for row in np.flatnonzero(~is_sound):
            self._refuse(nodes, int(row))
        self._nodes.append(nodes.rows(is_sound))

    def sorted_result(self) -> tuple[Sequence[Observation], tuple[Reject, ...]]:
        """Return observations, as columns, and rejects; see ``Collector``."""
        nodes = joined(self._nodes)
        # Of a node that stands in the file more than once all copies are compared as objects.
        others = [_number(each) for each in self._observations if each.source_ref.startswith(_NODE)]
        is_alone = ~(_is_repeated(nodes.ids) | np.isin(nodes.ids, np.array(others, np.int64)))
        if not is_alone.all():
            self._observations.extend(_in_order(nodes.rows(~is_alone), self.tag_sets, ()))
        objects, rejects = super().sorted_result()
        return _in_order(nodes.rows(is_alone), self.tag_sets, objects), rejects

    def _has_node(self, osm_id: int) -> bool:
        if len(self._sorted_ids) < sum(map(len, self._nodes)):
            self._sorted_ids = np.sort(joined(self._nodes).ids)
        at = int(np.searchsorted(self._sorted_ids, osm_id))
        return at < len(self._sorted_ids) and int(self._sorted_ids[at]) == osm_id

    def _refuse(self, nodes: NodeColumns, row: int) -> None:
        version = int(nodes.versions[row]) if nodes.is_dated[row] else None
        candidate = Candidate(_NODE, int(nodes.ids[row]), {}, version, nodes.days[row])
        self.take(candidate, float(nodes.lon_deg[row]), float(nodes.lat_deg[row]))


def _is_sound(nodes: NodeColumns) -> npt.NDArray[np.bool_]:
    """Tell which nodes nothing is wrong with, by the bounds of ``Collector.take``."""
    lon_deg, lat_deg = nodes.lon_deg, nodes.lat_deg
    is_there = (abs(lon_deg) <= LON_DEG_MAX) & (abs(lat_deg) <= LAT_DEG_MAX)
    is_there &= (lon_deg != 0) | (lat_deg != 0)
    is_uploaded = (nodes.ids >= 1) & (nodes.ids <= ID_MAX)
    is_version = ~nodes.is_dated | (nodes.versions <= VERSION_MAX)
    sound: npt.NDArray[np.bool_] = is_there & is_uploaded & is_version
    return sound


def _is_repeated(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    _, rows, counts = np.unique(ids, return_inverse=True, return_counts=True)
    repeated: npt.NDArray[np.bool_] = counts[rows] > 1
    return repeated


def _number(observation: Observation) -> int:
    return int(observation.source_ref.rpartition("/")[2])


def _in_order(
    nodes: NodeColumns, tag_sets: TagSets, others: Sequence[Observation]
) -> ObservationColumns:
    """Lay out nodes and other observations together, sorted by type and id."""
    types = np.array([_ORDER[each.source_ref.partition("/")[0]] for each in others], np.int64)
    types = np.concatenate([np.zeros(len(nodes), np.int64), types])
    ids = np.concatenate([nodes.ids, np.array(list(map(_number, others)), np.int64)])
    patterns = [_pattern(each) for each in tag_sets.sets]
    pattern_rows = np.concatenate([nodes.tag_sets, np.arange(len(others)) + len(patterns)])
    lon_deg = np.concatenate([nodes.lon_deg, [each.lon_deg for each in others]])
    lat_deg = np.concatenate([nodes.lat_deg, [each.lat_deg for each in others]])
    versions = np.full(len(ids), None, object)
    versions[: len(nodes)][nodes.is_dated] = nodes.versions[nodes.is_dated]
    versions[len(nodes) :] = [each.version for each in others]
    days = np.full(len(ids), None, object)
    days[: len(nodes)] = nodes.days
    days[len(nodes) :] = [each.edited_on for each in others]
    order = np.lexsort((ids, types))
    numbers = zip(types[order].tolist(), ids[order].tolist(), strict=True)
    return ObservationColumns(
        patterns=(*patterns, *others),
        pattern_rows=array("q", pattern_rows[order].astype(np.int64).tobytes()),
        source_refs=[f"{TYPES[osm_type]}/{osm_id}" for osm_type, osm_id in numbers],
        lon_deg=array("d", lon_deg[order].tobytes()),
        lat_deg=array("d", lat_deg[order].tobytes()),
        versions=versions[order].tolist(),
        edited_on=days[order].tolist(),
    )


def _pattern(tags: CleanTags) -> Observation:
    """Return an observation that stands nowhere, with tags that many nodes have."""
    return Observation(
        source_id=INFO.source_id,
        source_ref="",
        lon_deg=0.0,
        lat_deg=0.0,
        tags=tags.tags,
        text_cleaned=tags.cleaned,
        text_cut=tags.cut,
    )
