/* The two tabs of the panel: filter and list. */

import { byId } from "./dom.js";

/**
 * Wire the tabs. The function that is returned opens one.
 *
 * @param {(isOpen: boolean) => void} onList hears whether the list is open
 */
export function wireTabs(onList) {
  const filterTab = byId("tab-filter");
  const listTab = byId("tab-list");
  const show = (/** @type {boolean} */ list) => {
    filterTab.setAttribute("aria-selected", String(!list));
    listTab.setAttribute("aria-selected", String(list));
    filterTab.tabIndex = list ? -1 : 0;
    listTab.tabIndex = list ? 0 : -1;
    byId("pane-filter").hidden = list;
    byId("pane-list").hidden = !list;
    onList(list);
  };
  filterTab.addEventListener("click", () => show(false));
  listTab.addEventListener("click", () => show(true));
  for (const [tab, other] of [
    [filterTab, listTab],
    [listTab, filterTab],
  ]) {
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      other.click();
      other.focus();
    });
  }
  return show;
}
