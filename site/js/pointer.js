/* What the pointer finds on the map: a tip on the way, a choice or a closer view on a click. */

import { dataText } from "./dom.js";
import { selectCamera, selectDeployment, selectNothing } from "./select_event.js";
import { t, wordFor } from "./words.js";

/**
 * Let the map answer the pointer.
 *
 * @param {LeafletMap} map
 * @param {any} layer what draws the cameras, from `layer.js`
 * @param {any} rings what draws the deployments, from `deployments.js`
 * @param {{show(point: any, ...words: any[]): void, hide(): void}} tip
 * @param {Meta} meta
 * @param {() => Store} getStore
 */
export function followPointer(map, layer, rings, tip, meta, getStore) {
  const words = (/** @type {any} */ found) => {
    const store = getStore();
    if (found.disc) return t("tip.bin", { n: found.disc.n });
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
    map.getContainer().classList.toggle("pointing", Boolean(ring.length || found));
    if (ring.length && !found) tip.show(event.containerPoint, dataText(rings.label(ring)));
    else if (found) tip.show(event.containerPoint, words(found));
    else tip.hide();
    layer.open(found && found.pole !== undefined ? found.pole : -1);
  });
  map.on("mouseout movestart", () => tip.hide());
  map.on("click", (/** @type {any} */ event) => {
    tip.hide();
    const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
    const found = layer.at(event.latlng, touch);
    const ring = rings.at(event.latlng, touch);
    const isCovered = found && found.disc && found.disc.r > 9; // by a disc larger than a ring
    if (found && found.rows) selectCamera(found.rows[0], false);
    else if (ring.length && !isCovered) selectDeployment(ring[0], false);
    else if (found) map.setView(event.latlng, Math.min(map.getMaxZoom(), map.getZoom() + 2));
    else selectNothing();
  });
}
