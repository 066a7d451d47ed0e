/* Long work in pieces: between two of them the browser draws and answers the reader. A message to
   oneself comes back at once and behind whatever the reader did meanwhile; timers are held back
   where they nest, and a worker would need a file of its own, which `file://` does not lend. */

/** @type {(() => void)[]} */
const waiting = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => {
  const go = waiting.shift();
  if (go) go();
};

/**
 * Go on in a task of its own.
 *
 * @returns {Promise<void>}
 */
export function nextTurn() {
  return new Promise((resolve) => {
    waiting.push(resolve);
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
