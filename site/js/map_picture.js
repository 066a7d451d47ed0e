/* The view as one picture: for paper, and to take away with its source burnt in. */

import { byId, el } from "./dom.js";
import { theme } from "./theme.js";

const EDGE = 12; // CSS pixels around the words
const LINE = 17;

/**
 * Draw what the map shows; the sheets are left at the picture's scale.
 *
 * @param {LeafletMap} map
 * @param {any[]} sheets canvases of the map, from `canvas.js`
 * @param {number} ratio pixels of the picture for each of the screen
 * @param {number} [foot] room below the map, in pixels of the screen
 */
export function viewPicture(map, sheets, ratio, foot = 0) {
  const size = map.getSize();
  const picture = el("canvas", { class: "on-paper", "aria-hidden": "true" });
  picture.width = Math.round(size.x * ratio);
  picture.height = Math.round((size.y + foot) * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  context.fillStyle = theme.colours().sea;
  context.fillRect(0, 0, picture.width, picture.height);
  for (const sheet of sheets) {
    sheet.redraw(ratio);
    sheet.copyTo(context, ratio);
  }
  return picture;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function wrapped(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? line + " " + word : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/**
 * The view as a PNG with what it counts, its sources, licences and dates below it.
 *
 * @param {LeafletMap} map
 * @param {any[]} sheets
 * @param {string} title
 * @returns {Promise<Blob>}
 */
export function picturePng(map, sheets, title) {
  const colours = theme.colours();
  const font = getComputedStyle(document.body).fontFamily;
  const width = map.getSize().x;
  const words = ["count", "count-what", "systems", "world-sum"].map((id) => byId(id).textContent);
  const ruler = /** @type {CanvasRenderingContext2D} */ (el("canvas").getContext("2d"));
  ruler.font = "12px " + font;
  const told = wrapped(ruler, words.filter(Boolean).join(" \u00b7 "), width - 2 * EDGE);
  const credit = wrapped(ruler, byId("credit").textContent || "", width - 2 * EDGE);
  const lines = [...told, ...credit];
  const foot = (lines.length + 1) * LINE + 2 * EDGE;
  const ratio = Math.max(2, globalThis.devicePixelRatio || 1);
  const picture = viewPicture(map, sheets, ratio, foot);
  for (const sheet of sheets) sheet.redraw();
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const top = map.getSize().y;
  context.fillStyle = colours.paper;
  context.fillRect(0, top, width, foot);
  context.fillStyle = colours.ink;
  context.font = "600 14px " + font;
  context.fillText(title, EDGE, top + EDGE + 12);
  context.font = "12px " + font;
  lines.forEach((line, i) => context.fillText(line, EDGE, top + EDGE + 12 + (i + 1) * LINE));
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("picture"))), "image/png");
  });
}
