/* The place that the address names, opened when the page has what it tells of it. */

import { notice } from "./notice.js";
import { findPlace } from "./search_index.js";
import { selectPlace } from "./select_event.js";
import { t } from "./words.js";

const COUNTRY_ZOOM = 5;
const TOWN_ZOOM = 12;

/**
 * @param {string} ref as `Town.ref` has it
 * @param {LeafletMap} map
 * @param {boolean} move whether the map goes there; else the address has said where it looks
 */
export async function openAskedPlace(ref, map, move) {
  let place;
  try {
    place = await findPlace(ref, map.getCenter());
  } catch {
    notice.failed(t("search.failed"), () => openAskedPlace(ref, map, move));
    return;
  }
  if (!place) {
    notice.warn(t("error.address"));
    return;
  }
  const zoom = place.isCountry ? COUNTRY_ZOOM : TOWN_ZOOM;
  if (move) map.setView([place.lat, place.lng], zoom, { animate: false });
  selectPlace(place);
}
