/* Bins: cameras of one square of the world's grid as one disc. */

import { filter } from "./filter.js";
import { STANDING } from "./groups.js";
import { marks } from "./marks.js";
import { formatNumber } from "./words.js";

/**
 * 2^shift cells make a bin of 32 pixels below zoom 10 and of 16 above; 0: single cameras.
 *
 * @param {number} zoom
 */
export function binShift(zoom) {
  if (zoom >= 14) return 0;
  return zoom < 10 ? 22 - zoom : 21 - zoom;
}

const LARGEST = 18; // pixels: the radius of the fullest bin of the release at a zoom

/**
 * The number of standing cameras in the fullest bin of the whole release.
 *
 * Rows stand in Z-order, so the rows of one bin follow each other.
 *
 * @param {any} rows columns of cameras, or of the overview with its `count`
 * @param {number} shift
 */
export function fullestBin(rows, shift) {
  const { x, y, n, count, lifecycle } = rows;
  let most = 1;
  let run = 0;
  for (let i = 0; i < n; i++) {
    const same = i > 0 && x[i] >>> shift === x[i - 1] >>> shift && y[i] >>> shift === y[i - 1] >>> shift;
    const here = count ? count[i] : Number(STANDING.includes(lifecycle[i]));
    run = (same ? run : 0) + here;
    if (run > most) most = run;
  }
  return most;
}

/**
 * The disc's area grows with the square root of the count, from the fullest bin downwards.
 *
 * @param {number} count
 * @param {number} fullest
 * @param {number} zoom
 */
export function binRadius(count, fullest, zoom) {
  const largest = zoom < 10 ? LARGEST : LARGEST / 2;
  const unit = Math.min(2.6, largest / Math.sqrt(Math.sqrt(fullest)));
  return Math.max(2, unit * Math.sqrt(Math.sqrt(count)));
}

/**
 * Add the overview's cells up into the same bins, as far as a filter can be told from them.
 *
 * @param {any} overview
 * @param {Area} drawn
 * @param {number} shift
 */
export function binOverview(overview, drawn, shift) {
  const mask = (1 << 25) - 1;
  const across = (drawn.width >>> shift) + 2;
  const down = (drawn.height >>> shift) + 2;
  const bins = {
    count: new Uint32Array(across * down),
    sumX: new Float64Array(across * down),
    sumY: new Float64Array(across * down),
    across,
    shift,
  };
  for (let i = 0; i < overview.n; i++) {
    const dx = (overview.x[i] - drawn.west) & mask;
    const dy = overview.y[i] - drawn.north;
    if (dx >= drawn.width || dy < 0 || dy >= drawn.height) continue;
    if (!filter.lets("kind", overview.kind[i])) continue;
    if (!filter.lets("vendor", overview.vendor[i])) continue;
    if (!filter.lets("lifecycle", STANDING[0])) continue; // it holds what stands alone
    const bin = (dy >>> shift) * across + (dx >>> shift);
    bins.count[bin] += overview.count[i];
    bins.sumX[bin] += overview.count[i] * dx;
    bins.sumY[bin] += overview.count[i] * dy;
  }
  return bins;
}

const PULL = 0.5; // half way from where its cameras lie to the middle of the square

/**
 * The discs in drawing order, the largest first, in pixels from the drawn area's corner.
 *
 * @param {Bins} bins
 * @param {number} fullest
 * @param {number} zoom
 */
export function discsOf(bins, fullest, zoom) {
  const px = 2 ** (zoom + 8 - 25);
  const side = 2 ** bins.shift;
  const discs = [];
  for (let b = 0; b < bins.count.length; b++) {
    const n = bins.count[b];
    if (n === 0) continue;
    const row = Math.floor(b / bins.across);
    const middleX = (b - row * bins.across + 0.5) * side;
    const middleY = (row + 0.5) * side;
    discs.push({
      n,
      x: (bins.sumX[b] / n + (middleX - bins.sumX[b] / n) * PULL) * px,
      y: (bins.sumY[b] / n + (middleY - bins.sumY[b] / n) * PULL) * px,
      r: binRadius(n, fullest, zoom),
    });
  }
  return discs.sort((a, b) => b.n - a.n);
}

/**
 * Write the numbers, the largest first, none over another; the disc widens for its number.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Disc[]} discs
 * @param {Colours} colours
 * @param {string} ink
 */
function drawNumbers(context, discs, colours, ink) {
  /** @type {{x: number, y: number, half: number}[]} */
  const taken = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours["bin-ink"];
  let size = 0;
  for (const disc of discs) {
    if (disc.n < 100) continue;
    const text = formatNumber(disc.n);
    const wanted = Math.max(9, Math.min(12, Math.floor((disc.r * 3) / text.length)));
    const half = text.length * wanted * 0.265;
    const hit = (/** @type {{x: number, y: number, half: number}} */ other) =>
      Math.abs(other.x - disc.x) < other.half + half && Math.abs(other.y - disc.y) < 11;
    if (taken.some(hit)) continue;
    taken.push({ x: disc.x, y: disc.y, half });
    if (wanted !== size) {
      size = wanted;
      context.font = "600 " + size + "px " + marks.font;
    }
    if (half > disc.r * 0.82) {
      context.fillStyle = ink;
      context.beginPath();
      context.roundRect(disc.x - half - 4, disc.y - 7, 2 * half + 8, 14, 7);
      context.fill();
      context.fillStyle = colours["bin-ink"];
    }
    context.fillText(text, disc.x, disc.y + 0.5);
  }
}

/**
 * Draw discs; the number stands in them from 100 up.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Disc[]} discs
 * @param {Colours} colours
 * @param {string} ink
 */
export function drawDiscs(context, discs, colours, ink) {
  context.lineWidth = 1;
  context.strokeStyle = colours.land;
  context.fillStyle = ink;
  for (const disc of discs) {
    context.beginPath();
    context.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  drawNumbers(context, discs, colours, ink);
}
