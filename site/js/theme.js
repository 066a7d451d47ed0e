/* Light and dark: the system's wish, or the reader's own choice, kept in this browser only. */

import { byId } from "./dom.js";

const KEY = "wc-theme";
const dark = globalThis.matchMedia("(prefers-color-scheme: dark)");
/** @type {(() => void)[]} */
const listeners = [];

function kept() {
  try {
    const value = globalThis.localStorage.getItem(KEY);
    return value === "dark" || value === "light" ? value : null;
  } catch {
    return null; // storage is refused in some private windows; the system's wish then holds
  }
}

/** @param {string} value */
function keep(value) {
  try {
    globalThis.localStorage.setItem(KEY, value);
  } catch {
    // not kept: the choice lasts as long as the page
  }
}

function now() {
  return document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
}

function show() {
  const button = byId("theme");
  if (button) button.setAttribute("aria-pressed", String(now() === "dark"));
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
  now,
  start() {
    const value = kept();
    if (value) document.documentElement.dataset.theme = value;
    dark.addEventListener("change", show);
    byId("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = now() === "dark" ? "light" : "dark";
      keep(now());
      show();
    });
    show();
  },
  /** Light on paper, whatever the screen has. */
  forPaper() {
    const before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    show();
    globalThis.addEventListener(
      "afterprint",
      () => {
        if (before) document.documentElement.dataset.theme = before;
        else delete document.documentElement.dataset.theme;
        show();
      },
      { once: true },
    );
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
