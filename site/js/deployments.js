/* Deployments: systems in use somewhere, as rings with their own count. They are what sources say
   of a place; no camera is drawn or counted from them. */

import { MapCanvas } from "./canvas.js";
import { filter } from "./filter.js";
import { marks } from "./marks.js";
import { t } from "./words.js";

const RING = 9;
const SMALL = 6; // on a view of half the world
const WIDE = 4; // up to this zoom rings are small and only the largest are labelled
const LABELS = 10;
const FAINT = 0.15; // of a ring that the filter leaves out
/* Where a label may stand, the best place first: right, left, above or below, and how far down. */
/** @type {[number, number][]} */
const SIDES = [
  [1, 0],
  [-1, 0],
  [1, -12],
  [1, 12],
  [-1, -12],
  [-1, 12],
  [0, -22],
  [0, 22],
  [1, -24],
  [1, 24],
];

/** @param {Deployment[]} deployments */
function label(deployments) {
  const [deployment] = deployments;
  const { place, headline } = deployment;
  const text = headline ? place + ": " + headline.label : place;
  return deployments.length > 1 ? text + " " + t("deployment.more", { n: deployments.length - 1 }) : text;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {Colours} colours
 * @param {boolean} chosen
 * @param {number} strength
 */
function drawRing(context, x, y, r, colours, chosen, strength) {
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
  context.lineWidth = chosen ? 3.5 : 2.5;
  context.stroke();
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}

/**
 * Write a label beside its ring, on the side where nothing lies under it; else not at all.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {Spot} spot
 * @param {Colours} colours
 * @param {{taken: Rectangle[], inside: {left: number, right: number}}} room
 */
function drawLabel(context, text, spot, colours, { taken, inside }) {
  const { x, y, r } = spot;
  const width = context.measureText(text).width + 10;
  const clear = (/** @type {Rectangle} */ box) =>
    box.left > inside.left &&
    box.right < inside.right &&
    !taken.some(
      (other) =>
        box.left < other.right &&
        other.left < box.right &&
        box.top < other.bottom &&
        other.top < box.bottom,
    );
  const box = SIDES.map(([across, down]) => {
    const left = across > 0 ? x + r + 4 : across < 0 ? x - r - 4 - width : x - width / 2;
    return { left, right: left + width, top: y + down - 10, bottom: y + down + 10 };
  }).find(clear);
  if (!box) return false;
  taken.push(box);
  context.fillStyle = colours.paper;
  context.globalAlpha = 0.9;
  context.beginPath();
  context.roundRect(box.left, box.top, width, 20, 3);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colours.deployment;
  context.fillText(text, box.left + 5, box.top + 10.5);
  return true;
}

/**
 * @param {ColoursNow} coloursNow
 * @param {() => Spot[]} obstacles
 */
export function deploymentLayer(coloursNow, obstacles) {
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

  /**
   * Whether a system is shown in full: by the filter, or by what the pointer previews.
   *
   * @param {Deployment} deployment
   */
  function passes(deployment) {
    if (previewed === null) return filter.letsSystem(deployment);
    return deployment.suppliers.some(({ supplier_id: id }) => id === previewed);
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
    const found = [];
    const r = frame.zoom <= WIDE ? SMALL : RING;
    const ordered = [...list.filter(passes), ...list.filter((one) => !passes(one))];
    for (const deployment of ordered) {
      if (deployment.lon_deg === null) continue;
      const at = layer._map.project([deployment.lat_deg, deployment.lon_deg], frame.zoom);
      const y = at.y - frame.drawn.min.y;
      const first = (((at.x - frame.drawn.min.x) % world) + world) % world;
      for (let x = first - world; x < width + RING; x += world) {
        if (x < -RING) continue;
        const near = found.find((spot) => Math.hypot(spot.x - x, spot.y - y) < 1.8 * r);
        if (near) near.deployments.push(deployment);
        else found.push({ x, y, r, deployments: [deployment], isFaint: !passes(deployment) });
      }
    }
    return found;
  }

  const layer = new MapCanvas("wc-deployments", 405, (/** @type {CanvasRenderingContext2D} */ context, /** @type {Frame} */ frame) => {
    const colours = coloursNow();
    frameNow = frame;
    spots = spotsOf(frame);
    for (const { x, y, r, deployments, isFaint } of [...spots].reverse()) {
      const isChosen = deployments.some(({ id }) => id === chosen);
      drawRing(context, x, y, r, colours, isChosen, isFaint && !isChosen ? FAINT : 1);
    }
    context.font = "600 12px " + marks.font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    drawLabels(context, frame, colours);
  });

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Colours} colours
   */
  function drawLabels(context, frame, colours) {
    const taken = [...spots, ...obstacles()].map(({ x, y, r }) => ({
      left: x - r,
      right: x + r,
      top: y - r,
      bottom: y + r,
    }));
    const inside = {
      left: frame.view.min.x - frame.drawn.min.x,
      right: frame.view.max.x - frame.drawn.min.x,
    };
    let left = frame.zoom <= WIDE ? LABELS : Infinity;
    for (const spot of spots) {
      if (left === 0) return;
      if (spot.isFaint) continue;
      if (spot.x < inside.left || spot.x > inside.right) continue;
      if (frame.zoom <= WIDE && !spot.deployments[0].headline) continue;
      if (drawLabel(context, label(spot.deployments), spot, colours, { taken, inside })) left--;
    }
  }

  layer.show = (/** @type {Deployment[]} */ deployments) => {
    const size = (/** @type {Deployment} */ deployment) => deployment.headline ? deployment.headline.size : 0;
    list = [...deployments].sort((a, b) => size(b) - size(a));
    layer.redraw();
  };
  layer.choose = (/** @type {string | null} */ id) => {
    chosen = id;
    layer.redrawSoon();
  };
  layer.all = () => list;
  layer.passing = () => list.filter((deployment) => filter.letsSystem(deployment));

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
    const points = list
      .filter(({ lat_deg: lat }) => lat !== null)
      .filter(({ suppliers }) => suppliers.some(({ supplier_id: id }) => id === supplierId))
      .map(({ lat_deg: lat, lon_deg: lon }) => [lat, lon]);
    if (points.length === 0) return;
    layer._map.fitBounds(points, { animate: false, padding: [40, 40], maxZoom: 7 });
  };
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
