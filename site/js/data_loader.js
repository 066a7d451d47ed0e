/* How a data file comes in: each is a script that hands its payload over (docs/page-format.md). */

import { sharedFile } from "./site_ways.js";

const arrived = new Map();
const waiting = new Map();

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // A script of the page's own, which comes late, is named by its folder.
    script.src = sharedFile((name.startsWith("assets/") ? "" : "data/") + name + ".js");
    script.onload = () => {
      script.remove();
      if (arrived.has(name)) resolve(arrived.get(name));
      else reject(new Error(name));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error(name));
    };
    document.head.append(script);
  });
}

/**
 * Called by every data file, with the name it is loaded by.
 *
 * @param {string} name
 * @param {unknown} payload
 */
export function put(name, payload) {
  arrived.set(name, payload);
}

/**
 * The payload that is already there, or undefined.
 *
 * @param {string} name
 */
export function have(name) {
  return arrived.get(name);
}

/**
 * Forget a payload that has been unpacked.
 *
 * @param {string} name
 */
export function drop(name) {
  arrived.delete(name);
  waiting.delete(name);
}

/**
 * Load a data file once; a failure is forgotten, so that a later call tries again.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export function want(name) {
  if (arrived.has(name)) return Promise.resolve(arrived.get(name));
  if (!waiting.has(name)) {
    const promise = load(name);
    waiting.set(name, promise);
    promise.catch(() => waiting.delete(name));
  }
  return waiting.get(name);
}

/**
 * Bytes of a packed payload: base64 of gzip.
 *
 * @param {string} base64
 */
export async function unpack(base64) {
  const gzip = new DecompressionStream("gzip");
  const writer = gzip.writable.getWriter();
  // A Blob would be handed to another process and back again. What is wrong with the bytes, the reader says.
  const sent = writer.write(fromBase64(base64)).then(() => writer.close());
  sent.catch(() => {});
  return new Uint8Array(await new Response(gzip.readable).arrayBuffer());
}

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
function fromBase64(base64) {
  /** @type {any} */
  const native = Uint8Array;
  if (native.fromBase64) return native.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
