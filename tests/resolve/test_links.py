"""Which official camera is which camera of OpenStreetMap."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.resolve.links import LINK_COLUMNS, ONE_OF_SEVERAL, SURE, links

LON_DEG, LAT_DEG = 24.94, 60.17
METRE_LAT_DEG = 1 / 111_195.08
METRE_LON_DEG = METRE_LAT_DEG / float(np.cos(np.radians(LAT_DEG)))

Row = tuple[str, float, float, list[float] | None, str, str | None]


def _camera(
    camera_id: str,
    east_m: float,
    north_m: float = 0.0,
    *,
    facing: float | None = None,
    kind: str = "camera",
    vendor: str | None = None,
) -> Row:
    return (camera_id, east_m, north_m, None if facing is None else [facing], kind, vendor)


def _frame(rows: Sequence[Row]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "directions_deg": pd.Series([row[3] for row in rows], dtype=object),
            "device_type": pd.Series([row[4] for row in rows], dtype=object),
            "vendor_id": pd.Series([row[5] for row in rows], dtype=object),
        },
        geometry=gpd.points_from_xy(
            [LON_DEG + row[1] * METRE_LON_DEG for row in rows],
            [LAT_DEG + row[2] * METRE_LAT_DEG for row in rows],
        ),
        crs="EPSG:4326",
    ).set_axis([row[0] for row in rows], axis="index")


def _pairs(official: Sequence[Row], osm: Sequence[Row]) -> dict[str, str]:
    found = links(_frame(official), _frame(osm))
    return dict(zip(found["official_id"], found["osm_id"], strict=True))


def test_a_camera_near_one_other_is_linked_with_its_reason() -> None:
    found = links(
        _frame([_camera("city:1", 0.0, facing=10.0)]),
        _frame([_camera("osm:1", 6.0, facing=14.0)]),
    )
    assert tuple(found.columns) == LINK_COLUMNS
    (link,) = found.to_dict("records")
    assert (link["official_id"], link["osm_id"]) == ("city:1", "osm:1")
    assert link["distance_m"] == 6.0
    assert link["reason"] == "6.0 m apart; directions 4 degrees apart; both camera"
    assert link["certainty"] == SURE
    assert 0.9 < link["score"] < 1.0


def test_beyond_the_reach_nothing_is_linked() -> None:
    assert _pairs([_camera("city:1", 0.0)], [_camera("osm:1", 25.5)]) == {}


def test_every_camera_is_linked_once_at_most() -> None:
    official = [_camera("city:1", 0.0), _camera("city:2", 1.0), _camera("city:3", 2.0)]
    osm = [_camera("osm:1", 0.5), _camera("osm:2", 1.5)]
    found = _pairs(official, osm)
    assert len(found) == 2
    assert len(set(found.values())) == 2


def test_a_corner_is_paired_as_a_whole_and_not_camera_by_camera() -> None:
    # The nearest to city:1 is osm:2; taking it would leave city:2 with osm:1, 14 m away.
    official = [_camera("city:1", 0.0), _camera("city:2", 8.0)]
    osm = [_camera("osm:1", -6.0), _camera("osm:2", 4.5)]
    assert _pairs(official, osm) == {"city:1": "osm:1", "city:2": "osm:2"}


def test_directions_tell_cameras_of_one_pole_apart() -> None:
    official = [_camera("city:1", 5.0, facing=0.0), _camera("city:2", 5.0, facing=180.0)]
    osm = [_camera("osm:1", 0.0, facing=182.0), _camera("osm:2", 0.0, facing=358.0)]
    assert _pairs(official, osm) == {"city:1": "osm:2", "city:2": "osm:1"}


def test_a_plate_reader_is_linked_with_the_plate_reader_and_a_maker_with_its_own() -> None:
    official = [_camera("city:1", 0.0, kind="plate_reader"), _camera("city:2", 50.0, vendor="axis")]
    osm = [
        _camera("osm:1", 3.0),
        _camera("osm:2", 6.0, kind="plate_reader"),
        _camera("osm:3", 53.0, vendor="bosch"),
        _camera("osm:4", 56.0, vendor="axis"),
    ]
    assert _pairs(official, osm) == {"city:1": "osm:2", "city:2": "osm:4"}


def test_a_shared_special_kind_is_evidence_and_being_a_camera_is_none() -> None:
    scores = {
        kind: links(
            _frame([_camera("city:1", 0.0, kind=kind)]), _frame([_camera("osm:1", 9.0, kind=kind)])
        )["score"].tolist()[0]
        for kind in ("camera", "plate_reader", "enforcement_camera")
    }
    assert scores["plate_reader"] == scores["enforcement_camera"] > scores["camera"]


def test_what_contradicts_in_everything_is_not_linked() -> None:
    official = [_camera("city:1", 0.0, facing=0.0, kind="enforcement_camera", vendor="axis")]
    osm = [_camera("osm:1", 10.0, facing=180.0, vendor="bosch")]
    assert _pairs(official, osm) == {}


def test_where_two_are_equally_near_the_link_says_so() -> None:
    found = links(
        _frame([_camera("city:1", 0.0)]), _frame([_camera("osm:1", -3.0), _camera("osm:2", 3.0)])
    )
    assert found["certainty"].tolist() == [ONE_OF_SEVERAL]
    assert found["score"].tolist()[0] <= 0.5


def test_the_reason_names_makers_that_agree_and_never_hides_that_they_do_not() -> None:
    same = links(
        _frame([_camera("city:1", 0.0, vendor="axis")]),
        _frame([_camera("osm:1", 1.0, vendor="axis")]),
    )
    other = links(
        _frame([_camera("city:1", 0.0, facing=5.0, vendor="axis")]),
        _frame([_camera("osm:1", 1.0, facing=5.0, vendor="bosch")]),
    )
    assert same["reason"].tolist() == ["1.0 m apart; both camera; both by axis"]
    assert other["reason"].tolist() == [
        "1.0 m apart; directions 0 degrees apart; both camera; two makers named"
    ]


@pytest.mark.parametrize("empty", ["official", "osm", "both"])
def test_without_cameras_there_are_no_links(empty: str) -> None:
    some, none = [_camera("a:1", 0.0)], list[Row]()
    found = links(
        _frame(none if empty != "osm" else some), _frame(none if empty != "official" else some)
    )
    assert len(found) == 0
    assert tuple(found.columns) == LINK_COLUMNS


SPOTS = st.tuples(st.integers(0, 60), st.integers(0, 30), st.sampled_from([None, 0.0, 90.0, 180.0]))


@settings(deadline=None)
@given(
    official=st.lists(SPOTS, max_size=8),
    osm=st.lists(SPOTS, max_size=8),
    data=st.data(),
)
def test_links_are_one_to_one_and_do_not_depend_on_the_order(
    official: list[tuple[int, int, float | None]],
    osm: list[tuple[int, int, float | None]],
    data: st.DataObject,
) -> None:
    one = [_camera(f"city:{n}", x, y, facing=f) for n, (x, y, f) in enumerate(official)]
    other = [_camera(f"osm:{n}", x, y, facing=f) for n, (x, y, f) in enumerate(osm)]
    found = links(_frame(one), _frame(other))
    again = links(
        _frame(data.draw(st.permutations(one))), _frame(data.draw(st.permutations(other)))
    )
    pd.testing.assert_frame_equal(found, again)
    assert found["official_id"].is_unique
    assert found["osm_id"].is_unique
    assert (found["distance_m"] <= 25.0).all()
    assert found["score"].between(0, 1).all()


@pytest.mark.parametrize(("spacing_m", "bar"), [(200.0, 0.97), (60.0, 0.93), (30.0, 0.85)])
def test_planted_pairs_are_found_at_three_densities(spacing_m: float, bar: float) -> None:
    # Corners on a grid, one to four cameras each, every camera on its own side of the crossing;
    # the official list moves them by 8 m in the median and 25 m in one of twenty, knows the
    # direction of half, lacks a third and has as many of its own.
    draw = np.random.default_rng(20_261_123)
    osm, truth, official = [], {}, []
    for corner in range(900):
        x, y = (corner % 30) * spacing_m, (corner // 30) * spacing_m
        for arm in range(int(draw.integers(1, 5))):
            facing, name = arm * 90.0, f"{corner}.{arm}"
            east, north = x + 5 * np.sin(np.radians(facing)), y + 5 * np.cos(np.radians(facing))
            osm.append(_camera(f"osm:{name}", east, north, facing=facing))
            if draw.random() < 2 / 3:
                truth[f"city:{name}"] = f"osm:{name}"
                away, turn = draw.lognormal(np.log(8), 0.69), draw.uniform(0, 2 * np.pi)
                seen = facing + draw.normal(0, 8) if draw.random() < 0.5 else None
                moved = (east + away * np.cos(turn), north + away * np.sin(turn))
                official.append(_camera(f"city:{name}", *moved, facing=seen))
            else:
                spot = draw.uniform(0, 30 * spacing_m, 2)
                official.append(_camera(f"city:new {name}", *spot))
    found = links(_frame(official), _frame(osm))
    right = [truth.get(a) == b for a, b in zip(found["official_id"], found["osm_id"], strict=True)]
    sure = (found["certainty"] == SURE).to_numpy()
    assert np.array(right)[sure].mean() >= bar
    assert sum(right) / len(truth) >= 0.5


@pytest.mark.parametrize("bearing_deg", range(0, 360, 45))
def test_a_crowd_within_reach_is_seen_from_whatever_side_it_stands_on(
    bearing_deg: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    east_m, north_m = (9.0 * float(turn(np.radians(bearing_deg))) for turn in (np.sin, np.cos))
    crowd = [_camera(f"city:{row}", east_m, north_m) for row in range(150)]
    official = [_camera("city:alone", 0.0), *crowd]
    monkeypatch.setattr("mapper.resolve.links._CROWD", 200)
    told = links(_frame(official), _frame([_camera("osm:1", 0.0)]), within_m=10.0)
    assert list(told["official_id"]) == ["city:alone"]
    monkeypatch.setattr("mapper.resolve.links._CROWD", 100)
    assert links(_frame(official), _frame([_camera("osm:1", 0.0)]), within_m=10.0).empty
