/* On a narrow screen the panel and the drawer are sheets from below with three rests. */

const RESTS = ["peek", "half", "full"];
const narrow = globalThis.matchMedia("(max-width: 760px)");

/** Whether the screen is narrow, and when that changes. */
export const narrowScreen = narrow;

/**
 * Give a panel its rests; the grip is a button, and can be dragged.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement} grip
 * @param {string} start
 */
export function makeSheet(panel, grip, start) {
  let dragged = 0;

  /** @param {string} name */
  function rest(name) {
    panel.dataset.rest = name;
    grip.setAttribute("aria-expanded", String(name !== "peek"));
  }

  /** @param {number} by */
  function step(by) {
    const at = RESTS.indexOf(/** @type {string} */ (panel.dataset.rest)) + by;
    rest(RESTS[Math.max(0, Math.min(RESTS.length - 1, at))]);
  }

  grip.addEventListener("click", () => {
    if (Math.abs(dragged) > 8) return;
    rest(panel.dataset.rest === "peek" ? "half" : panel.dataset.rest === "half" ? "full" : "peek");
  });

  /** @type {number | null} */
  let from = null;
  grip.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    dragged = 0;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointermove", (event) => {
    if (from === null) return;
    dragged = event.clientY - from;
    panel.style.setProperty("--drag", Math.round(dragged) + "px");
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grip.addEventListener(end, () => {
      if (from === null) return;
      from = null;
      panel.style.removeProperty("--drag");
      if (Math.abs(dragged) > 40) step((dragged < 0 ? 1 : -1) * (Math.abs(dragged) > 320 ? 2 : 1));
    });
  }
  rest(start);
  return { rest };
}

export const isNarrow = () => narrow.matches;
