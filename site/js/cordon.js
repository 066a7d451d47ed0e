/* Which of the roads into a circle pass a plate reader: the same steps, and the same answer, as
   mapper/exposure/cordon.py. Nothing here asks for anything. */

import { unpack } from "./data_loader.js";
import { connectedParts, roadGraph, shortestWays } from "./road_graph.js";
import { exposureOf, piecesOf } from "./route_exposure.js";

const EARTH_RADIUS_M = 6371008.8;
const RAD = Math.PI / 180;
const ONE_ROAD_M = 50; // two carriageways that cross so near to each other are one road
const LEAST_M = 0.001;

/**
 * `data/roads.js` with every road as longitudes and latitudes one after the other.
 *
 * @param {any} payload
 * @returns {Promise<RoadNetwork>}
 */
export async function readRoads(payload) {
  const { state, covered, classes, names, parts } = payload;
  const shapes = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
  const roads = shapes.map((/** @type {number[]} */ shape) => {
    const corners = new Float64Array(shape.length - 2);
    let lon = 0;
    let lat = 0;
    for (let i = 2; i < shape.length; i += 2) {
      lon += shape[i];
      lat += shape[i + 1];
      corners[i - 2] = lon / parts;
      corners[i - 1] = lat / parts;
    }
    return { kind: classes[shape[0]], name: names[shape[1]], corners };
  });
  return { state, covered, roads };
}

/**
 * A position on the globe, in metres from its centre.
 *
 * @param {number} lon
 * @param {number} lat
 */
