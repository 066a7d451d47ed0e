/* A file that a tool needs did not come: the drawer says so and offers to try again. There is no
   answer meanwhile; one without the file would be another answer. */

import { el, fillNode } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {HTMLElement} box
 * @param {string} key
 * @param {() => void} retry
 */
export function sayMissing(box, key, retry) {
  fillNode(box, t(key), " ", el("button", { type: "button", onclick: retry }, t("retry")));
}
