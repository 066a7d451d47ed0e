/* The reader's choice of light or dark, one for the map and all pages, kept in this browser only. */

const KEY = "wc-theme";
const dark = globalThis.matchMedia("(prefers-color-scheme: dark)");

function chosenBefore() {
  try {
    const value = globalThis.localStorage.getItem(KEY);
    return value === "dark" || value === "light" ? value : null;
  } catch {
    return null; // storage is refused in some private windows; the system's wish then holds
  }
}

/** Show the page as it was chosen, if it was. */
export function applyThemeChoice() {
  const value = chosenBefore();
  if (value) document.documentElement.dataset.theme = value;
}

/** What is shown now: "light" or "dark". */
export function shownTheme() {
  return document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
}

/** Turn to the other, and keep that. */
export function flipTheme() {
  const value = shownTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = value;
  try {
    globalThis.localStorage.setItem(KEY, value);
  } catch {
    // not kept: the choice lasts as long as the page
  }
}

/** @param {() => void} tell called when the system's wish changes */
export function whenSystemTurns(tell) {
  dark.addEventListener("change", tell);
}

/**
 * Be light on paper, whatever the screen has, until that is done.
 *
 * @param {() => void} changed told before and after
 */
export function lightForPaper(changed = () => {}) {
  const before = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  changed();
  globalThis.addEventListener(
    "afterprint",
    () => {
      if (before) document.documentElement.dataset.theme = before;
      else delete document.documentElement.dataset.theme;
      changed();
    },
    { once: true },
  );
}
