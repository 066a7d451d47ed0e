/* The filter panel: one group for each facet, with counts of what is in view. */

import { dataText, el, fillNode, focusIn } from "./dom.js";
import { filter, SYSTEM_FACETS } from "./filter.js";
import { FACETS, STANDING } from "./groups.js";
import { marks, rungBox } from "./marks.js";
import { LISTED, STATUSES } from "./systems.js";
import { countryName, formatNumber, inSentence, t, wordFor } from "./words.js";

const SHOWN = 9; // makers and zones in view; the rest come by typing or by "more"

/**
 * The groups in the order of the panel; `held` are the words that occur.
 *
 * @param {Meta} meta
 * @returns {{facet: string, held: Held[]}[]}
 */
function facetsOf(meta) {
  const numbered = (/** @type {any[]} */ list) =>
    list.map((entry, index) => /** @type {Held} */ ({ ...entry, index }));
  const there = (/** @type {any[]} */ list) => numbered(list).filter(({ rows }) => rows > 0);
  const makers = [...meta.vendors, ...meta.others];
  /** @type {[string, Held[]][]} */
  const all = [
    ["kind", there(meta.kinds)],
    ["vendor", numbered(makers).filter(({ rows }) => rows !== 0)],
    ["country", numbered(meta.countries).filter(({ id, rows }) => id !== null || rows > 0)],
    ["technology", numbered(meta.technologies)],
    ["status", meta.deployments ? numbered(STATUSES) : []],
    ["listed", meta.deployments ? numbered(LISTED) : []],
    ["rung", there(meta.rungs)],
    ["visibility", there(meta.visibilities)],
    ["zone", there(meta.zones)],
    ["lifecycle", there(meta.lifecycles)],
  ];
  return all.map(([facet, held]) => ({ facet, held })).filter(({ held }) => held.length > 0);
}

/** What a facet is asked of. */
const OF_CAMERAS = new Set(FACETS);
const OF_SYSTEMS = new Set(SYSTEM_FACETS);

/**
 * @param {string} facet
 * @param {Held} entry
 */
function nameOf(facet, entry) {
  if (facet === "vendor") return entry.id === null ? t("value.unknown") : String(entry.name);
  if (facet === "rung") return t("rung.short." + entry.id);
  if (entry.id === null) return t(facet === "country" ? "value.no_country" : "value.unknown");
  if (entry.id === "*") return t("value.rarer");
  if (facet === "country") return countryName(entry.id);
    return wordFor(facet, entry.id);
}

/**
 * @param {string} facet
 * @param {number} index
 * @param {Held} entry
 */
function markOf(facet, index, entry) {
  if (facet === "kind") return marks.picture(index, 0);
  if (facet === "vendor") return marks.picture(0, index);
  return facet === "rung" ? rungBox(entry.id) : null;
}

/**
 * A facet's row; its box tells the filter.
 *
 * @param {string} facet
 * @param {number} index
 * @param {Held} entry
 */
function choice(facet, index, entry) {
  const box = el("input", {
    type: "checkbox",
    onchange: () => filter.toggle(facet, index, box.checked),
  });
  const count = el("span", { class: "n" });
  const systems = el("span", { class: "n-systems" });
  const label = el(
    "label",
    null,
    box,
    markOf(facet, index, entry),
    dataText(nameOf(facet, entry)),
    OF_CAMERAS.has(facet) ? count : null,
    OF_SYSTEMS.has(facet) ? systems : null,
  );
  const text = String(nameOf(facet, entry)).toLowerCase();
  return { index, entry, label, box, count, systems, text, said: { n: -1, m: 0 } };
}

