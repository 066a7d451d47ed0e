/* Deployments: systems in use somewhere, as rings with their own count. They are what sources say
   of a place; no camera is drawn or counted from them. */

import { MapCanvas } from "./canvas.js";
import { filter } from "./filter.js";
import { marks } from "./marks.js";
import { t } from "./words.js";

const RING = 9;
const SMALL = 5; // on a view of half the world
const WIDE = 5; // up to this zoom rings are small, join, and only the largest are labelled
const LABELS = 12;
const FAINT = 0.15; // of a ring that the filter leaves out
const JOIN = 18; // pixels: systems nearer to each other share a ring on a wide view

/** @param {Deployment[]} deployments */
function label(deployments) {
  const [deployment] = deployments;
  const { place, headline } = deployment;
  const text = headline ? place + ": " + headline.label : place;
  return deployments.length > 1 ? text + " " + t("deployment.more", { n: deployments.length - 1 }) : text;
}

/** The same for the map itself, where there is little room: a count stands there from the view of a
    region on, where it needs no word beside it (planned, announced). The systems that share a ring
    are a number in it, and a lone count among the names of the world would look like a rank.
 *
 * @param {Deployment[]} deployments
 * @param {boolean} isWide
 */
function shortLabel(deployments, isWide) {
  const [{ place, headline }] = deployments;
  if (isWide || deployments.length > 1 || !headline || headline.label.includes("(")) return place;
  return place + ": " + headline.label;
}

/**
 * The radius of a ring: a number has to fit where several systems share one.
 *
 * @param {number} zoom
 * @param {number} n
 */
function ringRadius(zoom, n) {
  if (zoom > WIDE) return RING;
  return n > 1 ? 7 + Math.min(6, 1.6 * Math.log10(n) * 2) : SMALL;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Ring} ring
 * @param {Colours} colours
 * @param {boolean} chosen
 * @param {number} strength
 */
