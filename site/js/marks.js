/* The shapes: kind by form, maker by colour and letter, unknown hollow. The legend, the filter and
   the list draw the same ones as SVG. */

import { el, svgEl } from "./dom.js";
import { t } from "./words.js";

const MAKERS = 8;
/** @type {string[]} */
const letters = [];

/**
 * Give the commonest makers a letter each, the first free one of their names.
 *
 * @param {Vendor[]} vendors
 */
function giveLetters(vendors) {
  const used = new Set();
  letters.length = 0;
  letters.push("");
  for (const vendor of vendors.slice(1, MAKERS + 1)) {
    const options = [...String(vendor.name).toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")];
    const letter = options.find((option) => !used.has(option)) || "";
    used.add(letter);
    letters.push(letter);
  }
}

/**
 * The name of the colour of a maker, as an index in `meta.vendors`.
 *
 * @param {number} vendor
 */
function colourName(vendor) {
  if (vendor === 0) return "camera";
  return vendor <= MAKERS ? "maker-" + vendor : "maker-rest";
}

/** @param {number} vendor */
function letterOf(vendor) {
  return letters[vendor] || "";
}

/**
 * Trace the outline of a kind around a point.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} kind
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function trace(context, kind, x, y, r) {
  context.beginPath();
  if (kind === 1) context.rect(x - r * 0.89, y - r * 0.89, r * 1.78, r * 1.78);
  else if (kind === 2) {
    context.moveTo(x, y - r * 1.2);
    context.lineTo(x + r * 1.14, y + r * 0.85);
    context.lineTo(x - r * 1.14, y + r * 0.85);
    context.closePath();
  } else context.arc(x, y, r, 0, 2 * Math.PI);
}

/**
 * One camera.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Colours} colours
 * @param {number} kind
 * @param {number} vendor
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function draw(context, colours, kind, vendor, x, y, r) {
  trace(context, kind, x, y, r);
  if (vendor === 0) {
    context.fillStyle = colours["camera-fill"];
    context.strokeStyle = colours.camera;
    context.lineWidth = Math.max(1.25, r * 0.3);
    context.fill();
    context.stroke();
    return;
  }
  context.fillStyle = colours[colourName(vendor)];
  context.strokeStyle = colours["camera-fill"];
  context.lineWidth = 1.25;
  context.fill();
  context.stroke();
  const letter = letterOf(vendor);
  if (letter && r >= 6.5) {
    context.fillStyle = colours["maker-ink"];
    context.font = "700 " + Math.round(r * 1.3) + "px " + marks.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letter, x, y + (kind === 2 ? r * 0.28 : r * 0.08));
  }
}

/**
 * A camera that is planned or has ended: its outline alone, dashed, and without its maker.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Colours} colours
 * @param {number} kind
 * @param {number} _vendor
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function drawNotStanding(context, colours, kind, _vendor, x, y, r) {
  trace(context, kind, x, y, r);
  context.fillStyle = colours["camera-fill"];
  context.strokeStyle = colours["ink-3"];
  context.lineWidth = 1.25;
  context.fill();
  context.setLineDash([2.5, 2]);
  context.stroke();
  context.setLineDash([]);
}

/**
 * @param {number} vendor
 * @param {boolean} stands
 */
function pictureLook(vendor, stands) {
  if (!stands) {
    const dashed = { stroke: "var(--ink-3)", "stroke-width": 1.5, "stroke-dasharray": "2.5 2" };
    return { fill: "var(--camera-fill)", ...dashed };
  }
  if (vendor === 0) return { fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 2 };
  return { fill: "var(--" + colourName(vendor) + ")", stroke: "none" };
}

/**
 * The same mark for the page's lists.
 *
 * @param {number} kind
 * @param {number} vendor
 */
function picture(kind, vendor, stands = true) {
  const look = pictureLook(vendor, stands);
  let shape;
  if (kind === 1) shape = svgEl("rect", { x: 2.5, y: 2.5, width: 13, height: 13, ...look });
  else if (kind === 2) shape = svgEl("path", { d: "M9 1.5L16.6 15H1.4Z", ...look });
  else shape = svgEl("circle", { cx: 9, cy: 9, r: vendor === 0 ? 6.5 : 7.5, ...look });
  const letter = stands ? letterOf(vendor) : "";
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
    shape,
    letter &&
      svgEl(
        "text",
        {
          x: 9,
          y: kind === 2 ? 13.6 : 12.6,
          "text-anchor": "middle",
          "font-size": 10,
          "font-weight": 700,
          fill: "var(--maker-ink)",
        },
        letter,
      ),
  );
}

export const marks = {
  font: '-apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
  giveLetters,
  colourName,
  letterOf,
  trace,
  draw,
  drawNotStanding,
  picture,
  makers: MAKERS,
};

/**
 * The boxed letter of a rung, with its meaning.
 *
 * @param {string | null} id
 */
export function rungBox(id) {
  return el(
    "abbr",
    { class: "rung rung-" + id, title: t("rung." + id) },
    id === "unknown" ? "?" : id,
  );
}

/** The ring of a deployment, for lists and the legend. */
export function ringPicture() {
  const look = { cx: 9, cy: 9, stroke: "var(--deployment)" };
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
    svgEl("circle", { ...look, r: 7, fill: "var(--deployment)", "fill-opacity": 0.14, "stroke-width": 2.2 }),
    svgEl("circle", { ...look, r: 1.2, fill: "var(--deployment)" }),
  );
}
