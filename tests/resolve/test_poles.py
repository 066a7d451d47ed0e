"""Shared poles and shared coordinates."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from mapper.resolve.poles import neighbours_left, pole_places, same_position, with_neighbours
from tests.release.factory import device, devices_frame

# On the sphere of the mean radius a metre north is this many degrees.
METRE_DEG = 1 / 111_195.08
HELSINKI = (24.94, 60.17)


def _line(*metres: float, lat_deg: float = HELSINKI[1]) -> tuple[np.ndarray, np.ndarray]:
    """Return positions on a line to the east, the metres measured from its start."""
    lon_deg = HELSINKI[0] + np.array(metres) * METRE_DEG / np.cos(np.radians(lat_deg))
    return lon_deg, np.full(len(metres), lat_deg)


def _poles(
    positions: tuple[np.ndarray, np.ndarray],
    source: list[str] | None = None,
    takes_part: list[bool] | None = None,
) -> list[int]:
    count = len(positions[0])
    found = pole_places(
        *positions,
        source=np.array(source or ["osm"] * count, dtype=object),
        takes_part=np.array(takes_part or [True] * count),
    )
    return [int(place) for place in found]


def test_cameras_within_three_metres_share_a_pole_named_after_the_first() -> None:
    assert _poles(_line(0.0, 2.9)) == [0, 0]


def test_beyond_three_metres_each_stands_alone() -> None:
    assert _poles(_line(0.0, 3.1)) == [-1, -1]


def test_links_chain() -> None:
    assert _poles(_line(5.8, 0.0, 2.9, 20.0)) == [0, 0, 0, -1]


def test_three_metres_are_three_metres_in_the_far_north() -> None:
    assert _poles(_line(0.0, 2.9, lat_deg=89.0)) == [0, 0]
    assert _poles(_line(0.0, 3.1, lat_deg=89.0)) == [-1, -1]


def test_across_180_degrees_a_pole_is_one() -> None:
    lon_deg = np.array([180.0 - METRE_DEG, -180.0 + METRE_DEG])
    assert _poles((lon_deg, np.zeros(2))) == [0, 0]


def test_two_sources_never_share_a_pole() -> None:
    assert _poles(_line(0.0, 1.0, 2.0), source=["osm", "city", "osm"]) == [0, -1, 0]


def test_a_guard_is_no_camera_on_the_pole() -> None:
    assert _poles(_line(0.0, 2.0, 4.0), takes_part=[True, False, True]) == [-1, -1, -1]


def test_no_camera_has_no_pole() -> None:
    assert _poles((np.array([]), np.array([]))) == []


def test_only_exactly_equal_coordinates_of_one_source_are_duplicates() -> None:
    lon_deg = np.array([1.0, 1.0, 1.0, 1.0 + 1e-7])
    source = np.array(["osm", "osm", "city", "osm"], dtype=object)
    assert same_position(lon_deg, np.zeros(4), source=source).tolist() == [True, True, False, False]


@given(
    metres=st.lists(st.floats(0, 40), min_size=2, max_size=12, unique=True),
    data=st.data(),
)
def test_the_groups_do_not_depend_on_the_order(metres: list[float], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(range(len(metres))))
    groups = _groups(_poles(_line(*metres)), list(range(len(metres))))
    again = _groups(_poles(_line(*(metres[place] for place in shuffled))), shuffled)
    assert groups == again


@given(metres=st.lists(st.floats(0, 40), min_size=2, max_size=12))
def test_two_neighbours_share_a_pole_exactly_when_they_are_near(metres: list[float]) -> None:
    ordered = sorted(metres)
    poles = _poles(_line(*ordered))
    for left, right in zip(range(len(ordered)), range(1, len(ordered)), strict=False):
        apart = ordered[right] - ordered[left]
        if abs(apart - 3.0) < 1e-3:
            continue
        together = poles[left] == poles[right] != -1
        assert together == (apart < 3.0)


def _groups(poles: list[int], names: list[int]) -> set[frozenset[int]]:
    by_pole: dict[int, set[int]] = {}
    for name, pole in zip(names, poles, strict=True):
        if pole >= 0:
            by_pole.setdefault(pole, set()).add(name)
    return {frozenset(group) for group in by_pole.values()}


@given(
    places=st.lists(
        st.tuples(st.sampled_from([0.0, 0.0, 1.0, 2.9, 5.0, 7.0, 50.0]), st.booleans()), max_size=8
    ),
    data=st.data(),
)
def test_neighbours_that_are_left_say_what_they_would_alone(
    places: list[tuple[float, bool]], data: st.DataObject
) -> None:
    lon_deg, lat_deg = _line(*(metres for metres, _ in places))
    rows = [
        device(
            number,
            geometry=Point(lon, lat),
            device_type="camera" if is_camera else "guard",
            flags=["date_refused"],
        )
        for number, (lon, lat, (_, is_camera)) in enumerate(
            zip(lon_deg, lat_deg, places, strict=True)
        )
    ]
    devices = with_neighbours(devices_frame(rows))
    kept = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    is_left = np.array(kept, dtype=bool)
    left = neighbours_left(devices, is_left)
    alone = with_neighbours(devices[is_left])
    for name, values in left.items():
        assert values[is_left].tolist() == alone[name].tolist()


def test_a_pole_is_not_named_after_what_is_in_no_row() -> None:
    # As of a part of a release, whose other rows were not asked for.
    rows = [
        device(2, geometry=Point(*HELSINKI), pole_id="osm:node/1"),
        device(3, geometry=Point(*HELSINKI), pole_id="osm:node/1"),
        device(4, pole_id="osm:node/4"),
    ]
    left = neighbours_left(devices_frame(rows), np.ones(3, dtype=bool))
    assert left["pole_id"].tolist() == ["osm:node/2", "osm:node/2", None]
