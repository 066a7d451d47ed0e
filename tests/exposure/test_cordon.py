"""The roads into a town: counted once, followed to the middle, and asked for a way around."""

import json
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import SourceFormatError, UsageError
from mapper.exposure.cordon import Cordon, Town, cordon
from mapper.exposure.sights import Assumptions
from mapper.exposure.told_cordon import cordon_json, cordon_text
from mapper.pipeline import exposing
from tests.exposure.exposure_cases import frame_of
from tests.exposure.town_of_roads import EAST_M, LAT, LON, NORTH_M, PLACES, at
from tests.osm_fixtures import MakePbf, pbf_maker

__all__ = ["pbf_maker"]
_TOWN = Town("Crossing", LON, LAT, 1_000)


# Four roads from the middle, nodes at 500 and 1500 m; a road joins the northern and the eastern.
_PLACES = PLACES | {
    # A second carriageway of the south, a road that ends before the town's others, a street.
    10: (30, -500),
    11: (30, -1500),
    12: (600, 700),
    13: (900, 1200),
    14: (-800, 900),
}
_WAYS = {
    1: ("primary", [1, 2, 3]),
    2: ("primary", [1, 4, 5]),
    3: ("trunk", [1, 6, 7]),
    4: ("secondary", [1, 8, 9]),
    5: ("tertiary", [2, 4]),
    6: ("trunk", [6, 10, 11]),
    7: ("primary", [12, 13]),
    8: ("residential", [1, 14]),
}


@pytest.fixture(name="extract")
def town_of_four_roads(make_pbf: MakePbf) -> Path:
    nodes = [{"type": "node", "id": ref, **at(*place)} for ref, place in _PLACES.items()]
    ways = [
        {"type": "way", "id": ref, "nodes": refs, "tags": {"highway": kind}}
        for ref, (kind, refs) in _WAYS.items()
    ]
    return make_pbf([*nodes, *ways])


def _reader(east_m: float, north_m: float, *directions: int) -> dict[str, Any]:
    return {
        **at(east_m, north_m),
        "directions": list(directions),
        "angle": None,
        "precision": None,
        "maker": "",
        "operator": "",
    }


def _asked(extract: Path, *readers: dict[str, Any], device: str = "plate_reader") -> Cordon:
    frame = frame_of(list(readers))
    frame["device_type"] = device
    return cordon(extract, _TOWN, frame, Assumptions(), {})


def _roads(answer: Cordon) -> dict[str, tuple[bool, bool, bool, bool]]:
    """Return what is said of each road, by where it comes from."""
    named = {}
    for road in answer.roads:
        east_m, north_m = (road.lon_deg - LON) * EAST_M, (road.lat_deg - LAT) * NORTH_M
        name = "EW"[east_m < 0] if abs(east_m) > abs(north_m) else "NS"[north_m < 0]
        named[name] = (
            *(road.passes, road.perhaps_passes),
            *(road.is_only_past, road.is_perhaps_only_past),
        )
    return named


def test_every_road_is_counted_once_and_what_leads_nowhere_is_left_out(extract: Path) -> None:
    answer = _asked(extract)
    assert sorted(_roads(answer)) == ["E", "N", "S", "W"]
    assert len(answer.roads) == 4
    assert answer.unconnected == 1
    assert [round(road.way_m, -1) for road in answer.roads] == [1500] * 4
    assert set(_roads(answer).values()) == {(False, False, False, False)}


def test_a_reader_is_passed_gone_around_or_perhaps_passed(extract: Path) -> None:
    answer = _asked(
        extract,
        _reader(10, 250, 270),  # on the northern road below the junction: another way leads around
        _reader(700, 10, 180),  # on the eastern road before the junction: no way around
        _reader(-700, 5),  # on the western road, its direction not known
        _reader(10, -250, 90),  # on the southern road, and it looks away
    )
    assert _roads(answer) == {
        "N": (True, False, False, False),
        "E": (True, False, True, True),
        "W": (False, True, False, True),
        "S": (False, False, False, False),
    }
    assert (answer.readers_facing, answer.readers_perhaps) == (2, 1)
    told = cordon_text(answer)
    assert "4 larger roads lead into Crossing, 1 km around 52.5000, 13.4000" in told
    assert "passes a plate reader: 2 of 4 (50 %); perhaps: 1 more" in told
    assert "without passing one: 1 of 4 (25 %); perhaps: 1 more" in told
    assert "not proven free of them" in told
    body = json.loads(json.dumps(cordon_json(answer)))
    assert (body["roads_in"], body["passing"], body["only_past"]) == (4, 2, 1)
    assert len(body["roads"]) == 4


def test_another_camera_is_no_plate_reader(extract: Path) -> None:
    answer = _asked(extract, _reader(700, 10, 180), device="camera")
    assert not any(road.passes for road in answer.roads)


def test_a_town_without_a_larger_road_is_refused(make_pbf: MakePbf) -> None:
    lonely = [{"type": "node", "id": 1, **at(0, 0)}, {"type": "node", "id": 2, **at(9, 0)}]
    way = {"type": "way", "id": 1, "nodes": [1, 2], "tags": {"highway": "footway"}}
    with pytest.raises(SourceFormatError, match="no larger road lies within 1 km of Crossing"):
        _asked(make_pbf([*lonely, way]))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (exposing.TownAsked("Porto, PT", None, 0), "--radius-km 0"),
        (exposing.TownAsked("Nowhere at all", None, 3), "Nowhere at all"),
        (exposing.TownAsked("x", (91.0, 3.0), 3), "outside -90 to 90"),
        (exposing.TownAsked("x", (10.0, 3.0), 3), "the release holds no camera within 3 km of x"),
    ],
)
def test_a_town_that_cannot_be_asked_about_is_refused(
    asked: exposing.TownAsked,
    said: str,
    extract: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mapper.pipeline.exposing.load_cameras", lambda _place, **_: frame_of([]))
    with pytest.raises(UsageError) as refused:
        exposing.cordon_of(
            str(extract), asked, place=tmp_path, assumptions=Assumptions(), as_json=False
        )
    assert said in str(refused.value)
    assert refused.value.next_step
