/* Cameras that are alike in every filtered column form one group, so that a filter is decided
   a few thousand times and not once for every camera. */

/** The filtered columns, in the order of the panel. */
export const FACETS = ["kind", "vendor", "rung", "visibility", "zone", "year", "lifecycle", "country"];

/** The lifecycles of what stands, as numbers in `meta.lifecycles`: in use, and nothing said. */
export const STANDING = [0, 1];

/**
 * Number the groups.
 *
 * Gives `of` (group of each row), `n`, and for each facet its value in every group.
 *
 * @param {Store} store
 */
export function groupsOf(store) {
  const alike = new Map();
  const numbers = new Map();
  const of = new Uint32Array(store.n);
  const values = FACETS.map(() => /** @type {number[]} */ ([]));
  const { kind, vendor, rung, visibility, zone, year, lifecycle, country } = store;
  let lastKey = -1;
  let lastCountry = -1;
  let last = 0;
  for (let i = 0; i < store.n; i++) {
    // 16 + 8 + 8 + 8 + 4 + 2 + 2 bits: exact in a double
    const key =
      vendor[i] * 4294967296 +
      (zone[i] * 16777216 +
        visibility[i] * 65536 +
        year[i] * 256 +
        kind[i] * 16 +
        lifecycle[i] * 4 +
        rung[i]);
    if (key !== lastKey || country[i] !== lastCountry) {
      lastKey = key;
      lastCountry = country[i];
      // The country would not fit into the same double: it is joined to what is alike so far.
      if (!alike.has(key)) alike.set(key, alike.size);
      const whole = alike.get(key) * 256 + country[i];
      const known = numbers.get(whole);
      if (known === undefined) {
        last = numbers.size;
        numbers.set(whole, last);
        values[0].push(kind[i]);
        values[1].push(vendor[i]);
        values[2].push(rung[i]);
        values[3].push(visibility[i]);
        values[4].push(zone[i]);
        values[5].push(year[i]);
        values[6].push(lifecycle[i]);
        values[7].push(country[i]);
      } else last = known;
    }
    of[i] = last;
  }
  /** @type {Groups} */
  const groups = { of, n: numbers.size };
  FACETS.forEach((facet, f) => {
    groups[facet] = Uint16Array.from(values[f]);
  });
  return groups;
}
