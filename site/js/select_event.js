/* One event says that the reader chose something. Lists, search, drawers and the map send it and
   know nothing of the selection, which listens: that is what keeps the modules free of circles. */

const NAME = "wc:select";

/** @param {Choice} detail */
function tell(detail) {
  document.dispatchEvent(new CustomEvent(NAME, { detail }));
}

/**
 * Choose a row of the release; from a list the map moves there and the drawer takes the focus.
 *
 * @param {number} row
 * @param {boolean} [fromList]
 */
export function selectCamera(row, fromList) {
  tell({ row, fromList: Boolean(fromList) });
}

/**
 * Choose a camera by its published id; `near` brings the map close to it wherever it is.
 *
 * @param {string} cameraId
 * @param {boolean} [near]
 */
export function selectCameraById(cameraId, near) {
  tell({ cameraId, near: Boolean(near), fromList: false });
}

/**
 * Choose a deployment.
 *
 * @param {Deployment} deployment
 * @param {boolean} [fromList]
 */
export function selectDeployment(deployment, fromList) {
  tell({ deployment, fromList: Boolean(fromList) });
}

/**
 * Choose a place: the map stays where it is, the drawer tells what is known of it.
 *
 * @param {Town} place
 */
export function selectPlace(place) {
  tell({ place, fromList: true });
}

/**
 * Open the drawer with a page of one's own.
 *
 * @param {DrawerPage} page
 */
export function selectPage(page) {
  tell({ page, fromList: true });
}

/** Choose nothing. */
export function selectNothing() {
  tell({ fromList: false });
}

/**
 * Listen to what is chosen.
 *
 * @param {(choice: Choice) => void} listener
 */
export function onSelect(listener) {
  document.addEventListener(NAME, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}
