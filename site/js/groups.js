/* Cameras that are alike in every filtered column form one group, so that a filter is decided
   a few thousand times and not once for every camera. */

/** The filtered columns, in the order of the panel. */
export const FACETS = ["kind", "vendor", "rung", "visibility", "zone", "year", "lifecycle", "country"];

/** The lifecycles of what stands, as numbers in `meta.lifecycles`: in use, and nothing said. */
export const STANDING = [0, 1];

/* Numbers for pairs of 32-bit keys, as a table in two arrays: a Map would keep an object for each
   key of more than 31 bits, and there is a look-up for nearly every camera. */
function pairNumbers() {
  let places = 1 << 13;
  let first = new Uint32Array(places);
  let second = new Uint32Array(places);
  let numbers = new Int32Array(places).fill(-1);
  let count = 0;

  /**
   * The place of a pair, or the free one where it belongs.
   *
   * @param {number} a
   * @param {number} b
   */
  function placeOf(a, b) {
    let at = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & (places - 1);
    while (numbers[at] >= 0 && (first[at] !== a || second[at] !== b)) at = (at + 1) & (places - 1);
    return at;
  }

  function grow() {
    const before = { first, second, numbers, places };
    places *= 2;
    first = new Uint32Array(places);
    second = new Uint32Array(places);
    numbers = new Int32Array(places).fill(-1);
    for (let i = 0; i < before.places; i++) {
      if (before.numbers[i] < 0) continue;
      const at = placeOf(before.first[i], before.second[i]);
      first[at] = before.first[i];
      second[at] = before.second[i];
      numbers[at] = before.numbers[i];
    }
  }

  return {
    count: () => count,
    /**
     * The number of a pair; one that is new takes the next.
     *
     * @param {number} a
     * @param {number} b
     */
    numberOf(a, b) {
      let at = placeOf(a, b);
      if (numbers[at] >= 0) return numbers[at];
      if (2 * count >= places) {
        grow();
        at = placeOf(a, b);
      }
      first[at] = a;
      second[at] = b;
      numbers[at] = count;
      return count++;
    },
  };
}

/**
 * Number the groups.
 *
 * Gives `of` (group of each row), `n`, and for each facet its value in every group.
 *
 * @param {Store} store
 */
export function groupsOf(store) {
  const numbers = pairNumbers();
  const of = new Uint32Array(store.n);
  /** @type {number[]} */
  const firstRows = [];
  const { kind, vendor, rung, visibility, zone, year, lifecycle, country } = store;
  let lastA = -1;
  let lastB = -1;
  let last = 0;
  for (let i = 0; i < store.n; i++) {
    // 8 + 8 + 8 + 4 + 2 + 2 bits, and 16 + 8: every value has room of its own
    const a = ((zone[i] << 24) | (visibility[i] << 16) | (year[i] << 8) | (kind[i] << 4) | (lifecycle[i] << 2) | rung[i]) >>> 0;
    const b = (vendor[i] << 8) | country[i];
    if (a !== lastA || b !== lastB) {
      lastA = a;
      lastB = b;
      last = numbers.numberOf(a, b);
      if (last === firstRows.length) firstRows.push(i);
    }
    of[i] = last;
  }
  /** @type {Groups} */
  const groups = { of, n: numbers.count() };
  /** @type {Record<string, ArrayLike<number>>} */
  const columns = { kind, vendor, rung, visibility, zone, year, lifecycle, country };
  for (const facet of FACETS) groups[facet] = Uint16Array.from(firstRows, (row) => columns[facet][row]);
  return groups;
}
