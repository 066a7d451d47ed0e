/* One pass over all cameras: which are in view, how many there are by every facet, and what is to
   be drawn, as bins or as single rows. */

import { FACETS } from "./groups.js";
import { CLASSES, classOf, seek, sought } from "./hexagons.js";

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
 * Find the rows of a frame: which of them are in view, and in which hexagon each lies.
 *
 * `area` is what is counted; what is drawn is larger, so that a drag finds no bare edge. All of
 * this holds until the map moves, whatever is filtered.
 *
 * @param {Store} store
 * @param {Area} area
 * @param {Area} drawn
 * @param {Lattice | null} lattice
 * @returns {Placed}
 */
export function placeRows(store, area, drawn, lattice) {
  const { x, y, n } = store;
  const mask = WORLD - 1;
  const { west, north, width, height } = area;
  const { west: dWest, north: dNorth, width: dWidth, height: dHeight } = lattice ? lattice.area : drawn;
  const row = new Uint32Array(n);
  let many = 0;
  for (let i = 0; i < n; i++) {
    row[many] = i;
    const dy = y[i] - dNorth;
    if (((x[i] - dWest) & mask) < dWidth && dy >= 0 && dy < dHeight) many++;
  }
  const inView = new Uint8Array(many);
  const hexagons = lattice ? many : 0;
  const hexagon = new Uint32Array(hexagons);
  const offX = new Float32Array(hexagons);
  const offY = new Float32Array(hexagons);
  for (let k = 0; k < many; k++) {
    const i = row[k];
    const vy = y[i] - north;
    inView[k] = Number(vy >= 0 && vy < height && ((x[i] - west) & mask) < width);
    if (!lattice) continue;
    seek(lattice, (x[i] - dWest) & mask, y[i] - dNorth);
    hexagon[k] = sought.hexagon;
    offX[k] = sought.offX;
    offY[k] = sought.offY;
  }
  return { n: many, row, inView, hexagon, offX, offY };
}

/**
 * Count and collect what passes the filter.
 *
 * With a lattice the rows fall into its hexagons, and the first `ROWS_AT_MOST` are listed as well;
 * without one all are listed.
 *
 * @param {Store} store
 * @param {Placed} placed
 * @param {Uint16Array} refused
 * @param {Lattice | null} lattice
 */
export function countPlaced(store, placed, refused, lattice) {
  const { vendor } = store;
  const groupOf = store.groups.of;
  const inView = new Uint32Array(store.groups.n);
  const most = lattice ? ROWS_AT_MOST : Infinity;
  /** @type {number[]} */
  const rows = [];
  let passing = 0;
  for (let k = 0; k < placed.n; k++) {
    const i = placed.row[k];
    const group = groupOf[i];
    inView[group] += placed.inView[k];
    if (refused[group] !== 0) continue;
    passing += placed.inView[k];
    if (lattice) {
      const hexagon = placed.hexagon[k];
      lattice.n[hexagon * CLASSES + classOf(vendor[i])]++;
      lattice.offX[hexagon] += placed.offX[k];
      lattice.offY[hexagon] += placed.offY[k];
    }
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
