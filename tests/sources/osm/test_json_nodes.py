"""Nodes of a JSON body are taken as columns, and come out as those read one by one."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import SourceFormatError
from mapper.model.observation import Observation, Reading, Reject
from mapper.model.observation_columns import ObservationColumns
from mapper.model.progress import NoProgress
from mapper.sources.osm import json_nodes, read

ODD: st.SearchStrategy[object] = st.sampled_from(
    (None, True, 7, 1.5, [], {}, ["surveillance"], "12.5")
)
KEYS = st.sampled_from(("man_made", "highway", "disused:man_made", "name", "surveillance", "count"))
VALUES = st.sampled_from(
    ("surveillance", "speed_camera", "Mast;Surveillance", "yes", "", "\u017fpeed", "a\nb", "2")
)
USUAL = st.fixed_dictionaries(
    {
        "type": st.just("node"),
        "id": st.integers(1, 6),
        "lon": st.floats(-180, 180),
        "lat": st.floats(-90, 90),
        "tags": st.dictionaries(KEYS, VALUES).map(lambda tags: {"highway": "speed_camera"} | tags),
    },
    optional={
        "version": st.integers(1, 4),
        "timestamp": st.sampled_from(("2015-06-07T08:09:10Z", "2016-06-07T08:09:10Z")),
    },
)
NUMBERS = st.one_of(st.sampled_from((0.0, 0, 12, 180.0, 190.0, 90.5, 1e308)), ODD)
ODD_FIELDS = st.one_of(
    st.fixed_dictionaries({"id": st.sampled_from((-2, 0, 2**40, 2**40 + 1, 2**70, True))}),
    st.fixed_dictionaries({"lon": NUMBERS}),
    st.fixed_dictionaries({"lat": NUMBERS}),
    st.just({"lon": 0.0, "lat": 0.0}),
    st.fixed_dictionaries({"version": st.one_of(st.sampled_from((-1, 0, 2**31, 2**70)), ODD)}),
    st.fixed_dictionaries(
        {
            "version": st.just(1),
            "timestamp": st.one_of(st.sampled_from(("2015-02-31T00:00:00Z", "1970-01-01")), ODD),
        }
    ),
    st.fixed_dictionaries(
        {
            "tags": st.one_of(
                ODD,
                st.dictionaries(KEYS, st.one_of(VALUES, ODD)).map(
                    lambda tags: tags | {"highway": "speed_camera"}
                ),
            )
        }
    ),
)
NODES = st.one_of(USUAL, st.tuples(USUAL, ODD_FIELDS).map(lambda parts: parts[0] | parts[1]))

Told = tuple[tuple[Observation, ...], tuple[Reject, ...], tuple[str, ...]]


def reading_of(elements: list[dict[str, Any]]) -> Reading:
    relation = {
        "type": "relation",
        "id": 9,
        "tags": {"type": "enforcement", "enforcement": "maxspeed"},
        "members": [{"type": "node", "ref": ref, "role": "device"} for ref in (1, 2, 77)],
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answer.json"
        path.write_text(json.dumps({"version": 0.6, "elements": [*elements, relation]}), "utf-8")
        return read(path, progress=NoProgress())


def told(elements: list[dict[str, Any]]) -> Told | str:
    try:
        reading = reading_of(elements)
    except SourceFormatError as error:
        return str(error)
    return tuple(reading.observations), reading.rejects, reading.notes


@settings(max_examples=200, deadline=None)
@given(st.lists(NODES, max_size=8))
def test_nodes_as_columns_are_the_nodes_one_by_one(elements: list[dict[str, Any]]) -> None:
    as_columns = told(elements)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_nodes.JsonNodes, "take", lambda *_: False)
        assert told(elements) == as_columns


def test_a_usual_node_stands_in_columns() -> None:
    node = {
        "type": "node", "id": 5, "lon": 24.5, "lat": 60.5, "version": 3,
        "timestamp": "2015-06-07T08:09:10Z", "tags": {"man_made": "surveillance", "name": "A"},
    }  # fmt: skip
    observations = reading_of([node]).observations
    assert isinstance(observations, ObservationColumns)
    assert (observations[0].source_ref, observations[0].version) == ("node/5", 3)
    assert (observations[0].edited_on, observations[0].lon_deg) == ("2015-06-07", 24.5)
