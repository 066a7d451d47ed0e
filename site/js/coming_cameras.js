/* The cameras come in: the file, its columns, and the first count, which waits for no picture. */

import { areaOf, countUnasked } from "./count_in_view.js";
import { drop, want } from "./data_loader.js";
import { comeAlive } from "./failure.js";
import { filter } from "./filter.js";
import { readCameras } from "./store.js";
import { supplierIsPressed } from "./story.js";

// Mostly here already: it is taken in while the map is being made, before what only draws.
want("cameras").catch(() => {}); // told where it is waited for

/**
 * The cameras, read as soon as they come. Where nobody asks for anything their count needs no picture.
 *
 * @param {LeafletMap} map
 * @param {(tally: Tally) => void} showSummary
 * @returns {ComingCameras}
 */
export function comingCameras(map, showSummary) {
  const file = want("cameras");
  /** @param {Columns} columns */
  function count(columns) {
    if (filter.count > 0 || supplierIsPressed()) return;
    comeAlive();
    showSummary(countUnasked(columns, areaOf(map.getPixelBounds(), map.getZoom())));
    performance.mark("wc-counts");
  }
  async function read() {
    const payload = await file;
    performance.mark("wc-columns");
    const store = await readCameras(payload, count);
    performance.mark("wc-decoded");
    drop("cameras");
    return store;
  }
  const store = read();
  store.catch(() => {}); // told where it is waited for
  return { file, store };
}
