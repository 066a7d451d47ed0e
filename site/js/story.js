/* The first screen: the map shows what the story tells. It is skipped by an address that asks for
   something, and by readers who have put it away before. */

import { byId } from "./dom.js";
import { filter } from "./filter.js";

const KEY = "wc-story"; // page_body.html reads it before the first paint

function remember() {
  try {
    globalThis.localStorage.setItem(KEY, "closed");
  } catch {
    // not kept: the story opens again next time
  }
}

/** Whether the story is on the page. */
export function storyIsOpen() {
  return document.documentElement.dataset.story !== "closed";
}

/**
 * Let the story's buttons answer on the map.
 *
 * @param {LeafletMap} map
 * @param {any} rings what draws the deployments, from `deployments.js`
 * @param {() => void} onClose
 */
export function startStory(map, rings, onClose) {
  const story = byId("story");
  if (!story) return;

  function close() {
    document.documentElement.dataset.story = "closed";
    remember();
    map.invalidateSize({ animate: false });
    onClose();
  }

  byId("story-close").addEventListener("click", () => {
    close();
    byId("tab-filter").focus();
    // On a narrow screen the tabs are below the edge until the sheet is raised.
    if (document.activeElement !== byId("tab-filter")) byId("grip").focus();
  });
  byId("story-find").addEventListener("click", () => byId("search").focus());
  byId("story-open").addEventListener("click", () => {
    delete document.documentElement.dataset.story;
    map.invalidateSize({ animate: false });
    byId("story-title").focus();
  });

  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = story.querySelectorAll("[data-supplier]");

  function press() {
    for (const button of buttons) {
      const isOn = filter.hasSupplier(String(button.dataset.supplier));
      button.setAttribute("aria-pressed", String(isOn));
    }
  }

  for (const button of buttons) {
    const id = /** @type {string} */ (button.dataset.supplier);
    for (const start of ["pointerenter", "focus"]) {
      button.addEventListener(start, () => rings.preview(id));
    }
    for (const end of ["pointerleave", "blur"]) {
      button.addEventListener(end, () => rings.preview(null));
    }
    button.addEventListener("click", () => {
      if (filter.hasSupplier(id)) filter.clear("vendor");
      else {
        filter.onlySupplier(id);
        rings.fit(id);
      }
    });
  }
  filter.onChange(press);
  press();

  const strips = [...story.querySelectorAll(".chain-strip")];
  const next = byId("story-next");
  let shown = 0;
  if (next) {
    next.addEventListener("click", () => {
      strips[shown].setAttribute("data-later", "");
      shown = (shown + 1) % strips.length;
      strips[shown].removeAttribute("data-later");
    });
  }
}
