/* One pass over all cameras: which are in view, how many there are by every facet, and what is to
   be drawn, as bins or as single rows. */

import { FACETS } from "./groups.js";

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

/**
 * Count and collect.
 *
 * `area` is what is counted, `drawn` what is collected (larger, so that a drag finds no bare
 * edge). With `shift` above 0 the rows fall into bins of 2^shift cells; with 0 they are listed.
 *
 * @param {Store} store
 * @param {Uint8Array} refused by group, the facets that refuse it as bits
 * @param {Area} area
 * @param {Area} drawn
 * @param {number} shift
 */
export function countInView(store, refused, area, drawn, shift) {
  const { x, y, n } = store;
  const groupOf = store.groups.of;
  const inView = new Uint32Array(store.groups.n);
  const mask = WORLD - 1;
  const { west, north, width, height } = area;
  const { west: dWest, north: dNorth, width: dWidth, height: dHeight } = drawn;
  const across = shift ? (dWidth >>> shift) + 2 : 0;
  const down = shift ? (dHeight >>> shift) + 2 : 0;
  const count = new Uint32Array(across * down);
  const sumX = new Float64Array(across * down);
  const sumY = new Float64Array(across * down);
  /** @type {number[]} */
  const rows = [];
  for (let i = 0; i < n; i++) {
    const dx = (x[i] - dWest) & mask;
    if (dx >= dWidth) continue;
    const dy = y[i] - dNorth;
    if (dy < 0 || dy >= dHeight) continue;
    const group = groupOf[i];
    const vy = y[i] - north;
    if (vy >= 0 && vy < height && ((x[i] - west) & mask) < width) inView[group]++;
    if (refused[group] !== 0) continue;
    if (shift) {
      const bin = (dy >>> shift) * across + (dx >>> shift);
      count[bin]++;
      sumX[bin] += dx;
      sumY[bin] += dy;
    } else rows.push(i);
  }
  return { inView, rows, bins: shift ? { count, sumX, sumY, across, shift } : null };
}

/**
 * Add the groups up.
 *
 * A facet's own counts leave its own choice aside: they say how many there would be.
 * Gives `total`, `before` (any filter but that of planned, standing, ended), `unknownMaker` and for
 * each facet an array, index = value.
 *
 * @param {Store} store
 * @param {Uint8Array} refused
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
