"""Positions are finite and in range, or refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.coordinates import checked_lonlat, lonlat_from_geojson, lonlat_from_text
from mapper.errors import CoordinateError


def test_geojson_order_is_longitude_first() -> None:
    # Helsinki Cathedral, by any map: 60.1704 north, 24.9522 east.
    assert lonlat_from_geojson([24.9522, 60.1704]) == (24.9522, 60.1704)


def test_a_height_is_dropped() -> None:
    assert lonlat_from_geojson([24.9522, 60.1704, 12.5]) == (24.9522, 60.1704)


@pytest.mark.parametrize("position", [[], [1.0], [1.0, 2.0, 3.0, 4.0], "12", b"12"])
def test_another_count_of_numbers_is_refused(position: list[float]) -> None:
    with pytest.raises(CoordinateError):
        lonlat_from_geojson(position)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (math.nan, 0.0),
        (0.0, math.nan),
        (math.inf, 1.0),
        (1.0, -math.inf),
        (180.1, 0.0),
        (0.0, 90.1),
        (999, 0),
        (0, 0),
        (0.0, -0.0),
        ("24.9", 60.1),
        (None, 60.1),
        (True, 60.1),
        (10**400, 1.0),
    ],
)
def test_an_impossible_position_is_refused(lon: object, lat: object) -> None:
    with pytest.raises(CoordinateError):
        checked_lonlat(lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(180, 90), (-180, -90), (0, 51.4779), (6.61, 0)])
def test_the_edges_of_the_world_and_its_two_zero_lines_are_allowed(lon: float, lat: float) -> None:
    assert checked_lonlat(lon, lat) == (lon, lat)


@given(st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False).filter(bool))
def test_a_possible_position_comes_back_unrounded(lon: float, lat: float) -> None:
    assert checked_lonlat(lon, lat) == (lon, lat)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("24,95", "60,17"), ("461.993.881", "60"), ("1_0", "2"), ("٢٤", "60"), ("", ""), ("inf", "1")],
)
def test_text_that_is_no_decimal_number_is_refused(lon: str, lat: str) -> None:
    with pytest.raises(CoordinateError):
        lonlat_from_text(lon, lat)


def test_text_with_a_decimal_point_is_read() -> None:
    assert lonlat_from_text(" 24.95", "-60.17 ") == (24.95, -60.17)
