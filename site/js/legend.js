/* The legend: every mark that the map can draw, in the words of the page. */
(function (WC) {
  "use strict";

  function row(picture, text) {
    return WC.el("li", null, picture, WC.el("span", null, text));
  }

  function cone(kind) {
    const look = { stroke: "var(--camera)", fill: "none", "stroke-width": 1.3 };
    const shape =
      kind === "known"
        ? WC.svg("path", { d: "M3 9L16 3A15 15 0 0 1 16 15Z", ...look, fill: "var(--camera)", "fill-opacity": 0.16 })
        : WC.svg("path", { d: "M16 2L3 9L16 16M3 9H11", ...look, "stroke-dasharray": "2.5 2" });
    return WC.svg("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
  }

  function pole() {
    return WC.svg(
      "svg",
      { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
      WC.svg("circle", { cx: 9, cy: 9, r: 6.5, fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 2 }),
      WC.svg("text", { x: 9, y: 12.4, "text-anchor": "middle", "font-size": 10, "font-weight": 700, fill: "var(--camera)" }, "3"),
    );
  }

  function bin() {
    return WC.svg(
      "svg",
      { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
      WC.svg("circle", { cx: 9, cy: 9, r: 8.5, fill: "var(--camera)" }),
      WC.svg("text", { x: 9, y: 12, "text-anchor": "middle", "font-size": 8, "font-weight": 600, fill: "var(--bin-ink)" }, "120"),
    );
  }

  /** Fill the legend with what this release can show. */
  WC.legend = function legend(meta, into) {
    const kinds = meta.kinds.filter((kind) => kind.count > 0);
    const rows = [row(bin(), WC.t("legend.bin"))];
    for (const kind of kinds) {
      rows.push(row(WC.marks.picture(meta.kinds.indexOf(kind), 0), WC.t("legend.kind." + kind.id)));
    }
    if (meta.vendors.length > 1) {
      rows.push(row(WC.marks.picture(0, 1), WC.t("legend.maker")));
    }
    if (meta.with_direction > 0) {
      rows.push(row(cone("known"), WC.t("legend.cone")), row(cone("assumed"), WC.t("legend.fan")));
    }
    rows.push(row(pole(), WC.t("legend.pole")));
    if (meta.deployments > 0) rows.push(row(WC.ringPicture(), WC.t("legend.deployment")));
    WC.fill(
      into,
      WC.el("ul", null, rows),
      meta.with_direction > 0 ? WC.el("p", null, WC.t("legend.length")) : WC.el("p", null, WC.t("legend.no_direction")),
    );
  };
})(window.WC);
