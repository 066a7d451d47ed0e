/* Every camera as typed columns: the unpacked column file. What counts need comes first. */

import { unpack } from "./data_loader.js";
import { groupsOf } from "./groups.js";
import { nextTurn } from "./turns.js";

const HALF = 67108864; // 2^26: the Morton code's upper 24 bits and lower 26

/* The even bits of every 12-bit number, pushed together. */
const EVEN = new Uint8Array(1 << 12);
for (let i = 0; i < EVEN.length; i++) {
  for (let k = 0; k < 6; k++) EVEN[i] |= ((i >> (2 * k)) & 1) << k;
}

/**
 * The even bits of a 26-bit number: the column of a Morton half; of half of it, the row.
 *
 * @param {number} half
 */
function column(half) {
  return EVEN[half & 0xfff] | (EVEN[(half >>> 12) & 0xfff] << 6) | (((half >>> 24) & 1) << 12);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} n
 * @param {[string, number][]} planes names with their bytes for each row
 */
function readPlanes(bytes, n, planes) {
  /** @type {any} */
  const columns = {};
  let at = 0;
  for (const [name, width] of planes) {
    if (width === 1) columns[name] = bytes.subarray(at, at + n);
    else if (width === 2) {
      const out = new Uint16Array(n);
      for (let i = 0; i < n; i++) out[i] = bytes[at + i] | (bytes[at + n + i] << 8);
      columns[name] = out;
    } else columns[name] = at;
    at += width * n;
  }
  columns.end = at;
  return columns;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} n
 */
function readPositions(bytes, at, n) {
  const x = new Uint32Array(n);
  const y = new Uint32Array(n);
  const p = [0, 1, 2, 3, 4, 5, 6].map((k) => bytes.subarray(at + k * n, at + (k + 1) * n));
  const [p0, p1, p2, p3, p4, p5, p6] = p;
  // The code in two halves with a carry: whole numbers of 32 bits are added in a third of the time.
  let low = 0;
  let high = 0;
  for (let i = 0; i < n; i++) {
    low += p0[i] | (p1[i] << 8) | (p2[i] << 16) | ((p3[i] & 3) << 24);
    high += (p3[i] >> 2) | (p4[i] << 6) | (p5[i] << 14) | (p6[i] << 22);
    if (low >= HALF) {
      low -= HALF;
      high++;
    }
    x[i] = (column(high) << 13) | column(low);
    y[i] = (column(high >>> 1) << 13) | column(low >>> 1);
  }
  return { x, y };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} n
 */
function readWhole(bytes, at, n) {
  const out = new Uint32Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum +=
      bytes[at + i] +
      bytes[at + n + i] * 256 +
      bytes[at + 2 * n + i] * 65536 +
      bytes[at + 3 * n + i] * 16777216;
    out[i] = sum;
  }
  return out;
}

/**
 * Pole rows too far back for one byte: row -> first row of its pole.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} count
 */
function readFarPoles(bytes, at, count) {
  const rows = readWhole(bytes, at, count);
  const far = new Map();
  for (let i = 0; i < count; i++) {
    const j = at + 4 * count + i;
    const upper = bytes[j + 2 * count] * 65536 + bytes[j + 3 * count] * 16777216;
    far.set(rows[i], bytes[j] + bytes[j + count] * 256 + upper);
  }
  return far;
}

/**
 * The first row of the pole of each row; a camera alone is its own.
 *
 * @param {Uint8Array} plane
 * @param {number} n
 * @param {Map<number, number>} far
 */
function readPoles(plane, n, far) {
  const first = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const back = plane[i];
    if (back === 0) first[i] = i;
    else first[i] = back === 255 ? /** @type {number} */ (far.get(i)) : first[i - back];
  }
  return first;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} count
 */
function readExtraDirections(bytes, at, count) {
  const rows = readWhole(bytes, at, count);
  const extra = new Map();
  for (let i = 0; i < count; i++) {
    const list = extra.get(rows[i]) || [];
    list.push(bytes[at + 4 * count + i] * 2);
    extra.set(rows[i], list);
  }
  return extra;
}

/**
 * The columns of `data/cameras.js`.
 *
 * @param {any} payload
 * @param {(columns: Columns) => void} count told as soon as a view can be counted, before the rest
 * @returns {Promise<Store>}
 */
export async function readCameras(payload, count) {
  const bytes = await unpack(payload.gz);
  const n = payload.n;
  const planes = readPlanes(bytes, n, payload.planes);
  await nextTurn();
  const positions = readPositions(bytes, planes.code, n);
  count({ ...planes, ...positions, n });
  await nextTurn();
  const extraCount = payload.extra || 0;
  const far = readFarPoles(bytes, planes.end + 5 * extraCount, payload.far_poles || 0);
  const poleOf = readPoles(planes.pole, n, far);
  const more = readExtraDirections(bytes, planes.end, extraCount);
  await nextTurn();
  const groups = groupsOf({ ...planes, n });
  await nextTurn();
  return { ...planes, ...positions, n, q: payload.q, more, poleOf, groups };
}

/**
 * Cell columns and rows of the overview, with the count, kind and vendor of each entry.
 *
 * @param {any} payload
 * @returns {Overview}
 */
export function readOverview(payload) {
  const n = payload.rows;
  const x = new Uint32Array(n);
  const y = new Uint32Array(n);
  const up = 25 - payload.q;
  let code = 0;
  for (let i = 0; i < n; i++) {
    code += payload.cell[i];
    const high = Math.floor(code / HALF);
    const low = code - high * HALF;
    x[i] = (((column(high) << 13) | column(low)) << up) + (1 << (up - 1));
    y[i] = (((column(high >>> 1) << 13) | column(low >>> 1)) << up) + (1 << (up - 1));
  }
  return { n, x, y, kind: payload.kind, vendor: payload.vendor, count: payload.count };
}

/**
 * All directions of one camera, in degrees; empty where none is known.
 *
 * @param {Store} store
 * @param {number} row
 */
export function directionsOf(store, row) {
  const first = store.direction[row];
  if (first >= 254) return [];
  return [first * 2, ...(store.more.get(row) || [])];
}

/**
 * Latitude and longitude of a row, to the cell's middle.
 *
 * @param {Store} store
 * @param {number} row
 */
export function latlngOf(store, row) {
  const side = 2 ** (store.q - 8);
  return L.CRS.EPSG3857.pointToLatLng(
    L.point((store.x[row] + 0.5) / side, (store.y[row] + 0.5) / side),
    0,
  );
}

/**
 * The rows that stand on the same pole as a row.
 *
 * @param {Store} store
 * @param {number} row
 */
export function rowsOfPole(store, row) {
  const pole = store.poleOf[row];
  const rows = [];
  for (let i = 0; i < store.n; i++) if (store.poleOf[i] === pole) rows.push(i);
  return rows;
}
