/* What the reader asked to see, of cameras and of systems. A facet with no chosen value lets
   everything through. Before anybody asks, what is planned or has ended is left out: no total
   counts it. */

import { FACETS, STANDING } from "./groups.js";

/** Facets of systems; maker or supplier, country and year are asked of cameras and systems alike. */
export const SYSTEM_FACETS = ["vendor", "country", "year", "technology", "status", "listed"];

/** Facets of one supply: what is asked of several of them must hold for the same supply. */
const OF_SUPPLY = ["vendor", "status", "listed"];

const ALL = [...new Set([...FACETS, ...SYSTEM_FACETS])];
/** @type {(() => void)[]} */
const listeners = [];
/** @type {Record<string, Chosen>} */
const chosen = {};
for (const facet of ALL) chosen[facet] = { but: false, set: new Set(unasked(facet)) };
/** @type {Years} */
const years = { from: null, to: null, unknown: true };
let yearBase = 0;
/** @type {(string | null)[]} */
let makerIds = [];

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

/** What is asked of a supply, leaving a facet aside; made once for each change, asked of every system. */
/** @type {Map<string | null, {refused: string[], wanted: string[]}>} */
const askedOfSupply = new Map();

/** @param {string | null} aside */
function askedBut(aside) {
  let asked = askedOfSupply.get(aside);
  if (!asked) {
    const facets = OF_SUPPLY.filter((facet) => facet !== aside && chosen[facet].set.size > 0);
    const refused = facets.filter((facet) => chosen[facet].but);
    asked = { refused, wanted: facets.filter((facet) => !chosen[facet].but) };
    askedOfSupply.set(aside, asked);
  }
  return asked;
}

function changed() {
  askedOfSupply.clear();
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
  return set.size === 0 || set.has(value) !== but;
}

/**
 * Whether a system was in use in the years asked for; an open end reaches to today.
 *
 * @param {[number | null, number | null]} span
 */
function letsYears(span) {
  const [from, to] = span;
  if (years.from === null) return true;
  if (from === null && to === null) return years.unknown;
  const isBegun = from === null || from <= Number(years.to) + yearBase;
  return isBegun && (to === null || to >= years.from + yearBase);
}

/**
 * @param {string} facet
 * @param {number[]} values
 */
function letsAny(facet, values) {
  const { but, set } = chosen[facet];
  return set.size === 0 || values.some((value) => set.has(value)) !== but;
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
    return facet === "year" ? years.from !== null : chosen[facet].set.size > 0;
  },

  /**
   * Whether cameras are narrowed by no facet but these, and by what no total counts.
   *
   * @param {Set<string>} facets
   */
  areOnly(facets) {
    return FACETS.every(
      (facet) => facets.has(facet) || (facet === "lifecycle" ? isUnasked(facet) : !filter.isOn(facet)),
    );
  },

  /**
   * Tell what the numbers of makers and years mean.
   *
   * @param {(string | null)[]} ids
   * @param {number} base
   */
  setMeaning(ids, base) {
    makerIds = ids;
    yearBase = base;
  },

  /**
   * The supplies of a system that fit what is asked, leaving one facet aside; empty: refused.
   *
   * @param {SystemValues} values
   * @param {string | null} aside
   */
  fitting(values, aside) {
    if (aside !== "country" && !lets("country", values.country)) return [];
    if (aside !== "technology" && !letsAny("technology", values.technologies)) return [];
    if (aside !== "year" && !letsYears(values.years)) return [];
    const { refused, wanted } = askedBut(aside);
    if (refused.length + wanted.length === 0) return values.supplies;
    const isRefused = (/** @type {Record<string, number>} */ supply) => refused.some((facet) => chosen[facet].set.has(supply[facet]));
    if (values.supplies.some(isRefused)) return [];
    return values.supplies.filter((/** @type {Record<string, number>} */ supply) =>
      wanted.every((facet) => chosen[facet].set.has(supply[facet])),
    );
  },

  /**
   * Whether a system passes.
   *
   * @param {SystemValues} values
   */
  letsSystem(values) {
    return filter.fitting(values, null).length > 0;
  },

  /**
   * Whether an organisation is among those chosen.
   *
   * @param {string} id
   */
  hasSupplier(id) {
    const { but, set } = chosen.vendor;
    return !but && set.has(makerIds.indexOf(id));
  },

  /**
   * Show the systems of one supplier, and the cameras that carry its name.
   *
   * @param {string} id
   */
  onlySupplier(id) {
    filter.only("vendor", makerIds.indexOf(id));
  },

  /** How many facets the reader has set. */
  get count() {
    return ALL.filter((facet) => (facet === "lifecycle" ? !isUnasked(facet) : filter.isOn(facet)))
      .length;
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
    for (const name of facet ? [facet] : ALL) {
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
    for (const facet of ALL) {
      const part = state[facet];
      chosen[facet].but = Boolean(part && part.but);
      chosen[facet].set = new Set(part ? part.values : unasked(facet));
    }
    Object.assign(years, state.years || { from: null, to: null, unknown: true });
    askedOfSupply.clear();
  },

  /**
   * For each group, a bit for every facet that refuses it: 0 passes, and one bit alone is
   * what that facet's own counts are made of.
   *
   * @param {Groups} groups
   */
  refusals(groups) {
    const out = new Uint16Array(groups.n);
    FACETS.forEach((facet, f) => {
      if (!filter.isOn(facet)) return;
      const values = groups[facet];
      const bit = 1 << f;
      for (let g = 0; g < out.length; g++) if (!lets(facet, values[g])) out[g] |= bit;
    });
    return out;
  },
};
