"""The same objects give the same observations, whichever format they come in."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.errors import SourceFormatError
from mapper.model.enums import DeviceRole, GeometryKind
from mapper.model.observation import Observation, Reading, Reject
from mapper.model.progress import NoProgress
from mapper.sources import osm

Make = Callable[..., Path]


def read(path: Path) -> Reading:
    return osm.read(path, progress=NoProgress())


# Read off tests/fixtures/osm/riverton.json by eye. An area lies at the middle of its bounding
# box: way 301 spans 10.0010 to 10.0050 and 50.0010 to 50.0030.
RIVERTON = (
    Observation(
        "osm",
        "node/101",
        10.0001,
        50.0001,
        {
            "camera:direction": "90",
            "camera:type": "fixed",
            "man_made": "surveillance",
            "operator": "City of Riverton",
            "surveillance": "public",
            "surveillance:type": "camera",
        },
        version=1,
        edited_on="2019-05-14",
    ),
    Observation(
        "osm",
        "node/102",
        10.0002,
        50.0002,
        {"man_made": "surveillance", "surveillance:type": "guard"},
        version=3,
        edited_on="2021-01-02",
    ),
    Observation(
        "osm",
        "node/103",
        10.0003,
        50.0003,
        {"direction": "NW", "highway": "speed_camera"},
        version=2,
        edited_on="2020-06-01",
    ),
    Observation(
        "osm",
        "node/106",
        10.0006,
        50.0006,
        {"enforcement": "maxspeed;traffic_signals"},
        device_role=DeviceRole.ENFORCEMENT_DEVICE,
    ),
    Observation(
        "osm",
        "way/301",
        10.003,
        50.002,
        {"man_made": "surveillance", "railway": "platform", "surveillance": "outdoor"},
        geometry_kind=GeometryKind.AREA,
        version=4,
        edited_on="2022-02-03",
    ),
    Observation(
        "osm",
        "way/303",
        10.0055,
        50.004,
        {"enforcement": "maxspeed", "highway": "residential"},
        geometry_kind=GeometryKind.AREA,
        device_role=DeviceRole.ENFORCEMENT_DEVICE,
    ),
    Observation(
        "osm",
        "relation/403",
        10.015,
        50.0055,
        {"man_made": "surveillance", "operator": "Riverton Port"},
        geometry_kind=GeometryKind.AREA,
        version=1,
        edited_on="2023-04-05",
    ),
)
RIVERTON_REJECTS = (
    Reject(
        "osm",
        "node/105",
        "position refused",
        "the position is 0, 0, which publishers write for unknown",
    ),
    Reject(
        "osm", "node/999", "device of an enforcement relation, not in the file as a node or way"
    ),
)


def test_json_gives_the_observations_read_by_eye(riverton: Path) -> None:
    reading = read(riverton)
    assert reading.observations == RIVERTON
    assert reading.rejects == RIVERTON_REJECTS
    assert reading.notes == ()


def test_pbf_gives_the_observations_read_by_eye(riverton_pbf: Path) -> None:
    reading = read(riverton_pbf)
    assert reading.observations == RIVERTON
    assert reading.rejects == RIVERTON_REJECTS
    assert reading.notes == ()


def test_observations_and_rejects_add_up_to_the_candidates(riverton: Path) -> None:
    # By eye: nodes 101, 102, 103, 105, 106, 999; ways 301, 303; relation 403.
    assert read(riverton).objects_read == 9


def test_both_formats_give_the_data_time_of_the_input(riverton: Path, riverton_pbf: Path) -> None:
    assert read(riverton).snapshot.data_at_utc == "2026-03-01T12:00:00Z"
    assert read(riverton_pbf).snapshot.data_at_utc == "2026-03-01T12:00:00Z"


def test_the_order_of_elements_does_not_matter(riverton: Path, make_json: Make) -> None:
    body = json.loads(riverton.read_text(encoding="utf-8"))
    random.Random(7).shuffle(body["elements"])  # noqa: S311 - a shuffle, no secret
    reading = read(make_json(body, wrapped=False))
    assert reading.observations == RIVERTON
    assert reading.rejects == RIVERTON_REJECTS


@pytest.mark.parametrize("fixture", ["riverton", "riverton_pbf"])
def test_no_mapper_and_no_free_text_reaches_an_observation(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    shown = repr(read(request.getfixturevalue(fixture)))
    for never in ("Riverton Mapper", "880000001", "770000001", "side door", "+00", "192.168"):
        assert never not in shown


def test_an_area_lies_where_overpass_puts_its_center(riverton: Path, make_json: Make) -> None:
    body = json.loads(riverton.read_text(encoding="utf-8"))
    body["elements"] = [
        {**each, "center": {"lat": 50.002, "lon": 10.003}}
        for each in body["elements"]
        if each["id"] == 301
    ]
    (area,) = read(make_json(body, wrapped=False)).observations
    assert area == RIVERTON[4]


@pytest.mark.parametrize(
    "position",
    [
        {"center": {"lat": 50.002, "lon": 10.003}},
        {"bounds": {"minlat": 50.001, "minlon": 10.001, "maxlat": 50.003, "maxlon": 10.005}},
        {"geometry": [{"lat": 50.001, "lon": 10.005}, None, {"lat": 50.003, "lon": 10.001}]},
    ],
    ids=["out center", "out bb", "out geom"],
)
@pytest.mark.parametrize("kind", ["way", "relation"])
def test_every_way_overpass_tells_a_position_is_read(
    kind: str, position: dict[str, object], make_json: Make
) -> None:
    element = {"type": kind, "id": 5, "tags": {"man_made": "surveillance"}, **position}
    (area,) = read(make_json([element])).observations
    assert (area.lon_deg, area.lat_deg) == (10.003, 50.002)
    assert area.geometry_kind is GeometryKind.AREA


def test_a_relation_whose_members_carry_geometry_is_placed(make_json: Make) -> None:
    members = [
        {"type": "node", "ref": 1, "role": "", "lat": 50.0, "lon": 10.0},
        {"type": "way", "ref": 2, "role": "", "geometry": [{"lat": 50.2, "lon": 10.4}]},
    ]
    tags = {"man_made": "surveillance"}
    (area,) = read(
        make_json([{"type": "relation", "id": 5, "members": members, "tags": tags}])
    ).observations
    assert (area.lon_deg, area.lat_deg) == (10.2, 50.1)


@pytest.mark.parametrize("kind", ["node", "way", "relation"])
def test_a_camera_without_a_position_is_a_reject(kind: str, make_json: Make) -> None:
    reading = read(
        make_json([{"type": kind, "id": 7, "tags": {"man_made": "surveillance"}, "members": []}])
    )
    assert reading.observations == ()
    assert [(each.source_ref, each.reason) for each in reading.rejects] == [
        (f"{kind}/7", "no position")
    ]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(91.0, 10.0), (50.0, 200.0), ("50", 10.0), (1e308, 10.0), (True, 10.0)],
)
def test_an_impossible_position_is_a_reject(lat: object, lon: object, make_json: Make) -> None:
    element = {
        "type": "node",
        "id": 7,
        "lat": lat,
        "lon": lon,
        "tags": {"man_made": "surveillance"},
    }
    reading = read(make_json([element]))
    assert [each.reason for each in reading.rejects] == ["position refused"]


def _camera(osm_id: int, **more: object) -> dict[str, object]:
    place = {"type": "node", "id": osm_id, "lat": 50.0, "lon": 10.0}
    return {**place, "tags": {"man_made": "surveillance"}, **more}


@pytest.mark.parametrize("osm_id", [0, -5])
def test_an_object_that_was_never_uploaded_is_a_reject(osm_id: int, make_json: Make) -> None:
    (reject,) = read(make_json([_camera(osm_id)])).rejects
    assert reject.reason == "id not positive: the object was never uploaded"


def test_a_tag_that_is_no_text_is_a_reject(make_json: Make) -> None:
    tags = {"man_made": "surveillance", "operator": ["City"]}
    (reject,) = read(make_json([_camera(7, tags=tags)])).rejects
    assert reject.reason == "tags are not text"


def test_bytes_that_are_no_text_reject_one_object_and_not_the_file(
    make_pbf: Make, tmp_path: Path
) -> None:
    tags = {"man_made": "surveillance", "operator": "QQQQ"}
    made = make_pbf([_camera(7, tags=tags), _camera(8)], options=",pbf_compression=none")
    body = made.read_bytes()
    assert body.count(b"QQQQ") == 1
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(body.replace(b"QQQQ", b"\xff\xfe\xc0\x80"))
    reading = read(broken)
    assert [each.source_ref for each in reading.observations] == ["node/8"]
    assert [each.reason for each in reading.rejects] == ["tags are not text"]


@pytest.mark.parametrize("make", ["make_json", "make_pbf"])
def test_a_tag_with_control_characters_is_cleaned_and_says_so(
    make: str, request: pytest.FixtureRequest
) -> None:
    tags = {"man_made": "surveillance", "operator": "Ci\u202ety\u200b"}
    (observation,) = read(request.getfixturevalue(make)([_camera(7, tags=tags)])).observations
    assert observation.tags["operator"] == "City"
    assert observation.text_cleaned
    assert not observation.text_cut


def test_a_huge_tag_is_cut_and_says_so(make_json: Make) -> None:
    tags = {"man_made": "surveillance", "operator": "x" * 2_000_000}
    (observation,) = read(make_json([_camera(7, tags=tags)])).observations
    assert len(observation.tags["operator"]) == 1_000
    assert observation.text_cut


def test_ten_thousand_foreign_tags_do_not_push_out_the_ones_that_are_read(make_json: Make) -> None:
    tags = {f"k{number}": "v" for number in range(10_000)} | {"man_made": "surveillance"}
    (observation,) = read(make_json([_camera(7, tags=tags)])).observations
    assert observation.tags == {"man_made": "surveillance"}


@pytest.mark.parametrize("make", ["make_json", "make_pbf"])
@pytest.mark.parametrize("order", [1, -1], ids=["older first", "newer first"])
def test_of_two_copies_the_newer_is_kept(
    make: str, order: int, request: pytest.FixtureRequest
) -> None:
    old = _camera(7, version=1, timestamp="2019-01-01T00:00:00Z")
    new = _camera(7, version=2, timestamp="2020-01-01T00:00:00Z")
    reading = read(request.getfixturevalue(make)([old, new][::order]))
    assert [each.version for each in reading.observations] == [2]
    assert [each.reason for each in reading.rejects] == ["stands a second time in the file"]


@pytest.mark.parametrize(
    ("about", "version", "edited_on"),
    [
        ({"version": 2, "timestamp": "2020-01-01T00:00:00Z"}, 2, "2020-01-01"),
        ({"version": 1, "timestamp": "1970-01-01T00:00:00Z"}, None, None),
        ({"version": 1, "timestamp": "2004-12-31T23:59:59Z"}, None, None),
        ({"version": 1, "timestamp": "2005-01-01T00:00:00Z"}, 1, "2005-01-01"),
        ({"version": 0, "timestamp": "2020-01-01T00:00:00Z"}, None, None),
        ({"version": 3}, None, None),
        ({}, None, None),
    ],
)
@pytest.mark.parametrize("make", ["make_json", "make_pbf"])
def test_placeholders_for_version_and_time_are_not_known(
    make: str,
    about: dict[str, object],
    version: int | None,
    edited_on: str | None,
    request: pytest.FixtureRequest,
) -> None:
    (observation,) = read(request.getfixturevalue(make)([_camera(7, **about)])).observations
    assert (observation.version, observation.edited_on) == (version, edited_on)


@pytest.mark.parametrize(
    "timestamp", ["2020-13-01T00:00:00Z", "yesterday", 20200101, None, "2020-01-01"]
)
def test_a_time_stamp_of_another_shape_is_not_known(timestamp: object, make_json: Make) -> None:
    camera = _camera(7, version=2, timestamp=timestamp)
    (observation,) = read(make_json([camera])).observations
    assert observation.edited_on is None


def test_a_field_that_osm_does_not_have_is_told(make_json: Make) -> None:
    assert read(make_json([_camera(7, colour="red")])).notes == (
        "fields that OSM data does not have were not read: 'colour'",
    )


def test_a_bare_list_of_elements_is_read_without_proof(make_json: Make) -> None:
    reading = read(make_json([_camera(7)], wrapped=False))
    assert len(reading.observations) == 1
    assert reading.snapshot.completeness == "not proven"


@pytest.mark.parametrize("make", ["make_json", "make_pbf"])
def test_a_camera_way_without_all_its_nodes_shows_a_cut_file(
    make: str, request: pytest.FixtureRequest
) -> None:
    elements = [
        {"type": "node", "id": 1, "lat": 50.0, "lon": 10.0},
        {"type": "way", "id": 2, "nodes": [1, 3], "tags": {"man_made": "surveillance"}},
    ]
    with pytest.raises(SourceFormatError, match="way/2 is a camera"):
        read(request.getfixturevalue(make)(elements))


@pytest.mark.parametrize("make", ["make_json", "make_pbf"])
def test_a_relation_with_a_member_missing_is_placed_by_the_others_and_told(
    make: str, request: pytest.FixtureRequest
) -> None:
    members = [{"type": "node", "ref": ref, "role": ""} for ref in (1, 3)]
    tags = {"man_made": "surveillance"}
    reading = read(
        request.getfixturevalue(make)(
            [
                {"type": "node", "id": 1, "lat": 50.0, "lon": 10.0},
                {"type": "relation", "id": 2, "members": members, "tags": tags},
            ]
        )
    )
    assert [(each.lon_deg, each.lat_deg) for each in reading.observations] == [(10.0, 50.0)]
    assert reading.notes == ("1 relations lie at the middle of the members that the file holds",)


def test_a_history_file_is_refused(make_pbf: Make) -> None:
    with pytest.raises(SourceFormatError, match="history"):
        read(make_pbf([_camera(7)], history=True))


def test_a_device_keeps_the_enforcement_it_states_itself(make_json: Make) -> None:
    device = {"type": "node", "id": 1, "lat": 50.0, "lon": 10.0, "tags": {"enforcement": "toll"}}
    relation = {
        "type": "relation",
        "id": 2,
        "members": [{"type": "node", "ref": 1, "role": "device"}],
        "tags": {"type": "enforcement", "enforcement": "maxspeed"},
    }
    (observation,) = read(make_json([device, relation])).observations
    assert observation.tags == {"enforcement": "toll"}
