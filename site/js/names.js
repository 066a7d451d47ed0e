/* Names above everything that is drawn: rings first, then countries, then cities. A name stands
   where nothing else is written and no numbered disc lies; where there is no such place it is left
   out. A halo keeps it readable without a box over the coast. */

import { MapCanvas } from "./canvas.js";
import { have, want } from "./data_loader.js";
import { byId } from "./dom.js";
import { marks } from "./marks.js";
import { countryName } from "./words.js";

const COUNTRIES_UNTIL = 7;
const CITIES_FROM = 4;
const PLACES_FROM = 9; // from here on the smaller places come too
const STREETS_FROM = 15; // street names speak from here on
const GRID = 16;
const MARGIN = 3;

/* How many people live in the smallest city named at a zoom; the room decides among the rest. */
/** @type {Record<number, number>} */
const LEAST_THOUSANDS = { 4: 4000, 5: 1500, 6: 700, 7: 400, 8: 300, 9: 60, 10: 25, 11: 8 };

/* Where a ring's label may stand, the best place first: across and down. */
const SIDES = [
  [1, 0],
  [-1, 0],
  [1, -12],
  [1, 12],
  [-1, -12],
  [-1, 12],
  [0, -20],
  [0, 20],
];
/* What stands on the map beside the map's own canvases. */
const ON_MAP = ["key", "legend", "drawer", "map-tools", "notice"];

/* A country's or city's name may step aside by these many pixels. */
const STEPS = [0, -12, 12, -22, 22, -30, 30];

/** The room that names have taken, in squares so that one is found at once. */
function takenRoom() {
  /** @type {Map<string, Rectangle[]>} */
  const squares = new Map();
  const SIDE = 64;
  const keys = (/** @type {Rectangle} */ box) => {
    const out = [];
    for (let x = Math.floor(box.left / SIDE); x <= Math.floor(box.right / SIDE); x++) {
      for (let y = Math.floor(box.top / SIDE); y <= Math.floor(box.bottom / SIDE); y++) {
        out.push(x + ":" + y);
      }
    }
    return out;
  };
  const hits = (/** @type {Rectangle} */ a, /** @type {Rectangle} */ b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    isFree: (/** @type {Rectangle} */ box) => keys(box).every((key) => !(squares.get(key) || []).some((other) => hits(box, other))),
    take(/** @type {Rectangle} */ box) {
      for (const key of keys(box)) {
        if (!squares.has(key)) squares.set(key, []);
        squares.get(key)?.push(box);
      }
    },
  };
}

