"""Positions as national grids and older portals write them, and those that are no number."""

import pytest

from mapper.errors import SourceFormatError
from mapper.own_lists.british_grid import degrees_of
from mapper.own_lists.positions import Degrees, Numbers, Unread, from_one_cell
from mapper.own_lists.table_reading import read_table

GPX = b"""<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="60.17" lon="24.94"><name>A</name></wpt><wpt lat="%s" lon="24.95"/></gpx>"""


@pytest.mark.parametrize("written", ["TQ 300 800", "TQ300800", "tq 300 800", "TQ 30000 80000"])
def test_a_reference_of_the_british_grid_is_a_position(written: str) -> None:
    # The corner of that square is 51.5040 N, 0.1283 W in EPSG:27700, beside Charing Cross.
    lon_deg, lat_deg = degrees_of(written) or (0.0, 0.0)
    assert lon_deg == pytest.approx(-0.1283, abs=0.001)
    assert lat_deg == pytest.approx(51.5040, abs=0.001)
    assert isinstance(from_one_cell(written, "", "."), Degrees)


@pytest.mark.parametrize(
    ("written", "lon_deg", "lat_deg"),
    [
        ("NN 16656 71285", -5.0038, 56.7969),
        ("SV 900 110", -6.320, 49.919),
        ("HP 600 100", -0.900, 60.769),
    ],
)
def test_the_letters_name_the_squares_from_scilly_to_shetland(
    written: str, lon_deg: float, lat_deg: float
) -> None:
    assert degrees_of(written) == pytest.approx((lon_deg, lat_deg), abs=0.001)


@pytest.mark.parametrize("written", ["ZZ 300 800", "TQ 30 8000", "TQ 30 80", "TQ", "TQ 300 80", ""])
def test_what_is_no_reference_or_too_coarse_is_not_read(written: str) -> None:
    assert degrees_of(written) is None


def test_a_position_in_brackets_behind_an_address_is_read() -> None:
    cell = "100 Main St\nBaltimore, MD\n(39.29, -76.61)"
    assert from_one_cell(cell, "", ".") == Numbers("-76.61", "39.29")
    assert isinstance(from_one_cell("100 Main St (39)", "", "."), Unread)


def test_a_waypoint_without_a_number_is_named_and_not_taken_for_zero() -> None:
    assert len(read_table("list.gpx", GPX % b"60.18").rows) == 2
    with pytest.raises(SourceFormatError, match="no number: 'x' in element 3"):
        read_table("list.gpx", GPX % b"x")
