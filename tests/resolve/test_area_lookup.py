"""Positions among areas whose outlines are right to a known distance."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.area_lookup import AreaLookup
from mapper.resolve.earth import EARTH_RADIUS_M

WEST, EAST = shapely.box(10.0, 50.0, 11.0, 51.0), shapely.box(11.0, 50.0, 12.0, 51.0)
DEGREE_M = np.radians(1.0) * EARTH_RADIUS_M


def ids_at(*places: tuple[float, float], right_to_m: float = 1000.0) -> list[str | None]:
    lookup = AreaLookup.of([WEST, EAST], ["west", "east"], right_to_m=right_to_m)
    lon_deg, lat_deg = np.array(places).T
    answers: list[str | None] = lookup.ids_at(lon_deg, lat_deg).tolist()
    return answers


def test_within_the_given_distance_of_a_line_neither_area_is_said() -> None:
    step_deg = 900.0 / (DEGREE_M * np.cos(np.radians(50.5)))
    line = 11.0
    assert ids_at((line - step_deg, 50.5), (line + step_deg, 50.5)) == [None, None]
    assert ids_at((line - 2 * step_deg, 50.5), (line + 2 * step_deg, 50.5)) == ["west", "east"]
    assert ids_at((line - step_deg, 50.5), right_to_m=20.0) == ["west"]


def test_off_the_shore_of_one_area_alone_a_position_lies_in_it() -> None:
    assert ids_at((10.5, 51.005), (10.5, 51.02), (11.0, 51.005)) == ["west", None, None]


def test_an_area_of_several_pieces_is_one_area_on_both_sides_of_their_line() -> None:
    lookup = AreaLookup.of([WEST, EAST], ["one country", "one country"], right_to_m=1000.0)
    assert lookup.ids_at(np.array([11.0]), np.array([50.5])).tolist() == ["one country"]


def test_no_areas_hold_nothing() -> None:
    lookup = AreaLookup.of([], [], right_to_m=1000.0)
    assert lookup.ids_at(np.array([11.0]), np.array([50.5])).tolist() == [None]


@given(
    st.lists(st.tuples(st.floats(9.0, 13.0), st.floats(49.0, 52.0)), min_size=1, max_size=30),
    st.floats(0.0, 5000.0),
)
def test_whatever_is_said_is_the_area_around_or_the_shore_s_and_less_is_said_the_less_is_sure(
    places: list[tuple[float, float]], right_to_m: float
) -> None:
    sure = ids_at(*places, right_to_m=0.0)
    said = ids_at(*places, right_to_m=right_to_m)
    for (lon, lat), exact, answer in zip(places, sure, said, strict=True):
        if exact is not None and answer is not None:
            assert exact == answer
        if answer is not None:
            area = {"west": WEST, "east": EAST}[answer]
            assert area.distance(shapely.Point(lon, lat)) * DEGREE_M <= 2 * right_to_m + 1


@given(st.integers(0, 1000), st.floats(0.0, 3000.0))
def test_a_crowd_has_the_areas_of_each_position_alone(seed: int, right_to_m: float) -> None:
    draw = np.random.default_rng(seed)
    # A slanted line is straight in degrees or in Mercator, and here they lie up to a degree apart.
    west = shapely.Polygon([(0.0, 40.0), (20.0, 60.0), (0.0, 60.0)])
    east = shapely.Polygon([(0.0, 40.0), (20.0, 40.0), (20.0, 60.0)])
    lookup = AreaLookup.of([west, east], ["west", "east"], right_to_m=right_to_m)
    along = draw.uniform(0.5, 19.5)
    lon_deg, lat_deg = draw.uniform(-0.05, 0.05, (2, 120)) + np.array([[along], [40.0 + along]])
    together = lookup.ids_at(lon_deg, lat_deg).tolist()
    alone = [lookup.ids_at(lon_deg[[row]], lat_deg[[row]]).item() for row in range(len(lon_deg))]
    assert together == alone


def test_a_crowd_far_from_lines_is_asked_once_a_cell() -> None:
    lookup = AreaLookup.of([WEST, EAST], ["west", "east"], right_to_m=1000.0)
    candidates = lookup.outlines.candidates(np.full(9, 10.51), np.full(9, 50.51))
    assert candidates.asked_count == 1
    assert candidates.sole_ids(lookup.area_ids).tolist() == ["west"] * 9
