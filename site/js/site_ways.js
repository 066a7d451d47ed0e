/* The ways from this page to the rest of the site. The page of another language stands in a folder of
   its own and shares assets and data with the first; the root element says how to reach them, and
   which of the plain pages stand beside it in its language. */

/* Read when asked for: modules that measure are loaded without a page as well. */
function ways() {
  const { top = "", own = "" } = document.documentElement.dataset;
  return { top, beside: own.split(" ").filter(Boolean) };
}

/**
 * A file that all languages share: data, assets.
 *
 * @param {string} path below the site's top folder
 */
export function sharedFile(path) {
  return ways().top + path;
}

/**
 * One of the plain pages, in this language where the site has it in it.
 *
 * @param {string} path such as `vendors/index.html`
 */
export function plainPage(path) {
  const { top, beside } = ways();
  return beside.some((start) => path.startsWith(start)) ? path : top + path;
}
