/* One scale for every disc on the map: a disc of a hundred cameras is as large in the world's counts
   as in the release's. */

import { unitOf } from "./hexagons.js";

/**
 * A scale that knows the fullest part of everything that is drawn.
 *
 * @returns {DiscScale}
 */
export function discScale() {
  /** @type {((zoom: number) => number)[]} */
  const sources = [];
  let units = new Map();
  return {
    /**
     * Add what gives the fullest count at a zoom.
     *
     * @param {(zoom: number) => number} fullestAt
     */
    add(fullestAt) {
      sources.push(fullestAt);
      units = new Map();
    },

    /** Measure anew: something holds other counts than before. */
    forget() {
      units = new Map();
    },

    /**
     * The radius in pixels of a disc of one camera.
     *
     * @param {number} zoom
     */
    unitAt(zoom) {
      if (!units.has(zoom)) {
        const fullest = Math.max(1, ...sources.map((fullestAt) => fullestAt(zoom)));
        units.set(zoom, unitOf(fullest));
      }
      return units.get(zoom);
    },
  };
}
