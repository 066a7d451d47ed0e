/* Discs: how many cameras, by area, and who made them, by a ring. A thin line is what is not known,
   a band is a maker: the same as hollow and filled marks of single cameras. */

import { CLASSES } from "./hexagons.js";
import { looks } from "./looks.js";
import { marks } from "./marks.js";
import { shortNumber } from "./words.js";

const TURN = 2 * Math.PI;
const TOP = -Math.PI / 2;
const RING_FROM = 5; // pixels: smaller discs have no room for a ring
const NUMBER_FROM = 10; // pixels: every disc from here on carries its number

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function circle(context, x, y, r) {
  context.beginPath();
  context.arc(x, y, r, 0, TURN);
}

/**
 * The colour of a class; makers that share the last one are grey.
 *
 * @param {Colours} colours
 * @param {number} share
 */
function colourOf(colours, share) {
  if (share === 0) return colours.camera;
  return colours[share === CLASSES - 1 ? "maker-rest" : "maker-" + share];
}

/** @param {Uint32Array} shares */
function commonest(shares) {
  let best = 0;
  for (let share = 1; share < shares.length; share++) if (shares[share] > shares[best]) best = share;
  return best;
}

/**
 * A small disc: hollow where most makers are not known, else the colour of the commonest.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Disc} disc
 * @param {Colours} colours
 */
function drawSmall(context, { x, y, r, shares }, colours) {
  const most = commonest(shares);
  circle(context, x, y, r);
  context.fillStyle = most === 0 && r > 2.4 ? colours["camera-fill"] : colourOf(colours, most);
  context.fill();
  if (most === 0 && r > 2.4) {
    context.lineWidth = 1.2;
    context.strokeStyle = colours.camera;
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Disc} disc
 * @param {Colours} colours
 */
function drawRing(context, { x, y, r, n, shares }, colours) {
  const band = Math.max(2.4, r * 0.3);
  circle(context, x, y, r);
  context.fillStyle = colours["camera-fill"];
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = colours.camera;
  circle(context, x, y, r - 0.6);
  context.stroke();
  let from = TOP;
  context.lineWidth = band;
  for (let share = 1; share < CLASSES; share++) {
    if (shares[share] === 0) continue;
    const to = from + (TURN * shares[share]) / n;
    context.beginPath();
    context.arc(x, y, r - band / 2, from, to);
    context.strokeStyle = colourOf(colours, share);
    context.stroke();
    from = to;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Disc} disc
 * @param {Colours} colours
 */
function drawFull(context, { x, y, r }, colours) {
  circle(context, x, y, r);
  context.fillStyle = colours.camera;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.land;
  context.stroke();
}

/**
 * The number in a disc: short, and with a halo where it is wider than its disc.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Disc} disc
 * @param {Colours} colours
 */
function drawNumber(context, disc, colours) {
  const text = shortNumber(disc.n);
  const size = Math.max(9, Math.min(12, Math.round(disc.r * 0.62)));
  context.font = "600 " + size + "px " + marks.font;
  const inside = looks.who ? colours["camera-fill"] : colours.camera;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = inside;
  if (text.length * size * 0.56 > disc.r * 1.3) context.strokeText(text, disc.x, disc.y + 0.5);
  context.fillStyle = looks.who ? colours.camera : colours["bin-ink"];
  context.fillText(text, disc.x, disc.y + 0.5);
}

/**
 * Draw discs, the largest first; numbers go on top of all of them.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Disc[]} discs
 * @param {Colours} colours
 */
export function drawDiscs(context, discs, colours) {
  for (const disc of discs) {
    if (!looks.who) drawFull(context, disc, colours);
    else if (disc.r < RING_FROM) drawSmall(context, disc, colours);
    else drawRing(context, disc, colours);
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const disc of discs) if (disc.r >= NUMBER_FROM) drawNumber(context, disc, colours);
}

/**
 * What a label may not cover: discs with a number in them.
 *
 * @param {Disc[]} discs
 */
export function numbered(discs) {
  return discs.filter(({ r }) => r >= NUMBER_FROM);
}
