/* What stands around the map: zoom buttons, scale, credit, count, tip, embedding. */
(function (WC) {
  "use strict";

  /** Zoom buttons and the scale bar. */
  WC.mapTools = function mapTools(map) {
    const inward = WC.at("zoom-in");
    const outward = WC.at("zoom-out");
    const scale = WC.at("scale");
    inward.addEventListener("click", () => map.zoomIn());
    outward.addEventListener("click", () => map.zoomOut());

    function show() {
      inward.disabled = map.getZoom() >= map.getMaxZoom();
      outward.disabled = map.getZoom() <= map.getMinZoom();
      const size = map.getSize();
      const middle = size.y / 2;
      const metres = map.distance(
        map.containerPointToLatLng([size.x / 2 - 50, middle]),
        map.containerPointToLatLng([size.x / 2 + 50, middle]),
      );
      const power = 10 ** Math.floor(Math.log10(metres));
      const round = [5, 2, 1].find((step) => step * power <= metres) * power;
      scale.style.width = (100 * round) / metres + "px";
      scale.textContent = round >= 1000 ? WC.t("scale.km", { n: round / 1000 }) : WC.t("scale.m", { n: round });
    }
    map.on("moveend", show);
    show();
  };

  /** Licence, attribution and the day of the data; always in sight. */
  WC.credit = function credit(meta, into) {
    const parts = [];
    for (const source of meta.credits) {
      const text = source.url ? WC.linkOut(source.url, source.attribution) : WC.data(source.attribution);
      parts.push(text, ", ", WC.data(source.license_id), "; ");
    }
    WC.fill(
      into,
      parts,
      WC.t("credit.data", { date: WC.words.date(meta.data_on) }) + "; ",
      WC.el("a", { href: "data.html" }, WC.t("credit.release"), " ", WC.el("span", { class: "tabular" }, meta.release_id)),
      ". ",
      WC.t("credit.ground"),
    );
  };

  /** Lists that state no licence: they are on this map and in no release, and that stays in sight. */
  WC.localLists = function localLists(meta) {
    const strip = WC.at("local");
    if (!meta.local.length) return;
    WC.fill(strip, WC.t("local"), " ", WC.data(meta.local.join(", ")));
    strip.hidden = false;
  };

  /** The number of cameras in view and how many have a maker. */
  WC.summary = function summary(meta) {
    const count = WC.at("count");
    const what = WC.at("count-what");
    const bar = WC.at("known-bar");
    const known = WC.at("known");
    const unknown = WC.at("unknown");
    const live = WC.at("live");
    let speak = 0;
    return (tally) => {
      const named = tally.total - tally.unknownMaker;
      count.textContent = WC.words.n(tally.total);
      if (tally.before === 0) what.textContent = WC.t("sum.nothing", { release: meta.n });
      else if (WC.filter.count) {
        what.textContent = WC.t("sum.filtered", { n: tally.total, before: tally.before });
      } else what.textContent = WC.t("sum.all", { n: tally.total, release: meta.n });
      bar.style.width = tally.total ? (100 * named) / tally.total + "%" : "0";
      known.textContent = WC.t("sum.known", { n: named });
      unknown.textContent = WC.t("sum.unknown", { n: tally.unknownMaker });
      clearTimeout(speak);
      speak = setTimeout(() => {
        live.textContent = WC.t("live.count", { n: tally.total });
      }, 600);
    };
  };

  const PAPER_WIDTH = 680; // CSS pixels of A4 between margins of 14 mm, and a little less

  /** Before printing: fit the map to the paper, and let `fill` bring the list up to date. */
  WC.printing = function printing(map, fill) {
    window.addEventListener("beforeprint", () => {
      const size = map.getSize();
      const style = WC.at("stage").style;
      style.setProperty("--map-width", size.x + "px");
      style.setProperty("--map-height", size.y + "px");
      style.setProperty("--map-fit", String(Math.min(1, PAPER_WIDTH / size.x)));
      WC.theme.forPaper();
      fill();
    });
  };

  /** The small text at the pointer. */
  WC.tip = function tip(map) {
    const box = WC.el("div", { class: "tip", "aria-hidden": "true", hidden: true });
    map.getContainer().append(box);
    return {
      hide() {
        box.hidden = true;
      },
      show(at, text) {
        WC.fill(box, text);
        box.hidden = false;
        const size = map.getSize();
        const left = Math.min(size.x - box.offsetWidth - 4, at.x + 12);
        box.style.left = Math.max(4, left) + "px";
        box.style.top = Math.max(4, at.y - box.offsetHeight - 10) + "px";
      },
    };
  };
})(window.WC);
