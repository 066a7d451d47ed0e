/* When the map cannot work: one honest message and the plain pages; nothing that does nothing. */

import { byId, fillNode } from "./dom.js";
import { t } from "./words.js";

/** The page's controls work from now on; until then they are not shown. */
export function comeAlive() {
  if (document.documentElement.dataset.failed) return; // said before: nothing here works
  document.documentElement.dataset.alive = "true";
}

/**
 * Say why there is no map, take the controls away and show the way to the plain pages.
 *
 * @param {string} reason
 */
export function giveUp(reason) {
  delete document.documentElement.dataset.alive;
  delete document.documentElement.dataset.answers;
  document.documentElement.dataset.failed = "true";
  fillNode(byId("plain-why"), t(reason));
  byId("notice").hidden = true;
}

/** Whether this browser can unpack the cameras; those of before 2023 may not. */
export function canUnpack() {
  return typeof DecompressionStream === "function" && typeof Response === "function";
}
