/* What the reader asked to see. A facet with no chosen value lets everything through. */

import { FACETS } from "./groups.js";

const listeners = [];
const chosen = {};
for (const facet of FACETS) chosen[facet] = { but: false, set: new Set() };
const years = { from: null, to: null, unknown: true };

function changed() {
  for (const listener of listeners) listener();
}

/** Whether one value of one facet passes. */
function lets(facet, value) {
  if (facet === "year") {
    if (years.from === null) return true;
    if (value === 0) return years.unknown;
    return value >= years.from && value <= years.to;
  }
  const { but, set } = chosen[facet];
  return set.size === 0 || set.has(value) !== but;
}

export const filter = {
  chosen,
  years,
  lets,

  onChange(listener) {
    listeners.push(listener);
  },

  isOn(facet) {
    return facet === "year" ? years.from !== null : chosen[facet].set.size > 0;
  },

  /** How many facets narrow the view. */
  get count() {
    return FACETS.filter((facet) => filter.isOn(facet)).length;
  },

  toggle(facet, value, on) {
    if (on) chosen[facet].set.add(value);
    else chosen[facet].set.delete(value);
    changed();
  },

  setBut(facet, but) {
    chosen[facet].but = but;
    changed();
  },

  /** Show one value of a facet alone. */
  only(facet, value) {
    chosen[facet].but = false;
    chosen[facet].set.clear();
    chosen[facet].set.add(value);
    changed();
  },

  /** Year numbers as in the column; null, null takes the filter away. */
  setYears(from, to, unknown) {
    years.from = from;
    years.to = to;
    years.unknown = from === null ? true : unknown;
    changed();
  },

  clear(facet) {
    for (const name of facet ? [facet] : FACETS) {
      chosen[name].set.clear();
      chosen[name].but = false;
      if (name === "year") Object.assign(years, { from: null, to: null, unknown: true });
    }
    changed();
  },

  /** Put a whole state in place, as the address gives it, without telling anybody. */
  restore(state) {
    for (const facet of FACETS) {
      const part = state[facet];
      chosen[facet].but = Boolean(part && part.but);
      chosen[facet].set = new Set(part ? part.values : []);
    }
    Object.assign(years, state.years || { from: null, to: null, unknown: true });
  },

  /**
   * For each group, a bit for every facet that refuses it: 0 passes, and one bit alone is
   * what that facet's own counts are made of.
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
