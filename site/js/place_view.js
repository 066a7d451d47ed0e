/* What is known of a place: its cameras and their makers, systems near it and who supplies them,
   rulings of its country, and what nobody has said yet. Counted in the page; nothing is asked of a
   server. */

import { dataText, el, englishText, linkOut } from "./dom.js";
import { pageLink } from "./facts.js";
import { STANDING } from "./groups.js";
import { marks, ringPicture } from "./marks.js";
import { selectDeployment } from "./select_event.js";
import { plainPage } from "./site_ways.js";
import { countryName, formatDate, formatNumber, inSentence, t, wordFor } from "./words.js";

const EQUATOR_M = 40075016.7;
const WORLD = 1 << 25;
const MAKERS_SHOWN = 6;
const SYSTEMS_SHOWN = 12;
const RULINGS_SHOWN = 6;
const SYSTEMS_WITHIN = 2; // times the radius in which cameras are counted

/**
 * How far a place reaches, by how many people live there.
 *
 * @param {number} thousands
 */
function radiusOf(thousands) {
  if (thousands >= 1000) return 15000;
  return thousands >= 200 ? 10000 : 5000;
}

/**
 * @param {Town} place
 * @param {number} lat
 * @param {number} lng
 */
function distance(place, lat, lng) {
  return L.CRS.Earth.distance(L.latLng(place.lat, place.lng), L.latLng(lat, lng));
}

/**
 * The standing rows of a place: within its radius, or in its country.
 *
 * @param {TownReach} place
 * @param {Store} store
 * @param {Meta} meta
 */
function rowsOf(place, store, meta) {
  /** @type {number[]} */
  const rows = [];
  if (place.isCountry) {
    const wanted = meta.countries.findIndex(({ id }) => id === place.country);
    for (let i = 0; i < store.n; i++) {
      if (store.country[i] === wanted && STANDING.includes(store.lifecycle[i])) rows.push(i);
    }
    return rows;
  }
  const at = L.CRS.EPSG3857.latLngToPoint(L.latLng(place.lat, place.lng), 0);
  const x = (at.x / 256) * WORLD;
  const y = (at.y / 256) * WORLD;
  // Mercator stretches by the cosine; over a town it is the same everywhere.
  const reach = (place.radius / (EQUATOR_M * Math.cos((place.lat * Math.PI) / 180))) * WORLD;
  for (let i = 0; i < store.n; i++) {
    const dx = store.x[i] - x;
    const dy = store.y[i] - y;
    if (dx * dx + dy * dy <= reach * reach && STANDING.includes(store.lifecycle[i])) rows.push(i);
  }
  return rows;
}

/**
 * @param {number[]} rows
 * @param {ArrayLike<number>} column
 */
