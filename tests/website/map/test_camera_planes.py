"""The column file: what is packed is what is unpacked, in a few bytes."""

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mapper.errors import MapperError
from mapper.website.map.camera_planes import Packing, pack_cameras
from mapper.website.map.frame_columns import Coded, coded_texts
from mapper.website.map.vocabulary import REST, Vocabularies, by_count, vocabularies_of
from tests.website.frames import camera, frame
from tests.website.unpack import Row, unpack_cameras

_EARTH_RADIUS_M = 6_378_137.0
"""Of EPSG:3857."""


def _packed(rows: list[dict[str, object]]) -> tuple[Packing, Vocabularies, list[Row]]:
    cameras = frame(rows)
    vocabularies = vocabularies_of(cameras)
    packing = pack_cameras(cameras, vocabularies)
    return packing, vocabularies, unpack_cameras(packing.payload)


def _metres_apart(row: Row, lon_deg: float, lat_deg: float) -> float:
    turn = (row.lon_deg - lon_deg + 180) % 360 - 180
    east = math.radians(turn) * math.cos(math.radians(lat_deg))
    north = math.radians(row.lat_deg - lat_deg)
    return math.hypot(east, north) * _EARTH_RADIUS_M


_LONS = st.floats(-180, 180)
_LATS = st.floats(-85.05, 85.05)
_DIRECTIONS = st.none() | st.lists(st.integers(0, 359), max_size=4)


@settings(max_examples=40, deadline=None)
@given(places=st.lists(st.tuples(_LONS, _LATS), min_size=1, max_size=30))
def test_every_position_comes_back_within_a_metre(places: list[tuple[float, float]]) -> None:
    rows = [camera(number, lon, lat) for number, (lon, lat) in enumerate(places)]
    packing, _, unpacked = _packed(rows)
    for row, frame_row in zip(unpacked, packing.order, strict=True):
        assert _metres_apart(row, *places[frame_row]) <= 0.85


def _camera_of(number: int, drawn: tuple[Any, ...]) -> dict[str, object]:
    kind, vendor, visibility, zone, directions, year = drawn
    return camera(
        number,
        device_type=kind,
        vendor_id=vendor,
        vendor_rung="unknown" if vendor is None else "B",
        visibility=visibility,
        zone=zone,
        directions_deg=directions,
        first_mapped_on=None if year is None else f"{year}-07",
    )


_CAMERAS = st.tuples(
    st.sampled_from(["camera", "plate_reader", "enforcement_camera"]),
    st.none() | st.sampled_from(["acme", "bolt"]),
    st.none() | st.sampled_from(["public", "outdoor"]),
    st.none() | st.sampled_from(["traffic", "town", REST]),
    _DIRECTIONS,
    st.none() | st.integers(2000, 2030),
)


@settings(max_examples=40, deadline=None)
@given(drawn=st.lists(_CAMERAS, min_size=1, max_size=30))
def test_every_code_leads_back_to_its_word(drawn: list[tuple[Any, ...]]) -> None:
    packing, words, unpacked = _packed([_camera_of(i, one) for i, one in enumerate(drawn)])
    for row, frame_row in zip(unpacked, packing.order, strict=True):
        kind, vendor, visibility, zone, directions, year = drawn[frame_row]
        assert words.kinds.words[row.kind] == kind
        assert words.vendors.words[row.vendor] == vendor
        assert words.rungs.words[row.rung] == ("unknown" if vendor is None else "B")
        assert words.visibilities.words[row.visibility] == visibility
        assert words.zones.words[row.zone] == zone
        assert row.year == (0 if year is None else year - 1999)
        expected = directions or []
        found = [] if row.direction == 255 else [row.direction, *row.further]
        assert len(found) == len(expected)
        for half, direction in zip(found, expected, strict=True):
            assert abs((half * 2 - direction + 180) % 360 - 180) <= 1


def test_rows_are_in_z_order_whatever_the_order_they_came_in() -> None:
    rows = [camera(number, number % 7, number % 5) for number in range(60)]
    _, _, first = _packed(rows)
    shuffled = random.Random(1).sample(rows, len(rows))  # noqa: S311 - no secret
    packing, _, second = _packed(shuffled)
    assert first == second
    ids = [shuffled[row]["camera_id"] for row in packing.order]
    # Seven by five crossings of whole degrees: 35 places, those with two cameras by their ids.
    at_one_place = [number for number, row in zip(ids, second, strict=True) if row.lon_deg < 0.5]
    assert at_one_place == sorted(at_one_place, key=lambda one: (_lat(one), one))


