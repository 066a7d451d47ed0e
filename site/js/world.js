/* The world as volunteers had mapped it by a day: counts beside a release that is not of the
   world. They are in none of its counts, and are drawn paler than what it holds. */

import { MapCanvas } from "./canvas.js";
import { areaOf } from "./count_in_view.js";
import { unpack, want } from "./data_loader.js";
import { drawDiscs, numbered } from "./discs.js";
import { filter } from "./filter.js";
import { CLASSES, classOf, discsOf, drop, fullestOf, hexShift, latticeOf } from "./hexagons.js";
import { readOverview } from "./store.js";

/** From here on the cells of the counts are larger than what is looked at. */
export const WORLD_UNTIL = 7;
const PALE = 0.85;

/** Facets that the counts hold; where another narrows the view they cannot follow. */
const HELD = new Set(["kind", "vendor"]);

/**
 * The layer; it stays empty until `load` has brought the counts.
 *
 * @param {Meta} meta
 * @param {ColoursNow} coloursNow
 * @param {DiscScale} scale
 * @param {() => void} onScale
 */
export function worldLayer(meta, coloursNow, scale, onScale) {
  /** @type {Overview | null} */
  let rows = null;
  /** @type {Disc[]} */
  let discs = [];
  /** @type {Frame | null} */
  let frameNow = null;
  /** @type {((sums: Shares | null) => void)[]} */
  const listeners = [];
  /** @type {Shares | null} */
  let sums = null;

  /** @param {number} zoom */
  function isShown(zoom) {
    return zoom <= WORLD_UNTIL && filter.areOnly(HELD);
  }

  /**
   * @param {Overview} rows
   * @param {Area} area
   * @param {Lattice} lattice
   */
  function countIn(rows, area, lattice) {
    const counted = { n: 0, shares: new Uint32Array(CLASSES) };
    const mask = (1 << 25) - 1;
    for (let i = 0; i < rows.n; i++) {
      if (!filter.lets("kind", rows.kind[i]) || !filter.lets("vendor", rows.vendor[i])) continue;
      const n = rows.count[i];
      const vy = rows.y[i] - area.north;
      if (vy >= 0 && vy < area.height && ((rows.x[i] - area.west) & mask) < area.width) {
        counted.n += n;
        counted.shares[classOf(rows.vendor[i])] += n;
      }
      const dx = (rows.x[i] - lattice.area.west) & mask;
      const dy = rows.y[i] - lattice.area.north;
      if (dx >= lattice.area.width || dy < 0 || dy >= lattice.area.height) continue;
      drop(lattice, dx, dy, rows.vendor[i], n);
    }
    return counted;
  }

  const layer = new MapCanvas("wc-world", 402, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    frameNow = frame;
    discs = [];
    sums = null;
    if (rows && isShown(frame.zoom)) {
      const shift = Math.max(hexShift(frame.zoom), 25 - 9);
      const lattice = latticeOf(areaOf(frame.drawn, frame.zoom), shift);
      sums = countIn(rows, areaOf(frame.view, frame.zoom), lattice);
      discs = layer.placed(discsOf(lattice, scale.unitAt(frame.zoom), frame.zoom), lattice, frame);
      context.globalAlpha = PALE;
      drawDiscs(context, discs, coloursNow());
      context.globalAlpha = 1;
    }
    for (const listener of listeners) listener(sums);
  });

  layer.onView = (/** @type {(sums: Shares | null) => void} */ listener) => listeners.push(listener);
  layer.isEmpty = () => rows === null;
  layer.obstacles = () => numbered(discs);

  /** Bring the counts; the picture is drawn anew when they are there. */
  layer.load = async function load() {
    if (!meta.world) return;
    const payload = await want("world");
    const columns = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
    const counted = readOverview({ ...payload, ...columns });
    rows = counted;
    scale.add((zoom) => (zoom <= WORLD_UNTIL ? fullestOf(counted, Math.max(hexShift(zoom), 16)) : 0));
    document.documentElement.dataset.world = "true";
    onScale(); // every disc on the map is measured against these counts too
    if (layer._map) layer.redrawSoon();
  };

  /**
   * The disc under a point of the map, or null.
   *
   * @param {any} latlng
   */
  layer.at = function at(latlng) {
    if (!frameNow || discs.length === 0) return null;
    const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
    const near = discs.filter(({ x, y, r }) => Math.hypot(x - point.x, y - point.y) <= Math.max(6, r));
    return near.length ? near[near.length - 1] : null;
  };
  return layer;
}
