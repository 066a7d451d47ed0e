/* A route drawn on the map or loaded from a file, and how much of it cameras can see. Everything is
   reckoned here: once the tool is open it loads nothing more, so that no server, not even the one
   this page lies on, hears where somebody walks. */

import { MapCanvas } from "./canvas.js";
import { byId, dataText, el, fillNode } from "./dom.js";
import { exposureOf, piecesOf } from "./route_exposure.js";
import { camerasNear, readRouteColumns } from "./route_cameras.js";
import { readRoute } from "./route_reading.js";
import { selectPage } from "./select_event.js";
import { isNarrow } from "./sheet.js";
import { sayMissing } from "./tool_problem.js";
import { formatNumber, t } from "./words.js";

const EARTH_M = 2 * Math.PI * 6371008.8;
const SHOWN = 12;
const USUAL = { reach: 30, viewAngle: 60, speed: 5 };
const LIMITS = { reach: [1, 1000], viewAngle: [1, 359], speed: [0.5, 300] };

/**
 * The canvas of the route: the line, and on it what is in view and what perhaps.
 *
 * @param {{pieces: RoutePieces | null, looking: Looking[]}} state
 * @param {[number, number][]} corners of the line that is being drawn
 * @param {Theme} theme
 */
function routeLayer(state, corners, theme) {
  return new MapCanvas(
    "wc-route",
    420,
    (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
      const colours = theme.colours();
      const world = 256 * 2 ** frame.zoom;
      const at = (/** @type {{x: number, y: number}} */ { x, y }, /** @type {number} */ share) => [
        (x / EARTH_M + 0.5 + share) * world - frame.drawn.min.x,
        (0.5 - y / EARTH_M) * world - frame.drawn.min.y,
      ];
      const stroke = (
        /** @type {RoutePart[]} */ parts,
        /** @type {string} */ colour,
        /** @type {number} */ width,
      ) => {
        context.strokeStyle = colours[colour];
        context.lineWidth = width;
        context.lineCap = "round";
        context.beginPath();
        // The world goes on: a route across 180 degrees is drawn on both of its ends.
        for (const copy of [-1, 0, 1]) {
          for (const { piece, low, high } of parts) {
            const along = (/** @type {number} */ share) => ({
              x: piece.start.x + share * (piece.end.x - piece.start.x),
              y: piece.start.y + share * (piece.end.y - piece.start.y),
            });
            const [x0, y0] = at(along(low), copy);
            const [x1, y1] = at(along(high), copy);
            context.moveTo(x0, y0);
            context.lineTo(x1, y1);
          }
        }
        context.stroke();
      };
      const whole = state.pieces ? state.pieces.pieces.map((piece) => ({ piece, low: 0, high: 1 })) : [];
      stroke(whole, "paper", 9);
      stroke(whole, "ink-2", 3);
      stroke(state.looking.filter((one) => !one.isFacing).flatMap((one) => one.parts), "ink-3", 6);
      stroke(state.looking.filter((one) => one.isFacing).flatMap((one) => one.parts), "accent", 6);
      if (corners.length !== 1) return;
      const [only] = corners;
      const point = L.CRS.EPSG3857.latLngToPoint(L.latLng(only[1], only[0]), frame.zoom);
      context.beginPath();
      context.arc(point.x - frame.drawn.min.x, point.y - frame.drawn.min.y, 5, 0, 2 * Math.PI);
      context.fillStyle = colours.accent;
      context.fill();
    },
  );
}

/**
 * @param {number} metres
 * @param {number} speed
 */
function amount(metres, speed) {
  return {
    metres: Math.round(metres),
    minutes: Math.round((metres * 600) / (speed * 1000)) / 10,
  };
}

/**
 * @param {string} title
 * @param {SharedExposure[]} rows
 */
