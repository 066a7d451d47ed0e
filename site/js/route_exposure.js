/* What of a route lies in the view of cameras: the same steps, and the same metres, as
   mapper/exposure, held together by tests/fixtures/exposure. Nothing here asks for anything: where
   somebody walks stays in the page. */

const EARTH_RADIUS_M = 6371008.8;
const LAT_MAX = 85;
const CHUNK = 32; // pieces of a route under one box
const RAD = Math.PI / 180;

/** @param {number} lat */
function cut(lat) {
  return Math.max(-LAT_MAX, Math.min(LAT_MAX, lat)) * RAD;
}

/**
 * Metres of the plane for a metre on the ground.
 *
 * @param {number} lat
 */
function stretch(lat) {
  return 1 / Math.cos(cut(lat));
}

/**
 * A position on the plane, in metres as Mercator stretches them.
 *
 * @param {number} lon
 * @param {number} lat
 */
function project(lon, lat) {
  return { x: EARTH_RADIUS_M * lon * RAD, y: EARTH_RADIUS_M * Math.atanh(Math.sin(cut(lat))) };
}

/**
 * The pieces of a route laid end to end, with where each begins in metres.
 *
 * @param {[number, number][][]} parts lines as longitude and latitude
 * @returns {RoutePieces}
 */
export function piecesOf(parts) {
  /** @type {RoutePiece[]} */
  const pieces = [];
  let length = 0;
  let sum = 0;
  for (const part of parts) {
    let turn = 0;
    for (let i = 1; i < part.length; i++) {
      const [lon0, lat0] = part[i - 1];
      const [lon1, lat1] = part[i];
      const before = turn;
      // Across 180 degrees longitudes run on, so that no piece runs around the world.
      if (Math.abs(lon1 - lon0) > 180) turn -= 360 * Math.sign(lon1 - lon0);
      const start = project(lon0 + before, lat0);
      const end = project(lon1 + turn, lat1);
      const metres = Math.hypot(end.x - start.x, end.y - start.y) / stretch((lat0 + lat1) / 2);
      pieces.push({ start, end, first: length, length: metres });
      length += metres;
      sum += lon0 + before;
    }
  }
  return { pieces, chunks: chunksOf(pieces), length, middle: pieces.length ? sum / pieces.length : 0 };
}

/** @param {RoutePiece[]} pieces */
function chunksOf(pieces) {
  const chunks = [];
  for (let from = 0; from < pieces.length; from += CHUNK) {
    const held = pieces.slice(from, from + CHUNK);
    const xs = held.flatMap(({ start, end }) => [start.x, end.x]);
    const ys = held.flatMap(({ start, end }) => [start.y, end.y]);
    chunks.push({
      pieces: held,
      west: Math.min(...xs),
      east: Math.max(...xs),
      south: Math.min(...ys),
      north: Math.max(...ys),
    });
  }
  return chunks;
}

/**
 * The convex sectors that a camera looks at; where it is not known, the whole disc.
 *
 * @param {RouteCamera} camera
 * @param {ExposureAssumptions} assumptions
 * @returns {{isFacing: boolean, sectors: {heading: number, half: number}[]}}
 */
function sectorsOf({ directions, angle, precision }, { reach, viewAngle }) {
  const isAllRound = angle === 360;
  const isPlaced = precision === null || precision <= reach;
  const disc = [{ heading: 0, half: 180 }];
  if (!isPlaced || !(isAllRound || directions.length)) return { isFacing: false, sectors: disc };
  if (isAllRound) return { isFacing: true, sectors: disc };
  const half = (angle === null ? viewAngle : angle) / 2;
  const sectors = directions.flatMap((heading) =>
    half <= 90
      ? [{ heading, half }]
      : [-1, 1].map((side) => ({ heading: heading + (side * half) / 2, half: half / 2 })),
  );
  return { isFacing: true, sectors };
}

/**
 * From where to where, as shares, a piece lies in a sector; null where it does not.
 *
 * @param {{x: number, y: number}} begin where the piece begins, in metres from the camera
 * @param {{x: number, y: number}} move
 * @param {{heading: number, half: number}} sector
 * @param {number} reach
 */
