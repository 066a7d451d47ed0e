/* On paper the map is one picture. Chromium prints a canvas from what was last recorded on it, and
   drops the larger recordings: land, streets and rings were missing. A copy prints whole. */

import { byId } from "./dom.js";
import { viewPicture } from "./map_picture.js";
import { theme } from "./theme.js";

const PAPER_WIDTH = 688; // CSS pixels of A4 between margins of 14 mm
const PAPER_HEIGHT = 560; // so that a count stands under it on the first sheet
/* Finer than most screens, as paper is. Exactly 2: Chromium rounds the scale down to 1/64. */
const PAPER_RATIO = 2;

/**
 * Before printing: light colours, one picture of the view, and the list brought up to date.
 *
 * @param {LeafletMap} map
 * @param {any[]} sheets canvases of the map, from `canvas.js`
 * @param {() => void} fill
 */
export function preparePrinting(map, sheets, fill) {
  /** @type {HTMLCanvasElement | null} */
  let picture = null;

  function draw() {
    const size = map.getSize();
    const fit = Math.min(PAPER_WIDTH / size.x, PAPER_HEIGHT / size.y);
    const ratio = fit * PAPER_RATIO;
    picture = viewPicture(map, sheets, ratio);
    picture.style.width = picture.width / PAPER_RATIO + "px";
    map.getContainer().append(picture);
    byId("stage").style.setProperty("--map-fit", String(fit));
  }

  globalThis.addEventListener("beforeprint", () => {
    theme.forPaper();
    if (!picture) draw();
    fill();
  });
  globalThis.addEventListener("afterprint", () => {
    if (!picture) return;
    picture.remove();
    picture = null;
    for (const sheet of sheets) sheet.redraw();
  });
}
