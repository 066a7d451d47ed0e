"""
Camera nodes of a JSON body as columns, without an object in Python for each.

Nearly all elements of a body are nodes whose fields have the types that OpenStreetMap gives them.
Of those the tags are read once for each different set; whatever is odd goes another way, element by
element, and is told what is wrong with it there.
"""

import numpy as np

from mapper.sources.osm.elements import ID_MAX, VERSION_MAX, known_edit
from mapper.sources.osm.json_elements import Element, instant_of, whole
from mapper.sources.osm.node_columns import NodeColumns
from mapper.sources.osm.tag_sets import NO_CAMERA, TagSets

_TEXT_ALONE = {str}


class JsonNodes:
    """
    Gathers nodes that are candidates.

    Parameters
    ----------
    tag_sets
        Gains the sets of tags that it has not met.
    """

    def __init__(self, tag_sets: TagSets) -> None:
        self._tag_sets = tag_sets
        self._ids: list[int] = []
        self._versions: list[int | None] = []
        self._days: list[str | None] = []
        self._numbers: list[int] = []
        self._lon_deg: list[float] = []
        self._lat_deg: list[float] = []

    def __len__(self) -> int:
        """Count the nodes that were taken."""
        return len(self._ids)

    def take(self, node: Element) -> bool:
        """
        Take a node, where it is a candidate; wherever it stands, for that is looked at later.

        Returns
        -------
        bool
            False for a node that cannot be told in columns, and has to be read as an object.
        """
        tags, lon_deg, lat_deg = node.get("tags"), node.get("lon"), node.get("lat")
        if not isinstance(lon_deg, float) or not isinstance(lat_deg, float):
            return False
        if not isinstance(tags, dict) or set(map(type, tags.values())) != _TEXT_ALONE:
            return False
        osm_id = whole(node["id"])
        # Larger ones have no room in a column.
        if not 1 <= osm_id <= ID_MAX:
            return False
        version, day = known_edit(whole(node.get("version")), instant_of(node.get("timestamp")))
        if version is not None and version > VERSION_MAX:
            return False
        number = self._tag_sets.number_of_tags(tags)
        if number != NO_CAMERA:
            self._ids.append(osm_id)
            self._versions.append(version)
            self._days.append(day)
            self._numbers.append(number)
            self._lon_deg.append(lon_deg)
            self._lat_deg.append(lat_deg)
        return True

    def columns(self) -> NodeColumns:
        """Return the nodes in the order in which they were taken."""
        return NodeColumns(
            ids=np.array(self._ids, np.int64),
            versions=np.array([version or 0 for version in self._versions], np.int64),
            is_dated=np.array([version is not None for version in self._versions], np.bool_),
            days=np.array(self._days, np.object_),
            tag_sets=np.array(self._numbers, np.int64),
            lon_deg=np.array(self._lon_deg, np.float64),
            lat_deg=np.array(self._lat_deg, np.float64),
        )
