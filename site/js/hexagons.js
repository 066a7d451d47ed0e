/* A lattice of hexagons over the world's grid: cameras of one hexagon become one disc. The lattice
   is fixed to the world, so nothing jumps when the map is dragged. */

import { STANDING } from "./groups.js";

const WORLD = 1 << 25;
const TALL = Math.sqrt(0.75); // the distance of two rows of hexagons, as a share of their width

/** Shares of a disc: makers 1 to 8 by number, then all others, and 0 for makers not known. */
export const CLASSES = 10;

/**
 * The class of a maker by its number.
 *
 * @param {number} vendor
 */
export function classOf(vendor) {
  return vendor < CLASSES - 1 ? vendor : CLASSES - 1;
}

/**
 * 2^shift cells make a hexagon 32 pixels wide; from zoom 14 on every camera stands for itself.
 *
 * @param {number} zoom
 */
export function hexShift(zoom) {
  return zoom >= 14 ? 0 : 22 - zoom;
}

/**
 * Lay the lattice over an area; the area that is returned covers whole hexagons.
 *
 * @param {Area} area
 * @param {number} shift
 * @returns {Lattice}
 */
export function latticeOf(area, shift) {
  const side = 2 ** shift;
  const tall = side * TALL;
  const west = (area.west >> shift) << shift;
  // An even row comes first, so that the odd ones stand half a hexagon aside everywhere.
  const firstRow = Math.floor(area.north / (2 * tall)) * 2;
  const north = firstRow * tall;
  const width = Math.min(WORLD, Math.ceil((area.west - west + area.width) / side + 1) * side);
  const height = Math.ceil((area.north - north + area.height) / tall + 1) * tall;
  const across = width / side + 2;
  const down = Math.ceil(height / tall) + 3;
  return {
    shift,
    side,
    tall,
    across,
    area: { west, north, width, height },
    round: width === WORLD ? WORLD / side : 0, // columns of the whole world, where it is all there
    n: new Uint32Array(across * down * CLASSES),
    offX: new Float64Array(across * down),
    offY: new Float64Array(across * down),
  };
}

/* What `seek` gives: the hexagon and how far from its middle. One for all, for a million calls. */
export const sought = { hexagon: 0, offX: 0, offY: 0 };

/**
 * Find the hexagon of a point; `dx` and `dy` count cells from the lattice's corner.
 *
 * @param {Lattice} lattice
 * @param {number} dx
 * @param {number} dy
 */
export function seek(lattice, dx, dy) {
  const { side, tall, across, round } = lattice;
  const py = dy / tall;
  let row = Math.round(py);
  const px = dx / side - (row & 1) / 2;
  let column = Math.round(px);
  const upDown = py - row;
  // Near the upper or lower edge the nearest middle can be one row further.
  if (Math.abs(upDown) * 3 > 1) {
    const aside = px - column;
    const next = column + (px < column ? -0.5 : 0.5);
    const nextRow = row + (py < row ? -1 : 1);
    const nextAside = px - next;
    const nextUpDown = py - nextRow;
    // Rows stand closer than columns: both are measured in widths.
    const here = aside * aside + 0.75 * upDown * upDown;
    if (here > nextAside * nextAside + 0.75 * nextUpDown * nextUpDown) {
      column = next + (row & 1 ? 0.5 : -0.5);
      row = nextRow;
    }
  }
  sought.offX = dx - (column + (row & 1) / 2) * side;
  sought.offY = dy - row * tall;
  if (round) column = (column + round) % round;
  sought.hexagon = (row + 1) * across + column + 1;
}

/**
 * Put cameras into their hexagon.
 *
 * @param {Lattice} lattice
 * @param {number} dx
 * @param {number} dy
 * @param {number} vendor
 * @param {number} count
 */
export function drop(lattice, dx, dy, vendor, count) {
  seek(lattice, dx, dy);
  lattice.n[sought.hexagon * CLASSES + classOf(vendor)] += count;
  lattice.offX[sought.hexagon] += count * sought.offX;
  lattice.offY[sought.hexagon] += count * sought.offY;
}

/**
 * Take all cameras out again.
 *
 * @param {Lattice} lattice
 */
export function emptied(lattice) {
  lattice.n.fill(0);
  lattice.offX.fill(0);
  lattice.offY.fill(0);
  return lattice;
}

const PULL = 0.5; // half way from where its cameras lie to the middle of the hexagon

/**
 * The discs in drawing order, the largest first, in pixels from the lattice's corner.
 *
 * `unit` is the radius of a disc of one camera, before the least radius: area is in proportion to
 * the count.
 *
 * @param {Lattice} lattice
 * @param {number} unit
 * @param {number} zoom
 */
export function discsOf(lattice, unit, zoom) {
  const px = 2 ** (zoom + 8 - 25);
  const { n, across, side, tall } = lattice;
  /** @type {Disc[]} */
  const discs = [];
  for (let hexagon = 0; hexagon * CLASSES < n.length; hexagon++) {
    const shares = n.subarray(hexagon * CLASSES, (hexagon + 1) * CLASSES);
    let count = 0;
    for (const share of shares) count += share;
    if (count === 0) continue;
    const row = Math.floor(hexagon / across) - 1;
    const column = (hexagon % across) - 1;
    const middle = (column + (row & 1) / 2) * side;
    discs.push({
      n: count,
      shares,
      x: (middle + (lattice.offX[hexagon] / count) * PULL) * px,
      y: (row * tall + (lattice.offY[hexagon] / count) * PULL) * px,
      r: Math.max(LEAST, unit * Math.sqrt(count)),
    });
  }
  return discs.sort((a, b) => b.n - a.n);
}

const LEAST = 1.8; // pixels: what is smaller cannot be seen
const LARGEST = 19; // pixels: the fullest part of what is counted
const SINGLE = 4; // pixels: one camera, where there are few

/**
 * The radius of a disc of one camera, so that the fullest is as large as a disc may be.
 *
 * @param {number} fullest
 */
export function unitOf(fullest) {
  return Math.min(SINGLE, LARGEST / Math.sqrt(fullest));
}

/**
 * The number of standing cameras in the fullest square of the grid, as wide as a hexagon.
 *
 * Rows stand in Z-order, so the rows of one square follow each other: one pass, no memory.
 *
 * @param {any} rows
 * @param {number} shift
 */
export function fullestOf(rows, shift) {
  const { x, y, n, count, lifecycle } = rows;
  const stands = new Uint8Array(256);
  for (const value of STANDING) stands[value] = 1;
  let most = 1;
  let run = 0;
  for (let i = 0; i < n; i++) {
    const same = i > 0 && x[i] >>> shift === x[i - 1] >>> shift && y[i] >>> shift === y[i - 1] >>> shift;
    const here = count ? count[i] : stands[lifecycle[i]];
    run = (same ? run : 0) + here;
    if (run > most) most = run;
  }
  return most;
}
