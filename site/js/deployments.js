/* Deployments: systems in use somewhere, as rings with their own count. They are what sources say
   of a place; no camera is drawn or counted from them. */
(function (WC) {
  "use strict";

  const RING = 9;
  const COUNTED = ["cameras", "face_recognition_cameras", "alpr_cameras", "sites"];

  /** The figure a deployment is shown by: installed before planned, the newest first. */
  function headline(deployment) {
    const real = (count) => (["planned", "announced", "contracted"].includes(count.qualifier) ? 1 : 0);
    const order = (count) => COUNTED.indexOf(count.what) + 10 * real(count);
    const counts = deployment.counts.filter((count) => COUNTED.includes(count.what));
    counts.sort((a, b) => order(a) - order(b));
    return counts[0] || null;
  }

  /** "at least 160,000 cameras announced (2017)". */
  WC.countWords = function countWords(count) {
    const number = WC.t("bound." + count.bound, { n: count.value });
    const what = WC.words.of("counted", count.what);
    const when = count.as_of ? " (" + WC.words.date(count.as_of) + ")" : "";
    return number + " " + what + ", " + WC.words.of("qualifier", count.qualifier) + when;
  };

  function label(deployment) {
    const count = headline(deployment);
    const place = deployment.place || deployment.name;
    return count ? place + ": " + WC.t("bound." + count.bound, { n: count.value }) : place;
  }

  function drawRing(context, x, y, colours, chosen) {
    context.fillStyle = colours.deployment;
    context.globalAlpha = 0.14;
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = chosen ? colours.accent : colours.deployment;
    context.lineWidth = chosen ? 3.5 : 2.5;
    context.stroke();
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }

  /** Write a label beside its ring where there is room. */
  function drawLabel(context, text, x, y, colours, taken) {
    const width = context.measureText(text).width + 10;
    const box = { left: x + RING + 5, top: y - 10, right: x + RING + 5 + width, bottom: y + 10 };
    const hit = (other) =>
      box.left < other.right &&
      other.left < box.right &&
      box.top < other.bottom &&
      other.top < box.bottom;
    if (taken.some(hit)) return;
    taken.push(box);
    context.fillStyle = colours.paper;
    context.globalAlpha = 0.9;
    context.beginPath();
    context.roundRect(box.left, box.top, width, 20, 3);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = colours.deployment;
    context.fillText(text, box.left + 5, y + 0.5);
  }

  WC.deploymentLayer = function deploymentLayer(coloursNow) {
    let list = [];
    let chosen = null;
    let drawnAt = [];
    let frameNow = null;

    const layer = new WC.Canvas("wc-deployments", 420, (context, frame) => {
      const colours = coloursNow();
      const world = 256 * 2 ** frame.zoom;
      frameNow = frame;
      drawnAt = [];
      for (const deployment of list) {
        if (deployment.lon_deg === null) continue;
        const at = layer._map.project([deployment.lat_deg, deployment.lon_deg], frame.zoom);
        const width = frame.drawn.max.x - frame.drawn.min.x;
        const y = at.y - frame.drawn.min.y;
        const first = (((at.x - frame.drawn.min.x) % world) + world) % world;
        for (let x = first - world; x < width + RING; x += world) {
          if (x < -RING) continue;
          drawnAt.push({ deployment, x, y });
          drawRing(context, x, y, colours, deployment.id === chosen);
        }
      }
      context.font = "600 12px " + WC.marks.font;
      context.textAlign = "left";
      context.textBaseline = "middle";
      const taken = drawnAt.map(({ x, y }) => ({
        left: x - RING,
        right: x + RING,
        top: y - RING,
        bottom: y + RING,
      }));
      for (const { deployment, x, y } of drawnAt) {
        drawLabel(context, label(deployment), x, y, colours, taken);
      }
    });

    layer.show = (deployments) => {
      const size = (deployment) => (headline(deployment) || { value: 0 }).value;
      list = [...deployments].sort((a, b) => size(b) - size(a));
      layer.redraw();
    };
    layer.choose = (id) => {
      chosen = id;
      layer.redrawSoon();
    };
    layer.all = () => list;
    layer.label = label;

    /** The deployment whose ring lies under a point of the map. */
    layer.at = function at(latlng, touch) {
      if (!frameNow) return null;
      const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
      const reach = touch ? 22 : RING + 3;
      const near = drawnAt.filter(({ x, y }) => Math.hypot(x - point.x, y - point.y) <= reach);
      return near.length ? near[0].deployment : null;
    };
    return layer;
  };

  WC.headlineCount = headline;
})(window.WC);
