/* Streets, water and buildings around cameras, from the same extract, in tiles of zoom 13. */

import { drop, unpack, want } from "./data_loader.js";
import { notice } from "./notice.js";
import { drawStreetNames } from "./street_names.js";
import { t } from "./words.js";

const FROM_ZOOM = 11;
const NAMES_FROM = 16;
const TILES_AT_ONCE = 80;
const AREAS = new Set(["water_area", "green", "building"]);
const ORDER = [
  "green",
  "water_area",
  "water_line",
  "building",
  "path",
  "rail",
  "street_minor",
  "street_major",
];

/* Widths in pixels by zoom 11 to 19. */
/** @type {Record<string, number[]>} */
const WIDTHS = {
  street_major: [1, 1.4, 2, 2.8, 4, 6.5, 10, 15, 22],
  street_minor: [0, 0, 0.8, 1.2, 1.8, 3.2, 6, 10, 16],
  path: [0, 0, 0, 0.6, 0.8, 1, 1.4, 2, 3],
  rail: [0.4, 0.6, 0.8, 0.9, 1, 1.2, 1.5, 2, 2.5],
  water_line: [0.5, 0.6, 0.8, 1, 1.4, 2, 3, 4, 6],
};
/** @type {Record<string, string>} */
/** @type {Record<string, string>} */
const COLOURS = {
  street_major: "street-1",
  street_minor: "street-2",
  path: "street-3",
  rail: "rail",
  water_line: "water",
  water_area: "water",
  green: "green",
  building: "building",
};

/**
 * One path for each kind, and the named larger streets, in the tile's own units.
 *
 * @param {{shapes: number[][], kinds: string[], names: string[]}} payload
 */
function readTile(payload) {
  /** @type {StreetTile} */
  const tile = { paths: {}, named: [] };
  for (const kind of ORDER) tile.paths[kind] = null;
  for (const shape of payload.shapes) {
    const kind = payload.kinds[shape[0]];
    const path = tile.paths[kind] || (tile.paths[kind] = new Path2D());
    let x = shape[2];
    let y = shape[3];
    const points = [x, y];
    path.moveTo(x, y);
    for (let i = 4; i < shape.length; i += 2) {
      x += shape[i];
      y += shape[i + 1];
      points.push(x, y);
      path.lineTo(x, y);
    }
    if (AREAS.has(kind)) path.closePath();
    else if (kind.startsWith("street_") && payload.names[shape[1]]) {
      tile.named.push({ name: payload.names[shape[1]], major: kind === "street_major", points });
    }
  }
  return tile;
}

/**
 * @param {number} x
 * @param {number} y
 */
function key(x, y) {
  return x + "-" + y;
}

/**
 * @param {Meta} meta
 * @param {() => void} redraw
 */
export function streetLayer(meta, redraw) {
  /** @type {Map<string, StreetTile | null>} */
  const tiles = new Map();
  /** @type {Set<string>} */
  const failed = new Set();
  /** @type {Set<string> | null} */
  let index = null;
  let asked = false;

  async function readIndex() {
    asked = true;
    try {
      index = new Set((await want("context/index")).tiles);
      redraw();
    } catch {
      notice.failed(t("error.streets"), () => {
        asked = false;
        redraw();
      });
    }
  }

  /** @param {string} name */
  async function fetchTile(name) {
    tiles.set(name, null);
    try {
      const file = "context/13-" + name;
      const bytes = await unpack((await want(file)).gz);
      drop(file);
      tiles.set(name, readTile(JSON.parse(new TextDecoder().decode(bytes))));
      performance.mark("wc-streets");
      failed.delete(name);
      redraw();
    } catch {
      tiles.delete(name);
      failed.add(name);
      notice.failed(t("error.streets"), () => {
        failed.clear();
        redraw();
      });
    }
  }

  /**
   * The tiles under a frame, as far as they exist; asks for those not there yet.
   *
   * @param {Frame} frame
   * @param {Set<string>} existing
   */
  function tilesIn(frame, existing) {
    const side = 256 * 2 ** (frame.zoom - 13);
    const names = [];
    for (let x = Math.floor(frame.drawn.min.x / side); x <= frame.drawn.max.x / side; x++) {
      for (let y = Math.floor(frame.drawn.min.y / side); y <= frame.drawn.max.y / side; y++) {
        if (existing.has(key(x, y))) names.push({ name: key(x, y), x, y });
      }
    }
    if (names.length > TILES_AT_ONCE) return [];
    for (const { name } of names) if (!tiles.has(name) && !failed.has(name)) fetchTile(name);
    return names.filter(({ name }) => tiles.get(name));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} kind
   * @param {Path2D} path
   * @param {Colours} colours
   * @param {number} zoom
   * @param {number} scale
   */
  function drawKind(context, kind, path, colours, zoom, scale) {
    if (AREAS.has(kind)) {
      if (kind === "building" && zoom < 14) return;
      context.fillStyle = colours[COLOURS[kind]];
      context.fill(path, "evenodd");
      return;
    }
    const width = WIDTHS[kind][Math.min(19, zoom) - FROM_ZOOM];
    if (!width) return;
    context.strokeStyle = colours[COLOURS[kind]];
    context.lineWidth = width / scale;
    context.stroke(path);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Colours} colours
   */
  function draw(context, frame, colours) {
    if (meta.context.choice === "none" || frame.zoom < FROM_ZOOM) return;
    if (!index) {
      if (!asked) readIndex();
      return;
    }
    const there = tilesIn(frame, index);
    const scale = 2 ** (frame.zoom + 8 - 25);
    context.lineJoin = "round";
    context.lineCap = "round";
    for (const kind of ORDER) {
      for (const { name, x, y } of there) {
        const path = tileOf(name).paths[kind];
        if (!path) continue;
        place(context, frame, x, y, scale);
        drawKind(context, kind, path, colours, frame.zoom, scale);
      }
    }
    context.lineCap = "butt";
    context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    if (frame.zoom >= NAMES_FROM) {
      drawStreetNames(context, frame, colours, namedIn(there, frame, scale));
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {number} x
   * @param {number} y
   * @param {number} scale
   */
  function place(context, frame, x, y, scale) {
    const side = 4096 * scale;
    const { ratio, drawn } = frame;
    context.setTransform(
      scale * ratio,
      0,
      0,
      scale * ratio,
      (x * side - drawn.min.x) * ratio,
      (y * side - drawn.min.y) * ratio,
    );
  }

  /**
   * A tile that `tilesIn` has found there.
   *
   * @param {string} name
   */
  function tileOf(name) {
    return /** @type {StreetTile} */ (tiles.get(name));
  }

  /**
   * @param {TileAt[]} there
   * @param {Frame} frame
   * @param {number} scale
   */
  function namedIn(there, frame, scale) {
    const out = [];
    for (const { name, x, y } of there) {
      const left = x * 4096 * scale - frame.drawn.min.x;
      const top = y * 4096 * scale - frame.drawn.min.y;
      for (const street of tileOf(name).named) {
        if (!street.major && frame.zoom < NAMES_FROM + 1) continue;
        out.push({ ...street, left, top, scale });
      }
    }
    return out;
  }

  return { draw, isThere: meta.context.choice !== "none" };
}
