/* What the pointer finds on the map: a tip on the way, a choice or a closer view on a click. */

import { dataText } from "./dom.js";
import { selectCamera, selectDeployment, selectNothing } from "./select_event.js";
import { CLASSES } from "./hexagons.js";
import { formatDate, formatNumber, t, wordFor } from "./words.js";

const NAMED = 3; // makers in a tip

/**
 * "1,907 cameras: 32 Flock Safety, 1,875 maker not known".
 *
 * @param {Disc} disc
 * @param {Maker[]} makers
 */
function discWords(disc, makers) {
  const shares = [...disc.shares].map((n, share) => ({ n, share })).filter(({ n }) => n > 0);
  const known = shares.filter(({ share }) => share > 0).sort((a, b) => b.n - a.n);
  const rest = known.slice(NAMED).reduce((sum, { n }) => sum + n, 0);
  const nameOf = (/** @type {{share: number}} */ { share }) => (share === CLASSES - 1 ? t("key.rest") : makers[share].name);
  const parts = known.slice(0, NAMED).map((one) => [formatNumber(one.n) + " ", dataText(nameOf(one))]);
  if (rest) parts.push([formatNumber(rest) + " " + t("key.rest")]);
  if (disc.shares[0]) parts.push([formatNumber(disc.shares[0]) + " " + t("key.unknown")]);
  return [t("tip.bin", { n: disc.n }), ": ", ...parts.flatMap((part, i) => (i ? [", ", ...part] : part))];
}

/**
 * Let the map answer the pointer.
 *
 * @param {{map: LeafletMap, meta: Meta, [part: string]: any}} page
 */
export function followPointer({ map, layer, rings, world, tip, meta, makers, getStore }) {
  const words = (/** @type {any} */ found) => {
    const store = getStore();
    if (found.disc) return discWords(found.disc, makers);
    if (found.rows.length > 1) return t("tip.pole", { n: found.rows.length });
    const row = found.rows[0];
    const vendor = meta.vendors[store.vendor[row]];
    const maker = vendor.id === null ? t("list.no_maker") : vendor.name;
    return [wordFor("kind", meta.kinds[store.kind[row]].id), ", ", dataText(maker)];
  };
  map.on("mousemove", (/** @type {any} */ event) => {
    // a tap sends a move of its own; a tip would stay under the finger
    if (event.originalEvent.pointerType === "touch" || matchMedia("(hover: none)").matches) return;
    const ring = rings.at(event.latlng, false);
    const found = layer.at(event.latlng, false);
    const counted = ring.length || found ? null : world.at(event.latlng);
    map.getContainer().classList.toggle("pointing", Boolean(ring.length || found || counted));
    if (ring.length && !found) tip.show(event.containerPoint, dataText(rings.label(ring)));
    else if (found) tip.show(event.containerPoint, words(found));
    else if (counted && meta.world) {
      const date = formatDate(meta.world.data_on);
      tip.show(event.containerPoint, [discWords(counted, makers), " ", t("tip.world", { date })]);
    }
    else tip.hide();
    layer.open(found && found.pole !== undefined ? found.pole : -1);
  });
  map.on("mouseout movestart", () => tip.hide());
  map.on("click", (/** @type {any} */ event) => {
    tip.hide();
    if (document.documentElement.dataset.drawing) return; // the click is a corner of a route
    const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
    const found = layer.at(event.latlng, touch);
    const ring = rings.at(event.latlng, touch);
    const isCovered = found && found.disc && found.disc.r > 9; // by a disc larger than a ring
    if (found && found.rows) selectCamera(found.rows[0], false);
    else if (ring.length && !isCovered) selectDeployment(ring[0], false);
    else if (found || world.at(event.latlng)) map.setView(event.latlng, Math.min(map.getMaxZoom(), map.getZoom() + 2));
    else selectNothing();
  });
}
