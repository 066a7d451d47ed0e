/* Take it away: a link, a frame for another page, what is in view as files, a picture, a sheet. */

import { byId, el, fillNode } from "./dom.js";
import { filter } from "./filter.js";
import { picturePng } from "./map_picture.js";
import { plainPage } from "./site_ways.js";
import {
  ROWS_AT_MOST,
  asCsv,
  asGeoJson,
  cameraRecords,
  handOver,
  systemRecords,
} from "./take_away.js";
import { t } from "./words.js";

const FRAME_HEIGHT = 480;

/**
 * Where the site stands for others: empty where it is known to nobody, as in a folder.
 *
 * @param {Meta} meta
 */
function address(meta) {
  // Pages of other languages than the first lie in a folder of their own.
  const folder = document.documentElement.dataset.top ? document.documentElement.lang + "/" : "";
  if (meta.page.address) return meta.page.address + folder + "index.html";
  const { protocol, origin, pathname } = globalThis.location;
  return protocol === "file:" ? "" : origin + pathname;
}

/** @param {string} text */
function attribute(text) {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

/**
 * The words that put the view into another page; it works there without a script of ours.
 *
 * @param {string} where
 * @param {string} fragment
 * @param {string} title
 */
function frameCode(where, fragment, title) {
  const source = where + "#embed" + (fragment.length > 1 ? "&" + fragment.slice(1) : "");
  return (
    '<iframe src="' + attribute(source) + '" title="' + attribute(title) +
    '" width="100%" height="' + FRAME_HEIGHT +
    '" style="border:0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
  );
}

/**
 * A text with a button that copies it.
 *
 * @param {string} label
 * @param {string} text
 * @param {(text: string) => void} tell
 */
function copyField(label, text, tell) {
  const field = el("textarea", { readonly: true, rows: "2", spellcheck: "false", dir: "ltr" });
  field.value = text;
  const copy = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      tell(t("share.copied"));
    } catch {
      tell(t("share.copy_by_hand")); // it stands selected
    }
  };
  return el(
    "div",
    { class: "share-field" },
    el("label", null, el("span", null, label), field),
    el("button", { type: "button", onclick: copy }, t("share.copy")),
  );
}

/**
 * Bring the share button to life.
 *
 * @param {{map: LeafletMap, meta: Meta, sheets: any[], layer: any, rings: any,
 *   getStore: () => Store | null, getView: () => View | null, fillList: () => Promise<void>}} page
 */
export function shareMenu({ map, meta, sheets, layer, rings, getStore, getView, fillList }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("share"));
  const status = el("p", { class: "share-status", role: "status" });
  const tell = (/** @type {string} */ text) => {
    status.textContent = text;
  };

  // Lists that state no licence are shown on this machine and may not be handed on.
  const credits = meta.credits.filter((one) => !meta.local.includes(one.title));
  const released = new Set(credits.map((one) => one.source_id));

  const source = () => {
    const named = credits.map((one) => one.attribution + ", " + one.license_id);
    return {
      attribution: [...named, t("share.evidence")].join("; "),
      license: [...new Set(credits.map((one) => one.license_id)), "CC-BY-4.0"].join(" AND "),
      citation: meta.page.citation,
      release_id: meta.release_id,
      data_on: meta.data_on,
      evidence_on: meta.evidence_on || null,
      view: globalThis.location.hash,
    };
  };
  const nameOf = (/** @type {string} */ what) => "whose-cameras_" + meta.release_id + "_" + what;

  async function cameras() {
    const store = getStore();
    const view = getView();
    if (!store || !view) return null;
    if (view.tally.total > ROWS_AT_MOST) {
      tell(t("share.too_many", { n: view.tally.total, most: ROWS_AT_MOST }));
      return null;
    }
    tell(t("share.working"));
    try {
      const inView = await cameraRecords(meta, store, layer.rowsIn(view.area, ROWS_AT_MOST));
      const records = inView.filter((record) => released.has(record.source_id));
      const done = t("share.done", { n: records.length });
      const isWhole = records.length === inView.length;
      tell(isWhole ? done : done + " " + t("local") + " " + meta.local.join(", "));
      return records;
    } catch {
      tell(t("error.details"));
      return null;
    }
  }

  const systems = () =>
    systemRecords(
      rings.inView().filter((/** @type {Deployment} */ { values }) => filter.letsSystem(values)),
    );

  async function giveCameras() {
    const records = await cameras();
    if (!records) return;
    const text = asCsv(records, false, source());
    handOver(nameOf("cameras.csv"), new Blob(["\ufeff", text], { type: "text/csv" }));
  }

  function giveSystems() {
    const records = systems();
    const text = asCsv(records, true, source());
    handOver(nameOf("systems.csv"), new Blob(["\ufeff", text], { type: "text/csv" }));
    tell(t("share.done", { n: records.length }));
  }

  async function giveGeoJson() {
    const records = await cameras();
    if (!records) return;
    const text = asGeoJson(records, systems(), source());
    handOver(nameOf("view.geojson"), new Blob([text], { type: "application/geo+json" }));
  }

  async function givePicture() {
    handOver(nameOf("view.png"), await picturePng(map, sheets, document.title));
  }

  function open() {
    const where = address(meta);
    const fragment = globalThis.location.hash;
    const button = (/** @type {string} */ key, /** @type {() => void} */ go) =>
      el("button", { type: "button", onclick: go }, t(key));
    tell("");
    fillNode(
      dialog,
      el(
        "div",
        { class: "share-head" },
        el("h2", { id: "share-title" }, t("share.title")),
        el(
          "button",
          { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() },
          "\u00d7",
        ),
      ),
      where ? null : el("p", { class: "list-note" }, t("share.folder")),
      copyField(t("share.link"), where + fragment, tell),
      where ? copyField(t("share.embed"), frameCode(where, fragment, document.title), tell) : null,
      el("h3", null, t("share.view")),
      el(
        "div",
        { class: "share-acts" },
        button("share.cameras_csv", giveCameras),
        button("share.systems_csv", giveSystems),
        button("share.geojson", giveGeoJson),
        button("share.png", givePicture),
        button("share.print", async () => {
          dialog.close();
          await fillList(); // a row without its camera's id could not be looked up from paper
          globalThis.print();
        }),
      ),
      el("p", { class: "list-note" }, t("share.licence"), " ", el("a", { href: plainPage("data.html") }, t("share.whole"))),
      status,
    );
    dialog.showModal();
  }

  byId("share-open").addEventListener("click", open);
  // Escape ends the dialog, and not what is open behind it too.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
