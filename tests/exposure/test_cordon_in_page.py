"""The page's script comes to what Python says of the roads into a town."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.exposure.cordon import Cordon, Town, cordon
from mapper.exposure.sights import Assumptions
from mapper.model.basemap import Basemap, RoadsState
from mapper.model.progress import NoProgress
from mapper.sources.osm import basemap_pbf
from mapper.sources.osm.basemap_objects import ALL_KINDS, read_basemap
from mapper.sources.osm.road_collector import RoadCollector, holds_whole_roads
from mapper.website.map.road_network import roads_payload
from tests.exposure.exposure_cases import frame_of
from tests.osm_fixtures import MakeJson, MakePbf, json_maker, pbf_maker
from tests.website.front_end_module import answer_of

__all__ = ["json_maker", "pbf_maker"]

_SCRIPT = """
import { cordonOf, readRoads } from "site/cordon.js";
const told = [];
for (const { roads, town, readers, reach, viewAngle } of given) {
  const network = await readRoads(roads);
  const numbered = readers.map((reader, number) => ({ ...reader, id: String(number) }));
  told.push(cordonOf(network, town, () => numbered, { reach, viewAngle }));
}
answer(told);
"""
_LON, _LAT = 13.4, 52.5
_MAKERS = ("", "Axis", "Bosch")


def _town_elements(seed: int) -> list[dict[str, Any]]:
    """Return a lattice of roads, some pieces missing, with a way across now and then."""
    choose = random.Random(seed)  # noqa: S311 - a town, no secret
    side = choose.randint(4, 7)
    nodes = [
        {
            "type": "node",
            "id": 1 + row * side + column,
            "lon": round(_LON + (column - side / 2 + choose.uniform(-0.2, 0.2)) * 0.006, 7),
            "lat": round(_LAT + (row - side / 2 + choose.uniform(-0.2, 0.2)) * 0.004, 7),
        }
        for row in range(side)
        for column in range(side)
    ]
    ways: list[dict[str, Any]] = []
    kinds = ("motorway", "trunk", "primary", "secondary", "tertiary_link", "residential")
    for row in range(side):
        for column in range(side):
            here = 1 + row * side + column
            for there, is_there in ((here + 1, column + 1 < side), (here + side, row + 1 < side)):
                if is_there and choose.random() < 0.7:
                    tags = {"highway": choose.choice(kinds)}
                    if choose.random() < 0.6:
                        tags["name"] = f"Road {len(ways)}"
                    ways.append(
                        {"type": "way", "id": 1 + len(ways), "nodes": [here, there], "tags": tags}
                    )
    return [*nodes, *ways]


def _readers(elements: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    choose = random.Random(seed)  # noqa: S311 - as above
    nodes = {each["id"]: each for each in elements if each["type"] == "node"}
    ways = [each for each in elements if each["type"] == "way"]
    readers = []
    for way in choose.sample(ways, min(len(ways), 8)):
        start, end = (nodes[ref] for ref in way["nodes"])
        share = choose.random()
        readers.append(
            {
                "lon": start["lon"] + share * (end["lon"] - start["lon"]) + 0.0001,
                "lat": start["lat"] + share * (end["lat"] - start["lat"]),
                "directions": choose.choice([[], [choose.randint(0, 359)], [10, 200]]),
                "angle": choose.choice([None, 360, 90]),
                "precision": choose.choice([None, None, 500]),
                "maker": choose.choice(_MAKERS),
                "operator": choose.choice(["", "Town"]),
            }
        )
    return readers


def _as_script_has_it(answer: Cordon) -> dict[str, Any]:
    return {
        "roads": [
            {
                "name": road.name,
                "kind": road.road_class,
                "lon": road.lon_deg,
                "lat": road.lat_deg,
                "way": pytest.approx(road.way_m, abs=0.01),
                "passes": road.passes,
                "perhaps": road.perhaps_passes,
                "onlyPast": road.is_only_past,
                "perhapsOnlyPast": road.is_perhaps_only_past,
            }
            for road in answer.roads
        ],
        "readers": (answer.readers_facing, answer.readers_perhaps),
        "byMaker": [(row.name, row.facing, row.perhaps) for row in answer.by_maker],
        "byOperator": [(row.name, row.facing, row.perhaps) for row in answer.by_operator],
        "unconnected": answer.unconnected,
        "isCovered": answer.is_covered,
    }


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    shared = {
        key: [(row["name"], row["facing"], row["perhaps"]) for row in answer[key]]
        for key in ("byMaker", "byOperator")
    }
    readers = (answer["total"]["facing"], answer["total"]["perhaps"])
    kept = {key: answer[key] for key in ("roads", "unconnected", "isCovered")}
    return {**kept, **shared, "readers": readers}


def _context(extract: Path) -> Basemap:
    return read_basemap(
        extract,
        lon_deg=[_LON],
        lat_deg=[_LAT],
        kinds=ALL_KINDS,
        with_roads=True,
        progress=NoProgress(),
    )


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seeds=st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_the_script_comes_to_what_python_says_of_any_town(
    make_pbf: MakePbf, seeds: list[int]
) -> None:
    given_to_script, expected = [], []
    for seed in seeds:
        elements = _town_elements(seed)
        readers = _readers(elements, seed)
        radius_m = 500.0 + seed % 700
        box = None if seed % 3 == 0 else (_LON - 0.1, _LAT - 0.01 * (seed % 2), 14.0, 53.0)
        extract = make_pbf(elements, box=box)
        frame = frame_of(readers)
        frame["device_type"] = "plate_reader"
        town = Town("x", _LON, _LAT, radius_m)
        expected.append(_as_script_has_it(cordon(extract, town, frame, Assumptions(40, 70), {})))
        given_to_script.append(
            {
                "roads": roads_payload(_context(extract)),
                "town": {"lon": _LON, "lat": _LAT, "radius": radius_m},
                "readers": readers,
                "reach": 40,
                "viewAngle": 70,
            }
        )
    assert [_told(each) for each in answer_of(_SCRIPT, given_to_script)] == expected


def test_too_many_corners_are_none_and_said(make_pbf: MakePbf) -> None:
    collector = RoadCollector(points_max=8)
    shapes = list(basemap_pbf.shapes(make_pbf(_town_elements(3)), ALL_KINDS))
    collector.take(shapes)
    assert collector.collected(None) is RoadsState.TOO_MANY
    context = Basemap(roads=RoadsState.TOO_MANY)
    assert roads_payload(context)["state"] == "too_many"
    assert roads_payload(context)["n"] == 0
    assert roads_payload(None)["state"] == "no_streets"


@pytest.mark.parametrize(
    "generator",
    ["whose-cameras surroundings", "whose-cameras subset", "mapper cut", "mapper sample cut"],
)
def test_what_was_cut_around_cameras_holds_no_whole_roads(
    make_pbf: MakePbf, generator: str
) -> None:
    assert not holds_whole_roads(make_pbf(_town_elements(1), generator=generator))
    assert holds_whole_roads(make_pbf(_town_elements(1), generator="osmium/1.16.0"))


def test_an_answer_of_overpass_holds_no_whole_roads(make_json: MakeJson) -> None:
    assert not holds_whole_roads(make_json(_town_elements(1)))
