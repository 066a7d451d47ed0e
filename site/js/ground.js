/* Land, coast and borders from Natural Earth: what the map stands on below street level. Only what
   lies in the frame is traced, so a page that opens on a street never pays for the world's coast. */

import { MapCanvas } from "./canvas.js";
import { drop, have, unpack, want } from "./data_loader.js";
import { drawExtent } from "./extent.js";
import { drawGraticule } from "./graticule.js";
import { hatchHoles } from "./hatch.js";

const FINE_FROM = 5;
const FADE_FROM = 9; // the coast is 1:50 million; from here on it would mislead
const GONE_AT = 12;

/**
 * Unroll differences into positions, with the box they lie in.
 *
 * @param {number[]} list
 * @returns {LandShape}
 */
function unrolled(list) {
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
 * @param {Land} land
 * @returns {LandShapes}
 */
function shapesOf(land) {
  return {
    side: 2 ** land.q,
    rings: land.rings.map(unrolled),
    borders: land.borders.map(unrolled),
    disputed: land.disputed.map(unrolled),
  };
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
function trace(context, { points }, closed, toX, toY, isCut) {
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

/**
 * Draw one copy of the world, as far as it lies in the frame.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {LandShapes} land
 * @param {Colours} colours
 * @param {Frame} frame
 * @param {number} offset
 */
function drawWorld(context, land, colours, frame, offset) {
  const { zoom, drawn } = frame;
  const scale = (256 * 2 ** zoom) / land.side;
  const toX = (/** @type {number} */ x) => x * scale + offset - drawn.min.x;
  const toY = (/** @type {number} */ y) => y * scale - drawn.min.y;
  const width = drawn.max.x - drawn.min.x;
  const height = drawn.max.y - drawn.min.y;
  const isThere = (/** @type {LandShape} */ { box }) =>
    toX(box.east) >= 0 && toX(box.west) <= width && toY(box.south) >= 0 && toY(box.north) <= height;
  /** @type {(x: number, y: number, nextX: number, nextY: number) => boolean} */
  const isCut = (x, y, nextX, nextY) =>
    (x === 0 && nextX === 0) ||
    (x === land.side && nextX === land.side) ||
    (y === land.side && nextY === land.side);
  const rings = land.rings.filter(isThere);
  context.beginPath();
  for (const ring of rings) trace(context, ring, true, toX, toY, null);
  context.fillStyle = colours.land;
  context.fill("evenodd");
  context.lineJoin = "round";
  context.lineWidth = zoom < 4 ? 0.6 : 0.9;
  context.strokeStyle = colours.border;
  /** @type {[LandShape[], number[]][]} */
  const kinds = [
    [land.borders, []],
    [land.disputed, [3, 3]],
  ];
  for (const [lines, dash] of kinds) {
    context.setLineDash(dash);
    context.beginPath();
    for (const line of lines.filter(isThere)) trace(context, line, false, toX, toY, null);
    context.stroke();
  }
  context.setLineDash([]);
  context.beginPath();
  for (const ring of rings) trace(context, ring, true, toX, toY, isCut);
  context.strokeStyle = colours.coast;
  context.stroke();
}

/**
 * Draw land for a frame; copies stand where the view is wider than the world.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {LandShapes} land
 * @param {Colours} colours
 */
function draw(context, frame, land, colours) {
  const { zoom, drawn } = frame;
  const width = drawn.max.x - drawn.min.x;
  const height = drawn.max.y - drawn.min.y;
  if (zoom < GONE_AT) {
    const world = 256 * 2 ** zoom;
    const last = Math.floor(drawn.max.x / world);
    for (let copy = Math.floor(drawn.min.x / world); copy <= last; copy++) {
      drawWorld(context, land, colours, frame, copy * world);
    }
  }
  if (zoom > FADE_FROM) {
    context.globalAlpha = Math.min(1, (zoom - FADE_FROM) / (GONE_AT - FADE_FROM));
    context.fillStyle = colours.land;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
  }
}

/**
 * The layer; `streets` draws on the same canvas above the land.
 *
 * @param {Meta} meta
 * @param {ColoursNow} coloursNow
 * @param {{isThere: boolean, draw: (context: CanvasRenderingContext2D, frame: Frame, colours: Colours) => void}} streets
 */
export function groundLayer(meta, coloursNow, streets) {
  const coarse = shapesOf(have("land-110m"));
  /** @type {LandShapes | null} */
  let fine = null;
  let isAsked = false;
  const layer = new MapCanvas("wc-ground", 200, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    const wantsFine = frame.zoom >= FINE_FROM && frame.zoom < GONE_AT;
    if (wantsFine && !fine && !isAsked && mayLoad) refine();
    draw(context, frame, frame.zoom >= FINE_FROM && fine ? fine : coarse, colours);
    if (frame.zoom >= GONE_AT && !streets.isThere) {
      drawGraticule(context, frame, colours, layer._map);
    }
    streets.draw(context, frame, colours);
    hatchHoles(context, frame, colours, layer._map, meta);
    words = drawExtent(context, frame, colours, layer._map, meta);
  });
  /** @type {Rectangle | null} */
  let words = null;
  let mayLoad = false;
  drop("land-110m");

  async function refine() {
    isAsked = true;
    try {
      const land = await unpack((await want("land-50m")).gz);
      fine = shapesOf(JSON.parse(new TextDecoder().decode(land)));
      drop("land-50m");
      layer.redrawSoon();
    } catch {
      // the coarse coast stays: said nowhere, because nothing the reader counts on is missing
    }
  }

  /** Boxes of the canvas that words of the ground lie in. */
  layer.written = () => (words ? [words] : []);

  /** Let the fine coast be loaded when a view needs it: after what the reader waits for. */
  layer.allowFine = () => {
    mayLoad = true;
    layer.redrawSoon();
  };
  return layer;
}
