/* The first screen's own script: it stands in the page itself, right behind the story, so that the
   story's buttons answer before the map's files have come. What was pressed stands in the page, where
   the map finds it (story.js): a supplier as `aria-pressed`, the search as the focus. */

const KEY = "wc-story"; // before_paint.js reads it
const root = document.documentElement;
const story = /** @type {HTMLElement} */ (document.getElementById("story"));
const ranks = [...story.querySelectorAll("[data-supplier]")];
const strips = [...story.querySelectorAll(".chain-strip")];

/** Put the story away, now and next time. */
function close() {
  root.dataset.story = "closed";
  story.dataset.left = "true";
  try {
    globalThis.localStorage.setItem(KEY, "closed");
  } catch {
    // not kept: the story opens again next time
  }
}

/** @param {HTMLElement} button */
function pressSupplier(button) {
  const isOn = button.getAttribute("aria-pressed") !== "true";
  for (const one of ranks) one.setAttribute("aria-pressed", String(isOn && one === button));
}

function nextStrip() {
  const shown = strips.findIndex((strip) => !strip.hasAttribute("data-later"));
  strips[shown].setAttribute("data-later", "");
  strips[(shown + 1) % strips.length].removeAttribute("data-later");
}

story.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button) return;
  if (button.id === "story-close") close();
  else if (button.id === "story-find") /** @type {HTMLElement} */ (document.getElementById("search")).focus();
  else if (button.id === "story-next") nextStrip();
  else pressSupplier(button);
  // The map listens for this once it is there: by then the page says what was meant.
  story.dispatchEvent(new CustomEvent("wc-story", { detail: button }));
});

// A script of the map that did not come will not answer: what waits for it goes away again.
globalThis.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLScriptElement && !root.dataset.alive) delete root.dataset.answers;
  },
  true,
);

root.dataset.answers = "true";
performance.mark("wc-opening");
// A turn behind the callback the frame has been made (turns.js asks for it).
requestAnimationFrame(() => setTimeout(() => performance.mark("wc-first-frame")));
