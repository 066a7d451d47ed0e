/* OpenStreetMap's own map as an opt-in, only in a page that was built to offer it, and never kept:
   each tile tells openstreetmap.org where the reader looks. */

import { el } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {Meta} meta
 * @param {LeafletMap} map
 * @param {HTMLElement} into
 */
export function offerTiles(meta, map, into) {
  if (!meta.page.osm_tiles) return;
  const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
    maxZoom: 19,
    zIndex: 1,
  });
  const box = el("input", {
    type: "checkbox",
    onchange() {
      if (box.checked) tiles.addTo(map);
      else tiles.remove();
      map.getPane("wc-ground").hidden = box.checked;
    },
  });
  into.append(
    el("label", { class: "tiles" }, box, t("tiles")),
    el("p", null, t("tiles.notice")),
  );
}
