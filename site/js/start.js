/* The order in which the page comes alive: overview first, then every camera, then the rest. */
(function (WC) {
  "use strict";

  function openingView(map, meta, asked) {
    if (asked) {
      map.setView([asked.lat, asked.lng], asked.zoom, { animate: false });
    } else if (meta.opening) {
      const { south, west, north, east } = meta.opening;
      map.fitBounds(
        [
          [south, west],
          [north, east],
        ],
        { animate: false, padding: [24, 24], maxZoom: 15 },
      );
    } else {
      map.setView(map.getCenter(), map.getMinZoom(), { animate: false });
    }
  }

  /** The world is never narrower than the map, so that no camera is in view twice. */
  function leastZoom(map) {
    return Math.max(1, Math.ceil(Math.log2(map.getSize().x / 256)));
  }

  function tabs(onList) {
    const filterTab = WC.at("tab-filter");
    const listTab = WC.at("tab-list");
    const show = (list) => {
      filterTab.setAttribute("aria-selected", String(!list));
      listTab.setAttribute("aria-selected", String(list));
      filterTab.tabIndex = list ? -1 : 0;
      listTab.tabIndex = list ? 0 : -1;
      WC.at("pane-filter").hidden = list;
      WC.at("pane-list").hidden = !list;
      onList(list);
    };
    filterTab.addEventListener("click", () => show(false));
    listTab.addEventListener("click", () => show(true));
    for (const [tab, other] of [
      [filterTab, listTab],
      [listTab, filterTab],
    ]) {
      tab.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        other.click();
        other.focus();
      });
    }
    return show;
  }

  function pointer(map, layer, rings, tip, meta, getStore) {
    const words = (found) => {
      const store = getStore();
      if (found.disc) return WC.t("tip.bin", { n: found.disc.n });
      if (found.rows.length > 1) return WC.t("tip.pole", { n: found.rows.length });
      const row = found.rows[0];
      const vendor = meta.vendors[store.vendor[row]];
      const maker = vendor.id === null ? WC.t("list.no_maker") : vendor.name;
      return [WC.words.of("kind", meta.kinds[store.kind[row]].id), ", ", WC.data(maker)];
    };
    map.on("mousemove", (event) => {
      const ring = rings.at(event.latlng, false);
      const found = layer.at(event.latlng, false);
      map.getContainer().classList.toggle("pointing", Boolean(ring.length || found));
      if (ring.length && !found) tip.show(event.containerPoint, WC.data(rings.label(ring)));
      else if (found) tip.show(event.containerPoint, words(found));
      else tip.hide();
      layer.open(found && found.pole !== undefined ? found.pole : -1);
    });
    map.on("mouseout movestart", () => tip.hide());
    map.on("click", (event) => {
      const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
      const found = layer.at(event.latlng, touch);
      const ring = rings.at(event.latlng, touch);
      const isCovered = found && found.disc && found.disc.r > 9; // by a disc larger than a ring
      if (found && found.rows) WC.selection.camera(found.rows[0], false);
      else if (ring.length && !isCovered) WC.selection.deployment(ring[0], false);
      else if (found) map.setView(event.latlng, Math.min(map.getMaxZoom(), map.getZoom() + 2));
      else WC.selection.close();
    });
  }

  async function addDeployments(meta, layer, finder, onThere, wanted) {
    if (meta.deployments === 0) return;
    let payload;
    try {
      payload = await WC.want("deployments");
    } catch {
      WC.notice.failed(WC.t("error.deployments"), () =>
        addDeployments(meta, layer, finder, onThere, wanted),
      );
      return;
    }
    layer.show(payload.deployments);
    document.documentElement.dataset.deployments = "true";
    finder.addDeployments(payload.deployments);
    onThere();
    const asked = payload.deployments.find(({ id }) => id === wanted);
    if (asked) WC.selection.deployment(asked, false);
  }

  function lead(map, rings) {
    const far = rings.all().filter(
      ({ lat_deg: lat, lon_deg: lng }) => lat !== null && !map.getBounds().contains([lat, lng]),
    );
    if (far.length === 0) return;
    const said = ({ counts, claims, suppliers }) =>
      suppliers.reduce((n, supplier) => n + supplier.claims.length, counts.length + claims.length);
    const best = far.reduce((a, b) => (said(b) > said(a) ? b : a)); // the one of which most is said
    WC.notice.say(WC.t("lead", { n: far.length, name: best.place || best.name }), {
      text: WC.t("lead.go"),
      go: () => WC.selection.deployment(best, true),
    });
  }

  /** Called once by the page's own script, when the map is made. */
  WC.start = function start(map) {
    performance.mark("wc-start");
    WC.want("cameras").catch(() => {}); // on its way while the first picture is drawn
    const meta = WC.have("meta");
    WC.words.start(document.documentElement.lang);
    WC.theme.start();
    WC.marks.giveLetters(meta.vendors);
    const asked = WC.address.read(window.location.hash, meta);
    WC.filter.restore(asked.filter);
    document.documentElement.classList.toggle("is-embed", Boolean(asked.embed));
    WC.at("desk").classList.toggle("embed", Boolean(asked.embed));
    if (!asked.understood) WC.notice.warn(WC.t("error.address"));

    map.invalidateSize({ animate: false });
    map.options.minZoom = leastZoom(map); // as an option: the method would set off a zoom of its own
    map.on("resize", () => map.setMinZoom(leastZoom(map)));
    map.options.maxBoundsViscosity = 1;
    map.setMaxBounds([
      [-85.06, -36000],
      [85.06, 36000],
    ]);
    openingView(map, meta, asked.view);

    let colours = WC.theme.colours();
    const coloursNow = () => colours;
    let ground = null;
    const streets = WC.streets(meta, () => ground.redrawSoon());
    ground = WC.groundLayer(meta, coloursNow, streets).addTo(map);
    const layer = WC.cameraLayer(coloursNow);
    layer.showOverview(WC.readOverview(WC.have("overview")));
    layer.addTo(map);
    const rings = WC.deploymentLayer(coloursNow, layer.obstacles).addTo(map);
    performance.mark("wc-first-paint");
    document.documentElement.dataset.painted = "true";

    WC.theme.onChange(() => {
      colours = WC.theme.colours();
      for (const sheet of [ground, layer, rings]) sheet.redraw();
    });
    WC.run({ map, meta, asked, ground, layer, rings });
  };

  /** Everything after the first paint. */
  WC.run = async function run({ map, meta, asked, ground, layer, rings }) {
    let store = null;
    let tellStore;
    const ready = new Promise((resolve) => {
      tellStore = resolve;
    });
    const tip = WC.tip(map);
    const writeAddress = () => {
      if (!store) return;
      const centre = map.getCenter().wrap();
      const view = { zoom: map.getZoom(), lat: centre.lat, lng: centre.lng };
      const { camera, deployment } = WC.selection.state;
      const text = WC.address.write({ view, camera, deployment, embed: asked.embed }, meta);
      if (text !== window.location.hash) window.history.replaceState(null, "", text);
    };

    WC.startSelection({ map, meta, layer, rings, onChange: () => afterSelection(), ready });
    WC.mapTools(map);
    WC.credit(meta, WC.at("credit"));
    WC.localLists(meta);
    WC.legend(meta, WC.at("legend-body"));
    WC.offerTiles(meta, map, WC.at("legend-body"));
    const showFacets = WC.facetPanel(meta, WC.at("pane-filter"));
    const list = WC.listPanel(meta, WC.at("pane-list"), layer);
    const showSummary = WC.summary(meta);
    const finder = WC.search(meta, map);
    const sheet = WC.sheet(WC.at("panel"), WC.at("grip"), "peek");
    let showYears = null;
    let listOpen = false;
    let listSoon = 0;

    function fillList() {
      if (!WC.lastView) return;
      const bounds = map.getBounds();
      const all = rings.all();
      const inView = all.filter(
        ({ lat_deg: lat, lon_deg: lng }) => lat !== null && bounds.contains([lat, lng]),
      );
      const deployments = { inView, elsewhere: all.slice(0, 5), all: all.length };
      list.show({ ...WC.lastView.view, store, chosen: WC.selection.state.row, deployments });
    }

    function refreshList() {
      clearTimeout(listSoon);
      if (listOpen) listSoon = setTimeout(fillList, 80);
    }

    function afterSelection() {
      writeAddress();
      refreshList();
    }

    const showTab = tabs((open) => {
      listOpen = open;
      if (open && WC.isNarrow()) sheet.rest("half");
      refreshList();
    });
    WC.at("skip").addEventListener("click", (event) => {
      event.preventDefault();
      showTab(true);
      sheet.rest("full");
      WC.at("tab-list").focus();
    });
    WC.printing(map, fillList);
    const clear = WC.at("clear");
    clear.addEventListener("click", () => WC.filter.clear());

    layer.onView((view) => {
      WC.lastView = { view };
      showSummary(view.tally);
      showFacets(view.tally);
      if (showYears) showYears(view.tally.year);
      clear.hidden = WC.filter.count === 0;
      writeAddress();
      refreshList();
    });
    WC.filter.onChange(() => {
      layer.redraw();
      rings.redrawSoon();
    });
    pointer(map, layer, rings, tip, meta, () => store);
    window.addEventListener("hashchange", () => window.location.reload());

    async function loadCameras() {
      let payload;
      try {
        payload = await WC.want("cameras");
      } catch {
        WC.notice.failed(WC.t("error.cameras"), loadCameras);
        return;
      }
      performance.mark("wc-columns");
      store = await WC.readCameras(payload);
      performance.mark("wc-decoded");
      WC.drop("cameras");
      showYears = WC.yearStrip(meta, WC.at("years"), WC.yearSpan(store));
      layer.showStore(store);
      performance.mark("wc-ready");
      document.documentElement.dataset.ready = "true";
      tellStore(store);
      if (asked.camera) WC.selection.byId(asked.camera);
    }

    await loadCameras();
    const wanted = asked.deployment;
    addDeployments(meta, rings, finder, () => (asked.view || asked.embed ? null : lead(map, rings)), wanted);
    ground.refine().catch(() => {
      // the coarse coast stays: said nowhere, because nothing the reader counts on is missing
    });
  };
})(window.WC);