def _lat(camera_id: object) -> int:
    # Z-order runs from north to south, so five degrees north comes first.
    return -(int(str(camera_id).removeprefix("osm:node/")) % 5)


def test_an_all_round_view_is_no_direction() -> None:
    _, _, (row,) = _packed([camera(1, view_angle_deg=360.0, flags=["all_round"])])
    assert (row.direction, row.angle) == (254, 180)


def test_a_view_angle_is_kept_to_two_degrees_and_a_narrow_one_stays_known() -> None:
    rows = [
        camera(1, view_angle_deg=90.0, directions_deg=[45.0]),
        camera(2, view_angle_deg=0.4, directions_deg=[45.0]),
        camera(3, directions_deg=[45.0]),
    ]
    _, _, unpacked = _packed(rows)
    assert [row.angle for row in unpacked] == [45, 1, 0]


def test_a_direction_just_below_north_is_drawn_as_north() -> None:
    _, _, (row,) = _packed([camera(1, directions_deg=[359.6])])
    assert row.direction == 0


@pytest.mark.parametrize(
    ("day", "code"),
    [("2011", 12), ("2011-05-03", 12), ("before:2011", 0), (None, 0), ("1998-01", 0), ("2255", 0)],
)
def test_only_a_plain_year_becomes_a_year(day: str | None, code: int) -> None:
    _, _, (row,) = _packed([camera(1, first_mapped_on=day)])
    assert row.year == code


def test_cameras_of_one_pole_lead_to_its_first_row() -> None:
    rows = [camera(number, 24.94 + number * 1e-4, pole_id=None) for number in range(6)]
    for number in (0, 2, 5):
        rows[number]["pole_id"] = "osm:node/0"
    packing, _, unpacked = _packed(rows)
    firsts = {
        int(frame_row): row.first_of_pole
        for frame_row, row in zip(packing.order, unpacked, strict=True)
    }
    assert len({firsts[number] for number in (0, 2, 5)}) == 1
    assert len(set(firsts.values())) == 4


@pytest.mark.parametrize(("apart", "far"), [(254, 0), (255, 1), (301, 1)])
def test_a_pole_is_found_across_more_rows_than_a_byte_can_count(apart: int, far: int) -> None:
    # The first and the last of the order share a pole; all others stand alone.
    rows = [camera(number, number * 1e-4, 0.0) for number in range(apart + 1)]
    packing, _, _ = _packed(rows)
    first, last = int(packing.order[0]), int(packing.order[-1])
    rows[first]["pole_id"] = rows[last]["pole_id"] = "osm:node/0"
    packing, _, unpacked = _packed(rows)
    assert packing.payload["far_poles"] == far
    assert [row.first_of_pole for row in unpacked] == [*range(apart), 0]


def test_no_camera_gives_an_empty_file_and_no_error() -> None:
    packing, words, unpacked = _packed([])
    assert unpacked == []
    assert (packing.with_direction, packing.with_year) == (0, 0)
    assert words.kinds.counts == (0, 0, 0)


def test_a_guard_among_the_cameras_stops_the_build() -> None:
    with pytest.raises(MapperError, match="guard"):
        _packed([camera(1, device_type="guard")])


def _all(count: int) -> NDArray[np.bool_]:
    return np.ones(count, dtype=np.bool_)


def _column(words: list[str | None]) -> Coded[str]:
    cameras = frame([camera(number, zone=word) for number, word in enumerate(words)])
    return coded_texts(cameras, "zone")


def test_cameras_in_one_cell_stand_by_their_ids_and_not_as_the_frame_has_them() -> None:
    places = [(30, 1.0), (2, 1.0), (5, 9.0), (4, 1.0), (3, 9.0), (1, 5.0)]
    cameras = frame([camera(number, lon) for number, lon in places])
    order = pack_cameras(cameras, vocabularies_of(cameras)).order
    assert [places[row][0] for row in order] == [2, 30, 4, 1, 3, 5]


def test_rarer_words_share_the_last_code_and_are_counted_together() -> None:
    rows = ["a", "a", "b", "b", "c", "d", None, REST, REST, REST]
    words = by_count(_column(rows), words_max=2, stands=_all(10))
    assert words.words == (None, "a", "b", REST)
    assert words.counts == (1, 2, 2, 5)


def test_words_of_equal_count_stand_in_the_order_of_the_alphabet() -> None:
    words = by_count(_column(["b", "a", "c"]), words_max=9, stands=_all(3))
    assert words.words == (None, "a", "b", "c")
