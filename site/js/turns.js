/* Long work in pieces: between two of them the browser draws and answers the reader. A message to
   oneself comes back at once and behind whatever the reader did meanwhile; timers are held back
   where they nest, and a worker would need a file of its own, which `file://` does not lend. */

/** @type {(() => void)[]} */
const waiting = [];
/** @type {MessageChannel | null} */
let channel = null;

/* Opened for the turns that are asked for and closed behind the last: an open one keeps awake whatever
   reads a module of the page outside a browser. */
function openChannel() {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => {
    const go = waiting.shift();
    if (go) go();
    if (waiting.length > 0) return;
    opened.port1.close();
    channel = null;
  };
  return opened;
}

/**
 * Go on in a task of its own.
 *
 * @returns {Promise<void>}
 */
export function nextTurn() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel = channel || openChannel();
    channel.port2.postMessage(null);
  });
}

/**
 * A function that does the work once, after the task in which it is called, however often.
 *
 * @param {() => void} work
 */
export function soon(work) {
  let isWaiting = false;
  return async () => {
    if (isWaiting) return;
    isWaiting = true;
    await nextTurn();
    isWaiting = false;
    work();
  };
}

const FRAME_AT_MOST_MS = 250; // a page in the background draws none
const SHOWN_AT_MOST_MS = 600; // a busy machine: then it is not waited for any longer
const FIRST_SHOWN = "first-contentful-paint";

/**
 * Go on behind the next frame, so that what is on the page is drawn before what follows.
 *
 * @returns {Promise<void>}
 */
export function nextFrame() {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, FRAME_AT_MOST_MS);
    requestAnimationFrame(() => {
      clearTimeout(late);
      // The callback comes before the frame is drawn, and a turn behind it.
      nextTurn().then(resolve);
    });
  });
}

/* first_screen.js marks it: from then on the first screen is with what draws it, in other threads. */
const FIRST_FRAME = "wc-first-frame";

/**
 * Go on when the first screen's frame has been made; at once where that was before.
 *
 * @returns {Promise<void>}
 */
export async function firstFrame() {
  if (performance.getEntriesByName(FIRST_FRAME).length === 0) await nextFrame();
}

/**
 * Go on when the reader sees the first screen. A frame is made long before it is seen: what asks for a
 * canvas meanwhile takes the graphics process, and the first screen waits behind it.
 *
 * @returns {Promise<void>}
 */
export function firstScreenShown() {
  if (document.visibilityState === "hidden") return Promise.resolve();
  if (!PerformanceObserver.supportedEntryTypes.includes("paint")) return nextFrame();
  return new Promise((resolve) => {
    const late = setTimeout(resolve, SHOWN_AT_MOST_MS);
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName(FIRST_SHOWN).length === 0) return;
      observer.disconnect();
      clearTimeout(late);
      resolve();
    });
    observer.observe({ type: "paint", buffered: true });
  });
}