function onGlobe(lon, lat) {
  const flat = EARTH_RADIUS_M * Math.cos(lat * RAD);
  return [flat * Math.cos(lon * RAD), flat * Math.sin(lon * RAD), EARTH_RADIUS_M * Math.sin(lat * RAD)];
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function apart(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/**
 * The pieces of road that have an end within the circle, and which road each is of.
 *
 * @param {RoadNetwork} network
 * @param {CordonTown} town
 */
function piecesWithin({ roads }, town) {
  const middle = onGlobe(town.lon, town.lat);
  const high = (town.radius / EARTH_RADIUS_M / RAD) * 1.01;
  const isInside = (/** @type {number} */ lon, /** @type {number} */ lat) =>
    Math.abs(lat - town.lat) <= high && apart(onGlobe(lon, lat), middle) <= town.radius;
  /** @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const roadOf = [];
  roads.forEach(({ corners }, road) => {
    let before = isInside(corners[0], corners[1]);
    for (let i = 2; i < corners.length; i += 2) {
      const now = isInside(corners[i], corners[i + 1]);
      if (before || now) {
        ends.push(corners[i - 2], corners[i - 1], corners[i], corners[i + 1]);
        roadOf.push(road);
      }
      before = now;
    }
  });
  return { ends: Float64Array.from(ends), roadOf, isInside, middle };
}

/**
 * The corner nearest to the centre, in the part that has the most corners in the circle.
 *
 * @param {RoadGraph} graph
 * @param {boolean[]} inside
 * @param {number[]} centre
 */
function middleOf(graph, inside, centre) {
  const part = connectedParts(graph, () => true);
  const sizes = new Uint32Array(graph.lon.length);
  inside.forEach((is, corner) => (sizes[part[corner]] += is ? 1 : 0));
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  let best = -1;
  let least = Infinity;
  for (let corner = 0; corner < inside.length; corner++) {
    if (!inside[corner] || part[corner] !== largest) continue;
    const far = apart(onGlobe(graph.lon[corner], graph.lat[corner]), centre);
    if (far >= least) continue;
    best = corner;
    least = far;
  }
  return best;
}

/**
 * Crossings joined to roads where a chain of short steps joins them.
 *
 * @param {number[][]} places on the globe
 */
function groupsOf(places) {
  const group = new Int32Array(places.length).fill(-1);
  /** @type {number[][]} */
  const groups = [];
  for (let first = 0; first < places.length; first++) {
    if (group[first] >= 0) continue;
    const members = [first];
    group[first] = groups.length;
    for (let next = 0; next < members.length; next++) {
      for (let other = 0; other < places.length; other++) {
        if (group[other] >= 0 || apart(places[members[next]], places[other]) > ONE_ROAD_M) continue;
        group[other] = groups.length;
        members.push(other);
      }
    }
    groups.push(members.sort((a, b) => a - b));
  }
  return groups;
}

/**
 * Whether the box that the extract says it covers holds the circle; null where it says none.
 *
 * @param {RoadNetwork} network
 * @param {CordonTown} town
 */
function isCovered({ covered }, { lon, lat, radius }) {
  if (!covered) return null;
  const high = radius / EARTH_RADIUS_M / RAD;
  const wide = high / Math.max(0.01, Math.cos(lat * RAD));
  const [west, south, east, north] = covered;
  return lon - wide >= west && lon + wide <= east && lat - high >= south && lat + high <= north;
}

/**
 * Ask of every larger road into a circle whether it passes a plate reader; null where there is none.
 *
 * @param {RoadNetwork} network
 * @param {CordonTown} town
 * @param {(pieces: RoutePieces) => Iterable<RouteCamera>} readersNear
 * @param {ExposureAssumptions} assumptions
 * @returns {Cordon | null}
 */
export function cordonOf(network, town, readersNear, assumptions) {
  const { ends, roadOf, isInside, middle: centre } = piecesWithin(network, town);
  if (!roadOf.length) return null;
  const graph = roadGraph(ends);
  const route = piecesOf(
    roadOf.map((_, piece) => [
      [ends[4 * piece], ends[4 * piece + 1]],
      [ends[4 * piece + 2], ends[4 * piece + 3]],
    ]),
  );
  const numberOf = new Map(route.pieces.map((piece, number) => [piece, number]));
  const { total, byMaker, byOperator, looking } = exposureOf(route, readersNear(route), assumptions);
  const isWatched = new Uint8Array(roadOf.length);
  const isPerhaps = new Uint8Array(roadOf.length);
  for (const { isFacing, parts } of looking) {
    for (const { piece } of parts) {
      (isFacing ? isWatched : isPerhaps)[/** @type {number} */ (numberOf.get(piece))] = 1;
    }
  }
  const inside = graph.lon.map((lon, corner) => isInside(lon, graph.lat[corner]));
  const middle = middleOf(graph, inside, centre);
  const lengths = route.pieces.map(({ length }) => Math.max(length, LEAST_M));
  const { away, onward } = shortestWays(graph, middle, lengths);
  const free = connectedParts(graph, (piece) => !isWatched[piece]);
  const surelyFree = connectedParts(graph, (piece) => !isWatched[piece] && !isPerhaps[piece]);
  const crossing = [...roadOf.keys()].filter(
    (piece) => inside[graph.cornerOf[2 * piece]] !== inside[graph.cornerOf[2 * piece + 1]],
  );
  const outer = crossing.map((piece) => {
    const start = graph.cornerOf[2 * piece];
    return inside[start] ? graph.cornerOf[2 * piece + 1] : start;
  });
  /** @type {RoadIn[]} */
  const roads = [];
  let unconnected = 0;
  for (const group of groupsOf(outer.map((corner) => onGlobe(graph.lon[corner], graph.lat[corner])))) {
    const nearest = group.reduce((best, one) => (away[outer[one]] < away[outer[best]] ? one : best));
    const corner = outer[nearest];
    if (away[corner] === Infinity) {
      unconnected++;
      continue;
    }
    const way = wayFrom(graph, corner, onward);
    const road = network.roads[roadOf[crossing[nearest]]];
    roads.push({
      name: road.name,
      kind: road.kind,
      lon: graph.lon[corner],
      lat: graph.lat[corner],
      way: away[corner],
      passes: way.some((piece) => isWatched[piece]),
      perhaps: way.some((piece) => isPerhaps[piece]),
      onlyPast: !group.some((one) => free[outer[one]] === free[middle]),
      perhapsOnlyPast: !group.some((one) => surelyFree[outer[one]] === surelyFree[middle]),
    });
  }
  roads.sort((a, b) => a.lon - b.lon || a.lat - b.lat);
  return { roads, total, byMaker, byOperator, unconnected, isCovered: isCovered(network, town) };
}

/**
 * The pieces from a corner to the middle.
 *
 * @param {RoadGraph} graph
 * @param {number} corner
 * @param {Int32Array} onward
 */
function wayFrom({ cornerOf }, corner, onward) {
  const way = [];
  for (let at = corner, piece = onward[at]; piece >= 0; piece = onward[at]) {
    way.push(piece);
    at = cornerOf[2 * piece] === at ? cornerOf[2 * piece + 1] : cornerOf[2 * piece];
  }
  return way;
}