/** @param {string} facet */
function butSwitch(facet) {
  const button = (/** @type {boolean} */ but, /** @type {string} */ key) =>
    el("button", { type: "button", onclick: () => filter.setBut(facet, but) }, t(key));
  const only = button(false, "filter.only");
  const but = button(true, "filter.but");
  const group = el("span", { class: "how", role: "group" }, only, but);
  group.setAttribute("aria-label", t("filter.how", { facet: t("facet." + facet) }));
  group.hidden = true; // nothing is chosen before the first count
  return {
    group,
    show() {
      const state = filter.chosen[facet];
      group.hidden = state.set.size === 0;
      only.setAttribute("aria-pressed", String(!state.but));
      but.setAttribute("aria-pressed", String(state.but));
    },
  };
}

/**
 * What a group is asked of, where that is not the cameras alone.
 *
 * @param {string} facet
 */
function scopeOf(facet) {
  if (!OF_SYSTEMS.has(facet)) return null;
  if (facet === "vendor") return el("small", null, t("filter.of_supplier"));
  const words = OF_CAMERAS.has(facet) ? t("filter.of_both") : t("filter.of_systems");
  return el("small", null, words);
}

/**
 * One group; `show` puts the counts of the view in, of cameras and of systems.
 *
 * @param {string} facet
 * @param {Held[]} held
 */
function group(facet, held) {
  const choices = held.map((entry) => choice(facet, entry.index, entry));
  const switcher = butSwitch(facet);
  const rows = el("div", { class: "choices" });
  let wanted = "";
  let open = false;
  /** @type {number[]} */
  let counts = [];
  /** @type {number[]} */
  let systemCounts = [];
  /** @type {string | null} */
  let placed = null;
  const nothing = el("p", { class: "quiet", hidden: true }, t("filter.none"));
  const more = el("button", {
    type: "button",
    class: "more",
    onclick() {
      open = !open;
      arrange();
    },
  });
  const narrowTo =
    choices.length > SHOWN + 6
      ? el("input", {
          class: "narrow-to",
          type: "search",
          autocomplete: "off",
          "aria-label": t("filter.find", { facet: t("facet." + facet) }),
          placeholder: t("filter.find", { facet: t("facet." + facet) }),
          oninput(/** @type {{target: HTMLInputElement}} */ event) {
            wanted = event.target.value.trim().toLowerCase();
            arrange();
          },
        })
      : null;

  /*
   * In the order of the whole release, those in view before those that are not; chosen ones
   * always stay in sight. Rows are only moved when that order changes.
   */
  function arrange() {
    const matching = choices.filter(({ text }) => text.includes(wanted));
    const { set } = filter.chosen[facet];
    const inView = (/** @type {{index: number}} */ { index }) =>
      (counts[index] || 0) > 0 || (systemCounts[index] || 0) > 0 || set.has(index);
    const there = matching.filter(inView);
    // A long list begins with what is in view; a short one always shows all it has.
    const isShort = choices.length <= SHOWN || there.length === 0;
    const ordered = [...there, ...matching.filter((one) => !inView(one))];
    const limit = open || wanted ? 200 : isShort ? SHOWN : Math.min(SHOWN, there.length);
    const shown = ordered.filter(({ index }, i) => i < limit || set.has(index));
    const rest = matching.length - shown.length;
    more.hidden = !open && rest === 0;
    more.textContent = open ? t("filter.fewer") : t("filter.more", { n: rest });
    for (const one of shown) say(one);
    place(shown);
    nothing.hidden = shown.length > 0;
  }

  /** Put its counts into a row; of hundreds of makers only those that stand there are written.
   *
   * @param {ReturnType<typeof choice>} row
   */
  function say({ index, box, count, systems, said }) {
    box.checked = filter.chosen[facet].set.has(index);
    const n = counts[index] || 0;
    const m = systemCounts[index] || 0;
    if (said.n !== n) {
      count.textContent = formatNumber(n);
      count.className = n ? "n" : "n none";
    }
    if (said.m !== m) {
      systems.textContent = m ? formatNumber(m) : "";
      systems.title = m ? t("filter.n_systems", { n: m }) : "";
    }
    said.n = n;
    said.m = m;
  }

  /** @param {ReturnType<typeof choice>[]} shown */
  function place(shown) {
    const order = shown.map(({ index }) => index).join();
    if (order === placed) return;
    placed = order;
    const focused = focusIn(rows);
    fillNode(rows, shown.map(({ label }) => label));
    if (focused && focused.isConnected) focused.focus({ preventScroll: true });
  }

  /**
   * @param {number[] | undefined} ofCameras
   * @param {number[] | undefined} ofSystems
   */
  function show(ofCameras, ofSystems) {
    counts = ofCameras || [];
    systemCounts = ofSystems || [];
    switcher.show();
    arrange();
  }

  arrange();
  return {
    node: el(
      "div",
      { class: "facet", role: "group", "aria-label": t("facet." + facet) },
      el(
        "div",
        { class: "facet-head" },
        el("h2", null, t("facet." + facet), scopeOf(facet)),
        switcher.group,
      ),
      narrowTo,
      rows,
      nothing,
      more,
    ),
    show,
  };
}

