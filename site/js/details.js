/* The full released row of a camera, from its shard. */

import { drop, want } from "./data_loader.js";

/** @type {Map<number, any>} */
const kept = new Map();
const KEEP = 24; // shards held at once
const LISTS = ["directions_deg", "flags"];

/**
 * @param {Meta} meta
 * @param {number} row
 */
function shardOf(meta, row) {
  const { starts } = meta.details;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * One value of a column in any of its four shapes.
 *
 * @param {Record<string, any>} columns
 * @param {string} name
 * @param {number} i
 * @returns {any}
 */
function valueAt(columns, name, i) {
  const column = columns[name];
  if (Array.isArray(column)) return column[i];
  if ("all" in column) return column.all;
  if ("values" in column) return column.values[column.index[i]];
  const inner = valueAt(columns, column.column, i);
  return inner === null ? null : column.prefix + inner;
}

/** @param {number} number */
async function shard(number) {
  if (!kept.has(number)) {
    const name = "details/" + String(number).padStart(3, "0");
    const payload = await want(name);
    drop(name);
    if (kept.size >= KEEP) kept.delete(/** @type {number} */ (kept.keys().next().value));
    kept.set(number, payload);
  }
  return kept.get(number);
}

/**
 * @param {{first: number, columns: Record<string, any>}} payload
 * @param {number} row
 * @returns {CameraRecord}
 */
function recordIn({ first, columns }, row) {
  /** @type {Record<string, any>} */
  const record = {};
  for (const name of Object.keys(columns)) record[name] = valueAt(columns, name, row - first);
  for (const name of LISTS) record[name] = record[name] || [];
  return /** @type {CameraRecord} */ (record);
}

export const details = {
  /**
   * The row as an object: column name -> value; an empty list where a list is empty.
   *
   * @param {Meta} meta
   * @param {number} row
   * @returns {Promise<CameraRecord>}
   */
  async of(meta, row) {
    return recordIn(await shard(shardOf(meta, row)), row);
  },

  /**
   * The same at once, where the shard has come; else null. Printing waits for nothing.
   *
   * @param {Meta} meta
   * @param {number} row
   */
  ofLoaded(meta, row) {
    const payload = kept.get(shardOf(meta, row));
    return payload ? recordIn(payload, row) : null;
  },
};
