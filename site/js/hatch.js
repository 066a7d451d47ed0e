/* Hatching: ground that was never looked at is no finding, and must not look like one. */

const APART = 12; // pixels between two lines

/**
 * Fill the clipped part of a canvas with slanting lines.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 * @param {string} colour
 * @param {number} shift
 */
function lines(context, width, height, colour, shift) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  const first = -height + (((shift % APART) + APART) % APART);
  for (let x = first; x < width; x += APART) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
}

/**
 * Hatch what a path leaves of the canvas; the lines are fixed to the ground and not to the screen.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {string} colour
 * @param {Path2D} path
 */
export function hatch(context, frame, colour, path) {
  const width = frame.drawn.max.x - frame.drawn.min.x;
  const height = frame.drawn.max.y - frame.drawn.min.y;
  context.save();
  context.clip(path, "evenodd");
  context.globalAlpha = 0.7;
  const shift = -(frame.drawn.min.x + frame.drawn.max.y);
  lines(context, width, height, colour, shift);
  context.restore();
}

/**
 * Hatch the declared holes of the world's counts, wherever the counts are shown.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {LeafletMap} map
 * @param {Meta} meta
 * @param {Colours} colours
 */
export function hatchHoles(context, frame, colours, map, meta) {
  if (!meta.world) return;
  for (const { box } of meta.world.holes) {
    if (!box) continue;
    const [west, south, east, north] = box;
    const least = map.project([north, west], frame.zoom).subtract(frame.drawn.min);
    const most = map.project([south, east], frame.zoom).subtract(frame.drawn.min);
    const path = new Path2D();
    path.rect(least.x, least.y, most.x - least.x, most.y - least.y);
    hatch(context, frame, colours["rule-strong"], path);
  }
}
