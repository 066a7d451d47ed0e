/* What is in view as a list: the map's twin for keyboard and screen reader. */

import { details } from "./details.js";
import { byId, dataText, el, englishText, fillNode, focusIn } from "./dom.js";
import { STANDING } from "./groups.js";
import { marks, ringPicture } from "./marks.js";
import { selectCamera, selectDeployment } from "./select_event.js";
import { plainPage } from "./site_ways.js";
import { formatNumber, t, wordFor } from "./words.js";

const PAGE = 100;
const DETAILS_UP_TO = 5000; // beyond that the view is too wide for single cameras to be told apart

/**
 * @param {Meta} meta
 * @param {Store} store
 * @param {number} row
 */
function nameOf(meta, store, row) {
  return wordFor("kind", meta.kinds[store.kind[row]].id);
}

/**
 * @param {Meta} meta
 * @param {Store} store
 * @param {number} row
 */
function makerOf(meta, store, row) {
  const vendor = meta.vendors[store.vendor[row]];
  return vendor.id === null ? t("list.no_maker") : vendor.name;
}

/**
 * One row; `more` is filled when the camera's details are there.
 *
 * @param {Meta} meta
 * @param {Store} store
 * @param {number} row
 * @param {number} chosen
 */
function cameraRow(meta, store, row, chosen) {
  const year = store.year[row];
  const visibility = store.visibility[row];
  const stands = STANDING.includes(store.lifecycle[row]);
  const seen = visibility ? wordFor("visibility", meta.visibilities[visibility].id) : null;
  const life = stands ? null : wordFor("lifecycle", meta.lifecycles[store.lifecycle[row]].id);
  const about = [life, seen].filter(Boolean).join(", ") || null;
  const more = el("small", { class: "more-of-it" }, about);
  const item = el(
    "li",
    null,
    el(
      "button",
      {
        type: "button",
        "data-key": row,
        "aria-current": row === chosen ? "true" : null,
        onclick: () => selectCamera(row, true),
      },
      marks.picture(store.kind[row], store.vendor[row], stands),
      el(
        "span",
        { class: "name" },
        nameOf(meta, store, row) + ", ",
        dataText(makerOf(meta, store, row)),
        more,
      ),
      el("small", { class: "tabular" }, year ? String(year + meta.year_base) : t("list.no_year")),
    ),
  );
  return { row, item, more, about };
}

/**
 * Tell rows apart by what their shards hold: operator, build, the source's own number.
 *
 * @param {Meta} meta
 * @param {ReturnType<typeof cameraRow>[]} made
 * @param {() => boolean} isCurrent
 */
async function addDetails(meta, made, isCurrent) {
  for (const one of made) {
    let record;
    try {
      record = await details.of(meta, one.row);
    } catch {
      return; // the list stays as it is; opening a row says what did not load
    }
    if (!isCurrent()) return;
    tellMore(one, record);
  }
}

/**
 * @param {ReturnType<typeof cameraRow>} made
 * @param {CameraRecord} record
 */
function tellMore({ more, about }, record) {
  const degrees = record.directions_deg.map((one) => formatNumber(one));
  const parts = [
    record.operator_name ? dataText(record.operator_name) : null,
    record.camera_type ? wordFor("camera_type", record.camera_type) : null,
    about,
    degrees.length ? t("list.faces", { degrees: degrees.join("\u00b0, ") }) : null,
  ].filter(Boolean);
  const line = parts.flatMap((part, i) => (i ? [", ", part] : [part]));
  fillNode(more, line, el("span", { class: "id" }, dataText(record.source_ref)));
}

/** @param {Deployment} deployment */
function deploymentRow(deployment) {
  const count = deployment.headline && deployment.headline.line;
  return el(
    "li",
    null,
    el(
      "button",
      {
        type: "button",
        "data-key": deployment.id,
        onclick: () => selectDeployment(deployment, true),
      },
      ringPicture(),
      el(
        "span",
        { class: "name" },
        englishText(deployment.name),
        [el("br"), el("small", null, dataText(deployment.where))],
        count ? [el("br"), el("small", null, count)] : null,
      ),
    ),
  );
}

