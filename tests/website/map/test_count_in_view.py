"""What a view counts is what counting camera by camera gives, whatever is asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.front_end_module import answer_of

_WORLD = 1 << 25
_LARGEST = (15, 65535, 3, 255, 255, 255, 3, 255)

_SCRIPT = """
import { countPlaced, countUnasked, placeRows, tallyGroups } from "site/count_in_view.js";
import { FACETS, STANDING, groupsOf } from "site/groups.js";
import { CLASSES, classOf, latticeOf, seek, sought } from "site/hexagons.js";
const { rows, shift, area, refusedMakers } = given;
const store = { n: rows.length, x: rows.map((row) => row[0]), y: rows.map((row) => row[1]) };
FACETS.forEach((facet, f) => { store[facet] = rows.map((row) => row[2 + f]); });
store.groups = groupsOf(store);
const isRefused = (vendor) => refusedMakers.includes(vendor);
const bit = 1 << FACETS.indexOf("vendor");
const refused = Uint16Array.from(store.groups.vendor, (vendor) => (isRefused(vendor) ? bit : 0));
const lattice = shift ? latticeOf(area, shift) : null;
const placed = placeRows(store, area, area, lattice);
const counted = countPlaced(store, placed, refused, lattice);
const tally = tallyGroups(store, refused, placed);

const ended = 1 << FACETS.indexOf("lifecycle");
const stands = (life) => STANDING.includes(life);
const byLife = Uint16Array.from(store.groups.lifecycle, (life) => (stands(life) ? 0 : ended));
const { total, before, unknownMaker } = tallyGroups(store, byLife, placed);

const mask = (1 << 25) - 1;
const apart = { total: 0, byMaker: {}, byKind: {}, hexagons: {}, groups: 0, rows: [] };
rows.forEach(([x, y, kind, vendor], row) => {
  for (const [f, facet] of FACETS.entries()) {
    if (store.groups[facet][store.groups.of[row]] !== rows[row][2 + f]) apart.groups++;
  }
  const dy = y - area.north;
  const isIn = ((x - area.west) & mask) < area.width && dy >= 0 && dy < area.height;
  const drawn = lattice ? lattice.area : area;
  const [left, top] = [(x - drawn.west) & mask, y - drawn.north];
  if (isIn) apart.byMaker[vendor] = (apart.byMaker[vendor] || 0) + 1;
  if (isRefused(vendor)) return;
  if (isIn) apart.total++;
  if (isIn) apart.byKind[kind] = (apart.byKind[kind] || 0) + 1;
  if (left >= drawn.width || top < 0 || top >= drawn.height) return;
  apart.rows.push(row);
  if (!lattice) return;
  seek(lattice, left, top);
  const key = sought.hexagon * CLASSES + classOf(vendor);
  apart.hexagons[key] = (apart.hexagons[key] || 0) + 1;
});
const kept = (list) => Object.fromEntries([...list].map((n, i) => [i, n]).filter(([, n]) => n));
answer({
  apart,
  told: {
    total: tally.total, byMaker: kept(tally.vendor), byKind: kept(tally.kind), groups: 0,
    hexagons: lattice ? kept(lattice.n) : {}, rows: counted.rows,
  },
  passing: counted.passing,
  unasked: countUnasked(store, area),
  grouped: { total, before, unknownMaker },
});
"""

_PLACES = st.integers(0, _WORLD - 1)
# The small values and the largest that a column holds; few kinds of camera, so that many are alike.
_VALUES = [st.sampled_from([0, 1, largest]) for largest in _LARGEST]
_ALIKE = st.lists(st.tuples(*_VALUES), min_size=1, max_size=4)
_STANDS = st.lists(st.tuples(_PLACES, _PLACES, st.integers(0, 3)), min_size=12, max_size=60)


@settings(deadline=None, max_examples=25)
@given(
    alike=_ALIKE,
    stands=_STANDS,
    shift=st.sampled_from([0, 12, 20, 21]),
    west=_PLACES,
    refused=st.lists(st.sampled_from([0, 1, 65535]), max_size=2),
    size_bits=st.integers(23, 25),
)
def test_a_view_counts_what_counting_one_by_one_gives(
    alike: list[tuple[int, ...]],
    stands: list[tuple[int, int, int]],
    shift: int,
    west: int,
    refused: list[int],
    size_bits: int,
) -> None:
    side = 1 << size_bits
    # Most of them where the view looks: what lies elsewhere is nothing to count.
    rows = [
        ((west + x % (2 * side)) % _WORLD, y % side, *alike[which % len(alike)])
        for x, y, which in stands
    ]
    area = {"west": west, "north": 0, "width": side, "height": side}
    # A lattice this fine over half the world would take gigabytes.
    if shift == 12:
        area |= {"width": 1 << 20, "height": 1 << 20}
    told = answer_of(
        _SCRIPT, {"rows": rows, "shift": shift, "area": area, "refusedMakers": refused}
    )

    assert told["told"] == told["apart"]
    assert told["passing"] == told["told"]["total"]
    assert told["unasked"] == told["grouped"]


_MANY = """
import { groupsOf } from "site/groups.js";
const n = given;
const column = (of) => Array.from({ length: n }, (_, i) => of(i));
const zero = column(() => 0);
const store = {
  n, kind: zero, rung: zero, visibility: zero, zone: zero, lifecycle: zero,
  vendor: column((i) => i >> 8), country: column((i) => i & 255), year: zero,
};
const groups = groupsOf(store);
answer([groups.n, new Set(groups.of).size, groups.vendor[n - 1], groups.country[n - 1]]);
"""


@pytest.mark.parametrize("n", [1, 4096, 4097, 20000])
def test_as_many_groups_as_there_are_unlike_cameras(n: int) -> None:
    assert answer_of(_MANY, n) == [n, n, (n - 1) >> 8, (n - 1) & 255]
