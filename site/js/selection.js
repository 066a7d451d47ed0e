/* What is selected, and the drawer that tells about it. */
(function (WC) {
  "use strict";

  const FIND_AMONG = 20000; // rows looked through for a camera named in an address

  WC.startSelection = function startSelection({ map, meta, layer, rings, onChange, ready }) {
    const drawer = WC.at("drawer");
    const state = { row: -1, camera: null, deployment: null };
    let opener = null;
    let turn = 0;
    const sheet = WC.sheet(drawer, WC.at("drawer-grip"), "half");

    function open(page, focus) {
      WC.fill(WC.at("drawer-title"), page.title);
      WC.fill(WC.at("drawer-under"), page.under);
      WC.fill(WC.at("drawer-body"), page.body);
      WC.at("drawer-body").scrollTop = 0;
      if (drawer.hidden) {
        opener = document.activeElement;
        sheet.rest("half");
      }
      drawer.hidden = false;
      document.documentElement.dataset.drawer = "open";
      if (focus) WC.at("drawer-title").focus({ preventScroll: true });
    }

    /** To what opened the drawer; a list may have been drawn anew since. */
    function giveFocusBack() {
      const key = opener && opener.dataset.key;
      const again = key && document.querySelector('#pane-list [data-key="' + CSS.escape(key) + '"]');
      const target = opener && opener.isConnected ? opener : again || WC.at("tab-list");
      target.focus({ preventScroll: true });
    }

    function close() {
      if (drawer.hidden) return;
      turn++;
      drawer.hidden = true;
      delete document.documentElement.dataset.drawer;
      Object.assign(state, { row: -1, camera: null, deployment: null });
      layer.choose(-1);
      rings.choose(null);
      giveFocusBack();
      onChange();
    }

    /** Half of what the drawer covers, as pixels to move the centre by. */
    function covered() {
      const size = map.getSize();
      return WC.isNarrow() ? L.point(0, size.y * 0.3) : L.point(190, 0);
    }

    /** Bring a point into the part of the map that no drawer covers. */
    function reveal(latlng, zoom) {
      const target = Math.max(map.getMinZoom(), zoom);
      const centre = map.unproject(map.project(latlng, target).add(covered()), target);
      map.setView(centre, target, { animate: false });
    }

    /** Move the map where the drawer has come to lie over what it tells about. */
    function uncover(latlng) {
      const at = map.latLngToContainerPoint(latlng);
      const from = map.getContainer().getBoundingClientRect();
      const box = drawer.getBoundingClientRect();
      const x = at.x + from.left;
      const y = at.y + from.top;
      if (x < box.left - 20 || x > box.right || y < box.top - 20 || y > box.bottom) return;
      const shift = covered();
      const middle = map.getSize().divideBy(2).subtract(shift);
      map.panBy(at.subtract(WC.isNarrow() ? L.point(at.x, middle.y) : L.point(middle.x, at.y)), {
        animate: false,
      });
    }

    async function showCamera(row, focus, move) {
      const mine = ++turn;
      const store = await ready;
      if (move) reveal(WC.latlngOf(store, row), Math.max(17, map.getZoom()));
      Object.assign(state, { row, camera: null, deployment: null });
      layer.choose(row);
      rings.choose(null);
      let record;
      try {
        record = await WC.details.of(meta, row);
      } catch {
        if (mine === turn) WC.notice.failed(WC.t("error.details"), () => showCamera(row, focus, move));
        return;
      }
      if (mine !== turn) return;
      state.camera = record.camera_id;
      open(WC.cameraPage(meta, store, row, record), focus);
      if (!move) uncover(WC.latlngOf(store, row));
      onChange();
    }

    function showDeployment(deployment, move) {
      turn++;
      if (move && deployment.lon_deg !== null) reveal([deployment.lat_deg, deployment.lon_deg], 4);
      Object.assign(state, { row: -1, camera: null, deployment: deployment.id });
      layer.choose(-1);
      rings.choose(deployment.id);
      open(WC.deploymentPage(deployment, rings.beside(deployment)), move);
      onChange();
    }

    WC.at("drawer-close").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    });

    WC.selection = {
      state,
      close,
      /** Select a row; from a list the map moves there and the drawer takes the focus. */
      camera: (row, fromList) => showCamera(row, fromList, fromList),
      deployment: (deployment, fromList) => showDeployment(deployment, fromList),
      /** Select by the published id, among the cameras in view. */
      async byId(id) {
        await ready;
        const { view } = WC.lastView;
        const rows = layer.rowsIn(view.area, FIND_AMONG);
        let row;
        try {
          row = await WC.details.find(meta, rows, id);
        } catch {
          WC.notice.failed(WC.t("error.details"), () => WC.selection.byId(id));
          return;
        }
        if (row < 0) WC.notice.say(WC.t("search.not_in_view", { id }));
        else await showCamera(row, false, false);
      },
    };
  };

  /** Latitude and longitude of a row, to the cell's middle. */
  WC.latlngOf = function latlngOf(store, row) {
    const side = 2 ** (store.q - 8);
    return L.CRS.EPSG3857.pointToLatLng(
      L.point((store.x[row] + 0.5) / side, (store.y[row] + 0.5) / side),
      0,
    );
  };
})(window.WC);