/**
 * Facets with one value only: nothing to choose, but worth saying.
 *
 * @param {{facet: string, held: Held[]}[]} facets
 * @param {Meta} meta
 */
function sameForAll(facets, meta) {
  const unknown = facets.filter(({ held }) => held[0].id === null);
  const same = facets.filter(({ facet, held }) => held[0].id !== null && facet !== "rung");
  const names = unknown.map(({ facet }) => t("facet." + facet));
  if (meta.with_direction === 0) names.push(t("fact.faces"));
  return [
    same.map(({ facet, held }) =>
      el(
        "div",
        { class: "facet" },
        el("h2", null, t("facet." + facet)),
        el(
          "p",
          { class: "only-one" },
          markOf(facet, held[0].index, held[0]),
          dataText(nameOf(facet, held[0])),
          t("filter.one_value"),
        ),
      ),
    ),
    names.length
      ? el(
          "div",
          { class: "facet" },
          el("h2", null, t("filter.unknown_for_all", { n: meta.standing })),
          el("ul", { class: "missing-list" }, names.map((name) => el("li", null, name))),
        )
      : null,
  ];
}

/**
 * Fill the panel; gives `show(tally)`.
 *
 * @param {Meta} meta
 * @param {HTMLElement} into
 */
export function facetPanel(meta, into) {
  const facets = facetsOf(meta);
  // What the filter leaves out before anybody asks can always be asked for.
  const isLeftOut = (/** @type {{index: number}} */ { index }) => !STANDING.includes(index);
  const isOpen = (/** @type {{facet: string, held: Held[]}} */ { facet, held }) =>
    held.length > 1 || (facet === "lifecycle" && held.some(isLeftOut));
  const open = facets.filter(isOpen);
  const groups = open.map(({ facet, held }) => ({ facet, made: group(facet, held) }));
  const folded = facets.filter((one) => one.held.length === 1 && !isOpen(one));
  fillNode(into, groups.map(({ made }) => made.node), sameForAll(folded, meta));
  if (meta.other_devices.length || meta.counts.withheld || meta.sites[0]) into.append(notCounted(meta));
  return (/** @type {Tally} */ tally, /** @type {SystemTally} */ systems) => {
    for (const { facet, made } of groups) made.show(tally[facet], systems[facet]);
  };
}

/** @param {Meta} meta */
function notCounted(meta) {
  const words = meta.other_devices.map(
    ({ kind, count }) => formatNumber(count) + " " + inSentence(wordFor("kind", kind)),
  );
  const withheld = meta.counts.withheld;
  const [sites, cameras] = meta.sites;
  return el(
    "p",
    { class: "list-note" },
    sites ? t("panel.sites", { n: sites, cameras }) + " " : "",
    words.length ? t("panel.others", { what: words.join(", ") }) + " " : "",
    withheld ? t("panel.withheld", { n: withheld }) : "",
  );
}
