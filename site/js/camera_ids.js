/* From a camera's published id to its row: a hash of the id names a small file of candidates, and
   the candidates' own details decide (mapper/website/map/id_buckets.py). */

import { want } from "./data_loader.js";
import { details } from "./details.js";

const POLYNOMIAL = 0xedb88320; // CRC-32 as in gzip and PNG
const CHECK_BITS = 16;

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let k = 0; k < 8; k++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/**
 * The row of a camera of the release, wherever it stands, or -1.
 *
 * @param {Meta} meta
 * @param {string} cameraId
 */
export async function rowOfCamera(meta, cameraId) {
  const { files } = meta.ids;
  const sum = crc32(new TextEncoder().encode(cameraId));
  const wanted = Math.floor(sum / files) % 2 ** CHECK_BITS;
  const { check, row } = await want("ids/" + String(sum % files).padStart(3, "0"));
  for (let i = check.indexOf(wanted); i >= 0 && check[i] === wanted; i++) {
    const record = await details.of(meta, row[i]);
    if (record.camera_id === cameraId) return row[i];
  }
  return -1;
}
