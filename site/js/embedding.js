/* In a frame of another page the wheel is that page's: the map takes it with Ctrl, or once clicked. */

import { byId } from "./dom.js";
import { t } from "./words.js";

const HINT_MS = 1500;

/**
 * @param {LeafletMap} map
 * @param {boolean} isEmbedded
 */
export function keepWheelForThePage(map, isEmbedded) {
  if (!isEmbedded) return;
  const box = map.getContainer();
  const hint = byId("wheel-hint");
  let isTaken = false;
  let hide = 0;
  map.scrollWheelZoom.disable();
  map.on("click dragstart", () => {
    isTaken = true;
    map.scrollWheelZoom.enable();
  });
  box.addEventListener("mouseleave", () => {
    isTaken = false;
    map.scrollWheelZoom.disable();
  });
  // Before the map's own listener, which exists only while the wheel is the map's.
  box.addEventListener(
    "wheel",
    (/** @type {WheelEvent} */ event) => {
      if (isTaken) return;
      if (event.ctrlKey || event.metaKey) {
        map.scrollWheelZoom.enable();
        setTimeout(() => isTaken || map.scrollWheelZoom.disable());
        return;
      }
      hint.textContent = t("embed.wheel");
      hint.hidden = false;
      clearTimeout(hide);
      hide = setTimeout(() => {
        hint.hidden = true;
      }, HINT_MS);
    },
    { capture: true, passive: true },
  );
}
