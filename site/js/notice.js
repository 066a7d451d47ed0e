/* One line on the map: what was not loaded, with a way to try again, or where else to look. */

import { byId, el, fillNode } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {string} text
 * @param {string} className
 * @param {{text: string, go: () => void} | null} [action]
 */
function show(text, className, action) {
  if (document.documentElement.dataset.failed) return; // the one message stands already
  const box = byId("notice");
  box.className = "notice " + className;
  fillNode(
    box,
    el("p", null, text),
    action
      ? el(
          "button",
          {
            type: "button",
            onclick() {
              box.hidden = true;
              action.go();
            },
          },
          action.text,
        )
      : null,
    el(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": t("close"),
        onclick() {
          box.hidden = true;
        },
      },
      "\u00d7",
    ),
  );
  box.hidden = false;
}

export const notice = {
  /** Take a remark away; an error stays until it is read. */
  quiet() {
    const box = byId("notice");
    if (box.classList.contains("remark")) box.hidden = true;
  },

  /**
   * A remark, with something to do about it.
   *
   * @param {string} text
   * @param {{text: string, go: () => void} | null} [action]
   */
  say(text, action) {
    const box = byId("notice");
    if (!box.hidden && box.classList.contains("error")) return; // an error is not talked over
    show(text, "remark", action);
  },

  /**
   * Something was left out, and nothing is to be done about it.
   *
   * @param {string} text
   */
  warn(text) {
    show(text, "error", null);
  },

  /**
   * Something did not load; `retry` tries again.
   *
   * @param {string} text
   * @param {() => void} retry
   */
  failed(text, retry) {
    show(text, "error", { text: t("retry"), go: retry });
  },
};
