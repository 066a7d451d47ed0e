"""Cameras counted for the static pages: by country, maker, disputed area, and within a circle."""

import math

import pytest

from mapper.website.pages.data_page import FURTHER_CREDITS
from mapper.website.pages.tally import CameraTally
from tests.website.frames import camera, frame

_DEGREE_M = 6_371_008.8 * math.pi / 180


def test_every_camera_is_counted_once_in_its_country_and_in_all() -> None:
    tally = CameraTally(
        frame(
            [
                camera(1, vendor_id="acme", vendor_rung="B"),
                camera(2, vendor_id="acme", vendor_rung="C", device_type="plate_reader"),
                camera(3),
                camera(4, country_code="SE", vendor_id="acme", vendor_rung="B"),
                camera(5, country_code=None),
            ]
        )
    )
    assert list(tally.countries) == ["FI", "SE", None]
    finland = tally.countries["FI"]
    assert finland.cameras == 3
    assert (finland.kind("camera"), finland.kind("plate_reader")) == (2, 1)
    assert (finland.rung("B"), finland.rung("C"), finland.rung("unknown")) == (1, 1, 1)
    assert tally.whole.cameras == 5
    assert tally.vendors["acme"]["FI"] == {"B": 1, "C": 1}
    assert tally.vendors["acme"]["SE"] == {"B": 1}


def test_disputed_areas_are_counted_by_who_administers_them() -> None:
    tally = CameraTally(
        frame(
            [
                camera(1, country_code="UA"),
                camera(2, country_code="UA", area_status="disputed", administered_by="RU"),
                camera(3, country_code="UA", area_status="disputed", administered_by=None),
            ]
        )
    )
    assert tally.countries["UA"].cameras == 3
    assert tally.countries["UA"].administrations == {"RU": 1, "not stated": 1}


def test_a_circle_holds_what_lies_within_its_radius_on_the_ground() -> None:
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    cameras = frame(
        [
            camera(1, 25.0, 60.0),
            camera(2, 25.0, 60.0 + 9_900 / _DEGREE_M),
            camera(3, 25.0, 60.0 + 10_100 / _DEGREE_M),
            camera(4, 25.0 + 2 * 9_800 / _DEGREE_M, 60.0, device_type="plate_reader"),
            camera(5, 25.0 + 2 * 10_200 / _DEGREE_M, 60.0),
        ]
    )
    near = CameraTally(cameras).near(25.0, 60.0, 10_000)
    assert near.cameras == 3
    assert near.by_source == {"osm": {"camera": 2, "plate_reader": 1}}


@pytest.mark.parametrize(
    ("lon_reach", "lat_reach", "is_inside"),
    [(0.2, 0.1, True), (0.2, 0.08, False), (0.13, 0.1, False), (0.1, 0.05, False)],
)
def test_a_release_that_may_end_within_the_circle_says_so(
    *, lon_reach: float, lat_reach: float, is_inside: bool
) -> None:
    corners = [(25 + lon_reach, 60 + lat_reach), (25 - lon_reach, 60 - lat_reach)]
    cameras = frame([camera(n, lon, lat) for n, (lon, lat) in enumerate([*corners, (25, 60)])])
    # A circle of 10 km reaches 0.09 degrees of latitude and, here, 0.18 of longitude.
    assert CameraTally(cameras).near(25.0, 60.0, 10_000).is_inside is is_inside


def test_a_release_without_cameras_is_near_nothing() -> None:
    assert CameraTally(frame([])).near(25.0, 60.0, 10_000).cameras == 0


def test_names_of_places_are_credited_to_geonames_with_its_licence() -> None:
    assert ("CC BY 4.0", "https://www.geonames.org/") in [
        (licence, address) for credit, licence, address in FURTHER_CREDITS if "GeoNames" in credit
    ]
