/* Elements are made here and nowhere else: a value becomes text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function equip(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "class") node.setAttribute("class", String(value));
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, String(value));
  }
  for (const child of /** @type {Child[]} */ (children.flat(3))) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/**
 * Make an HTML element; children are nodes or text.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export function el(tag, attributes, ...children) {
  return equip(document.createElement(tag), attributes, children);
}

/**
 * Make an SVG element.
 *
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
export function svgEl(tag, attributes, ...children) {
  return equip(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * Replace all children of a node.
 *
 * @template {Element} E
 * @param {E} node
 * @param {Child[]} children
 */
export function fillNode(node, ...children) {
  node.replaceChildren(
    .../** @type {(Node | string)[]} */ (
      children.flat(3).filter((child) => child !== null && child !== undefined && child !== false)
    ),
  );
  return node;
}

const QUOTE_SIGNS = ["\u0002", "\u0003"]; // as mapper/website/languages/quoted_words.py sets them

/**
 * A text as nodes: the words of others in it, between the signs, say that they are English.
 *
 * @param {Child} value
 * @returns {Child[]}
 */
function quoted(value) {
  if (typeof value !== "string") return [value];
  const [begin, end] = QUOTE_SIGNS;
  const parts = value.replaceAll(end, begin).split(begin);
  return parts.map((part, i) => (i % 2 ? englishText(part) : part));
}

/**
 * A value from the data: isolated, so that its writing direction cannot reorder the page.
 *
 * @param {Child} value
 * @param {string} [className]
 */
export function dataText(value, className) {
  return el("bdi", className ? { class: className } : null, quoted(value));
}

/**
 * Words that were put together from the registry: in English on the page of every language.
 *
 * @param {Child} value
 */
export function englishText(value) {
  return el("bdi", { lang: "en" }, value);
}

/**
 * A link out of the site, or plain text where the address is not http or https.
 *
 * @param {string} link
 * @param {string} text
 * @param {string | null} [lang] the language of the text, where it is known
 */
export function linkOut(link, text, lang = null) {
  const shown = el("bdi", { lang }, quoted(text));
  let url = null;
  try {
    url = new URL(link);
  } catch {
    return shown;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return shown;
  return el(
    "a",
    { href: url.href, rel: "noopener noreferrer nofollow", class: "out" },
    shown,
  );
}

/**
 * The element with this id; the shell always has it.
 *
 * @param {string} id
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * The element inside a node that has the focus, or null.
 *
 * @param {Node} node
 */
export function focusIn(node) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  return node.contains(focused) ? focused : null;
}
