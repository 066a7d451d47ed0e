/* "Near me": asked of the browser on a click alone, and told to nobody: the page has no way to send
   it, and the address of the view is cut to a kilometre. Over a network the map stays too far away
   for streets, because asking for those of one town would tell the server which town it is. */

import { byId } from "./dom.js";
import { notice } from "./notice.js";
import { selectPlace } from "./select_event.js";
import { t } from "./words.js";

const ZOOM = 14;
const ZOOM_WITHOUT_STREETS = 10; // streets.js asks for them from 11 on
const PATIENCE_MS = 15000;

/**
 * Bring the button to life; it stays hidden where the browser cannot tell a position.
 *
 * @param {LeafletMap} map
 */
export function nearMe(map) {
  const button = /** @type {HTMLButtonElement} */ (byId("near"));
  if (!("geolocation" in navigator)) return;
  button.hidden = false;

  /** @param {GeolocationPosition} position */
  function go({ coords }) {
    button.disabled = false;
    // Two decimals: what stands in the address bar may be copied, and should name no house.
    const lat = Math.round(coords.latitude * 100) / 100;
    const lng = Math.round(coords.longitude * 100) / 100;
    const isFolder = globalThis.location.protocol === "file:";
    map.setView([lat, lng], isFolder ? ZOOM : ZOOM_WITHOUT_STREETS, { animate: false });
    selectPlace({ name: t("near.here"), country: "", lat, lng, thousands: 0, isCountry: false });
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      go,
      () => {
        button.disabled = false;
        notice.warn(t("near.failed"));
      },
      { timeout: PATIENCE_MS, maximumAge: 60000 },
    );
  });
}
