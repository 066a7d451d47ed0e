/* The question which of the roads into a town pass a plate reader. Everything is reckoned here, from
   one file of all roads of the build: no server, not even the one this page lies on, hears which town
   is meant. */

import { MapCanvas } from "./canvas.js";
import { cordonOf, readRoads } from "./cordon.js";
import { circleDrawing } from "./circle_drawing.js";
import { cordonAnswer } from "./cordon_answer.js";
import { byId, el, fillNode } from "./dom.js";
import { camerasNear, readRouteColumns } from "./route_cameras.js";
import { selectPage } from "./select_event.js";
import { isNarrow } from "./sheet.js";
import { sayMissing } from "./tool_problem.js";
import { nextTurn } from "./turns.js";
import { t } from "./words.js";

const EQUATOR_M = 2 * Math.PI * 6371008.8;
const RADIUS_KM = 3;
const USUAL = { reach: 30, viewAngle: 60 };
const LIMITS = { radius: [0.1, 100], reach: [1, 1000], viewAngle: [1, 359] };
const DOT = 6;

/**
 * The canvas of the circle and of where roads cross it: full where a road passes a reader, half full
 * where perhaps, hollow where it does not; so that colour is not needed.
 *
 * @param {{town: CordonTown, cordon: Cordon | null}} state
 * @param {Theme} theme
 */
function cordonLayer(state, theme) {
  return new MapCanvas(
    "wc-cordon",
    421,
    (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
      const colours = theme.colours();
      const at = (/** @type {number} */ lon, /** @type {number} */ lat) =>
        L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), frame.zoom).subtract(frame.drawn.min);
      const { lon, lat, radius } = state.town;
      const middle = at(lon, lat);
      const pixels = 256 * 2 ** frame.zoom;
      const reach = (radius * pixels) / (EQUATOR_M * Math.cos((lat * Math.PI) / 180));
      context.beginPath();
      context.arc(middle.x, middle.y, reach, 0, 2 * Math.PI);
      context.lineWidth = 5;
      context.strokeStyle = colours.paper;
      context.stroke();
      context.lineWidth = 2;
      context.strokeStyle = colours["ink-2"];
      context.stroke();
      for (const road of state.cordon ? state.cordon.roads : []) {
        const { x, y } = at(road.lon, road.lat);
        context.beginPath();
        context.arc(x, y, DOT, 0, 2 * Math.PI);
        context.fillStyle = road.passes ? colours.accent : colours.paper;
        context.fill();
        context.strokeStyle = road.passes ? colours.accent : colours["ink-2"];
        context.stroke();
        if (road.passes || !road.perhaps) continue;
        context.beginPath();
        context.arc(x, y, DOT / 2, 0, 2 * Math.PI);
        context.fillStyle = colours["ink-3"];
        context.fill();
      }
    },
  );
}

/**
 * Make the tool; what is returned opens it at a place, or in the middle of the map.
 *
 * @param {ToolPage} page
 */
