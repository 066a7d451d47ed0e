/* Degrees as thin lines: where a release has no streets, a close view is otherwise an empty sheet. */

import { marks } from "./marks.js";
import { t } from "./words.js";

const STEPS = [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const APART = 140; // pixels between two lines, at least

/**
 * @param {number} degrees
 * @param {number} step
 * @param {string} positive
 * @param {string} negative
 */
function words(degrees, step, positive, negative) {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const letter = degrees === 0 ? "" : degrees > 0 ? positive : negative;
  return Math.abs(degrees).toFixed(digits) + "\u00b0 " + letter;
}

/**
 * Draw the lines of a frame, with their degrees at the left and upper edge of the view.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Colours} colours
 * @param {LeafletMap} map
 */
export function drawGraticule(context, frame, colours, map) {
  const { zoom, drawn, view } = frame;
  const perDegree = (256 * 2 ** zoom) / 360;
  const step = STEPS.filter((one) => one * perDegree >= APART).pop() || STEPS[0];
  const northWest = map.unproject(drawn.min, zoom);
  const southEast = map.unproject(drawn.max, zoom);
  const width = drawn.max.x - drawn.min.x;
  const height = drawn.max.y - drawn.min.y;
  const left = view.min.x - drawn.min.x;
  const top = view.min.y - drawn.min.y;
  context.strokeStyle = colours.border;
  context.fillStyle = colours["street-name"];
  context.lineWidth = 1;
  context.font = "11px " + marks.font;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  for (let k = Math.ceil(northWest.lng / step); k * step <= southEast.lng; k++) {
    const x = Math.round(map.project([0, k * step], zoom).x - drawn.min.x) + 0.5;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
    const lng = ((((k * step + 180) % 360) + 360) % 360) - 180;
    context.fillText(words(lng, step, t("east"), t("west")), x + 4, top + 14);
  }
  for (let k = Math.ceil(southEast.lat / step); k * step <= northWest.lat; k++) {
    const y = Math.round(map.project([k * step, 0], zoom).y - drawn.min.y) + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillText(words(k * step, step, t("north"), t("south")), left + 6, y - 4);
  }
}
