/* Pieces of the drawer: a list of facts, a source, a way to report an error. */

import { dataText, el, linkOut, svgEl } from "./dom.js";
import { plainPage } from "./site_ways.js";
import { t } from "./words.js";

/**
 * A `dl` of facts: pairs of a label and nodes or text; an empty second leaves the pair out.
 *
 * @param {[string, ...Child[]][]} pairs
 */
export function factList(pairs) {
  const list = el("dl", { class: "facts" });
  for (const [label, ...value] of pairs) {
    const shown = /** @type {Child[]} */ (value.flat()).filter((part) => part !== null && part !== undefined);
    if (shown.length === 0) continue;
    list.append(el("dt", null, label), el("dd", null, shown));
  }
  return list;
}

/**
 * A second line under a fact.
 *
 * @param {Child[]} parts
 */
export function underLine(...parts) {
  return el("small", null, parts);
}

const TAKEN = /^(?:index|con|prn|aux|nul|(?:com|lpt)[1-9])$/; // as mapper/website/pages/addresses.py

/**
 * A link to one of the site's own plain pages: `vendors`, `deployments` or `places`.
 *
 * @param {string} folder
 * @param {string} id
 * @param {string} text
 */
export function pageLink(folder, id, text) {
  const name = TAKEN.test(id) ? id + "_" : id;
  const address = plainPage(folder + "/" + encodeURIComponent(name) + ".html");
  return el("a", { href: address }, dataText(text));
}

/**
 * A source as a line: publisher, title as a link, then day, kind and grade.
 *
 * @param {SourceOfClaim} source
 */
export function sourceLine(source) {
  const title = source.url
    ? linkOut(source.url, source.title, source.lang)
    : dataText(source.title);
  return el(
    "span",
    { class: "source" },
    dataText(source.publisher),
    ": ",
    title,
    ", ",
    dataText(source.details),
    source.archive_url ? [", ", linkOut(source.archive_url, t("source.archived"))] : null,
  );
}

const EIGHTHS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

/**
 * "north-east".
 *
 * @param {number} degrees
 */
export function headingName(degrees) {
  return t("heading." + EIGHTHS[Math.round(degrees / 45) % 8]);
}

/**
 * "north-east (45 degrees)".
 *
 * @param {number} degrees
 */
export function headingWords(degrees) {
  const name = headingName(degrees);
  return t("heading", { name, degrees: Math.round(degrees * 10) / 10 });
}

/**
 * An arrow that points in a direction, north up; a ring where there is none.
 *
 * @param {number} degrees
 */
export function arrowPicture(degrees) {
  const look = { fill: "none", stroke: "currentColor", "stroke-width": 1.6 };
  const shape =
    degrees === undefined
      ? svgEl("circle", { cx: 9, cy: 9, r: 4, ...look })
      : svgEl("path", { d: "M9 15V3M5 7L9 3L13 7", ...look, transform: "rotate(" + degrees + " 9 9)" });
  return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
}

/**
 * A small rose with the view drawn in it.
 *
 * @param {number[]} directions
 * @param {number} angle
 * @param {boolean} allRound
 */
export function compassPicture(directions, angle, allRound) {
  const parts = [svgEl("circle", { cx: 36, cy: 36, r: 30, fill: "none", stroke: "var(--rule-strong)" })];
  for (let k = 0; k < 4; k++) {
    const turn = "rotate(" + k * 90 + " 36 36)";
    parts.push(svgEl("path", { d: "M36 6v5", stroke: "var(--rule-strong)", transform: turn }));
  }
  const colour = { fill: "var(--camera)", "fill-opacity": 0.16, stroke: "var(--camera)" };
  if (allRound) parts.push(svgEl("circle", { cx: 36, cy: 36, r: 24, ...colour }));
  const half = ((angle || 60) / 2) * (Math.PI / 180);
  for (const degrees of allRound ? [] : directions) {
    const middle = ((degrees - 90) * Math.PI) / 180;
    const at = (/** @type {number} */ turn, /** @type {number} */ r) => 36 + r * Math.cos(turn) + " " + (36 + r * Math.sin(turn));
    const large = half * 2 > Math.PI ? 1 : 0;
    const edge = "L" + at(middle - half, 26) + "A26 26 0 " + large + " 1 " + at(middle + half, 26);
    parts.push(
      svgEl("path", {
        d: "M36 36" + edge + "Z",
        ...colour,
        fill: angle ? "var(--camera)" : "none",
        "stroke-dasharray": angle ? null : "3 3",
      }),
      svgEl("path", { d: "M36 36L" + at(middle, 16), stroke: "var(--camera)" }),
    );
  }
  parts.push(
    svgEl("circle", { cx: 36, cy: 36, r: 3, fill: "var(--camera)" }),
    svgEl(
      "text",
      { x: 36, y: 5, "text-anchor": "middle", "font-size": 8, fill: "var(--ink-2)" },
      t("heading.letter"),
    ),
  );
  return svgEl("svg", { class: "compass", viewBox: "0 -4 72 76", "aria-hidden": "true" }, parts);
}
