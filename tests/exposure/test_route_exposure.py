"""Metres of a route in view: against shapes, against each other's languages, against the rules."""

import json
import math
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.exposure.route_exposure import route_exposure
from mapper.exposure.sights import Assumptions
from mapper.exposure.watched_lines import Lines
from tests.exposure.exposure_cases import (
    CASES,
    PATH,
    as_script_has_it,
    assumptions_of,
    frame_of,
    measured,
    rounded,
)
from tests.website.front_end_module import answer_of

_METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
_SCRIPT = """
import { exposureOf, piecesOf } from "site/route_exposure.js";
answer(given.map(({ route, cameras, reach, viewAngle }) => {
  const numbered = cameras.map((camera, number) => ({ ...camera, id: String(number) }));
  const { looking, ...told } = exposureOf(piecesOf(route), numbered, { reach, viewAngle });
  return told;
}));
"""


def test_python_comes_to_the_committed_metres() -> None:
    expected = json.loads(PATH.read_text("utf-8"))
    assert {name: rounded(as_script_has_it(measured(case))) for name, case in CASES.items()} == (
        expected
    )


def test_the_page_comes_to_the_same_metres_as_python() -> None:
    asked = [
        {
            **case,
            "reach": assumptions_of(case).reach_m,
            "viewAngle": assumptions_of(case).view_angle_deg,
        }
        for case in CASES.values()
    ]
    told = answer_of(_SCRIPT, asked)
    assert dict(zip(CASES, rounded(told), strict=True)) == json.loads(PATH.read_text("utf-8"))


def test_a_camera_that_looks_down_a_street_at_a_right_angle_sees_its_opening() -> None:
    case = CASES["a camera that looks at the street and one that looks away"]
    distance_m = 0.0001 * _METRES_PER_DEGREE
    told = measured(case)
    assert told.total.in_view_m == pytest.approx(2 * distance_m * math.tan(math.radians(30)), 1e-4)
    assert [camera.camera_id for camera in told.cameras] == ["0"]


_OFFSETS = st.floats(-60, 60).map(lambda metres: round(metres, 2))
_CAMERAS = st.fixed_dictionaries(
    {
        "east": _OFFSETS,
        "north": _OFFSETS,
        "directions": st.lists(st.integers(0, 359), max_size=3),
        "angle": st.one_of(st.none(), st.integers(2, 358), st.just(360)),
    }
)


def _sector(camera: dict[str, object], reach_m: float, usual_deg: float) -> shapely.Geometry:
    """Return the view of a camera as a fine polygon in metres, built from corners alone."""
    east, north = float(str(camera["east"])), float(str(camera["north"]))
    directions = list(camera["directions"])  # type: ignore[call-overload]
    angle = camera["angle"]
    if not directions or angle == 360:
        return shapely.Point(east, north).buffer(reach_m, quad_segs=256)
    half = (usual_deg if angle is None else float(str(angle))) / 2
    parts = []
    for heading in directions:
        turns = np.radians(np.linspace(heading - half, heading + half, 721))
        arc = np.column_stack([east + reach_m * np.sin(turns), north + reach_m * np.cos(turns)])
        parts.append(shapely.Polygon([(east, north), *arc]).buffer(0))
    return shapely.union_all(parts)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(_OFFSETS, _OFFSETS), min_size=2, max_size=6),
    st.lists(_CAMERAS, min_size=1, max_size=5),
)
def test_the_metres_are_those_that_shapely_cuts_out_of_fine_polygons(
    corners: list[tuple[float, float]], cameras: list[dict[str, object]]
) -> None:
    lon, lat = 13.4, 52.5
    east = _METRES_PER_DEGREE * math.cos(math.radians(lat))
    placed = [
        {
            "lon": lon + float(str(camera["east"])) / east,
            "lat": lat + float(str(camera["north"])) / _METRES_PER_DEGREE,
            "directions": camera["directions"],
            "angle": camera["angle"],
            "precision": None,
            "maker": "",
            "operator": "",
        }
        for camera in cameras
    ]
    route = Lines.of_parts(
        [np.array([(lon + x / east, lat + y / _METRES_PER_DEGREE) for x, y in corners])]
    )
    told = route_exposure(route, frame_of(placed), Assumptions(), {})
    known = [one for one in cameras if one["directions"] or one["angle"] == 360]
    unknown = [one for one in cameras if one not in known]
    views = shapely.union_all([_sector(one, 30, 60) for one in known])
    discs = shapely.union_all([_sector(one, 30, 60) for one in unknown])
    # Piece by piece: a line that crosses itself would count once.
    pieces = [shapely.LineString(pair) for pair in pairwise(corners)]
    in_view = sum(piece.intersection(views).length for piece in pieces)
    perhaps = sum(piece.intersection(discs.difference(views)).length for piece in pieces)
    # A line along the edge of a view is a matter of the last digit: half a metre for each piece.
    slack = 0.05 + 0.5 * len(pieces) * len(cameras) * _runs_along_an_edge(pieces, known)
    assert told.total.in_view_m == pytest.approx(in_view, abs=slack)
    assert told.total.perhaps_m == pytest.approx(perhaps, abs=slack)


