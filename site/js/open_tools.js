/* The buttons of the tools that measure, whose scripts come with the first press on one. */

import { drop, have, want } from "./data_loader.js";
import { byId } from "./dom.js";
import { notice } from "./notice.js";
import { theme } from "./theme.js";
import { t } from "./words.js";

/**
 * Bring the buttons to life; what is returned asks for the roads into a place.
 *
 * @param {{map: LeafletMap, meta: Meta, makers: Maker[], ready: Promise<Store>}} page
 */
export function openTools(page) {
  /** @type {Tools | null} */
  let tools = null;

  /** @param {(tools: Tools) => void} open */
  async function withTools(open) {
    try {
      const start = await want("assets/tools");
      const strings = have("i18n-" + document.documentElement.lang);
      tools = tools || /** @type {Tools} */ (start({ ...page, want, drop, theme, strings }));
    } catch {
      notice.failed(t("error.tools"), () => withTools(open));
      return;
    }
    open(tools);
  }

  byId("route-open").addEventListener("click", () => withTools(({ route }) => route()));
  byId("cordon-open").addEventListener("click", () => withTools(({ cordon }) => cordon(null)));
  return (/** @type {TownReach} */ place) => {
    withTools(({ cordon }) => cordon(place));
  };
}
