/* View cones. A known angle is filled with a firm edge; an assumed one is an open fan of dashes.
   The length is a drawing convention. */

const ASSUMED_DEG = 60;

/**
 * How long cones are drawn, in pixels.
 *
 * @param {number} zoom
 */
export function coneLength(zoom) {
  return zoom >= 18 ? 56 : zoom === 17 ? 42 : zoom === 16 ? 28 : 18;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} from
 * @param {number} length
 * @param {number} middle
 * @param {number} half
 */
function wedge(context, x, y, from, length, middle, half) {
  context.beginPath();
  context.moveTo(x + Math.cos(middle - half) * from, y + Math.sin(middle - half) * from);
  context.lineTo(x + Math.cos(middle - half) * length, y + Math.sin(middle - half) * length);
  context.arc(x, y, length, middle - half, middle + half);
  context.lineTo(x + Math.cos(middle + half) * from, y + Math.sin(middle + half) * from);
}

/**
 * The cones of one camera: `angle` in degrees, 0 where it is not known.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, length: number, from: number, directions: Iterable<number>,
 *   angle: number, allRound: boolean, colour: string, chosen: boolean}} look
 */
export function drawCones(context, look) {
  const { x, y, length, from, directions, angle, allRound, colour, chosen } = look;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = chosen ? 2.25 : 1.25;
  if (allRound) {
    context.setLineDash([]);
    context.beginPath();
    context.arc(x, y, length * 0.8, 0, 2 * Math.PI);
    context.globalAlpha = chosen ? 0.26 : 0.16;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
    return;
  }
  const half = (((angle || ASSUMED_DEG) / 2) * Math.PI) / 180;
  for (const degrees of directions) {
    const middle = ((degrees - 90) * Math.PI) / 180;
    wedge(context, x, y, from, length, middle, half);
    if (angle) {
      context.setLineDash([]);
      context.globalAlpha = chosen ? 0.26 : 0.16;
      context.fill();
      context.globalAlpha = 1;
      context.stroke();
    } else {
      context.setLineDash([3, 3]);
      context.globalAlpha = chosen ? 1 : 0.85;
      context.stroke();
      context.setLineDash([]);
      // the direction itself is known: a short firm line says so
      context.beginPath();
      context.moveTo(x + Math.cos(middle) * from, y + Math.sin(middle) * from);
      context.lineTo(x + Math.cos(middle) * length * 0.55, y + Math.sin(middle) * length * 0.55);
      context.stroke();
      context.globalAlpha = 1;
    }
  }
}
