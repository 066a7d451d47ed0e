/* The tools that measure: a bundle of its own, which comes with the first press on one of them. A first
   picture needs nothing of it. What the page keeps, it hands over: its files, its theme, its words. */

import { cordonTool } from "./cordon_tool.js";
import { routeTool } from "./route_tool.js";
import { setLanguage } from "./words.js";

globalThis.WC.put("assets/tools", (/** @type {ToolPage} */ page) => {
  setLanguage(document.documentElement.lang, page.strings);
  return { route: routeTool(page), cordon: cordonTool(page) };
});
