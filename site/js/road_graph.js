/* Straight pieces of road as a graph: which corners hang together, and the shortest ways to one of
   them. Corners are numbered by longitude, then latitude, as mapper/exposure/cordon.py does, so that
   both choose the same one of two that are as good. */

/**
 * Pieces that meet in one corner share its number.
 *
 * @param {Float64Array} ends longitude, latitude of both ends of each piece: four numbers a piece
 * @returns {RoadGraph}
 */
export function roadGraph(ends) {
  const count = ends.length / 2;
  const order = Uint32Array.from({ length: count }, (_, end) => end);
  order.sort((a, b) => ends[2 * a] - ends[2 * b] || ends[2 * a + 1] - ends[2 * b + 1]);
  const cornerOf = new Uint32Array(count);
  /** @type {number[]} */
  const lon = [];
  /** @type {number[]} */
  const lat = [];
  for (const end of order) {
    const last = lon.length - 1;
    if (last < 0 || lon[last] !== ends[2 * end] || lat[last] !== ends[2 * end + 1]) {
      lon.push(ends[2 * end]);
      lat.push(ends[2 * end + 1]);
    }
    cornerOf[end] = lon.length - 1;
  }
  /** @type {number[][]} */
  const piecesAt = lon.map(() => []);
  for (let end = 0; end < count; end++) piecesAt[cornerOf[end]].push(end >> 1);
  return { lon, lat, cornerOf, piecesAt };
}

/**
 * The corner at the other end of a piece.
 *
 * @param {RoadGraph} graph
 * @param {number} piece
 * @param {number} corner
 */
export function across({ cornerOf }, piece, corner) {
  const start = cornerOf[2 * piece];
  return start === corner ? cornerOf[2 * piece + 1] : start;
}

/**
 * The corners that can be reached from each other over open pieces have one number.
 *
 * @param {RoadGraph} graph
 * @param {(piece: number) => boolean} isOpen
 */
export function connectedParts(graph, isOpen) {
  const part = new Int32Array(graph.lon.length).fill(-1);
  let parts = 0;
  for (let first = 0; first < part.length; first++) {
    if (part[first] >= 0) continue;
    part[first] = parts;
    const waiting = [first];
    for (let corner = waiting.pop(); corner !== undefined; corner = waiting.pop()) {
      for (const piece of graph.piecesAt[corner]) {
        const next = across(graph, piece, corner);
        if (part[next] >= 0 || !isOpen(piece)) continue;
        part[next] = parts;
        waiting.push(next);
      }
    }
    parts++;
  }
  return part;
}

/**
 * Dijkstra: how far each corner is from one, and the piece over which the way there begins.
 *
 * @param {RoadGraph} graph
 * @param {number} middle
 * @param {ArrayLike<number>} lengths of the pieces
 */
export function shortestWays(graph, middle, lengths) {
  const away = new Float64Array(graph.lon.length).fill(Infinity);
  const onward = new Int32Array(graph.lon.length).fill(-1);
  const heap = new NearestFirst(away);
  away[middle] = 0;
  heap.push(middle, 0);
  for (let corner = heap.pop(); corner >= 0; corner = heap.pop()) {
    for (const piece of graph.piecesAt[corner]) {
      const next = across(graph, piece, corner);
      const far = away[corner] + lengths[piece];
      if (far >= away[next]) continue;
      away[next] = far;
      onward[next] = piece;
      heap.push(next, far);
    }
  }
  return { away, onward };
}

/** A binary heap of corners; one that was reached on a shorter way since is passed over. */
class NearestFirst {
  /** @param {Float64Array} away */
  constructor(away) {
    this.away = away;
    /** @type {number[]} */
    this.corners = [];
    /** @type {number[]} */
    this.far = [];
  }

  /**
   * @param {number} corner
   * @param {number} far
   */
  push(corner, far) {
    let at = this.corners.length;
    while (at > 0 && this.far[(at - 1) >> 1] > far) {
      this.move((at - 1) >> 1, at);
      at = (at - 1) >> 1;
    }
    this.corners[at] = corner;
    this.far[at] = far;
  }

  /** The nearest corner, or -1. */
  pop() {
    while (this.corners.length) {
      const corner = this.corners[0];
      const far = this.far[0];
      this.dropFirst();
      if (far === this.away[corner]) return corner;
    }
    return -1;
  }

  dropFirst() {
    const corner = /** @type {number} */ (this.corners.pop());
    const far = /** @type {number} */ (this.far.pop());
    const count = this.corners.length;
    if (!count) return;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && this.far[child + 1] < this.far[child]) child++;
      if (this.far[child] >= far) break;
      this.move(child, at);
      at = child;
    }
    this.corners[at] = corner;
    this.far[at] = far;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  move(from, to) {
    this.corners[to] = this.corners[from];
    this.far[to] = this.far[from];
  }
}
