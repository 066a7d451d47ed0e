/* View, filter and selection in the fragment of the address, which no server sees:
   `#14/60.16990/24.93840&kind=plate_reader&vendor=!flock-safety,unknown&camera=osm:node/1`. */

import { filter } from "./filter.js";
import { looks } from "./looks.js";
import { LISTED, STATUSES } from "./systems.js";

/**
 * The words that each facet's numbers stand for.
 *
 * @param {Meta} meta
 * @returns {Record<string, any[]>}
 */
function listsOf(meta) {
  return {
    kind: meta.kinds,
    vendor: [...meta.vendors, ...meta.others],
    rung: meta.rungs,
    visibility: meta.visibilities,
    zone: meta.zones,
    lifecycle: meta.lifecycles,
    country: meta.countries,
    technology: meta.technologies,
    status: STATUSES,
    listed: LISTED,
  };
}

const ALL = "all"; // planned, standing and ended together: no facet but this one begins narrowed
const VIEW = /^(\d{1,2})\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/;
const YEARS = /^(\d{4})-(\d{4})(,unknown)?$/;

/** @param {Word} entry */
function idOf(entry) {
  return entry.id === null ? "unknown" : entry.id;
}

/** @param {string} part */
function readView(part) {
  const match = VIEW.exec(part);
  if (!match) return null;
  const [zoom, lat, lng] = match.slice(1).map(Number);
  if (zoom > 19 || Math.abs(lat) > 85.06 || Math.abs(lng) > 180) return null;
  return { zoom, lat, lng };
}

/**
 * @param {string} value
 * @param {any[]} entries
 */
function readFacet(value, entries) {
  if (value === ALL && entries[0].id === "in_use") return { but: false, values: [] };
  const but = value.startsWith("!");
  const values = [];
  for (const part of (but ? value.slice(1) : value).split(",")) {
    const id = decodeURIComponent(part);
    const index = entries.findIndex((entry) => idOf(entry) === id);
    if (index < 0) return null;
    values.push(index);
  }
  return { but, values };
}

/**
 * @param {string} value
 * @param {number} base
 */
function readYears(value, base) {
  const match = YEARS.exec(value);
  if (!match) return null;
  const from = Number(match[1]) - base;
  const to = Number(match[2]) - base;
  if (from < 1 || to < from || to > 255) return null;
  return { from, to, unknown: Boolean(match[3]) };
}

/**
 * Read one `name=value`; false where it is not understood.
 *
 * @param {Asked} state
 * @param {string} part
 * @param {Meta} meta
 * @param {Record<string, any[]>} lists
 */
function readPart(state, part, meta, lists) {
  const equals = part.indexOf("=");
  const name = part.slice(0, Math.max(0, equals));
  const value = part.slice(equals + 1);
  if (part === "embed") state.embed = true;
  else if (name === "camera") state.camera = decodeURIComponent(value);
  else if (name === "deployment") state.deployment = decodeURIComponent(value);
  else if (name === "place") state.place = decodeURIComponent(value);
  else if (name === "year") state.filter.years = readYears(value, meta.year_base);
  else if (part === "count") state.count = true;
  else if (Object.hasOwn(lists, name)) state.filter[name] = readFacet(value, lists[name]);
  else return false;
  return name === "year" ? state.filter.years !== null : state.filter[name] !== null;
}

export const address = {
  /**
   * Read a fragment; `understood` is false where a part of it was refused.
   *
   * @param {string} fragment
   * @param {Meta} meta
   */
  read(fragment, meta) {
    /** @type {Asked} */
    const state = { view: null, filter: {}, understood: true };
    const lists = listsOf(meta);
    for (const part of fragment.replace(/^#/, "").split("&")) {
      if (part === "" || part === "map") continue;
      const view = readView(part);
      if (view) {
        state.view = view;
        continue;
      }
      try {
        if (!readPart(state, part, meta, lists)) state.understood = false;
      } catch {
        state.understood = false; // a broken %-sequence
      }
    }
    for (const key of Object.keys(state.filter)) if (!state.filter[key]) delete state.filter[key];
    return state;
  },

  /**
   * Write the state as a fragment; reading it gives the same state.
   *
   * @param {{view: {zoom: number, lat: number, lng: number}, camera: string | null,
   *   deployment: string | null, place: string | null, embed?: boolean}} state
   * @param {Meta} meta
   */
  write({ view, camera, deployment, place, embed }, meta) {
    const parts = [];
    if (embed) parts.push("embed");
    parts.push([view.zoom, view.lat.toFixed(5), view.lng.toFixed(5)].join("/"));
    if (!looks.who) parts.push("count");
    for (const [facet, entries] of Object.entries(listsOf(meta))) {
      if (filter.isUnasked(facet)) continue;
      const { but, set } = filter.chosen[facet];
      const plainIds = [...set].map((index) => idOf(entries[index]));
      if (plainIds.length === 0) plainIds.push(ALL); // only where a facet began with a choice
      const ids = plainIds.map((id) => encodeURIComponent(id)).sort();
      parts.push(facet + "=" + (but ? "!" : "") + ids.join(","));
    }
    const { from, to, unknown } = filter.years;
    if (from !== null && to !== null) {
      const span = from + meta.year_base + "-" + (to + meta.year_base);
      parts.push("year=" + span + (unknown ? ",unknown" : ""));
    }
    const plain = (/** @type {string} */ id) => encodeURIComponent(id).replace(/%3A/g, ":").replace(/%2F/g, "/");
    if (camera) parts.push("camera=" + plain(camera));
    if (deployment) parts.push("deployment=" + plain(deployment));
    if (place) parts.push("place=" + plain(place));
    return "#" + parts.join("&");
  },
};
