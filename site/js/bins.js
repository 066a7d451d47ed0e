/* Bins: cameras of one square of the world's grid as one disc. */
(function (WC) {
  "use strict";

  /** 2^shift cells make a bin of 32 pixels below zoom 10 and of 16 above; 0: single cameras. */
  WC.binShift = function binShift(zoom) {
    if (zoom >= 14) return 0;
    return zoom < 10 ? 22 - zoom : 21 - zoom;
  };

  /** The disc's area grows with the square root of the count. */
  WC.binRadius = function binRadius(count, zoom) {
    return zoom < 10 ? Math.min(23, 2.6 * Math.sqrt(Math.sqrt(count))) : Math.min(11, 2.7 * Math.sqrt(Math.sqrt(count)));
  };

  /** Add the overview's cells up into the same bins, as far as a filter can be told from them. */
  WC.binOverview = function binOverview(overview, drawn, shift) {
    const mask = (1 << 25) - 1;
    const across = (drawn.width >>> shift) + 2;
    const down = (drawn.height >>> shift) + 2;
    const bins = {
      count: new Uint32Array(across * down),
      sumX: new Float64Array(across * down),
      sumY: new Float64Array(across * down),
      across,
      shift,
    };
    for (let i = 0; i < overview.n; i++) {
      const dx = (overview.x[i] - drawn.west) & mask;
      const dy = overview.y[i] - drawn.north;
      if (dx >= drawn.width || dy < 0 || dy >= drawn.height) continue;
      if (!WC.filter.lets("kind", overview.kind[i])) continue;
      if (!WC.filter.lets("vendor", overview.vendor[i])) continue;
      const bin = (dy >>> shift) * across + (dx >>> shift);
      bins.count[bin] += overview.count[i];
      bins.sumX[bin] += overview.count[i] * dx;
      bins.sumY[bin] += overview.count[i] * dy;
    }
    return bins;
  };

  /** The discs in drawing order, the largest first, in canvas pixels. */
  WC.discsOf = function discsOf(bins, zoom) {
    const px = 2 ** (zoom + 8 - 25);
    const discs = [];
    for (let b = 0; b < bins.count.length; b++) {
      const n = bins.count[b];
      if (n === 0) continue;
      discs.push({
        n,
        x: (bins.sumX[b] / n + 0.5) * px,
        y: (bins.sumY[b] / n + 0.5) * px,
        r: WC.binRadius(n, zoom),
      });
    }
    return discs.sort((a, b) => b.n - a.n);
  };

  /** Draw discs; the number stands in them from 100 up. */
  WC.drawDiscs = function drawDiscs(context, discs, colours, ink) {
    context.lineWidth = 1;
    context.strokeStyle = colours.land;
    context.fillStyle = ink;
    for (const disc of discs) {
      context.beginPath();
      context.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
    context.fillStyle = colours["bin-ink"];
    context.textAlign = "center";
    context.textBaseline = "middle";
    let size = 0;
    for (const disc of discs) {
      if (disc.n < 100 || disc.r < 8) continue;
      const text = WC.words.n(disc.n);
      const wanted = Math.max(9, Math.min(12, Math.floor((disc.r * 3.1) / text.length)));
      if (wanted !== size) {
        size = wanted;
        context.font = "600 " + size + "px " + WC.marks.font;
      }
      context.fillText(text, disc.x, disc.y + 0.5);
    }
  };
})(window.WC);
