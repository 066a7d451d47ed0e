/* The order in which the page comes alive: overview first, then every camera, then the rest. */

import { address } from "./address.js";
import { openAskedPlace } from "./asked_place.js";
import { comingCameras } from "./coming_cameras.js";
import { have, put, want } from "./data_loader.js";
import { deploymentLayer } from "./deployments.js";
import { byId } from "./dom.js";
import { evidence } from "./evidence.js";
import { facetPanel } from "./facets.js";
import { canUnpack, comeAlive, giveUp } from "./failure.js";
import { keepWheelForThePage } from "./embedding.js";
import { filter } from "./filter.js";
import { groundLayer } from "./ground.js";
import { cameraLayer } from "./layer.js";
import { keyPanel } from "./key.js";
import { startLanguage } from "./languages.js";
import { fillLegend } from "./legend.js";
import { lead } from "./lead.js";
import { listPanel } from "./list.js";
import { looks } from "./looks.js";
import { countSummary, fillCredit, mapTools, pointerTip, showLocalLists } from "./map_controls.js";
import { marks } from "./marks.js";
import { nameLayer } from "./names.js";
import { addDeployments } from "./load_systems.js";
import { openingView, startView } from "./opening_view.js";
import { nearMe } from "./near_me.js";
import { notice } from "./notice.js";
import { showPassing } from "./passing_frame.js";
import { followPointer } from "./pointer.js";
import { preparePrinting } from "./printing.js";
import { searchBox } from "./search.js";
import { selectCameraById } from "./select_event.js";
import { startSelection } from "./selection.js";
import { shareMenu } from "./share.js";
import { isNarrow, makeSheet } from "./sheet.js";
import { discScale } from "./scale.js";
import { readOverview } from "./store.js";
import { startStory, storyIsOpen } from "./story.js";
import { streetLayer } from "./streets.js";
import { tallySystems } from "./systems.js";
import { wireTabs } from "./tabs.js";
import { theme } from "./theme.js";
import { firstFrame, firstScreenShown, nextTurn, soon } from "./turns.js";
import { offerTiles } from "./tiles.js";
import { formatDate, inLanguage, t } from "./words.js";
import { worldLayer } from "./world.js";
import { keepYearsAtHand, yearSpan, yearStrip } from "./years.js";

const WORLD = { lat: 25, lng: 4, zoom: 1 }; // the least zoom of the window holds
const COUNTRIES_ZOOM = 4; // to here a window holds countries, beyond it towns

/**
 * Called once by the page's own script, when the map is made.
 *
 * @param {LeafletMap} map
 */
async function startPage(map) {
  await firstFrame(); // the first screen stands and answers before the map takes the processor
  performance.mark("wc-start");
  startLanguage();
  theme.start();
  const meta = have("meta");
  if (!canUnpack()) return giveUp("failed.browser");
  if (!meta) return giveUp("failed.files");
  const picture = Promise.all([want("land-110m"), want("overview")]);
  if (storyIsOpen()) want(inLanguage("deployments")).catch(() => {});
  const makers = [...meta.vendors, ...meta.others];
  marks.giveLetters(makers);
  filter.setMeaning(
    makers.map(({ id }) => id),
    meta.year_base,
  );
  const asked = address.read(globalThis.location.hash, meta);
  filter.restore(asked.filter);
  looks.restore(!asked.count);
  document.documentElement.classList.toggle("is-embed", Boolean(asked.embed));
  byId("desk").classList.toggle("embed", Boolean(asked.embed));
  if (!asked.understood) notice.warn(t("error.address"));
  startView(map, meta, storyIsOpen() ? WORLD : asked.view);
  const showSummary = countSummary(meta);
  const cameras = comingCameras(map, showSummary); // read while the first screen is being shown
  await firstScreenShown();
  comeAlive();
  // Those that are here already are counted before a picture takes the processor.
  if (have("cameras")) await cameras.store.catch(() => {});
  if (document.documentElement.dataset.failed) return;

  const colours = { now: theme.colours() };
  const rings = deploymentLayer(() => colours.now).addTo(map);
  // The picture follows what the buttons of the first screen say, and said before.
  const story = { afterClose: () => {} };
  startStory(map, rings, () => {
    if (filter.count === 0) openingView(map, meta, null); // else what was chosen stays in view
    story.afterClose();
  });
  drawPage({ map, meta, makers, asked, rings, story, cameras, showSummary }, colours, picture);
}

/**
 * The first picture, a layer in each turn; then everything else.
 *
 * @param {Begun} begun
 * @param {{now: Colours}} colours
 * @param {Promise<unknown>} picture
 */
