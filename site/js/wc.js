/* The one name this page adds to the window, and how a data file comes in (docs/page-format.md). */
(function () {
  "use strict";

  const arrived = new Map();
  const waiting = new Map();

  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "data/" + name + ".js";
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

  window.WC = {
    /** Called by every data file, with the name it is loaded by. */
    put(name, payload) {
      arrived.set(name, payload);
    },

    /** The payload that is already there, or undefined. */
    have(name) {
      return arrived.get(name);
    },

    /** Forget a payload that has been unpacked. */
    drop(name) {
      arrived.delete(name);
      waiting.delete(name);
    },

    /** Load a data file once; a failure is forgotten, so that a later call tries again. */
    want(name) {
      if (arrived.has(name)) return Promise.resolve(arrived.get(name));
      if (!waiting.has(name)) {
        const promise = load(name);
        waiting.set(name, promise);
        promise.catch(() => waiting.delete(name));
      }
      return waiting.get(name);
    },

    /** Bytes of a packed payload: base64 of gzip. */
    async unpack(base64) {
      let bytes;
      if (Uint8Array.fromBase64) {
        bytes = Uint8Array.fromBase64(base64);
      } else {
        const text = atob(base64);
        bytes = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
      }
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    },
  };
})();