function countBy(rows, column) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const row of rows) counts.set(column[row], (counts.get(column[row]) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/**
 * @param {number[]} rows
 * @param {Store} store
 * @param {Maker[]} makers
 */
function makerLines(rows, store, makers) {
  const counts = countBy(rows, store.vendor);
  const line = (/** @type {number[]} */ [vendor, n]) =>
    el(
      "li",
      null,
      marks.picture(0, vendor),
      vendor === 0 ? el("span", null, t("key.unknown")) : dataText(makers[vendor].name),
      el("span", { class: "n tabular" }, formatNumber(n)),
    );
  const rest = counts.slice(MAKERS_SHOWN).reduce((sum, [, n]) => sum + n, 0);
  return el(
    "ul",
    { class: "place-makers" },
    counts.slice(0, MAKERS_SHOWN).map(line),
    rest ? el("li", null, t("key.rest"), el("span", { class: "n tabular" }, formatNumber(rest))) : null,
  );
}

/**
 * @param {TownReach} place
 * @param {number[]} rows
 * @param {KnownOfPlace} known
 */
function cameraPart(place, rows, { store, meta, makers, askRoads }) {
  const kinds = countBy(rows, store.kind).map(
    ([kind, n]) => inSentence(wordFor("kind", meta.kinds[kind].id)) + ": " + formatNumber(n),
  );
  const where = place.isCountry
    ? t("place.in_country", { n: rows.length })
    : t("place.within", { n: rows.length, km: place.radius / 1000 });
  return [
    el("h3", null, t("place.cameras")),
    el("p", { class: "place-count" }, el("b", null, formatNumber(rows.length)), " ", where),
    rows.length ? el("p", { class: "quiet" }, kinds.join(", ")) : null,
    rows.length ? makerLines(rows, store, makers) : el("p", null, t("place.no_cameras")),
    place.isCountry
      ? null
      : el(
          "p",
          { class: "actions" },
          el("button", { type: "button", onclick: () => askRoads(place) }, t("cordon.ask")),
        ),
    worldPart(place, meta),
  ];
}

/**
 * What volunteers had mapped, beside the release: of the country, as the counts have it.
 *
 * @param {Town} place
 * @param {Meta} meta
 */
function worldPart(place, meta) {
  if (!meta.world) return null;
  const counted = meta.world.countries.find(([code]) => code === place.country);
  if (!counted) return null;
  const [code, n, named] = counted;
  const date = formatDate(meta.world.data_on);
  return el(
    "p",
    { class: "list-note" },
    t("place.world", { n, country: countryName(code), date }) + " ",
    named ? t("place.world_named", { n: named }) : t("place.world_unnamed"),
  );
}

/**
 * The systems of a place, the nearest first.
 *
 * @param {TownReach} place
 * @param {Deployment[]} systems
 */
function systemsOf(place, systems) {
  if (place.isCountry) return systems.filter((one) => one.country_code === place.country);
  return systems
    .filter(({ lat_deg: lat }) => lat !== null)
    .map((one) => ({ one, far: distance(place, Number(one.lat_deg), Number(one.lon_deg)) }))
    .filter(({ far }) => far <= place.radius * SYSTEMS_WITHIN)
    .sort((a, b) => a.far - b.far)
    .map(({ one }) => one);
}

/** @param {Deployment} system */
function systemLine(system) {
  const suppliers = [
    ...new Set(system.suppliers.filter((one) => one.supplies).map((one) => one.supplier)),
  ];
  return el(
    "li",
    null,
    el(
      "button",
      { type: "button", "data-key": system.id, onclick: () => selectDeployment(system, false) },
      ringPicture(),
      el(
        "span",
        { class: "name" },
        englishText(system.name),
        el("br"),
        el(
          "small",
          null,
          suppliers.length ? dataText(suppliers.join(", ")) : t("place.no_supplier"),
        ),
        system.headline ? [el("br"), el("small", null, dataText(system.headline.line))] : null,
      ),
    ),
  );
}

/**
 * @param {Town} place
 * @param {Deployment[]} found
 * @param {Deployment[]} elsewhere
 */
function systemPart(place, found, elsewhere) {
  /** @type {Node[]} */
  const parts = [el("h3", null, t("place.systems"))];
  if (found.length) {
    parts.push(
      el("p", { class: "list-note" }, t("deployment.apart")),
      el("ul", { class: "rows" }, found.slice(0, SYSTEMS_SHOWN).map(systemLine)),
    );
    const left = found.length - SYSTEMS_SHOWN;
    if (left > 0) parts.push(el("p", { class: "list-note" }, t("place.more_systems", { n: left })));
    return parts;
  }
  parts.push(el("p", { class: "missing" }, t("place.nobody")));
  if (elsewhere.length) {
    const country = countryName(place.country);
    parts.push(
      el("p", { class: "list-note" }, t("place.in_same_country", { n: elsewhere.length, country })),
      el("ul", { class: "rows" }, elsewhere.slice(0, 3).map(systemLine)),
    );
  }
  return parts;
}

/**
 * @param {Town} place
 * @param {RulingLine[]} rulings
 * @param {Deployment[]} found
 */
function rulingPart(place, rulings, found) {
  const ids = new Set(found.map(({ id }) => id));
  const here = rulings.filter(({ country }) => country === place.country);
  const ordered = [
    ...here.filter(({ deployment }) => ids.has(String(deployment))),
    ...here.filter(({ deployment }) => !ids.has(String(deployment))),
  ];
  if (!place.country) return null;
  return [
    el("h3", null, t("place.law", { country: countryName(place.country) })),
    ordered.length
      ? el(
          "ul",
          { class: "place-law" },
          ordered.slice(0, RULINGS_SHOWN).map(({ line }) => el("li", null, englishText(line))),
        )
      : el("p", { class: "missing" }, t("place.no_law")),
    el(
      "p",
      { class: "actions" },
      pageLink("places", place.country.toLowerCase(), t("place.page", { country: countryName(place.country) })),
    ),
  ];
}

/** @param {Town} place */
function doPart(place) {
  const zoom = 17;
  const at = place.lat.toFixed(4) + "/" + place.lng.toFixed(4);
  return [
    el("h3", null, t("place.do")),
    el(
      "ul",
      { class: "place-do" },
      el("li", null, linkOut("https://www.openstreetmap.org/edit#map=" + zoom + "/" + at, t("place.do_osm"))),
      el(
        "li",
        null,
        linkOut(
          "https://mapcomplete.org/surveillance.html?z=15&lat=" +
            place.lat.toFixed(4) + "&lon=" + place.lng.toFixed(4),
          t("place.do_mapcomplete"),
        ),
      ),
      el("li", null, el("a", { href: plainPage("method.html#own-list") }, t("place.do_list"))),
      el("li", null, el("a", { href: plainPage("method.html#report") }, t("report"))),
    ),
  ];
}

/**
 * The drawer of a place: `{title, under, body}`.
 *
 * `place` has `name`, `country` (a code, empty for none), `lat`, `lng`, `thousands` of people, and
 * `isCountry`; `known` gives the store, meta, makers, systems and rulings.
 *
 * @param {Town} place
 * @param {KnownOfPlace} known
 */
export function placePage(place, known) {
  const whole = { ...place, radius: radiusOf(place.thousands) };
  const rows = rowsOf(whole, known.store, known.meta);
  const found = systemsOf(whole, known.systems);
  const elsewhere = known.systems.filter((one) => one.country_code === place.country);
  return {
    title: place.isCountry ? countryName(place.country) : dataText(place.name),
    under: [
      t("place.kind"),
      place.isCountry || !place.country ? null : [" \u00b7 ", countryName(place.country)],
    ],
    body: [
      cameraPart(whole, rows, known),
      systemPart(whole, found, elsewhere),
      rulingPart(whole, known.rulings, found),
      doPart(whole),
    ],
  };
}
