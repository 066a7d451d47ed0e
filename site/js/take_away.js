/* What is in view, as a file: cameras and systems with their licence and how to cite them, made in
   the page and handed to the browser; nothing is asked of a server. */

import { details } from "./details.js";
import { latlngOf } from "./store.js";

/** More would be a copy of the release, which has files of its own. */
export const ROWS_AT_MOST = 5000;

const CAMERA_COLUMNS = [
  "camera_id", "device_type", "camera_type", "lat_deg", "lon_deg", "vendor_id", "vendor_name",
  "vendor_ids", "vendor_rung", "vendor_as_written", "operator_name", "operator_supplier_ids",
  "place_deployment_ids", "directions_deg", "lifecycle", "installed_on", "last_checked_on",
  "first_mapped_on", "country_code", "nearest_place", "source_id", "source_ref", "source_url",
  "license_id",
];
const SYSTEM_COLUMNS = [
  "deployment_id", "name", "place", "country_code", "lat_deg", "lon_deg", "operator", "suppliers",
  "technologies", "period", "cameras_by_source", "license_id",
];
const EVIDENCE_LICENSE = "CC-BY-4.0";
// The same places as mapper/export/formula_guard.py: at the beginning, and where a spreadsheet that
// splits by semicolons or tabs begins another cell.
const PARTS = /[^;\t\r\n]*[;\t\r\n]|[^;\t\r\n]+/g;
const FORMULA = /^[ '\u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;

/**
 * The published rows of some cameras, in the order given.
 *
 * @param {Meta} meta
 * @param {Store} store
 * @param {number[]} rows
 */
export async function cameraRecords(meta, store, rows) {
  const records = [];
  for (const row of rows) {
    /** @type {Record<string, any>} */
    const record = { ...(await details.of(meta, row)) };
    const { lat, lng } = latlngOf(store, row);
    record.lat_deg = Number(lat.toFixed(5));
    record.lon_deg = Number(lng.toFixed(5));
    records.push(Object.fromEntries(CAMERA_COLUMNS.map((name) => [name, record[name] ?? null])));
  }
  return records;
}

/**
 * Systems as rows; who is named and supplies nothing is left out.
 *
 * @param {Deployment[]} systems
 */
export function systemRecords(systems) {
  return systems.map((system) => ({
    deployment_id: system.id,
    name: system.name,
    place: system.place,
    country_code: system.country_code,
    lat_deg: system.lat_deg,
    lon_deg: system.lon_deg,
    operator: system.operator,
    suppliers: [
      ...new Set(system.suppliers.filter((one) => one.supplies).map((one) => one.supplier)),
    ],
    technologies: system.technologies,
    period: system.period,
    cameras_by_source: system.headline ? system.headline.line : null,
    license_id: EVIDENCE_LICENSE,
  }));
}

/**
 * An apostrophe where a spreadsheet would begin a formula.
 *
 * @param {string} text
 */
export function guardFormulas(text) {
  return text.replace(PARTS, (part) => (FORMULA.test(part) ? "'" + part : part));
}

/** @param {any} value */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = guardFormulas(Array.isArray(value) ? value.join("; ") : String(value));
  return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

/**
 * Rows as CSV, each with its licence, credit and citation: a row that is copied keeps them.
 *
 * @param {Record<string, any>[]} records
 * @param {boolean} areSystems
 * @param {{attribution: string, citation: string}} source
 */
export function asCsv(records, areSystems, { attribution, citation }) {
  const columns = areSystems ? SYSTEM_COLUMNS : CAMERA_COLUMNS;
  const lines = records.map((record) =>
    [...columns.map((name) => cell(record[name])), cell(attribution), cell(citation)].join(","),
  );
  return [[...columns, "attribution", "citation"].join(","), ...lines].join("\r\n") + "\r\n";
}

/**
 * Cameras and systems as one GeoJSON; a system without a point has none there either.
 *
 * @param {Record<string, any>[]} cameras
 * @param {Record<string, any>[]} systems
 * @param {{attribution: string, citation: string, release_id: string, data_on: string,
 *   evidence_on: string | null, license: string, view: string}} source
 */
export function asGeoJson(cameras, systems, source) {
  const feature = (/** @type {string} */ what) => (/** @type {Record<string, any>} */ record) => {
    const { lat_deg: lat, lon_deg: lon, ...properties } = record;
    const geometry = lat === null ? null : { type: "Point", coordinates: [lon, lat] };
    return { type: "Feature", geometry, properties: { record: what, ...properties } };
  };
  const features = [...cameras.map(feature("camera")), ...systems.map(feature("deployment"))];
  return JSON.stringify({ type: "FeatureCollection", ...source, features }, null, 1) + "\n";
}

/**
 * Hand a file to the reader.
 *
 * @param {string} name
 * @param {Blob} blob
 */
export function handOver(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
