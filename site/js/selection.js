/* What is selected, and the drawer that tells about it. */

import { cameraPage } from "./camera.js";
import { rowOfCamera } from "./camera_ids.js";
import { deploymentPage } from "./deployment.js";
import { want } from "./data_loader.js";
import { details } from "./details.js";
import { byId, fillNode } from "./dom.js";
import { evidence } from "./evidence.js";
import { notice } from "./notice.js";
import { openTools } from "./open_tools.js";
import { placePage } from "./place_view.js";
import { onSelect, selectCameraById } from "./select_event.js";
import { isNarrow, makeSheet } from "./sheet.js";
import { latlngOf } from "./store.js";
import { t } from "./words.js";

const NOTHING = { row: -1, camera: null, deployment: null, place: null };

/**
 * Listen to what is chosen and show it; the state that is returned says what is open now.
 *
 * @param {{map: LeafletMap, meta: Meta, makers: Maker[], layer: any, rings: any, onChange: () => void,
 *   ready: Promise<Store>}} page
 */
export function startSelection({ map, meta, makers, layer, rings, onChange, ready }) {
  const drawer = byId("drawer");
  /** @type {{row: number, camera: string | null, deployment: string | null, place: string | null}} */
  const state = { ...NOTHING };
  /** @type {HTMLElement | null} */
  let opener = null;
  let turn = 0;
  const sheet = makeSheet(drawer, byId("drawer-grip"), "half");

  /**
   * @param {DrawerPage} page
   * @param {boolean} focus
   */
  function open(page, focus) {
    fillNode(byId("drawer-title"), page.title);
    fillNode(byId("drawer-under"), page.under);
    fillNode(byId("drawer-body"), page.body);
    byId("drawer-body").scrollTop = 0;
    if (drawer.hidden) {
      opener = /** @type {HTMLElement | null} */ (document.activeElement);
      sheet.rest("half");
    }
    drawer.hidden = false;
    delete document.documentElement.dataset.drawing;
    notice.quiet(); // a remark would lie under the drawer
    document.documentElement.dataset.drawer = "open";
    if (focus) byId("drawer-title").focus({ preventScroll: true });
  }

  /** To what opened the drawer; a list may have been drawn anew since. */
  function giveFocusBack() {
    const key = opener && opener.dataset.key;
    /** @type {HTMLElement | null} */
    const again = key
      ? document.querySelector('#pane-list [data-key="' + CSS.escape(key) + '"]')
      : null;
    const target = opener && opener.isConnected ? opener : again || byId("tab-list");
    target.focus({ preventScroll: true });
  }

  function close() {
    if (drawer.hidden) return;
    turn++;
    drawer.hidden = true;
    delete document.documentElement.dataset.drawer;
    delete document.documentElement.dataset.drawing;
    Object.assign(state, { ...NOTHING });
    delete drawer.dataset.row;
    delete drawer.dataset.camera;
    layer.choose(-1);
    rings.choose(null);
    giveFocusBack();
    onChange();
  }

  /** Half of what the drawer covers, as pixels to move the centre by; it lies where lines end. */
  function covered() {
    if (isNarrow()) return L.point(0, map.getSize().y * 0.3);
    return L.point(document.dir === "rtl" ? -190 : 190, 0);
  }

  /**
   * Bring a point into the part of the map that no drawer covers.
   *
   * @param {any} latlng
   * @param {number} zoom
   */
  function reveal(latlng, zoom) {
    const target = Math.max(map.getMinZoom(), zoom);
    const centre = map.unproject(map.project(latlng, target).add(covered()), target);
    map.setView(centre, target, { animate: false });
  }

  /**
   * Move the map where the drawer has come to lie over what it tells about.
   *
   * @param {any} latlng
   */
  function uncover(latlng) {
    const at = map.latLngToContainerPoint(latlng);
    const from = map.getContainer().getBoundingClientRect();
    const box = drawer.getBoundingClientRect();
    const x = at.x + from.left;
    const y = at.y + from.top;
    if (x < box.left - 20 || x > box.right + 20 || y < box.top - 20 || y > box.bottom) return;
    const shift = covered();
    const middle = map.getSize().divideBy(2).subtract(shift);
    map.panBy(at.subtract(isNarrow() ? L.point(at.x, middle.y) : L.point(middle.x, at.y)), {
      animate: false,
    });
  }

  /**
   * @param {number} row
   * @param {boolean} focus
   * @param {boolean} move
   */
  async function showCamera(row, focus, move) {
    const mine = ++turn;
    const store = await ready;
    if (move) reveal(latlngOf(store, row), Math.max(17, map.getZoom()));
    Object.assign(state, { ...NOTHING, row });
    layer.choose(row);
    rings.choose(null);
    /** @type {CameraRecord} */
    let record;
    try {
      record = await details.of(meta, row);
    } catch {
      if (mine === turn) notice.failed(t("error.details"), () => showCamera(row, focus, move));
      return;
    }
    if (mine !== turn) return;
    state.camera = record.camera_id;
    Object.assign(drawer.dataset, { row: String(row), camera: record.camera_id });
    open(cameraPage(meta, store, row, record), focus);
    if (!move) uncover(latlngOf(store, row));
    onChange();
  }

  /**
   * @param {Deployment} deployment
   * @param {boolean} move
   */
  async function showDeployment(deployment, move) {
    const mine = ++turn;
    if (move && deployment.lon_deg !== null) reveal([deployment.lat_deg, deployment.lon_deg], 4);
    Object.assign(state, { ...NOTHING, deployment: deployment.id });
    layer.choose(-1);
    rings.choose(deployment.id);
    /** @type {Evidence} */
    let said;
    try {
      said = await evidence.of(deployment);
    } catch {
      if (mine === turn) notice.failed(t("error.deployments"), () => showDeployment(deployment, move));
      return;
    }
    if (mine !== turn) return;
    delete drawer.dataset.row;
    delete drawer.dataset.camera;
    open(deploymentPage(deployment, said, rings.beside(deployment)), move);
    if (!move && deployment.lon_deg !== null) uncover([deployment.lat_deg, deployment.lon_deg]);
    onChange();
  }

  /**
   * Tell what is known of a place; systems and rulings are told as far as they are there.
   *
   * @param {Town} place
   */
  async function showPlace(place) {
    const mine = ++turn;
    const store = await ready;
    const search = await want("search").catch(() => ({ rulings: [] }));
    if (mine !== turn) return;
    Object.assign(state, { ...NOTHING, place: place.ref || null });
    layer.choose(-1);
    rings.choose(null);
    delete drawer.dataset.row;
    delete drawer.dataset.camera;
    const known = { store, meta, makers, systems: rings.all(), rulings: search.rulings, askRoads };
    if (!place.isCountry) reveal([place.lat, place.lng], map.getZoom());
    open(placePage(place, known), true);
    onChange();
  }

  /**
   * A page that tells of nothing on the map.
   *
   * @param {DrawerPage} page
   */
  function showPage(page) {
    turn++;
    Object.assign(state, { ...NOTHING });
    layer.choose(-1);
    rings.choose(null);
    delete drawer.dataset.row;
    delete drawer.dataset.camera;
    open(page, true);
    onChange();
  }

  byId("drawer-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });

  /**
   * Choose by the published id; the map moves where the camera is outside the view.
   *
   * @param {string} id
   * @param {boolean} near
   */
  async function showById(id, near) {
    const mine = ++turn;
    const store = await ready;
    let row;
    try {
      row = await rowOfCamera(meta, id);
    } catch {
      notice.failed(t("error.details"), () => selectCameraById(id, near));
      return;
    }
    if (mine !== turn) return;
    if (row < 0) notice.warn(t("search.no_camera", { id }));
    else await showCamera(row, false, near || !map.getBounds().contains(latlngOf(store, row)));
  }

  onSelect(({ row, cameraId, near, deployment, place, page, fromList }) => {
    if (page) showPage(page);
    else if (place) showPlace(place);
    else if (deployment) showDeployment(deployment, fromList);
    else if (cameraId) showById(cameraId, Boolean(near));
    else if (row !== undefined) showCamera(row, fromList, fromList);
    else close();
  });
  const askRoads = openTools({ map, meta, makers, ready });
  return state;
}