def _runs_along_an_edge(
    pieces: list[shapely.LineString], cameras: list[dict[str, object]]
) -> float:
    """Return 60 where a piece nearly lies on the line of an edge, else 0."""
    for camera in cameras:
        sector = _sector(camera, 30, 60)
        edge = shapely.boundary(sector).buffer(0.02)
        if any(piece.intersection(edge).length > 1 for piece in pieces):
            return 60.0
    return 0.0


def test_cameras_indoors_planned_or_ended_are_not_looked_at() -> None:
    frame = frame_of([{**_on_route(), "directions": [180]} for _ in range(4)])
    frame["lifecycle"] = ["in_use", "ended", "planned", "unknown"]
    frame["visibility"] = ["indoor", "public", "public", "outdoor"]
    told = route_exposure(_route(), frame, Assumptions(), {})
    assert (told.total.cameras_facing, told.indoors) == (1, 1)
    assert [camera.camera_id for camera in told.cameras] == ["3"]


def test_makers_carry_their_names_and_share_a_metre() -> None:
    frame = frame_of([{**_on_route(), "angle": 360, "maker": maker} for maker in ("a-co", "b-co")])
    told = route_exposure(_route(), frame, Assumptions(), {"a-co": "A & Co"})
    assert [row.name for row in told.by_maker] == ["A & Co", "b-co"]
    assert [row.in_view_m for row in told.by_maker] == [told.total.in_view_m] * 2
    assert told.total.cameras_facing == 2


def test_a_longer_reach_never_sees_less() -> None:
    case = CASES["a wide view, a round view and a narrow one at the corner"]
    metres = [
        measured({**case, "reach": reach}).total.in_view_m for reach in (5, 10, 20, 40, 80, 160)
    ]
    assert metres == sorted(metres)
    assert metres[0] > 0


def test_minutes_follow_the_speed() -> None:
    told = route_exposure(_route(), frame_of([]), Assumptions(speed_kmh=6), {})
    assert told.minutes(1000) == pytest.approx(10)
    assert told.total.in_view_m == 0
    assert told.cameras == ()


def _on_route() -> dict[str, object]:
    return {
        "lon": 24.941,
        "lat": 60.17005,
        "directions": [],
        "angle": None,
        "precision": None,
        "maker": "",
        "operator": "",
    }


def _route() -> Lines:
    return Lines.of_parts([np.array([[24.94, 60.17], [24.943, 60.17]])])


def test_the_frame_of_a_case_has_the_released_types() -> None:
    frame = frame_of([_on_route()])
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == "EPSG:4326"
