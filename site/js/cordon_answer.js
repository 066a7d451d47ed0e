/* The answer for the roads into a town, in words and tables; the definition stands beside the number. */

import { dataText, el } from "./dom.js";
import { formatNumber, t } from "./words.js";

const SHOWN = 12;
const KINDS = ["motorway", "trunk", "primary", "secondary", "tertiary"];

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {(Node | string)[][]} rows the first cell names the row
 */
function table(title, heads, rows) {
  const head = el("tr", null, heads.map((key) => el("th", { scope: "col" }, t(key))));
  const line = (/** @type {(Node | string)[]} */ [first, ...rest]) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, first),
      rest.map((cell) => el("td", { class: "tabular" }, cell)),
    );
  return [
    el("h3", null, title),
    el("table", { class: "route-table" }, el("thead", null, head), el("tbody", null, rows.map(line))),
  ];
}

/**
 * @param {string} key
 * @param {number} part
 * @param {number} n
 */
function share(key, part, n) {
  return t(key, { part, n, share: Math.round((100 * part) / n) });
}

/** @param {RoadIn} road */
function passing({ passes, perhaps, onlyPast }) {
  if (onlyPast) return t("cordon.says_only");
  if (passes) return t("cordon.says_passes");
  return t(perhaps ? "cordon.says_perhaps" : "cordon.says_none");
}

/**
 * @param {string} title
 * @param {SharedExposure[]} rows
 */
function readers(title, rows) {
  return table(
    title,
    ["route.name", "cordon.facing", "cordon.unknown"],
    rows
      .slice(0, SHOWN)
      .map(({ name, facing, perhaps }) => [
        name ? dataText(name) : t("route.not_known"),
        formatNumber(facing),
        formatNumber(perhaps),
      ]),
  );
}

/** @param {RoadIn[]} roads */
function byKind(roads) {
  const rows = [];
  for (const kind of KINDS) {
    const own = roads.filter((road) => road.kind === kind);
    if (!own.length) continue;
    const passes = own.filter((road) => road.passes).length;
    rows.push([t("road." + kind), formatNumber(own.length), formatNumber(passes)]);
  }
  return table(t("cordon.by_kind"), ["cordon.kind", "cordon.roads", "cordon.passing"], rows);
}

/**
 * @param {Cordon | null} cordon
 * @param {CordonTown} town
 * @param {ExposureAssumptions} assumed
 * @returns {Child[]}
 */
export function cordonAnswer(cordon, town, { reach, viewAngle }) {
  const where = {
    km: town.radius / 1000,
    lat: town.lat.toFixed(4),
    lon: town.lon.toFixed(4),
  };
  const definition = el("p", { class: "list-note" }, t("cordon.definition", { reach, angle: viewAngle }));
  const at = el("p", { class: "quiet" }, t("cordon.where", where));
  if (!cordon || !cordon.roads.length) return [at, el("p", { class: "missing" }, t("cordon.none")), definition];
  const { roads, total, byMaker, byOperator, unconnected } = cordon;
  const count = (/** @type {(road: RoadIn) => boolean} */ is) => roads.filter(is).length;
  const perhaps = count((road) => road.perhaps && !road.passes);
  const perhapsOnly = count((road) => road.perhapsOnlyPast && !road.onlyPast);
  return [
    at,
    el(
      "p",
      { class: "cordon-share" },
      el("b", null, share("cordon.share", count((road) => road.passes), roads.length)),
      perhaps ? [el("br"), t("cordon.perhaps", { n: perhaps })] : null,
    ),
    el(
      "p",
      null,
      share("cordon.only", count((road) => road.onlyPast), roads.length),
      perhapsOnly ? [el("br"), t("cordon.perhaps", { n: perhapsOnly })] : null,
    ),
    el("p", null, t("cordon.readers", { facing: total.facing, unknown: total.perhaps })),
    cordon.isCovered === true
      ? null
      : el("p", { class: "missing" }, t(cordon.isCovered === null ? "cordon.edge_unknown" : "cordon.ends")),
    unconnected ? el("p", { class: "list-note" }, t("cordon.unconnected", { n: unconnected })) : null,
    definition,
    byKind(roads),
    table(
      t("cordon.list"),
      ["route.name", "cordon.kind", "cordon.reader"],
      roads.map((road) => [
        road.name ? dataText(road.name) : t("cordon.no_name"),
        t("road." + road.kind),
        passing(road),
      ]),
    ),
    byMaker.length ? [readers(t("route.by_maker"), byMaker), readers(t("route.by_operator"), byOperator)] : null,
  ];
}
