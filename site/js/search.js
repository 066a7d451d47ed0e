/* The search box: one list of what a text means, with kind and country. Nothing is asked of a
   server; what is typed stays in this page. */

import { byId, dataText, el, fillNode } from "./dom.js";
import { notice } from "./notice.js";
import { plain } from "./plain_text.js";
import { searchIndex } from "./search_index.js";
import { closest } from "./search_match.js";
import { selectCameraById } from "./select_event.js";
import { t } from "./words.js";

const COORDINATES = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
const OSM_OBJECT = /^(?:osm:)?(node|way|relation)[/ ](\d+)$/i;
const OWN_NUMBER = /^\d{5,}$/;
const CAMERA_ID = /^[a-z][a-z0-9_-]*:\S+$/i;

/**
 * The ids of cameras that a text can be.
 *
 * @param {string} text
 */
function idsIn(text) {
  const object = OSM_OBJECT.exec(text);
  if (object) return ["osm:" + object[1].toLowerCase() + "/" + object[2]];
  if (OWN_NUMBER.test(text)) return ["osm:node/" + text, "osm:way/" + text];
  return CAMERA_ID.test(text) ? [text] : [];
}

/**
 * @param {{entries(): Entry[]}} index
 * @param {string} text
 * @param {LeafletMap} map
 */
function matches(index, text, map) {
  const coordinates = COORDINATES.exec(text);
  if (coordinates) {
    const [lat, lng] = coordinates.slice(1).map(Number);
    if (Math.abs(lat) <= 85 && Math.abs(lng) <= 180) {
      const go = () => map.setView([lat, lng], 17);
      return [{ name: text.trim(), what: t("search.point"), go }];
    }
  }
  const cameras = idsIn(text.trim()).map((id) => ({
    name: id,
    what: t("search.camera"),
    go: () => selectCameraById(id, true),
  }));
  return [...cameras, ...closest(index.entries(), plain(text), text)];
}

/**
 * Bring the search box to life.
 *
 * @param {Meta} meta
 * @param {LeafletMap} map
 */
export function searchBox(meta, map) {
  const input = /** @type {HTMLInputElement} */ (byId("search"));
  const box = byId("found");
  const index = searchIndex(meta, map);
  /** @type {Pick<Entry, "name" | "what" | "go" | "mark">[]} */
  let now = [];
  let at = -1;

  function close() {
    box.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} next */
  function point(next) {
    at = next;
    [...box.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at >= 0 && now.length) input.setAttribute("aria-activedescendant", "found-" + at);
  }

  /** @param {Pick<Entry, "go">} entry */
  function take(entry) {
    close();
    input.value = "";
    entry.go();
  }

  /**
   * @param {Pick<Entry, "name" | "what" | "go" | "mark">} entry
   * @param {number} i
   */
  function option(entry, i) {
    return el(
      "div",
      {
        role: "option",
        id: "found-" + i,
        "aria-selected": "false",
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => take(entry),
      },
      entry.mark ? entry.mark() : null,
      dataText(entry.name),
      el("small", null, entry.what),
    );
  }

  function show() {
    if (input.value.trim() === "") {
      close();
      return;
    }
    now = matches(index, input.value, map);
    const nothing = el(
      "div",
      { role: "option", "aria-disabled": "true", class: "quiet" },
      t("search.nothing"),
    );
    fillNode(box, now.length ? now.map(option) : nothing);
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(now.length ? 0 : -1);
  }

  /** Whoever is quicker than the files waits for them: else a city's name would find what is left. */
  async function takeWhenLoaded() {
    const text = input.value;
    if (index.lacks(text)) {
      await load();
      if (input.value !== text || box.hidden) return;
    }
    const entry = now[Math.max(0, at)];
    if (entry) take(entry);
  }

  async function load() {
    const text = input.value;
    try {
      await index.load();
      await index.loadNames(text);
    } catch {
      notice.failed(t("search.failed"), load);
      return;
    }
    document.documentElement.dataset.search = "true";
    if (document.activeElement === input) show();
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", () => {
    show();
    if (index.lacks(input.value)) load();
  });
  input.addEventListener("blur", close);
  if (document.activeElement === input) load(); // it was there before the map: what was typed is searched now
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!box.hidden) event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !box.hidden) takeWhenLoaded();
    else if (box.hidden || now.length === 0) return;
    else if (event.key === "ArrowDown") point((at + 1) % now.length);
    else if (event.key === "ArrowUp") point((at + now.length - 1) % now.length);
    else return;
    event.preventDefault();
  });
  return { addDeployments: index.addDeployments };
}
