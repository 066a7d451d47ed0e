/* What the reader asked to see. A facet with no chosen value lets everything through. Before
   anybody asks, what is planned or has ended is left out: no total counts it. */

import { FACETS, STANDING } from "./groups.js";

/** @type {(() => void)[]} */
const listeners = [];
/** @type {Record<string, Chosen>} */
const chosen = {};
for (const facet of FACETS) chosen[facet] = { but: false, set: new Set(unasked(facet)) };
/** @type {Years} */
const years = { from: null, to: null, unknown: true };
/* Suppliers that are chosen and made no camera of this map: their systems alone have them. */
/** @type {Set<string>} */
const suppliers = new Set();
/** @type {(string | null)[]} */
let vendorIds = [];

/**
 * The values of a facet that are chosen before the reader chooses.
 *
 * @param {string} facet
 * @returns {number[]}
 */
function unasked(facet) {
  return facet === "lifecycle" ? STANDING : [];
}

/**
 * Whether a facet is as it was before the reader chose.
 *
 * @param {string} facet
 */
function isUnasked(facet) {
  const { but, set } = chosen[facet];
  const values = unasked(facet);
  return set.size === values.length && values.every((value) => set.has(value)) && !(but && set.size);
}

function changed() {
  for (const listener of listeners) listener();
}

/**
 * Whether one value of one facet passes.
 *
 * @param {string} facet
 * @param {number} value
 */
function lets(facet, value) {
  if (facet === "year") {
    if (years.from === null || years.to === null) return true;
    if (value === 0) return years.unknown;
    return value >= years.from && value <= years.to;
  }
  const { but, set } = chosen[facet];
  if (facet === "vendor" && set.size === 0 && suppliers.size > 0) return but;
  return set.size === 0 || set.has(value) !== but;
}

export const filter = {
  chosen,
  years,
  lets,

  /** @param {() => void} listener */
  onChange(listener) {
    listeners.push(listener);
  },

  isUnasked,

  /**
   * Whether a facet refuses anything.
   *
   * @param {string} facet
   */
  isOn(facet) {
    if (facet === "vendor" && suppliers.size > 0) return true;
    return facet === "year" ? years.from !== null : chosen[facet].set.size > 0;
  },

  suppliers,

  /**
   * The ids behind the numbers of the maker facet, in its order.
   *
   * @param {Vendor[]} vendors
   */
  setVendors(vendors) {
    vendorIds = vendors.map(({ id }) => id);
  },

  /**
   * Whether a system passes: the makers and suppliers that are chosen hold for systems too.
   *
   * @param {Deployment} deployment
   */
  letsSystem(deployment) {
    const { but, set } = chosen.vendor;
    if (set.size === 0 && suppliers.size === 0) return true;
    const isNamed = deployment.suppliers.some(({ supplier_id: id }) => filter.hasSupplier(id));
    return isNamed !== but;
  },

  /**
   * Whether an organisation is among those chosen.
   *
   * @param {string} id
   */
  hasSupplier(id) {
    if (suppliers.has(id)) return true;
    const index = vendorIds.indexOf(id);
    return index >= 0 && chosen.vendor.set.has(index);
  },

  /**
   * Show the systems of one supplier, and the cameras that carry its name.
   *
   * @param {string} id
   */
  onlySupplier(id) {
    suppliers.clear();
    chosen.vendor.set.clear();
    chosen.vendor.but = false;
    const index = vendorIds.indexOf(id);
    if (index >= 0) chosen.vendor.set.add(index);
    else suppliers.add(id);
    changed();
  },

  /** How many facets the reader has set. */
  get count() {
    return FACETS.filter((facet) =>
      facet === "lifecycle" ? !isUnasked(facet) : filter.isOn(facet),
    ).length;
  },

  /**
   * @param {string} facet
   * @param {number} value
   * @param {boolean} on
   */
  toggle(facet, value, on) {
    if (on) chosen[facet].set.add(value);
    else chosen[facet].set.delete(value);
    changed();
  },

  /**
   * @param {string} facet
   * @param {boolean} but
   */
  setBut(facet, but) {
    chosen[facet].but = but;
    changed();
  },

  /**
   * Show one value of a facet alone.
   *
   * @param {string} facet
   * @param {number} value
   */
  only(facet, value) {
    if (facet === "vendor") suppliers.clear();
    chosen[facet].but = false;
    chosen[facet].set.clear();
    chosen[facet].set.add(value);
    changed();
  },

  /**
   * Year numbers as in the column; null, null takes the filter away.
   *
   * @param {number | null} from
   * @param {number | null} to
   * @param {boolean} unknown
   */
  setYears(from, to, unknown) {
    years.from = from;
    years.to = to;
    years.unknown = from === null ? true : unknown;
    changed();
  },

  /** @param {string} [facet] */
  clear(facet) {
    for (const name of facet ? [facet] : FACETS) {
      if (name === "vendor") suppliers.clear();
      chosen[name].set = new Set(unasked(name));
      chosen[name].but = false;
      if (name === "year") Object.assign(years, { from: null, to: null, unknown: true });
    }
    changed();
  },

  /**
   * Put a whole state in place, as the address gives it, without telling anybody.
   *
   * @param {FilterState} state
   */
  restore(state) {
    for (const facet of FACETS) {
      const part = state[facet];
      chosen[facet].but = Boolean(part && part.but);
      chosen[facet].set = new Set(part ? part.values : unasked(facet));
    }
    suppliers.clear();
    for (const id of state.suppliers || []) suppliers.add(id);
    Object.assign(years, state.years || { from: null, to: null, unknown: true });
  },

  /**
   * For each group, a bit for every facet that refuses it: 0 passes, and one bit alone is
   * what that facet's own counts are made of.
   *
   * @param {Groups} groups
   */
  refusals(groups) {
    const out = new Uint8Array(groups.n);
    FACETS.forEach((facet, f) => {
      if (!filter.isOn(facet)) return;
      const values = groups[facet];
      const bit = 1 << f;
      for (let g = 0; g < out.length; g++) if (!lets(facet, values[g])) out[g] |= bit;
    });
    return out;
  },
};
