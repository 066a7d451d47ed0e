/* The first screen: the map shows what the story tells. It is skipped by an address that asks for
   something, and by readers who have put it away before. Its buttons are answered by
   first_screen.js, from before the map is there; here the map follows. */

import { byId, el } from "./dom.js";
import { filter } from "./filter.js";
import { t } from "./words.js";

/** @type {(() => void)[]} */
const listeners = [];

/**
 * Run when the story is put away or called again.
 *
 * @param {() => void} listener
 */
export function whenStoryTurns(listener) {
  listeners.push(listener);
}

function tellTurn() {
  for (const listener of listeners) listener();
}

/** Whether the story is on the page. */
export function storyIsOpen() {
  return document.documentElement.dataset.story !== "closed";
}

/** Whether the story's button of a supplier is pressed, be it before the map could follow. */
export function supplierIsPressed() {
  return byId("story").querySelector('[data-supplier][aria-pressed="true"]') !== null;
}

/** Where the keyboard goes on when the story has been put away. */
function focusPanel() {
  byId("tab-filter").focus();
  // On a narrow screen the tabs are below the edge until the sheet is raised.
  if (document.activeElement !== byId("tab-filter")) byId("grip").focus();
}

/**
 * What there is to read of a supplier that was pressed, under its row: the systems that have no
 * ring, what it says itself, the lists that name it. The links lead into its own page.
 *
 * @param {HTMLElement} button
 * @param {any} rings
 */
function supplierCard(button, rings) {
  const line = /** @type {HTMLElement} */ (button.closest("li"));
  const page = /** @type {HTMLAnchorElement} */ (line.querySelector("a")).getAttribute("href");
  const pointless = rings.withoutPoint(button.dataset.supplier);
  const link = (/** @type {string} */ part, /** @type {string} */ key) =>
    el("a", { href: page + "#" + part }, t(key));
  const parts = [
    pointless ? el("span", null, t("story.no_ring", { n: pointless })) : null,
    button.dataset.speaks === undefined ? null : link("said", "story.own_words"),
    line.querySelector(".listed") ? link("listings", "story.lists") : null,
  ];
  return el("p", { class: "rank-card" }, parts);
}

/**
 * Let the map follow the story's buttons, and do now what was asked of them before.
 *
 * @param {LeafletMap} map
 * @param {any} rings what draws the deployments, from `deployments.js`
 * @param {() => void} onClose
 */
export function startStory(map, rings, onClose) {
  const story = byId("story");

  byId("story-open").addEventListener("click", () => {
    delete document.documentElement.dataset.story;
    tellTurn();
    map.invalidateSize({ animate: false });
    byId("story-title").focus();
  });

  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = story.querySelectorAll("[data-supplier]");
  const idOf = (/** @type {HTMLElement} */ button) => String(button.dataset.supplier);

  function press() {
    for (const card of story.querySelectorAll(".rank-card")) card.remove();
    for (const button of buttons) {
      const isOn = filter.hasSupplier(idOf(button));
      button.setAttribute("aria-pressed", String(isOn));
      if (isOn) /** @type {HTMLElement} */ (button.closest("li")).append(supplierCard(button, rings));
    }
  }

  /** @param {HTMLElement} button */
  function followSupplier(button) {
    if (button.getAttribute("aria-pressed") === "true") {
      filter.onlySupplier(idOf(button));
      rings.fit(idOf(button));
    } else filter.clear("vendor");
  }

  for (const button of buttons) {
    for (const start of ["pointerenter", "focus"]) {
      button.addEventListener(start, () => rings.preview(idOf(button)));
    }
    for (const end of ["pointerleave", "blur"]) {
      button.addEventListener(end, () => rings.preview(null));
    }
  }

  story.addEventListener("wc-story", (event) => {
    const button = /** @type {HTMLElement} */ (/** @type {CustomEvent} */ (event).detail);
    if (button.dataset.supplier) followSupplier(button);
    if (button.id !== "story-close") return;
    tellTurn();
    map.invalidateSize({ animate: false });
    onClose();
    focusPanel();
  });

  const pressed = /** @type {HTMLElement | null} */ (story.querySelector('[data-supplier][aria-pressed="true"]'));
  if (pressed) followSupplier(pressed);
  filter.onChange(press);
  press();
  // Put away before the map was there: the button that had the focus is gone.
  if (story.dataset.left && document.activeElement === document.body) focusPanel();
}
