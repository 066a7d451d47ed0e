/* What is in view as a list: the map's twin for keyboard and screen reader. */
(function (WC) {
  "use strict";

  const PAGE = 100;
  const DETAILS_UP_TO = 5000; // beyond that the view is too wide for single cameras to be told apart

  function nameOf(meta, store, row) {
    return WC.words.of("kind", meta.kinds[store.kind[row]].id);
  }

  function makerOf(meta, store, row) {
    const vendor = meta.vendors[store.vendor[row]];
    return vendor.id === null ? WC.t("list.no_maker") : vendor.name;
  }

  /** One row; `more` is filled when the camera's details are there. */
  function cameraRow(meta, store, row, chosen) {
    const year = store.year[row];
    const visibility = store.visibility[row];
    const about = visibility ? WC.words.of("visibility", meta.visibilities[visibility].id) : null;
    const more = WC.el("small", { class: "more-of-it" }, about);
    const item = WC.el(
      "li",
      null,
      WC.el(
        "button",
        {
          type: "button",
          "data-key": row,
          "aria-current": row === chosen ? "true" : null,
          onclick: () => WC.selection.camera(row, true),
        },
        WC.marks.picture(store.kind[row], store.vendor[row]),
        WC.el(
          "span",
          { class: "name" },
          nameOf(meta, store, row) + ", ",
          WC.data(makerOf(meta, store, row)),
          more,
        ),
        WC.el("small", { class: "tabular" }, year ? String(year + meta.year_base) : WC.t("list.no_year")),
      ),
    );
    return { row, item, more, about };
  }

  /** Tell rows apart by what their shards hold: operator, build, the source's own number. */
  async function addDetails(meta, made, isCurrent) {
    for (const { row, more, about } of made) {
      let record;
      try {
        record = await WC.details.of(meta, row);
      } catch {
        return; // the list stays as it is; opening a row says what did not load
      }
      if (!isCurrent()) return;
      const degrees = record.directions_deg.map((one) => WC.words.n(one));
      const parts = [
        record.operator_name ? WC.data(record.operator_name) : null,
        record.camera_type ? WC.words.of("camera_type", record.camera_type) : null,
        about,
        degrees.length ? WC.t("list.faces", { degrees: degrees.join("\u00b0, ") }) : null,
      ].filter(Boolean);
      const line = parts.flatMap((part, i) => (i ? [", ", part] : [part]));
      WC.fill(more, line, WC.el("span", { class: "id" }, WC.data(record.source_ref)));
    }
  }

  function deploymentRow(deployment) {
    const count = WC.headlineWords(deployment);
    return WC.el(
      "li",
      null,
      WC.el(
        "button",
        {
          type: "button",
          "data-key": deployment.id,
          onclick: () => WC.selection.deployment(deployment, true),
        },
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

  /** Deployments in view, or the largest elsewhere; always the way to all of them. */
  function deploymentPart({ inView, elsewhere, all }) {
    const shown = inView.length ? inView : elsewhere;
    return [
      WC.el(
        "h2",
        { class: "list-head" },
        inView.length ? WC.t("list.deployments", { n: inView.length }) : WC.t("list.deployments_far"),
      ),
      WC.el("p", { class: "list-note" }, WC.t("deployment.apart")),
      WC.el("ul", { class: "rows" }, shown.slice(0, PAGE).map(deploymentRow)),
      WC.el(
        "p",
        { class: "list-note" },
        WC.el("a", { href: "deployments/index.html" }, WC.t("list.deployments_all", { n: all })),
      ),
    ];
  }

  /** The list; `show({tally, area})` is called when the view rests and the list is open. */
  WC.listPanel = function listPanel(meta, into, layer) {
    let shown = PAGE;
    let last = null;
    let turn = 0;

    /** Replace the list; a row that had the focus has it again. */
    function refill(parts) {
      const focused = into.contains(document.activeElement) ? document.activeElement : null;
      WC.fill(into, parts);
      if (!focused || focused.isConnected) return;
      const again = into.querySelector('[data-key="' + CSS.escape(focused.dataset.key || "") + '"]');
      (again || WC.at("tab-list")).focus({ preventScroll: true });
    }

    function draw() {
      const mine = ++turn;
      const { tally, area, store, chosen, deployments } = last;
      const rows = layer.rowsIn(area, shown);
      const made = rows.map((row) => cameraRow(meta, store, row, chosen));
      const parts = [
        WC.el("h2", { class: "list-head", id: "list-title", tabindex: -1 }, WC.t("list.cameras", { n: tally.total })),
        WC.el("ul", { class: "rows" }, made.map(({ item }) => item)),
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
      if (deployments.all > 0) parts.push(deploymentPart(deployments));
      refill(parts);
      if (tally.total <= DETAILS_UP_TO) addDetails(meta, made, () => mine === turn);
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
