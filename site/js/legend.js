/* The legend: every mark that the map can draw, in the words of the page. */

import { el, fillNode, svgEl } from "./dom.js";
import { marks, ringPicture } from "./marks.js";
import { t } from "./words.js";

/**
 * @param {Node} picture
 * @param {string} text
 */
function row(picture, text) {
  return el("li", null, picture, el("span", null, text));
}

/** @param {"known" | "assumed"} kind */
function cone(kind) {
  const look = { stroke: "var(--camera)", fill: "none", "stroke-width": 1.3 };
  const shape =
    kind === "known"
      ? svgEl("path", { d: "M3 9L16 3A15 15 0 0 1 16 15Z", ...look, fill: "var(--camera)", "fill-opacity": 0.16 })
      : svgEl("path", { d: "M16 2L3 9L16 16M3 9H11", ...look, "stroke-dasharray": "2.5 2" });
  return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
}

function pole() {
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
    svgEl("circle", { cx: 9, cy: 9, r: 6.5, fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 2 }),
    svgEl("text", { x: 9, y: 12.4, "text-anchor": "middle", "font-size": 10, "font-weight": 700, fill: "var(--camera)" }, "3"),
  );
}

/**
 * A disc as the map draws it: a line where makers are not known, a band for a maker.
 *
 * @param {number} strength
 */
function disc(strength) {
  const band = { fill: "none", stroke: "var(--maker-1)", "stroke-width": 3 };
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true", opacity: strength },
    svgEl("circle", { cx: 9, cy: 9, r: 8, fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 1.2 }),
    svgEl("path", { d: "M9 2.2A6.8 6.8 0 0 1 15.8 9", ...band }),
  );
}

function hatched() {
  const lines = { stroke: "var(--rule-strong)", "stroke-width": 1 };
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
    svgEl("path", { d: "M0 12L12 0M0 18L18 0M6 18L18 6", ...lines }),
  );
}

/**
 * Fill the legend with what this release can show.
 *
 * @param {Meta} meta
 * @param {HTMLElement} into
 */
export function fillLegend(meta, into) {
  const kinds = meta.kinds.filter((kind) => kind.rows > 0);
  const rows = [row(disc(1), t("legend.bin")), row(disc(1), t("legend.who"))];
  if (meta.world) {
    rows.push(row(disc(0.6), t("legend.world")), row(hatched(), t("legend.hatch")));
  }
  for (const kind of kinds) {
    rows.push(row(marks.picture(meta.kinds.indexOf(kind), 0), t("legend.kind." + kind.id)));
  }
  if (meta.vendors.length > 1) {
    rows.push(row(marks.picture(0, 1), t("legend.maker")));
  }
  if (meta.with_direction > 0) {
    rows.push(row(cone("known"), t("legend.cone")), row(cone("assumed"), t("legend.fan")));
  }
  rows.push(row(pole(), t("legend.pole")));
  if (meta.n > meta.standing) rows.push(row(marks.picture(0, 0, false), t("legend.not_standing")));
  if (meta.deployments > 0) rows.push(row(ringPicture(), t("legend.deployment")));
  fillNode(
    into,
    el("ul", null, rows),
    meta.with_direction > 0 ? el("p", null, t("legend.length")) : el("p", null, t("legend.no_direction")),
  );
}
