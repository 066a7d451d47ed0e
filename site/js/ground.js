/* Land and borders from Natural Earth, and close by the coast of OpenStreetMap: what the map stands on.
   Only what lies in the frame is traced, so a page that opens on a street never pays for the world. */

import { MapCanvas } from "./canvas.js";
import { coastCells, trace, unrolled } from "./coast.js";
import { drop, have, unpack, want } from "./data_loader.js";
import { drawExtent } from "./extent.js";
import { drawGraticule } from "./graticule.js";
import { hatchHoles } from "./hatch.js";

const FINE_FROM = 5;
const COAST_FROM = 8; // below it two pixels are what the coarse coast is right to
const FADE_FROM = 9; // land and borders are 1:50 million; from here on they would mislead
const GONE_AT = 12;
const COAST_FADE_FROM = 12; // the close coast is right to some 100 m
const COAST_GONE_AT = 14;

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
 * Draw one copy of the world, as far as it lies in the frame: its land, its borders or both.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {LandShapes} land
 * @param {Colours} colours
 * @param {Frame} frame
 * @param {number} offset
 * @param {{hasLand: boolean, hasBorders: boolean}} parts
 */
function drawWorld(context, land, colours, frame, offset, { hasLand, hasBorders }) {
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
  const rings = hasLand ? land.rings.filter(isThere) : [];
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
  for (const [lines, dash] of hasBorders ? kinds : []) {
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
 * @param {{hasLand: boolean, hasBorders: boolean}} parts
 */
function drawCopies(context, frame, land, colours, parts) {
  const { drawn } = frame;
  const world = 256 * 2 ** frame.zoom;
  const last = Math.floor(drawn.max.x / world);
  for (let copy = Math.floor(drawn.min.x / world); copy <= last; copy++) {
    drawWorld(context, land, colours, frame, copy * world, parts);
  }
}

/**
 * Let what is drawn go over into plain ground between two zooms, for it is not right to a pixel there.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Colours} colours
 * @param {number} from
 * @param {number} goneAt
 */
function fade(context, { zoom, drawn }, colours, from, goneAt) {
  if (zoom <= from) return;
  context.globalAlpha = Math.min(1, (zoom - from) / (goneAt - from));
  context.fillStyle = colours.land;
  context.fillRect(0, 0, drawn.max.x - drawn.min.x, drawn.max.y - drawn.min.y);
  context.globalAlpha = 1;
}

/**
 * Draw a view that the close coast is made for; under cells that have not come, the coarse land.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {LandShapes} land
 * @param {Colours} colours
 * @param {any} coast
 * @param {boolean} mayLoad
 */
function drawClose(context, frame, land, colours, coast, mayLoad) {
  if (frame.zoom >= COAST_GONE_AT) return fade(context, frame, colours, 0, 1);
  const { ready, bare } = coast.under(frame, mayLoad);
  if (bare.length) {
    context.save();
    context.beginPath();
    for (const { rectangle } of bare) {
      const { left, top, right, bottom } = rectangle;
      context.rect(left, top, right - left, bottom - top);
    }
    context.clip();
    if (frame.zoom < GONE_AT) {
      drawCopies(context, frame, land, colours, { hasLand: true, hasBorders: false });
    }
    fade(context, frame, colours, FADE_FROM, GONE_AT);
    context.restore();
  }
  coast.draw(context, frame, ready, colours);
  if (frame.zoom < GONE_AT) {
    context.globalAlpha = Math.min(1, 1 - (frame.zoom - FADE_FROM) / (GONE_AT - FADE_FROM));
    drawCopies(context, frame, land, colours, { hasLand: false, hasBorders: true });
    context.globalAlpha = 1;
  }
  fade(context, frame, colours, COAST_FADE_FROM, COAST_GONE_AT);
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
  const coast = coastCells(() => layer.redrawSoon());
  const layer = new MapCanvas("wc-ground", 200, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    const wantsFine = frame.zoom >= FINE_FROM && frame.zoom < GONE_AT;
    if (wantsFine && !fine && !isAsked && mayLoad) refine();
    const land = frame.zoom >= FINE_FROM && fine ? fine : coarse;
    if (frame.zoom >= COAST_FROM) drawClose(context, frame, land, colours, coast, mayLoad);
    else drawCopies(context, frame, land, colours, { hasLand: true, hasBorders: true });
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
