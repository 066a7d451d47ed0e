/* One pass over all cameras: which are in view, how many there are by every facet, and what is to
   be drawn, as bins or as single rows. */

import { FACETS, STANDING } from "./groups.js";
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

/**
 * Count a view before anybody has asked for anything, camera by camera: what `tallyGroups` totals then.
 *
 * @param {Columns} columns
 * @param {Area} area
 * @returns {Tally}
 */
export function countUnasked({ x, y, n, vendor, lifecycle }, { west, north, width, height }) {
  const mask = WORLD - 1;
  const standing = new Uint8Array(256);
  for (const value of STANDING) standing[value] = 1;
  let total = 0;
  let unknownMaker = 0;
  for (let i = 0; i < n; i++) {
    const dy = y[i] - north;
    if (dy < 0 || dy >= height || ((x[i] - west) & mask) >= width || standing[lifecycle[i]] === 0) continue;
    total++;
    if (vendor[i] === 0) unknownMaker++;
  }
  return { total, before: total, unknownMaker };
}

const ROWS_AT_MOST = 6000;

/**
 * Which group each pile of a hexagon is: cameras of one group that follow each other there. Rows stand
 * in Z-order, so a wide view has a few thousand piles of many cameras.
 *
 * @param {number} rows
 * @param {number} groups
 */
function pileStore(rows, groups) {
  const lastPile = new Uint32Array(groups);
  const lastStay = new Uint32Array(groups); // the stay in a hexagon when that pile was begun
  const hexagon = new Uint32Array(rows);
  const group = new Uint32Array(rows);
  const count = new Uint32Array(rows);
  const offX = new Float64Array(rows);
  const offY = new Float64Array(rows);
  let n = 0;
  let stay = 0;
  let at = -1;
  return {
    /** Put what `seek` found into its pile.
     *
     * @param {number} ofGroup
     */
    add(ofGroup) {
      if (sought.hexagon !== at) {
        at = sought.hexagon;
        stay++;
      }
      if (lastStay[ofGroup] !== stay) {
        lastStay[ofGroup] = stay;
        lastPile[ofGroup] = n;
        hexagon[n] = at;
        group[n++] = ofGroup;
      }
      const pile = lastPile[ofGroup];
      count[pile]++;
      offX[pile] += sought.offX;
      offY[pile] += sought.offY;
    },
    /** The piles; of copies, so that the room for all rows is given back. */
    taken: () => ({
      n,
      hexagon: hexagon.slice(0, n),
      group: group.slice(0, n),
      count: count.slice(0, n),
      offX: offX.slice(0, n),
      offY: offY.slice(0, n),
    }),
  };
}

/**
 * Find the rows of a frame: how many of each group are in view, and in which hexagon they lie.
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
  const { x, y, n, groups } = store;
  const mask = WORLD - 1;
  const { west, north, width, height } = area;
  const { west: dWest, north: dNorth, width: dWidth, height: dHeight } = lattice ? lattice.area : drawn;
  const row = new Uint32Array(n);
  const inView = new Uint32Array(groups.n);
  const piles = lattice ? pileStore(n, groups.n) : null;
  let many = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] - dWest) & mask;
    const dy = y[i] - dNorth;
    if (dx >= dWidth || dy < 0 || dy >= dHeight) continue;
    row[many++] = i;
    const group = groups.of[i];
    const vy = y[i] - north;
    if (vy >= 0 && vy < height && ((x[i] - west) & mask) < width) inView[group]++;
    if (!lattice || !piles) continue;
    seek(lattice, dx, dy);
    piles.add(group);
  }
  const viewed = [];
  for (let group = 0; group < groups.n; group++) if (inView[group]) viewed.push(group);
  return { n: many, row, inView, viewed, piles: piles ? piles.taken() : null };
}

/**
 * Count what passes the filter, and list its rows where they may be drawn one by one.
 *
 * With a lattice the rows fall into its hexagons, and are listed where there are fewer than
 * `ROWS_AT_MOST`; without one they are always listed.
 *
 * @param {Store} store
 * @param {Placed} placed
 * @param {Uint16Array} refused
 * @param {Lattice | null} lattice
 */
export function countPlaced(store, placed, refused, lattice) {
  let passing = 0;
  for (const group of placed.viewed) if (refused[group] === 0) passing += placed.inView[group];
  const { piles } = placed;
  let drawn = 0;
  if (lattice && piles) {
    const { vendor } = store.groups;
    for (let k = 0; k < piles.n; k++) {
      const group = piles.group[k];
      if (refused[group] !== 0) continue;
      const hexagon = piles.hexagon[k];
      drawn += piles.count[k];
      lattice.n[hexagon * CLASSES + classOf(vendor[group])] += piles.count[k];
      lattice.offX[hexagon] += piles.offX[k];
      lattice.offY[hexagon] += piles.offY[k];
    }
  }
  const areAll = !lattice || drawn < ROWS_AT_MOST;
  /** @type {number[]} */
  const rows = [];
  const groupOf = store.groups.of;
  for (let k = 0; areAll && k < placed.n; k++) {
    if (refused[groupOf[placed.row[k]]] === 0) rows.push(placed.row[k]);
  }
  return { rows, passing, areAll };
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
 * @param {Placed} placed
 */
export function tallyGroups(store, refused, placed) {
  const { groups } = store;
  /** @type {Tally} */
  const out = { total: 0, before: 0, unknownMaker: 0 };
  const lives = 1 << FACETS.indexOf("lifecycle");
  for (const g of placed.viewed) {
    const n = placed.inView[g];
    if ((refused[g] & lives) === 0) out.before += n;
    if (refused[g] !== 0) continue;
    out.total += n;
    if (groups.vendor[g] === 0) out.unknownMaker += n;
  }
  FACETS.forEach((facet, f) => {
    const values = groups[facet];
    const others = ~(1 << f);
    /** @type {number[]} */
    const counts = [];
    for (const g of placed.viewed) {
      if ((refused[g] & others) !== 0) continue;
      while (counts.length <= values[g]) counts.push(0); // no hole: an array with one is slow
      counts[values[g]] += placed.inView[g];
    }
    out[facet] = counts;
  });
  return out;
}
