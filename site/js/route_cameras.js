/* The cameras of the release as a route is measured against them. */

import { unpack } from "./data_loader.js";
import { STANDING } from "./groups.js";
import { directionsOf, latlngOf } from "./store.js";

const EARTH_RADIUS_M = 6371008.8; // as in route_exposure.js

/**
 * The columns of `data/route.js`.
 *
 * @param {any} payload
 * @returns {Promise<RouteColumns>}
 */
export async function readRouteColumns(payload) {
  const bytes = await unpack(payload.gz);
  const { n, operators } = payload;
  const operator = new Uint32Array(n);
  const precision = new Uint16Array(n);
  for (let i = 0; i < n; i++) {
    operator[i] = bytes[i] | (bytes[n + i] << 8) | (bytes[2 * n + i] << 16);
    precision[i] = bytes[3 * n + i] | (bytes[4 * n + i] << 8);
  }
  return { operators, operator, precision };
}

/**
 * The cameras near a route that stand and are meant; the others are no part of the answer.
 *
 * @param {RoutePieces} route
 * @param {number} reach
 * @param {{store: Store, makers: Maker[], columns: RouteColumns}} release
 * @param {(row: number) => boolean} isMeant
 * @returns {Generator<RouteCamera>}
 */
export function* camerasNear(route, reach, { store, makers, columns }, isMeant) {
  const side = 2 ** store.q;
  const cells = side / (2 * Math.PI * EARTH_RADIUS_M);
  const boxes = route.chunks.map(({ west, east, south, north }) => {
    // Generous: near the poles a metre is many on the plane.
    const lat = Math.max(Math.abs(south), Math.abs(north)) / EARTH_RADIUS_M;
    const margin = 2 * reach * Math.cosh(lat) * cells + 2;
    return {
      left: west * cells + side / 2 - margin,
      width: (east - west) * cells + 2 * margin,
      top: side / 2 - north * cells - margin,
      height: (north - south) * cells + 2 * margin,
    };
  });
  for (let row = 0; row < store.n; row++) {
    if (!STANDING.includes(store.lifecycle[row]) || !isMeant(row)) continue;
    const x = store.x[row];
    const y = store.y[row];
    const isNear = boxes.some(
      ({ left, width, top, height }) =>
        y >= top && y - top <= height && (((x - left) % side) + side) % side <= width,
    );
    if (!isNear) continue;
    const { lat, lng } = latlngOf(store, row);
    yield {
      id: row,
      lon: lng,
      lat,
      directions: directionsOf(store, row),
      angle: store.angle[row] ? store.angle[row] * 2 : null,
      precision: columns.precision[row] || null,
      maker: makers[store.vendor[row]].id === null ? "" : String(makers[store.vendor[row]].name),
      operator: columns.operators[columns.operator[row]],
    };
  }
}
