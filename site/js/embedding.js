/* In a frame of another page the wheel and one finger are that page's: the map takes the wheel with
   Ctrl or once it was clicked, and two fingers. */

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
  const say = (/** @type {string} */ key) => {
    hint.textContent = t(key);
    hint.hidden = false;
    clearTimeout(hide);
    hide = setTimeout(() => {
      hint.hidden = true;
    }, HINT_MS);
  };
  if (matchMedia("(pointer: coarse)").matches) {
    map.dragging.disable(); // Leaflet then lets the browser scroll by one finger, and keeps two
    const one = (/** @type {TouchEvent} */ event) => {
      if (event.touches.length === 1) say("embed.touch");
    };
    box.addEventListener("touchmove", one, { passive: true });
  }
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
      say("embed.wheel");
    },
    { capture: true, passive: true },
  );
}
