"""Positions that share a cell have the answers that each of them has alone."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.countries import Countries
from mapper.resolve.earth import segments
from mapper.resolve.grid_cells import GridCells
from mapper.settings import Settings

COUNTRIES = Countries.load(Settings().boundaries_dir)

CROWDS = {
    "Geneva, within France": (6.14, 46.20),
    "Baarle, of Belgium and the Netherlands": (4.93, 51.44),
    "Jerusalem, of two sides": (35.22, 31.78),
    "Nicosia, of three": (33.36, 35.17),
    "Vatican, within Rome": (12.45, 41.90),
    "Singapore, beside Johor": (103.76, 1.44),
    "Sevastopol": (33.52, 44.60),
    "Taveuni, on both sides of 180": (179.9, -16.8),
    "Denver, far from all": (-104.99, 39.74),
    "sea between two countries": (1.4, 51.0),
}


@pytest.mark.parametrize(("lon_deg", "lat_deg"), CROWDS.values(), ids=CROWDS)
def test_a_crowd_has_the_countries_of_each_position_alone(lon_deg: float, lat_deg: float) -> None:
    draw = np.random.default_rng(7)
    around = draw.uniform(-0.4, 0.4, (600, 2)) + np.array([lon_deg, lat_deg])
    lon = np.where(around[:, 0] > 180, around[:, 0] - 360, around[:, 0])
    together = COUNTRIES.assign(lon, around[:, 1])
    alone = [COUNTRIES.assign(lon[[row]], around[[row], 1]) for row in range(len(lon))]
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


@given(
    st.lists(
        st.tuples(st.floats(0.0, 0.5), st.floats(-90.0, -89.5) | st.floats(0.0, 0.3)), max_size=60
    )
)
def test_the_positions_of_a_cell_lie_in_its_box_and_no_row_is_lost(
    places: list[tuple[float, float]],
) -> None:
    lon_deg, lat_deg = np.array(places, dtype=float).reshape(-1, 2).T
    cells = GridCells.of(lon_deg, lat_deg)
    for row, cell in enumerate(cells.cell_of.tolist()):
        assert cell < 0 or shapely.covers(cells.boxes[cell], shapely.Point(places[row]))
    assert np.array_equal(cells.cell_of[cells.first_rows], np.arange(len(cells.boxes)))
    for is_alike in (np.ones(len(cells.boxes), bool), np.zeros(len(cells.boxes), bool)):
        rows, answer_of = cells.asked(is_alike)
        for row, answer in enumerate(answer_of.tolist()):
            assert rows[answer] == row or (
                is_alike.any() and cells.cell_of[rows[answer]] == cells.cell_of[row] >= 0
            )


def test_few_positions_are_asked_one_by_one() -> None:
    lon_deg, lat_deg = np.full(3, 10.01), np.full(3, 50.01)
    cells = GridCells.of(lon_deg, lat_deg)
    assert not len(cells.boxes)
    assert cells.asked(np.zeros(0, bool))[0].tolist() == [0, 1, 2]
    assert len(GridCells.of(np.full(4, 10.01), np.full(4, 50.01)).boxes) == 1


def test_a_cell_that_a_polygon_cuts_or_a_line_comes_near_is_not_alike() -> None:
    cells = GridCells.of(np.full(4, 10.01), np.full(4, 50.01))
    inside, beside = shapely.box(9.0, 49.0, 11.0, 51.0), shapely.box(0.0, 0.0, 1.0, 1.0)
    cut = shapely.box(10.1, 49.0, 11.0, 51.0)
    assert cells.are_whole(np.array([inside, beside])).tolist() == [True]
    assert cells.are_whole(np.array([inside, cut])).tolist() == [False]
    # 0.02 degrees west of the cell: 1.43 km at this latitude.
    west = segments(np.array([[9.98, 49.0]]), np.array([[9.98, 51.0]]))
    assert cells.are_far(shapely.STRtree(west), 1400.0).tolist() == [True]
    assert cells.are_far(shapely.STRtree(west), 1450.0).tolist() == [False]
