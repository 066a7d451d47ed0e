/* What is in view as a list: the map's twin for keyboard and screen reader. */
(function (WC) {
  "use strict";

  const PAGE = 100;

  function nameOf(meta, store, row) {
    return WC.words.of("kind", meta.kinds[store.kind[row]].id);
  }

  function makerOf(meta, store, row) {
    const vendor = meta.vendors[store.vendor[row]];
    return vendor.id === null ? WC.t("list.no_maker") : vendor.name;
  }

  function cameraRow(meta, store, row, chosen) {
    const year = store.year[row];
    const directions = WC.directionsOf(store, row);
    const about = [
      store.visibility[row] ? WC.words.of("visibility", meta.visibilities[store.visibility[row]].id) : null,
      directions.length ? WC.t("list.faces", { degrees: directions.join("\u00b0, ") }) : null,
    ].filter(Boolean);
    return WC.el(
      "li",
      null,
      WC.el(
        "button",
        {
          type: "button",
          "aria-current": row === chosen ? "true" : null,
          onclick: () => WC.selection.camera(row, true),
        },
        WC.marks.picture(store.kind[row], store.vendor[row]),
        WC.el(
          "span",
          { class: "name" },
          nameOf(meta, store, row) + ", ",
          WC.data(makerOf(meta, store, row)),
          about.length ? [WC.el("br"), WC.el("small", null, about.join(" \u00b7 "))] : null,
        ),
        WC.el("small", { class: "tabular" }, year ? String(year + meta.year_base) : WC.t("list.no_year")),
      ),
    );
  }

  function deploymentRow(deployment) {
    const count = WC.headlineWords(deployment);
    return WC.el(
      "li",
      null,
      WC.el(
        "button",
        { type: "button", onclick: () => WC.selection.deployment(deployment, true) },
        WC.ringPicture(),
        WC.el(
          "span",
          { class: "name" },
          WC.data(deployment.name),
          count ? [WC.el("br"), WC.el("small", null, count)] : null,
        ),
        WC.el("small", null, WC.data(deployment.country_code || "")),
      ),
    );
  }

  /** The list; `show({tally, area})` is called when the view rests and the list is open. */
  WC.listPanel = function listPanel(meta, into, layer) {
    let shown = PAGE;
    let last = null;

    function draw() {
      const { tally, area, store, chosen, deployments } = last;
      const rows = layer.rowsIn(area, shown);
      const parts = [
        WC.el("h3", { class: "list-head", id: "list-title", tabindex: -1 }, WC.t("list.cameras", { n: tally.total })),
        WC.el("ul", { class: "rows" }, rows.map((row) => cameraRow(meta, store, row, chosen))),
      ];
      if (tally.total > rows.length) {
        parts.push(
          WC.el("p", { class: "list-note" }, WC.t("list.first", { n: rows.length, total: tally.total })),
          WC.el(
            "button",
            {
              type: "button",
              class: "more",
              onclick() {
                shown += PAGE;
                draw();
              },
            },
            WC.t("list.more"),
          ),
        );
      }
      if (tally.total === 0) parts.push(WC.el("p", { class: "list-note" }, WC.t("list.empty")));
      if (deployments.length) {
        parts.push(
          WC.el("h3", { class: "list-head" }, WC.t("list.deployments", { n: deployments.length })),
          WC.el("p", { class: "list-note" }, WC.t("deployment.apart")),
          WC.el("ul", { class: "rows" }, deployments.map(deploymentRow)),
        );
      }
      WC.fill(into, parts);
    }

    return {
      show(view) {
        if (!last || last.area.west !== view.area.west || last.area.north !== view.area.north) shown = PAGE;
        last = view;
        draw();
      },
    };
  };

  /** The ring of a deployment, for lists and the legend. */
  WC.ringPicture = function ringPicture() {
    const look = { cx: 9, cy: 9, stroke: "var(--deployment)" };
    return WC.svg(
      "svg",
      { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" },
      WC.svg("circle", { ...look, r: 7, fill: "var(--deployment)", "fill-opacity": 0.14, "stroke-width": 2.2 }),
      WC.svg("circle", { ...look, r: 1.2, fill: "var(--deployment)" }),
    );
  };
})(window.WC);
