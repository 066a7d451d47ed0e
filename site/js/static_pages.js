/* The one script of the static pages: the theme that was chosen, and tables that sort and narrow.
   It runs before the page is drawn, so that a dark page is never light first. */

import { enhanceTable } from "./sort_table.js";
import { applyThemeChoice, flipTheme, lightForPaper, shownTheme, whenSystemTurns } from "./theme_choice.js";

applyThemeChoice();
document.documentElement.dataset.alive = "true";

// What is folded on the screen is on paper too; the switch of languages is no part of the text.
globalThis.addEventListener("beforeprint", () => {
  const folds = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    document.querySelectorAll(".page details:not(.in-words):not([open])")
  );
  for (const fold of folds) fold.open = true;
  globalThis.addEventListener("afterprint", () => folds.forEach((fold) => (fold.open = false)), {
    once: true,
  });
  lightForPaper();
});

/** What an address or a note leads to is shown, if it lies in a fold. */
function unfoldTarget() {
  const target = document.getElementById(globalThis.location.hash.slice(1));
  const fold = target && target.closest("details:not([open])");
  if (!target || !fold) return;
  /** @type {HTMLDetailsElement} */ (fold).open = true;
  target.scrollIntoView();
}

globalThis.addEventListener("hashchange", unfoldTarget);

document.addEventListener("DOMContentLoaded", () => {
  const button = /** @type {HTMLElement} */ (document.getElementById("theme"));
  const show = () => button.setAttribute("aria-pressed", String(shownTheme() === "dark"));
  button.addEventListener("click", () => {
    flipTheme();
    show();
  });
  whenSystemTurns(show);
  show();
  for (const table of document.querySelectorAll("table[data-find]")) {
    enhanceTable(/** @type {HTMLTableElement} */ (table));
  }
  unfoldTarget();
});
