/* The coast of a close view, in cells of zoom 6 that come as the map looks at them. Where a cell has
   not come, or the build left it out, the coarse land stays: the caller draws it. */

import { drop, unpack, want } from "./data_loader.js";
import { nextTurn } from "./turns.js";

const SEA = "s";
const LAND = "l";
const COAST = "f";

/**
 * Unroll steps into positions, with the box they lie in.
 *
 * @param {number[]} list
 * @returns {LandShape}
 */
export function unrolled(list) {
  const points = new Float64Array(list.length);
  let x = 0;
  let y = 0;
  const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (let i = 0; i < list.length; i += 2) {
    x += list[i];
    y += list[i + 1];
    points[i] = x;
    points[i + 1] = y;
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.north = Math.min(box.north, y);
    box.south = Math.max(box.south, y);
  }
  return { points, box };
}

/**
 * Go along a shape; points nearer than half a pixel to the last one are left out.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {LandShape} shape
 * @param {boolean} closed
 * @param {(x: number) => number} toX
 * @param {(y: number) => number} toY
 * @param {((x: number, y: number, nextX: number, nextY: number) => boolean) | null} isCut
 */
export function trace(context, { points }, closed, toX, toY, isCut) {
  let lastX = toX(points[0]);
  let lastY = toY(points[1]);
  context.moveTo(lastX, lastY);
  const end = closed ? points.length + 2 : points.length;
  for (let i = 2; i < end; i += 2) {
    const k = i % points.length;
    const x = toX(points[k]);
    const y = toY(points[k + 1]);
    const cut = isCut && isCut(points[i - 2], points[i - 1], points[k], points[k + 1]);
    if (!cut && i + 2 < end && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
    if (cut) context.moveTo(x, y);
    else context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
}

/** @param {() => void} redraw */
export function coastCells(redraw) {
  /** @type {CoastIndex | null} */
  let index = null;
  let isAsked = false;
  /* Null while a cell is on its way, and for good where it did not come: the coarse land is no fault
     that the reader must hear of. */
  /** @type {Map<string, LandShape[] | null>} */
  const cells = new Map();

  async function readIndex() {
    isAsked = true;
    try {
      index = await want("coast/index");
      redraw();
    } catch {
      // as above
    }
  }

  /** @param {string} name */
  async function fetchCell(name) {
    cells.set(name, null);
    try {
      const bytes = await unpack((await want(name)).gz);
      drop(name);
      // Cells come several at once: each has a turn of its own.
      await nextTurn();
      cells.set(name, JSON.parse(new TextDecoder().decode(bytes)).rings.map(unrolled));
      redraw();
    } catch {
      // as above
    }
  }

  /**
   * The cells under a frame: those that can be drawn, and the rectangles of those that cannot. Edges
   * lie on whole pixels of the canvas, so that no line shows between two of them.
   *
   * @param {Frame} frame
   * @param {boolean} mayLoad
   */
  function under(frame, mayLoad) {
    /** @type {{ready: CoastCell[], bare: CoastCell[]}} */
    const found = { ready: [], bare: [] };
    if (!index && mayLoad && !isAsked) readIndex();
    const across = index ? index.cells.length : 1;
    const { drawn, ratio } = frame;
    const side = (256 * 2 ** frame.zoom) / across;
    const snap = (/** @type {number} */ length) => Math.round(length * ratio) / ratio;
    for (let x = Math.floor(drawn.min.x / side); x <= drawn.max.x / side; x++) {
      for (let y = Math.max(0, Math.floor(drawn.min.y / side)); y <= drawn.max.y / side; y++) {
        if (y >= across) continue;
        const own = ((x % across) + across) % across;
        const mark = index ? index.cells[y][own] : "-";
        if (mark === SEA) continue;
        const name = "coast/6-" + own + "-" + y;
        if (mark === COAST && !cells.has(name) && mayLoad) fetchCell(name);
        const rings = mark === LAND ? [] : cells.get(name) || null;
        const left = x * side - drawn.min.x;
        const top = y * side - drawn.min.y;
        const cell = {
          x: own,
          y,
          left,
          top,
          side,
          isLand: mark === LAND,
          rings: rings || [],
          rectangle: {
            left: snap(left),
            top: snap(top),
            right: snap(left + side),
            bottom: snap(top + side),
          },
        };
        (rings ? found.ready : found.bare).push(cell);
      }
    }
    return found;
  }

  /**
   * Draw cells that are there.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {CoastCell[]} ready
   * @param {Colours} colours
   */
  function draw(context, frame, ready, colours) {
    context.fillStyle = colours.land;
    context.strokeStyle = colours.coast;
    context.lineJoin = "round";
    context.lineWidth = 0.9;
    for (const cell of ready) {
      const { left, top, right, bottom } = cell.rectangle;
      if (cell.isLand) context.fillRect(left, top, right - left, bottom - top);
      else drawCell(context, frame, cell);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {CoastCell} cell
   */
  function drawCell(context, { drawn }, cell) {
    const { q, overlap, cells: rows } = /** @type {CoastIndex} */ (index);
    const size = 2 ** q / rows.length;
    const scale = cell.side / size;
    const toX = (/** @type {number} */ x) => x * scale + cell.left;
    const toY = (/** @type {number} */ y) => y * scale + cell.top;
    const width = drawn.max.x - drawn.min.x;
    const height = drawn.max.y - drawn.min.y;
    const rings = cell.rings.filter(
      ({ box }) =>
        toX(box.east) >= 0 && toX(box.west) <= width && toY(box.south) >= 0 && toY(box.north) <= height,
    );
    // Land reaches over the cell's edges, except where the world ends.
    const last = rows.length - 1;
    const west = cell.x === 0 ? 0 : -overlap;
    const east = cell.x === last ? size : size + overlap;
    const north = cell.y === 0 ? 0 : -overlap;
    const south = cell.y === last ? size : size + overlap;
    /** @type {(x: number, y: number, nextX: number, nextY: number) => boolean} */
    const isCut = (x, y, nextX, nextY) =>
      (x === nextX && (x === west || x === east)) || (y === nextY && (y === north || y === south));
    context.beginPath();
    for (const ring of rings) trace(context, ring, true, toX, toY, null);
    // What is cut off runs along the edges, at times twice: only this rule counts that right.
    context.fill("nonzero");
    context.beginPath();
    for (const ring of rings) trace(context, ring, true, toX, toY, isCut);
    context.stroke();
  }

  return { under, draw };
}
