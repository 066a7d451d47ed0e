/* Where a reader who knows more can say so: editors of OpenStreetMap, opened on an object or a
   place. A link out asks nothing of anybody before it is followed. */

import { el, linkOut } from "./dom.js";
import { t } from "./words.js";

const CLOSE = 19; // so that the editor shows one object and not a town
const OBJECT = /^(node|way|relation)\/(\d+)$/;

/**
 * Links to both editors with an object chosen, and the tag that names a maker; null for what is
 * no object of OpenStreetMap.
 *
 * @param {string} objectRef such as `node/1`
 * @param {{lat: number, lng: number}} latlng
 */
export function editObject(objectRef, latlng) {
  const object = OBJECT.exec(objectRef);
  if (!object) return null;
  const [, kind, number] = object;
  const at = latlng.lat.toFixed(5) + "/" + latlng.lng.toFixed(5);
  const inId = "https://www.openstreetmap.org/edit?editor=id&" + kind + "=" + number + "#map=" + CLOSE + "/" + at;
  const inMapComplete =
    "https://mapcomplete.org/surveillance.html?z=" + CLOSE + "&lat=" + latlng.lat.toFixed(5) +
    "&lon=" + latlng.lng.toFixed(5) + "#" + kind + "/" + number;
  return el(
    "div",
    { class: "edit" },
    el("p", null, el("b", null, t("edit.question")), " ", t("edit.how")),
    el("p", null, t("edit.tag"), " ", el("code", { dir: "ltr" }, "manufacturer=" + "\u2026")),
    el(
      "p",
      { class: "actions" },
      linkOut(inId, t("edit.id")),
      linkOut(inMapComplete, t("edit.mapcomplete")),
    ),
  );
}
