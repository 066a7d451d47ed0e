/* What stands around the map: zoom buttons, scale, credit, count, tip, embedding. */

import { byId, dataText, el, fillNode, linkOut } from "./dom.js";
import { filter } from "./filter.js";
import { plainPage } from "./site_ways.js";
import { formatDate, formatNumber, t } from "./words.js";

const SCALE = 176; // pixels at most, and two fifths of it at least (5 km to 2 km): room for its words

/**
 * Zoom buttons and the scale bar.
 *
 * @param {LeafletMap} map
 */
export function mapTools(map) {
  const inward = /** @type {HTMLButtonElement} */ (byId("zoom-in"));
  const outward = /** @type {HTMLButtonElement} */ (byId("zoom-out"));
  const scale = byId("scale");
  inward.addEventListener("click", () => map.zoomIn());
  outward.addEventListener("click", () => map.zoomOut());

  function show() {
    inward.disabled = map.getZoom() >= map.getMaxZoom();
    outward.disabled = map.getZoom() <= map.getMinZoom();
    const size = map.getSize();
    const middle = size.y / 2;
    const metres = map.distance(
      map.containerPointToLatLng([size.x / 2 - SCALE / 2, middle]),
      map.containerPointToLatLng([size.x / 2 + SCALE / 2, middle]),
    );
    const power = 10 ** Math.floor(Math.log10(metres));
    const round = /** @type {number} */ ([5, 2, 1].find((step) => step * power <= metres)) * power;
    scale.style.width = (SCALE * round) / metres + "px";
    scale.textContent = round >= 1000 ? t("scale.km", { n: round / 1000 }) : t("scale.m", { n: round });
  }
  map.on("moveend", show);
  show();
}

/**
 * Licence, attribution and the day of the data; always in sight.
 *
 * @param {Meta} meta
 * @param {HTMLElement} into
 */
export function fillCredit(meta, into) {
  const parts = [];
  for (const source of meta.credits) {
    const text = source.url ? linkOut(source.url, source.attribution) : dataText(source.attribution);
    parts.push(text, ", ", dataText(source.license_id), "; ");
  }
  if (meta.world) {
    const date = formatDate(meta.world.data_on);
    parts.push(t("credit.world", { date }) + " ", dataText(meta.world.attribution), ", ");
    parts.push(dataText(meta.world.license_id), "; ");
  }
  fillNode(
    into,
    parts,
    t("credit.data", { date: formatDate(meta.data_on) }),
    meta.evidence_on ? ", " + t("credit.evidence", { date: formatDate(meta.evidence_on) }) : "",
    "; ",
    el("a", { href: plainPage("data.html") }, t("credit.release"), " ", dataText(meta.release_id, "tabular")),
    ". ",
    t("credit.ground"),
  );
}

/**
 * Lists that state no licence: they are on this map and in no release, and that stays in sight.
 *
 * @param {Meta} meta
 */
export function showLocalLists(meta) {
  const strip = byId("local");
  if (!meta.local.length) return;
  fillNode(strip, t("local"), " ", dataText(meta.local.join(", ")));
  strip.hidden = false;
}

/**
 * The number of cameras in view and how many have a maker.
 *
 * @param {Meta} meta
 */
export function countSummary(meta) {
  const count = byId("count");
  const what = byId("count-what");
  const bar = byId("known-bar");
  const known = byId("known");
  const unknown = byId("unknown");
  const live = byId("live");
  let speak = 0;
  // Lists on this machine alone are on the map and not in the release: two numbers, never one.
  const alone = meta.sites[0] ? "sum.all_sites" : "sum.all"; // a row may be a place with several
  const all = meta.local.length ? "sum.all_with_local" : alone;
  const nothing = meta.local.length ? "sum.nothing_with_local" : "sum.nothing";
  const held = { release: meta.released, local: meta.standing - meta.released };
  return (/** @type {Tally} */ tally) => {
    const named = tally.total - tally.unknownMaker;
    count.textContent = formatNumber(tally.total);
    if (tally.before === 0) what.textContent = t(nothing, held);
    else if (filter.count) {
      what.textContent = t("sum.filtered", { n: tally.total, before: tally.before });
    } else what.textContent = t(all, { n: tally.total, ...held });
    bar.style.width = tally.total ? (100 * named) / tally.total + "%" : "0";
    known.textContent = t("sum.known", { n: named });
    unknown.textContent = t("sum.unknown", { n: tally.unknownMaker });
    clearTimeout(speak);
    speak = setTimeout(() => {
      live.textContent = t("live.count", { n: tally.total });
    }, 600);
  };
}

/**
 * The small text at the pointer.
 *
 * @param {LeafletMap} map
 */
export function pointerTip(map) {
  const box = el("div", { class: "tip", "aria-hidden": "true", hidden: true });
  map.getContainer().append(box);
  return {
    hide() {
      box.hidden = true;
    },
    /**
     * @param {{x: number, y: number}} at
     * @param {Child} text
     */
    show(at, text) {
      fillNode(box, text);
      box.hidden = false;
      const size = map.getSize();
      const left = Math.min(size.x - box.offsetWidth - 4, at.x + 12);
      box.style.left = Math.max(4, left) + "px";
      box.style.top = Math.max(4, at.y - box.offsetHeight - 10) + "px";
    },
  };
}
