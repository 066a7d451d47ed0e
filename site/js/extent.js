/* The frame of a small release: empty ground outside it was never looked at, and is no finding. */

import { hatch } from "./hatch.js";
import { marks } from "./marks.js";
import { t } from "./words.js";

const WIDEST_DEG = 3;
const MARGIN = 18; // pixels between the outermost cameras and the frame
const HATCHED_FROM = 10; // below it the world's counts say what is known around
const LEAST = 40; // pixels: a smaller frame says nothing

/**
 * Draw the frame around all cameras of a release, where the release is a city or a region; give the
 * box that its words lie in, or null.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Colours} colours
 * @param {LeafletMap} map
 * @param {Meta} meta
 */
export function drawExtent(context, frame, colours, map, meta) {
  const { opening } = meta;
  if (!opening || opening.east - opening.west > WIDEST_DEG) return null;
  if (opening.north - opening.south > WIDEST_DEG) return null;
  const { zoom, drawn } = frame;
  const least = map.project([opening.north, opening.west], zoom).subtract(drawn.min);
  const most = map.project([opening.south, opening.east], zoom).subtract(drawn.min);
  const left = Math.round(least.x - MARGIN) + 0.5;
  const top = Math.round(least.y - MARGIN) + 0.5;
  const width = Math.round(most.x - least.x + 2 * MARGIN);
  const height = Math.round(most.y - least.y + 2 * MARGIN);
  if (width < LEAST || height < LEAST) return null;
  const outside = new Path2D();
  outside.rect(0, 0, drawn.max.x - drawn.min.x, drawn.max.y - drawn.min.y);
  outside.rect(left, top, width, height);
  if (zoom >= HATCHED_FROM) hatch(context, frame, colours.rule, outside);
  context.strokeStyle = colours["rule-strong"];
  context.lineWidth = 1;
  context.setLineDash([6, 4]);
  context.strokeRect(left, top, width, height);
  context.setLineDash([]);
  context.fillStyle = colours["ink-3"];
  context.font = "12px " + marks.font;
  context.textAlign = "left";
  context.textBaseline = "top";
  const words = t(meta.local.length ? "extent_with_local" : "extent", { n: meta.standing });
  const room = Math.max(width, 190);
  const lines = [""];
  for (const word of words.split(" ")) {
    const line = lines[lines.length - 1];
    const longer = line ? line + " " + word : word;
    if (line && context.measureText(longer).width > room) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  const first = top + height + 6;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = colours.land;
  lines.forEach((line, i) => context.strokeText(line, left, first + 16 * i));
  lines.forEach((line, i) => context.fillText(line, left, first + 16 * i));
  return { left, right: left + room, top: first, bottom: first + 16 * lines.length };
}
