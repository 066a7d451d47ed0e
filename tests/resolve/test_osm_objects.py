"""References of OpenStreetMap are read as columns, as one regular expression reads each."""

import re

from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.osm_objects import OsmObjects

_OBJECT = re.compile(r"(node|way|relation)/([0-9]{1,18})", re.ASCII)
_REFS = st.one_of(
    st.from_regex(_OBJECT, fullmatch=True),
    st.sampled_from(["node/", "node/1\n", "Node/1", "node/1/2", "node/\u0661", "1", "", "node/-1"]),
    st.integers(0, 10**19).map("node/{}".format),
    st.text(max_size=6),
)


@given(st.lists(_REFS, max_size=20))
def test_every_reference_is_read_as_it_is_alone(refs: list[str]) -> None:
    objects = OsmObjects.of(refs)
    matches = [_OBJECT.fullmatch(ref) for ref in refs]
    assert objects.is_object.tolist() == [match is not None for match in matches]
    assert objects.is_node.tolist() == [
        match is not None and match[1] == "node" for match in matches
    ]
    assert objects.osm_ids.tolist() == [int(match[2]) if match else 0 for match in matches]
