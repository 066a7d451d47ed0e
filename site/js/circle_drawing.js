/* A circle drawn on the map: press for its middle, drag for its radius. While somebody draws, the map
   hears nothing of the pointer, or it would move along. */

const DRAWN_FROM = 6; // pixels: less is a press alone

/**
 * @param {LeafletMap} map
 * @param {(middle: {lat: number, lng: number}, metres: number, isDone: boolean) => void} take
 *   with 0 metres for a press alone
 */
export function circleDrawing(map, take) {
  const surface = map.getContainer();
  /** @type {{x: number, y: number, middle: {lat: number, lng: number}} | null} */
  let pressed = null;
  let isSwallowing = false;
  const isDrawing = () => document.documentElement.dataset.drawing === "circle";

  function end() {
    pressed = null;
    if (isDrawing()) delete document.documentElement.dataset.drawing;
  }

  /** @param {PointerEvent} event */
  function metresTo(event) {
    if (!pressed) return 0;
    const { x, y, middle } = pressed;
    if (Math.hypot(event.clientX - x, event.clientY - y) < DRAWN_FROM) return 0;
    const here = map.mouseEventToLatLng(event);
    return L.CRS.Earth.distance(L.latLng(middle.lat, middle.lng), here);
  }

  surface.addEventListener(
    "pointerdown",
    (/** @type {PointerEvent} */ event) => {
      isSwallowing = isDrawing();
      if (!isDrawing() || !event.isPrimary) return;
      event.stopPropagation();
      surface.setPointerCapture(event.pointerId);
      pressed = { x: event.clientX, y: event.clientY, middle: map.mouseEventToLatLng(event) };
    },
    true,
  );
  surface.addEventListener(
    "pointermove",
    (/** @type {PointerEvent} */ event) => {
      if (!pressed) return;
      event.stopPropagation();
      take(pressed.middle, metresTo(event), false);
    },
    true,
  );
  surface.addEventListener(
    "pointerup",
    (/** @type {PointerEvent} */ event) => {
      if (!pressed) return;
      event.stopPropagation();
      const { middle } = pressed;
      const metres = metresTo(event);
      end();
      take(middle, metres, true);
    },
    true,
  );
  surface.addEventListener("pointercancel", end, true);
  // What follows a press by the browser's own rules: none of it is meant for the map.
  for (const kind of ["mousedown", "touchstart", "click", "dblclick"]) {
    surface.addEventListener(
      kind,
      (/** @type {Event} */ event) => {
        if (isSwallowing) event.stopPropagation();
      },
      true,
    );
  }

  return {
    isDrawing,
    toggle() {
      if (isDrawing()) end();
      else document.documentElement.dataset.drawing = "circle";
    },
  };
}
