/* One pass over all cameras: which are in view, how many there are by every facet, and what is to
   be drawn, as bins or as single rows. */

import { FACETS } from "./groups.js";
import { drop } from "./hexagons.js";

const WORLD = 1 << 25;

/**
 * The part of the world that a pixel rectangle covers.
 *
 * `west` is a grid column, `width` and `height` count cells; a camera is inside when
 * `(x - west) mod 2^25 < width`, which holds across the antimeridian too.
 *
 * @param {any} bounds world pixels of the zoom
 * @param {number} zoom
 */
export function areaOf(bounds, zoom) {
  const cell = 2 ** (25 - 8 - zoom);
  const north = Math.max(0, Math.round(bounds.min.y * cell));
  const south = Math.min(WORLD, Math.round(bounds.max.y * cell));
  const west = Math.round(bounds.min.x * cell);
  const width = Math.min(WORLD, Math.round(bounds.max.x * cell) - west);
  return { west, north, width, height: Math.max(0, south - north) };
}

const ROWS_AT_MOST = 6000;

/**
 * Count and collect.
 *
 * `area` is what is counted; what is drawn is larger, so that a drag finds no bare edge. With a
 * lattice the rows fall into its hexagons, and the first `ROWS_AT_MOST` are listed as well; without
 * one all of `drawn` are listed.
 *
 * @param {Store} store
 * @param {Area} area
 * @param {Area} drawn
 * @param {Uint16Array} refused
 * @param {Lattice | null} lattice
 */
export function countInView(store, refused, area, drawn, lattice) {
  const { x, y, n, vendor } = store;
  const groupOf = store.groups.of;
  const inView = new Uint32Array(store.groups.n);
  const mask = WORLD - 1;
  const { west, north, width, height } = area;
  const { west: dWest, north: dNorth, width: dWidth, height: dHeight } = lattice ? lattice.area : drawn;
  const most = lattice ? ROWS_AT_MOST : Infinity;
  /** @type {number[]} */
  const rows = [];
  let passing = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] - dWest) & mask;
    if (dx >= dWidth) continue;
    const dy = y[i] - dNorth;
    if (dy < 0 || dy >= dHeight) continue;
    const group = groupOf[i];
    const vy = y[i] - north;
    const passes = refused[group] === 0;
    if (vy >= 0 && vy < height && ((x[i] - west) & mask) < width) {
      inView[group]++;
      if (passes) passing++;
    }
    if (!passes) continue;
    if (lattice) drop(lattice, dx, dy, vendor[i], 1);
    if (rows.length < most) rows.push(i);
  }
  return { inView, rows, passing, areAll: rows.length < most };
}

/**
 * Add the groups up.
 *
 * A facet's own counts leave its own choice aside: they say how many there would be.
 * Gives `total`, `before` (any filter but that of planned, standing, ended), `unknownMaker` and for
 * each facet an array, index = value.
 *
 * @param {Store} store
 * @param {Uint16Array} refused
 * @param {Uint32Array} inView
 */
export function tallyGroups(store, refused, inView) {
  const { groups } = store;
  /** @type {Tally} */
  const out = { total: 0, before: 0, unknownMaker: 0 };
  const counts = FACETS.map((facet) => {
    out[facet] = [];
    return out[facet];
  });
  const values = FACETS.map((facet) => groups[facet]);
  const lives = 1 << FACETS.indexOf("lifecycle");
  for (let g = 0; g < groups.n; g++) {
    const n = inView[g];
    if (n === 0) continue;
    const bits = refused[g];
    if ((bits & lives) === 0) out.before += n;
    if (bits === 0) {
      out.total += n;
      if (groups.vendor[g] === 0) out.unknownMaker += n;
    }
    for (let f = 0; f < counts.length; f++) {
      if ((bits & ~(1 << f)) !== 0) continue;
      const value = values[f][g];
      counts[f][value] = (counts[f][value] || 0) + n;
    }
  }
  return out;
}
