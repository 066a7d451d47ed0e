/* Search over what the page itself holds: makers, kinds, deployments, a camera's id, coordinates.
   Nothing is asked of a server. */

import { byId, dataText, el, fillNode } from "./dom.js";
import { filter } from "./filter.js";
import { marks, ringPicture } from "./marks.js";
import { selectCameraById, selectDeployment } from "./select_event.js";
import { t, wordFor } from "./words.js";

const AT_MOST = 8;
const COORDINATES = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
const CAMERA = /^(?:osm:)?(node|way|relation)[/ ](\d+)$/i;

function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

/**
 * What can be found by name, with what to do about it.
 *
 * @param {Meta} meta
 */
function entries(meta, deployments) {
  const list = [];
  meta.vendors.forEach((vendor, index) => {
    if (vendor.id === null) return;
    list.push({
      name: vendor.name,
      what: t("search.maker", { n: vendor.count }),
      mark: () => marks.picture(0, index),
      go: () => filter.only("vendor", index),
    });
  });
  meta.kinds.forEach((kind, index) => {
    if (kind.count === 0) return;
    list.push({
      name: wordFor("kind", kind.id),
      what: t("search.kind", { n: kind.count }),
      mark: () => marks.picture(index, 0),
      go: () => filter.only("kind", index),
    });
  });
  for (const deployment of deployments) {
    const names = [deployment.name, deployment.place, deployment.operator];
    for (const relation of deployment.suppliers) names.push(relation.supplier, relation.product);
    list.push({
      name: deployment.name,
      also: names.filter(Boolean).join(" "),
      what: t("search.deployment"),
      mark: ringPicture,
      go: () => selectDeployment(deployment, true),
    });
  }
  return list.map((entry) => ({ ...entry, key: plain(entry.also || entry.name) }));
}

function matches(list, text, map) {
  const coordinates = COORDINATES.exec(text);
  if (coordinates) {
    const [lat, lng] = coordinates.slice(1).map(Number);
    if (Math.abs(lat) <= 85 && Math.abs(lng) <= 180) {
      return [{ name: text.trim(), what: t("search.point"), go: () => map.setView([lat, lng], 17) }];
    }
  }
  const camera = CAMERA.exec(text.trim());
  if (camera) {
    const id = "osm:" + camera[1].toLowerCase() + "/" + camera[2];
    return [{ name: id, what: t("search.camera"), go: () => selectCameraById(id) }];
  }
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = list.filter(({ key }) => words.every((word) => key.includes(word)));
  const starts = ({ key }) => (key.startsWith(words[0]) ? 0 : 1);
  return found.sort((a, b) => starts(a) - starts(b)).slice(0, AT_MOST);
}

/**
 * @param {Meta} meta
 * @param {LeafletMap} map
 */
export function searchBox(meta, map) {
  const input = /** @type {HTMLInputElement} */ (byId("search"));
  const box = byId("found");
  let list = entries(meta, []);
  let now = [];
  let at = -1;

  function close() {
    box.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(next) {
    at = next;
    [...box.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at >= 0 && now.length) input.setAttribute("aria-activedescendant", "found-" + at);
  }

  function take(entry) {
    close();
    input.value = "";
    entry.go();
  }

  function show() {
    now = matches(list, input.value, map);
    if (input.value.trim() === "") {
      close();
      return;
    }
    const rows = now.map((entry, i) =>
      el(
        "div",
        { role: "option", id: "found-" + i, "aria-selected": "false", onpointerdown: (event) => event.preventDefault(), onclick: () => take(entry) },
        entry.mark ? entry.mark() : null,
        dataText(entry.name),
        el("small", null, entry.what),
      ),
    );
    const nothing = el("div", { role: "option", "aria-disabled": "true", class: "quiet" }, t("search.nothing"));
    fillNode(box, rows.length ? rows : nothing);
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(now.length ? 0 : -1);
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!box.hidden) event.stopPropagation();
      close();
    } else if (box.hidden || now.length === 0) return;
    else if (event.key === "ArrowDown") point((at + 1) % now.length);
    else if (event.key === "ArrowUp") point((at + now.length - 1) % now.length);
    else if (event.key === "Enter") take(now[Math.max(0, at)]);
    else return;
    event.preventDefault();
  });
  return {
    addDeployments(deployments) {
      list = entries(meta, deployments);
    },
  };
}