/** @param {Spot} spot */
function boxAround({ x, y, r }) {
  return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

/**
 * Write a text with a halo.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 * @param {string} halo
 */
function write(context, text, x, y, ink, halo) {
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

/**
 * The layer; `parts` give what must not be covered and which rings want a label.
 *
 * @param {{ground: any, rings: any, cameras: any, world: any}} parts
 * @param {ColoursNow} coloursNow
 */
export function nameLayer(coloursNow, parts) {
  /** @type {Labels | null} */
  let labels = null;
  /** @type {Cities | null} */
  let smaller = null;
  let isAsked = false;

  /**
   * Every copy of a point on a canvas that may be wider than the world.
   *
   * @param {number} x
   * @param {Frame} frame
   */
  function copies(x, frame) {
    const world = 256 * 2 ** frame.zoom;
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const out = [];
    const first = (((x - frame.drawn.min.x) % world) + world) % world;
    for (let at = first; at < width; at += world) out.push(at);
    return out;
  }

  /**
   * @param {Rectangle} box
   * @param {Rectangle} inside
   */
  function isInside(box, inside) {
    return (
      box.left > inside.left && box.right < inside.right && box.top > inside.top && box.bottom < inside.bottom
    );
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Colours} colours
   * @param {ReturnType<typeof takenRoom>} room
   * @param {Rectangle} inside
   */
  function writeRings(context, colours, room, inside) {
    context.font = "600 12px " + marks.font;
    context.textAlign = "left";
    const said = new Set();
    for (const { x, y, r, text, deployments } of parts.rings.toLabel()) {
      const width = context.measureText(text).width;
      const boxes = SIDES.map(([across, down]) => {
        const left = across > 0 ? x + r + 4 : across < 0 ? x - r - 4 - width : x - width / 2;
        return { left, right: left + width, top: y + down - 8, bottom: y + down + 8 };
      });
      const box = boxes.find((one) => isInside(one, inside) && room.isFree(one));
      if (!box) continue;
      room.take(box);
      said.add(deployments[0].place);
      write(context, text, box.left, (box.top + box.bottom) / 2, colours.deployment, colours.paper);
    }
    return said;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {ReturnType<typeof takenRoom>} room
   * @param {Rectangle} inside
   */
  function place(context, text, x, y, room, inside) {
    const half = context.measureText(text).width / 2 + MARGIN;
    for (const step of STEPS) {
      const box = { left: x - half, right: x + half, top: y + step - 8, bottom: y + step + 8 };
      if (!isInside(box, inside) || !room.isFree(box)) continue;
      room.take(box);
      return y + step;
    }
    return null;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Colours} colours
   * @param {ReturnType<typeof takenRoom>} room
   * @param {Rectangle} inside
   */
  function writeCountries(context, frame, colours, room, inside) {
    if (frame.zoom > COUNTRIES_UNTIL) return;
    const px = 2 ** (frame.zoom + 8 - GRID);
    if (!labels) return;
    const { code, x, y, radius } = labels.countries;
    context.font = "600 " + (frame.zoom < 4 ? 11 : 12.5) + "px " + marks.font;
    context.textAlign = "center";
    for (let i = 0; i < code.length; i++) {
      const text = countryName(code[i]);
      // A name may reach beyond its country's widest circle, but not far.
      if (context.measureText(text).width > radius[i] * px * 3.4) continue;
      const top = (y[i] + 0.5) * px - frame.drawn.min.y;
      for (const left of copies((x[i] + 0.5) * px, frame)) {
        const line = place(context, text, left, top, room, inside);
        if (line !== null) write(context, text, left, line, colours["country-name"], colours.land);
      }
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Colours} colours
   * @param {{room: ReturnType<typeof takenRoom>, inside: Rectangle, cities: Cities, said: Set<string>}} given
   */
  function writeCities(context, frame, colours, { room, inside, cities, said }) {
    const px = 2 ** (frame.zoom + 8 - GRID);
    const least = LEAST_THOUSANDS[frame.zoom] || 0;
    context.font = "500 11.5px " + marks.font;
    context.textAlign = "center";
    for (let i = 0; i < cities.name.length; i++) {
      if (cities.thousands[i] < least) break; // the most populous come first
      if (said.has(cities.name[i])) continue; // its ring says so already
      const text = cities.shown?.get(i) || cities.name[i];
      const top = (cities.y[i] + 0.5) * px - frame.drawn.min.y;
      if (top < 0 || top > frame.drawn.max.y - frame.drawn.min.y) continue;
      for (const left of copies((cities.x[i] + 0.5) * px, frame)) {
        const line = place(context, text, left, top, room, inside);
        if (line !== null) write(context, text, left, line, colours["city-name"], colours.land);
      }
    }
  }

  async function loadSmaller() {
    isAsked = true;
    try {
      smaller = gridded(await want("places"));
      if (labels) smaller.shown = shownAlike(labels.cities, smaller);
      layer.redrawSoon();
    } catch {
      isAsked = false; // names are no finding: the map goes on without, and asks again later
    }
  }

  /**
   * Name cities in the page's language, as far as its file does; until then they stand in English.
   *
   * @param {Labels} given
   */
  async function nameCities({ cities }) {
    const { lang } = document.documentElement;
    if (lang === "en") return;
    try {
      /** @type {CityNames} */
      const own = await want("labels-" + lang);
      cities.shown = new Map(own.cities);
      if (smaller) smaller.shown = shownAlike(cities, smaller);
      if (layer._map) layer.redrawSoon();
    } catch {
      // A city without its name in this language has one that is right.
    }
  }

  /**
   * What lies on the map: a name under it would be cut.
   *
   * @param {Rectangle} inside
   */
  function covered(inside) {
    const from = layer._map.getContainer().getBoundingClientRect();
    return ON_MAP.map((id) => byId(id))
      .filter((node) => node && node.offsetWidth > 0)
      .map((node) => node.getBoundingClientRect())
      .map(({ left, right, top, bottom }) => ({
        left: left - from.left + inside.left,
        right: right - from.left + inside.left,
        top: top - from.top + inside.top,
        bottom: bottom - from.top + inside.top,
      }));
  }

  const layer = new MapCanvas("wc-names", 430, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    const { view, drawn, zoom } = frame;
    const inside = {
      left: view.min.x - drawn.min.x,
      right: view.max.x - drawn.min.x,
      top: view.min.y - drawn.min.y,
      bottom: view.max.y - drawn.min.y,
    };
    const room = takenRoom();
    for (const part of [parts.cameras, parts.world, parts.rings]) {
      for (const spot of part.obstacles()) room.take(boxAround(spot));
    }
    for (const box of [...covered(inside), ...parts.ground.written()]) room.take(box);
    context.textBaseline = "middle";
    const said = writeRings(context, colours, room, inside);
    if (!labels) return;
    writeCountries(context, frame, colours, room, inside);
    if (zoom < CITIES_FROM || zoom >= STREETS_FROM) return;
    if (zoom >= PLACES_FROM && !smaller && !isAsked) loadSmaller();
    const cities = zoom >= PLACES_FROM && smaller ? smaller : labels.cities;
    writeCities(context, frame, colours, { room, inside, cities, said });
  });

  layer.load = async function load() {
    /** @type {Labels} */
    const given = await want("labels");
    labels = given;
    nameCities(given);
    document.documentElement.dataset.names = "true";
    if (layer._map) layer.redrawSoon();
  };
  layer.isThere = () => have("labels") !== undefined;
  return layer;
}

/**
 * The names that are shown, for the same cities in another list: as populous and named alike.
 *
 * @param {Cities} from
 * @param {Cities} to
 */
function shownAlike(from, to) {
  const key = (/** @type {Cities} */ cities, /** @type {number} */ i) => cities.name[i] + "/" + cities.thousands[i];
  const shown = new Map([...(from.shown || [])].map(([i, name]) => [key(from, i), name]));
  /** @type {Map<number, string>} */
  const named = new Map();
  to.name.forEach((_, i) => {
    const name = shown.get(key(to, i));
    if (name) named.set(i, name);
  });
  return named;
}

/**
 * Places of the search file on the grid of the labels.
 *
 * @param {any} file
 * @returns {Cities}
 */
function gridded(file) {
  const side = 2 ** (GRID - 8);
  const x = [];
  const y = [];
  for (let i = 0; i < file.name.length; i++) {
    const at = L.CRS.EPSG3857.latLngToPoint(
      L.latLng(file.lat[i] / file.parts, file.lon[i] / file.parts),
      0,
    );
    x.push(at.x * side);
    y.push(at.y * side);
  }
  return { name: file.name, x, y, thousands: file.thousands };
}
