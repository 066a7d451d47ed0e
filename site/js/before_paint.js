/* What has to hold before anything is drawn: it stands in the head, before the styles, for a script
   behind them waits until they have come, and what is drawn meanwhile is an empty page. */

import { applyThemeChoice } from "./theme_choice.js";

// `map` is the name of an element too: the browser would begin there with Tab, past the search.
if (globalThis.location.hash === "#map") globalThis.history.replaceState(null, "", "#map&");

/** Whether the address asks for something, or the story was put away before. */
function skipsStory() {
  if (globalThis.location.hash.length > 1) return true;
  try {
    return globalThis.localStorage.getItem("wc-story") !== null;
  } catch {
    return false; // storage is refused: the story opens
  }
}

if (skipsStory()) document.documentElement.dataset.story = "closed";
applyThemeChoice(); // a dark page is never light first
