/* The switch of languages: plain links in a fold, which here keep the view and close by themselves. */

import { byId } from "./dom.js";
import { setLanguage } from "./words.js";

/** Speak the page's language, and wire the switch to the others. */
export function startLanguage() {
  setLanguage(document.documentElement.lang);
  const fold = /** @type {HTMLDetailsElement} */ (byId("languages"));
  fold.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    // What is looked at stands in the address, so the other page opens with the same.
    if (link) link.hash = globalThis.location.hash;
  });
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    /** @type {HTMLElement} */ (fold.querySelector("summary")).focus();
  });
  fold.addEventListener("focusout", (event) => {
    if (!fold.contains(/** @type {Node | null} */ (event.relatedTarget))) fold.open = false;
  });
}