function table(title, rows) {
  const cell = (/** @type {number} */ value) => el("td", { class: "tabular" }, formatNumber(Math.round(value)));
  return [
    el("h3", null, title),
    el(
      "table",
      { class: "route-table" },
      el(
        "thead",
        null,
        el(
          "tr",
          null,
          ["route.name", "route.cameras", "route.metres", "route.perhaps_metres"].map((key) =>
            el("th", { scope: "col" }, t(key)),
          ),
        ),
      ),
      el(
        "tbody",
        null,
        rows
          .slice(0, SHOWN)
          .map((row) =>
            el(
              "tr",
              null,
              el("th", { scope: "row" }, row.name ? dataText(row.name) : t("route.not_known")),
              cell(row.facing + row.perhaps),
              cell(row.inView),
              cell(row.perhapsMetres),
            ),
          ),
      ),
    ),
  ];
}

/**
 * Make the tool; what is returned opens it.
 *
 * @param {ToolPage} page
 */
export function routeTool({ map, meta, makers, ready, want, drop, theme }) {
  /** @type {[number, number][]} */
  const corners = [];
  /** @type {ReadRoute} */
  let route = { parts: [], leftOut: 0 };
  /** @type {{pieces: RoutePieces | null, looking: Looking[]}} */
  const state = { pieces: null, looking: [] };
  const assumed = { ...USUAL };
  /** @type {RouteColumns | null} */
  let columns = null;
  /** @type {Store | null} */
  let store = null;
  const layer = routeLayer(state, corners, theme);
  const answer = el("div", { class: "route-answer", role: "status" });
  const problem = el("p", { class: "missing", role: "alert" });
  const missing = el("p", { class: "missing", role: "alert" });
  const draw = el("button", { type: "button", "aria-pressed": "false", onclick: toggleDrawing });
  const isDrawing = () => document.documentElement.dataset.drawing === "true";

  function told() {
    if (!store || !route.parts.length) {
      Object.assign(state, { pieces: null, looking: [] });
      return [el("p", null, t("route.none"))];
    }
    const pieces = piecesOf(route.parts);
    const length = el("p", null, t("route.length", amount(pieces.length, assumed.speed)));
    if (!columns) {
      // Without the precisions a camera that is placed roughly would count as one that faces the way.
      Object.assign(state, { pieces, looking: [] });
      return [length];
    }
    const { visibility } = store;
    const indoor = meta.visibilities.findIndex(({ id }) => id === "indoor");
    const isOutdoors = (/** @type {number} */ row) => visibility[row] !== indoor;
    const near = camerasNear(pieces, assumed.reach, { store, makers, columns }, isOutdoors);
    const { total, byMaker, byOperator, looking } = exposureOf(pieces, near, assumed);
    Object.assign(state, { pieces, looking });
    return [
      length,
      el(
        "p",
        { class: "place-count" },
        el("b", null, t("route.in_view", amount(total.inView, assumed.speed))),
        el("br"),
        t("route.facing", { n: total.facing }),
      ),
      el(
        "p",
        null,
        t("route.perhaps", amount(total.perhapsMetres, assumed.speed)),
        el("br"),
        t("route.unknown", { n: total.perhaps }),
      ),
      route.leftOut ? el("p", { class: "list-note" }, t("route.left_out", { n: route.leftOut })) : null,
      byMaker.length ? [table(t("route.by_maker"), byMaker), table(t("route.by_operator"), byOperator)] : null,
    ];
  }

  function showAnswer() {
    fillNode(
      answer,
      told(),
      el("p", { class: "list-note" }, t("route.definition", { reach: assumed.reach, angle: assumed.viewAngle })),
    );
    fillNode(draw, t(isDrawing() ? "route.draw_end" : "route.draw"));
    draw.setAttribute("aria-pressed", String(isDrawing()));
    layer.redrawSoon();
  }

  /** @param {ReadRoute} next */
  function take(next) {
    route = next;
    fillNode(problem);
    showAnswer();
  }

  /** @param {{lat: number, lng: number}} at */
  function addCorner(at) {
    const { lat, lng } = L.latLng(at.lat, at.lng).wrap();
    corners.push([lng, lat]);
    take({ parts: corners.length > 1 ? [[...corners]] : [], leftOut: 0 });
  }

  function clear() {
    corners.length = 0;
    take({ parts: [], leftOut: 0 });
  }

  function toggleDrawing() {
    if (isDrawing()) delete document.documentElement.dataset.drawing;
    else {
      document.documentElement.dataset.drawing = "true";
      if (!corners.length) clear();
    }
    showAnswer();
  }

  /** @param {Event} event */
  async function load(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files && input.files[0];
    if (!file) return;
    try {
      const read = readRoute(await file.text());
      corners.length = 0;
      take(read);
    } catch {
      fillNode(problem, t("route.failed", { name: file.name }));
    }
    input.value = ""; // the same file again is a change too
  }

  function showOnMap() {
    if (!state.pieces) return;
    const places = route.parts.flat().map(([lng, lat]) => [lat, lng]);
    const drawer = byId("drawer").getBoundingClientRect();
    // Beside the drawer, or above it on a narrow screen: what it covers is no part of the view.
    const covered = isNarrow() ? [40, drawer.height + 40] : [drawer.width + 60, 40];
    const isLeft = !isNarrow() && document.dir === "rtl";
    const [paddingTopLeft, paddingBottomRight] = isLeft ? [covered, [40, 40]] : [[40, 40], covered];
    const fit = { animate: false, paddingTopLeft, paddingBottomRight, maxZoom: 17 };
    map.fitBounds(L.latLngBounds(places), fit);
  }

  /**
   * @param {"reach" | "viewAngle" | "speed"} name
   * @param {string} key
   */
  function wish(name, key) {
    const [least, most] = LIMITS[name];
    const step = name === "speed" ? 0.5 : 1;
    const input = el("input", { type: "number", min: least, max: most, step, value: assumed[name] });
    input.addEventListener("change", () => {
      const value = Number(input.value);
      if (!input.validity.valid || !(value >= least && value <= most)) {
        input.value = String(assumed[name]);
        return;
      }
      assumed[name] = value;
      showAnswer();
    });
    return el("label", { class: "route-wish" }, el("span", null, t(key)), input);
  }

  function body() {
    const button = (/** @type {string} */ key, /** @type {() => void} */ onclick) =>
      el("button", { type: "button", onclick }, t(key));
    return [
      el(
        "p",
        { class: "actions" },
        draw,
        button("route.centre", () => addCorner(map.getCenter())),
        button("route.undo", () => {
          if (!corners.length) return; // a loaded route has no last corner
          corners.pop();
          take({ parts: corners.length > 1 ? [[...corners]] : [], leftOut: 0 });
        }),
        button("route.clear", clear),
      ),
      el(
        "label",
        { class: "route-wish" },
        el("span", null, t("route.load")),
        el("input", { type: "file", accept: ".gpx,.geojson,.json", onchange: load }),
      ),
      missing,
      problem,
      wish("reach", "route.reach"),
      wish("viewAngle", "route.angle"),
      wish("speed", "route.speed"),
      el("p", { class: "actions" }, button("route.show", showOnMap)),
      el("p", { class: "list-note" }, t("route.show_note")),
      answer,
    ];
  }

  async function open() {
    store = await ready;
    if (!columns) {
      // All columns at once: the details of single cameras would tell which street is meant.
      try {
        columns = await readRouteColumns(await want("route"));
        drop("route");
        fillNode(missing);
      } catch {
        sayMissing(missing, "route.no_columns", open);
      }
    }
    if (!layer._map) layer.addTo(map);
    selectPage({ title: t("route.title"), under: t("route.under"), body: body() });
    showAnswer();
    document.documentElement.dataset.route = "ready";
  }

  map.on("click", (/** @type {any} */ event) => {
    if (isDrawing()) addCorner(event.latlng);
  });
  theme.onChange(() => layer._map && layer.redrawSoon());
  return open;
}
