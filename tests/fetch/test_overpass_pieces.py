"""The world in boxes: no gap, no overlap, about as many cameras in each."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.fetch.overpass_area import Bbox
from mapper.fetch.overpass_pieces import Piece, balanced_pieces, first_gap
from mapper.settings import Settings
from mapper.website.mapped_world import GRID_BITS, read_mapped_world

CELL = st.tuples(st.integers(0, 15), st.integers(0, 15))
COUNTS = st.dictionaries(CELL, st.integers(1, 9_000), max_size=12)


def boxes_of(pieces: tuple[Piece, ...]) -> list[Bbox]:
    return [piece.bbox for piece in pieces]


@settings(max_examples=25)
@given(COUNTS, st.integers(1, 12))
def test_pieces_cover_the_world_once_and_hold_every_count(
    counts: dict[tuple[int, int], int], most: int
) -> None:
    pieces = balanced_pieces(counts, grid_bits=4, most=most)
    boxes = boxes_of(pieces)
    assert first_gap(boxes) is None
    # As much as the world and without a gap: so no two of them overlap.
    assert sum(box.area_deg2 for box in boxes) == pytest.approx(360 * 180)
    assert sum(piece.counted for piece in pieces) == sum(counts.values())
    assert len(pieces) == most or max((piece.counted for piece in pieces), default=0) <= max(
        counts.values(), default=0
    )


@settings(max_examples=25)
@given(COUNTS, st.integers(2, 12), st.integers(0, 11))
def test_a_world_without_one_of_its_pieces_has_a_gap(
    counts: dict[tuple[int, int], int], most: int, which: int
) -> None:
    boxes = boxes_of(balanced_pieces(counts, grid_bits=4, most=most))
    gone = boxes.pop(which % len(boxes))
    gap = first_gap(boxes)
    assert gap is not None
    lon_deg, lat_deg = gap
    assert gone.west_deg < lon_deg < gone.east_deg
    assert gone.south_deg < lat_deg < gone.north_deg


def test_a_box_that_ends_a_step_early_leaves_a_gap() -> None:
    boxes = [Bbox(-180, -90, 0, 90), Bbox(0, -90, 180, 90)]
    assert first_gap(boxes) is None
    assert first_gap([boxes[0], replace(boxes[1], west_deg=0.0000001)]) is not None
    assert first_gap([boxes[0], replace(boxes[1], north_deg=85.05)]) is not None
    assert first_gap([]) is not None


def test_the_world_as_it_is_mapped_makes_sixty_even_pieces() -> None:
    world = read_mapped_world(Settings().overview_dir)
    counts: Counter[tuple[int, int]] = Counter()
    for cell in world.cells:
        counts[cell.cell_x, cell.cell_y] += cell.cameras
    pieces = balanced_pieces(counts, grid_bits=GRID_BITS, most=60)
    assert len(pieces) == 60
    assert min(piece.counted for piece in pieces) > 1_000
    assert sum(piece.counted for piece in pieces) == world.whole.cameras
    # One cell of the grid, 78 km wide, is not cut.
    assert max(piece.counted for piece in pieces) <= max(10_000, *counts.values())
    helsinki = [box for box in boxes_of(pieces) if box.west_deg <= 24.94 < box.east_deg
                and box.south_deg <= 60.17 < box.north_deg]  # fmt: skip
    assert len(helsinki) == 1
