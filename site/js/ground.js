/* Land, coast and borders from Natural Earth: what the map stands on below street level. */

import { MapCanvas } from "./canvas.js";
import { drop, have, want } from "./data_loader.js";
import { drawExtent } from "./extent.js";
import { drawGraticule } from "./graticule.js";

const FADE_FROM = 9; // the coast is 1:50 million; from here on it would mislead
const GONE_AT = 11;

/**
 * Turn a land payload into paths in its own grid units.
 *
 * @param {Land} land
 * @returns {LandPaths}
 */
function paths(land) {
  const side = 2 ** land.q;
  const fill = new Path2D();
  const coast = new Path2D();
  for (const ring of land.rings) {
    let x = ring[0];
    let y = ring[1];
    const x0 = x;
    const y0 = y;
    fill.moveTo(x, y);
    coast.moveTo(x, y);
    const edge = (/** @type {number} */ nextX, /** @type {number} */ nextY) => {
      const cut =
        (x === 0 && nextX === 0) ||
        (x === side && nextX === side) ||
        (y === side && nextY === side);
      fill.lineTo(nextX, nextY);
      if (cut) coast.moveTo(nextX, nextY);
      else coast.lineTo(nextX, nextY);
      x = nextX;
      y = nextY;
    };
    for (let i = 2; i < ring.length; i += 2) edge(x + ring[i], y + ring[i + 1]);
    edge(x0, y0);
    fill.closePath();
  }
  return { side, fill, coast, borders: lines(land.borders), disputed: lines(land.disputed) };
}

/** @param {number[][]} list */
function lines(list) {
  const path = new Path2D();
  for (const line of list) {
    let x = line[0];
    let y = line[1];
    path.moveTo(x, y);
    for (let i = 2; i < line.length; i += 2) {
      x += line[i];
      y += line[i + 1];
      path.lineTo(x, y);
    }
  }
  return path;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {LandPaths} land
 * @param {Colours} colours
 * @param {number} zoom
 * @param {number} scale
 */
function drawWorld(context, land, colours, zoom, scale) {
  context.fillStyle = colours.land;
  context.fill(land.fill, "evenodd");
  context.lineJoin = "round";
  context.lineWidth = (zoom < 4 ? 0.6 : 0.9) / scale;
  context.strokeStyle = colours.border;
  context.stroke(land.borders);
  context.setLineDash([3 / scale, 3 / scale]);
  context.stroke(land.disputed);
  context.setLineDash([]);
  context.strokeStyle = colours.coast;
  context.stroke(land.coast);
}

/**
 * Draw land for a frame; copies stand where the view is wider than the world.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {LandPaths} land
 * @param {Colours} colours
 */
function draw(context, frame, land, colours) {
  const { zoom, drawn, ratio } = frame;
  const width = drawn.max.x - drawn.min.x;
  const height = drawn.max.y - drawn.min.y;
  if (zoom >= GONE_AT) {
    context.fillStyle = colours.land;
    context.fillRect(0, 0, width, height);
    return;
  }
  const world = 256 * 2 ** zoom;
  const scale = world / land.side;
  const first = Math.floor(drawn.min.x / world);
  const last = Math.floor(drawn.max.x / world);
  for (let copy = first; copy <= last; copy++) {
    context.setTransform(
      scale * ratio,
      0,
      0,
      scale * ratio,
      (copy * world - drawn.min.x) * ratio,
      -drawn.min.y * ratio,
    );
    drawWorld(context, land, colours, zoom, scale);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (zoom > FADE_FROM) {
    context.globalAlpha = (zoom - FADE_FROM) / (GONE_AT - FADE_FROM);
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
  const coarse = paths(have("land-110m"));
  /** @type {LandPaths | null} */
  let fine = null;
  const layer = new MapCanvas("wc-ground", 200, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    draw(context, frame, frame.zoom >= 5 && fine ? fine : coarse, colours);
    if (frame.zoom >= GONE_AT && !streets.isThere) {
      drawGraticule(context, frame, colours, layer._map);
    }
    streets.draw(context, frame, colours);
    drawExtent(context, frame, colours, layer._map, meta);
  });
  drop("land-110m");
  layer.refine = async function refine() {
    fine = paths(await want("land-50m"));
    drop("land-50m");
    if (layer._map && layer._map.getZoom() >= 5) layer.redrawSoon();
  };
  return layer;
}
