/* The cameras on the map: the overview first, then every one of them; discs, dots, poles. */

import { MapCanvas } from "./canvas.js";
import { areaOf, countPlaced, placeRows, tallyGroups } from "./count_in_view.js";
import { have } from "./data_loader.js";
import { drawDiscs, numbered } from "./discs.js";
import { filter } from "./filter.js";
import { discsOf, drop, emptied, fullestOf, hexShift, latticeOf } from "./hexagons.js";
import { drawSpots } from "./spots.js";

const REACH = 12; // pixels around a mark that still mean it; a finger gets more
const REACH_TOUCH = 22;

const WORLD = 1 << 25;
const DOTS_AT_MOST = 2000; // cameras in view: fewer are drawn one by one where there is room
const PILED = 6; // cameras for each hexagon: more would lie on each other
const IN_OVERVIEW = new Set(["kind", "vendor"]); // what the first picture can follow

/**
 * @param {ColoursNow} coloursNow
 * @param {DiscScale} scale
 */
export function cameraLayer(coloursNow, scale) {
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
  /** @type {View | null} */
  let viewNow = null;

  scale.add((zoom) => {
    const rows = state.store || state.overview;
    return zoom < 14 ? fullestOf(rows, Math.max(hexShift(zoom), finest())) : 0;
  });

  /** The overview's own cells are the finest it has. */
  function finest() {
    return state.store ? 0 : 25 - have("overview").q;
  }

  /**
   * @param {Lattice} lattice
   * @param {Frame} frame
   */
  function discsIn(lattice, frame) {
    const found = discsOf(lattice, scale.unitAt(frame.zoom), frame.zoom);
    return layer.placed(found, lattice, frame);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Area} whole
   * @param {Colours} colours
   */
  function drawOverview(context, frame, whole, colours) {
    const lattice = latticeOf(whole, Math.max(hexShift(frame.zoom), finest()));
    const overview = /** @type {Overview} */ (state.overview);
    const { west, north, width, height } = lattice.area;
    const isKnown = filter.areOnly(IN_OVERVIEW);
    for (let i = 0; isKnown && i < overview.n; i++) {
      if (!filter.lets("kind", overview.kind[i])) continue;
      if (!filter.lets("vendor", overview.vendor[i])) continue;
      const dx = (overview.x[i] - west) & (WORLD - 1);
      const dy = overview.y[i] - north;
      if (dx >= width || dy < 0 || dy >= height) continue;
      drop(lattice, dx, dy, overview.vendor[i], overview.count[i]);
    }
    discs = discsIn(lattice, frame);
    drawDiscs(context, discs, colours);
  }

  /** @type {{key: string, placed: Placed, lattice: Lattice | null} | null} */
  let places = null;

  /**
   * Where the cameras of a frame lie; kept until the map moves, so that a filter only counts.
   *
   * @param {Frame} frame
   * @param {Area} area
   * @param {Area} whole
   * @param {Store} store
   */
  function placesIn(frame, area, whole, store) {
    const key = [frame.zoom, ...Object.values(area), ...Object.values(whole), store.n].join();
    if (places === null || places.key !== key) {
      const shift = hexShift(frame.zoom);
      const lattice = shift ? latticeOf(whole, shift) : null;
      places = { key, lattice, placed: placeRows(store, area, whole, lattice) };
    } else if (places.lattice) emptied(places.lattice);
    return places;
  }

  /**
   * Whether single dots say more than discs: few enough, and not piled on each other.
   *
   * @param {{passing: number, areAll: boolean, rows: number[]}} found
   * @param {number} count
   */
  function areApart(found, count) {
    if (found.passing > DOTS_AT_MOST || !found.areAll) return false;
    return found.rows.length <= count * PILED;
  }

  /**
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   */
  function draw(context, frame) {
    frameNow = frame;
    hits = [];
    discs = [];
    const colours = coloursNow();
    const area = areaOf(frame.view, frame.zoom);
    const whole = areaOf(frame.drawn, frame.zoom);
    if (!state.store) {
      drawOverview(context, frame, whole, colours);
      return;
    }
    const { placed, lattice } = placesIn(frame, area, whole, state.store);
    const refused = filter.refusals(state.store.groups);
    const found = countPlaced(state.store, placed, refused, lattice);
    const made = lattice ? discsIn(lattice, frame) : [];
    if (lattice && !areApart(found, made.length)) {
      discs = made;
      drawDiscs(context, discs, colours);
    } else {
      // What the drawer tells about is drawn, whatever the filter leaves out.
      const { rows } = found;
      if (state.chosen >= 0 && !rows.includes(state.chosen)) rows.push(state.chosen);
      hits = drawSpots(context, frame, state.store, rows, { ...state, colours });
    }
    const tally = tallyGroups(state.store, refused, placed);
    viewNow = { tally, area, frame };
    for (const listener of listeners) listener(viewNow);
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
  layer.obstacles = () => [...numbered(discs), ...hits.filter(({ r }) => r > 3)];

  /** Whether discs were drawn, and not single cameras. */
  layer.hasDiscs = () => discs.length > 0;

  layer.onView = (/** @type {(view: View) => void} */ listener) => {
    listeners.push(listener);
    if (viewNow) listener(viewNow);
  };
  layer.showOverview = (/** @type {Overview} */ overview) => {
    state.overview = overview;
  };
  layer.showStore = (/** @type {Store} */ store) => {
    if (state.store === store) return; // the first picture was already of all of them
    state.store = store;
    state.overview = null;
    scale.forget();
    if (layer._map) layer.redraw();
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
