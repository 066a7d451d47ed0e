"""Which object of OpenStreetMap each reference names, read as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# 18 digits are the most that surely fit into 64 bits.
_OBJECT = r"^(?P<kind>node|way|relation)/(?P<number>[0-9]{1,18})$"


@dataclass(frozen=True, slots=True)
class OsmObjects:
    """
    The objects that references name, as long as these.

    Attributes
    ----------
    is_object
        Whether the reference has the form of one: ``node/12``.
    is_node
        Whether it is a node; ways and relations have ids of their own.
    osm_ids
        The ids; 0 where it is none.
    """

    is_object: npt.NDArray[np.bool_]
    is_node: npt.NDArray[np.bool_]
    osm_ids: npt.NDArray[np.int64]

    @classmethod
    def of(cls, source_refs: Sequence[str]) -> "OsmObjects":
        """Read references; those of other forms are objects of no kind."""
        parts = pc.extract_regex(pa.array(source_refs, pa.string()), _OBJECT)
        is_object = np.asarray(parts.is_valid())
        is_node = np.asarray(pc.equal(parts.field("kind"), "node").fill_null(fill_value=False))
        # A reference of another form is null as a whole, and its parts are empty texts.
        numbers = pc.if_else(parts.is_valid(), parts.field("number"), "0").cast(pa.int64())
        return cls(is_object, is_node & is_object, np.asarray(numbers, dtype=np.int64))