function clip(begin, move, { heading, half }, reach) {
  const squared = move.x ** 2 + move.y ** 2;
  const along = begin.x * move.x + begin.y * move.y;
  const left = along ** 2 - squared * (begin.x ** 2 + begin.y ** 2 - reach ** 2);
  if (!(left > 0 && squared > 0)) return null;
  const root = Math.sqrt(left);
  let low = Math.max(0, (-along - root) / squared);
  let high = Math.min(1, (-along + root) / squared);
  for (const side of half < 180 ? [-1, 1] : []) {
    const edge = (heading + side * half) * RAD;
    const inside = side * (Math.sin(edge) * begin.y - Math.cos(edge) * begin.x);
    const change = side * (Math.sin(edge) * move.y - Math.cos(edge) * move.x);
    if (change > 0) low = Math.max(low, -inside / change);
    else if (change < 0) high = Math.min(high, -inside / change);
    else if (inside < 0) return null;
  }
  return high > low ? { low, high } : null;
}

/**
 * The stretches of a route that one camera has, in metres along the route.
 *
 * @param {RoutePieces} route
 * @param {RouteCamera} camera
 * @param {ExposureAssumptions} assumptions
 */
function stretchesOf(route, camera, assumptions) {
  const { isFacing, sectors } = sectorsOf(camera, assumptions);
  const lon = camera.lon - 360 * Math.round((camera.lon - route.middle) / 360);
  const at = project(lon, camera.lat);
  const scale = stretch(camera.lat);
  const far = assumptions.reach * scale;
  /** @type {[number, number][]} */
  const found = [];
  /** @type {RoutePart[]} */
  const parts = [];
  for (const chunk of route.chunks) {
    if (at.x < chunk.west - far || at.x > chunk.east + far) continue;
    if (at.y < chunk.south - far || at.y > chunk.north + far) continue;
    for (const piece of chunk.pieces) {
      const { start, end, first, length } = piece;
      const begin = { x: (start.x - at.x) / scale, y: (start.y - at.y) / scale };
      const move = { x: (end.x - start.x) / scale, y: (end.y - start.y) / scale };
      for (const sector of sectors) {
        const shares = clip(begin, move, sector, assumptions.reach);
        if (!shares) continue;
        found.push([first + shares.low * length, first + shares.high * length]);
        parts.push({ piece, ...shares });
      }
    }
  }
  return { camera, isFacing, found, parts };
}

/**
 * The metres that at least one stretch covers.
 *
 * @param {[number, number][]} stretches
 */
function union(stretches) {
  const ordered = [...stretches].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let reached = 0;
  let sum = 0;
  for (const [from, to] of ordered) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

/**
 * @param {string} name
 * @param {Looking[]} looking
 * @returns {SharedExposure}
 */
function shared(name, looking) {
  const facing = looking.filter((one) => one.isFacing);
  const inView = union(facing.flatMap((one) => one.found));
  return {
    name,
    facing: facing.length,
    perhaps: looking.length - facing.length,
    inView,
    // What both kinds cover is in view; only the rest is perhaps.
    perhapsMetres: union(looking.flatMap((one) => one.found)) - inView,
  };
}

/**
 * @param {Looking[]} looking
 * @param {(camera: RouteCamera) => string} nameOf
 */
function by(looking, nameOf) {
  /** @type {Map<string, Looking[]>} */
  const groups = new Map();
  for (const one of looking) {
    const name = nameOf(one.camera);
    groups.set(name, [...(groups.get(name) || []), one]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, held]) => shared(name, held))
    .sort((a, b) => b.facing + b.perhaps - (a.facing + a.perhaps));
}

/**
 * Measure a route against cameras that stand outdoors; an empty name is not known.
 *
 * @param {RoutePieces} route
 * @param {Iterable<RouteCamera>} cameras
 * @param {ExposureAssumptions} assumptions
 * @returns {RouteExposure & {looking: Looking[]}}
 */
export function exposureOf(route, cameras, assumptions) {
  const looking = [];
  for (const camera of cameras) {
    const one = stretchesOf(route, camera, assumptions);
    if (one.found.length) looking.push(one);
  }
  return {
    length: route.length,
    total: shared("", looking),
    byMaker: by(looking, ({ maker }) => maker),
    byOperator: by(looking, ({ operator }) => operator),
    cameras: looking.map(({ camera, isFacing, found }) => ({
      id: camera.id,
      isFacing,
      metres: union(found),
    })),
    looking,
  };
}
