/* Single cameras on the canvas: marks, poles with their cones, and what a pointer finds there. */

import { coneLength, drawCones } from "./cones.js";
import { STANDING } from "./groups.js";
import { marks } from "./marks.js";
import { directionsOf } from "./store.js";

const POLES_FROM = 16;
const CONES_FROM = 15;
const CONES_AT_MOST = 4000;
const FAN = 24; // pixels from the pole to a fanned mark

/**
 * The radius of a mark at a zoom.
 *
 * @param {number} zoom
 */
function radius(zoom) {
  return zoom >= 17 ? 8 : zoom === 16 ? 7 : zoom === 15 ? 4.6 : zoom >= 10 ? 3.4 : 2.8;
}

/**
 * Rows as spots: one for a camera alone, one for the cameras of a pole.
 *
 * @param {Store} store
 * @param {number[]} rows
 * @param {Frame} frame
 * @returns {Place[]}
 */
function spotsOf(store, rows, frame) {
  const px = 2 ** (frame.zoom + 8 - 25);
  const world = 256 * 2 ** frame.zoom;
  const left = ((frame.drawn.min.x % world) + world) % world;
  const at = (/** @type {number} */ row) => {
    let x = (store.x[row] + 0.5) * px - left;
    if (x < 0) x += world;
    return { x, y: (store.y[row] + 0.5) * px - frame.drawn.min.y };
  };
  if (frame.zoom < POLES_FROM) {
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const spots = rows.map((row) => ({ ...at(row), rows: [row] }));
    // A canvas that is wider than the world shows a camera on both copies.
    const again = spots.filter(({ x }) => x + world < width);
    return [...spots, ...again.map((spot) => ({ ...spot, x: spot.x + world }))];
  }
  const poles = new Map();
  for (const row of rows) {
    const pole = store.poleOf[row];
    const spot = poles.get(pole);
    if (spot) spot.rows.push(row);
    else poles.set(pole, { ...at(row), rows: [row] });
  }
  return [...poles.values()];
}

/**
 * @param {Store} store
 * @param {number} row
 */
function heading(store, row) {
  const first = store.direction[row];
  return first >= 254 ? null : first * 2;
}

/**
 * Where the marks of an opened pole stand: towards their direction, and never on each other.
 *
 * @param {Store} store
 * @param {Place} spot
 */
function fan(store, spot) {
  const apart = Math.min(60, 360 / spot.rows.length);
  const wishes = spot.rows.map((row, i) => ({ row, wish: heading(store, row) ?? i * apart }));
  wishes.sort((a, b) => a.wish - b.wish);
  for (let i = 1; i < wishes.length; i++) {
    wishes[i].wish = Math.max(wishes[i].wish, wishes[i - 1].wish + apart);
  }
  // what was pushed beyond a full turn shares the whole circle evenly
  const turn = wishes[wishes.length - 1].wish - wishes[0].wish;
  const even = turn > 360 - apart;
  return wishes.map(({ row, wish }, i) => {
    const degrees = even ? wishes[0].wish + (i * 360) / wishes.length : wish;
    const angle = ((degrees - 90) * Math.PI) / 180;
    return { row, x: spot.x + Math.cos(angle) * FAN, y: spot.y + Math.sin(angle) * FAN };
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Store} store
 * @param {Place} spot
 * @param {ClosedLook} view
 */
function drawSpotCones(context, store, spot, view) {
  for (const row of spot.rows) {
    const code = store.direction[row];
    if (code === 255) continue;
    drawCones(context, {
      x: spot.x,
      y: spot.y,
      from: spot.rows.length > 1 ? 6 : view.r * 0.8,
      length: coneLength(view.zoom) + view.r,
      directions: directionsOf(store, row),
      angle: store.angle[row] * 2,
      allRound: code === 254 || store.angle[row] >= 180,
      colour: view.colours[row === view.chosen ? "accent" : marks.colourName(store.vendor[row])],
      chosen: row === view.chosen,
    });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Place} spot
 * @param {Colours} colours
 * @param {number} r
 */
function drawPole(context, spot, colours, r) {
  context.beginPath();
  context.arc(spot.x, spot.y, r, 0, 2 * Math.PI);
  context.fillStyle = colours["camera-fill"];
  context.strokeStyle = colours.camera;
  context.lineWidth = 2;
  context.fill();
  context.stroke();
  if (r < 6.5) return;
  context.fillStyle = colours.camera;
  context.font = "700 " + Math.round(r * 1.35) + "px " + marks.font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(spot.rows.length), spot.x, spot.y + 0.5);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {Colours} colours
 */
function drawChosen(context, x, y, r, colours) {
  context.beginPath();
  context.arc(x, y, r + 5, 0, 2 * Math.PI);
  context.strokeStyle = colours.accent;
  context.lineWidth = 3;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Store} store
 * @param {number} row
 * @param {number} x
 * @param {number} y
 * @param {ClosedLook} view
 */
function drawMark(context, store, row, x, y, view) {
  const stands = STANDING.includes(store.lifecycle[row]);
  const mark = stands ? marks.draw : marks.drawNotStanding;
  mark(context, view.colours, store.kind[row], store.vendor[row], x, y, view.r);
  if (row === view.chosen) drawChosen(context, x, y, view.r, view.colours);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Store} store
 * @param {Place} spot
 * @param {ClosedLook} view
 * @param {Hit[]} hits
 */
function drawFan(context, store, spot, view, hits) {
  for (const mark of fan(store, spot)) {
    context.beginPath();
    context.moveTo(spot.x, spot.y);
    context.lineTo(mark.x, mark.y);
    context.strokeStyle = view.colours["ink-3"];
    context.lineWidth = 1;
    context.stroke();
    drawMark(context, store, mark.row, mark.x, mark.y, view);
    hits.push({ ...mark, r: view.r, rows: [mark.row], pole: store.poleOf[mark.row] });
  }
}

/**
 * Draw rows of the store; give what can be pointed at, the topmost last.
 *
 * `chosen` is the selected row or -1, `open` the pole under the pointer or -1.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Store} store
 * @param {number[]} rows
 * @param {Look} look
 */
export function drawSpots(context, frame, store, rows, look) {
  const view = { ...look, zoom: frame.zoom, r: radius(frame.zoom) };
  const spots = spotsOf(store, rows, frame);
  /** @type {Hit[]} */
  const hits = [];
  if (frame.zoom >= CONES_FROM && rows.length <= CONES_AT_MOST) {
    for (const spot of spots) drawSpotCones(context, store, spot, view);
  }
  const opened = [];
  for (const spot of spots) {
    const pole = store.poleOf[spot.rows[0]];
    hits.push({ ...spot, r: view.r, pole: spot.rows.length > 1 ? pole : -1 });
    if (spot.rows.length === 1) drawMark(context, store, spot.rows[0], spot.x, spot.y, view);
    else if (pole === look.open || spot.rows.includes(look.chosen)) opened.push(spot);
    else drawPole(context, spot, view.colours, view.r);
  }
  for (const spot of opened) {
    drawPole(context, spot, view.colours, 3.5);
    drawFan(context, store, spot, view, hits);
  }
  return hits;
}
