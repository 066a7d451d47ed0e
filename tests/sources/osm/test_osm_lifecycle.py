"""Cameras among other things, planned or ended, are read alike from every format."""

from typing import Any

import pytest

from mapper.clean.lifecycle import ENDED_KEYS, LIFECYCLE_KEYS, PLANNED_KEYS, lifecycle_of
from mapper.model.enums import Lifecycle
from mapper.model.observation import Observation
from mapper.model.progress import NoProgress
from mapper.model.tags import COUNT_TAG, LIFECYCLE_TAG
from mapper.sources.osm import read
from tests.osm_fixtures import MakeJson, MakePbf

VALUES = [
    "surveillance", "mast;surveillance", "surveillance;mast", "mast; surveillance ;tower",
    "Surveillance", "mast|surveillance", "surveillance,mast",
]  # fmt: skip


def node(number: int, **tags: str) -> dict[str, Any]:
    return {
        "type": "node",
        "id": number,
        "lat": 42.0 + number / 1_000,
        "lon": -83.0,
        "version": 1,
        "timestamp": "2025-06-01T00:00:00Z",
        "tags": {key.replace("__", ":"): value for key, value in tags.items()},
    }


def both(
    elements: list[dict[str, Any]], make_pbf: MakePbf, make_json: MakeJson
) -> list[Observation]:
    """Read the elements from either format, which must say the same."""
    from_pbf = read(make_pbf(elements), progress=NoProgress())
    from_json = read(make_json(elements), progress=NoProgress())
    assert from_pbf.observations == from_json.observations
    assert from_pbf.rejects == from_json.rejects
    return list(from_pbf.observations)


def test_a_camera_among_other_things_is_a_camera(make_pbf: MakePbf, make_json: MakeJson) -> None:
    elements = [node(number, man_made=value) for number, value in enumerate(VALUES, 1)]
    elements += [
        node(20, highway="speed_camera;street_lamp"),
        node(21, highway="street_lamp;Speed_Camera"),
        node(30, man_made="mast"),
        node(31, man_made="surveillance_tower"),
        node(32, surveillance="public"),
    ]
    found = both(elements, make_pbf, make_json)
    assert [row.source_ref for row in found] == [
        *(f"node/{number}" for number in range(1, len(VALUES) + 1)),
        "node/20",
        "node/21",
    ]
    assert found[1].tags["man_made"] == "mast;surveillance"


@pytest.mark.parametrize(
    ("main", "word"), [("man_made", "surveillance"), ("highway", "speed_camera")]
)
def test_every_prefix_and_key_of_the_life_of_a_thing_is_read(
    main: str, word: str, make_pbf: MakePbf, make_json: MakeJson
) -> None:
    elements = []
    for number, key in enumerate(LIFECYCLE_KEYS, 1):
        elements += [
            node(number, **{f"{key}__{main}": word, f"{key}__surveillance__type": "ALPR"}),
            node(number + 100, **{main: word, key: "yes"}),
            node(number + 200, **{main: key, key: word}),
            node(number + 300, **{main: word, key: "no"}),
            node(number + 400, **{main: word, key: "by Mr Smith, call him"}),
        ]
    found = {row.source_ref: row for row in both(elements, make_pbf, make_json)}
    assert len(found) == len(elements)
    for number, key in enumerate(LIFECYCLE_KEYS, 1):
        expected = Lifecycle.PLANNED if key in PLANNED_KEYS else Lifecycle.ENDED
        for shift in (0, 100, 200, 400):
            said = found[f"node/{number + shift}"].tags[LIFECYCLE_TAG]
            assert lifecycle_of(said) is expected
            assert "Smith" not in said
        assert found[f"node/{number}"].tags["surveillance:type"] == "ALPR"
        assert found[f"node/{number}"].tags[main] == word
        assert lifecycle_of(found[f"node/{number + 300}"].tags[LIFECYCLE_TAG]) is Lifecycle.IN_USE


def test_a_prefix_of_another_thing_says_nothing_of_the_camera(
    make_pbf: MakePbf, make_json: MakeJson
) -> None:
    elements = [
        node(1, man_made="surveillance", was__man_made="mast", disused__railway="station"),
        node(2, disused__man_made="mast"),
    ]
    (camera,) = both(elements, make_pbf, make_json)
    assert LIFECYCLE_TAG not in camera.tags


def test_states_and_counts_are_told_only_where_they_are_words_of_a_vocabulary(
    make_pbf: MakePbf, make_json: MakeJson
) -> None:
    elements = [
        node(1, man_made="surveillance", operational_status="closed", camera__count="3 cameras"),
        node(2, man_made="surveillance", status="ask Mr Smith", camera__count="Mr Smith"),
        node(3, man_made="surveillance", lifecycle="Mr Smith took it down"),
    ]
    closed, asked, smith = both(elements, make_pbf, make_json)
    assert closed.tags[LIFECYCLE_TAG] == "operational_status=closed"
    assert closed.tags[COUNT_TAG] == "3 cameras"
    for row in (asked, smith):
        assert not any("Smith" in value for value in row.tags.values())


def test_no_ended_key_is_a_planned_one() -> None:
    assert not set(ENDED_KEYS) & set(PLANNED_KEYS)


def test_the_small_input_of_four(make_json: MakeJson) -> None:
    elements = [
        node(1, man_made="surveillance", disused="yes", end_date="2025-12-10"),
        node(2, man_made="surveillance", removed="yes"),
        node(3, man_made="surveillance", proposed="yes"),
        node(4, man_made="surveillance"),
    ]
    found = read(make_json(elements), progress=NoProgress()).observations
    assert [row.tags.get(LIFECYCLE_TAG) for row in found] == [
        "disused=yes",
        "removed=yes",
        "proposed=yes",
        None,
    ]
    assert found[0].tags["end_date"] == "2025-12-10"
