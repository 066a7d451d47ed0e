/* A canvas that lies in a pane of the map, a quarter larger than the view on every side, so that
   a drag shows no bare edge before it is drawn again. */

import { el } from "./dom.js";

const MARGIN = 0.25;
const PIXELS_MAX = 24e6; // of one canvas

export const MapCanvas = L.Layer.extend({
  /**
   * @param {string} pane
   * @param {number} zIndex
   * @param {(context: CanvasRenderingContext2D, frame: Frame) => void} draw
   */
  initialize(pane, zIndex, draw) {
    this._paneName = pane;
    this._zIndex = zIndex;
    this._draw = draw;
  },

  /** @param {LeafletMap} map */
  onAdd(map) {
    const pane = map.createPane(this._paneName);
    pane.style.zIndex = this._zIndex;
    pane.style.pointerEvents = "none";
    this._canvas = el("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
    pane.append(this._canvas);
    this.context = this._canvas.getContext("2d");
    this.redraw();
  },

  onRemove() {
    this._canvas.remove();
  },

  getEvents() {
    /** @type {Record<string, any>} */
    const events = { moveend: this.redraw, viewreset: this.redraw, resize: this.redraw };
    if (this._map.options.zoomAnimation) events.zoomanim = this._animate;
    return events;
  },

  /** Draw on the next frame, however often it is asked for. */
  redrawSoon() {
    if (this._frame) return;
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      this.redraw();
    });
  },

  /**
   * Draw now.
   *
   * @param {unknown} wanted a number of canvas pixels for each of the page's; anything else, such as
   *   the event of a move, takes the screen's
   */
  redraw(wanted) {
    const map = this._map;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const edge = size.multiplyBy(MARGIN).round();
    const corner = map.containerPointToLayerPoint(edge.multiplyBy(-1));
    const full = size.add(edge.multiplyBy(2));
    const screen = Math.min(2, globalThis.devicePixelRatio || 1);
    // Five canvases of a large, dense screen would take gigabytes: there they are drawn coarser.
    const fits = Math.max(1, Math.sqrt(PIXELS_MAX / (full.x * full.y)));
    const ratio = typeof wanted === "number" ? wanted : Math.min(screen, fits);
    // A canvas with nothing on it takes memory, and its part of every frame: five of them are much.
    const isEmpty = Boolean(this.isEmpty && this.isEmpty());
    this._canvas.hidden = isEmpty;
    if (isEmpty) this._width = this._height = this._canvas.width = this._canvas.height = 0;
    else if (this._width !== full.x * ratio || this._height !== full.y * ratio) {
      this._width = this._canvas.width = full.x * ratio;
      this._height = this._canvas.height = full.y * ratio;
      this._canvas.style.width = full.x + "px";
      this._canvas.style.height = full.y + "px";
    }
    L.DomUtil.setPosition(this._canvas, corner);
    this._corner = corner;
    this._zoom = map.getZoom();
    this._centre = map.getCenter();
    const origin = map.getPixelOrigin().add(corner);
    const frame = {
      zoom: this._zoom,
      ratio,
      // world pixels of this zoom: the canvas, and the view inside it
      drawn: L.bounds(origin, origin.add(full)),
      view: L.bounds(origin.add(edge), origin.add(edge).add(size)),
    };
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, full.x, full.y);
    this._draw(this.context, frame);
  },

  /**
   * Move discs from a lattice's corner to the canvas's.
   *
   * The canvas reaches beyond the view and may be wider than the world: there a disc stands on
   * both copies.
   *
   * @param {Disc[]} discs
   * @param {Lattice} lattice
   * @param {Frame} frame
   */
  placed(discs, lattice, frame) {
    const px = 2 ** (frame.zoom + 8 - 25);
    const left = lattice.area.west * px - frame.drawn.min.x;
    const top = lattice.area.north * px - frame.drawn.min.y;
    const world = 256 * 2 ** frame.zoom;
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const out = [];
    for (const disc of discs) {
      disc.x += left;
      disc.y += top;
      out.push(disc);
      if (disc.x + world < width + disc.r) out.push({ ...disc, x: disc.x + world });
    }
    return out;
  },

  /**
   * Copy what lies in the view onto another canvas, whose size is the view's times `ratio`.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {number} ratio
   */
  copyTo(context, ratio) {
    if (this._canvas.hidden) return;
    const { x, y } = this._map.getSize();
    const edge = L.point(x, y).multiplyBy(MARGIN).round();
    const [left, top, width, height] = [edge.x, edge.y, x, y].map((length) => length * ratio);
    context.drawImage(this._canvas, left, top, width, height, 0, 0, width, height);
  },

  /** @param {{zoom: number, center: any}} event */
  _animate(event) {
    const scale = this._map.getZoomScale(event.zoom, this._zoom);
    const offset = this._map
      ._latLngBoundsToNewLayerBounds(
        L.latLngBounds(
          this._map.layerPointToLatLng(this._corner),
          this._map.layerPointToLatLng(this._corner),
        ),
        event.zoom,
        event.center,
      )
      .min;
    L.DomUtil.setTransform(this._canvas, offset, scale);
  },
});
