/* Light and dark: the system's wish, or the reader's own choice. */

import { byId } from "./dom.js";
import { applyThemeChoice, flipTheme, lightForPaper, shownTheme, whenSystemTurns } from "./theme_choice.js";

/** @type {(() => void)[]} */
const listeners = [];

function show() {
  const button = byId("theme");
  if (button) button.setAttribute("aria-pressed", String(shownTheme() === "dark"));
  for (const listener of listeners) listener();
}

export const theme = {
  /**
   * Run when the colours change.
   *
   * @param {() => void} listener
   */
  onChange(listener) {
    listeners.push(listener);
  },
  now: shownTheme,
  start() {
    applyThemeChoice();
    whenSystemTurns(show);
    byId("theme").addEventListener("click", () => {
      flipTheme();
      show();
    });
    show();
  },
  /** Light on paper, whatever the screen has. */
  forPaper() {
    lightForPaper(show);
  },
  /**
   * The value of a colour variable, as the canvas needs it.
   *
   * @returns {Colours}
   */
  colours() {
    const style = getComputedStyle(document.documentElement);
    return new Proxy(
      /** @type {Colours} */ ({}),
      {
        get(cache, /** @type {string} */ name) {
          if (!(name in cache)) cache[name] = style.getPropertyValue("--" + name).trim();
          return cache[name];
        },
      },
    );
  },
};
