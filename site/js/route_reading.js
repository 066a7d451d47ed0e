/* A route out of a file that the reader picked: GPX or GeoJSON, read in the page and kept nowhere.
   The same texts as mapper/exposure/route_file.py takes; what is broken is refused whole. */

const SIZE_MAX = 50e6;
const POINTS_MAX = 500000;
const BESIDE = new Set(["Point", "MultiPoint", "Polygon", "MultiPolygon"]);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * @param {unknown} lon
 * @param {unknown} lat
 * @returns {[number, number]}
 */
function position(lon, lat) {
  const isPlace =
    typeof lon === "number" &&
    typeof lat === "number" &&
    Math.abs(lon) <= 180 &&
    Math.abs(lat) <= 90 &&
    !(lon === 0 && lat === 0);
  if (!isPlace) throw new Error("no position");
  return [lon, lat];
}

/**
 * The attribute of a tag as a number; NaN where it is none.
 *
 * @param {string} tag
 * @param {string} name
 */
function numberIn(tag, name) {
  const found = new RegExp("\\s" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')").exec(tag);
  const text = found ? (found[1] ?? found[2]).trim() : "";
  return NUMBER.test(text) ? Number(text) : NaN;
}

/**
 * Tracks and routes of GPX. Read by its tags alone: no markup is ever made of it.
 *
 * @param {string} text
 * @returns {ReadRoute}
 */
function readGpx(text) {
  if (/<!DOCTYPE/i.test(text)) throw new Error("a DTD");
  const plain = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, "");
  if (!/^\s*<(?:\w+:)?gpx[\s/>]/.test(plain)) throw new Error("no GPX");
  if (!/<\/(?:\w+:)?gpx\s*>\s*$|^\s*<(?:\w+:)?gpx[^<]*\/>\s*$/.test(plain)) throw new Error("cut");
  /** @type {[number, number][][]} */
  const parts = [];
  let leftOut = 0;
  for (const [tag, name] of plain.matchAll(/<(?:\w+:)?(trkseg|rte|trkpt|rtept|wpt)(?=[\s/>])[^>]*>/g)) {
    if (name === "wpt") leftOut++;
    else if (name === "trkseg" || name === "rte") parts.push([]);
    else if (!parts.length) throw new Error("a point outside a track");
    else parts[parts.length - 1].push(position(numberIn(tag, "lon"), numberIn(tag, "lat")));
  }
  return { parts, leftOut };
}

/**
 * @param {unknown} value
 * @returns {any[]}
 */
function listed(value) {
  if (!Array.isArray(value)) throw new Error("no list");
  return value;
}

/**
 * The geometries of a GeoJSON object of any kind.
 *
 * @param {any} item
 * @returns {any[]}
 */
function geometriesOf(item) {
  if (typeof item !== "object" || item === null || typeof item.type !== "string") {
    throw new Error("no GeoJSON");
  }
  if ("crs" in item && !/CRS84|4326/.test(JSON.stringify(item.crs))) throw new Error("another frame");
  if (item.type === "FeatureCollection") return listed(item.features).flatMap(geometriesOf);
  if (item.type === "GeometryCollection") return listed(item.geometries).flatMap(geometriesOf);
  if (item.type === "Feature") return item.geometry ? geometriesOf(item.geometry) : [];
  return [item];
}

/**
 * @param {string} text
 * @returns {ReadRoute}
 */
function readGeoJson(text) {
  /** @type {[number, number][][]} */
  const parts = [];
  let leftOut = 0;
  for (const { type, coordinates } of geometriesOf(JSON.parse(text))) {
    if (BESIDE.has(type)) {
      leftOut++;
      continue;
    }
    if (type !== "LineString" && type !== "MultiLineString") throw new Error("no line");
    for (const line of type === "LineString" ? [coordinates] : listed(coordinates)) {
      parts.push(
        listed(line).map((point) => {
          if (listed(point).length < 2 || point.length > 3) throw new Error("no position");
          return position(point[0], point[1]);
        }),
      );
    }
  }
  return { parts, leftOut };
}

/**
 * Read a route, or throw.
 *
 * @param {string} text
 * @returns {ReadRoute}
 */
export function readRoute(text) {
  if (text.length > SIZE_MAX) throw new Error("too large");
  const plain = text.replace(/^\ufeff/, "");
  const route = /^\s*</.test(plain) ? readGpx(plain) : readGeoJson(plain);
  const parts = route.parts.filter((part) => part.length > 1);
  const points = parts.reduce((sum, part) => sum + part.length, 0);
  if (!parts.length || points > POINTS_MAX) throw new Error("no line");
  return { parts, leftOut: route.leftOut };
}
