/* From the opening view to the systems that lie outside it. */

import { notice } from "./notice.js";
import { selectDeployment } from "./select_event.js";
import { t } from "./words.js";

/**
 * Say that systems lie outside the view, and offer the one of which most is said.
 *
 * @param {LeafletMap} map
 * @param {any} rings
 */
export function lead(map, rings) {
  /** @type {Deployment[]} */
  const far = rings.all().filter(
    (/** @type {Deployment} */ { lat_deg: lat, lon_deg: lng }) => lat !== null && !map.getBounds().contains([lat, lng]),
  );
  if (far.length === 0) return;
  const best = far.reduce((a, b) => (b.said > a.said ? b : a)); // the one of which most is said
  notice.say(t("lead", { n: far.length, name: best.place || best.name }), {
    text: t("lead.go"),
    go: () => selectDeployment(best, true),
  });
}
