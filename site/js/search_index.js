/* What can be found by name: makers and kinds of this map, whatever has a page, and the places of
   the world. The files come when the reader first enters the search box. */

import { have, want } from "./data_loader.js";
import { filter } from "./filter.js";
import { marks, ringPicture } from "./marks.js";
import { alphabetOf, otherNames } from "./place_names.js";
import { plain } from "./plain_text.js";
import { selectDeployment, selectPlace } from "./select_event.js";
import { plainPage } from "./site_ways.js";
import { countryName, t, wordFor } from "./words.js";

const CITY = 100; // thousands of people

// Who has typed a place's name so far means the place, however small, before a system that is named
// after it or lies in it: below a small place's 1, above the 2 of streets.
const SYSTEM_RANK = 1.5;

/**
 * @param {LeafletMap} map
 * @param {number[]} box
 * @param {number} maxZoom
 */
function fitBox(map, [west, south, east, north], maxZoom) {
  const corners = [
    [south, west],
    [north, east],
  ];
  map.fitBounds(corners, { animate: false, maxZoom, padding: [30, 30] });
}

/** @param {string} page */
function goTo(page) {
  globalThis.location.assign(plainPage(page));
}

/** @param {Meta} meta */
function onThisMap(meta) {
  /** @type {Found[]} */
  const list = [];
  meta.vendors.forEach((vendor, index) => {
    if (vendor.id === null) return;
    list.push({
      name: vendor.name || vendor.id,
      also: "",
      what: t("search.maker", { n: vendor.count }),
      mark: () => marks.picture(0, index),
      go: () => filter.only("vendor", index),
      id: vendor.id,
    });
  });
  meta.kinds.forEach((kind, index) => {
    if (kind.rows === 0) return;
    list.push({
      name: wordFor("kind", kind.id),
      also: "",
      what: t("search.kind", { n: kind.count }),
      mark: () => marks.picture(index, 0),
      go: () => filter.only("kind", index),
    });
  });
  return list;
}

/**
 * A kind and where: "deployment, Belgrade, Serbia"; a place that is its country stands once.
 *
 * @param {string} kind
 * @param {string | null} place
 * @param {string | null} code of its country, null where it is not known
 */
function whereabouts(kind, place, code) {
  const country = code ? countryName(code) : null;
  return [kind, place === country ? null : place, country].filter(Boolean).join(t("comma"));
}

/**
 * @param {Deployment[]} deployments
 * @returns {Found[]}
 */
function systems(deployments) {
  return deployments.map((deployment) => {
    const names = [deployment.place, deployment.operator];
    for (const relation of deployment.suppliers) names.push(relation.supplier, relation.product);
    return {
      name: deployment.name,
      also: names.filter(Boolean).join(" "),
      what: whereabouts(t("search.deployment"), deployment.place, deployment.country_code),
      mark: ringPicture,
      go: () => selectDeployment(deployment, true),
      id: deployment.id,
      rank: SYSTEM_RANK,
      isSystem: true,
    };
  });
}

/**
 * @param {any} search
 * @param {LeafletMap} map
 * @param {Set<string>} drawn ids of the systems that the map draws
 */
function pages(search, map, drawn) {
  /** @type {Found[]} */
  const list = [];
  for (const { id, name, also, code, page } of search.suppliers) {
    const what = whereabouts(t("search.supplier"), null, code);
    list.push({ name, also, what, go: () => goTo(page), id, page });
  }
  for (const { id, name, also, code, page } of search.deployments) {
    if (drawn.has(id)) continue; // its ring says more than its page's address
    const what = whereabouts(t("search.deployment"), also, code);
    const entry = { name, also, what, go: () => goTo(page), id, page };
    list.push({ ...entry, rank: SYSTEM_RANK, isSystem: true });
  }
  for (const { code, name, also, page, cameras, box } of search.countries) {
    const look = () => {
      if (!box) return goTo(page);
      const [west, south, east, north] = box;
      const corners = [
        [south, west],
        [north, east],
      ];
      map.fitBounds(corners, { animate: false, maxZoom: 7 });
      const lat = (south + north) / 2;
      const lng = (west + east) / 2;
      selectPlace({ name, country: code, lat, lng, thousands: 0, isCountry: true, ref: code });
    };
    list.push({ name, also, what: t("search.country", { n: cameras }), go: look, page });
  }
  for (const { name, cameras, box } of search.operators) {
    const go = () => fitBox(map, box, 16);
    list.push({ name, also: "", what: t("search.operator", { n: cameras }), go, rank: 1 });
  }
  search.streets.name.forEach((/** @type {string} */ name, /** @type {number} */ row) => {
    const { lat, lon, parts } = search.streets;
    const go = () => map.setView([lat[row] / parts, lon[row] / parts], 17, { animate: false });
    list.push({ name, also: "", what: t("search.street"), go, rank: 2 });
  });
  return list;
}