export function cordonTool({ map, meta, makers, ready, want, drop, theme }) {
  const assumed = { ...USUAL };
  /** @type {{town: CordonTown, cordon: Cordon | null}} */
  const state = { town: { lon: 0, lat: 0, radius: RADIUS_KM * 1000 }, cordon: null };
  let name = "";
  /** @type {RoadNetwork | null} */
  let network = null;
  /** @type {RouteColumns | null} */
  let columns = null;
  /** @type {Store | null} */
  let store = null;
  const layer = cordonLayer(state, theme);
  const answer = el("div", { class: "route-answer", role: "status" });
  const problem = el("p", { class: "missing", role: "alert" });
  const draw = el("button", { type: "button", "aria-pressed": "false" });
  const radius = wish("radius", "cordon.radius", state.town.radius / 1000, (km) => {
    state.town.radius = km * 1000;
  });
  const circle = circleDrawing(map, take);
  draw.addEventListener("click", () => {
    circle.toggle();
    showButton();
  });

  function showButton() {
    fillNode(draw, t(circle.isDrawing() ? "route.draw_end" : "cordon.draw"));
    draw.setAttribute("aria-pressed", String(circle.isDrawing()));
  }

  /**
   * A circle was drawn: without a radius it was a press alone, which moves the middle.
   *
   * @param {{lat: number, lng: number}} middle
   * @param {number} metres
   * @param {boolean} isDone
   */
  function take(middle, metres, isDone) {
    const { lat, lng } = L.latLng(middle.lat, middle.lng).wrap();
    const [least, most] = LIMITS.radius.map((km) => km * 1000);
    const wanted = metres > 0 ? Math.min(most, Math.max(least, metres)) : state.town.radius;
    // Rounded to what the field shows: the answer is of the number that is read.
    Object.assign(state.town, { lon: lng, lat, radius: Math.round(wanted / 100) * 100 });
    name = "";
    state.cordon = null;
    radius.input.value = String(state.town.radius / 1000);
    layer.redrawSoon();
    showButton();
    if (isDone) showAnswer();
  }

  /** @returns {Child[]} */
  function told() {
    // Without the precisions a reader that is placed roughly would count as one that faces a road.
    if (!network || !store || !columns) return [];
    if (network.state !== "whole") return [el("p", { class: "missing" }, t("cordon." + network.state))];
    const reader = meta.kinds.findIndex(({ id }) => id === "plate_reader");
    const release = { store, makers, columns };
    const isReader = (/** @type {number} */ row) => release.store.kind[row] === reader;
    state.cordon = cordonOf(
      network,
      state.town,
      (pieces) => camerasNear(pieces, assumed.reach, release, isReader),
      assumed,
    );
    return cordonAnswer(state.cordon, state.town, assumed);
  }

  async function showAnswer() {
    await nextTurn(); // the button answers first
    fillNode(answer, told());
    fillNode(byId("drawer-title"), title());
    layer.redrawSoon();
  }

  function title() {
    return name ? t("cordon.title_place", { name }) : t("cordon.title");
  }

  /**
   * @param {"radius" | "reach" | "viewAngle"} limit
   * @param {string} key
   * @param {number} usual
   * @param {(value: number) => void} set
   */
  function wish(limit, key, usual, set) {
    const [least, most] = LIMITS[limit];
    const step = limit === "radius" ? 0.1 : 1;
    const input = el("input", { type: "number", min: least, max: most, step, value: usual });
    let last = input.value;
    input.addEventListener("change", () => {
      const value = Number(input.value);
      if (input.value === "" || !(value >= least && value <= most)) {
        input.value = last;
        return;
      }
      last = input.value;
      set(value);
      showAnswer();
    });
    return { input, label: el("label", { class: "route-wish" }, el("span", null, t(key)), input) };
  }

  function showOnMap() {
    const { lon, lat, radius: metres } = state.town;
    const drawer = byId("drawer").getBoundingClientRect();
    // Beside the drawer, or above it on a narrow screen: what it covers is no part of the view.
    const covered = isNarrow() ? [20, drawer.height + 20] : [drawer.width + 40, 20];
    map.fitBounds(L.latLng(lat, lon).toBounds(2 * metres), {
      animate: false,
      paddingTopLeft: [20, 20],
      paddingBottomRight: covered,
    });
  }

  function body() {
    const button = (/** @type {string} */ key, /** @type {() => void} */ onclick) =>
      el("button", { type: "button", onclick }, t(key));
    const number = (/** @type {"reach" | "viewAngle"} */ wanted, /** @type {string} */ key) =>
      wish(wanted, key, assumed[wanted], (value) => {
        assumed[wanted] = value;
      }).label;
    return [
      radius.label,
      el(
        "p",
        { class: "actions" },
        draw,
        button("cordon.centre", () => take(map.getCenter(), 0, true)),
        button("cordon.show", showOnMap),
      ),
      el("p", { class: "list-note" }, t("route.show_note")),
      problem,
      answer,
      number("reach", "route.reach"),
      number("viewAngle", "route.angle"),
    ];
  }

  /** All roads and all columns at once: parts of them would tell which town is meant. */
  async function load() {
    store = await ready;
    try {
      network = network || (await readRoads(await want("roads")));
      drop("roads");
    } catch {
      sayMissing(problem, "cordon.failed", again);
      return;
    }
    try {
      columns = columns || (await readRouteColumns(await want("route")));
      drop("route");
    } catch {
      sayMissing(problem, "route.no_columns", again);
    }
  }

  function again() {
    const { lon, lat, radius: metres } = state.town;
    open({ lat, lng: lon }, metres, name);
  }

  /**
   * @param {{lat: number, lng: number}} middle
   * @param {number} metres
   * @param {string} called
   */
  async function open(middle, metres, called) {
    fillNode(problem);
    await load();
    const { lat, lng } = L.latLng(middle.lat, middle.lng).wrap();
    Object.assign(state, { town: Object.assign(state.town, { lon: lng, lat, radius: metres }), cordon: null });
    name = called;
    radius.input.value = String(metres / 1000);
    if (!layer._map) layer.addTo(map);
    selectPage({ title: title(), under: t("cordon.under"), body: body() });
    showButton();
    await showAnswer();
    document.documentElement.dataset.cordon = "ready";
  }

  theme.onChange(() => layer._map && layer.redrawSoon());
  return (/** @type {TownReach | null} */ place) =>
    place ? open(place, place.radius, place.name) : open(map.getCenter(), RADIUS_KM * 1000, "");
}