function drawRing(context, ring, colours, chosen, strength) {
  const { x, y, r, deployments } = ring;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.globalAlpha = 0.75 * strength;
  context.fill();
  context.fillStyle = colours.deployment;
  context.globalAlpha = 0.14 * strength;
  context.fill();
  context.globalAlpha = strength;
  context.strokeStyle = chosen ? colours.accent : colours.deployment;
  context.lineWidth = chosen ? 3.5 : r > SMALL ? 2.2 : 1.8;
  context.stroke();
  context.fillStyle = colours.deployment;
  if (deployments.length > 1) {
    context.font = "700 " + Math.min(11, Math.round(r * 1.15)) + "px " + marks.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(deployments.length), x, y + 0.5);
  } else {
    context.beginPath();
    context.arc(x, y, r > 6 ? 2 : 1.5, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** @param {ColoursNow} coloursNow */
export function deploymentLayer(coloursNow) {
  /** @type {(() => void)[]} */
  const listeners = [];
  /** @type {Deployment[]} */
  let list = [];
  /** @type {string | null} */
  let chosen = null;
  /** @type {Ring[]} */
  let spots = [];
  /** @type {Frame | null} */
  let frameNow = null;
  /** @type {string | null} */
  let previewed = null;
  /** @type {{zoom: number, points: Map<Deployment, {x: number, y: number}>}} */
  let projected = { zoom: -1, points: new Map() };

  /**
   * Where a system lies in pixels of a zoom; kept, so that a filter projects nothing anew.
   *
   * @param {Deployment} deployment
   * @param {number} zoom
   */
  function pointOf(deployment, zoom) {
    if (projected.zoom !== zoom) projected = { zoom, points: new Map() };
    let point = projected.points.get(deployment);
    if (!point) {
      point = layer._map.project([deployment.lat_deg, deployment.lon_deg], zoom);
      projected.points.set(deployment, /** @type {{x: number, y: number}} */ (point));
    }
    return /** @type {{x: number, y: number}} */ (point);
  }
  /** @type {string | null} */
  let fitWanted = null; // asked for before the systems were there

  /**
   * Whether a system is shown in full: by the filter, or by what the pointer previews.
   *
   * @param {Deployment} deployment
   */
  function passes(deployment) {
    if (previewed === null) return filter.letsSystem(deployment.values);
    return deployment.suppliers.some((one) => one.supplies && one.supplier_id === previewed);
  }

  /**
   * Every ring of a frame with the deployments it stands for, the largest first.
   *
   * @param {Frame} frame
   */
  function spotsOf(frame) {
    const world = 256 * 2 ** frame.zoom;
    const width = frame.drawn.max.x - frame.drawn.min.x;
    /** @type {Ring[]} */
    /** @type {any[]} */
  const found = [];
    const join = frame.zoom <= WIDE ? JOIN : 1.8 * RING;
    /** @type {Deployment[][]} */
    const [full, faint] = [[], []];
    for (const deployment of list) (passes(deployment) ? full : faint).push(deployment);
    for (const [n, deployment] of [...full, ...faint].entries()) {
      if (deployment.lon_deg === null) continue;
      const isFaint = n >= full.length;
      const at = pointOf(deployment, frame.zoom);
      const y = at.y - frame.drawn.min.y;
      const first = (((at.x - frame.drawn.min.x) % world) + world) % world;
      for (let x = first - world; x < width + RING; x += world) {
        if (x < -RING) continue;
        const near = found.find(
          (spot) => spot.isFaint === isFaint && Math.hypot(spot.x - x, spot.y - y) < join,
        );
        if (near) near.deployments.push(deployment);
        else found.push({ x, y, deployments: [deployment], isFaint });
      }
    }
    return found.map((spot) => ({ ...spot, r: ringRadius(frame.zoom, spot.deployments.length) }));
  }

  const layer = new MapCanvas("wc-deployments", 405, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    frameNow = frame;
    spots = spotsOf(frame);
    for (const spot of [...spots].reverse()) {
      const isChosen = spot.deployments.some(({ id }) => id === chosen);
      drawRing(context, spot, colours, isChosen, spot.isFaint && !isChosen ? FAINT : 1);
    }
    for (const listener of listeners) listener();
  });

  /** The rings that may carry a label, the one that matters most first. */
  layer.toLabel = () => {
    if (!frameNow) return [];
    const { view, drawn, zoom } = frameNow;
    const left = view.min.x - drawn.min.x;
    const right = view.max.x - drawn.min.x;
    const isWide = zoom <= WIDE;
    return spots
      .filter((spot) => !spot.isFaint && spot.x > left && spot.x < right)
      .filter(({ deployments }) => !isWide || zoom > 3 || deployments[0].headline)
      .slice(0, isWide ? LABELS : 60)
      .map((spot) => ({ ...spot, text: shortLabel(spot.deployments, isWide) }));
  };
  layer.obstacles = () => spots.filter(({ isFaint }) => !isFaint);
  layer.onDraw = (/** @type {() => void} */ listener) => listeners.push(listener);

  layer.show = (/** @type {Deployment[]} */ deployments) => {
    const size = (/** @type {Deployment} */ deployment) => deployment.headline ? deployment.headline.size : 0;
    list = [...deployments].sort((a, b) => size(b) - size(a));
    layer.redraw();
    if (fitWanted !== null && filter.hasSupplier(fitWanted)) layer.fit(fitWanted);
    fitWanted = null;
  };
  layer.choose = (/** @type {string | null} */ id) => {
    chosen = id;
    layer.redrawSoon();
  };
  layer.isEmpty = () => list.length === 0;
  layer.all = () => list;
  layer.inView = () => {
    const bounds = layer._map.getBounds();
    return list.filter(({ lat_deg: lat, lon_deg: lng }) => lat !== null && bounds.contains([lat, lng]));
  };
  layer.passing = () => list.filter((deployment) => filter.letsSystem(deployment.values));

  /**
   * Show one supplier's systems alone for as long as it is pointed at; null ends it.
   *
   * @param {string | null} supplierId
   */
  layer.preview = (supplierId) => {
    if (previewed === supplierId) return;
    previewed = supplierId;
    layer.redrawSoon();
  };

  /**
   * Bring the systems of a supplier into view.
   *
   * @param {string} supplierId
   */
  layer.fit = (supplierId) => {
    if (list.length === 0) fitWanted = supplierId;
    const points = list
      .filter(({ lat_deg: lat }) => lat !== null)
      .filter(({ suppliers }) => suppliers.some((one) => one.supplies && one.supplier_id === supplierId))
      .map(({ lat_deg: lat, lon_deg: lon }) => [lat, lon]);
    if (points.length === 0) return;
    layer._map.fitBounds(points, { animate: false, padding: [40, 40], maxZoom: 7 });
  };

  /**
   * How many systems of a supplier speak of a whole country, and so have no ring.
   *
   * @param {string} supplierId
   */
  layer.withoutPoint = (supplierId) =>
    list.filter(
      ({ lat_deg: lat, suppliers }) =>
        lat === null && suppliers.some((one) => one.supplies && one.supplier_id === supplierId),
    ).length;
  layer.label = label;

  /**
   * The deployments whose ring lies under a point of the map; empty where there is none.
   *
   * @param {any} latlng
   * @param {boolean} touch
   */
  layer.at = function at(latlng, touch) {
    if (!frameNow) return [];
    const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
    const reach = touch ? 22 : RING + 3;
    const spot = spots.find(
      ({ x, y, isFaint }) => !isFaint && Math.hypot(x - point.x, y - point.y) <= reach,
    );
    return spot ? spot.deployments : [];
  };

  /** The deployments at the same place as one, itself among them. */
  layer.beside = (/** @type {Deployment} */ deployment) =>
    deployment.lon_deg === null
      ? [deployment]
      : list.filter(
          ({ lon_deg: lon, lat_deg: lat }) =>
            lon === deployment.lon_deg && lat === deployment.lat_deg,
        );
  return layer;
}