async function drawPage(begun, colours, picture) {
  const { map, meta, rings, cameras } = begun;
  /** @type {Store | null} */
  let store = null;
  cameras.store.then((all) => (store = all)).catch(() => {});
  try {
    await picture;
  } catch {
    return giveUp("failed.files");
  }
  const coloursNow = () => colours.now;
  await nextTurn();
  /** @type {any} */
  let ground = null;
  const streets = streetLayer(meta, () => ground.redrawSoon());
  ground = groundLayer(meta, coloursNow, streets).addTo(map);
  const scale = discScale();
  await nextTurn();
  const world = worldLayer(meta, coloursNow, scale, () => layer.redraw()).addTo(map);
  const layer = cameraLayer(coloursNow, scale);
  if (store) layer.showStore(store);
  else layer.showOverview(readOverview(have("overview")));
  layer.addTo(map);
  await nextTurn();
  const names = nameLayer(coloursNow, { ground, rings, cameras: layer, world }).addTo(map);
  rings.onDraw(names.redrawSoon.bind(names));
  const sheets = [ground, world, rings, layer, names];
  performance.mark("wc-first-paint");
  document.documentElement.dataset.painted = "true";

  theme.onChange(() => {
    colours.now = theme.colours();
    for (const sheet of sheets) sheet.redraw();
  });
  await nextTurn();
  runPage({ ...begun, ground, world, layer, names, scale, sheets });
}

/**
 * Everything after the first paint.
 *
 * @param {Begun & {scale: DiscScale, sheets: any[], ground: any, world: any, layer: any, names: any}} page
 */
