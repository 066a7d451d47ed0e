/* Where an address names a filter and no view, the map shows what passes it: who follows a link to one
   maker did not ask to look at the release's own town. */

import { filter } from "./filter.js";
import { latlngOf } from "./store.js";

const CLOSEST = 15; // one camera alone is still seen with its streets

/**
 * The outermost cameras that pass the filter, one for each side.
 *
 * @param {Store} store
 */
function outermost(store) {
  const { x, y, n, groups } = store;
  const refused = filter.refusals(groups);
  let [west, east, north, south] = [-1, -1, -1, -1];
  for (let i = 0; i < n; i++) {
    if (refused[groups.of[i]] !== 0) continue;
    if (west < 0) west = east = north = south = i;
    if (x[i] < x[west]) west = i;
    if (x[i] > x[east]) east = i;
    if (y[i] < y[north]) north = i;
    if (y[i] > y[south]) south = i;
  }
  return west < 0 ? [] : [west, east, north, south].map((row) => latlngOf(store, row));
}

/**
 * Bring everything that passes the filter into view; where nothing does, the view stays.
 *
 * @param {LeafletMap} map
 * @param {any} rings what draws the deployments
 * @param {Store} store
 */
export function showPassing(map, rings, store) {
  const systems = rings
    .passing()
    .filter((/** @type {Deployment} */ { lat_deg: lat }) => lat !== null)
    .map((/** @type {Deployment} */ { lat_deg: lat, lon_deg: lng }) => [lat, lng]);
  const points = [...outermost(store), ...systems];
  if (points.length > 0) map.fitBounds(points, { animate: false, padding: [40, 40], maxZoom: CLOSEST });
}
