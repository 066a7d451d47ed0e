/* The filter panel: one group for each facet, with counts of what is in view. */
(function (WC) {
  "use strict";

  const SHOWN = 9; // makers and zones in view; the rest come by typing or by "more"
  const LISTS = [
    ["kind", "kinds"],
    ["vendor", "vendors"],
    ["rung", "rungs"],
    ["visibility", "visibilities"],
    ["zone", "zones"],
  ];

  function nameOf(facet, entry) {
    if (facet === "vendor") return entry.id === null ? WC.t("value.unknown") : entry.name;
    if (facet === "rung") return WC.t("rung.short." + entry.id);
    if (entry.id === null) return WC.t("value.unknown");
    if (entry.id === "*") return WC.t("value.rarer");
    return WC.words.of(facet, entry.id);
  }

  function markOf(facet, index, entry) {
    if (facet === "kind") return WC.marks.picture(index, 0);
    if (facet === "vendor") return WC.marks.picture(0, index);
    return facet === "rung" ? WC.rungBox(entry.id) : null;
  }

  /** A facet's row; its box tells the filter. */
  function choice(facet, index, entry) {
    const box = WC.el("input", {
      type: "checkbox",
      onchange: () => WC.filter.toggle(facet, index, box.checked),
    });
    const count = WC.el("span", { class: "n" });
    const label = WC.el(
      "label",
      null,
      box,
      markOf(facet, index, entry),
      WC.data(nameOf(facet, entry)),
      count,
    );
    return { index, entry, label, box, count, text: nameOf(facet, entry).toLowerCase() };
  }

  function butSwitch(facet) {
    const button = (but, key) =>
      WC.el("button", { type: "button", onclick: () => WC.filter.setBut(facet, but) }, WC.t(key));
    const only = button(false, "filter.only");
    const but = button(true, "filter.but");
    const group = WC.el("span", { class: "how", role: "group" }, only, but);
    group.setAttribute("aria-label", WC.t("filter.how", { facet: WC.t("facet." + facet) }));
    return {
      group,
      show() {
        const state = WC.filter.chosen[facet];
        group.hidden = state.set.size === 0;
        only.setAttribute("aria-pressed", String(!state.but));
        but.setAttribute("aria-pressed", String(state.but));
      },
    };
  }

  /** One group; `show(counts)` puts the counts of the view in. */
  function group(facet, held) {
    const choices = held.map((entry) => choice(facet, entry.index, entry));
    const switcher = butSwitch(facet);
    const rows = WC.el("div", { class: "choices" });
    let wanted = "";
    let open = false;
    let counts = [];
    let placed = null;
    const nothing = WC.el("p", { class: "quiet", hidden: true }, WC.t("filter.none"));
    const more = WC.el("button", {
      type: "button",
      class: "more",
      onclick() {
        open = !open;
        arrange();
      },
    });
    const narrowTo =
      choices.length > SHOWN + 6
        ? WC.el("input", {
            class: "narrow-to",
            type: "search",
            autocomplete: "off",
            "aria-label": WC.t("filter.find", { facet: WC.t("facet." + facet) }),
            placeholder: WC.t("filter.find", { facet: WC.t("facet." + facet) }),
            oninput(event) {
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
      const { set } = WC.filter.chosen[facet];
      const inView = ({ index }) => (counts[index] || 0) > 0 || set.has(index);
      const ordered = [...matching.filter(inView), ...matching.filter((one) => !inView(one))];
      const limit = open || wanted ? 200 : SHOWN;
      const shown = ordered.filter(({ index }, i) => i < limit || set.has(index));
      const rest = matching.length - shown.length;
      more.hidden = !open && rest === 0;
      more.textContent = open ? WC.t("filter.fewer") : WC.t("filter.more", { n: rest });
      place(shown);
      nothing.hidden = shown.length > 0;
    }

    function place(shown) {
      const order = shown.map(({ index }) => index).join();
      if (order === placed) return;
      placed = order;
      const focused = rows.contains(document.activeElement) ? document.activeElement : null;
      WC.fill(rows, shown.map(({ label }) => label));
      if (focused && focused.isConnected) focused.focus({ preventScroll: true });
    }

    function show(next) {
      counts = next;
      const { set } = WC.filter.chosen[facet];
      for (const { index, box, count } of choices) {
        const n = counts[index] || 0;
        count.textContent = WC.words.n(n);
        count.className = n ? "n" : "n none";
        box.checked = set.has(index);
      }
      switcher.show();
      arrange();
    }

    arrange();
    return {
      node: WC.el(
        "div",
        { class: "facet", role: "group", "aria-label": WC.t("facet." + facet) },
        WC.el(
          "div",
          { class: "facet-head" },
          WC.el("h2", null, WC.t("facet." + facet)),
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

  /** Facets with one value only: nothing to choose, but worth saying. */
  function sameForAll(facets, meta) {
    const unknown = facets.filter(({ held }) => held[0].id === null);
    const same = facets.filter(({ facet, held }) => held[0].id !== null && facet !== "rung");
    const names = unknown.map(({ facet }) => WC.t("facet." + facet));
    if (meta.with_direction === 0) names.push(WC.t("fact.faces"));
    return [
      same.map(({ facet, held }) =>
        WC.el(
          "div",
          { class: "facet" },
          WC.el("h2", null, WC.t("facet." + facet)),
          WC.el(
            "p",
            { class: "only-one" },
            markOf(facet, held[0].index, held[0]),
            WC.data(nameOf(facet, held[0])),
            WC.t("filter.one_value"),
          ),
        ),
      ),
      names.length
        ? WC.el(
            "div",
            { class: "facet" },
            WC.el("h2", null, WC.t("filter.unknown_for_all", { n: meta.n })),
            WC.el("ul", { class: "missing-list" }, names.map((name) => WC.el("li", null, name))),
          )
        : null,
    ];
  }

  /** Fill the panel; gives `show(tally)`. */
  WC.facetPanel = function facetPanel(meta, into) {
    const facets = LISTS.map(([facet, list]) => {
      const all = meta[list].map((entry, index) => ({ ...entry, index }));
      return { facet, held: all.filter((entry) => entry.count > 0) };
    });
    const open = facets.filter(({ held }) => held.length > 1);
    const groups = open.map(({ facet, held }) => [facet, group(facet, held)]);
    const folded = facets.filter(({ held }) => held.length === 1);
    WC.fill(into, groups.map(([, made]) => made.node), sameForAll(folded, meta));
    if (meta.other_devices.length || meta.counts.withheld) into.append(notCounted(meta));
    return (tally) => {
      for (const [facet, made] of groups) made.show(tally[facet]);
    };
  };

  function notCounted(meta) {
    const words = meta.other_devices.map(
      ({ kind, count }) => WC.words.n(count) + " " + WC.words.of("kind", kind).toLowerCase(),
    );
    const withheld = meta.counts.withheld;
    return WC.el(
      "p",
      { class: "list-note" },
      words.length ? WC.t("panel.others", { what: words.join(", ") }) + " " : "",
      withheld ? WC.t("panel.withheld", { n: withheld }) : "",
    );
  }

  WC.facetName = nameOf;
})(window.WC);