async function runPage(page) {
  const { map, meta, makers, asked, story, showSummary, ground, world, layer, rings, names, scale, sheets } = page;
  /** @type {Store | null} */
  let store = null;
  /** @type {View | null} */
  let lastView = null;
  /** @type {(store: Store) => void} */
  let tellStore = () => {};
  /** @type {Promise<Store>} */
  const ready = new Promise((resolve) => {
    tellStore = resolve;
  });
  const tip = pointerTip(map);
  // Behind what the reader did: the browser takes its time to note an address.
  const writeAddress = soon(() => {
    const { camera, deployment, place } = chosen;
    const isBare = filter.count === 0 && !deployment && !camera && !place;
    if (!store) return;
    if (storyIsOpen() && isBare) {
      if (globalThis.location.hash) globalThis.history.replaceState(null, "", "#");
      return;
    }
    const centre = map.getCenter().wrap();
    const view = { zoom: map.getZoom(), lat: centre.lat, lng: centre.lng };
    const text = address.write({ view, camera, deployment, place, embed: asked.embed }, meta);
    if (text !== globalThis.location.hash) globalThis.history.replaceState(null, "", text);
  });

  const chosen = startSelection({
    map,
    meta,
    makers,
    layer,
    rings,
    onChange: () => afterSelection(),
    ready,
  });
  mapTools(map);
  fillCredit(meta, byId("credit"));
  showLocalLists(meta);
  fillLegend(meta, byId("legend-body"));
  offerTiles(meta, map, byId("legend-body"));
  await nextTurn();
  const placeYears = keepYearsAtHand();
  /** @type {ReturnType<typeof facetPanel> | null} */
  let showFacets = null;
  // Hundreds of rows: while the story stands in front of them they can wait for the cameras.
  const fillFilter = () => {
    if (showFacets) return;
    showFacets = facetPanel(meta, byId("pane-filter"));
    placeYears(); // in the panel of a narrow screen, which was just filled
    showBeside();
  };
  const list = listPanel(meta, byId("pane-list"), layer);
  const showKey = keyPanel(makers, scale);
  /** @type {Shares | null} */
  let worldSums = null;
  await nextTurn();
  const finder = searchBox(meta, map);
  nearMe(map);
  const sheet = makeSheet(byId("panel"), byId("grip"), "peek");
  /** @type {((counts: number[]) => void) | null} */
  let showYears = null;
  let isBesideLate = false;
  let listOpen = false;
  let listSoon = 0;

  /** What the view holds beside cameras: systems, and what the world's counts have there. */
  function showBeside() {
    isBesideLate = false;
    if (!lastView) return;
    const systems = tallySystems(rings.inView());
    // A system of a whole country lies in no view; beside the view of a town its count would mislead.
    const isWide = map.getZoom() <= COUNTRIES_ZOOM;
    const afar = isWide
      ? rings.passing().filter((/** @type {Deployment} */ { lat_deg: lat }) => lat === null).length
      : 0;
    const words = [t("sum.systems", { n: systems.total }), afar ? t("sum.no_point", { n: afar }) : ""];
    byId("systems").textContent = rings.all().length ? words.filter(Boolean).join("; ") : "";
    if (showFacets) showFacets(lastView.tally, systems);
    const counted = worldSums && worldSums.n;
    byId("world-sum").textContent = counted
      ? t("sum.world", { n: counted, date: formatDate(/** @type {World} */ (meta.world).data_on) })
      : "";
    showKey({ tally: lastView.tally, world: worldSums, zoom: map.getZoom(), hasDiscs: layer.hasDiscs() || Boolean(counted) });
  }

  async function fillList() {
    if (!lastView || !store) return;
    const all = rings.all();
    const inView = rings.inView().filter((/** @type {Deployment} */ { values }) => filter.letsSystem(values));
    const deployments = { inView, elsewhere: all.slice(0, 5), all: all.length };
    await list.show({ ...lastView, store, chosen: chosen.row, deployments });
  }

  function refreshList() {
    clearTimeout(listSoon);
    if (listOpen) listSoon = setTimeout(fillList, 80);
  }

  function afterSelection() {
    names.redrawSoon(); // a name under the drawer would be cut
    writeAddress();
    refreshList();
  }

  const showTab = wireTabs((open) => {
    listOpen = open;
    if (open && isNarrow()) sheet.rest("half");
    refreshList();
  });
  byId("skip-map").addEventListener("click", (event) => {
    event.preventDefault(); // the address is the view's
    byId("map").focus();
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    showTab(true);
    sheet.rest("full");
    byId("tab-list").focus();
  });
  story.afterClose = () => {
    fillFilter();
    writeAddress();
  };
  if (!storyIsOpen()) fillFilter();
  preparePrinting(map, sheets, fillList);
  shareMenu({ map, meta, sheets, layer, rings, getStore: () => store, getView: () => lastView, fillList });
  keepWheelForThePage(map, Boolean(asked.embed));
  const clear = byId("clear");
  clear.addEventListener("click", () => filter.clear());

  layer.onView((/** @type {View} */ view) => {
    lastView = view;
    showSummary(view.tally);
    showBeside();
    if (showYears) showYears(view.tally.year);
    clear.hidden = filter.count === 0;
    writeAddress();
    refreshList();
  });
  filter.onChange(() => {
    world.redraw();
    layer.redraw();
    rings.redrawSoon();
  });
  looks.onChange(() => {
    for (const sheet of [world, layer]) sheet.redraw();
    writeAddress();
  });
  world.onView((/** @type {Shares | null} */ sums) => {
    worldSums = sums;
    // The cameras are mostly drawn next, and then all of it is said anyway.
    isBesideLate = true;
    queueMicrotask(() => {
      if (isBesideLate) showBeside();
    });
  });
  followPointer({ map, layer, rings, world, tip, meta, makers, getStore: () => /** @type {Store} */ (store) });
  globalThis.addEventListener("hashchange", () => globalThis.location.reload());

  /** @param {ComingCameras} cameras */
  async function loadCameras(cameras) {
    try {
      await cameras.file;
    } catch {
      byId("count-what").textContent = t("sum.failed");
      notice.failed(t("error.cameras"), () => loadCameras(comingCameras(map, showSummary)));
      return;
    }
    try {
      store = await cameras.store;
    } catch {
      giveUp("failed.files"); // the file came, and is not what it should be
      return;
    }
    showYears = yearStrip(meta, byId("years"), yearSpan(store));
    if (lastView) showYears(/** @type {View} */ (lastView).tally.year);
    await nextTurn();
    layer.showStore(store);
    performance.mark("wc-ready");
    document.documentElement.dataset.ready = "true";
    tellStore(store);
    if (asked.camera) selectCameraById(asked.camera, !asked.view);
  }

  // Context and names are no finding: where they do not come the map says nothing of it.
  const addContext = () => Promise.allSettled([world.load(), names.load()]);
  const addSystems = () => {
    const onThere = () => {
      showBeside();
      // On a narrow screen it would cover what the map shows.
      const isChosen = asked.place || asked.deployment || asked.camera;
      const isAsked = asked.view || asked.embed || isChosen || filter.count > 0;
      if (!asked.view && !isChosen && store && filter.count > 0) showPassing(map, rings, store);
      if (!isAsked && !storyIsOpen() && !isNarrow()) lead(map, rings);
      if (asked.place) openAskedPlace(asked.place, map, !asked.view); // it tells of systems
    };
    if (meta.deployments === 0) onThere();
    return addDeployments(meta, rings, finder, onThere, { id: asked.deployment, near: !asked.view });
  };
  // The story speaks of systems: they come first where it is open, and the cameras where it is not.
  if (storyIsOpen()) {
    addSystems();
    addContext();
  }
  const wasOpen = storyIsOpen();
  await loadCameras(page.cameras);
  if (document.documentElement.dataset.failed) return;
  if (!wasOpen) {
    addSystems();
    addContext();
  }
  await nextTurn();
  fillFilter();
  ground.allowFine();
  evidence.want().catch(() => {}); // a drawer that needs it asks again, and says what failed
}

/* The one name that the page adds to the window: data files call `put`, the page calls `start`. */
globalThis.WC = { put, start: startPage };
