/* The cameras on the map: the overview first, then every one of them; bins, dots, poles. */

import { binOverview, binShift, discsOf, drawDiscs, fullestBin } from "./bins.js";
import { MapCanvas } from "./canvas.js";
import { areaOf, countInView, tallyGroups } from "./count_in_view.js";
import { have } from "./data_loader.js";
import { filter } from "./filter.js";
import { marks } from "./marks.js";
import { drawSpots } from "./spots.js";

const REACH = 12; // pixels around a mark that still mean it; a finger gets more
const REACH_TOUCH = 22;

/** @param {ColoursNow} coloursNow */
export function cameraLayer(coloursNow) {
  /** @type {((view: View) => void)[]} */
  const listeners = [];
  /** @type {{store: Store | null, overview: Overview | null, chosen: number, open: number}} */
  const state = { store: null, overview: null, chosen: -1, open: -1 };
  /** @type {Hit[]} */
  let hits = [];
  /** @type {Disc[]} */
  let discs = [];
  /** @type {Frame | null} */
  let frameNow = null;

  /**
   * @param {Area} area
   * @param {number} shift
   */
  function alignedTo(area, shift) {
    if (!shift) return area;
    const west = (area.west >> shift) << shift;
    const north = (area.north >> shift) << shift;
    const width = Math.min(1 << 25, (((area.west - west + area.width) >> shift) + 1) << shift);
    const height = (((area.north - north + area.height) >> shift) + 1) << shift;
    return { west, north, width, height };
  }

  /**
   * Move discs from the drawn area's corner to the canvas's.
   *
   * The canvas reaches beyond the view and may be wider than the world: there a disc stands on
   * both copies.
   *
   * @param {Disc[]} list
   * @param {Area} drawn
   * @param {Frame} frame
   */
  function placed(list, drawn, frame) {
    const px = 2 ** (frame.zoom + 8 - 25);
    const left = drawn.west * px - frame.drawn.min.x;
    const top = drawn.north * px - frame.drawn.min.y;
    const world = 256 * 2 ** frame.zoom;
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const out = [];
    for (const disc of list) {
      disc.x += left;
      disc.y += top;
      out.push(disc);
      if (disc.x + world < width + disc.r) out.push({ ...disc, x: disc.x + world });
    }
    return out;
  }

  /** @param {Colours} colours */
  function binInk(colours) {
    const { but, set } = filter.chosen.vendor;
    if (but || set.size !== 1) return colours.camera;
    return colours[marks.colourName([...set][0])];
  }

  /** @type {Map<number, number>} */
  const fullest = new Map();

  /** @param {number} shift */
  function fullestAt(shift) {
    if (!fullest.has(shift)) fullest.set(shift, fullestBin(state.store || state.overview, shift));
    return /** @type {number} */ (fullest.get(shift));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Area} drawn
   * @param {number} shift
   * @param {Colours} colours
   */
  function drawOverview(context, frame, drawn, shift, colours) {
    const bins = binOverview(state.overview, drawn, shift);
    discs = placed(discsOf(bins, fullestAt(shift), frame.zoom), drawn, frame);
    drawDiscs(context, discs, colours, binInk(colours));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   */
  function draw(context, frame) {
    frameNow = frame;
    hits = [];
    discs = [];
    const colours = coloursNow();
    const shift = binShift(frame.zoom);
    const area = areaOf(frame.view, frame.zoom);
    const whole = areaOf(frame.drawn, frame.zoom);
    if (!state.store) {
      // the overview's own cells are the finest it has
      const finest = Math.max(shift, 25 - have("overview").q);
      drawOverview(context, frame, alignedTo(whole, finest), finest, colours);
      return;
    }
    const drawn = alignedTo(whole, shift);
    const refused = filter.refusals(state.store.groups);
    const found = countInView(state.store, refused, area, drawn, shift);
    if (found.bins) {
      discs = placed(discsOf(found.bins, fullestAt(shift), frame.zoom), drawn, frame);
      drawDiscs(context, discs, colours, binInk(colours));
    } else {
      // What the drawer tells about is drawn, whatever the filter leaves out.
      const { rows } = found;
      if (state.chosen >= 0 && !rows.includes(state.chosen)) rows.push(state.chosen);
      hits = drawSpots(context, frame, state.store, rows, { ...state, colours });
    }
    const tally = tallyGroups(state.store, refused, found.inView);
    for (const listener of listeners) listener({ tally, area, frame });
  }

  const layer = new MapCanvas("wc-cameras", 410, draw);

  /**
   * The rows in an area that pass the filter, up to a number; none before the cameras are there.
   *
   * @param {Area} area
   * @param {number} atMost
   */
  layer.rowsIn = function rowsIn(area, atMost) {
    const { store } = state;
    if (!store) return [];
    const refused = filter.refusals(store.groups);
    const mask = (1 << 25) - 1;
    const rows = [];
    for (let i = 0; i < store.n && rows.length < atMost; i++) {
      if (((store.x[i] - area.west) & mask) >= area.width) continue;
      const dy = store.y[i] - area.north;
      if (dy < 0 || dy >= area.height || refused[store.groups.of[i]]) continue;
      rows.push(i);
    }
    return rows;
  };

  /** What a label must not cover: discs, and marks of single cameras. */
  layer.obstacles = () => [...discs, ...hits];

  layer.onView = (/** @type {(view: View) => void} */ listener) => listeners.push(listener);
  layer.showOverview = (/** @type {Overview} */ overview) => {
    state.overview = overview;
  };
  layer.showStore = (/** @type {Store} */ store) => {
    state.store = store;
    state.overview = null;
    layer.redraw();
  };
  layer.choose = (/** @type {number} */ row) => {
    state.chosen = row;
    layer.redrawSoon();
  };

  /**
   * What lies under a point of the map: `{rows}`, `{disc}` or null.
   *
   * @param {any} latlng
   * @param {boolean} touch
   */
  layer.at = function at(latlng, touch) {
    if (!frameNow) return null;
    const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
    const reach = touch ? REACH_TOUCH : REACH;
    let best = null;
    let least = reach;
    for (const hit of hits) {
      const distance = Math.hypot(hit.x - point.x, hit.y - point.y);
      if (distance <= least) {
        least = distance;
        best = hit;
      }
    }
    if (best) return { rows: best.rows, spot: best, pole: best.pole };
    let disc = null;
    let nearest = 1;
    for (const candidate of discs) {
      const distance = Math.hypot(candidate.x - point.x, candidate.y - point.y);
      const share = distance / Math.max(touch ? 16 : 8, candidate.r);
      if (share <= nearest) {
        nearest = share;
        disc = candidate;
      }
    }
    return disc ? { disc, spot: disc } : null;
  };

  /**
   * Fan the pole under the pointer.
   *
   * @param {number} pole
   */
  layer.open = function open(pole) {
    if (state.open === pole) return;
    state.open = pole;
    layer.redrawSoon();
  };

  /**
   * A spot of the last frame in pixels of the map's container.
   *
   * @param {Spot} spot
   */
  layer.inContainer = function inContainer(spot) {
    const { view, drawn } = /** @type {Frame} */ (frameNow);
    const offset = view.min.subtract(drawn.min);
    return { x: spot.x - offset.x, y: spot.y - offset.y };
  };

  return layer;
}
