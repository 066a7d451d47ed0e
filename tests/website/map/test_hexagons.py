"""Discs: every camera is in one of them, near where it stands, and area is in proportion."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.front_end_module import answer_of

_WORLD = 1 << 25
_CELLS = st.integers(0, _WORLD - 1)
_POINTS = st.lists(st.tuples(_CELLS, _CELLS, st.integers(0, 40)), min_size=1, max_size=60)

_SCRIPT = """
import { discsOf, drop, latticeOf, unitOf } from "site/hexagons.js";
const { points, area, shift, zoom } = given;
const lattice = latticeOf(area, shift);
const mask = (1 << 25) - 1;
const inside = [];
for (const [x, y, vendor] of points) {
  const dx = (x - lattice.area.west) & mask;
  const dy = y - lattice.area.north;
  if (dx >= lattice.area.width || dy < 0 || dy >= lattice.area.height) continue;
  inside.push([x, y, vendor]);
  drop(lattice, dx, dy, vendor, 1);
}
const discs = discsOf(lattice, unitOf(points.length), zoom)
  .map(({ n, x, y, r, shares }) => ({ n, x, y, r, shares: [...shares] }));
answer({ discs, inside, corner: lattice.area, side: lattice.side });
"""


def _discs(points: list[tuple[int, int, int]], area: dict[str, int], zoom: int) -> dict[str, Any]:
    told: dict[str, Any] = answer_of(
        _SCRIPT, {"points": points, "area": area, "shift": 22 - zoom, "zoom": zoom}
    )
    return told


_WHOLE = {"west": 0, "north": 0, "width": _WORLD, "height": _WORLD}
_VIEW_PX = 900


def _view(west: int, north: int, zoom: int) -> dict[str, int]:
    """Return what a window shows: never more than the world."""
    side = min(_WORLD, _VIEW_PX << (25 - 8 - zoom))
    return {"west": west, "north": min(north, _WORLD - side), "width": side, "height": side}


@settings(deadline=None, max_examples=15)
@given(points=_POINTS, zoom=st.integers(1, 13), west=_CELLS, north=_CELLS)
def test_every_camera_is_in_one_disc(
    points: list[tuple[int, int, int]], zoom: int, west: int, north: int
) -> None:
    area = _view(west, north, zoom)
    shown = [
        ((area["west"] + x % area["width"]) % _WORLD, area["north"] + y % area["height"], vendor)
        for x, y, vendor in points
    ]
    told = _discs(shown, area, zoom)

    assert len(told["inside"]) == len(points)
    assert sum(disc["n"] for disc in told["discs"]) == len(points)
    for disc in told["discs"]:
        assert sum(disc["shares"]) == disc["n"]
    unknown = sum(disc["shares"][0] for disc in told["discs"])
    assert unknown == sum(vendor == 0 for _, _, vendor in points)


@settings(deadline=None, max_examples=15)
@given(x=_CELLS, y=_CELLS, zoom=st.integers(3, 13))
def test_a_disc_stands_where_its_camera_does(x: int, y: int, zoom: int) -> None:
    told = _discs([(x, y, 1)], _view(max(0, x - 9_000), max(0, y - 9_000), zoom), zoom)
    (disc,) = told["discs"]

    px = 2.0 ** (zoom + 8 - 25)
    far_x = abs(disc["x"] + told["corner"]["west"] * px - x * px)
    far_x = min(far_x, 256 * 2**zoom - far_x)  # the two edges of the world are one
    far_y = abs(disc["y"] + told["corner"]["north"] * px - y * px)
    # The farthest corner of a hexagon 32 pixels wide, of which half the way is taken back.
    assert math.hypot(far_x, far_y) <= 32 / math.sqrt(3) / 2 + 0.01


def test_the_lattice_does_not_move_with_the_view() -> None:
    points = [(1_000_000 + 7_001 * i, 9_000_000 + 3_001 * i, i % 4) for i in range(50)]
    px = 2.0 ** (7 + 8 - 25)

    def seen(west: int, north: int) -> set[tuple[int, float, float]]:
        area = {"west": west, "north": north, "width": 3_000_000, "height": 3_000_000}
        told = _discs(points, area, 7)
        left, top = told["corner"]["west"] * px, told["corner"]["north"] * px
        return {
            (disc["n"], round(disc["x"] + left, 3), round(disc["y"] + top, 3))
            for disc in told["discs"]
        }

    assert seen(800_000, 8_900_000) == seen(654_321, 8_765_432)


def test_area_is_in_proportion_to_the_count() -> None:
    points = [(5_000_000, 5_000_000, 0)] * 900 + [(20_000_000, 20_000_000, 0)] * 100
    large, small = _discs(points, _WHOLE, 3)["discs"]

    assert (large["n"], small["n"]) == (900, 100)
    assert large["r"] / small["r"] == pytest.approx(3)


def test_makers_beyond_the_eighth_share_a_colour() -> None:
    points = [(5, 5, vendor) for vendor in (0, 1, 8, 9, 10, 400)]
    (disc,) = _discs(points, _WHOLE, 3)["discs"]

    assert disc["shares"] == [1, 1, 0, 0, 0, 0, 0, 0, 1, 3]
