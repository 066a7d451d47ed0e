/* The key of the discs: what they tell, which makers are in view, and how large a count is drawn. */

import { byId, dataText, el, fillNode, svgEl } from "./dom.js";
import { filter } from "./filter.js";
import { CLASSES, classOf } from "./hexagons.js";
import { looks } from "./looks.js";
import { narrowScreen } from "./sheet.js";
import { storyIsOpen, whenStoryTurns } from "./story.js";
import { shortNumber, t } from "./words.js";

const MAKERS_SHOWN = 5;
const LARGE = 17; // pixels: the largest of the three sizes

/** @param {number} share */
function swatch(share) {
  const look =
    share === 0
      ? { fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 1.4 }
      : { fill: share === CLASSES - 1 ? "var(--maker-rest)" : "var(--maker-" + share + ")" };
  return svgEl(
    "svg",
    { class: "mark", viewBox: "0 0 14 14", "aria-hidden": "true" },
    svgEl("circle", { cx: 7, cy: 7, r: 5.4, ...look }),
  );
}

/** The switch between the two things that discs can tell. */
function whoSwitch() {
  const button = (/** @type {boolean} */ who, /** @type {string} */ key) =>
    el("button", { type: "button", onclick: () => looks.set(who) }, t(key));
  const who = button(true, "key.who");
  const many = button(false, "key.many");
  const press = () => {
    who.setAttribute("aria-pressed", String(looks.who));
    many.setAttribute("aria-pressed", String(!looks.who));
  };
  looks.onChange(press);
  press();
  return el("div", { class: "key-switch", role: "group", "aria-label": t("key.switch") }, who, many);
}

/**
 * Three counts that are drawn large, middling and small, as round numbers.
 *
 * @param {number} unit
 */
function threeSizes(unit) {
  const most = (LARGE / unit) ** 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const top = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
  return [top / 25, top / 5, top].map(Math.round).filter((n, i, all) => n >= 1 && all.indexOf(n) === i);
}

/** @param {number} unit */
function sizes(unit) {
  let x = 2;
  const marks = threeSizes(unit).flatMap((n) => {
    const r = Math.max(1.8, unit * Math.sqrt(n));
    const middle = x + r;
    x = middle + r + 4;
    const shape = svgEl("circle", { cx: middle, cy: 20, r, fill: "none", stroke: "var(--camera)", "stroke-width": 1.3 });
    const label = svgEl("text", { x, y: 24, "font-size": 11, fill: "var(--ink-2)" }, shortNumber(n));
    x += 12 + 6 * shortNumber(n).length;
    return [shape, label];
  });
  return svgEl("svg", { class: "key-sizes", viewBox: "0 0 " + Math.max(x, 60) + " 40", width: x, height: 40, "aria-hidden": "true" }, marks);
}

/**
 * Fill the key; `show` follows the view.
 *
 * @param {Maker[]} makers
 * @param {DiscScale} scale
 */
export function keyPanel(makers, scale) {
  const box = byId("key");
  const list = el("ul", { class: "key-makers" });
  const size = el("div", { class: "key-size" });
  let shown = "";
  fillNode(box, whoSwitch(), list, size);

  // On a narrow screen the key lies in the legend, which is closed until it is asked for; so it does
  // beside the story, where a map of about a thousand pixels holds the whole world and the key's box
  // would lie on South America.
  const fullWorld = globalThis.matchMedia("(max-width: 1684px)");
  function settle() {
    if (narrowScreen.matches || (storyIsOpen() && fullWorld.matches)) byId("legend-body").prepend(box);
    else byId("corner").prepend(box);
  }
  for (const query of [narrowScreen, fullWorld]) query.addEventListener("change", settle);
  whenStoryTurns(settle);
  settle();

  /**
   * @param {Tally} tally
   * @param {Shares | null} world
   */
  function makerRows(tally, world) {
    /** @type {number[]} */
    const shares = new Array(CLASSES).fill(0);
    tally.vendor.forEach((/** @type {number | undefined} */ n, /** @type {number} */ vendor) => {
      if (filter.lets("vendor", vendor)) shares[classOf(vendor)] += n || 0;
    });
    if (world) world.shares.forEach((n, share) => (shares[share] += n));
    const order = shares.map((n, share) => ({ n, share })).filter(({ n }) => n > 0);
    const known = order.filter(({ share }) => share > 0 && share < CLASSES - 1);
    known.sort((a, b) => b.n - a.n);
    const rest = order.some(({ share }) => share === CLASSES - 1) || known.length > MAKERS_SHOWN;
    /** @type {[number, string | null][]} */
    const rows = known.slice(0, MAKERS_SHOWN).map(({ share }) => [share, makers[share].name]);
    if (rest) rows.push([CLASSES - 1, t("key.rest")]);
    if (shares[0]) rows.push([0, t("key.unknown")]);
    return rows;
  }

  /** @param {KeyView} view */
  return function show({ tally, world, zoom, hasDiscs }) {
    const rows = looks.who ? makerRows(tally, world) : [];
    const unit = hasDiscs ? scale.unitAt(zoom) : 0;
    const state = JSON.stringify([rows, unit]);
    if (state === shown) return;
    shown = state;
    fillNode(list, rows.map(([share, name]) => el("li", null, swatch(share), dataText(name))));
    fillNode(size, unit ? [sizes(unit), el("span", null, t("key.sizes"))] : []);
  };
}
