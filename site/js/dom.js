/* Elements are made here and nowhere else: a value becomes text, never markup. */
(function (WC) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function equip(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "class") node.setAttribute("class", value);
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined)
        node.setAttribute(name, String(value));
    }
    for (const child of children.flat(3)) {
      if (child === null || child === undefined || child === false) continue;
      node.append(child instanceof Node ? child : String(child));
    }
    return node;
  }

  /** Make an HTML element; children are nodes or text. */
  WC.el = function el(tag, attributes, ...children) {
    return equip(document.createElement(tag), attributes, children);
  };

  /** Make an SVG element. */
  WC.svg = function svg(tag, attributes, ...children) {
    return equip(document.createElementNS(SVG, tag), attributes, children);
  };

  /** Replace all children of a node. */
  WC.fill = function fillNode(node, ...children) {
    node.replaceChildren(
      ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
    );
    return node;
  };

  /** A value from the data: isolated, so that its writing direction cannot reorder the page. */
  WC.data = function data(value, className) {
    return WC.el("bdi", className ? { class: className } : null, value);
  };

  /** A link out of the site, or plain text where the address is not http or https. */
  WC.linkOut = function linkOut(address, text) {
    let url = null;
    try {
      url = new URL(address);
    } catch {
      return WC.data(text);
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") return WC.data(text);
    return WC.el(
      "a",
      { href: url.href, rel: "noopener noreferrer nofollow", class: "out" },
      WC.data(text),
    );
  };

  /** The element with this id; the shell always has it. */
  WC.at = function at(id) {
    return document.getElementById(id);
  };
})(window.WC);