/**
 * @param {any} file
 * @param {number} row
 * @returns {Town}
 */
function townOf(file, row) {
  const [country] = file.countries[file.country[row]];
  const name = file.name[row];
  return {
    name,
    country,
    lat: file.lat[row] / file.parts,
    lng: file.lon[row] / file.parts,
    thousands: file.thousands[row],
    isCountry: false,
    ref: country + "/" + name,
  };
}

/**
 * The place that an address names: a country by its code, a town by its country and its name, of
 * several of one name the nearest to where the map looks; null where there is none.
 *
 * @param {string} ref such as `RS` or `RS/Belgrade`
 * @param {{lat: number, lng: number}} near
 * @returns {Promise<Town | null>}
 */
export async function findPlace(ref, near) {
  const [search, file] = await Promise.all([want("search"), want("places")]);
  const [code, ...rest] = ref.split("/");
  if (rest.length === 0) {
    const country = search.countries.find((/** @type {any} */ one) => one.code === code && one.box);
    if (!country) return null;
    const [west, south, east, north] = country.box;
    const middle = { lat: (south + north) / 2, lng: (west + east) / 2 };
    return { name: country.name, country: code, ...middle, thousands: 0, isCountry: true, ref };
  }
  /** @type {Town | null} */
  let nearest = null;
  file.name.forEach((/** @type {string} */ name, /** @type {number} */ row) => {
    if (name !== rest.join("/") || file.countries[file.country[row]][0] !== code) return;
    const town = townOf(file, row);
    const far = (/** @type {Town} */ one) => Math.hypot(one.lat - near.lat, one.lng - near.lng);
    if (!nearest || far(town) < far(nearest)) nearest = town;
  });
  return nearest;
}

/**
 * @param {any} file
 * @param {LeafletMap} map
 * @returns {Found[]}
 */
function places(file, map) {
  const near = new Map(file.near);
  return file.name.map((/** @type {string} */ name, /** @type {number} */ row) => {
    const [, country] = file.countries[file.country[row]];
    const n = near.get(row);
    return {
      name,
      also: "",
      // most rows are never shown: their words are made when they are
      get what() {
        return n ? t("search.place_near", { country, n }) : t("search.place", { country });
      },
      go() {
        const town = townOf(file, row);
        map.setView([town.lat, town.lng], 12, { animate: false });
        selectPlace(town);
      },
      // Who types a city's name means the city, before a system that is named after it.
      rank: n || file.thousands[row] >= CITY ? -0.5 : 1,
    };
  });
}

/**
 * An index that grows as its files come.
 *
 * @param {Meta} meta
 * @param {LeafletMap} map
 */
export function searchIndex(meta, map) {
  /** @type {Record<string, Found[]>} */
  let parts = { map: onThisMap(meta), systems: [], pages: [], places: [], names: [] };
  /** @type {Set<string>} */
  const alphabets = new Set();
  /** @type {Set<string>} */
  let drawn = new Set();
  /** @type {Entry[]} */
  let all = [];

  function gather() {
    const { map: mapped, systems: drawnOnes, pages: withPage, places: towns, names } = parts;
    const found = [...mapped, ...drawnOnes, ...withPage, ...towns, ...names];
    for (const entry of found) {
      if (entry.key === undefined) {
        entry.key = plain(entry.name);
        entry.wide = entry.also ? entry.key + " " + plain(entry.also) : entry.key;
      }
    }
    all = /** @type {Entry[]} */ (found);
  }

  gather();
  return {
    entries: () => all,

    /** @param {Deployment[]} deployments */
    addDeployments(deployments) {
      drawn = new Set(deployments.map(({ id }) => id));
      parts = { ...parts, systems: systems(deployments) };
      if (have("search")) parts.pages = pages(have("search"), map, drawn);
      gather();
    },

    /** Load what is found by name and is not on the map; rejects where a file does not come. */
    async load() {
      const [search, file] = await Promise.all([want("search"), want("places")]);
      if (parts.places.length) return;
      parts = { ...parts, pages: pages(search, map, drawn), places: places(file, map) };
      gather();
    },

    /**
     * Whether a file has still to come that the text may be in.
     *
     * @param {string} text
     */
    lacks: (text) => parts.places.length === 0 || !alphabets.has(alphabetOf(text)),

    /**
     * Load the names of places in the alphabet of a text; rejects where the file does not come.
     *
     * @param {string} text
     */
    async loadNames(text) {
      const alphabet = alphabetOf(text);
      const file = await want("names-" + alphabet);
      if (alphabets.has(alphabet)) return;
      alphabets.add(alphabet);
      parts = { ...parts, names: [...parts.names, ...otherNames(file, parts.places)] };
      gather();
    },
  };
}
