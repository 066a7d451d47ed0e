"""Nodes that are read as columns are those that are read object by object."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.clean.text import clean_tags
from mapper.model.observation import Reject
from mapper.model.observation_columns import ObservationColumns
from mapper.model.progress import NoProgress
from mapper.resolve.observation_table import observation_tables
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm import elements, pbf
from mapper.sources.osm.block_reader import BlockReader, CameraBlocks
from mapper.sources.osm.node_columns import NodeColumns, node_columns
from mapper.sources.osm.tag_reading import (
    ASKED_KEYS,
    ENFORCEMENT_TAG,
    is_camera,
    read_tags,
    read_tags_at_hand,
)
from mapper.sources.osm.tag_sets import NO_CAMERA, TagSets
from tests.sources.osm.generated_pbf import Generated, columns_differ

Make = Callable[..., Path]
CAMERA = {"man_made": "surveillance"}


def _node(osm_id: int = 1, **more: object) -> dict[str, object]:
    return {"type": "node", "id": osm_id, "lat": 50.0, "lon": 10.0, "tags": CAMERA} | more


def _reading(path: Path) -> tuple[tuple[tuple[str, str], ...], tuple[Reject, ...]]:
    read = osm.read(path, progress=NoProgress())
    return tuple(
        (each.source_ref, each.edited_on or "") for each in read.observations
    ), read.rejects


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_a_generated_file_gives_the_same_candidates_in_both_ways(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "generated.pbf"
    path.write_bytes(Generated(seed).body)
    assert not columns_differ(path)


def test_the_nodes_of_the_sample_are_columns() -> None:
    reader = BlockReader(Settings().sample_dir / "helsinki.osm.pbf")
    read = [node_columns(blocks, TagSets()) for blocks in reader.camera_blocks(ENFORCEMENT_TAG)]
    assert sum(len(nodes) for nodes in read if nodes is not None) > 200
    assert None not in read


@pytest.mark.parametrize(
    "value",
    [
        "a b",
        "a,b=c%d@e",
        "50%20%",
        "é",
        "٣ камеры",
        "\U0001f4f7",
        "a\tb\nc\r",
        "\u2028",
        '"',
        "x" * 200,
    ],
    ids=ascii,
)
def test_a_value_is_read_as_it_stands_in_the_file(make_pbf: Make, value: str) -> None:
    path = make_pbf([_node(tags={**CAMERA, "note, not=read": value, "operator": value})])
    sets = TagSets()
    (blocks,) = BlockReader(path).camera_blocks()
    assert node_columns(blocks, sets) is not None
    expected = clean_tags({**CAMERA, "operator": value})
    assert sets.sets == [expected]


def test_nodes_with_the_same_tags_share_them(make_pbf: Make) -> None:
    rows = [
        _node(1),
        _node(2),
        _node(3, tags={**CAMERA, "name": "unread"}),
        _node(4, tags={"x": "y"}),
    ]
    observations = osm.read(make_pbf(rows), progress=NoProgress()).observations
    assert isinstance(observations, ObservationColumns)
    assert len(observations) == 3
    assert len(observations.patterns) == 1


# The first byte of a letter of two or three, and what is not the rest of it: libosmium, which does
# not look, takes the second for a letter of Chinese.
@pytest.mark.parametrize("value", [b"\xc3,a=", b"\xe4aaa", b"QQQ\xc3"], ids=repr)
def test_a_tag_that_is_no_text_is_refused_with_its_node_alone(
    make_pbf: Make, tmp_path: Path, value: bytes
) -> None:
    made = make_pbf(
        [_node(1, tags={**CAMERA, "operator": "QQQQ"}), _node(2)], options=",pbf_compression=none"
    )
    broken = tmp_path / "broken.pbf"
    broken.write_bytes(made.read_bytes().replace(b"QQQQ", value))
    (blocks,) = BlockReader(broken).camera_blocks()
    assert node_columns(blocks, TagSets()) is None
    kept, rejects = _reading(broken)
    assert kept == (("node/2", ""),)
    assert [(each.source_ref, each.reason) for each in rejects] == [
        ("node/1", elements.TAGS_NOT_TEXT)
    ]


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (_node(-1), elements.NOT_UPLOADED),
        (_node(2**41), elements.ID_TOO_LARGE),
        (_node(lat=0.0, lon=0.0), elements.POSITION_REFUSED),
        (_node(lat=91.0), elements.POSITION_REFUSED),
        (_node(lon=-181.0), elements.POSITION_REFUSED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_node_with_something_wrong_is_refused_and_the_next_is_kept(
    make_pbf: Make, node: dict[str, object], reason: str
) -> None:
    kept, rejects = _reading(make_pbf([node, _node(7)]))
    assert kept == (("node/7", ""),)
    assert [each.reason for each in rejects] == [reason]


def test_of_a_node_that_stands_twice_the_newest_is_kept(make_pbf: Make) -> None:
    said = {"timestamp": "2015-06-07T08:09:10Z"}
    rows = [
        _node(5, version=2, **said),
        _node(5, version=3, **(said | {"timestamp": "2016-01-01T00:00:00Z"})),
    ]
    kept, rejects = _reading(make_pbf([*rows, _node(6)]))
    assert kept == (("node/5", "2016-01-01"), ("node/6", ""))
    assert [(each.source_ref, each.reason) for each in rejects] == [("node/5", elements.TWICE)]


def test_a_copy_of_a_node_that_is_read_as_an_object_is_compared_with_the_column(
    make_pbf: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two blocks, of which the first is read object by object.
    day = "2016-01-01T00:00:00Z"
    between = [_node(number, tags={}) for number in range(10, 8_010)]
    path = make_pbf(
        [_node(5, version=3, timestamp=day), *between, _node(5, version=2, timestamp=day)]
    )
    ways = [None, node_columns]

    def by_turns(blocks: CameraBlocks, sets: TagSets) -> NodeColumns | None:
        way = ways.pop(0)
        return way(blocks, sets) if way else None

    monkeypatch.setattr("mapper.sources.osm.block_reader._HANDED_BYTES", 1)
    monkeypatch.setattr(pbf, "node_columns", by_turns)
    read = osm.read(path, progress=NoProgress())
    assert [(each.source_ref, each.version) for each in read.observations] == [("node/5", 3)]
    assert [each.reason for each in read.rejects] == [elements.TWICE]
    assert ways == []


def test_a_day_without_a_version_does_not_count(make_pbf: Make) -> None:
    path = make_pbf([_node(5, version=0, timestamp="2016-01-01T00:00:00Z")])
    assert _reading(path) == ((("node/5", ""),), ())


def test_the_table_of_columns_is_that_of_their_observations(make_pbf: Make) -> None:
    way = {"type": "way", "id": 3, "nodes": [1, 2], "tags": CAMERA}
    rows = [_node(1, version=4, timestamp="2015-06-07T08:09:10Z"), _node(2), _node(30), way]
    read = osm.read(make_pbf(rows), progress=NoProgress())
    (by_columns,) = observation_tables([read]).values()
    as_objects = replace(read, observations=tuple(read.observations))
    (by_objects,) = observation_tables([as_objects]).values()
    assert by_columns.frame.equals(by_objects.frame)
    assert by_columns.frame["source_ref"].tolist() == ["node/1", "node/2", "node/30", "way/3"]


def test_an_enforcement_device_among_the_columns_is_taken_once(make_pbf: Make) -> None:
    members = [{"type": "node", "ref": ref, "role": "device"} for ref in (1, 2)]
    relation = {
        "type": "relation", "id": 9, "members": members,
        "tags": {"type": "enforcement", "enforcement": "maxspeed"},
    }  # fmt: skip
    rows = [_node(1), _node(2, tags={"x": "y"}), relation]
    read = osm.read(make_pbf(rows), progress=NoProgress())
    assert [(each.source_ref, str(each.device_role)) for each in read.observations] == [
        ("node/1", "tagged"),
        ("node/2", "enforcement_device"),
    ]
    assert read.rejects == ()


@given(
    st.dictionaries(
        st.sampled_from(sorted(ASKED_KEYS)) | st.sampled_from(["man_made", "operator", "was", "x"]),
        st.sampled_from(["surveillance", "speed_camera", "yes", "", "closed", "3", "a;b"]),
        max_size=6,
    )
)
def test_tags_at_hand_are_read_as_those_that_are_asked_for(tags: dict[str, str]) -> None:
    assert read_tags_at_hand(tags) == read_tags(tags.get)
    asked: set[str] = set()
    read_tags(lambda key: asked.add(key) or tags.get(key))  # type: ignore[func-returns-value]
    is_camera(lambda key: asked.add(key) or tags.get(key))  # type: ignore[func-returns-value]
    assert asked <= ASKED_KEYS


def test_of_a_key_that_stands_twice_the_first_counts() -> None:
    sets = TagSets()
    assert sets.number_of("man_made=surveillance,man_made=mast") == 0
    assert sets.number_of("man_made=mast,man_made=surveillance") == NO_CAMERA
    assert sets.sets[0].tags == CAMERA
