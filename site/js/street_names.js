/* Names along the larger streets: on the straightest piece that holds them, never on each other. */

import { marks } from "./marks.js";

const SIZE = 11;
const APART = 260; // pixels between two labels of one street

/**
 * The longest nearly straight piece of a line, in canvas pixels.
 *
 * @param {Street} street
 * @param {number} width
 * @param {number} height
 */
function straightest(street, width, height) {
  const { points, left, top, scale } = street;
  /** @type {{length: number, x: number, y: number, angle: number} | null} */
  let best = null;
  let startX = 0;
  let startY = 0;
  /** @type {number | null} */
  let heading = null;
  let lastX = 0;
  let lastY = 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] * scale + left;
    const y = points[i + 1] * scale + top;
    if (i > 0) {
      const turn = Math.atan2(y - lastY, x - lastX);
      if (heading === null || Math.abs(Math.sin(turn - heading)) > 0.12) {
        heading = turn;
        startX = lastX;
        startY = lastY;
      }
      const middleX = (startX + x) / 2;
      const middleY = (startY + y) / 2;
      const length = Math.hypot(x - startX, y - startY);
      const inside = middleX > 0 && middleX < width && middleY > 0 && middleY < height;
      if (inside && (!best || length > best.length)) {
        best = { length, x: middleX, y: middleY, angle: Math.atan2(y - startY, x - startX) };
      }
    }
    lastX = x;
    lastY = y;
  }
  return best;
}

/** @param {number} angle */
function upright(angle) {
  if (angle > Math.PI / 2) return angle - Math.PI;
  if (angle <= -Math.PI / 2) return angle + Math.PI;
  return angle;
}

/**
 * @param {{name: string, x: number, y: number, half: number}[]} placed
 * @param {string} name
 * @param {{x: number, y: number}} spot
 * @param {number} half
 */
function collides(placed, name, spot, half) {
  return placed.some((other) => {
    const distance = Math.hypot(other.x - spot.x, other.y - spot.y);
    return distance < (other.name === name ? APART : (other.half + half) * 0.8);
  });
}

/**
 * Write the names of the streets of a frame, the longest pieces first.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Colours} colours
 * @param {Street[]} streets
 */
export function drawStreetNames(context, frame, colours, streets) {
  const width = frame.drawn.max.x - frame.drawn.min.x;
  const height = frame.drawn.max.y - frame.drawn.min.y;
  const spots = [];
  for (const street of streets) {
    const spot = straightest(street, width, height);
    if (spot) spots.push({ ...spot, name: street.name, rank: street.major ? 2 : 1 });
  }
  spots.sort((a, b) => b.rank * b.length - a.rank * a.length || (a.name < b.name ? -1 : 1));
  context.font = "500 " + SIZE + "px " + marks.font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const placed = [];
  for (const spot of spots) {
    const half = context.measureText(spot.name).width / 2;
    if (half * 2 > spot.length || collides(placed, spot.name, spot, half)) continue;
    placed.push({ ...spot, half });
    context.save();
    context.translate(spot.x, spot.y);
    context.rotate(upright(spot.angle));
    context.lineWidth = 2.5;
    context.strokeStyle = colours["street-2"];
    context.strokeText(spot.name, 0, 0);
    context.fillStyle = colours["street-name"];
    context.fillText(spot.name, 0, 0);
    context.restore();
  }
}