/**
 * Deployments in view, or the largest elsewhere; always the way to all of them.
 *
 * @param {ListView["deployments"]} deployments
 * @returns {Child[]}
 */
function deploymentPart({ inView, elsewhere, all }) {
  const shown = inView.length ? inView : elsewhere;
  return [
    el(
      "h2",
      { class: "list-head" },
      inView.length ? t("list.deployments", { n: inView.length }) : t("list.deployments_far"),
    ),
    el("p", { class: "list-note" }, t("deployment.apart")),
    el("ul", { class: "rows" }, shown.slice(0, PAGE).map(deploymentRow)),
    el(
      "p",
      { class: "list-note" },
      el("a", { href: plainPage("deployments/index.html") }, t("list.deployments_all", { n: all })),
    ),
  ];
}

/**
 * The list; `show({tally, area})` is called when the view rests and the list is open.
 *
 * @param {Meta} meta
 * @param {HTMLElement} into
 * @param {any} layer what draws the cameras, from `layer.js`
 */
export function listPanel(meta, into, layer) {
  let shown = PAGE;
  /** @type {ListView | null} */
  let last = null;
  let turn = 0;

  /**
   * Replace the list; a row that had the focus has it again.
   *
   * @param {Child[]} parts
   */
  function refill(parts) {
    const focused = focusIn(into);
    fillNode(into, parts);
    if (!focused || focused.isConnected) return;
    /** @type {HTMLElement | null} */
    const again = into.querySelector('[data-key="' + CSS.escape(focused.dataset.key || "") + '"]');
    (again || byId("tab-list")).focus({ preventScroll: true });
  }

  /**
   * @param {ListView} view
   * @returns {Promise<void>} done when every row says what its shard holds, as far as it came
   */
  function draw(view) {
    const mine = ++turn;
    const { tally, area, store, chosen, deployments } = view;
    /** @type {number[]} */
    const rows = layer.rowsIn(area, shown);
    const made = rows.map((row) => cameraRow(meta, store, row, chosen));
    /** @type {Child[]} */
    const parts = [
      el("h2", { class: "list-head", id: "list-title", tabindex: -1 }, t("list.cameras", { n: tally.total })),
      el("ul", { class: "rows" }, made.map(({ item }) => item)),
    ];
    if (tally.total > rows.length) {
      parts.push(
        el("p", { class: "list-note" }, t("list.first", { n: rows.length, total: tally.total })),
        el(
          "button",
          {
            type: "button",
            class: "more",
            onclick() {
              shown += PAGE;
              draw(view);
            },
          },
          t("list.more"),
        ),
      );
    }
    if (tally.total === 0) parts.push(el("p", { class: "list-note" }, t("list.empty")));
    if (deployments.all > 0) parts.push(deploymentPart(deployments));
    // What has come is told at once: whoever prints by the browser's own key waits for nothing.
    const later = made.filter((one) => {
      const record = tally.total > DETAILS_UP_TO ? null : details.ofLoaded(meta, one.row);
      if (record) tellMore(one, record);
      return record === null;
    });
    const without = el("p", { class: "list-note paper-note" });
    const sayWithout = () => {
      const n = made.filter(({ more }) => !more.querySelector(".id")).length;
      without.textContent = n ? t("list.without_id", { n, most: DETAILS_UP_TO }) : "";
    };
    sayWithout();
    parts.splice(2, 0, without);
    refill(parts);
    if (tally.total > DETAILS_UP_TO) return Promise.resolve();
    return addDetails(meta, later, () => mine === turn).then(sayWithout);
  }

  return {
    /** @param {ListView} view */
    show(view) {
      if (!last || last.area.west !== view.area.west || last.area.north !== view.area.north) shown = PAGE;
      last = view;
      return draw(view);
    },
  };
}
